"""Grids of typed cells to a workbook (XLSX), through XlsxWriter: numbers, days and words as what they are, never a formula.

A number that 15 digits do not hold, and a day before March 1900 (Excel counts a day that never was), stay text. The workbook knows no
clock: the same grids give the same bytes.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from chipfacts.errors import UsageError
from chipfacts.sheet.cell import guard_formula, plain_decimal

if TYPE_CHECKING:
    from xlsxwriter.format import Format as Style
    from xlsxwriter.worksheet import Worksheet

CellType = Literal["text", "prose", "sum", "number", "boolean", "day"]
Value = str | int | bool | Decimal | None

LONGEST = 16_000  # code points of a cell: Excel holds 32,767 UTF-16 units; the rest goes on in the next column
MOST_ROWS = 1_048_575
MOST_LINKS = 65_530
FIRST_DAY = "1900-03-01"
_DIGITS = 15
# Excel divides by thousands only, so the point stands as a letter before the last digits of what is left: 4700000000 is shown as 47.00亿.
_SUM = '[>=100000000]0\\.00,,"亿";[>=10000]0\\.0,"万";General'
# A boolean needs no format in Excel; LibreOffice would show some of them as 0 and 1.
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bg_color": "#DDE6F0", "bottom": 1},
    "prose": {"text_wrap": True},
    "sum": {"num_format": _SUM},
    "day": {"num_format": "yyyy-mm-dd"},
    "boolean": {"num_format": '"TRUE";"TRUE";"FALSE"'},
}
_WIDTHS: dict[CellType, int] = {"prose": 90, "sum": 12, "day": 11, "boolean": 9, "number": 8}
_NARROWEST, _WIDEST, _LOOKED_AT = 6, 48, 400
_CREATED = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a grid."""

    name: str
    type: CellType = "text"


@dataclass(slots=True)
class Grid:
    """A worksheet: headings, rows of as many values, and links {(row, column): target}; `fixed` columns stay in sight."""

    name: str
    headings: list[Heading]
    rows: list[list[Value]]
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    fixed: int = 0


def write_book(grids: Iterable[Grid], comments: str) -> bytes:
    """The workbook; UsageError where a grid has more rows than a worksheet."""
    import xlsxwriter

    sink = io.BytesIO()
    book = xlsxwriter.Workbook(sink, {"in_memory": True})
    book.set_properties({"title": "chipfacts", "comments": comments, "created": _CREATED})
    styles = _Styles(book)
    for grid in grids:
        if len(grid.rows) > MOST_ROWS:
            raise UsageError(
                f"{len(grid.rows):,} rows of {grid.name} are more than a worksheet holds ({MOST_ROWS:,}); use sqlite, parquet or csv"
            )
        _write_grid(book.add_worksheet(grid.name), _with_parts(grid), styles)
    book.close()
    return sink.getvalue()


class _Styles:
    """The looks of cells, each made once, in the order in which they are first needed."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Style] = {}

    def of(self, type: str, is_link: bool = False, is_guarded: bool = False) -> Style:
        """`is_guarded`: typing into the cell does not turn its text into a formula either."""
        key = type, is_link, is_guarded
        if key not in self._made:
            look = {"valign": "top"} | _LOOKS.get(type, {})
            if is_link:
                look |= {"font_color": "#0563C1"} | ({"underline": 1} if type == "text" else {})
            if is_guarded:
                look["quote_prefix"] = True
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _with_parts(grid: Grid) -> Grid:
    """The grid with further columns `quote (2)`, `quote (3)` behind one that holds a text longer than a cell."""
    parts = [1] * len(grid.headings)
    for row in grid.rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > LONGEST:
                parts[column] = max(parts[column], -(-len(value) // LONGEST))
    if max(parts, default=1) == 1:
        return grid
    headings = [
        Heading(h.name if n == 1 else f"{h.name} ({n})", h.type)
        for h, of in zip(grid.headings, parts, strict=True)
        for n in range(1, of + 1)
    ]
    rows: list[list[Value]] = []
    for row in grid.rows:
        rows.append([])
        for value, of in zip(row, parts, strict=True):
            pieces = [value[at : at + LONGEST] for at in range(0, len(value), LONGEST)] if isinstance(value, str) else [value]
            rows[-1] += [*pieces, *[None] * (of - len(pieces))]
    moved = [sum(parts[:column]) for column in range(len(parts))]
    return Grid(grid.name, headings, rows, {(row, moved[column]): link for (row, column), link in grid.links.items()}, grid.fixed)


def _write_grid(sheet: Worksheet, grid: Grid, styles: _Styles) -> None:
    for column, heading in enumerate(grid.headings):
        sheet.write_string(0, column, heading.name, styles.of("heading"))
        sheet.set_column(column, column, _width(grid, column))
    for place, row in enumerate(grid.rows):
        for column, value in enumerate(row):
            if value is not None and value != "":
                _write_cell(sheet, place + 1, column, value, grid.headings[column].type, styles, grid.links.get((place, column)))
    sheet.freeze_panes(1, grid.fixed)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)  # printed as wide as the paper, the header on every page
    sheet.repeat_rows(0)
    if grid.headings:
        sheet.autofilter(0, 0, max(len(grid.rows), 1), len(grid.headings) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_column_name(len(grid.headings) - 1)}{len(grid.rows) + 1}"})


def _write_cell(sheet: Worksheet, row: int, column: int, value: Value, type: CellType, styles: _Styles, link: str | None) -> None:
    text = plain_decimal(value) if isinstance(value, Decimal) else str(value)
    is_guarded = isinstance(value, str) and guard_formula(text) != text
    native = _native(value, type)
    style = styles.of(type if native is not None or type == "prose" else "text", link is not None, is_guarded)
    if link is not None:  # without a text of its own, which XlsxWriter would write as an attribute, control characters and all
        sheet.write_url(row, column, link, style, "")
    if isinstance(native, bool):
        sheet.write_boolean(row, column, native, style)
    elif isinstance(native, date):
        sheet.write_datetime(row, column, native, style)
    elif native is not None:
        sheet.write_number(row, column, native, style)
    else:
        sheet.write_string(row, column, text, style)


def _native(value: Value, type: CellType) -> bool | float | date | None:
    """What the cell holds where that is exact; None where only text is."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, Decimal)):
        number = Decimal(value)
        digits = plain_decimal(number).replace(".", "").strip("-0")
        return float(number) if len(digits) <= _DIGITS and Decimal(repr(float(number))) == number else None
    if type == "day" and value is not None and value >= FIRST_DAY:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        return day if day.isoformat() == value else None
    return None


def _width(grid: Grid, column: int) -> float:
    """As wide as most of its cells; a Chinese character takes two places."""
    heading = grid.headings[column]
    least = max(_NARROWEST, _places(heading.name) + 3)  # the filter's button
    if heading.type in _WIDTHS:
        return max(_WIDTHS[heading.type], least)
    widths = sorted(_places(value) for row in grid.rows[:_LOOKED_AT] if isinstance(value := row[column], str))
    return min(max(least, widths[len(widths) * 9 // 10] + 2 if widths else 0), _WIDEST)


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text[:_WIDEST])


def _column_name(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
