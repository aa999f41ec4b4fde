"""Where a sheet goes: refused before any work where it cannot be written, and written in one step.

The bytes go to a temporary file in the same folder, which then takes the target's place: a reader sees the old sheet or the new one.
What is no regular file (/dev/null, a named pipe) is written to directly. A folder's files are all made before the first takes its place.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER_MARK = "datapackage.json"  # the file by which a folder is known to be a sheet of ours


def check_target(path: Path) -> None:
    """UsageError where `path` cannot become a file, with the reason."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"{path}: the folder {folder} does not exist")
    # A file may be unwritable and still be replaced, but whoever protected it would not expect that.
    if not os.access(path if path.exists() else folder, os.W_OK) or not (_is_special(path) or os.access(folder, os.W_OK)):
        raise UsageError(f"{path}: cannot be written (permission denied)")


def check_folder(path: Path) -> None:
    """UsageError where `path` cannot become a folder of tables: it must be new, empty, or one that chipfacts wrote."""
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path}: is a file, not a folder; name a new folder")
    if not path.exists():
        parent = path.resolve().parent
        if not parent.is_dir():
            raise UsageError(f"{path}: the folder {parent} does not exist")
        if not os.access(parent, os.W_OK):
            raise UsageError(f"{path}: cannot be made (permission denied)")
        return
    if not os.access(path, os.W_OK | os.X_OK | os.R_OK):
        raise UsageError(f"{path}: cannot be written (permission denied)")
    others = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    if others and not _is_ours(path / FOLDER_MARK):
        seen = ", ".join(map(_printable, others[:3])) + (" …" if len(others) > 3 else "")
        raise UsageError(f"{path}: the folder holds files of others ({seen}); name a new or empty folder, or a file in it")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write all pieces to `path` or leave it as it was; UsageError with the system's reason."""
    check_target(path)
    with _spoken(path):
        if _is_special(path):
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            target = path.resolve()  # a link keeps pointing to the file it names
            with _unfinished(target, pieces) as temporary:
                temporary.replace(target)


def write_folder(folder: Path, files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write each file whole, and none before all are made; files of other names stay. UsageError with the system's reason."""
    check_folder(folder)
    with _spoken(folder), contextlib.ExitStack() as unfinished:
        if not folder.exists():
            folder.mkdir()
            unfinished.callback(_remove_empty, folder)  # nothing of it stays where the first run fails
        made = []
        for name, pieces in files:
            check_target(folder / name)
            target = (folder / name).resolve()
            made.append((unfinished.enter_context(_unfinished(target, pieces)), target))
        for temporary, target in made:
            temporary.replace(target)


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _is_ours(mark: Path) -> bool:
    import json

    try:
        package = json.loads(mark.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(package, dict) and package.get("name") == "chipfacts"


def _printable(name: str) -> str:
    return "".join(ch if ch.isprintable() else "?" for ch in name)


@contextlib.contextmanager
def _spoken(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from None


@contextlib.contextmanager
def _unfinished(target: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """The temporary file beside `target` that holds all pieces; gone afterwards, unless it took the target's place."""
    # The name is unique among running processes; "x" refuses what a crashed one of the same number left, so that goes first.
    temporary = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        with temporary.open("xb") as stream:
            stream.writelines(pieces)
        if target.exists():
            shutil.copymode(target, temporary)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it holds the files it was made for
        folder.rmdir()
