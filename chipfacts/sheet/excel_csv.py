"""CSV for Excel (`--for excel`): the rows of plain CSV, with the mark by which Excel knows UTF-8 and the line ends it writes itself.

Excel still guesses what a cell means: 2024-05 becomes a day, a long number is shown with an exponent. Where that matters, write XLSX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chipfacts.sheet.csv import parse, render_delimited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.model import Sheet

__all__ = ["parse", "render"]


def render(sheet: Sheet) -> Iterator[bytes]:
    """The byte order mark, the header, then a row for each fact."""
    yield b"\xef\xbb\xbf"
    yield from render_delimited(sheet, ",", "\r\n")
