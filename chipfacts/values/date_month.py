"""Months, quarters and days that say a number: 3月5日, 1-10月, 五、六月, 三四月份, 3季度, 二、三季度, 15号."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import FIRM_BEHIND, LISTED_QUARTER, NUMERAL, TO, match_at, number
from chipfacts.values.date_within import months_at, quarters_at, read_period, within_month

_N = f"(?:{NUMERAL[1:-1]})"
_NOT_A_MONTH = ("球", "牙泉", "票", "饼", "薪", "龄", "嫂", "光族", "子餐", "子中心", "期国债", "期票", "期存", "期限")
# 10日均线, 5日内, 3号线, 18号文: numbers of something else.
_DAY_MARK = (
    r" ?(?:日(?!均|内(?![部蒙地])|以内|之内|年化|移动|游(?!戏)|龄|元|圆|币|式|线(?![上下]))"
    r"|号(?!线(?![上下])|店|楼|机|院|电池|公路|文|令|仓|站|位|桌|门|房|选手|种子|球|车|船|舰|员|星(?!期)|卫星|火箭|飞船|探测器"
    r"|厂|工厂|地块|集合|信托|基金|产品|产线|馆|井|矿|码|字|公寓|议|工程|技师))"
)
# 近3日, 第3日, #3号: what makes a day's number a count or a rank; 共计3日 is one, 预计23日 is a day.
_NO_DAY_BEHIND = frozenset("第近前后#连续隔每满过约超逾达共.-")
_COUNTED_BEHIND = ("共计", "合计", "总计", "累计")


def checked(expr: DateExpr) -> DateExpr | None:
    """None where the month or day cannot be: 2024-13, 2月30日."""
    if expr.month is None or not 1 <= expr.month <= 12:
        return None
    return expr if expr.day is None or 1 <= expr.day <= monthrange(expr.year or 2024, expr.month)[1] else None


def read_month(view: str, at: int) -> DateExpr | None:
    """3月, 3月5日, 1-10月; none of 12个月, 3月龄, 第3月."""
    if view[at - 1 : at] in tuple("个近第几数零百每") or view[max(at - 2, 0) : at] in ("每年", "历年", "往年"):
        return None
    months = months_at(view, at)
    if months:
        first = DateExpr(at, months[2], month=months[0])
        return replace(first, to=replace(first, month=months[1]))
    match = match_at(NUMERAL + " ?月份?", view, at) or _listed(view, at, r" ?月(?!\d{1,2}[日号])")
    if match is None or match_at("初[一二三四五六七八九十]", view, match.end()) or not 1 <= number(match[1]) <= 12:
        return None
    if view.startswith(_NOT_A_MONTH, match.end()) or (not view[at].isascii() and match_at(FIRM_BEHIND, view, match.end())):
        return None
    return checked(within_month(view, DateExpr(at, match.end(), month=number(match[1]))))


def _listed(view: str, at: int, unit: str) -> re.Match[str] | None:
    """The first of numbers that rise and share a unit, as in 五、六月; at the head of a line 五、 is the mark of an item."""
    if "、" not in view[at + 1 : at + 4]:
        return None
    match = match_at(rf"{NUMERAL}(?=((?:、{_N})+){unit})", view, at)
    if match is None or view[at - 1 : at] == "\n":
        return None
    values = [number(match[1]), *map(number, match[2].split("、")[1:])]
    return match if values == sorted(set(values)) else None


def read_quarters(view: str, at: int) -> DateExpr | None:
    """二三季度 is a range; of 二、三季度 and 第二、三季度 the first member."""
    pair = quarters_at(view, DateExpr(at, at))
    if pair:
        return pair
    listed = match_at(LISTED_QUARTER, view, at) if view[at - 1 : at] != "\n" or view[at] == "第" else None
    return DateExpr(at, listed.end(), part=f"Q{number(listed[1])}") if listed else None


def read_quarter(view: str, at: int) -> DateExpr | None:
    """3季度, 2季."""
    if at and view[at - 1] in "第.":
        return None
    period = read_period(view, at)
    return DateExpr(at, period[0], part=period[1]) if period else None


def read_day(view: str, at: int) -> DateExpr | None:
    """15日, 15号, 17日至19日; none of 3号线, 10日均线, 5日内."""
    day = match_at(NUMERAL + _DAY_MARK, view, at) or _listed_day(view, at)
    before = view[at - 1 : at]
    if day is None or not 1 <= number(day[1]) <= 31 or before in _NO_DAY_BEHIND or (before.isascii() and before.isalpha()):
        return None
    if view.startswith(_COUNTED_BEHIND, max(at - 2, 0)):
        return None
    if before == "月" and (view[at - 2 : at - 1].isdigit() or view[at - 2 : at - 1] in tuple("每一二三四五六七八九十")):
        return None  # the day of an impossible date (2月30日) or of every month
    if (not view[at].isascii() or "号" in day[0]) and not _stands_alone(view, at, day):
        return None
    first = DateExpr(at, day.end(), day=number(day[1]))
    until = match_at(rf"{TO}{NUMERAL} ?[日号]", view, day.end())
    if until and number(day[1]) < number(until[1]) <= 31:
        return replace(first, end=until.end(), to=replace(first, day=number(until[1])))
    return first


def _listed_day(view: str, at: int) -> re.Match[str] | None:
    """The first of 3、4日, behind a stop or a preposition."""
    if not view[at].isascii() or not (at == 0 or view[at - 1] in " ,。、;:(于在从自"):
        return None
    return _listed(view, at, _DAY_MARK)


def _stands_alone(view: str, at: int, day: re.Match[str]) -> bool:
    """十五号, 二十日: behind a stop or a preposition; 神舟十三号, a fund's 11号 and 三日 are none."""
    if not view[at].isascii() and day[0].endswith("日") and len(day[1]) < 2:
        return False
    return at == 0 or view[at - 1] in " \n,。、;:(“于在到至从自这是就周底"
