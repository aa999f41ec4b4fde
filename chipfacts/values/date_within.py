"""What hangs on a year or a month: quarters, halves, months, days, thirds, seasons, festivals, lunar days."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.values.date_lunar import lunar_within
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import (
    EDGE_OF_YEAR,
    LISTED_QUARTER,
    NUMERAL,
    PART_OF_MONTH,
    SEASONS,
    TO,
    WEEKDAYS,
    festival_at,
    is_edge,
    match_at,
    number,
)

# Words that make a season of a year out of one: 初夏, 盛夏, 深秋.
_SEASON_AHEAD = "[初早仲盛暮晚深隆寒严金]"
# What may follow 2023年秋 without 季 or 天; 秋田, 春运, 冬奥, 夏普 and 春节 are words.
_BEHIND_SEASON = frozenset(",。、;)以起开召在举推正将于完就我他她该又被由与和及之前后至到\n")
# 3月2000万元, 3月10款: the number behind the month counts something.
_COUNTED = frozenset("月年%,万千百十亿个家名款颗项条次轮大期位倍成块代届天号强台种片座点步季元美人部线场批/-~")


def within_year(view: str, expr: DateExpr) -> DateExpr:
    """What follows a year: quarter, half, months, season, festival, early or late."""
    whole = match_at("全年度?|年?内(?![部地容蒙存外需])", view, expr.end)
    if whole:
        return replace(expr, end=whole.end())
    lunar = _lunar_within(view, expr)
    if lunar is not None:
        return lunar
    same_day = match_at("的?(?:今天(?!国际)|今日(?!头条|资本|美术|说法|新闻|早报|晚报))", view, expr.end)
    if same_day:
        return replace(expr, end=same_day.end(), day_shift=0)
    end = expr.end
    quarters = quarters_at(view, expr)
    if quarters is not None:
        return quarters
    period = read_period(view, end)
    if period is not None:
        return replace(expr, end=period[0], part=period[1])
    half = match_at("[ 的]?半年度", view, end)
    if half:
        return replace(expr, end=half.end(), part="H1")  # 2026年半年度业绩: what a report calls the first half
    months = months_at(view, end + (view[end : end + 1] in (" ", "的")))
    if months:
        first = replace(expr, end=months[2], month=months[0])
        return replace(first, to=replace(first, month=months[1]))
    month = match_at(rf"[ 的]?({NUMERAL[1:-1]}|元)(?: ?月份?|(?=[、和及与]{NUMERAL}月))", view, end)
    if month and 1 <= number(month[1]) <= 12:
        return within_month(view, replace(expr, end=month.end(), month=number(month[1])))
    start = end + (view[end : end + 1] in (" ", "的") and end < len(view))
    festival = festival_at(view, start, of_year=True)
    if festival:
        return replace(expr, end=start + len(festival), festival=festival)
    counted = _counted_within(view, expr)
    if counted is not None:
        return counted
    season = match_at(rf"[ 的]?({_SEASON_AHEAD})?([春夏秋冬])[季天]?", view, end)
    if season and (season[1] or season[0][-1] in "季天" or _ends_season(view, season.end())):
        return replace(expr, end=season.end(), part=f"S{SEASONS[season[2]]}")
    part = match_at("[ 的]?年?(?:(初|中|底|末|尾|(?<!的年)终|(?<=年年)头)|岁末|岁尾|年关|开年)", view, end)
    if part and is_edge(view, part[1], part.end()):
        return replace(expr, end=part.end(), part=EDGE_OF_YEAR[part[1] or part[0][-1]])
    same = match_at("同期|同季|同月", view, end)
    return replace(expr, end=same.end(), part="same") if same else expr


def _counted_within(view: str, expr: DateExpr) -> DateExpr | None:
    """2019年的最后一天, 今年最后一个季度, 去年第三个月, 2021年第33周."""
    last = match_at("的?最后一(?:(天|日)|个?(月)|个?季度?)", view, expr.end)
    if last:
        whole = replace(expr, end=last.end())
        return replace(whole, part="Q4") if not (last[1] or last[2]) else replace(whole, month=12, day=31 if last[1] else None)
    months = match_at("的?最后([二两三四五六七八九])个(?:(月)|季度?)", view, expr.end)
    if months:
        first = replace(expr, end=months.end())
        count = number(months[1])
        if months[2]:
            return replace(first, month=13 - count, to=replace(first, month=12))
        return replace(first, part=f"Q{5 - count}", to=replace(first, part="Q4")) if count < 4 else None
    nth = match_at(rf"[ 的]?第 ?(?:{NUMERAL} ?(周(?!岁|年)|个?星期)|{NUMERAL}个月)", view, expr.end)
    if nth and nth[1] and 1 <= number(nth[1]) <= 53:
        return replace(expr, end=nth.end(), part=f"W{number(nth[1])}")
    return replace(expr, end=nth.end(), month=number(nth[3])) if nth and nth[3] and 1 <= number(nth[3]) <= 12 else None


def quarters_at(view: str, expr: DateExpr) -> DateExpr | None:
    """二三季度 behind a year or alone: two quarters that follow each other."""
    pair = match_at("[ 的]?第?([一二三])([二三四])季度", view, expr.end)
    if pair is None or number(pair[2]) != number(pair[1]) + 1:
        return None
    first = replace(expr, end=pair.end(), part=f"Q{number(pair[1])}")
    return replace(first, to=replace(first, part=f"Q{number(pair[2])}"))


def _ends_season(view: str, end: int) -> bool:
    return end == len(view) or view[end] in _BEHIND_SEASON or view.startswith(("发布", "推出", "公司"), end)


def _lunar_within(view: str, expr: DateExpr) -> DateExpr | None:
    """2024年正月初三, 今年三月初八, 2024年农历八月十五: tried only where such a date may begin."""
    near = view[expr.end : expr.end + 6]
    return lunar_within(view, expr) if any(mark in near for mark in "历正腊冬初廿大") else None


def read_period(view: str, at: int) -> tuple[int, str] | None:
    """(end, part) of a quarter, half or the first months at `at`."""
    match = match_at(
        rf"[ 的]?(?:(?:(上|前|头)|(下|后))半年度?|第?([一二三四1-4])个?季(?:度|(?!节))|{LISTED_QUARTER}|[Qq]([1-4])(?!\d)"
        r"|[前头首]([二两三四1-4])个?季度?"
        r"|(?:(首)|(末))个?季(?:度|(?![赛节]))"
        r"|[前首头](\d{1,2}|[一二两三四五六七八九十]{1,2})个?月(?!内)|[Hh]([12])(?![\dA-Za-z]))", view, at,
    )
    if match is None:
        return None
    for index, part in ((1, "H1"), (2, "H2"), (7, "Q1"), (8, "Q4")):
        if match[index]:
            return match.end(), part
    for index, letter, times in ((3, "Q", 1), (4, "Q", 1), (5, "Q", 1), (6, "M", 3), (9, "M", 1), (10, "H", 1)):
        if match[index]:
            count = number(match[index]) * times
            if (letter, count) == ("M", 1) and match[0].lstrip(" 的")[0] == "前":
                return None  # 前一个月: the month before something
            return (match.end(), f"{letter}{count}") if count <= 12 else None
    return None


def within_month(view: str, expr: DateExpr) -> DateExpr:
    """What follows a month: a day, days, a third of it."""
    end = expr.end
    days = match_at(rf" ?{NUMERAL} ?[日号]?{TO}{NUMERAL} ?[日号]", view, end)
    if days and 1 <= number(days[1]) < number(days[2]) <= 31:
        first = replace(expr, end=days.end(), day=number(days[1]))
        return replace(first, to=replace(first, day=number(days[2])))
    day = match_at(rf" ?{NUMERAL}(?: ?[日号]|(?=(?:、{NUMERAL})*[、和及]{NUMERAL}[日号]))", view, end)
    if day and 1 <= number(day[1]) <= 31:
        return replace(expr, end=day.end(), day=number(day[1]))
    third = match_at("的?([上下]半月(?!刊)|上旬|中旬|下旬|中上旬|上中旬|中下旬|初|底|末|尾(?![号声数款盘])|中)", view, end)
    if third and is_edge(view, third[1], third.end()):
        return replace(expr, end=third.end(), part=PART_OF_MONTH[third[1]])
    last = match_at("的?最后一[天日]", view, end)
    if last:
        return replace(expr, end=last.end(), part="last day")
    nth = match_at("的?(?:第([一二三四1-4])|(最后一))个(?:周|星期|礼拜)([一二三四五六日天])", view, end)
    if nth:
        return replace(expr, end=nth.end(), part=f"wd{0 if nth[2] else number(nth[1])}-{WEEKDAYS[nth[3]]}")
    bare = match_at(r"(\d{1,2}|[一二三四五六七八九十]{1,3})(?![\d.])", view, end)
    is_alike = bare is not None and bare[1].isascii() == view[expr.start].isascii()  # 4月一度: no day
    if bare and is_alike and 1 <= number(bare[1]) <= 31 and view[end - 1] == "月" and view[bare.end() : bare.end() + 1] not in _COUNTED:
        return replace(expr, end=bare.end(), day=number(bare[1]))
    return expr


def months_at(view: str, at: int) -> tuple[int, int, int] | None:
    """(first, last, end) of 1-9月, 3月至5月, 五六月, 十一二月; the second end may bring a day, and then it is none."""
    pair = match_at("(十?[一二三四五六七八九])([二三四五六七八九])月(?:份|间)?(?![龄大饼])", view, at)
    if pair and view[at - 1 : at] not in tuple("每第近约逾个"):
        first = number(pair[1])
        last = first // 10 * 10 + number(pair[2])
        return (first, last, pair.end()) if last == first + 1 and last <= 12 else None
    match = match_at(rf"{NUMERAL} ?(?:月份?)?{TO}{NUMERAL} ?月份?(?![\d]| \d|[一二三四五六七八九十]{{1,3}}[日号]|[初底末上中下])", view, at)
    if match is None or not 1 <= number(match[1]) < number(match[2]) <= 12:
        return None
    return number(match[1]), number(match[2]), match.end()
