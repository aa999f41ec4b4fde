"""Chinese and numeric dates that say a number or a name: 2024年3月5日, 二零一九年三月五号, 24Q2, 前三季度, 9/11起, 上世纪末, 国庆."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import (
    EDGE_OF_YEAR,
    NUMERAL,
    PART_OF_MONTH,
    SEASONS,
    TO,
    festival_at,
    is_edge,
    match_at,
    months_at,
    number,
    read_period,
    within_month,
    within_year,
)
from chipfacts.values.date_year import read_year

# A cue in front of digits that are a day only with one: 日期:20180305, 于12-25.
_DAY_CUE = re.compile(r"(?:日期|时间|于|在|至|到|自|从|截止|发布)[:为是]? ?$")
_BEFORE_YUAN = frozenset("0123456789亿万千百美欧日港韩台加澳")  # 57亿元月减: a sum's 元
_NOT_A_MONTH = ("球", "牙泉", "票", "饼", "薪", "龄", "嫂", "光族", "子餐", "子中心", "期国债", "期票", "期存", "期限")
# 九月教育, 五月天: a numeral month in a name.
_FIRM_BEHIND = "天(?!气)|教育|科技|资本|文化|咖啡|网络|传媒|集团|公司|股份|基金|资产|书店|娱乐|影业"
# 10日均线, 5日内, 3号线, 18号文: numbers of something else.
_DAY_MARK = (
    r" ?(?:日(?!均|内(?![部蒙地])|以内|之内|年化|移动|游(?!戏)|龄|元|圆|币|式|线(?![上下]))"
    r"|号(?!线(?![上下])|店|楼|机|院|电池|公路|文|令|仓|站|位|桌|门|房|选手|种子|球|车|船|舰|员|星(?!期)|卫星|火箭|飞船|探测器"
    r"|厂|工厂|地块|集合|信托|基金|产品|产线|馆|井|矿|码|字|公寓|议|工程|技师))"
)
# 近3日, 第3日, #3号: what makes a day's number a count or a rank.
_NO_DAY_BEHIND = frozenset("第近前后#连续隔每满过约超逾达共计.-")
_NUMERAL_YEAR = (
    r"(?P<all>[一二][〇零○九八][〇零○一二三四五六七八九]{2})年度?|[两二]千[零〇](?P<one>[一二三四五六七八九])年"
    r"|[两二]千零?(?P<tens>[一二三四]?十[一二三四五六七八九]?)年|(?P<short>[〇零○][〇零○一二三四五六七八九])年"
    r"|(?P<old>[七八九][〇零○一二三四五六七八九])年(?=[一二三四五六七八九十]{1,2}月|\d{1,2}月)"
)
_DECADE = (
    r"(?:(\d\d|[一二]?十[一二三四五六七八九]?)世纪|(上个?世纪)|(本世纪))(?:([0-9一二三四五六七八九])[0十]年代|([初末])"
    r"|(?=[的以中前后,。、;)上]|$))"
    r"|(1[89]|20)(\d)0年代|([2-9二三四五六七八九])[0十]年代"
)
_EDGE = "年初至今|(年|月)(初|中|底|末)|岁末|年关|年终(?=前)"
_STEPS = {"今": 0, "昨": -1, "明": 1, "前": -2, "去": -1, "上": -1, "本": 0, "下": 1, "来": 1}


# ---- what begins with an Arabic digit


def read_digits(view: str, at: int) -> DateExpr | None:
    """A date whose first character is an Arabic digit; `at` is not inside a number."""
    if at and view[at - 1] in ".-/" and view[at - 2 : at - 1].isdigit():
        return None
    end = at
    while end < len(view) and view[end] in "0123456789":
        end += 1
    unit = view[end : end + 1]
    if unit == " ":
        unit = view[end + 1 : end + 2]
    festival = festival_at(view, at) if end - at == 3 else None
    if festival:
        return DateExpr(at, at + len(festival), festival=festival)
    for reader in _READERS.get(unit, (_read_full, read_year, _read_month)):
        expr = reader(view, at)
        if expr is not None:
            return expr
    return None


def _read_full(view: str, at: int) -> DateExpr | None:
    """2018.3.5, 2018/3/5, 2021-09, 20180305 and 12-25 beside a cue, 9/11起."""
    match = match_at(r"((?:19|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d\-/])", view, at)
    if match:
        month, day = int(match[3]), int(match[4] or 0)
        if not match[4] and (match[2] == "." or len(match[3]) < 2):
            return None
        return _checked(DateExpr(at, match.end(), year=int(match[1]), month=month, day=day if match[4] else None))
    american = match_at(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])", view, at)
    if american:
        first, second = int(american[1]), int(american[2])
        first, second = (second, first) if first > 12 else (first, second)
        return _checked(DateExpr(at, american.end(), year=int(american[3]), month=first, day=second))
    compact = match_at(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)|(\d\d)-(\d\d)(?![\d\-])", view, at)
    if compact and ((compact[1] and compact[0] == view.strip()) or _DAY_CUE.search(view, max(at - 4, 0), at)):
        said = int(compact[1]) if compact[1] else None
        return _checked(DateExpr(at, compact.end(), year=said, month=int(compact[2] or compact[4]), day=int(compact[3] or compact[5])))
    slash = match_at(r"(\d{1,2})/(\d{1,2})(?![\d/%])", view, at)
    if slash and _is_slashed_day(view, slash):
        return _checked(DateExpr(at, slash.end(), month=int(slash[1]), day=int(slash[2])))
    return None


def _checked(expr: DateExpr) -> DateExpr | None:
    """None where the month or day cannot be: 2024-13, 2月30日."""
    if expr.month is None or not 1 <= expr.month <= 12:
        return None
    return expr if expr.day is None or 1 <= expr.day <= monthrange(expr.year or 2024, expr.month)[1] else None


def _is_slashed_day(view: str, slash: re.Match[str]) -> bool:
    """9/11起, 7/30發放: followed by Chinese that does not count or measure; 20/22nm, 1/4 and 24/7 are none."""
    after = view[slash.end() : slash.end() + 1]
    before = view[slash.start() - 1 : slash.start()]
    return after > "\u2e7f" and after not in "的,。、;)纳奈的个人" and (before == "" or before > "\u2e7f" or before == " ")


def _read_month(view: str, at: int) -> DateExpr | None:
    """3月, 3月5日, 1-10月; none of 12个月, 3月龄, 第3月."""
    if view[at - 1 : at] in tuple("个近第几数零百每") or view[max(at - 2, 0) : at] in ("每年", "历年", "往年"):
        return None
    months = months_at(view, at)
    if months:
        first = DateExpr(at, months[2], month=months[0])
        return replace(first, to=replace(first, month=months[1]))
    match = match_at(rf"{NUMERAL}(?: ?月份?|(?=、\d{{1,2}}月(?!\d{{1,2}}[日号])))", view, at)
    if match is None or match_at("初[一二三四五六七八九十]", view, match.end()) or not 1 <= number(match[1]) <= 12:
        return None
    if view.startswith(_NOT_A_MONTH, match.end()) or (not view[at].isascii() and match_at(_FIRM_BEHIND, view, match.end())):
        return None
    return _checked(within_month(view, DateExpr(at, match.end(), month=number(match[1]))))


def _read_quarter(view: str, at: int) -> DateExpr | None:
    """3季度, 2季."""
    if at and view[at - 1] in "第.":
        return None
    period = read_period(view, at)
    return DateExpr(at, period[0], part=period[1]) if period else None


def _read_day(view: str, at: int) -> DateExpr | None:
    """15日, 15号, 17日至19日; none of 3号线, 10日均线, 5日内."""
    day = match_at(NUMERAL + _DAY_MARK, view, at)
    before = view[at - 1 : at]
    if day is None or not 1 <= number(day[1]) <= 31 or before in _NO_DAY_BEHIND or (before.isascii() and before.isalpha()):
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


def _stands_alone(view: str, at: int, day: re.Match[str]) -> bool:
    """十五号, 二十日: behind a stop or a preposition; 神舟十三号, a fund's 11号 and 三日 are none."""
    if not view[at].isascii() and day[0].endswith("日") and len(day[1]) < 2:
        return False
    return at == 0 or view[at - 1] in " \n,。、;:(“于在到至从自这是就周底"


