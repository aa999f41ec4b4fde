"""Days of the Chinese lunar calendar → Gregorian days, for the lunar years 1900–2099.

A year is one hexadecimal number: the last digit is the month that a leap month follows (0: none), the three digits before it say which
of the months 1–12 have 30 days (the others have 29), the first whether the leap month has 30. The table was computed with lunar_python
(1.4.8), and every month of it compared with what that library says; a library at run time would cost more than the table it holds.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_FIRST_YEAR = 1900
_FIRST_DAY = date(1900, 1, 31)
_YEARS = """
04bd8 04ae0 0a570 054d5 0d260 0d950 16554 056a0 09ad0 055d2 04ae0 0a5b6 0a4d0 0d250 1d255 0b540 0d6a0 0ada2 095b0 14977 04970
0a4b0 0b4b5 06a50 06d40 1ab54 02b60 09570 052f2 04970 06566 0d4a0 0ea50 16a95 05ad0 02b60 186e3 092e0 1c8d7 0c950 0d4a0 1d8a6
0b550 056a0 1a5b4 025d0 092d0 0d2b2 0a950 0b557 06ca0 0b550 15355 04da0 0a5b0 14573 052b0 0a9a8 0e950 06aa0 0aea6 0ab50 04b60
0aae4 0a570 05260 0f263 0d950 05b57 056a0 096d0 04dd5 04ad0 0a4d0 0d4d4 0d250 0d558 0b540 0b6a0 195a6 095b0 049b0 0a974 0a4b0
0b27a 06a50 06d40 0af46 0ab60 09570 04af5 04970 064b0 074a3 0ea50 06b58 05ac0 0ab60 096d5 092e0 0c960 0d954 0d4a0 0da50 07552
056a0 0abb7 025d0 092d0 0cab5 0a950 0b4a0 0baa4 0ad50 055d9 04ba0 0a5b0 15176 052b0 0a930 07954 06aa0 0ad50 05b52 04b60 0a6e6
0a4e0 0d260 0ea65 0d530 05aa0 076a3 096d0 04afb 04ad0 0a4d0 1d0b6 0d250 0d520 0dd45 0b5a0 056d0 055b2 049b0 0a577 0a4b0 0aa50
1b255 06d20 0ada0 14b63 09370 049f8 04970 064b0 168a6 0ea50 06b20 1a6c4 0aae0 092e0 0d2e3 0c960 0d557 0d4a0 0da50 05d55 056a0
0a6d0 055d4 052d0 0a9b8 0a950 0b4a0 0b6a6 0ad50 055a0 0aba4 0a5b0 052b0 0b273 06930 07337 06aa0 0ad50 14b55 04b60 0a570 054e4
0d160 0e968 0d520 0daa0 16aa6 056d0 04ae0 0a9d4 0a2d0 0d150 0f252
"""


def lunar_days(year: int, month: int, day: int | None = None, *, is_leap: bool = False) -> tuple[date, date] | None:
    """First and last Gregorian day of a lunar month, or one day of it twice; None for no such day and beyond the table."""
    table = _months(year)
    if table is None or (month, is_leap) not in table:
        return None
    first, count = table[month, is_leap]
    if day is None:
        return first, first + timedelta(days=count - 1)
    if not 1 <= day <= count:
        return None
    only = first + timedelta(days=day - 1)
    return only, only


@cache
def _months(year: int) -> dict[tuple[int, bool], tuple[date, int]] | None:
    """(month, is leap) → first Gregorian day and number of days; from the year before, whose end it begins at."""
    words = _YEARS.split()
    if not 0 <= year - _FIRST_YEAR < len(words):
        return None
    first = _FIRST_DAY + timedelta(days=sum(_length(word) for word in words[: year - _FIRST_YEAR]))
    told = int(words[year - _FIRST_YEAR], 16)
    months: dict[tuple[int, bool], tuple[date, int]] = {}
    for month in range(1, 13):
        for is_leap in (False, True):
            if is_leap and told & 0xF != month:
                continue
            bit = 0x10000 if is_leap else 0x10000 >> month
            months[month, is_leap] = first, 30 if told & bit else 29
            first += timedelta(days=months[month, is_leap][1])
    return months


def _length(word: str) -> int:
    """Days of a year."""
    told = int(word, 16)
    leap = 0 if not told & 0xF else 30 if told & 0x10000 else 29
    return 12 * 29 + (told & 0xFFF0).bit_count() + leap
