"""Two ends of a range (5-10亿, 3到5百万, 3至5毛, $25,000 to $30,000) → one Part; and the interval that a Part states."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache

from chipfacts.values import currency as currencies
from chipfacts.values.number import parse_number, read_number
from chipfacts.values.numeral import DIGITS
from chipfacts.values.part import Part, read_before, read_behind
from chipfacts.values.quantity import ONE, Quantity, borrow, plain

_RANGE_REACH = 72  # characters in front of a range's first end in which it is told that it is one



def read_range(view: str, part: Part) -> Part:
    """The part joined with the upper end of a range behind it, or as it was."""
    joint = _joint().match(view, part.end)
    is_compared = part.hedge in ("over", "under") and view.startswith(("高于", "低于"), part.start)
    if not joint or (part.hedge in ("over", "under") and not is_compared) or part.number.hedge not in ("", "range"):
        return part
    sign = _sign_ahead().match(view, joint.end())
    number = read_number(view, sign.end() if sign else joint.end())
    if number is None or number.is_unit:
        return part
    upper = read_behind(view, number)
    if sign and not upper.currency:
        read_before(view, upper, joint.end())
    first = _shared(view, part, upper, number)
    top = upper.number.high
    if "和" in joint[0] or "and" in joint[0]:
        before = view[max(0, part.start - 9) : part.start]
        if not (view[upper.end - 2 : upper.end] == "之间" or re.search(r"介于|between ?$", before)):
            return part
    is_mixed = first.big == 1 < number.big and first.low < 1000  # 6到3万元: no interval that anybody means
    is_mixed = is_mixed or (first.is_plain and not part.state and 1900 <= first.low < 2100 and top > first.low * 1000)  # from 2022 to $600m
    if first.low >= top or is_mixed or (part.state == "money" and upper.state == "money" and _is_change(view, part.start)):
        return part
    if not upper.state and not part.state and first.is_plain and first.low >= 1900 and first.low < 2100:
        return part
    return Part(
        Quantity(first.start, number.end, first.low, top, "range", number.big, letter=first.letter or number.letter),
        part.start,
        upper.end,
        upper.currency or part.currency,
        upper.word or part.word,
        "",
        "money" if "money" in (part.state, upper.state) else upper.state,
    )


def interval(part: Part) -> tuple[Decimal | None, Decimal | None, str]:
    """Table 3 of the contract: the hedge word opens or closes the stated interval; a range stays a range."""
    number, hedge = part.number, part.hedge
    if number.hedge == "range":
        return number.low, number.high, "range"
    if hedge == "over":
        return number.low, None, "over"
    if hedge == "under":
        return None, number.high, "under"
    if number.low != number.high or not hedge:
        return number.low, number.high, number.hedge
    return number.low, number.high, hedge


def _shared(view: str, part: Part, upper: Part, number: Quantity) -> Quantity:
    """The lower end in the unit that is only said behind the upper: the 5 of 5-10亿, the 3 of 3-5百万 and of 3至5毛."""
    first = part.number
    if part.state and part.end > first.end:
        return first  # 500元-1千元: each end says its own unit
    if upper.coin < 1:
        return replace(first, low=plain(first.low * upper.coin), high=plain(first.high * upper.coin))
    step = _step_of(view, number) if first.is_plain else ONE
    if step > 1 and first.high < number.low / step:
        return replace(borrow(first, step), big=number.big)
    if first.big == 1 < number.big and first.high <= number.high / number.big:
        return borrow(first, number.big)
    return first


def _step_of(view: str, number: Quantity) -> Decimal:
    """The units behind the one digit group of a number: a million in 5百万, 1000 in 2千; 1 where it has another shape."""
    match = _stepped().fullmatch(view, number.start, number.end)
    lead = parse_number(match[1]) if match else None
    return plain(number.low / lead.low) if lead and lead.low else ONE


def _is_change(view: str, start: int) -> bool:
    """从5亿元到10亿元, from $5m to $10m, by $5 million to $10 million: two sums, a change and no interval, unless the prices of several
    things (价格从5元到10元不等)."""
    if view[max(0, start - 3) : start] == "by " and _whole_to().match(view, start):
        return True
    if not re.search(r"(?:[从由自]|(?i:from)) ?$", view[max(0, start - 5) : start]):
        return False
    return not _spread().match(view, start) and not _range_before().search(view, max(0, start - _RANGE_REACH), start)


@cache
def _spread() -> re.Pattern[str]:
    """A sum, another, and 不等 behind them."""
    return re.compile(r"[^,。;!?\n]{2,24}(?:不等|之间)")


@cache
def _range_before() -> re.Pattern[str]:
    """A range from| $5 to $10; raised its range to $28 to $30 from| $26 to $28, and lifted the range to between …, from| $25 to $28."""
    return re.compile(r"(?i:rang(?:e|es|ed|ing) from|range to [^.;]{3,60}?from) ?$")


@cache
def _whole_to() -> re.Pattern[str]:
    """$100 billion| to: a sum with its own unit, and where it goes."""
    return re.compile(r"[^\s\d]{0,4}[\d.,]+ (?:million|billion|trillion)(?: \w+)? to ")


@cache
def _stepped() -> re.Pattern[str]:
    return re.compile(rf"([\d.,]+|[{''.join(DIGITS)}]) ?[十百千拾佰仟][万亿]?")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(r" ?(?:-(?!-)|–|—(?!—)|~|至|到|和) ?(?=[\d零一二两三四五六七八九十百千$€£¥HUNRA])| (?:to|and) (?=[\d$€£¥HUNRA])")


@cache
def _sign_ahead() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, sorted((*currencies.SIGNS, *currencies.CODES), key=lambda w: (-len(w), w))))
    return re.compile(rf"(?:{signs}|人民币) ?(?=\d)")
