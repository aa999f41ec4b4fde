"""The second end of a range, and what leaves one side open: 3月5日至4月2日, 6月1日起至30日止, 2019年及以前, 不晚于6月30日, X到现在."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from chipfacts.values.date_day import is_day, with_day_marks
from chipfacts.values.date_part import DateExpr

_AFTER = "以来|[至迄]今(?![年日天春夏秋冬])|之后|以后|往后|开始|以降|[直至]?到(?:现在|如今|目前)(?:为止)?|至(?:现在|目前)|来|后|起|或更晚"
_BEFORE = "之前|以前|前|或更早"
# The characters that make what opens a date part of the next word (起诉, 后市, 前往).
_NEXT_WORD = {
    "后": frozenset("续来者台端市期半天勤备盾劲果方悔摩疫继"), "起": frozenset("诉草飞步源家点码名义到用跌价底航死重诸伏跑止"),
    "前": frozenset("三五景沿提端往后十几一二两四六七八九年海者夕瞻任身述0123456789"),
}  # fmt: skip
_EDGES = frozenset(("end", "late", "begin", "early"))
# What a range's second end may be beside the same grain as the first: 3月到年底, 3月5日至4月底, 2019年到2021年6月.
_FINER = {
    "year": ("month", "edge", "quarter", "half"), "month": ("edge", "third", "day"), "day": ("month", "edge", "third", "festival"),
    "third": ("edge", "month", "day"), "edge": ("month", "third", "day"), "festival": ("day",),
}  # fmt: skip


@cache
def _opening() -> re.Pattern[str]:
    clock = r" ?(?:\d{1,2}:\d\d|(?:\d{1,2}|零|十?[一二三四五六七八九十])[时点](?:整|半|\d{1,2}分)?)"
    return re.compile(f"(前后|左右|上下(?!文)|许)|({clock})?(?:[及或和](?=[以之]))?(?:({_AFTER})|({_BEFORE}))")


@cache
def _ahead() -> re.Pattern[str]:
    """Words in front of a date that leave one side open; a day no later than it, or no earlier."""
    return re.compile(r"(不(?:晚|迟)于|最[迟晚](?:将?[于在到])?|(?<![不最])早于)$|((?<![不最])晚于|不早于)$")


@cache
def _until() -> re.Pattern[str]:
    """Between the two ends of a range."""
    return re.compile(r"(?:起,?|开始,?)? ?(?:--?|~|—{1,2}|至|到|直到|直至) ?")


@cache
def _clock() -> re.Pattern[str]:
    """A time in front of the second day: 5月10日9时至12日18时."""
    return re.compile(r" ?\d{1,2}(?::\d\d|[时点](?:\d{1,2}分|半|整)?)(?= ?(?:-|~|—|至|到))")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("止(?![跌损盈血痛付步住])")


def with_end(view: str, expr: DateExpr, read: Callable[[str, int], DateExpr | None]) -> DateExpr:
    """3月5日至4月2日, 去年10月至今年2月, 周一到周五: the second end says as much as the first, or more."""
    start = expr.end
    if is_day(expr):
        clock = _clock().match(view, start)
        start = clock.end() if clock else start
    between = _until().match(view, start)
    if between is None or between.end() >= len(view):
        return expr
    last = read(view, between.end())
    if last is None or last.to is not None or not _may_end(grain(expr), grain(last)):
        return expr
    if last.day is not None and last.month is not None and not last.has_year:
        last = replace(last, end=with_day_marks(view, replace(last, year=expr.year)).end)
    elif is_day(last):
        last = with_day_marks(view, last)
    closing = _closing().match(view, last.end)
    return replace(expr, end=closing.end() if closing else last.end, to=last)


def _may_end(first: str, last: str) -> bool:
    if first == "" or last == "":
        return False
    if last == "bare day":
        return first in ("day", "bare day")
    return first == last or last in _FINER.get(first, ()) or (first == "bare day" and last == "day")


def grain(expr: DateExpr) -> str:
    """How fine a date is, for the two ends of a range."""
    if expr.day_shift is not None or expr.day_ref is not None:
        return "day"
    if expr.day is not None:
        is_told = expr.month is not None or expr.month_shift is not None or expr.month_ref is not None
        return "day" if is_told else "bare day" if expr.week_shift is None else "weekday"
    if expr.week_shift is not None:
        return "week" if expr.weekday is None else "weekday"
    if expr.month is not None or expr.month_shift is not None or expr.month_ref is not None:
        return "month" if not expr.part else "third"
    if expr.quarter_shift is not None:
        return "quarter"
    named = {"Q": "quarter", "H": "half", "S": "season"}.get(expr.part[:1]) or {"decade": "decade", "century": "century"}.get(expr.part)
    if named:
        return named
    if expr.part in ("early", "mid", "late"):
        return "edge"
    if expr.festival:
        return "festival"
    return "year" if expr.part == "" and expr.has_year else ""


def with_opening(view: str, expr: DateExpr) -> DateExpr:
    """前后 and 约 make a date approximate; 以来, 之前, 及以后, 0时起 behind it and 不晚于, 早于 in front of it leave one side open."""
    match = _opening().match(view, expr.end)
    if match is None or not _opens(view, match) or (match[2] and not is_day(expr)):
        return _with_ahead(view, expr)
    if match[1]:
        return replace(expr, end=match.end(), approximate=True)
    if match[4] and expr.part in _EDGES:
        return replace(expr, end=match.end())  # by the end of June: the end itself is meant
    return replace(expr, end=match.end(), open="after" if match[3] else "before")


def _opens(view: str, match: re.Match[str]) -> bool:
    """True where the opening word is not the beginning of another: 2019年起诉, 4月后市, 2024年来自."""
    after = view[match.end() : match.end() + 1]
    word = match[3] or match[4]
    if word == "来":
        return after == "" or after in ",。、;的"
    return after not in _NEXT_WORD.get(word or "", ())


def _with_ahead(view: str, expr: DateExpr) -> DateExpr:
    if expr.to is not None or expr.open:
        return expr
    match = _ahead().search(view, max(expr.start - 5, 0), expr.start)
    if match and not expr.is_fiscal and expr.part != "same":
        return expr if expr.part in _EDGES else replace(expr, open="before" if match[1] else "after")
    is_about = view[expr.start - 1 : expr.start] == "约" and view[max(expr.start - 2, 0) : expr.start - 1] not in tuple("预签合条续特履违")
    return replace(expr, approximate=True) if is_about and expr.day is None else expr
