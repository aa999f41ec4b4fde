"""Inputs to a sheet, in this process: read, prepare, extract, one document after another."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipfacts.errors import UnreadableInput, UsageError
from chipfacts.model import Document, Fact, Sheet
from chipfacts.run.sources import EDTF_EXPECTED, is_reference_date
from chipfacts.run.spoken_date import hint
from chipfacts.run.walk import Input, Notice
from chipfacts.sheet.order import by_place
from chipfacts.text.read import check_encoding, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from chipfacts.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user decides for every document; checked when made (UsageError)."""

    published: str | None = None
    currency: str | None = None
    encoding: str | None = None
    rules: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.published is not None and not is_reference_date(self.published):
            raise UsageError(f"published must be {EDTF_EXPECTED}, not {self.published!r}{hint(self.published)}")
        if self.currency is not None and not (len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()):
            raise UsageError(f"currency must be an ISO 4217 code such as CNY, TWD or USD, not {self.currency!r}")
        if self.encoding is not None:
            check_encoding(self.encoding)


def load_rules(settings: Settings) -> Rulebook:
    """The rulebook of the shipped rules and the user's own; RuleError for an invalid one."""
    from chipfacts.rulebook import load_rulebook

    return load_rulebook(settings.rules)


def read_documents(inputs: Iterable[Input], settings: Settings, tell: Callable[[Notice], None]) -> Iterator[Document]:
    """The documents of the inputs that can be read; `tell` hears of the others."""
    from chipfacts.extract.pipeline import prepare

    for item in inputs:
        try:
            text = read_text(sys.stdin.buffer.read() if item.path is None else item.path, settings.encoding)
        except UnreadableInput as error:
            tell(Notice("standard input" if item.path is None else str(item.path), str(error), is_failure=True))
            continue
        published, origin = item.source.published, "sources"
        if settings.published is not None:
            published, origin = settings.published, "option"
        yield prepare(item.id, text, published, origin if published else "", item.source.title, item.source.url)


def extract_documents(documents: Iterable[Document], rulebook: Rulebook, settings: Settings) -> Sheet:
    """The sheet of all documents: rows sorted by document and place, whatever order they came in."""
    from chipfacts import __version__
    from chipfacts.extract.pipeline import extract_document

    facts: list[Fact] = []
    done: list[Document] = []
    for document in documents:
        facts += extract_document(document, rulebook, settings.currency)
        done.append(document)
    return Sheet(by_place(facts), tuple(sorted(done, key=lambda d: d.id)), __version__, rulebook.digest)
