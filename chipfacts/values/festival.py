"""Festivals with the days they fall on: fixed days, days of the lunar calendar (2010–2035, Gregorian) and weekdays of a month."""

from __future__ import annotations

from datetime import date, timedelta

# MM-DD without the dash, one a year.
_FIRST_YEAR = 2010
_SPRING = (
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 "
    "0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208"
)
_DRAGON = (
    "0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 "
    "0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610"
)
_SEVENTH = (
    "0816 0806 0823 0813 0802 0820 0809 0828 0817 0807 0825 0814 0804 "
    "0822 0810 0829 0819 0808 0826 0816 0805 0824 0812 0801 0820 0810"
)
_GHOST = (
    "0824 0814 0831 0821 0810 0828 0817 0905 0825 0815 0902 0822 0812 "
    "0830 0818 0906 0827 0816 0903 0824 0813 0901 0820 0809 0828 0818"
)
_AUTUMN = (
    "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 "
    "0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916"
)
_NINTH = (
    "1016 1005 1023 1013 1002 1021 1009 1028 1017 1007 1025 1014 1004 "
    "1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 1020 1009"
)

# Names of one day. A fixed day is MM-DD; `lunar` rows shift from a table; `nth` is the n-th weekday of a month, shifted.
_FIXED = {
    "01-01": "元旦节 元旦", "02-14": "情人节", "03-08": "三八妇女节 妇女节 "
    "女神节", "03-12": "植树节", "03-15": "消费者权益日", "04-01": "愚人节",
    "05-01": "五一劳动节 五一国际劳动节 国际劳动节 劳动节 五一", "05-04": "五四青年节 青年节", "06-01": "六一儿童节 儿童节", "06-18": "618",
    "07-01": "七一建党节 建党节", "08-01": "八一建军节 建军节", "09-10": "教师节", "10-01": "国庆节 国庆 十一", "10-31": "万圣节 万圣夜",
    "11-11": "双十一 双11 光棍节", "12-12": "双十二 双12", "12-24": "平安夜", "12-25": "圣诞节 圣诞",
}
_LUNAR = {
    (_SPRING, 0): "春节 大年初一 正月初一 农历新年 "
        "农历春节", (_SPRING, -1): "除夕夜 除夕 大年三十 年三十", (_SPRING, 14): "元宵节 正月十五",
    (_DRAGON, 0): "端午节 端午", (_SEVENTH, 0): "七夕节 七夕", (_GHOST, 0): "中元节", (_AUTUMN, 0): "中秋节 中秋", (_NINTH, 0): "重阳节",
}
_NTH = {
    (5, 2, 6, 0): "母亲节", (6, 3, 6, 0): "父亲节", (11, 4, 3, 0): "感恩节", (11, 4, 3, 1): "黑色星期五 黑五",
}

Rule = str | tuple[str, int] | tuple[int, int, int, int]
FESTIVALS: dict[str, Rule] = {
    name: rule for table in (_FIXED, _LUNAR, _NTH, {"qingming": "清明节 清明"}) for rule, names in table.items() for name in names.split()
}


def festival_day(name: str, year: int) -> str | None:
    """The ISO day of a festival in a year, or None where the tables do not reach."""
    rule = FESTIVALS[name]
    if isinstance(rule, str):
        return f"{year:04}-{rule}" if rule != "qingming" else _qingming(year)
    if len(rule) == 2:
        return _lunar(rule[0], rule[1], year)
    month, nth, weekday, shift = rule
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1) + shift)
    return day.isoformat()


def _lunar(table: str, shift: int, year: int) -> str | None:
    days = table.split()
    if not 0 <= year - _FIRST_YEAR < len(days):
        return None
    text = days[year - _FIRST_YEAR]
    return (date(year, int(text[:2]), int(text[2:])) + timedelta(days=shift)).isoformat()


def _qingming(year: int) -> str | None:
    """The solar term of early April, by the rule of thumb that holds in this century."""
    if not 2000 <= year <= 2099:
        return None
    short = year % 100
    return f"{year}-04-{int(short * 0.2422 + 4.81) - short // 4:02}"