def read_decade(view: str, at: int) -> DateExpr | None:
    """80年代, 1990年代, 20世纪90年代, 本世纪; 世纪初 is its first decade, 世纪末 its last."""
    match = match_at(_DECADE, view, at)
    if match is None:
        return None
    if match[6]:
        return DateExpr(at, match.end(), year=int(match[6]) * 100 + int(match[7]) * 10, part="decade")
    if match[8]:
        tens = number(match[8])
        return DateExpr(at, match.end(), year=(1900 if tens >= 5 else 2000) + tens * 10, part="decade")
    century = 1900 if match[2] else 2000 if match[3] else (number(match[1]) - 1) * 100
    if not 1500 <= century <= 2000:
        return None
    if match[4] or match[5]:
        tens = number(match[4]) if match[4] else {"初": 0, "末": 9}[match[5]]
        return DateExpr(at, match.end(), year=century + tens * 10, part="decade", approximate=bool(match[5]))
    return DateExpr(at, match.end(), year=century, part="century")


# The character behind the digits → who reads them.
_READERS: dict[str, tuple[Callable[[str, int], DateExpr | None], ...]] = {
    "年": (read_year, read_decade), "月": (_read_month,), "日": (_read_day,), "号": (_read_day,), "季": (_read_quarter,),
    "世": (read_decade,), "Q": (read_year,), "H": (read_year,),
}  # fmt: skip


# ---- what begins with a Chinese numeral or another word


