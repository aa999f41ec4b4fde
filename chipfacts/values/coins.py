"""The small money behind or instead of a whole sum: 三块五, 十二元五角, 六角七分钱, 3毛, 5美分, 50 cents."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from chipfacts.values.number import parse_number
from chipfacts.values.numeral import DIGITS
from chipfacts.values.quantity import Quantity, plain


class Rest(NamedTuple):
    """What stands behind a sum in 元 or 块, as a fraction of it, and where it ends."""

    value: Decimal
    end: int


class Coins(NamedTuple):
    """A sum in parts of the unit alone, in units of the currency."""

    number: Quantity
    end: int
    word: str
    currency: str | None


def read_rest(view: str, pos: int) -> Rest | None:
    """The 五 of 三块五, the 六角七分钱 behind 一百三十五块, or None."""
    match = _rest().match(view, pos)
    if not match or not match[0]:
        return None
    if match["bare"]:
        return Rest(Decimal("0.5") if match["bare"] == "半" else _digits(match["bare"]) / 10, match.end())
    tenths = _digits(match["jiao"]) / 10 if match["jiao"] else Decimal(0)
    return Rest(tenths + (_digits(match["fen"]) / 100 if match["fen"] else Decimal(0)), match.end())


def read_alone(view: str, pos: int, number: Quantity) -> Coins | None:
    """The unit of a number of small coins that ends at `pos` (3毛, 六角七分钱, 5美分), or None; 毛利 and 五角星 are other words."""
    match = _alone().match(view, pos)
    if not match or match[0] == "角":
        return None  # 冰山一角, 三角: a sum of 角 alone says 角钱
    factor = Decimal("0.1") if match["jiao"] else Decimal("0.01")
    rest = _digits(match["fen"]) / 100 if match["fen"] else Decimal(0)
    low, high = (plain(value * factor + rest) for value in (number.low, number.high))
    word = match["jiao"] or match[0].strip()
    return Coins(Quantity(number.start, number.end, low, high, number.hedge), match.end(), word, "USD" if match["us"] else None)


def _digits(text: str) -> Decimal:
    found = parse_number(text)
    return found.low if found else Decimal(0)


@cache
def _rest() -> re.Pattern[str]:
    digit = "[" + "".join(DIGITS) + r"\d]"
    small = "[十" + "".join(DIGITS) + r"\d]{1,3}"
    return re.compile(rf"(?P<bare>{digit}|半)(?!\w)|(?:(?P<jiao>{digit})[角毛])?(?:零?(?P<fen>{small})分)?钱?(?!\w)")


@cache
def _alone() -> re.Pattern[str]:
    digit = "[" + "".join(DIGITS) + r"\d]"
    return re.compile(rf"(?P<jiao>[毛角])(?:(?P<fen>{digit})(?:分|(?!\w)))?(?:钱|(?!\w))|(?P<us>美分| ?cents?(?![A-Za-z]))|分钱")
