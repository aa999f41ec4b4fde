"""A number with what touches it: the currency and hedge words on both sides, a step (亿元级), small coins (三块五) → Part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from chipfacts.values import currency as currencies
from chipfacts.values.coins import PIECES, read_alone, read_cents, read_rest
from chipfacts.values.context import price_before
from chipfacts.values.hedge import hedge_left, hedge_right
from chipfacts.values.numeral import DIGITS
from chipfacts.values.quantity import ONE, Quantity, plain

# Codes that are also everyday abbreviations (CAD, SAR, COP) need a 万/million behind the number, or the digits of a price (CAD 1,250.00).
_RISKY_CODES = frozenset(
    ("NT", "CAD", "SAR", "TRY", "COP", "ARS", "ILS", "MOP", "CLP", "INR", "PHP", "BRL", "AED", "QAR", "RON", "OMR", "RM", "NIS", "MXN")
)
_HOME = ("元", "块", "块钱", "圆")


@dataclass(slots=True)
class Part:
    """A number with the currency words that touch it."""

    number: Quantity
    start: int
    end: int
    currency: str | None = None
    word: str = ""
    hedge: str = ""
    state: str = ""  # `money` where a currency is said; `weak` for a 块 that may count pieces
    coin: Decimal = ONE  # the part of the unit that was counted: a tenth in 5毛


def read_behind(view: str, number: Quantity) -> Part:
    """The number with unit steps (级), currency and hedge behind it."""
    part = Part(number, number.start, number.end)
    if number.hedge == "over" and number.low == number.high:
        part.hedge = "over"  # 成千上万: open above
    for _ in range(2):  # 5亿以上人民币, 千万级美元: a hedge or a step may stand between number and currency
        match = currencies.behind().match(view, part.end)
        if match and _is_currency(view, match, number):
            _take(view, part, match)
            break
        if not _take_step(view, part) and not _take_right(view, part):
            break
        if not currencies.behind().match(view, part.end):
            break
    _take_coins(view, part)
    _take_step(view, part)
    _take_right(view, part)
    if number.is_unit and part.state == "money" and view[max(0, number.start - 2) : number.start] == "数以":
        _take_counted(view, part)
    return part


def read_before(view: str, part: Part, floor: int) -> None:
    """Hedges and a currency before the number, in either order: 约人民币5亿, 人民币约5亿; JPY¥1000 is what the code says."""
    taken: list[str] = []
    kinds: list[str] = []
    for _ in range(4):
        last = view[part.start - 1 : part.start] if view[part.start - 1 : part.start] != " " else view[part.start - 2 : part.start - 1]
        match = None
        if (not taken or taken in (["$"], ["¥"])) and currencies.may_precede(last):
            match = currencies.before().search(view, max(floor, part.start - 10), part.start)
        if match and taken and match["sign"]:
            match = None
        if match and (taken or _may_precede(view, match, part)):
            code = (
                currencies.SIGNS.get(match["sign"] or "")
                or currencies.CODES.get(match["code"] or "")
                or currencies.CHINESE.get(match["name"] or "")
            )
            if part.currency is None or taken:
                part.currency, part.word = code, match[0].strip()
            taken.append(match[0].strip())
            part.start, part.state = match.start(), "money"
            continue
        left = hedge_left(view, part.start, floor, part.number.is_unit or part.number.hedge == "several")
        if left is None or len(kinds) == 2:
            break
        part.start = left.start
        kinds.append(left.kind)
    if kinds:
        kinds.append(part.hedge or kinds[0])  # 约5亿元以上: what opens the interval says more than about
        part.hedge = next((kind for kind in kinds if kind != "about"), "about")


def _is_currency(view: str, match: re.Match[str], number: Quantity) -> bool:
    if match["code"]:
        return match["code"] not in _RISKY_CODES or number.big > 1 or _is_priced(view, number)
    if match["sign"]:
        return not re.match(r"[\w^.\\$*/]", view[number.start - 1 : number.start])
    if match["english"] and match["english"].lower() in ("won", "pound", "real", "dong", "quid"):
        return number.big > 1 or number.low >= 1000
    if match["yuan"]:
        return _is_yuan(view, match, number)
    if match["name"] == "欧":
        return number.big > 1  # 50欧 are ohms
    return not (match["name"] == "刀" and number.big == 1 and number.low < 10)


def _is_yuan(view: str, match: re.Match[str], number: Quantity) -> bool:
    yuan, end = match["yuan"], match.end()
    is_digit = number.is_plain and number.end - number.start == 1 and view[number.start] in DIGITS
    if yuan == "块":
        if _digit().match(view, end):  # 三块五, 10块3个; not 两块5纳米芯片, 一块二手显卡
            return read_rest(view, end) is not None or _pieces().match(view, end) is not None
        # 一块 is also together, and a piece
        return not (is_digit and view[number.start] == "一" and _loose().match(view, end))
    if yuan[0] == "元" and _not_yuan(number.big > 1).match(view, end):
        return False
    if is_digit and yuan == "元":
        # 二元, 三元 and 一元 are words; a price stands free, or behind a word of price
        if price_before().search(view, max(0, number.start - 8), number.start):
            return True
        return bool((_free_word() if view[number.start] in "一二三四" else _free()).match(view, end))
    if number.is_unit and yuan[0] == "元":
        # 千元机 is a class of phones
        return not (number.low < 10**6 and re.compile(r"[机店大]").match(view, end))
    return True


def _is_priced(view: str, number: Quantity) -> bool:
    """1,250 and 19.90: written as sums are."""
    return bool(re.search(r",\d{3}|\.\d\d$", view[number.start : number.end]))


def _take(view: str, part: Part, match: re.Match[str]) -> None:
    part.end = match.end()
    part.state = "money"
    part.word = match[match.lastgroup or 0].strip()
    if match["name"]:
        part.currency = currencies.shared(part.word, view, part.start)
    elif match["code"]:
        part.currency = currencies.CODES[part.word]
    elif match["sign"]:
        part.currency = currencies.SIGNS[part.word]
    elif match["english"]:
        part.currency = currencies.ENGLISH[part.word.lower()]
    elif part.word == "块":
        part.state = "weak"  # 1万块: pieces or money
    else:
        part.word = part.word[0] if part.word[0] in "元圆" else part.word


def _take_step(view: str, part: Part) -> bool:
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


def _take_counted(view: str, part: Part) -> None:
    """数以亿元计: one to ten of the unit."""
    part.number = replace(part.number, high=part.number.low * 10, hedge="several")
    part.start -= 2
    part.end += view.startswith("计", part.end)


def _take_right(view: str, part: Part) -> bool:
    right = hedge_right(view, part.end)
    if right is None:
        return False
    part.end = right.end
    part.hedge = part.hedge or (right.kind if right.kind != "range" else "")
    return True


def _take_coins(view: str, part: Part) -> None:
    """三块五, 十二元五角, 三美元五十美分; 3毛 and 5美分 alone."""
    if part.state and part.number.low == part.number.high:
        rest = read_rest(view, part.end) if part.word in _HOME else read_cents(view, part.end) if part.currency else None
        if rest:
            value = plain(part.number.low + rest.value)
            part.number = Quantity(part.number.start, part.number.end, value, value, part.number.hedge)
            part.end, part.state = rest.end, "money"
    elif not part.state and part.number.big == 1:
        alone = read_alone(view, part.end, part.number)
        if alone:
            part.number, part.end, part.word, part.currency = alone.number, alone.end, alone.word, alone.currency
            part.state, part.coin = "money", alone.factor


def _may_precede(view: str, match: re.Match[str], part: Part) -> bool:
    if match["sign"]:
        return True
    if match["code"]:
        is_sure = match["code"] not in _RISKY_CODES or part.number.big > 1 or part.state == "money" or _is_priced(view, part.number)
        return part.currency is None and is_sure
    return part.currency is None


@cache
def _not_yuan(is_big: bool) -> re.Pattern[str]:
    return re.compile(currencies.NOT_YUAN_BIG if is_big else currencies.NOT_YUAN)


_COINS = rf"零?[{''.join(DIGITS)}\d][角毛分]"


@cache
def _free() -> re.Pattern[str]:
    return re.compile(rf"[^\w]|$|[一的左以多人钱每起买就到至]|{_COINS}")


@cache
def _free_word() -> re.Pattern[str]:
    return re.compile(rf"[一的左以多人钱]|{_COINS}|[到至~-][\d一二两三四五六七八九十]")


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(r"[^\w]|$|[的就买卖]")


@cache
def _digit() -> re.Pattern[str]:
    return re.compile(rf"[{''.join(DIGITS)}\d]")


@cache
def _pieces() -> re.Pattern[str]:
    return re.compile(rf"(?:\d{{1,2}}|[{''.join(DIGITS)}十]){PIECES}")


@cache
def _step() -> re.Pattern[str]:
    return re.compile("(?:量级|级别|级)(?!参数)")
