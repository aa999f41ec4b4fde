"""What dates are made of: their numerals, the edges and thirds of a year or month, festivals; and patterns matched in place."""

from __future__ import annotations

import re
from functools import cache

from chipfacts.values.festival import FESTIVALS
from chipfacts.values.solar_term import SOLAR_TERMS

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "廿": 2, "元": 1}
NUMERAL = r"(\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
TO = r" ?(?:--?|~|—{1,2}|至|到) ?"
# 2026年中报, 今年中芯国际, 2021年底层架构: what makes the edge of a year or month part of the next word. Checked in code: a set of
# ideographs costs a regular expression a third of a millisecond to compile.
_NEXT_WORD = {
    "初": frozenset("期等间一二三四五六七八九十"), "末": frozenset("期等间"), "底": frozenset("期等间层座部蕴气线盘"),
    "终": frozenset("奖"), "头": frozenset("条部寸两三四五六七八九十几一号版盔"),
    "中": frozenset("期等间段国心学央芯报诚信兴科微石铁建核环美欧日韩概东层小车金证"),
}  # fmt: skip
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
EDGE_OF_YEAR = {
    "初": "early", "头": "early", "中": "mid", "底": "late", "末": "late", "尾": "late", "终": "late", "关": "late",
    "年": "early",
}  # fmt: skip
# What may hang on a year that two numerals say, so that it is no number of years: 二三年六月, 九五年春.
PIECE_OF_YEAR = (
    r"[一二三四五六七八九十]{1,3}月|\d{1,2}月|元月|正月|腊月|[上下]半年|第?[一二三四1-4]季|Q[1-4]|年?[初底末](?!期)|的?[春夏秋冬][季天]"
    r"|[初早仲盛暮晚深隆金][春夏秋冬]|[春夏秋冬](?:$|[,。、;)以起在])|国庆|春节|元旦|中秋|端午|五一"
)
# 九月教育, 五月天, 立春科技: a month or a term in a name.
FIRM_BEHIND = "天(?!气)|教育|科技|资本|文化|咖啡|网络|传媒|集团|公司|股份|基金|资产|书店|娱乐|影业"
# The first of quarters in a list: 一、二季度; 第二、三季度.
LISTED_QUARTER = r"第?([一二三四1-4])(?=(?:、[二三四2-4])*[、和及与]第?[二三四2-4]个?季度)"
PART_OF_MONTH = {
    "上旬": "first", "中旬": "second", "下旬": "third", "上中旬": "first two", "中上旬": "first two", "中下旬": "last two",
    "初": "begin", "中": "second", "底": "end", "末": "end", "尾": "end", "上半月": "first half", "下半月": "second half",
}  # fmt: skip
# 五一 and 十一 are festivals only beside these; 618 beside a sale.
_HOLIDAY = ("假", "长假", "小长假", "黄金周", "节", "期间", "前后", "前夕", "前", "后", "之后", "之前", "以来", "以后",
    "以前", "起", "档", "当天", "当日", "大促", "购物节", "促销")

_TO_FESTIVAL = "[到至](?=十一|国庆|中秋|端午|五一|元旦|春节|双十)"
# 腊八粥, 小年轻, 大小年: what may not, or must, follow.
_NOT_FESTIVAL = {"腊八": "[粥蒜面豆]", "小年": "(?!当[天日]|前后|之?前|之?后|这|[,。、)]|$)"}
_BEFORE_LEAN = frozenset("大板业是为周期的个")  # 大小年, 面板小年: a lean year


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def match_at(text: str, view: str, at: int) -> re.Match[str] | None:
    """The match of the pattern `text` that begins exactly at `at`; None where there is none."""
    return _pattern(text).match(view, at)


def number(text: str) -> int:
    """A numeral of a date: 12, 十二, 二零一九, 一百一十二."""
    if text.isdigit() and text.isascii():
        return int(text)
    if any(mark in text for mark in "百十廿卅"):
        hundreds, _, rest = text.rpartition("百")
        tens, mark, ones = rest.replace("廿", "二十").replace("卅", "三十").lstrip("零〇").partition("十")
        total = _DIGIT.get(hundreds, 0) * 100
        return total + (_DIGIT.get(tens, 1) * 10 + _DIGIT.get(ones, 0) if mark else _DIGIT.get(tens, 0))
    value = 0
    for char in text:
        value = value * 10 + _DIGIT.get(char, 0)
    return value


def full_year(text: str) -> int:
    """24 → 2024, 98 → 1998."""
    return int(text) if len(text) == 4 else (1900 if int(text) >= 70 else 2000) + int(text)


def is_edge(view: str, mark: str | None, end: int) -> bool:
    """True where 初, 中, 底 or 末 stands for itself and begins no word."""
    return view[end : end + 1] not in _NEXT_WORD.get(mark or "", ()) and not (mark == "底" and view.startswith("特律", end))


def festival_at(view: str, at: int, *, of_year: bool = False) -> str | None:
    """The longest festival at `at`; 五一 and 十一 only where nothing but a holiday can be meant."""
    for size in (7, 6, 5, 4, 3, 2):
        name = view[at : at + size]
        if name not in FESTIVALS or len(name) < size:
            continue
        if name in ("五一", "十一", "618"):
            of_year = of_year or (view[at - 1 : at] in ("到", "至") and view[at - 2 : at - 1] in tuple("节一庆秋旦午"))
            alone = (at + size == len(view) or view[at + size] in ",。、;)!?") and (of_year or name == "五一")
            if not alone and not view.startswith(_HOLIDAY, at + size) and not match_at(_TO_FESTIVAL, view, at + size):
                return None
        guard = _NOT_FESTIVAL.get(name) or (FIRM_BEHIND if name in SOLAR_TERMS else None)
        if guard and not of_year and (match_at(guard, view, at + size) or (name == "小年" and view[at - 1 : at] in _BEFORE_LEAN)):
            return None
        return name
    return None
