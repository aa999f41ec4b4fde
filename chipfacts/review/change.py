"""Change between two sets of facts: old paired with new, document by document, and for each pair the columns that differ.

    for change in compare(old, new):
        change.old, change.new, change.differences, change.is_moved

Facts are the sure evidence of who is who, in this order: the same statement (values, quote and the text around it), the same quote in
the same surroundings, the same values and quote, the same `fact_id`, the same quote, then the same kind and company nearest to where the
text now should have it. The text around a quote is optional (`contexts_of` reads it from the documents); without it, places decide.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from chipfacts.model import Fact

# What a fact says, in the contract's order. Not how often, where, by which rule or under which id.
VALUES: tuple[str, ...] = (
    *("kind", "company", "amount_low", "amount_high", "currency", "currency_from", "hedge", "measure", "round", "status", "hearsay"),
    *("date", "date_low", "date_high", "announced", "lead_investors", "investors", "chip", "node_nm", "foundry", "event"),
)
COMPARED: tuple[str, ...] = (*VALUES, "quote")
CONTEXT = 12  # code points on either side of a quote: enough to tell two 今年 apart, few enough to survive an edit of the next sentence
_NEAR = 200  # code points; farther away the same company is another statement
_SAME_PLACE = 10  # code points; so near, another company's fact of the same kind is the same statement with the name mended
_MOST_PAIRS = 40_000  # in one bucket; beyond that its facts are paired in text order


class Context(NamedTuple):
    """The text before and after a quote, at most CONTEXT code points each."""

    before: str
    after: str


class Difference(NamedTuple):
    """One column that differs."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One fact, then and now. `old` is None for a fact that came, `new` for one that went.

    `is_guess` says that several facts fitted equally well and their place had moved: the pair may be another.
    """

    old: Fact | None
    new: Fact | None
    differences: tuple[Difference, ...] = ()
    is_guess: bool = False

    @property
    def is_moved(self) -> bool:
        """True where the quote stands elsewhere now."""
        return self.old is not None and self.new is not None and self.old.start != self.new.start


def compare(
    old: Sequence[Fact],
    new: Sequence[Fact],
    *,
    old_contexts: Sequence[Context | None] | None = None,
    new_contexts: Sequence[Context | None] | None = None,
    columns: Sequence[str] = COMPARED,
) -> tuple[Change, ...]:
    """Every fact of both sets once, by document and place (that of the new fact where there is one). Only facts of one document pair.

    `old_contexts` and `new_contexts` run parallel to the facts. `columns` are those whose differences count.
    """
    sides = _by_document(old, old_contexts), _by_document(new, new_contexts)
    changes: list[Change] = []
    for doc in sides[0].keys() | sides[1].keys():
        changes += _Pairing(sides[0].get(doc, []), sides[1].get(doc, [])).changes(columns)
    return tuple(sorted(changes, key=_place))


def differences(old: Fact, new: Fact, columns: Sequence[str] = COMPARED) -> tuple[Difference, ...]:
    """The columns in which two facts differ, in the given order. None, False, "" and () are one empty cell."""
    pairs = ((column, getattr(old, column), getattr(new, column)) for column in columns)
    return tuple(Difference(column, was, now) for column, was, now in pairs if _filled(was) != _filled(now))


def contexts_of(facts: Sequence[Fact], texts: Mapping[str, str]) -> tuple[Context | None, ...]:
    """The text around each fact's quote; None where the document's text (by `doc`) is not given."""
    return tuple(_context(fact, texts[fact.doc]) if fact.doc in texts else None for fact in facts)


def _context(fact: Fact, text: str) -> Context:
    return Context(text[max(0, fact.start - CONTEXT) : fact.start], text[fact.end : fact.end + CONTEXT])


class _Told(NamedTuple):
    fact: Fact
    context: Context | None


_Key = Callable[[_Told], Hashable]  # None: this key does not apply


def _by_document(facts: Sequence[Fact], contexts: Sequence[Context | None] | None) -> dict[str, list[_Told]]:
    told: dict[str, list[_Told]] = defaultdict(list)
    for fact, context in zip(facts, contexts or [None] * len(facts), strict=True):
        told[fact.doc].append(_Told(fact, context))
    return {doc: sorted(those, key=lambda item: (item.fact.start, item.fact.end, item.fact.fact_id)) for doc, those in told.items()}


class _Pairing:
    """The facts of one document, paired by ever weaker keys; within a key, nearest first."""

    def __init__(self, old: list[_Told], new: list[_Told]) -> None:
        self._old, self._new = old, new
        self._partner: dict[int, int] = {}  # old index → new index
        self._taken: set[int] = set()
        self._guesses: set[int] = set()
        self._shifts: list[tuple[int, int]] = []  # (old start, how far it moved) of the pairs so far, by old start
        for key, reach in _KEYS:
            self._shifts = sorted((old[i].fact.start, new[j].fact.start - old[i].fact.start) for i, j in self._partner.items())
            self._pair_by(key, reach)

    def changes(self, columns: Sequence[str]) -> Iterator[Change]:
        """Every old row with its partner or without one, in the old order; then the new rows that have none."""
        for i, (old, _) in enumerate(self._old):
            if i in self._partner:
                new = self._new[self._partner[i]].fact
                yield Change(old, new, differences(old, new, columns), i in self._guesses)
            else:
                yield Change(old, None)
        yield from (Change(None, new) for j, (new, _) in enumerate(self._new) if j not in self._taken)

    def _pair_by(self, key: _Key, reach: int | None) -> None:
        olds = _buckets(key, ((i, told) for i, told in enumerate(self._old) if i not in self._partner))
        news = _buckets(key, ((j, told) for j, told in enumerate(self._new) if j not in self._taken))
        for value, those in olds.items():
            if value in news:
                self._pair_bucket(those, news[value], reach)

    def _pair_bucket(self, olds: list[int], news: list[int], reach: int | None) -> None:
        if reach is None and (len(olds) == len(news) or len(olds) * len(news) > _MOST_PAIRS):
            for i, j in zip(olds, news, strict=False):
                self._seat(i, j)
                if len(olds) != len(news) and self._new[j].fact.start != self._expected(self._old[i].fact.start):
                    self._guesses.add(i)
            return
        is_unclear = reach is None  # as many on both sides went in order; here one side has more
        for distance, i, j in sorted(self._near(olds, news, reach)):
            if i not in self._partner and j not in self._taken:
                self._seat(i, j)
                if is_unclear and distance:
                    self._guesses.add(i)

    def _near(self, olds: list[int], news: list[int], reach: int | None) -> Iterator[tuple[int, int, int]]:
        """(distance, old, new) of the candidates within reach of where the old fact should be now."""
        starts = [self._new[j].fact.start for j in news]
        for i in olds:
            expected = self._expected(self._old[i].fact.start)
            low = 0 if reach is None else bisect_left(starts, expected - reach)
            for at in range(low, len(news)):
                distance = abs(starts[at] - expected)
                if reach is not None and distance > reach:
                    break
                yield distance, i, news[at]

    def _expected(self, start: int) -> int:
        """Where the text that stood at `start` should stand now: moved like the nearest pair before it, else after it."""
        if not self._shifts:
            return start
        at = max(bisect_left(self._shifts, (start + 1, 0)) - 1, 0)
        return start + self._shifts[at][1]

    def _seat(self, i: int, j: int) -> None:
        self._partner[i] = j
        self._taken.add(j)


def _buckets(key: _Key, told: Iterator[tuple[int, _Told]]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, item in told:
        if (value := key(item)) is not None:
            found[value].append(index)
    return found


def _values(told: _Told) -> Hashable:
    return tuple(_filled(getattr(told.fact, column)) for column in COMPARED)


def _filled(value: Any) -> Any:
    """The value, None for an empty cell; zero is a value."""
    return None if value is False or value == "" or value == () else value


# Keys from sure to weak, each with its reach (None: anywhere in the document).
_KEYS: tuple[tuple[_Key, int | None], ...] = (
    (lambda told: told.context and (_values(told), told.context), None),
    (lambda told: told.context and (told.fact.kind, told.fact.quote, told.context), None),
    (_values, None),
    (lambda told: told.fact.fact_id, None),
    (lambda told: (told.fact.kind, told.fact.quote), None),
    (lambda told: told.fact.quote, _NEAR),  # what was a funding is an amount now
    (lambda told: (told.fact.kind, told.fact.company), _NEAR),
    (lambda told: told.fact.kind, _SAME_PLACE),
)


def _place(change: Change) -> tuple[str, int, int, str, bool]:
    fact = change.new or change.old
    assert fact is not None
    return fact.doc, fact.start, fact.end, fact.fact_id, change.new is None
