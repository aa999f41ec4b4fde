"""Days and months of the lunar calendar → unresolved dates: 农历八月十五, 正月初三, 腊月二十三, 三月初八, 闰二月初一, 大年初二."""

from __future__ import annotations

import re
from dataclasses import replace

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import TO, match_at, number
from chipfacts.values.festival import FESTIVALS

_MARK = "(?:农|阴|旧)历 ?"
_YEAR = r"((?:19|20)\d\d|[一二][〇零○九][〇零○一二三四五六七八九]{2}) ?年 ?"
_MONTH = r"(闰?)(正|冬|腊|[一二三四五六七八九]|十[一二]?|\d{1,2}(?=月))月(?!球|薪|报|饼|度|份|刊)"
_ONES = "(?:[一二三四五六七八九]|(?![一二三四五六七八九]))"
_DAY = rf"(初[一二三四五六七八九十]|[一二]?十{_ONES}|廿{_ONES}|三十)(?!多|余|[万亿个款名年月]|家(?!家))日?"
_LUNAR_DAY = "(初[一二三四五六七八九十]|廿[一二三四五六七八九](?![日号]))日?"  # no day of another calendar
_OF_NEW_YEAR = "(?:大年(?=二十)|大?年(?!二十))(初[一二三四五六七八九十]|(?:廿|二十)[一二三四五六七八九])"
_NAMED_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_BEHIND_SHORT = "[至到~开起前后复晚,。、;)]|当[天日]|$"  # 年初一度 is another word


def read_lunar(view: str, at: int) -> DateExpr | None:
    """A lunar date at `at`; 正月 and 腊月 need no 农历 in front of them, other months a day in 初 or 廿."""
    mark = match_at(_MARK, view, at)
    if view[at] == "初":
        return _read_listed(view, at)
    if mark is None:
        return _read_new_year(view, DateExpr(at, at)) or lunar_within(view, DateExpr(at, at))
    year = match_at(_YEAR, view, mark.end())
    base = DateExpr(at, year.end() if year else mark.end(), year=number(year[1]) if year else None)
    return lunar_within(view, base, is_marked=True)


def lunar_within(view: str, expr: DateExpr, *, is_marked: bool = False) -> DateExpr | None:
    """The lunar month and day that follow a year, or nothing; 2024年八月十五 without 农历 is a day of August."""
    mark = match_at("的?" + _MARK, view, expr.end)
    place = mark.end() if mark else expr.end
    is_marked = is_marked or mark is not None
    if expr.has_year and not is_marked:
        new_year = _read_new_year(view, expr)
        if new_year:
            return new_year
    month = match_at(_MONTH, view, place)
    if month is None:
        return None
    is_lunar = is_marked or month[2] in _NAMED_MONTHS or month[1] != ""
    day = match_at(_DAY if is_lunar else _LUNAR_DAY, view, month.end())
    if day is None and is_marked:
        day = match_at(r"(\d{1,2})日", view, month.end())
    if day is None and not (is_marked or month[2] in "正腊"):
        return None
    end = day.end() if day else month.end()
    if view[expr.start : end] in FESTIVALS and not match_at(f"{TO}初", view, end):
        return None  # 正月十五 is a festival, with its own tolerance
    value = _NAMED_MONTHS.get(month[2]) or number(month[2])
    first = replace(expr, end=end, month=value, day=_day(day[1]) if day else None, part="lunar leap" if month[1] else "lunar")
    return _with_last(view, first) if day else first


def _read_new_year(view: str, expr: DateExpr) -> DateExpr | None:
    """大年初二, 年初三, 大年初一至初七; 大年初一 alone is a festival."""
    match = match_at(_OF_NEW_YEAR, view, expr.end)
    if match is None:
        return None
    if match[0][0] == "年" and ((expr.end and view[expr.end - 1].isalnum()) or not match_at(_BEHIND_SHORT, view, match.end())):
        return None
    last = match_at(f"{TO}初", view, match.end())
    if match[0] in FESTIVALS and last is None:
        return None
    is_eve = match[1][0] != "初"
    found = replace(expr, end=match.end(), month=12 if is_eve else 1, day=_day(match[1]), part="lunar")
    return _with_last(view, found)


def _read_listed(view: str, at: int) -> DateExpr | None:
    """The 初三 of 大年初二、初三; alone it is the third of no month, or a class at school."""
    match = match_at("初([一二三四五六七八九十])", view, at)
    if match is None or not re.search("(?:大年|正月)(?:初[一二三四五六七八九十][、和])+$", view[max(at - 20, 0) : at]):
        return None
    return DateExpr(at, match.end(), month=1, day=number(match[1]), part="lunar")


def _with_last(view: str, first: DateExpr) -> DateExpr:
    """正月初一至初七: a later day of the same month."""
    match = match_at(TO + "(初[一二三四五六七八九十]|十[一二三四五六七八九]?|廿[一二三四五六七八九]?)", view, first.end)
    if match is None or not (first.day or 0) < _day(match[1]):
        return first
    first = replace(first, end=match.end())
    return replace(first, to=replace(first, day=_day(match[1])))


def _day(text: str) -> int:
    return number(text.removeprefix("初"))
