"""What a sheet knows of each company: rows by kind, rounds, chips, nodes, and what it raised and was valued at, as bounds.

Only what the text states as done counts towards a sum: status `completed`, no hearsay; debt is no money raised.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chipfacts.model import Fact, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """An interval of money; None is open."""

    low: Decimal | None
    high: Decimal | None

    def meet(self, other: Bounds) -> Bounds:
        """What both say where they agree; the whole of both where they contradict each other."""
        low, high = _most(self.low, other.low), _least(self.high, other.high)
        if low is not None and high is not None and low > high:
            return self.span(other)
        return Bounds(low, high)

    def span(self, other: Bounds) -> Bounds:
        """From the lower low to the higher high; open where one is."""
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Bounds(low, high)


@dataclass(frozen=True, slots=True)
class CompanyView:
    """All that the sheet tells of one company; the empty name gathers the facts of none."""

    company: str
    documents: int
    counts: Counter[Kind]
    rounds: tuple[str, ...]
    raised: dict[str, Bounds]
    valued: dict[str, Bounds]
    chips: tuple[str, ...]
    nodes: tuple[Decimal, ...]
    first_day: str | None
    last_day: str | None


def overview_of(sheet: Sheet) -> list[CompanyView]:
    """A view for each company, the most told first."""
    facts: dict[str, list[Fact]] = {}
    for fact in sheet.facts:
        facts.setdefault(fact.company or "", []).append(fact)
    return [_view(name, facts[name]) for name in sorted(facts, key=lambda name: (not name, -len(facts[name]), name))]


def raised(facts: Iterable[Fact]) -> dict[str, Bounds]:
    """By currency, the least and the most that these rounds of one company come to.

    A round told several times, in several documents, counts once. The least: the named rounds together, or a running total or an unnamed
    round where that is more. The most: the rounds told here all together, or a running total where that is more; open where one of them is.
    """
    done = [fact for fact in facts if fact.kind == "funding" and _is_done(fact) and fact.measure in ("round", "ipo", "cumulative")]
    undisclosed = {fact.round for fact in done if fact.currency is None and fact.round}
    found = {}
    for currency in dict.fromkeys(fact.currency for fact in done if fact.currency):
        of_currency = [fact for fact in done if fact.currency == currency]
        named: dict[str, Bounds] = {}
        unnamed, running = set(), set()
        for fact in of_currency:
            bounds = Bounds(fact.amount_low, fact.amount_high)
            if fact.measure == "cumulative":
                running.add(bounds)
            elif fact.round:
                named[fact.round] = named[fact.round].meet(bounds) if fact.round in named else bounds
            else:
                unnamed.add(bounds)
        least = max([sum((b.low or _NOTHING for b in named.values()), _NOTHING), *(b.low or _NOTHING for b in unnamed | running)])
        is_open = bool(undisclosed - set(named)) or any(b.high is None for b in (*named.values(), *unnamed, *running))
        together = sum((b.high or _NOTHING for b in (*named.values(), *unnamed)), _NOTHING)
        most = None if is_open else max([together, *(b.high or _NOTHING for b in running)])
        found[currency] = Bounds(least, most)
    return found


def valued(facts: Iterable[Fact]) -> dict[str, Bounds]:
    """By currency, from the lowest to the highest valuation stated."""
    found: dict[str, Bounds] = {}
    for fact in facts:
        if fact.kind == "valuation" and _is_done(fact) and fact.currency:
            bounds = Bounds(fact.amount_low, fact.amount_high)
            found[fact.currency] = found[fact.currency].span(bounds) if fact.currency in found else bounds
    return found


def _view(company: str, facts: list[Fact]) -> CompanyView:
    return CompanyView(
        company=company,
        documents=len({fact.doc for fact in facts}),
        counts=Counter(fact.kind for fact in facts),
        rounds=tuple(dict.fromkeys(fact.round for fact in facts if fact.kind == "funding" and fact.round)),
        raised=raised(facts) if company else {},
        valued=valued(facts) if company else {},
        chips=tuple(dict.fromkeys(fact.chip for fact in facts if fact.chip)),
        nodes=tuple(sorted({fact.node_nm for fact in facts if fact.node_nm is not None})),
        first_day=min((fact.date_low for fact in facts if fact.date_low), default=None),
        last_day=max((fact.date_high for fact in facts if fact.date_high), default=None),
    )


def _is_done(fact: Fact) -> bool:
    return fact.status == "completed" and not fact.hearsay


def _most(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else max(one, other)


def _least(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return other if one is None else one if other is None else min(one, other)
