"""What stands behind a day and belongs to it: the time of day, the weekday, a number in brackets; and days printed 9/25."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import cache

from chipfacts.values.date_lunar import lunar_within
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import WEEKDAYS, festival_at
from chipfacts.values.date_write import write_date
from chipfacts.values.festival import festival_day

# 于11/6, but none of 等于1/2, 高于1/3.
_COMPARING = frozenset("等小大低高少多位处优介早晚")
_LUNAR_BEGINS = frozenset("农阴旧闰正冬腊一二三四五六七八九十")
_SHARE_OF = frozenset("约的有为达占至到比仅近超是成了只逾足")  # 仅为1/16
_NO_SLASH_BEHIND = frozenset("的,。、;)纳奈个人页")
_NO_DAY_BEHIND = frozenset("的处英寸以倍个点纳奈%/.:强弱左上多余")


@cache
def _tail() -> re.Pattern[str]:
    """Time of day behind a day."""
    return re.compile(r" ?(?:早间|凌晨|上午|中午|下午|傍晚|晚间|晚上|晚|夜间|当天|当日|清晨|早上|深夜)")


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r" ?\((?:(?:(\d{1,2})月)?(\d{1,2})[日号]|(?:星期|周|礼拜)?[一二三四五六日天])\)")


@cache
def _weekday() -> re.Pattern[str]:
    """星期一 or, behind a comma and in front of a stop, a clause of its own; 周一定, 周三星 and 周日元 are other words."""
    return re.compile(
        r"( ?,? ?)(?:星期|周|礼拜)([一二三四五六日天])"
        r"(?!(?<=一)[定般款批场些]|(?<=三)[星维]|(?<=日)[元本圆]|(?<=天)[津猫]|(?<=五)[金粮])"
    )


def is_day(expr: DateExpr) -> bool:
    """True where one day is meant, however it is told."""
    return expr.day is not None or expr.day_shift is not None or expr.day_ref is not None or expr.weekday is not None


def with_day_marks(view: str, expr: DateExpr) -> DateExpr:
    """A day with its time of day, weekday and brackets: 3月5日晚, 12月25日星期一, 今天(8日), 11月27日(周三)."""
    tail = _tail().match(view, expr.end)
    expr = replace(expr, end=tail.end()) if tail else expr
    return _with_bracket(view, _with_name(view, _with_weekday(view, expr)))


def _with_weekday(view: str, expr: DateExpr) -> DateExpr:
    """12月25日星期一 is one day; behind a comma only where the weekday is that day's, or a clause of its own."""
    if expr.day is None or expr.to is not None:
        return expr
    match = _weekday().match(view, expr.end)
    if match is None:
        return expr
    if "," in match[1]:
        day = _day_of(expr)
        is_own = day.weekday() == WEEKDAYS[match[2]] if day else view[match.end() : match.end() + 1] in ("", ",", "。", ")", "\n")
        if not is_own or view.startswith(("至", "到", "-", "~"), match.end()):
            return expr
    return replace(expr, end=match.end())


def _with_name(view: str, expr: DateExpr) -> DateExpr:
    """10月1日国庆节, 2022年2月6日正月初六: what the day is called, where it falls on it."""
    if expr.month is None or expr.day is None or expr.to is not None or expr.part:
        return expr
    name = festival_at(view, expr.end, of_year=True) if view[expr.end : expr.end + 1] > "\u2e7f" else None
    if name:
        years = (expr.year,) if expr.year else (2023, 2024)  # of a fixed day both agree
        is_same = all((festival_day(name, year) or "")[5:] == f"{expr.month:02}-{expr.day:02}" for year in years)
        return replace(expr, end=expr.end + len(name)) if is_same else expr
    lunar = lunar_within(view, DateExpr(expr.end, expr.end)) if expr.year and view[expr.end : expr.end + 1] in _LUNAR_BEGINS else None
    if lunar is None or lunar.to is not None or lunar.day is None:
        return expr
    is_same = write_date(lunar, expr.year) == f"{expr.year:04}-{expr.month:02}-{expr.day:02}"
    return replace(expr, end=lunar.end) if is_same else expr


def _day_of(expr: DateExpr) -> date | None:
    if expr.year is None or expr.month is None or expr.day is None or expr.part or expr.month > 12:
        return None
    return date(expr.year, expr.month, expr.day) if 1 <= expr.day <= monthrange(expr.year, expr.month)[1] else None


def _with_bracket(view: str, expr: DateExpr) -> DateExpr:
    """今天(8日), 上周五(11月22日): what the brackets say settles the day; 11月27日(周三): a weekday there is the same day.

    With its month the day in the brackets is a mention of its own, so the span of the word ends before them.
    """
    match = _bracket().match(view, expr.end)
    if match is not None and match[2] is None:
        return replace(expr, end=match.end()) if expr.day is not None else expr
    if match is None or expr.day is not None or not 1 <= int(match[2]) <= 31 or int(match[1] or 1) > 12:
        return expr
    if match[1]:
        return replace(expr, month=int(match[1]), day=int(match[2]))
    return replace(expr, end=match.end(), day=int(match[2]))


def is_slashed_day(view: str, slash: re.Match[str]) -> bool:
    """9/11起, 7/30發放, 9/25 論壇, 於11/6, 12/5(五); none of 20/22nm, 1/4, 24/7, 大于1/2."""
    start, end = slash.span()
    before, after = view[start - 1 : start], view[end : end + 1]
    if _bracketed_weekday().match(view, end):
        return True
    if before == "于" and view[start - 2 : start - 1] not in _COMPARING and after not in _NO_DAY_BEHIND:
        return not (after.isascii() and after.isalpha())
    if after == " " and int(slash[2]) > 12 and (before in ("", "\n", " ", ",", "(") or (before > "\u2e7f" and before not in _SHARE_OF)):
        return view[end + 1 : end + 2] > "\u2e7f" and view[end + 1] not in _NO_SLASH_BEHIND
    if before == "\n" and int(slash[2]) <= 12:
        return False  # 1/3页
    return after > "\u2e7f" and after not in _NO_SLASH_BEHIND and (before in ("", " ", "\n") or before > "\u2e7f")


@cache
def _bracketed_weekday() -> re.Pattern[str]:
    return re.compile(r" ?\((?:星期|周|礼拜)?[一二三四五六日天]\)")
