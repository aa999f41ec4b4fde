"""Source lines for a terminal, with spans marked under them: every mark stands under its characters, whatever their width.

Widths are those of `rich.cells`, which the tables use as well. Measured against wcwidth on every printable character below U+30000: they
differ on flags and skin tones alone, and rich is there already. What has no width of its own or would move the cursor (control and
direction characters, combining marks, zero-width ones) is written as <U+0301>, a tab as →, so that nothing hides and nothing shifts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from chipfacts.model import Span

_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Mc", "Zl", "Zp", "Sk"})
_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Label:
    """A span of the text and the word to write under it."""

    span: Span
    word: str


def visible(text: str) -> str:
    """The text with nothing in it that a terminal would not show or would obey: one line."""
    return "".join(map(_visible, text))


def _visible(char: str) -> str:
    if " " <= char <= "~":
        return char
    if char == "\t":
        return "→"
    if unicodedata.category(char) in _UNSEEN and not (char.isascii() and char.isprintable()):
        return f"<U+{ord(char):04X}>"
    return char


def cells(text: str) -> int:
    """How many cells of a terminal a text takes that is visible."""
    from rich.cells import cell_len

    return sum(map(cell_len, text))


def marked_lines(text: str, span: Span, labels: Iterable[Label], width: int = 100) -> list[str]:
    """The lines of `text[span]`, wrapped at `width` cells, with ^^^^ and the label under each labelled span; marks that meet take
    further lines. A label that is wrapped is written under its first piece."""
    found = sorted(labels, key=lambda label: (label.span.start, -label.span.end))
    shown: list[str] = []
    at, near = 0, list[Label]()  # the labels that have begun and not ended: a line may be a whole archive
    for row in _rows(text, span, max(width, 8)):
        while at < len(found) and found[at].span.start < row.end:
            near.append(found[at])
            at += 1
        near = [label for label in near if label.span.end > row.start]
        columns = _columns(text, row)
        shown.append("".join(_visible(char) for char in text[row.start : row.end]))
        shown += _marks(columns, row, near)
    return shown


def _rows(text: str, span: Span, width: int) -> list[Span]:
    """What goes on one line of the terminal each: the source's lines, wrapped."""
    rows: list[Span] = []
    start, used = span.start, 0
    for at in range(span.start, span.end):
        if text[at] in _ENDS:
            if at > start:
                rows.append(Span(start, at))
            start, used = at + 1, 0
            continue
        wide = cells(_visible(text[at]))
        if used + wide > width and at > start:
            rows.append(Span(start, at))
            start, used = at, 0
        used += wide
    if span.end > start:
        rows.append(Span(start, span.end))
    return rows


def _columns(text: str, row: Span) -> list[int]:
    """The cell in which each character of a row begins, and the one behind the last."""
    columns = [0]
    for char in text[row.start : row.end]:
        columns.append(columns[-1] + cells(_visible(char)))
    return columns


def _marks(columns: list[int], row: Span, labels: list[Label]) -> list[str]:
    lines: list[str] = []
    for label in labels:
        low, high = max(label.span.start, row.start), min(label.span.end, row.end)
        if low >= high:
            continue
        column, width = columns[low - row.start], columns[high - row.start] - columns[low - row.start]
        mark = "^" * width + (f" {label.word}" if label.span.start >= row.start and label.word else "")
        for number, line in enumerate(lines):
            if len(line) < column:
                lines[number] = line.ljust(column) + mark
                break
        else:
            lines.append(" " * column + mark)
    return lines
