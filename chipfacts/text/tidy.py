"""The text without what only sets it: spaces between Chinese and digits, and the line breaks of hard-wrapped paragraphs.

融资 2 亿元 is 融资2亿元, and a name that a line break cuts in two is one name. Facts are found in the tidy text and put back
into the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from chipfacts.model import Document, Fact, Span
from chipfacts.text.split import split_paragraphs

# Spaces first: a search for one character is quick, a look behind at every place is not.
_SET_SPACE = re.compile(
    r"[ \t\u3000](?:(?<=[\u3400-\u9fff].)(?<![元圆块].)[ \t\u3000]*(?=\d)|(?<=[\d%].)[ \t\u3000]*(?=[\u3400-\u9fff]))"
)
_LINE_END = re.compile(r"[\n\r\u2028\u2029]")
_BREAK = re.compile(r"[ \t\u3000]*(?:\r\n|[\n\r\u2028\u2029])[ \t\u3000]*")
_CHINESE = "\u2e80"


@dataclass(frozen=True, slots=True)
class Tidy:
    """A document to find facts in, and the way back: `starts[i]` is where piece i begins in it, `shifts[i]` what to add there."""

    document: Document
    source: Document
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def span(self, span: Span) -> Span:
        """The source's span of a span of the tidy text."""
        start = self._place(span.start)
        return Span(start, self._place(span.end - 1) + 1 if span.end > span.start else start)

    def fact(self, fact: Fact) -> Fact:
        """The fact with the source's places and quote."""
        start, end = self.span(Span(fact.start, fact.end))
        text = self.source.text
        spans = {key: tuple(self.span(span) for span in found) for key, found in fact.spans.items()}
        return replace(fact, start=start, end=end, line=text.count("\n", 0, start) + 1, quote=text[start:end], spans=spans)

    def _place(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


def tidy(document: Document) -> Tidy | None:
    """The tidy form of a document; None where it is tidy already, as most are."""
    view, text = document.view, document.text
    pieces: list[tuple[str, str]] = []
    starts, shifts = [0], [0]
    at = size = 0
    for start, end, instead in _cuts(view):
        pieces.append((view[at:start] + instead, text[at:start] + instead))
        size += start - at + len(instead)
        at = end
        starts.append(size)
        shifts.append(end - size)
    if not pieces:
        return None
    pieces.append((view[at:], text[at:]))
    inner = replace(document, view="".join(piece for piece, _ in pieces), text="".join(piece for _, piece in pieces))
    return Tidy(inner, document, tuple(starts), tuple(shifts))


def _cuts(view: str) -> list[tuple[int, int, str]]:
    """What goes, in order: (start, end, what stands instead). Between Latin words a line break is a space."""
    found = [(match.start(), match.end(), "") for match in _SET_SPACE.finditer(view)]
    if "\n" in view or "\r" in view:
        for paragraph in split_paragraphs(view):
            last = paragraph.start + len(view[paragraph.start : paragraph.end].rstrip())
            if _LINE_END.search(view, paragraph.start, last) is None:
                continue
            for match in _BREAK.finditer(view, paragraph.start, last):
                is_latin = view[match.start() - 1 : match.start()] < _CHINESE and view[match.end() : match.end() + 1] < _CHINESE
                found.append((match.start(), match.end(), " " if is_latin else ""))
    return sorted(found)
