"""Festivals with the days they fall on: fixed days, and the Lunar New Year, Dragon Boat and Mid-Autumn days of 2015–2030 (Gregorian)."""

from __future__ import annotations

_SPRING = {2015: "02-19", 2016: "02-08", 2017: "01-28", 2018: "02-16", 2019: "02-05", 2020: "01-25", 2021: "02-12", 2022: "02-01", 2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13", 2030: "02-03"}
_DRAGON = {2015: "06-20", 2016: "06-09", 2017: "05-30", 2018: "06-18", 2019: "06-07", 2020: "06-25", 2021: "06-14", 2022: "06-03", 2023: "06-22", 2024: "06-10", 2025: "05-31", 2026: "06-19", 2027: "06-09", 2028: "05-28", 2029: "06-16", 2030: "06-05"}
_AUTUMN = {2015: "09-27", 2016: "09-15", 2017: "10-04", 2018: "09-24", 2019: "09-13", 2020: "10-01", 2021: "09-21", 2022: "09-10", 2023: "09-29", 2024: "09-17", 2025: "10-06", 2026: "09-25", 2027: "09-15", 2028: "10-03", 2029: "09-22", 2030: "09-12"}
# Name → a fixed MM-DD, or a table of years.
FESTIVALS: dict[str, str | dict[int, str]] = {
    "春节": _SPRING, "端午节": _DRAGON, "端午": _DRAGON, "中秋节": _AUTUMN, "中秋": _AUTUMN, "国庆节": "10-01", "国庆": "10-01", "元旦": "01-01", "双十一": "11-11", "圣诞节": "12-25", "劳动节": "05-01", "情人节": "02-14",
    "平安夜": "12-24", "儿童节": "06-01", "妇女节": "03-08", "教师节": "09-10", "万圣节": "10-31",
}


def festival_day(name: str, year: int) -> str | None:
    """The ISO day of a festival in a year, or None where the table does not reach."""
    when = FESTIVALS[name]
    day = when if isinstance(when, str) else when.get(year)
    return f"{year}-{day}" if day else None
