"""CSV after RFC 4180, UTF-8, LF: the contract's columns in order, one row a fact."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from chipfacts.model import COLUMNS, Fact, Sheet
from chipfacts.sheet.cell import from_cell, new_fact, to_cell

if TYPE_CHECKING:
    from collections.abc import Iterator


def render(sheet: Sheet) -> Iterator[bytes]:
    """The header, then a row for each fact."""
    return render_delimited(sheet, ",")


def parse(text: str) -> tuple[Fact, ...]:
    """The facts of a rendered sheet."""
    return parse_delimited(text, ",")


def render_delimited(sheet: Sheet, delimiter: str) -> Iterator[bytes]:
    """Header and rows; cells that need quotes have them (csv.writer leaves a lone CR bare where lines end with LF)."""
    special = re.compile(f'[{delimiter}"\r\n]|^ | $')

    def line(cells: list[str]) -> bytes:
        quoted = ('"' + cell.replace('"', '""') + '"' if special.search(cell) else cell for cell in cells)
        return (delimiter.join(quoted) + "\n").encode()

    yield line(list(COLUMNS))
    for fact in sheet.facts:
        yield line([to_cell(column, getattr(fact, column)) for column in COLUMNS])


def parse_delimited(text: str, delimiter: str) -> tuple[Fact, ...]:
    """The facts, columns found by their header; ValueError for an unknown column."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = next(rows, [])
        if unknown := [column for column in header if column not in COLUMNS]:
            raise ValueError(f"unknown column {unknown[0]!r}")
        return tuple(new_fact({c: from_cell(c, cell) for c, cell in zip(header, row, strict=True) if cell}) for row in rows)
    except csv.Error as error:
        raise ValueError(str(error)) from None
