"""A row of an edited sheet as a claim about a text: its cells read as values, and what makes a cell unreadable or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chipfacts.model import DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, Span
from chipfacts.review.finding import Finding, Problem
from chipfacts.rulebook.schema import EVENTS, MEASURE_KIND, STATUSES
from chipfacts.values.currency import KNOWN
from chipfacts.values.edtf import days_of, is_edtf
from chipfacts.values.quantity import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.sheet.edited import EditedRow

# A number as a person or a spreadsheet writes it; bounded, so that no cell can ask for a billion digits.
_NUMBER = re.compile(r"(?a:(?:\d{1,3}(?:,\d{3}){1,8}|\d{1,30})(?:\.\d{1,12})?(?:[eE]\+?\d{1,2})?)")
_INTEGER = re.compile(r"(?a:\d{1,12})(?:\.0+)?")
_SPREADSHEET_DAY = re.compile(r"(?a:(\d{4})/(\d{1,2})/(\d{1,2}))")
_WORDS: dict[str, frozenset[str]] = {
    "kind": frozenset(KINDS),
    "hedge": frozenset({"about", "nearly", "over", "under", "range", "several"}),
    "currency_from": frozenset({"stated", "inferred"}),
    "status": STATUSES,
    "event": EVENTS,
    "hearsay": frozenset({"true", "false"}),
}
_DATES = ("date", "announced", "published")


@dataclass(frozen=True, slots=True)
class Claim:
    """One row, and which columns its sheet has: a column that was dropped claims nothing."""

    row: EditedRow
    columns: frozenset[str]

    def has(self, column: str) -> bool:
        """True where the sheet has the column."""
        return column in self.columns

    def text(self, column: str) -> str:
        """The cell; empty where it is, or where the column was dropped. Excel's TRUE is true, its 2019/9/9 a day."""
        cell = self.row.cells.get(column, "")
        if column == "hearsay":
            return cell.lower()
        return as_day(cell) if column in ("date", "date_low", "date_high", "announced", "published") else cell

    def number(self, column: str) -> Decimal | None:
        """The cell as an exact number; None where it is empty or none."""
        cell = self.text(column)
        return plain(Decimal(cell.replace(",", ""))) if _NUMBER.fullmatch(cell) else None

    def integer(self, column: str) -> int | None:
        """The cell as a whole number; None where it is empty or none."""
        cell = self.text(column)
        return int(cell.partition(".")[0]) if _INTEGER.fullmatch(cell) else None

    def members(self, column: str) -> tuple[str, ...]:
        """The members of a list cell."""
        return self.row.lists.get(column, ())

    def spans(self, column: str) -> tuple[Span, ...]:
        """Where the column's characters stand, as far as the sheet says."""
        return (self.row.spans or {}).get(column, ())

    def finding(self, problem: Problem, column: str, expected: str, found: str | None = None) -> Finding:
        """A finding about one of the row's cells."""
        said = self.text(column) if found is None else found
        return Finding(problem, self.row.place, column, expected, said, self.text("fact_id"), self.text("doc"), self.text("line"))


def as_day(cell: str) -> str:
    """A spreadsheet's 2019/9/9 as the day that was written, 2019-09-09; anything else as it is."""
    day = _SPREADSHEET_DAY.fullmatch(cell)
    return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else cell


def unreadable_cells(claim: Claim) -> Iterator[Finding]:
    """Cells that their column cannot hold: no number, no EDTF, an unknown word; a first or last day that is not the date's."""
    for column, words in _WORDS.items():
        cell = claim.text(column)
        if claim.has(column) and cell not in words and (cell or column == "kind"):
            yield claim.finding("unknown value", column, f"one of {', '.join(sorted(words))}")
    yield from _measure(claim)
    if (currency := claim.text("currency")) and currency not in KNOWN:
        yield claim.finding("unknown value", "currency", "an ISO 4217 code such as CNY, TWD or USD")
    for column in sorted(DECIMAL_COLUMNS):
        if claim.text(column) and claim.number(column) is None:
            yield claim.finding("unknown value", column, "a number in base units, such as 4700000000")
    for column in sorted(INTEGER_COLUMNS):
        if claim.has(column) and (claim.integer(column) is None or (column == "mentions" and claim.integer(column) == 0)):
            yield claim.finding("unknown value", column, "a whole number")
    for column in _DATES:
        if claim.text(column) and not is_edtf(claim.text(column)):
            yield claim.finding("unknown value", column, "an EDTF date such as 2024-11-30, 2024-11 or 2024-34")
    yield from _days(claim)


def _measure(claim: Claim) -> Iterator[Finding]:
    measure, kind = claim.text("measure"), claim.text("kind")
    if not measure or not kind or MEASURE_KIND.get(measure) == kind:
        return
    known = sorted(word for word, of in MEASURE_KIND.items() if of == kind)
    yield claim.finding("unknown value", "measure", f"one of {', '.join(known)}" if known else f"nothing in a row of kind {kind}")


def _days(claim: Claim) -> Iterator[Finding]:
    if not claim.has("date") or not is_edtf(claim.text("date") or "2000"):
        return
    expected = days_of(claim.text("date")) if claim.text("date") else (None, None)
    for column, day in zip(("date_low", "date_high"), expected, strict=True):
        if claim.has(column) and claim.text(column) != (day or ""):
            yield claim.finding("invented", column, f"{day or 'nothing'}, as {claim.text('date') or 'no date'} says")
