"""A sentence as a skeleton: every mention one character, white space beside Chinese dropped, and the way back to the source.

Patterns and cues see `…由O、O领投,O完成M的R融资` and so hold for every name, sum and script.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chipfacts.model import Span
from chipfacts.rulebook.pattern import KIND_CHARS

_SPACE = re.compile(r"\s+")
_OPEN, _CLOSE = "“\"‘'《<", "”\"’'》>"
_BRACKET = re.compile(r"[ ]?\([^()\n]{0,40}\)")
_ITEMS = 3  # spaces between Chinese that make a line of prose a line of items
_PROSE = re.compile(r"[,。;!?]")
_CJK_GAP = re.compile(r"[^\x00-\xff] [^\x00-\xff]")
CLAUSE_ENDS = ",。;:!?\n【】|丨"


@dataclass(frozen=True, slots=True)
class Mention:
    """What the text names: `kind` org, money, date, round, chip, node or pct; `value` is typed by the kind; `how` it was found."""

    kind: str
    span: Span
    value: Any
    how: str = "stated"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` (own case) and `lower`; `places[i]` is the source offset of character i; `mentions[i]` the mention it stands for."""

    span: Span
    text: str
    lower: str
    places: Sequence[int]
    mentions: dict[int, Mention]
    at: dict[int, int]  # a mention's source start → its index
    kinds: dict[str, list[tuple[int, Mention]]]

    @property
    def is_latin(self) -> bool:
        """True where at least half of it is written in Latin letters."""
        return len(self.text.encode("latin-1", "ignore")) * 2 >= len(self.text)

    def source(self, start: int, end: int) -> Span:
        """The source span of the skeleton's characters [start, end)."""
        if start >= end:
            place = self.places[start] if start < len(self.places) else self.span.end
            return Span(place, place)
        last = end - 1
        mention = self.mentions.get(last)
        return Span(self.places[start], mention.span.end if mention else self.places[last] + 1)

    def clause(self, index: int) -> tuple[int, int]:
        """The clause around a character: [start, end) between commas, colons and sentence ends."""
        start = index
        while start > 0 and self.text[start - 1] not in CLAUSE_ENDS:
            start -= 1
        end = index
        while end < len(self.text) and self.text[end] not in CLAUSE_ENDS:
            end += 1
        return start, end

    def of_kind(self, kind: str, start: int = 0, end: int | None = None) -> list[tuple[int, Mention]]:
        """Mentions of one kind with their indices, in order, between two indices."""
        found = self.kinds.get(kind, [])
        if start == 0 and end is None:
            return found
        last = len(self.text) if end is None else end
        return [(i, m) for i, m in found if start <= i < last]


def build_skeleton(view: str, span: Span, mentions: list[Mention], kept_brackets: frozenset[str]) -> Skeleton:
    """The skeleton of `view[span]` with `mentions` (sorted, not overlapping). Quotes around a name and a bracket behind it belong to it."""
    if not mentions:
        return bare_skeleton(view, span)
    chars: list[str] = []
    places: list[int] = []
    kinds: dict[str, list[tuple[int, Mention]]] = {}
    found: dict[int, Mention] = {}
    where: dict[int, int] = {}
    at = span.start
    space = _SPACE.search(view, span.start, span.end)
    clear = space.start() if space else span.end  # up to here characters are taken as they are
    gap = _gap_mark(view, span)
    for number, mention in enumerate(mentions):
        start, end = mention.span
        if start < at:
            continue
        if mention.kind in ("org", "chip"):
            following = mentions[number + 1].span.start if number + 1 < len(mentions) else span.end
            start, end = _swallow(view, span, start, end, at, mentions[number + 1 :], following, kept_brackets)
        if start <= clear:
            chars.extend(view[at:start])
            places.extend(range(at, start))
        else:
            _append(view, at, start, chars, places, gap)
        found[len(chars)] = mention
        kinds.setdefault(mention.kind, []).append((len(chars), mention))
        where[mention.span.start] = len(chars)
        chars.append(KIND_CHARS[mention.kind])
        places.append(mention.span.start)
        at = max(end, mention.span.end)
    _append(view, at, span.end, chars, places, gap)
    text = "".join(chars)
    return Skeleton(span, text, _lower(text), places, found, where, kinds)


def _gap_mark(view: str, span: Span) -> str:
    """What a space between Chinese stands for: a comma in a headline, a semicolon between the items of a line of news, else nothing."""
    first = _CJK_GAP.search(view, span.start, span.end)
    if first is None:
        return ""
    if _PROSE.search(view, span.start, span.end) is None:
        return ","
    return ";" if len(_CJK_GAP.findall(view, span.start, span.end)) >= _ITEMS else ""


def bare_skeleton(view: str, span: Span) -> Skeleton:
    """The skeleton of a sentence without mentions: its characters as they are."""
    text = view[span.start : span.end]
    return Skeleton(span, text, _lower(text), range(span.start, span.end), {}, {}, {})


def _lower(text: str) -> str:
    """Lower case, one character for one."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _swallow(
    view: str, span: Span, start: int, end: int, floor: int, later: list[Mention], following: int, kept: frozenset[str]
) -> tuple[int, int]:
    """Widen a name over the quotes around it and a bracket behind it that holds no money, date, round or role word."""
    if start > floor and end < span.end and view[start - 1] in _OPEN and view[end] in _CLOSE:
        start, end = start - 1, end + 1
    bracket = _BRACKET.match(view, end, span.end)
    if bracket:
        inside = [m for m in later if m.span.start < bracket.end()]
        text = bracket.group()
        if all(m.kind in ("org", "pct") for m in inside) and not any(word in text for word in kept):
            end = bracket.end()
    return start, end


def _append(view: str, start: int, end: int, chars: list[str], places: list[int], gap: str) -> None:
    """Copy view[start:end]; white space beside Chinese goes (or is the mark that `gap` says), elsewhere it is one space."""
    at = start
    for match in _SPACE.finditer(view, start, end):
        if match.start() > at:
            chars.extend(view[at : match.start()])
            places.extend(range(at, match.start()))
        at = match.end()
        before = view[match.start() - 1] if match.start() else "\n"
        after = view[match.end()] if match.end() < len(view) else "\n"
        if before > "\u2e7f" or after > "\u2e7f":
            if gap and after > "\u2e7f" and chars and chars[-1] != gap:
                chars.append(gap)
                places.append(match.start())
        elif chars:
            chars.append(" ")
            places.append(match.start())
    if end > at:
        chars.extend(view[at:end])
        places.extend(range(at, end))


class Skeletons:
    """The skeletons of one document's sentences; asked for again with the same mentions, a sentence is not looked at again."""

    def __init__(self, view: str, kept_brackets: frozenset[str]) -> None:
        self._view = view
        self._kept = kept_brackets
        self._known: dict[Span, tuple[list[Mention], Skeleton]] = {}

    def of(self, span: Span, mentions: list[Mention]) -> Skeleton:
        """The skeleton of a sentence with these mentions."""
        known = self._known.get(span)
        if known is None or known[0] != mentions:
            known = self._known[span] = (mentions, build_skeleton(self._view, span, mentions, self._kept))
        return known[1]


def within(mentions: list[Mention], starts: list[int], span: Span) -> list[Mention]:
    """The mentions that begin inside a span; `starts` are their sorted starts."""
    return mentions[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
