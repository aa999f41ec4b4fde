"""Facts from Chinese articles about semiconductors: who raised what, when, at which value; which chips, on which node.

    import chipfacts

    text = chipfacts.read("article.txt")                          # UTF-8, UTF-16, GB18030 or Big5
    facts = chipfacts.extract(text, published="2024-11-30")       # typed rows, each tied to its characters
    chipfacts.write(facts, "facts.csv")                           # or .xlsx, .sqlite, .parquet, .jsonl, .yaml, a folder …
    report = chipfacts.check("facts.lock.jsonl")                  # which facts of a lock are lost, changed or new

The way of a text through the package: text/ (bytes to a folded view of equal length, sentences), values/ (what a sum, a date, a node
means), rulebook/ (rules/ on disk, checked and compiled), extract/ (mentions, roles, facts; pipeline.py knows the order), sheet/ (facts to
files). run/ does many documents, review/ checks, cli/ is the command. Nothing heavy is imported before it is used.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import ChipfactsError, RuleError, UnreadableInput, UsageError
from chipfacts.model import Document, Fact, Kind, Sheet, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chipfacts.review.check import Report

__version__ = "0.1.0"
__all__ = [
    "ChipfactsError",
    "Document",
    "Fact",
    "Kind",
    "RuleError",
    "Sheet",
    "Span",
    "UnreadableInput",
    "UsageError",
    "__version__",
    "check",
    "extract",
    "read",
    "write",
]

# The verb `extract` and the folder extract/ share a name. Python binds a subpackage to its parent once, when it is first imported: import
# it (it is empty) before the verb is defined, and the verb keeps the name; `from chipfacts.extract.pipeline import …` goes on working.
importlib.import_module("chipfacts.extract")


def read(path: str | Path, encoding: str | None = None) -> str:
    """The text of a file exactly as decoded; UnreadableInput where its encoding cannot be told safely."""
    from chipfacts.text.read import read_text

    return read_text(Path(path), encoding)


def extract(
    text: str,
    published: str | None = None,
    *,
    doc: str = "-",
    currency: str | None = None,
    rules: Sequence[str | Path] = (),
) -> tuple[Fact, ...]:
    """The facts of one article, in text order; `text[fact.start:fact.end] == fact.quote` for each.

    `published` is the reference date as EDTF (None: what the article itself gives away), `doc` the name the rows carry, `currency` that of
    sums which state none and whose company's home is unknown, `rules` further rule folders. Safe to call from threads and processes.
    """
    from chipfacts.extract.pipeline import prepare
    from chipfacts.run.local import Settings, extract_documents, load_rules

    settings = Settings(published=published, currency=currency, rules=tuple(Path(folder) for folder in rules))
    document = prepare(doc, text, published, "option" if published else "", "", "")
    return extract_documents([document], load_rules(settings), settings).facts


def write(facts: Sheet | Iterable[Fact], path: str | Path, format: str | None = None) -> None:
    """Write a sheet, its format by the suffix or by name (docs/formats.md lists them); the file appears whole or not at all.

    A path that ends with / or is a folder gets a CSV for each kind.
    """
    from chipfacts.sheet import format_named
    from chipfacts.sheet import write as write_sheet
    from chipfacts.sheet.order import by_place

    sheet = facts if isinstance(facts, Sheet) else Sheet(by_place(facts), version=__version__)
    write_sheet(sheet, path, format_named(format) if format else None)


def check(lock: str | Path, paths: Sequence[str | Path] = (), *, rules: Sequence[str | Path] = ()) -> Report:
    """The facts of a lock (of these paths; none given: all) against what the texts say now, each in its class. Nothing is written.

    `report.counts` has the number of each class, `report.findings` each fact with its old and new row. UnreadableInput for a damaged lock
    and for the first input that cannot be read.
    """
    from chipfacts.review.guard import check_lock
    from chipfacts.run.local import Settings
    from chipfacts.run.walk import Notice

    def refuse(notice: Notice) -> None:
        if notice.is_failure:
            raise UnreadableInput(f"{notice.name}: {notice.reason}")

    settings = Settings(rules=tuple(Path(folder) for folder in rules))
    return check_lock(Path(lock), [str(path) for path in paths] or None, settings, refuse).report
