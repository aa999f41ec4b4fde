"""A number as a text states it: an exact interval, and what the reader must remember of its surface."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

ONE = Decimal(1)
ZERO = Decimal(0)
# Counted repeats keep a hostile run of digits linear.
MAX_DIGITS = 21  # a longer run is a serial number, and would not be exact in the default decimal context
ASCII_NUMBER = r"(?a:\d{1,3}(?:,\d{3}){1,6}(?!\d)(?:\.\d{1,9})?|\d{1,2}(?:,\d{2}){1,4},\d{3}(?!\d)|\d{1,24}(?:\.\d{1,9})?)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at [start, end): its interval, why it is one (`over`, `several`, `range`, `about` or empty) and its last unit.

    `big` is the closing 万/亿/million multiplier (1 if none): a range or list without units borrows it (5-10亿).
    `is_unit` marks a unit without any digit (亿, 千万); `letter` the one-letter English units (K, M, B) and the net's w;
    `is_plain` a number of ASCII or Chinese digits without any unit.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    hedge: str = ""
    big: Decimal = ONE
    is_unit: bool = False
    letter: bool = False
    is_plain: bool = False


def plain(value: Decimal) -> Decimal:
    """The same value without exponent or trailing zeros: 1.50 → 1.5, 2E+8 → 200000000."""
    whole = value.to_integral_value()
    return whole.quantize(ONE) if value == whole else value.normalize()


def borrow(quantity: Quantity, unit: Decimal) -> Quantity:
    """The quantity in a unit it shares with its neighbour: the 5 of 5-10亿."""
    return replace(quantity, low=plain(quantity.low * unit), high=plain(quantity.high * unit), big=unit, is_plain=False)


def groups_of_three(view: str, pos: int) -> re.Match[str] | None:
    """A number at `pos` whose groups of three digits stand apart: 1 000 000, and 3 500万 where a unit of money follows; or None."""
    if view[pos + 1 : pos + 4].find(" ") < 0:
        return None
    return _spaced().match(view, pos)


@cache
def _spaced() -> re.Pattern[str]:
    ends = r"(?!\d|[.,]\d{3})(?:\.\d{1,4}(?!\d))?"
    money = r"(?= ?(?:[万亿元块]|[美港日欧韩英澳加]元|[KMBkmb]\b|[mb]illion|[A-Z]{3}\b|[€$£]))"
    return re.compile(rf"(?a:[1-9]\d{{0,2}}(?:(?: \d{{3}}){{2,5}}{ends}|(?: \d{{3}}){ends}{money}))")


def place_of(value: Decimal, is_cjk: bool) -> Decimal:
    """The place of the last digit that is not zero: 40 → 10, 1200 → 100, 3.5 → 0.1."""
    if is_cjk and value < 10:
        return ONE
    exponent = plain(value).normalize().as_tuple().exponent
    return ONE.scaleb(exponent) if isinstance(exponent, int) else ONE


def ascii_value(text: str) -> Decimal:
    """12,000.5 or 12 000.5 in ASCII digits as a number; commas and spaces are separators."""
    return Decimal(text.replace(",", "").replace(" ", ""))
