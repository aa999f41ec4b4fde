"""The small money behind or instead of a whole sum: 三块五, 十二元五角整, 3毛, 五毛一个, 三美元五十美分, 50 cents, 50便士."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from chipfacts.values.context import price_before
from chipfacts.values.number import parse_number
from chipfacts.values.numeral import DIGITS
from chipfacts.values.quantity import Quantity, plain

_DIGIT = "[" + "".join(DIGITS) + r"\d]"
_SMALL = "[十" + "".join(DIGITS) + r"\d]{1,3}"
# What 毛, 角 and 分 begin without being coins: 毛利, 角度, 分钟, 分公司.
_MAO = "毛(?![利重衣坯孩病笔])"
_JIAO = "角(?![度色落楼逐膜])"
_FEN = "分(?![钟之公别期析店行成红档层批步类区为散段享秒布支局工母])"
# What may follow a digit without its unit (三块五, 9毛9): the end, a word of buying, a piece, a hedge; never a noun or another measure.
PIECES = "[个斤只份张瓶杯颗片条本件袋包碗公双枚根股盒台套]"
_FOLLOWS = (
    r"(?!\w|[.:]\d)|(?=[的买卖左钱每起就才吧呢吗啊呀都了整正]|包邮|以[上下内]|上下|出头|不到|[涨跌降升][到至]|[到至][手几\d一两二三四五六七八九十]|拿下|搞定|人民币"
    rf"|[一两]{PIECES})"
)
_NAMED = frozenset(("三毛", "九毛九"))  # a writer and a chain of restaurants, where no 钱 is said
# Parts of foreign money that have a name of their own, a hundredth each.
_CENTS: dict[str, str] = {"美分": "USD", "欧分": "EUR", "便士": "GBP", "戈比": "RUB", "港仙": "HKD", "美仙": "USD"}


class Rest(NamedTuple):
    """What stands behind a sum in 元 or 块, as a fraction of it, and where it ends."""

    value: Decimal
    end: int


class Coins(NamedTuple):
    """A sum in parts of the unit alone, in units of the currency; `factor` is the part (0.1, 0.01)."""

    number: Quantity
    end: int
    word: str
    currency: str | None
    factor: Decimal


def read_rest(view: str, pos: int) -> Rest | None:
    """The 五 of 三块五, the 零五分 behind 两元, the 六角七分钱 behind 一百三十五块, or None."""
    match = _rest().match(view, pos)
    if not match or not match[0]:
        return None
    if match["bare"]:
        return Rest(Decimal("0.5") if match["bare"] == "半" else _digits(match["bare"]) / 10, match.end())
    tenths = _digits(match["jiao"]) / 10 if match["jiao"] else Decimal(0)
    fen = match["fen"] or match["last"]
    return Rest(tenths + (_digits(fen) / 100 if fen else Decimal(0)), match.end())


def read_cents(view: str, pos: int) -> Rest | None:
    """The 五十美分 behind 三美元, the 5角 behind 2港元, or None."""
    match = _foreign_rest().match(view, pos)
    if not match:
        return None
    cents = match["cents"] or match["us"]
    return Rest(_digits(cents) / 100 if cents else _digits(match["jiao"]) / 10, match.end())


def read_alone(view: str, pos: int, number: Quantity) -> Coins | None:
    """The unit of a number of small coins that ends at `pos` (3毛, 六角七分钱, 5美分), or None; 毛利 and 五角星 are other words."""
    match = _alone().match(view, pos)
    if not match or (match[0] == "角" and not (number.high < 10 and view[number.start] in "123456789")):
        return None  # 冰山一角, 三角: a sum of 角 alone is written 5角, or says 角钱
    if view[number.start : match.end()] in _NAMED and not price_before().search(view, max(0, number.start - 8), number.start):
        return None
    factor = Decimal("0.1") if match["jiao"] else Decimal("0.01")
    fen = match["fen"] or match["last"]
    rest = _digits(fen) / 100 if fen else Decimal(0)
    low, high = (plain(value * factor + rest) for value in (number.low, number.high))
    word = match["jiao"] or match[0].strip()
    currency = _CENTS.get(match["cents"] or "") or ("USD" if match["us"] else "GBP" if match["gb"] else None)
    return Coins(Quantity(number.start, number.end, low, high, number.hedge), match.end(), word, currency, factor)


def _digits(text: str) -> Decimal:
    found = parse_number(text)
    return found.low if found else Decimal(0)


@cache
def _rest() -> re.Pattern[str]:
    jiao = rf"零?(?P<jiao>{_DIGIT})(?:{_JIAO}|{_MAO})"
    fen = rf"零?(?P<fen>{_SMALL}){_FEN}"
    last = rf"(?P<last>{_DIGIT})(?:{_FOLLOWS})"
    return re.compile(rf"(?P<bare>{_DIGIT}|半)(?:{_FOLLOWS})|(?=零?{_SMALL}[角毛分])(?:{jiao})?(?:{fen}|(?(jiao){last}|(?!)))?钱?整?")


@cache
def _foreign_rest() -> re.Pattern[str]:
    cents = "|".join(_CENTS)
    return re.compile(
        rf"零?(?P<jiao>{_DIGIT}){_JIAO}整?|[零又]?(?P<cents>{_SMALL})(?:{cents}|{_FEN})整?|,? (?:and )?(?P<us>\d{{1,2}}) cents?(?![A-Za-z])"
    )


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<jiao>[毛角])(?:(?P<fen>{_DIGIT}){_FEN}|(?P<last>{_DIGIT})(?:{_FOLLOWS}))?(?:钱|整|{_FOLLOWS})"
        rf"|(?P<cents>{'|'.join(_CENTS)})|(?P<us> ?cents?(?![A-Za-z]))|(?P<gb> ?(?:pence|penny|pennies)(?![A-Za-z]))|分钱"
    )
