"""Paths of a command to inputs: files, folders (recursive, sorted; hidden files and symlinked folders skipped) and `-` for standard input.

A document's id is its path relative to the input root, `/`-separated; for a file named directly, its name. Where that would give two inputs
one id, each of them is called by the path as it was typed. Nothing depends on the order of the paths.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.run.sources import NO_SOURCE, Source, read_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = frozenset({".txt", ".md"})
SOURCES = "sources.yaml"
LOCK_SUFFIX = ".lock.jsonl"  # a lock of these articles (review/lock.py) may lie beside them
_EXPECTED = "only .txt and .md are read"


@dataclass(frozen=True, slots=True)
class Input:
    """One document to read: its id, its file (None: standard input) and what sources.yaml says about it."""

    id: str
    path: Path | None
    source: Source = NO_SOURCE


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about one input that the user should know; `is_failure` where the user asked for it and cannot have it."""

    name: str
    reason: str
    is_failure: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    input: Input
    typed: str  # the path as the user would write it, for a second id
    real: str


def walk_inputs(paths: Iterable[str], tell: Callable[[Notice], None]) -> Iterator[Input]:
    """Every input once, sorted by id; `tell` hears what is skipped or missing. UsageError for a bad sources.yaml, before any input."""
    found: dict[str, _Found] = {}
    for path in dict.fromkeys(paths):
        for item in _find(path, tell):
            known = found.get(item.real)
            # One file reached twice (a/ and a/b.txt) counts once, under its shorter id.
            if known is None or (len(item.input.id), item.input.id, item.typed) < (len(known.input.id), known.input.id, known.typed):
                found[item.real] = item
    yield from sorted(_with_own_ids(list(found.values())), key=lambda item: item.id)


def _find(path: str, tell: Callable[[Notice], None]) -> Iterator[_Found]:
    if path == "-":
        yield _Found(Input("-", None), "-", "-")
    elif (root := Path(path)).is_dir():
        yield from _find_in_folder(root, tell)
    elif not root.exists():
        tell(Notice(_shown(path), "no such file or folder", is_failure=True))
    elif root.suffix.lower() not in SUFFIXES:
        tell(Notice(_shown(path), f"not read: {_EXPECTED}", is_failure=True))
    else:
        beside = root.with_name(SOURCES)
        source = read_sources(beside).get(root.name, NO_SOURCE) if beside.is_file() else NO_SOURCE
        yield _Found(Input(_shown(root.name), root, source), _shown(os.path.normpath(path)), os.path.realpath(path))


def _find_in_folder(root: Path, tell: Callable[[Notice], None]) -> Iterator[_Found]:
    """The folder's texts; a sources.yaml speaks for the files of its folder and below, the nearest one first."""
    known: dict[str, Source] = {}

    def fail(error: OSError) -> None:
        tell(Notice(_shown(str(error.filename)), (error.strerror or str(error)).lower(), is_failure=True))

    for folder, folders, names in os.walk(root, onerror=fail):  # follows no links
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(folder).relative_to(root)
        if SOURCES in names:
            named = read_sources(Path(folder, SOURCES))
            known |= {(inside / name).as_posix(): source for name, source in named.items()}
            for name in sorted(name for name in named if not Path(folder, name).exists()):
                tell(Notice(_shown(str(Path(folder, SOURCES))), f"{name}: no such file here"))
        for name in sorted(names):
            path = Path(folder, name)
            if name.startswith(".") or name == SOURCES or name.endswith(LOCK_SUFFIX):
                continue
            if path.suffix.lower() not in SUFFIXES:
                tell(Notice(_shown(str(path)), f"skipped: {_EXPECTED}"))
                continue
            if not path.is_file():
                tell(Notice(_shown(str(path)), "skipped: no regular file"))
                continue
            relative = (inside / name).as_posix()
            source = known.get(relative, NO_SOURCE)
            yield _Found(Input(_shown(relative), path, source), _shown(os.path.normpath(path)), os.path.realpath(path))


def _with_own_ids(found: list[_Found]) -> Iterator[Input]:
    ids = Counter(item.input.id for item in found)
    typed = Counter(item.typed for item in found)
    for item in found:
        if ids[item.input.id] == 1:
            yield item.input
        else:
            is_free = typed[item.typed] == 1 and ids[item.typed] != 1  # an id that only one input has stays its own
            yield replace(item.input, id=item.typed if is_free else _shown(item.real))


def _shown(path: str) -> str:
    """A file's name as text; bytes that are no UTF-8 become the replacement character, for no sheet could hold them."""
    return os.fsencode(path).decode("utf-8", "replace").replace(os.sep, "/")
