"""Percentages and multiples as a text prints them, and intervals of numbers that were rounded when they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from chipfacts.values.hedge import hedge_left, hedge_right
from chipfacts.values.number import read_number
from chipfacts.values.numeral import CJK_NUMERAL
from chipfacts.values.quantity import place_of

if TYPE_CHECKING:
    from chipfacts.model import Money

_RATIO = re.compile(
    rf"(?P<pct>(?a:(?<![\d.,\-~至到])\d{{1,5}}(?:\.\d{{1,4}})?) ?%)(?! ?[-~至到] ?\d)"
    rf"|(?P<times>(?a:(?<![\d.,\-~至到])\d{{1,5}}(?:\.\d{{1,2}})?|(?<![{CJK_NUMERAL}])[{CJK_NUMERAL}]{{1,4}}) ?倍"
    r"|(?a:(?<![\w.])\d{1,3}(?:\.\d)?)x(?![\w]))"
)
_PRINTED = re.compile(r"(?a:\d[\d,]*(?:\.(\d+))?)")
_NEARLY, _ABOUT = Decimal("0.85"), Decimal("0.1")
_MOST_ROUNDED = Decimal("0.08")  # 2亿 may be 1.9亿 or 2.1亿; nobody prints it for 1.6亿


class Interval(NamedTuple):
    """What a number may have been: low ≤ x ≤ high; None is open."""

    low: Decimal
    high: Decimal | None

    def meets(self, other: Interval) -> bool:
        """True where one number could be in both."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A percentage (as a fraction of one) or a multiple at [start, end), hedge included; `step` is the place of its last digit."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    hedge: str
    is_percent: bool


def find_ratios(view: str) -> Iterator[Ratio]:
    """Every percentage and multiple of a view that is one number; ranges (30%-40%) are none."""
    for hit in _RATIO.finditer(view):
        digits = re.match(r"(?a:\d+(?:\.\d+)?)", hit[0])
        if digits:
            value = Decimal(digits[0])
            step = Decimal(1).scaleb(-len(digits[0].partition(".")[2]))
        else:
            number = read_number(view, hit.start())
            if number is None or number.low != number.high:
                continue
            value, step = number.low, Decimal(1)
        left, right = hedge_left(view, hit.start(), max(0, hit.start() - 8), False), hedge_right(view, hit.end())
        hedge = (left.kind if left else "") or (right.kind if right else "")
        is_percent = hit["pct"] is not None
        scale = Decimal(100) if is_percent else Decimal(1)
        yield Ratio(hit.start(), right.end if right else hit.end(), value / scale, step / scale, hedge, is_percent)


def of_money(money: Money, surface: str) -> Interval | None:
    """What a printed sum may have been before it was rounded to its printed digits; None without any bound."""
    value = money.low if money.low is not None else money.high
    if value is None or not value:
        return None
    printed = _PRINTED.search(surface)
    number = Decimal(printed[0].replace(",", "")) if printed else Decimal(0)
    step = value / number * Decimal(1).scaleb(-len(printed[1] or "")) if printed and number else place_of(value, False)
    top = money.high if money.high is not None and money.low is not None else value
    return bounds(value, top, rounding(step, value), money.hedge)


def rounding(step: Decimal, value: Decimal) -> Decimal:
    """How far a number may lie from its printed digits, the last of which has the place `step`."""
    return min(step / 2, value * _MOST_ROUNDED)


def bounds(low: Decimal, high: Decimal, half: Decimal, hedge: str) -> Interval:
    """The interval that a hedge makes of a number, or of the two ends of a range; what is said to be a bound is not rounded."""
    if hedge == "over":
        return Interval(low, high if high != low else None)
    if hedge == "under":
        return Interval(Decimal(0), high)
    if hedge == "nearly":
        return Interval(low * _NEARLY, high)
    if hedge == "about":
        return Interval(low - max(half, low * _ABOUT), high + max(half, high * _ABOUT))
    return Interval(low - half, high + half)
