"""When two facts of one subject agree, refine each other or contradict; None where nothing can be said, which is often."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from chipfacts.review.ratio import Interval, bounds, rounding
from chipfacts.values.edtf import days_of
from chipfacts.values.quantity import place_of

if TYPE_CHECKING:
    from chipfacts.model import Fact
    from chipfacts.review.contrast import Verdict

_OPEN_FIRST, _OPEN_LAST = "0000-01-01", "9999-12-31"
_SAME_DAY = 31  # days within which a valuation is that of one date


class Ruling(NamedTuple):
    """A verdict and its ground."""

    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, as ISO texts; open ends reach to the ends of time."""

    first: str
    last: str

    def precedes(self, other: Days) -> bool:
        """True where it is over when the other begins."""
        return self.last < other.first


def interval_of(fact: Fact) -> Interval | None:
    """What the fact's sum may be, rounded to its leading digits: 2亿 may be 2.3亿, 超47亿 anything above."""
    low, high = fact.amount_low, fact.amount_high
    value = low if low is not None else high
    if value is None or not value:
        return None
    top = high if high is not None and low is not None else value
    if fact.hedge in ("several", "range"):
        return Interval(value, top)
    return bounds(value, top, rounding(place_of(value, False), value), fact.hedge or "")


def compare_sums(one: Fact, other: Fact) -> Ruling | None:
    """Two sums of one thing in one currency."""
    first, second = interval_of(one), interval_of(other)
    if first is None or second is None or one.currency != other.currency:
        return None
    if (one.amount_low, one.amount_high, one.hedge) == (other.amount_low, other.amount_high, other.hedge):
        return Ruling("agree", "the same sum")
    if first.meets(second):
        return Ruling("refine", "one sum fits both")
    return Ruling("contradict", "no sum fits both")


def compare_totals(one: Fact, other: Fact) -> Ruling | None:
    """Two running totals of one company: a later one may be larger, never smaller; without order only equal times can contradict."""
    ruling = compare_sums(one, other)
    if ruling is None or ruling.verdict != "contradict":
        return ruling
    first, second = when_of(one), when_of(other)
    if first is None and second is None:
        return ruling
    if first is None or second is None:
        return None
    if first == second:
        return Ruling("contradict", "no total of that time fits both")
    if any(stretch is not None and not _is_short(stretch) for stretch in (days(one), days(other))):
        return None  # what was raised within a year is no total at a time
    if second.precedes(first):
        one, other, first, second = other, one, second, first
    if not first.precedes(second):
        return None
    return Ruling("contradict", "the later total is smaller") if _is_smaller(other, one) else None


def compare_rounds(one: Fact, other: Fact) -> Ruling | None:
    """Two sums of one named round; told of days apart they may be two closings."""
    if _are_apart(days(one), days(other)):
        return None
    return compare_sums(one, other)


def compare_valuations(one: Fact, other: Fact) -> Ruling | None:
    """Two valuations of one measure, where both are of one date or of one round."""
    first, second = days(one), days(other)
    is_same_day = first is not None and first == second and _is_short(first)
    is_same_round = bool(one.round) and one.round == other.round and one.measure != "market_cap" and not _are_apart(first, second)
    return compare_sums(one, other) if is_same_day or is_same_round else None


def compare_founding(one: Fact, other: Fact) -> Ruling | None:
    """Two days on which one company was founded."""
    first, second = days(one), days(other)
    if first is None or second is None:
        return None
    if first == second:
        return Ruling("agree", "the same date")
    if _are_apart(first, second):
        return Ruling("contradict", "no day fits both")
    return Ruling("refine", "one day fits both")


def compare_nodes(one: Fact, other: Fact) -> Ruling | None:
    """Two nodes of one chip; made by two foundries it may be on two nodes."""
    if one.node_nm == other.node_nm:
        return Ruling("agree", "the same node")
    if one.foundry and other.foundry and one.foundry != other.foundry:
        return None
    return Ruling("contradict", "one chip, two nodes")


def days(fact: Fact) -> Days | None:
    """The days that the fact's own date allows; None where it has none or its year is unknown."""
    return _stretch(fact.date_low, fact.date_high)


def when_of(fact: Fact) -> Days | None:
    """When the fact was true or told: its date, else its announcement, else the day its text was published."""
    return days(fact) or _stretch(*days_of(fact.announced or "")) or _stretch(*days_of(fact.published or ""))


def _stretch(first: str | None, last: str | None) -> Days | None:
    return Days(first or _OPEN_FIRST, last or _OPEN_LAST) if first or last else None


def _are_apart(one: Days | None, other: Days | None) -> bool:
    return one is not None and other is not None and (one.precedes(other) or other.precedes(one))


def _is_short(stretch: Days) -> bool:
    from datetime import date

    return (date.fromisoformat(stretch.last) - date.fromisoformat(stretch.first)).days < _SAME_DAY if stretch.first > "0001" else False


def _is_smaller(one: Fact, other: Fact) -> bool:
    first, second = interval_of(one), interval_of(other)
    return first is not None and second is not None and first.high is not None and first.high < (second.low or Decimal(0))
