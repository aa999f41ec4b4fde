"""TSV: as CSV, with tabs between cells; a cell that holds a tab, a quote or a line end is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chipfacts.sheet.csv import parse_delimited, render_delimited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.model import Fact, Sheet


def render(sheet: Sheet) -> Iterator[bytes]:
    """The header, then a row for each fact."""
    return render_delimited(sheet, "\t")


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet."""
    return parse_delimited(data, "\t")
