"""Festivals with the days they fall on: fixed days, days of the lunar calendar, weekdays of a month, solar terms, Easter."""

from __future__ import annotations

from datetime import date, timedelta

from chipfacts.values.solar_term import SOLAR_TERMS, term_day

# Names of one day. A fixed day is MM-DD; `lunar` a month and day (0: the eve of that month); `nth` the n-th weekday of a month, shifted.
_FIXED = {
    "01-01": "元旦节 元旦", "02-14": "情人节", "03-08": "三八妇女节 三八国际妇女节 三八节 妇女节 "
    "女神节", "03-12": "植树节", "03-15": "消费者权益日", "04-01": "愚人节",
    "05-01": "五一劳动节 五一国际劳动节 国际劳动节 劳动节 五一", "05-04": "五四青年节 青年节", "06-01": "六一儿童节 儿童节", "06-18": "618",
    "07-01": "七一建党节 建党节", "08-01": "八一建军节 建军节", "09-10": "教师节", "10-01": "国庆节 国庆 十一", "10-10": "双十节 双十国庆",
    "10-31": "万圣节 万圣夜", "11-11": "双十一 双11 光棍节", "12-12": "双十二 双12", "12-24": "平安夜", "12-25": "圣诞节 圣诞",
    "12-31": "跨年夜",
}
_LUNAR = {
    (1, 1): "春节 大年初一 正月初一 农历新年 农历春节", (1, 0): "除夕夜 除夕 大年三十 年三十", (1, 15): "元宵节 正月十五",
    (5, 5): "端午节 端午", (7, 7): "七夕节 七夕", (7, 15): "中元节", (8, 15): "中秋节 中秋", (9, 9): "重阳节",
    (12, 8): "腊八节 腊八", (12, 23): "小年",
}
_NTH = {
    (5, 2, 6, 0): "母亲节", (6, 3, 6, 0): "父亲节", (11, 4, 3, 0): "感恩节", (11, 4, 3, 1): "黑色星期五 黑五",
}

Rule = str | tuple[int, int] | tuple[int, int, int, int]
FESTIVALS: dict[str, Rule] = {
    name: rule
    for table in (_FIXED, _LUNAR, _NTH, {"term": "清明节 " + " ".join(sorted(SOLAR_TERMS)), "easter": "复活节"})
    for rule, names in table.items()
    for name in names.split()
}


def festival_day(name: str, year: int) -> str | None:
    """The ISO day of a festival in a year of the common calendar, or None where the lunar table or the solar terms do not reach."""
    rule = FESTIVALS[name]
    if isinstance(rule, str):
        return term_day(name[:2], year) if rule == "term" else _easter(year).isoformat() if rule == "easter" else f"{year:04}-{rule}"
    if len(rule) == 2:
        return _lunar(rule[0], rule[1], year)
    month, nth, weekday, shift = rule
    return (nth_weekday(year, month, nth, weekday) + timedelta(days=shift)).isoformat()


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The n-th Monday (0) … Sunday (6) of a month; a fifth may lie in the next."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _lunar(month: int, day: int, year: int) -> str | None:
    """腊八 and 小年 lie in the lunar year that began the year before."""
    from chipfacts.values.lunar import lunar_days

    days = lunar_days(year - (month == 12), month, day or 1)
    return (days[0] - timedelta(days=day == 0)).isoformat() if days else None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus: moon, leap years, Sunday)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    month, day = divmod(moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114, 31)
    return date(year, month, day + 1)
