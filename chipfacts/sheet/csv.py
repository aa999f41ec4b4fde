"""CSV after RFC 4180, UTF-8, LF: the contract's columns in order, one row a fact."""

from __future__ import annotations

import csv
import io
import re
from itertools import chain
from typing import TYPE_CHECKING

from chipfacts.model import COLUMNS, Fact, Sheet
from chipfacts.sheet.cell import from_cell, new_fact, to_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def render(sheet: Sheet) -> Iterator[bytes]:
    """The header, then a row for each fact."""
    return render_delimited(sheet, ",")


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet."""
    return parse_delimited(data, ",")


def render_delimited(sheet: Sheet, delimiter: str, line_end: str = "\n") -> Iterator[bytes]:
    """The header, then a row for each fact."""
    rows = ([to_cell(column, getattr(fact, column)) for column in COLUMNS] for fact in sheet.facts)
    return delimited_lines(COLUMNS, rows, delimiter, line_end)


def delimited_lines(header: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",", line_end: str = "\n") -> Iterator[bytes]:
    """Header and rows; cells that need quotes have them (csv.writer leaves a lone CR bare where lines end with LF)."""
    special = re.compile(f'[{delimiter}"\r\n]|^ | $')
    for cells in chain([header], rows):
        quoted = ('"' + cell.replace('"', '""') + '"' if special.search(cell) else cell for cell in cells)
        yield (delimiter.join(quoted) + line_end).encode()


def parse_delimited(data: bytes, delimiter: str) -> tuple[Fact, ...]:
    """The facts, columns found by their header; ValueError for an unknown column."""
    rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(rows, [])
        if unknown := [column for column in header if column not in COLUMNS]:
            raise ValueError(f"unknown column {unknown[0]!r}")
        return tuple(new_fact({c: from_cell(c, cell) for c, cell in zip(header, row, strict=True) if cell}) for row in rows)
    except csv.Error as error:
        raise ValueError(str(error)) from None
