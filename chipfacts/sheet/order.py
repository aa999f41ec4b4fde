"""The order of facts in every sheet: by document, place and kind; the same for the same facts in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chipfacts.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chipfacts.model import Fact


def by_place(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts sorted by document id, place in it, kind and id."""
    return tuple(sorted(facts, key=_place))


def by_date(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts sorted by the first day they speak of; undated ones last, in order of place."""
    return tuple(sorted(facts, key=lambda fact: (_first_day(fact), _place(fact))))


def _place(fact: Fact) -> tuple[str, int, int, int, str]:
    return fact.doc, fact.start, fact.end, KINDS.index(fact.kind), fact.fact_id


def _first_day(fact: Fact) -> str:
    return fact.date_low or fact.date_high or "~"