def read_numeral(view: str, at: int) -> DateExpr | None:
    """二零一九年三月五号, 〇八年, 十二月, 十五号, 一季度, 九十年代; `at` is not inside a numeral."""
    if at and view[at - 1] in "〇零○一二三四五六七八九十百千万两廿第几":
        return read_decade(view, at) if view[at - 1] in "第" else None
    year = match_at(_NUMERAL_YEAR, view, at) if "年" in view[at + 2 : at + 7] else None
    if year:
        if view.startswith(("代", "级", "间"), year.end()):
            return None
        text = next(digits for digits in year.groups() if digits)
        value = number(text) + (0 if year["all"] else 1900 if year["old"] else 2000)
        return within_year(view, DateExpr(at, year.end(), year=value))
    festival = festival_at(view, at)
    if festival:
        return DateExpr(at, at + len(festival), festival=festival)
    decade = read_decade(view, at) if "年代" in view[at : at + 4] or "世纪" in view[at : at + 5] else None
    if decade:
        return decade
    if at and view[at - 1] in "农阴历":
        return None
    for reader in (_read_month, _read_day):
        expr = reader(view, at)
        if expr is not None:
            return expr
    if view[at] not in "一二三四" or not view.startswith("季", at + 1):
        return None
    end = at + 2 + view.startswith("度", at + 2)
    is_told = end > at + 2 or (view[at] != "四" and (end == len(view) or view[end] in ",。、;)报营净业收财毛出合单获"))
    return DateExpr(at, end, part=f"Q{number(view[at])}") if is_told else None


def read_named(view: str, at: int) -> DateExpr | None:
    """What begins with another character: 第三季, 前7月, 上半年, 民国113年, 元月, 年底, 月初, 岁末, 春季, 今秋, 昨(4)日, a festival."""
    for reader in _NAMED.get(view[at], ()):
        expr = reader(view, at)
        if expr is not None:
            return expr
    period = read_period(view, at)
    if period:
        return DateExpr(at, period[0], part=period[1])
    if view.startswith("元月", at) and not view.startswith("球", at + 2) and view[at - 1 : at] not in _BEFORE_YUAN:
        return within_month(view, DateExpr(at, at + 2, month=1))
    festival = festival_at(view, at)
    return DateExpr(at, at + len(festival), festival=festival) if festival else None


def _read_bracket(view: str, at: int) -> DateExpr | None:
    """Taiwan papers: 今(12)日, 昨(4)日, 上(11)月, 去(2023)年; also 今12日."""
    match = match_at(r"(今|昨|明|前|去|上|本|下)(?:\((\d{1,4})\)([年月日])|(?<=今)(\d{1,2})(日))", view, at)
    if match is None:
        return None
    shift = _STEPS[match[1]]
    base = DateExpr(at, match.end())
    unit = match[3] or match[5]
    if unit == "日":
        return replace(base, day_shift=shift, day=int(match[2] or match[4])) if match[1] in "今昨明前" else None
    if unit == "月":
        return within_month(view, replace(base, month_shift=shift)) if match[1] in "上本下" else None
    return within_year(view, replace(base, year_shift=shift)) if match[1] in "今去明前" else None


def _read_roc(view: str, at: int) -> DateExpr | None:
    match = match_at(r"民国 ?(\d{1,3}|元|[一二三四五六七八九十百零]{1,6}) ?年度?", view, at)
    return within_year(view, DateExpr(at, match.end(), year=number(match[1]) + 1911)) if match and number(match[1]) < 200 else None


def _read_edge(view: str, at: int) -> DateExpr | None:
    """年初, 月底, 岁末, 年初至今: parts of the year or month that is spoken of."""
    match = match_at(_EDGE, view, at)
    if match is None or not is_edge(view, match[2], match.end()):
        return None
    if match[0] == "年初至今":
        return DateExpr(at, match.end(), year_ref=0)
    if match[1] == "月":
        return DateExpr(at, match.end(), month_shift=0, part=PART_OF_MONTH[match[2]])
    return DateExpr(at, match.end(), part=EDGE_OF_YEAR[match[2] or "末"])


def _read_season(view: str, at: int) -> DateExpr | None:
    """春季, 夏天, 今秋, 去年冬."""
    match = match_at(r"([今去明昨来])([春夏秋冬])(?![游装])[季天]?|([春夏秋冬])[季天](?!行情|款|新品)", view, at)
    if match is None:
        return None
    if match[1]:
        return DateExpr(at, match.end(), year_shift=_STEPS[match[1]], part=f"S{SEASONS[match[2]]}")
    return DateExpr(at, match.end(), part=f"S{SEASONS[match[3]]}")


# A first character → who reads what begins with it; quarters, halves and festivals are tried for all.
_NAMED: dict[str, tuple[Callable[[str, int], DateExpr | None], ...]] = {
    **dict.fromkeys("今昨明去", (_read_bracket, _read_season)), **dict.fromkeys("来春夏秋冬", (_read_season,)),
    **dict.fromkeys("年月岁", (_read_edge,)),
    **dict.fromkeys("上本", (_read_bracket, read_decade)), "前": (_read_bracket,), "下": (_read_bracket,), "民": (_read_roc,),
}  # fmt: skip
