"""An article as shown: paragraphs of plain text, links to facts and marks around them. Nothing is left out but what an excerpt names.

A fact's quote is marked; where quotes lie inside each other the marks do, too, and a character links to the shortest quote it belongs to. A
fact whose every character belongs to shorter quotes gets a link of its own behind its mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from chipfacts.model import Span
from chipfacts.sheet.report.odd import name_of, split_odd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_DEEPEST = 20  # marks inside each other; a browser flattens what is nested some 500 deep
_Place = TypeVar("_Place", "Quote", Span)


class Quote(NamedTuple):
    """The characters that a numbered fact quotes."""

    start: int
    end: int
    number: int
    kind: str


class Piece(NamedTuple):
    """A part of a paragraph: `text`, `odd`, `mark`, `link`, `more` (a link without text), `end_mark`, `end_link`."""

    what: str
    text: str = ""
    number: int = 0
    kind: str = ""
    is_first: bool = False  # the fact's id belongs here


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, or (`left_out` > 0) so many that an excerpt leaves out."""

    line: int
    pieces: tuple[Piece, ...] = ()
    left_out: int = 0


def paragraphs_of(text: str, quotes: Iterable[Quote], kept: Iterable[Span] | None = None) -> list[Paragraph]:
    """The lines that hold text. With `kept`, only the first of them and those that a quote or a span of `kept` touches."""
    marked = _Sweep(sorted(quotes, key=_order))
    wanted = _Sweep(sorted(kept)) if kept is not None else None
    seen: set[int] = set()
    shown: list[Paragraph] = []
    left_out = 0
    for line, start, end in _lines(text):
        inside = marked.touching(start, end)
        is_wanted = wanted is None or bool(wanted.touching(start, end))
        if shown and not inside and not is_wanted:
            left_out += 1
            continue
        if left_out:
            shown.append(Paragraph(0, left_out=left_out))
            left_out = 0
        shown.append(Paragraph(line, tuple(_pieces(text, start, end, inside, seen))))
    if left_out:
        shown.append(Paragraph(0, left_out=left_out))
    return shown


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Number, start and end of each line with text in it."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, start, start + len(line.removesuffix("\r"))
        start += len(line) + 1


class _Sweep(Generic[_Place]):
    """The places that touch each of a series of lines, asked for in order: every place is looked at once, and while it lasts."""

    def __init__(self, ordered: Sequence[_Place]) -> None:
        self._todo: Sequence[_Place] = ordered
        self._next = 0
        self._open: list[_Place] = []

    def touching(self, start: int, end: int) -> list[_Place]:
        """Those that share a character with start..end."""
        while self._next < len(self._todo) and self._todo[self._next][0] < end:
            self._open.append(self._todo[self._next])
            self._next += 1
        self._open = [place for place in self._open if place[1] > start]
        return list(self._open)


def _pieces(text: str, start: int, end: int, quotes: list[Quote], seen: set[int]) -> Iterator[Piece]:
    """Marks and links in order. A quote that begins inside another and ends behind it is cut where that one ends."""
    todo = [quote._replace(start=max(quote.start, start), end=min(quote.end, end)) for quote in quotes]
    yield from _nest(text, Span(start, end), todo, (), seen)


def _nest(text: str, span: Span, inner: list[Quote], outer: tuple[Quote, ...], seen: set[int]) -> Iterator[Piece]:
    """The characters of `span`, all of which belong to the quotes of `outer`, the last of which is the innermost."""
    place, has_link = span.start, False
    queue = sorted(inner, key=_order)
    if len(outer) >= _DEEPEST:
        for quote in queue:
            yield Piece("more", number=quote.number, kind=quote.kind, is_first=_is_first(quote, seen))
        queue = []
    while queue:
        quote = queue.pop(0)
        if place < quote.start:
            has_link = True
            yield from _linked(text[place : quote.start], outer)
        inside = [other._replace(end=min(other.end, quote.end)) for other in queue if other.start < quote.end]
        cut = [other._replace(start=max(other.start, quote.end)) for other in queue if other.end > quote.end]
        queue = sorted(cut, key=_order)
        yield from _marked(text, quote, inside, outer, seen)
        place = quote.end
    if place < span.end:
        has_link = True
        yield from _linked(text[place : span.end], outer)
    if outer and not has_link:
        yield Piece("more", number=outer[-1].number, kind=outer[-1].kind)


def _marked(text: str, quote: Quote, inside: list[Quote], outer: tuple[Quote, ...], seen: set[int]) -> Iterator[Piece]:
    is_first = _is_first(quote, seen)
    if not inside:  # a link is mark enough
        yield Piece("link", number=quote.number, kind=quote.kind, is_first=is_first)
        yield from _plain(text[quote.start : quote.end])
        yield Piece("end_link")
        return
    yield Piece("mark", number=quote.number, kind=quote.kind, is_first=is_first)
    yield from _nest(text, Span(quote.start, quote.end), inside, (*outer, quote), seen)
    yield Piece("end_mark")


def _linked(text: str, outer: tuple[Quote, ...]) -> Iterator[Piece]:
    if not outer:
        yield from _plain(text)
        return
    yield Piece("link", number=outer[-1].number)
    yield from _plain(text)
    yield Piece("end_link")


def _order(quote: Quote) -> tuple[int, int, int]:
    return quote.start, -quote.end, quote.number


def _is_first(quote: Quote, seen: set[int]) -> bool:
    is_first = quote.number not in seen
    seen.add(quote.number)
    return is_first


def _plain(text: str) -> Iterator[Piece]:
    for place, part in enumerate(split_odd(text)):
        if place % 2:
            yield Piece("odd", name_of(part))
        elif part:
            yield Piece("text", part)
