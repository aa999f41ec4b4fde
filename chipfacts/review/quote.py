"""Where a row's quote stands in its text: where the row says, elsewhere (it drifted), or nowhere."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from chipfacts.model import Span
from chipfacts.review.claim import as_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.review.claim import Claim
    from chipfacts.review.finding import Finding

_MOST = 64  # places of a short quote that are looked at


def locate(claim: Claim, text: str) -> tuple[list[Span], Finding | None]:
    """The places where the quote may be meant, the likeliest first, and what is wrong with it."""
    quote, start, end = claim.text("quote"), claim.integer("start"), claim.integer("end")
    given = Span(start, end) if start is not None and end is not None and start < end <= len(text) else None
    here = [given] if given is not None else []
    if not claim.has("quote"):
        return here, None
    expected = text[given.start : given.end] if given is not None else "characters of the text"
    if given is not None and _is_same(expected, quote):
        return here, None
    places = list(islice(_places(text, quote), _MOST)) if quote else []
    if not places:
        return here, claim.finding("unsupported", "quote", expected)
    if claim.has("start") and claim.has("end"):
        nearest = min(places, key=lambda place: abs(place.start - (start or 0)))
        return [nearest], claim.finding("drifted", "start", _shown(*nearest), f"{claim.text('start')}–{claim.text('end')}")
    return sorted(places, key=lambda place: line_of(text, place.start) != claim.integer("line")), None


def line_of(text: str, offset: int) -> int:
    """The 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def _is_same(printed: str, quote: str) -> bool:
    """True where only a spreadsheet's hand is between them: its line ends, its way to write a day."""
    return printed.replace("\r\n", "\n") in (quote.replace("\r\n", "\n"), as_day(quote))


def _places(text: str, quote: str) -> Iterator[Span]:
    at = text.find(quote)
    while at >= 0:
        yield Span(at, at + len(quote))
        at = text.find(quote, at + 1)


def _shown(start: int, end: int) -> str:
    return f"{start}–{end}"
