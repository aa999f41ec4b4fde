"""An expression whose year is known → EDTF. Pure: what the year is, extract/anchor decides."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from chipfacts.values.date_part import DateExpr
from chipfacts.values.festival import festival_day, nth_weekday

# First and last day; 0 is the last day of the month.
_MONTH_WINDOWS = {
    "begin": (1, 5), "first": (1, 10), "second": (11, 20), "third": (21, 0), "first two": (1, 20), "last two": (11, 0), "end": (25, 0),
    "first half": (1, 15), "second half": (16, 0),
}  # fmt: skip
_YEAR_WINDOWS = {"early": (1, 2), "mid": (6, 7), "late": (11, 12)}


def write_date(expr: DateExpr, year: int | None) -> str:
    """EDTF of `expr` in `year`; None leaves its digits X."""
    if expr.festival:
        day = festival_day(expr.festival, year) if year is not None else None
        core = f"{day}~" if day else f"{_shown(year)}~"
    elif expr.part[:5] == "lunar" and expr.month is not None:
        core = _in_lunar(year, expr)
    elif expr.month is not None:
        core = _in_month(_shown(year), year, expr)
    elif expr.part[:1] == "W":
        core = _in_week(year, int(expr.part[1:]))
    else:
        core = _in_year(_shown(year), expr.part)
    if expr.approximate and core and not core.endswith("~") and "/" not in core:
        core += "~"
    return opened(expr, core)


def opened(expr: DateExpr, edtf: str) -> str:
    """One side left open where the expression says before or after; of an interval the near end is kept."""
    if not expr.open or not edtf:
        return edtf
    if expr.open == "before" and expr.part == "century" and edtf == "20XX":
        return "../1999"  # before the century we are in
    return f"../{edtf.split('/')[-1].rstrip('~')}" if expr.open == "before" else f"{edtf.split('/')[0].rstrip('~')}/.."


def between(first: str, last: str) -> str:
    """The interval from the beginning of one EDTF date to the end of another."""
    return f"{first.split('/')[0]}/{last.split('/')[-1]}"


def week_of(day: date) -> str:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _shown(year: int | None) -> str:
    return f"{year:04}" if year is not None else "XXXX"


def _in_month(shown: str, year: int | None, expr: DateExpr) -> str:
    month = f"{shown}-{expr.month:02}"
    if expr.day is not None:
        if expr.part == "week" and year is not None and expr.month is not None:
            return week_of(date(year, expr.month, expr.day))
        return f"{month}-{expr.day:02}"
    if not expr.part or year is None or expr.month is None:
        return month + ("~" if expr.part else "")
    if expr.part == "last day":
        return f"{month}-{monthrange(year, expr.month)[1]}"
    if expr.part[:2] == "wd":
        return _in_nth(year, expr.month, expr.part)
    if expr.part not in _MONTH_WINDOWS:
        return month
    first, last = _MONTH_WINDOWS[expr.part]
    return f"{month}-{first:02}~/{month}-{last or monthrange(year, expr.month)[1]:02}~"


def _in_lunar(year: int | None, expr: DateExpr) -> str:
    """A lunar day or month: of the lunar year where a year is said, else the one that falls into the common year; empty for no such day."""
    from chipfacts.values.lunar import lunar_days

    if year is None:
        return "XXXX-XX-XX" if expr.day else "XXXX-XX"
    start = year - (expr.month == 12 and not expr.has_year)
    days = lunar_days(start, expr.month or 0, expr.day, is_leap=expr.part == "lunar leap")
    if days is None:
        return ""
    return days[0].isoformat() if expr.day else f"{days[0].isoformat()}/{days[1].isoformat()}"


def _in_nth(year: int, month: int, part: str) -> str:
    """The second Sunday of May, the last Friday of November."""
    nth, weekday = int(part[2]), int(part[4])
    day = nth_weekday(year, month, nth or 5, weekday)
    if day.month != month:
        day -= timedelta(weeks=1)
    return day.isoformat()


def _in_week(year: int | None, week: int) -> str:
    """Monday to Sunday of a year's week as ISO 8601 counts them; empty where the year has no such week."""
    if year is None:
        return "XXXX"
    try:
        return week_of(date.fromisocalendar(year, week, 1))
    except ValueError:
        return ""


def _in_year(shown: str, part: str) -> str:
    if part in ("decade", "century"):
        return shown[:3] + "X" if part == "decade" else shown[:2] + "XX"
    if part in _YEAR_WINDOWS:
        first, last = _YEAR_WINDOWS[part]
        return f"{shown}-{first:02}~/{shown}-{last:02}~"
    if part[:1] == "M":
        return f"{shown}-01/{shown}-{int(part[1:]):02}"
    code = {"Q": 32, "H": 39, "S": 0}.get(part[:1])
    return f"{shown}-{code + int(part[1:])}" if code is not None else shown
