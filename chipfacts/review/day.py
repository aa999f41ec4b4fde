"""Does a printed date give an EDTF value? What is stated must agree; what a relative date leaves open is taken from the value itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chipfacts.values.date_write import between, opened, week_of, write_date
from chipfacts.values.edtf import days_of
from chipfacts.values.reference import reference_of

if TYPE_CHECKING:
    from chipfacts.values.date_part import DateExpr

_SIDE = re.compile(r"(?:\.\./)?([0-9]{2}[0-9X]{2}|XXXX)(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?")


def gives_date(expr: DateExpr, edtf: str, published: str | None) -> bool:
    """True where a date that reads so can be this EDTF value in some text of that reference date."""
    if expr.to is not None:
        return _gives_range(expr, expr.to, edtf, published)
    place = _SIDE.match(edtf)
    if place is None:
        return False
    year = _number(place[1])
    stated = stated_year(expr, published)
    if expr.month_shift is not None or expr.month_ref is not None:
        return _gives_month(expr, edtf, year, _number(place[2]))
    if expr.quarter_shift is not None:
        return edtf == opened(expr, "XXXX-XX") or bool(re.fullmatch(r"(?:\.\./)?[0-9]{4}-3[3-6](?:/\.\.)?", edtf))
    if _is_of_days(expr):
        return _gives_day(expr, edtf)
    if expr.part == "same":  # 去年同期: the period is told elsewhere
        return stated is None or year in (None, stated)
    if stated is not None and year is None and expr.year is None:
        return False
    if expr.part[:5] == "lunar" or expr.festival:  # a lunar year ends in the next common one
        return edtf in (side for shift in (0, -1, 1) for side in _all(expr, stated if stated is not None else year and year + shift))
    is_leap_day = (expr.month, expr.day) == (2, 29) and expr.year is None
    return edtf in _all(expr, year if stated is None or is_leap_day else stated)


def _gives_month(expr: DateExpr, edtf: str, year: int | None, month: int | None) -> bool:
    if month is None:
        return edtf == (f"XXXX-XX-{expr.day:02}" if expr.day else "XXXX-XX" + ("~" if expr.part else ""))
    return 1 <= month <= 12 and edtf in _all(replace(expr, month=month), year)


def says_date(expr: DateExpr, published: str | None) -> str:
    """What the characters say by themselves, unknown digits X; empty for a date that only a reference date makes one."""
    if _is_of_days(expr) or expr.month_shift is not None or expr.month_ref is not None or expr.quarter_shift is not None:
        return ""
    if expr.to is not None:
        first, last = says_date(replace(expr, to=None, open=""), published), says_date(expr.to, published)
        return opened(expr, between(first, last)) if first and last else ""
    return "" if expr.part == "same" else write_date(expr, stated_year(expr, published))


def stated_year(expr: DateExpr, published: str | None) -> int | None:
    """The year as a number, or as a word that counts from a known reference date; None where the text around it decides."""
    if expr.year is not None:
        return expr.year
    if expr.year_ref is not None:
        return None
    reference = reference_of(published)
    if expr.year_shift is not None and reference.year is not None and not expr.is_report_year:
        return reference.year + expr.year_shift
    return None


def _all(expr: DateExpr, year: int | None) -> tuple[str, ...]:
    return (write_date(expr, year),) if year is None or 1 <= year <= 9999 else ()


def _is_of_days(expr: DateExpr) -> bool:
    """True for what only days decide: 昨日, 周四, 上周, 10日."""
    if expr.day_shift is not None or expr.day_ref is not None or expr.week_shift is not None:
        return True
    return expr.day is not None and expr.month is None and expr.month_shift is None and expr.month_ref is None


def _gives_day(expr: DateExpr, edtf: str) -> bool:
    plain = edtf.removeprefix("../").removesuffix("/..")
    if plain.startswith("XXXX") or plain.endswith("-XX-XX"):
        return expr.day is None or plain.endswith(f"-{expr.day:02}")
    if expr.part == "weekend" or (expr.week_shift is not None and expr.weekday is None and expr.day is None):
        first, _, last = plain.partition("/")
        if expr.open and not last:  # 上周以来: the near end alone
            edge = {("after", True): 5, ("after", False): 0}.get((expr.open, expr.part == "weekend"), 6)
            return _is_day(plain) and date.fromisoformat(plain).weekday() == edge
        if not (_is_day(first) and _is_day(last)):
            return False
        monday, _, sunday = week_of(date.fromisoformat(first)).partition("/")
        opening = date.fromisoformat(monday) + timedelta(days=5) if expr.part == "weekend" else date.fromisoformat(monday)
        return first == opening.isoformat() and last == sunday
    if not _is_day(plain):
        return False
    day = date.fromisoformat(plain)
    if expr.day is not None:  # the number decides: 周三(11月6日)
        return day.day == expr.day and expr.month in (None, day.month)
    return expr.weekday is None or day.weekday() == expr.weekday


def _is_day(text: str) -> bool:
    return len(text) == 10 and days_of(text)[0] == text


def _gives_range(expr: DateExpr, last: DateExpr, edtf: str, published: str | None) -> bool:
    """Both ends, each as its own; a range that runs backwards is its first end alone."""
    start = replace(expr, to=None, open="")
    if gives_date(start, edtf, published):
        return True
    first, slash, second = edtf.partition("/")
    if not slash:
        return False
    if expr.open:
        return ".." in (first, second)
    # An end that is itself an interval gives its outer half: 3月初至5月底.
    return _gives_end(start, first, published, 0) and _gives_end(replace(last, open=""), second, published, -1)


def _gives_end(expr: DateExpr, side: str, published: str | None, half: int) -> bool:
    if gives_date(expr, side, published):
        return True
    place = _SIDE.match(side)
    if place is None or _is_of_days(expr):
        return False
    year = stated_year(expr, published) or _number(place[1])
    if expr.month_shift is not None or expr.month_ref is not None:
        month = _number(place[2])
        expr = replace(expr, month=month if month is not None and 1 <= month <= 12 else None)
    near = (0, -1, 1) if year and (expr.part[:5] == "lunar" or expr.festival) else (0,)
    return any(text.split("/")[half] == side for shift in near for text in _all(expr, year and year + shift))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None
