"""The documents that a lock is about: found from its folder whatever folder the command runs in, each under one name for good.

A document is called by its path relative to the lock's folder. So its name, and with it the ids of its facts, stay the same whether all
of a folder is checked or one file of it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.run.local import Settings, read_documents
from chipfacts.run.walk import Input, Notice, walk_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chipfacts.model import Document


@dataclass(frozen=True, slots=True)
class Found:
    """Documents by name, and the names of those that are there but cannot be read."""

    documents: dict[str, Document]
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """A lock's folder, the paths it records (relative to it), and those that the user asks for now (None: everything)."""

    folder: Path
    recorded: tuple[str, ...]
    asked: tuple[str, ...] | None = None

    def holds(self, doc: str) -> bool:
        """True where the user asks for this document."""
        if self.asked is None:
            return True
        own = self._absolute(doc)
        return any(_is_under(own, absolute(path)) for path in self.asked)

    def inputs(self, tell: Callable[[Notice], None]) -> list[Input]:
        """What is there to read, sorted by name. A recorded folder's sources.yaml speaks also where one file of it is asked for."""
        found: dict[str, Input] = {}
        for item in walk_inputs(self._walked(), tell):
            doc = self.name(item)
            if not self.holds(doc):
                continue
            if doc in found:
                raise UsageError(f"{doc}: two files have this name once what is no UTF-8 is left out; rename one")
            found[doc] = replace(item, id=doc)
        return [found[doc] for doc in sorted(found)]

    def read(self, inputs: Iterable[Input], settings: Settings, tell: Callable[[Notice], None]) -> Found:
        """The documents of the inputs; `tell` hears of those that cannot be read."""
        inputs = list(inputs)
        documents = {document.id: document for document in read_documents(inputs, settings, tell)}
        return Found(documents, frozenset(item.id for item in inputs) - documents.keys())

    def name(self, item: Input) -> str:
        """What the lock calls a document."""
        if item.path is None:
            raise UsageError("standard input has no place that a lock could name; give files or folders")
        return relative(item.path, self.folder)

    def file_of(self, doc: str) -> str:
        """The document's file as a person in this folder would write it."""
        return relative(Path(self._absolute(doc)), Path.cwd())

    def missing_paths(self) -> tuple[str, ...]:
        """Recorded paths at which nothing is any more."""
        return tuple(path for path in self.recorded if not Path(self._absolute(path)).exists())

    def _walked(self) -> list[str]:
        """Recorded paths that bear on what is asked, then what is asked beyond them."""
        recorded = [self._absolute(path) for path in self.recorded]
        asked = None if self.asked is None else [absolute(path) for path in self.asked]
        if asked is not None:
            recorded = [path for path in recorded if any(_is_under(path, other) or _is_under(other, path) for other in asked)]
        beyond = [path for path in asked or () if not any(_is_under(path, known) and Path(path).exists() for known in recorded)]
        if self.asked is not None and "-" in self.asked:
            raise UsageError("standard input has no place that a lock could name; give files or folders")
        return [relative(Path(path), Path.cwd()) for path in dict.fromkeys((*recorded, *beyond))]

    def _absolute(self, path: str) -> str:
        return absolute(self.folder / path)


def absolute(path: Path | str) -> str:
    """The path from the root, `.` and `..` taken out; links stay, for a lock names what people see, not where it is kept."""
    return os.path.abspath(path)  # noqa: PTH100


def relative(path: Path, folder: Path) -> str:
    """The path as seen from a folder, `/`-separated; bytes that are no UTF-8 become the replacement character."""
    try:
        seen = os.path.relpath(absolute(path), absolute(folder))
    except ValueError:  # another drive
        seen = absolute(path)
    return os.fsencode(seen).decode("utf-8", "replace").replace(os.sep, "/")


def recorded_paths(paths: Sequence[str], folder: Path) -> tuple[str, ...]:
    """The paths as a lock in that folder records them."""
    return tuple(sorted({relative(Path(path), folder) for path in paths}))


def _is_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
