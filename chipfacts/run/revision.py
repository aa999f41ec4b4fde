"""The texts of a folder as a git revision has them, read from git's objects: the working tree is not touched.

Names are those the folder would give: `chipfacts diff HEAD~1 HEAD seeds/` finds the documents that `chipfacts extract seeds/` finds.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.run.local import Settings, read_documents
from chipfacts.run.walk import SOURCES, SUFFIXES, Notice, walk_inputs

if TYPE_CHECKING:
    from chipfacts.model import Document

_FILES = frozenset({"100644", "100755"})  # no links, no submodules


def read_revision(revision: str, paths: Sequence[str], settings: Settings, tell: Callable[[Notice], None]) -> list[Document]:
    """The documents below `paths` (inside the current folder) at a revision; none where it has none. UsageError for no such revision."""
    commit = _commit(revision)
    inside = [_relative(path) for path in paths]
    with TemporaryDirectory(prefix="chipfacts-") as folder:
        root = Path(folder)
        for name, data in _blobs(commit, inside):
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        found = [str(root / path) for path in inside if (root / path).exists()]
        shown = str(root) + os.sep

        def retell(notice: Notice) -> None:
            tell(Notice(f"{revision}:{notice.name.removeprefix(shown)}", notice.reason, notice.is_failure))

        return list(read_documents(walk_inputs(found, retell), settings, retell))


def _commit(revision: str) -> str:
    if not revision or revision.startswith("-") or any(char.isspace() or not char.isprintable() for char in revision):
        raise UsageError(f"{revision!r} is no git revision: expected a commit, branch or tag, such as HEAD~1")
    done = _git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise UsageError(f"{revision!r}: git knows no such revision here" + (f" ({reason})" if reason else ""))
    return done.stdout.decode().strip()


def _relative(path: str) -> str:
    relative = os.path.relpath(path)
    if relative == os.pardir or relative.startswith(os.pardir + os.sep) or Path(relative).is_absolute():
        raise UsageError(f"{path}: not below the current folder; revisions are compared from where the paths begin")
    return relative


def _blobs(commit: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """(path from the current folder, bytes) of every text and sources.yaml."""
    listed = _git("ls-tree", "-r", "-z", commit, "--", *paths)
    if listed.returncode:
        raise UsageError(f"git ls-tree: {listed.stderr.decode('utf-8', 'replace').strip()}")
    wanted: list[tuple[str, str]] = []
    for entry in filter(None, listed.stdout.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, object_id = head.decode("ascii").split(" ")
        path = os.fsdecode(name)
        # A tree made by hand may hold what git itself would refuse.
        is_safe = not Path(path).is_absolute() and not set(path.split("/")) & {"", ".", ".."}
        if mode in _FILES and is_safe and (Path(path).suffix.lower() in SUFFIXES or Path(path).name == SOURCES):
            wanted.append((path, object_id))
    if not wanted:
        return
    out = _git("cat-file", "--batch", stdin="".join(f"{object_id}\n" for _, object_id in wanted).encode()).stdout
    at = 0
    for path, _ in wanted:
        end = out.index(b"\n", at)
        size = int(out[at:end].rpartition(b" ")[2])
        yield path, out[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "--no-pager", "--literal-pathspecs", *arguments], input=stdin, capture_output=True, check=False)
    except FileNotFoundError:
        raise UsageError("git is not installed; two sheets can be compared without it") from None
