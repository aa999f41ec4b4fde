"""What hangs on a year or a month: quarters, halves, months, days, thirds, seasons, festivals; and the numerals of dates."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_part import DateExpr
from chipfacts.values.festival import FESTIVALS

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "廿": 2, "元": 1}
NUMERAL = r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})"
TO = r" ?(?:--?|~|—{1,2}|至|到) ?"
# 2026年中报, 今年中芯国际, 2021年底层架构: what makes the edge of a year or month part of the next word. Checked in code: a set of
# ideographs costs a regular expression a third of a millisecond to compile.
_NEXT_WORD = {
    "初": frozenset("期等间一二三四五六七八九十"), "末": frozenset("期等间"), "底": frozenset("期等间层座部蕴气线盘"),
    "中": frozenset("期等间段国心学央芯报诚信兴科微石铁建核环美欧日韩概东层小车金证"),
}  # fmt: skip
SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}
EDGE_OF_YEAR = {"初": "early", "中": "mid", "底": "late", "末": "late"}
PART_OF_MONTH = {
    "上旬": "first", "中旬": "second", "下旬": "third", "上中旬": "first two", "中上旬": "first two", "中下旬": "last two",
    "初": "begin", "中": "second", "底": "end", "末": "end",
}  # fmt: skip
# 五一 and 十一 are festivals only beside these; 618 beside a sale.
_HOLIDAY = ("假", "长假", "小长假", "黄金周", "节", "期间", "前后", "前夕", "前", "后", "档", "当天", "当日", "大促", "购物节", "促销")

# 3月2000万元, 3月10款: the number behind the month counts something.
_COUNTED = frozenset("月年%,万千百十亿个家名款颗项条次轮大期位倍成块代届天号强台种片座点步季元美人部线场批/-~")


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
    if "百" in text or "十" in text or "廿" in text:
        hundreds, _, rest = text.rpartition("百")
        tens, mark, ones = rest.replace("廿", "二十").lstrip("零〇").partition("十")
        total = _DIGIT.get(hundreds, 0) * 100
        return total + (_DIGIT.get(tens, 1) * 10 + _DIGIT.get(ones, 0) if mark else _DIGIT.get(tens, 0))
    value = 0
    for char in text:
        value = value * 10 + _DIGIT.get(char, 0)
    return value


def full_year(text: str) -> int:
    """24 → 2024, 98 → 1998."""
    return int(text) if len(text) == 4 else (1900 if int(text) >= 70 else 2000) + int(text)


def within_year(view: str, expr: DateExpr) -> DateExpr:
    """What follows a year: quarter, half, months, season, festival, early or late."""
    whole = match_at("全年度?|年?内(?![部地容蒙存外需])", view, expr.end)
    if whole:
        return replace(expr, end=whole.end())
    end = expr.end
    period = read_period(view, end)
    if period is not None:
        return replace(expr, end=period[0], part=period[1])
    months = months_at(view, end + (view[end : end + 1] in (" ", "的")))
    if months:
        first = replace(expr, end=months[2], month=months[0])
        return replace(first, to=replace(first, month=months[1]))
    month = match_at(rf"[ 的]?({NUMERAL[1:-1]}|元)(?: ?月份?|(?=[、和及与]{NUMERAL}月))", view, end)
    if month and 1 <= number(month[1]) <= 12:
        return within_month(view, replace(expr, end=month.end(), month=number(month[1])))
    start = end + (view[end : end + 1] in (" ", "的") and end < len(view))
    festival = festival_at(view, start, of_year=True)
    if festival:
        return replace(expr, end=start + len(festival), festival=festival)
    ending = match_at("的?最后一(?:(天|日)|个?季度?)", view, end)
    if ending:
        return replace(expr, end=ending.end(), **({"month": 12, "day": 31} if ending[1] else {"part": "Q4"}))
    season = match_at(r"[ 的]?([春夏秋冬])[季天]?", view, end)
    if season and (season[0][-1] in "季天" or view[season.end() : season.end() + 1] in ("", ",", "。", "、", "以", "起", "开")):
        return replace(expr, end=season.end(), part=f"S{SEASONS[season[1]]}")
    part = match_at("[ 的]?年?(?:(初|中|底|末)|岁末|年关)", view, end)
    if part and is_edge(view, part[1], part.end()):
        return replace(expr, end=part.end(), part=EDGE_OF_YEAR[part[1] or "末"])
    same = match_at("同期|同季|同月", view, end)
    return replace(expr, end=same.end(), part="same") if same else expr


def is_edge(view: str, mark: str | None, end: int) -> bool:
    """True where 初, 中, 底 or 末 stands for itself and begins no word."""
    return view[end : end + 1] not in _NEXT_WORD.get(mark or "", ())


def read_period(view: str, at: int) -> tuple[int, str] | None:
    """(end, part) of a quarter, half or the first months at `at`."""
    match = match_at(
        r"[ 的]?(?:(?:(上|前|头)|(下|后))半年度?|第?([一二三四1-4])个?季(?:度|(?!节))|[Qq]([1-4])(?!\d)|[前头]([二两三四1-4])个?季度?"
        r"|(?:(首)|(末))个?季(?:度|(?![赛节]))"
        r"|[前首头](\d{1,2}|[一二两三四五六七八九十]{1,2})个?月(?!内)|[Hh]([12])(?![\dA-Za-z]))", view, at,
    )
    if match is None:
        return None
    for index, part in ((1, "H1"), (2, "H2"), (6, "Q1"), (7, "Q4")):
        if match[index]:
            return match.end(), part
    for index, letter, times in ((3, "Q", 1), (4, "Q", 1), (5, "M", 3), (8, "M", 1), (9, "H", 1)):
        if match[index]:
            count = number(match[index]) * times
            return (match.end(), f"{letter}{count}") if count <= 12 else None
    return None


def within_month(view: str, expr: DateExpr) -> DateExpr:
    """What follows a month: a day, days, a third of it."""
    end = expr.end
    days = match_at(rf" ?{NUMERAL} ?[日号]?{TO}{NUMERAL} ?[日号]", view, end)
    if days and 1 <= number(days[1]) < number(days[2]) <= 31:
        first = replace(expr, end=days.end(), day=number(days[1]))
        return replace(first, to=replace(first, day=number(days[2])))
    day = match_at(rf" ?{NUMERAL}(?: ?[日号]|(?=[、和及]{NUMERAL}[日号]))", view, end)
    if day and 1 <= number(day[1]) <= 31:
        return replace(expr, end=day.end(), day=number(day[1]))
    third = match_at("的?(上旬|中旬|下旬|中上旬|上中旬|中下旬|初|底|末|中)", view, end)
    if third and is_edge(view, third[1], third.end()):
        return replace(expr, end=third.end(), part=PART_OF_MONTH[third[1]])
    bare = match_at(r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.])", view, end)
    if bare and 1 <= number(bare[1]) <= 31 and view[end - 1] == "月" and view[bare.end() : bare.end() + 1] not in _COUNTED:
        return replace(expr, end=bare.end(), day=number(bare[1]))
    return expr


def festival_at(view: str, at: int, *, of_year: bool = False) -> str | None:
    """The longest festival at `at`; 五一 and 十一 only where nothing but a holiday can be meant."""
    for size in (7, 6, 5, 4, 3, 2):
        name = view[at : at + size]
        if name not in FESTIVALS or len(name) < size:
            continue
        if name in ("五一", "十一", "618"):
            alone = (at + size == len(view) or view[at + size] in ",。、;)!?") and (of_year or name == "五一")
            if not alone and not view.startswith(_HOLIDAY, at + size):
                return None
        return name
    return None


def months_at(view: str, at: int) -> tuple[int, int, int] | None:
    """(first, last, end) of 1-9月, 3月至5月; the second end may bring a day, and then it is none."""
    match = match_at(rf"{NUMERAL} ?(?:月份?)?{TO}{NUMERAL} ?月份?(?![\d]| \d|[一二三四五六七八九十]{{1,3}}[日号]|[初底末上中下])", view, at)
    if match is None or not 1 <= number(match[1]) < number(match[2]) <= 12:
        return None
    return number(match[1]), number(match[2]), match.end()
