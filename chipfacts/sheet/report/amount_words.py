"""A sum as people say it, exact, in English and Chinese units: 4700000000 → 4.7 billion, 47.0亿."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from chipfacts.sheet.cell import plain_decimal

_EN = ((12, " trillion"), (9, " billion"), (6, " million"))
_TICKS = ((12, "tn"), (9, "bn"), (6, "m"), (3, "k"))
_ZH = ((12, "万亿"), (8, "亿"), (4, "万"))
_SIGNS = {"over": ">\u00a0", "under": "<\u00a0"}
_WORDS = {"about": ("about ", "约"), "nearly": ("nearly ", "近")}


class AmountWords(NamedTuple):
    """One sum in both languages."""

    en: str
    zh: str


def amount_words(low: Decimal | None, high: Decimal | None, hedge: str | None) -> AmountWords | None:
    """The interval with its hedge; None where there is no sum. An open side is > or <, whatever the hedge."""
    if low is None and high is None:
        return None
    en, zh = _WORDS.get(hedge or "", ("", ""))
    if low is not None and high is not None:
        return AmountWords(en + _between(low, high, _EN, 0), zh + _between(low, high, _ZH, 1))
    sign = _SIGNS["over" if high is None else "under"]
    bound = low if low is not None else high
    assert bound is not None
    return AmountWords(sign + _in_units(bound, _EN, 0), sign + _in_units(bound, _ZH, 1))


def in_units(number: Decimal) -> AmountWords:
    """A bare number in short, for the ticks of an axis: 10bn, 100亿."""
    return AmountWords(_in_units(number, _TICKS, 0), _in_units(number, _ZH, 0))


def _between(low: Decimal, high: Decimal, units: tuple[tuple[int, str], ...], places: int) -> str:
    first, last = _in_units(low, units, places), _in_units(high, units, places)
    if low == high:
        return first
    for _, unit in units:
        if first.endswith(unit) and last.endswith(unit):  # 5–10 billion
            return f"{first.removesuffix(unit)}–{last}"
    return f"{first} – {last}"


def _in_units(number: Decimal, units: tuple[tuple[int, str], ...], places: int) -> str:
    """The number in its largest unit; above 万, Chinese sums have at least one decimal, so that a column of them lines up."""
    for exponent, unit in units:
        if abs(number) >= Decimal(1).scaleb(exponent):
            return _digits(number, exponent, places if exponent > 4 else 0) + unit
    return _digits(number, 0, 0)


def _digits(number: Decimal, exponent: int, places: int) -> str:
    """`number` / 10^exponent, never rounded (scaleb and division would round to 28 digits)."""
    sign, digits, own = number.as_tuple()
    assert isinstance(own, int)
    whole, point, rest = plain_decimal(Decimal((sign, digits, own - exponent))).partition(".")
    if len(rest) < places:
        point, rest = ".", rest.ljust(places, "0")
    return f"{int(whole):,}{point}{rest}" if whole not in ("", "-0") else f"{whole}{point}{rest}"
