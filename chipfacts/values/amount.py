"""One sum of money around a number: currency words and hedges on both sides, ranges, tails (三块五), → Candidate.

A candidate says how far it is to be believed: `money` (a currency is said), `bare` (only 万/亿 and a context that fits money)
or `count` (a number of things, kept only so that lists and ranges of counts are not taken for money).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chipfacts.values.context import judge, pay_before, per_before, per_behind
from chipfacts.values.interval import interval, read_range
from chipfacts.values.part import Part, read_before, read_behind
from chipfacts.values.quantity import Quantity


@dataclass(slots=True)
class Candidate:
    """A sum as read, still to be joined with its neighbours; `state` is `money`, `bare` or `count`."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    hedge: str
    currency: str | None
    word: str
    state: str
    per: bool = False


def read_candidate(view: str, number: Quantity, floor: int) -> Candidate | None:
    """The sum around `number`, not reaching back over `floor`; None where nothing speaks for money or for a counted 万/亿."""
    part = read_behind(view, number)
    read_before(view, part, floor)
    if number.start > floor and not part.word and re.match(r"[A-Za-z\d_]", view[number.start - 1]) and view[number.start].isascii():
        return None
    if number.high == 0 and _zeros().match(view, number.start):
        return None  # the rest of a number that is written some other way
    if (number.is_unit and _is_heading(view, part)) or (part.word == "$" and _field().match(view, number.end)):
        return None
    merged = read_range(view, part)
    state = "money" if merged.state == "money" else _doubted(view, merged)
    if not state:
        return None
    low, high, hedge = interval(merged)
    start = _minus(view, merged.start, floor)
    per = per_behind().match(view, merged.end)
    return Candidate(
        start,
        per.end() if per else merged.end,
        low,
        high,
        hedge,
        merged.currency,
        merged.word,
        state,
        bool(per or per_before().search(view, max(floor, start - 12), start)),
    )


def _is_heading(view: str, part: Part) -> bool:
    """单位:亿元, (万元), (单位:新台币千元) head a table; a unit behind a lost number (134. 亿元) is no sum."""
    number = part.number
    if view[max(0, number.start - 1) : number.start] in tuple(".0123456789") or view[max(0, number.start - 2) : number.start] in (". ",):
        return True
    is_alone = number.end - number.start == 1 and not part.hedge  # :超亿元天使轮 is a sum
    return is_alone and bool(_heading_before().search(view, max(0, part.start - 6), part.start))


def _doubted(view: str, part: Part) -> str:
    """What a sum without a currency word is; a 块 may count pieces, a lone letter (15k左右) needs its hedge."""
    if part.state == "weak":
        return "bare"
    if part.number.letter:
        if view[part.number.end - 1] not in "kKw":
            return ""
        is_hedged = (part.hedge in ("about", "over", "under") or part.number.hedge == "range") and part.end > part.number.end
        return "bare" if is_hedged or pay_before().search(view, max(0, part.start - 8), part.start) else ""
    return judge(view, part.number, part.start, part.end, part.hedge)


def _minus(view: str, start: int, floor: int) -> int:
    """Includes the sign of a negative figure (-5亿元): the sum stays positive, the caller sees the sign in the span."""
    is_signed = start > floor and view[start - 1] in "-−" and not re.match(r"[\w)%-]", view[start - 2 : start - 1], re.A)
    return start - 1 if is_signed and view[start - 2 : start - 1] not in tuple("元万亿年月日") else start


@cache
def _field() -> re.Pattern[str]:
    """Behind the $3 of a program's text: print $3,$5 or $24"MiB"."""
    return re.compile(r",\$\d|\"[A-Za-z%]|\}|,?'\}")


@cache
def _zeros() -> re.Pattern[str]:
    return re.compile("00+(?![.,])")


@cache
def _heading_before() -> re.Pattern[str]:
    return re.compile(r"[(:/]$|单位.{0,3}$")
