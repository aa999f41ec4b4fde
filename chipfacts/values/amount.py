"""One sum of money around a number: currency words and hedges on both sides, ranges, tails (三块五), → Candidate.

A candidate says how far it is to be believed: `money` (a currency is said), `bare` (only 万/亿 and a context that fits money)
or `count` (a number of things, kept only so that lists and ranges of counts are not taken for money).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from chipfacts.values import currency as currencies
from chipfacts.values.coins import read_alone, read_rest
from chipfacts.values.context import judge, per_before, per_behind
from chipfacts.values.hedge import hedge_left, hedge_right
from chipfacts.values.number import read_number
from chipfacts.values.numeral import DIGITS
from chipfacts.values.quantity import Quantity, borrow, plain

# Codes that are also everyday abbreviations (CAD, SAR, COP) need a 万/million behind the number.
_RISKY_CODES = frozenset(
    (
        *("NT", "CAD", "SAR", "TRY", "COP", "ARS", "ILS", "MOP", "CLP", "EGP", "CHF", "INR", "PHP", "BRL"),
        *("CZK", "HUF", "PLN", "SEK", "NOK", "DKK", "AED", "KWD", "QAR", "PKR", "BDT", "ZAR", "MXN"),
    )
)


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


@dataclass(slots=True)
class _Part:
    """A number with the currency words that touch it."""

    number: Quantity
    start: int
    end: int
    currency: str | None = None
    word: str = ""
    hedge: str = ""
    state: str = ""  # `money` where a currency is said; `weak` for a 块 that may count pieces


def read_candidate(view: str, number: Quantity, floor: int) -> Candidate | None:
    """The sum around `number`, not reaching back over `floor`; None where nothing speaks for money or for a counted 万/亿."""
    part = _read_behind(view, number)
    _read_before(view, part, floor)
    if number.start > floor and not part.word and re.match(r"[A-Za-z\d_]", view[number.start - 1]) and view[number.start].isascii():
        return None
    if (number.is_unit and _is_heading(view, part)) or (part.word == "$" and _field().match(view, number.end)):
        return None
    merged = _read_range(view, part)
    state = "money" if merged.state == "money" else _doubted(view, merged)
    if not state:
        return None
    low, high, hedge = _interval(merged)
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


def _read_behind(view: str, number: Quantity) -> _Part:
    """The number with unit steps (级), currency and hedge behind it."""
    part = _Part(number, number.start, number.end)
    for _ in range(2):  # 5亿以上人民币, 千万级美元: a hedge or a step may stand between number and currency
        match = currencies.behind().match(view, part.end)
        if match and _is_currency(view, match, number):
            _take(part, match)
            break
        if not _take_step(view, part) and not _take_right(view, part):
            break
        if not currencies.behind().match(view, part.end):
            break
    _take_coins(view, part)
    _take_step(view, part)
    _take_right(view, part)
    return part


def _is_currency(view: str, match: re.Match[str], number: Quantity) -> bool:
    code, english, yuan = match["code"], match["english"], match["yuan"]
    if code:
        return code not in _RISKY_CODES or number.big > 1
    if english and english.lower() in ("won", "pound", "real", "dong"):
        return number.big > 1 or number.low >= 1000
    if yuan and yuan[0] == "元" and _not_yuan(number.big > 1).match(view, match.end()):
        return False
    if yuan and number.is_plain and number.end - number.start == 1 and view[number.start] in DIGITS and yuan[0] == "元":
        # 二元, 三元 and 一元 are words; a price stands free
        free = r"[一的左以多人钱]" if view[number.start] in "一二三四" else r"[^\w]|$|[一的左以多人钱]"
        return bool(re.compile(free).match(view, match.end()))
    if yuan and number.is_unit and yuan[0] == "元":
        # 千元机 is a class of phones
        return not (number.low < 10**6 and re.compile(r"[机店大]").match(view, match.end()))
    return not (match["name"] == "刀" and number.big == 1 and number.low < 10)


def _is_heading(view: str, part: _Part) -> bool:
    """单位:亿元, (万元), (单位:新台币千元) head a table; a unit behind a lost number (134. 亿元) is no sum."""
    number = part.number
    if view[max(0, number.start - 1) : number.start] in tuple(".0123456789") or view[max(0, number.start - 2) : number.start] in (". ",):
        return True
    return number.end - number.start == 1 and bool(_heading_before().search(view, max(0, part.start - 6), part.start))


def _take(part: _Part, match: re.Match[str]) -> None:
    part.end = match.end()
    part.state = "money"
    part.word = match[match.lastgroup or 0].strip()
    if match["name"]:
        part.currency = currencies.CHINESE[part.word]
    elif match["code"]:
        part.currency = currencies.CODES[part.word]
    elif match["english"]:
        part.currency = currencies.ENGLISH[part.word.lower()]
    elif part.word == "块":
        part.state = "weak"  # 1万块: pieces or money
    else:
        part.word = part.word[0] if part.word[0] in "元圆" else part.word


def _take_step(view: str, part: _Part) -> bool:
    """亿元级, 千万级: the bare unit becomes one to ten of it."""
    match = _step().match(view, part.end)
    if not match:
        return False
    is_ten = view[part.number.start] == "十" and part.number.low.normalize().as_tuple().digits == (1,)
    if (part.number.is_unit or is_ten) and part.number.low == part.number.high:
        part.number = Quantity(part.number.start, part.number.end, part.number.low, part.number.low * 10, "several", part.number.big)
        part.end = match.end()
        return True
    if part.number.hedge == "several":
        part.end = match.end()
        return True
    return False


def _take_right(view: str, part: _Part) -> bool:
    right = hedge_right(view, part.end)
    if right is None:
        return False
    part.end = right.end
    part.hedge = part.hedge or (right.kind if right.kind != "range" else "")
    return True


def _take_coins(view: str, part: _Part) -> None:
    """三块五, 十二元五角; 3毛 and 5美分 alone."""
    if part.state and part.word in ("元", "块", "块钱", "圆"):
        coins = read_rest(view, part.end)
        if coins and part.number.low == part.number.high:
            value = plain(part.number.low + coins.value)
            part.number = Quantity(part.number.start, part.number.end, value, value)
            part.end, part.state = coins.end, "money"
    elif not part.state and part.number.big == 1:
        alone = read_alone(view, part.end, part.number)
        if alone:
            part.number, part.end, part.word, part.currency = alone.number, alone.end, alone.word, alone.currency
            part.state = "money"


def _read_before(view: str, part: _Part, floor: int) -> None:
    """Hedges and a currency before the number, in either order: 约人民币5亿, 人民币约5亿."""
    has_currency = False
    kinds: list[str] = []
    for _ in range(4):
        last = view[part.start - 1 : part.start] if view[part.start - 1 : part.start] != " " else view[part.start - 2 : part.start - 1]
        match = None
        if not has_currency and currencies.may_precede(last):
            match = currencies.before().search(view, max(floor, part.start - 10), part.start)
        if match and _may_precede(match, part):
            has_currency = True
            code = (
                currencies.SIGNS.get(match["sign"] or "")
                or currencies.CODES.get(match["code"] or "")
                or currencies.CHINESE.get(match["name"] or "")
            )
            if part.currency is None:
                part.currency, part.word = code, match[0].strip()
            part.start, part.state = match.start(), "money"
            continue
        left = hedge_left(view, part.start, floor, part.number.is_unit or part.number.hedge == "several")
        if left is None or len(kinds) == 2:
            break
        part.start = left.start
        kinds.append(left.kind)
    if kinds:
        part.hedge = next((kind for kind in kinds if kind != "about"), kinds[0])


def _may_precede(match: re.Match[str], part: _Part) -> bool:
    if match["sign"]:
        return True
    if match["code"]:
        return part.currency is None and (match["code"] not in _RISKY_CODES or part.number.big > 1 or part.state == "money")
    return part.currency is None


def _read_range(view: str, part: _Part) -> _Part:
    """The part joined with the upper end of a range behind it (5-10亿, $25,000 to $30,000), or as it was."""
    joint = _range_joint().match(view, part.end)
    if not joint or part.hedge in ("over", "under") or part.number.low != part.number.high:
        return part
    sign = _sign_ahead().match(view, joint.end())
    number = read_number(view, sign.end() if sign else joint.end())
    if number is None or number.is_unit:
        return part
    upper = _read_behind(view, number)
    if sign and not upper.currency:
        _read_before(view, upper, joint.end())
    first = part.number
    is_unitless = first.big == 1 < number.big and (part.state != "money" or part.word in currencies.SIGNS)
    if is_unitless and first.high <= number.high / number.big:
        first = borrow(first, number.big)
    if "和" in joint[0] or "and" in joint[0]:
        before = view[max(0, part.start - 9) : part.start]
        if not (view[upper.end - 2 : upper.end] == "之间" or re.search(r"介于|between ?$", before)):
            return part
    is_mixed = first.big == 1 < number.big and first.low < 1000  # 6到3万元: no interval that anybody means
    if first.low >= number.high or is_mixed or (part.state == "money" and upper.state == "money" and _is_change(view, part.start)):
        return part
    if not upper.state and not part.state and first.is_plain and first.low >= 1900 and first.low < 2100:
        return part
    return _Part(
        Quantity(first.start, number.end, first.low, number.high, "range", number.big, letter=first.letter or number.letter),
        part.start,
        upper.end,
        upper.currency or part.currency,
        upper.word or part.word,
        "",
        "money" if "money" in (part.state, upper.state) else upper.state,
    )


def _is_change(view: str, start: int) -> bool:
    """从5亿元到10亿元, from $5m to $10m: two sums, a change and no interval."""
    return bool(re.search(r"(?:[从由自]|(?i:from)) ?$", view[max(0, start - 5) : start]))


def _doubted(view: str, part: _Part) -> str:
    """What a sum without a currency word is; a 块 may count pieces, a lone letter (15k左右) needs its hedge."""
    if part.state == "weak":
        return "bare"
    if part.number.letter:
        is_pay = part.hedge in ("about", "over", "under") or part.number.hedge == "range"
        return "bare" if is_pay and view[part.number.end - 1] in "kKw" and part.end > part.number.end else ""
    return judge(view, part.number, part.start, part.end, part.hedge)


def _interval(part: _Part) -> tuple[Decimal | None, Decimal | None, str]:
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


def _minus(view: str, start: int, floor: int) -> int:
    """Includes the sign of a negative figure (-5亿元): the sum stays positive, the caller sees the sign in the span."""
    is_signed = start > floor and view[start - 1] in "-−" and not re.match(r"[\w)%-]", view[start - 2 : start - 1], re.A)
    return start - 1 if is_signed and view[start - 2 : start - 1] not in tuple("元万亿年月日") else start


@cache
def _not_yuan(is_big: bool) -> re.Pattern[str]:
    return re.compile(currencies.NOT_YUAN_BIG if is_big else currencies.NOT_YUAN)


@cache
def _step() -> re.Pattern[str]:
    return re.compile("(?:量级|级别|级)(?!参数)")


@cache
def _field() -> re.Pattern[str]:
    """Behind the $3 of a program's text: print $3,$5 or $24"MiB"."""
    return re.compile(r",\$\d|\"[A-Za-z%]|\}|,?'\}")


@cache
def _heading_before() -> re.Pattern[str]:
    return re.compile(r"[(:/]$|单位.{0,3}$")


@cache
def _range_joint() -> re.Pattern[str]:
    return re.compile(r" ?(?:-(?!-)|–|—(?!—)|~|至|到|和) ?(?=[\d零一二两三四五六七八九十百千$€£¥HUNRA])| (?:to|and) (?=[\d$€£¥HUNRA])")


@cache
def _sign_ahead() -> re.Pattern[str]:
    signs = "|".join(map(re.escape, sorted((*currencies.SIGNS, *currencies.CODES), key=lambda w: (-len(w), w))))
    return re.compile(rf"(?:{signs}|人民币) ?(?=\d)")
