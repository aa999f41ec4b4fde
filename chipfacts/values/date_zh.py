"""What begins with a Chinese numeral or another word → unresolved dates: 二零一九年三月五号, 前三季度, 民国113年, 年底, 今秋, 国庆."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chipfacts.values.date_decade import read_decade
from chipfacts.values.date_month import read_day, read_month, read_quarters
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import EDGE_OF_YEAR, PART_OF_MONTH, PIECE_OF_YEAR, SEASONS, TO, festival_at, is_edge, match_at, number
from chipfacts.values.date_within import read_period, within_month, within_year

_BEFORE_YUAN = frozenset("0123456789亿万千百美欧日港韩台加澳")  # 57亿元月减: a sum's 元
_NUMERAL_YEAR = (
    r"(?P<all>[一二][〇零○九八][〇零○一二三四五六七八九]{2})年度?|[两二]千[零〇](?P<one>[一二三四五六七八九])年"
    r"|[两二]千零?(?P<tens>[一二三四]?十[一二三四五六七八九]?)年|(?P<short>[〇零○][〇零○一二三四五六七八九]|[一二][〇零○](?!年代))年"
    rf"|(?P<new>[一二][一二三四五六七八九])年(?={PIECE_OF_YEAR})|(?P<old>[七八九][〇零○一二三四五六七八九])年(?={PIECE_OF_YEAR})"
    # 七八年 and 八九年 alone are seven or eight, eight or nine years
    r"|(?P<bare>(?!七八|八九)[七八九][〇零○一二三四五六七八九])年(?![来历的间内后前老多独租期合级代])"
)
_NUMERAL_YEARS = rf"([一二][〇零○九][〇零○一二三四五六七八九]{{2}}){TO}([一二][〇零○九][〇零○一二三四五六七八九]{{2}})年度?"
_EDGE = "年初至今|(年|月)(初|中|底|末|尾)|岁末|岁尾|年关|年终(?=前|时|至|到)|开年(?=以来|[,。、]|$)|年头(?=[至到])"
_AHEAD_OF = (
    "[今昨明](?:收市|收盘|开市|开盘|挂牌|上市|上柜|登录|招股|公布|宣布|公告|除息|除权|开标|法说|竞拍|登场|开卖|收报|召开"
    "|引述|引用|报道|发布|起(?:招股|开始|挂牌|公开|至|停牌|复牌|[,。)]))"
)
_STEPS = {"今": 0, "昨": -1, "明": 1, "前": -2, "去": -1, "上": -1, "本": 0, "下": 1, "来": 1}


def read_numeral(view: str, at: int) -> DateExpr | None:
    """二零一九年三月五号, 〇八年, 十二月, 十五号, 一季度, 九十年代; `at` is not inside a numeral."""
    if at and view[at - 1] in "〇零○一二三四五六七八九十百千万两廿第几":
        return read_decade(view, at) if view[at - 1] in "第" else None
    years = match_at(_NUMERAL_YEARS, view, at) if "年" in view[at + 2 : at + 11] else None
    if years and number(years[1]) < number(years[2]):
        return DateExpr(at, years.end(), year=number(years[1]), to=DateExpr(at, years.end(), year=number(years[2])))
    year = match_at(_NUMERAL_YEAR, view, at) if "年" in view[at + 2 : at + 7] else None
    if year:
        if view.startswith(("代", "级", "间"), year.end()):
            return None
        text = next(digits for digits in year.groups() if digits)
        value = number(text) + (0 if year["all"] else 1900 if year["old"] or year["bare"] else 2000)
        return within_year(view, DateExpr(at, year.end(), year=value))
    festival = festival_at(view, at)
    if festival:
        return DateExpr(at, at + len(festival), festival=festival)
    decade = read_decade(view, at) if "年代" in view[at : at + 6] or "世纪" in view[at : at + 5] else None
    if decade:
        return decade
    if at and view[at - 1] in "农阴历":
        return None
    for reader in (read_quarters, read_month, read_day):
        expr = reader(view, at)
        if expr is not None:
            return expr
    if view[at] not in "一二三四" or not view.startswith("季", at + 1):
        return None
    end = at + 2 + view.startswith("度", at + 2)
    if view.startswith("三季报", at):
        return None  # the report on the first three
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
    match = match_at(r"(今|昨|明|前|去|上|本|下) ?(?:\((\d{1,4})\) ?([年月日])|(?<=今)(\d{1,2})(日))", view, at)
    if match is None:
        return None
    shift = _STEPS[match[1]]
    base = DateExpr(at, match.end())
    unit = match[3] or match[5]
    if unit == "日":
        return replace(base, day_shift=shift, day=int(match[2] or match[4])) if match[1] in "今昨明前" else None
    if unit == "月":
        return within_month(view, replace(base, month_shift=shift)) if match[1] in "上本下" else None
    if len(match[2]) == 4:
        return within_year(view, replace(base, year=int(match[2])))  # 今(2025)年: whatever the reference date is
    return within_year(view, replace(base, year_shift=shift)) if match[1] in "今去明前" else None


def _read_roc(view: str, at: int) -> DateExpr | None:
    """民国113年, 民国100-105年."""
    span = match_at(rf"民国 ?(\d{{1,3}})年?{TO}(\d{{1,3}}) ?年度?(?!\d{{1,2}}月)", view, at)
    if span and int(span[1]) < int(span[2]) < 200:
        first = DateExpr(at, span.end(), year=int(span[1]) + 1911)
        return replace(first, to=replace(first, year=int(span[2]) + 1911))
    match = match_at(r"民国 ?(\d{1,3}|元|[一二三四五六七八九十百零〇○]{1,6}) ?年度?", view, at)
    return within_year(view, DateExpr(at, match.end(), year=number(match[1]) + 1911)) if match and number(match[1]) < 200 else None


def _read_edge(view: str, at: int) -> DateExpr | None:
    """年初, 月底, 岁末, 年初至今: parts of the year or month that is spoken of."""
    match = match_at(_EDGE, view, at)
    if match is None or not is_edge(view, match[2], match.end()) or (match[0] == "年头" and view[at - 1 : at] in tuple("这好个")):
        return None
    if match[0] == "年初至今":
        return DateExpr(at, match.end(), year_ref=0)
    if match[1] == "月":
        return DateExpr(at, match.end(), month_shift=0, part=PART_OF_MONTH[match[2]])
    return DateExpr(at, match.end(), part=EDGE_OF_YEAR[match[2] or match[0][-1]])


def _read_month_third(view: str, at: int) -> DateExpr | None:
    """上旬, 中旬, 下旬, 上半月, 下半月 of the month spoken of."""
    third = match_at("(?:[上中下]旬|[上下]半月)(?![报刊])", view, at)
    if third is None or view[at - 1 : at] in ("月", "逐", "每"):
        return None
    return DateExpr(at, third.end(), month_ref=0, part=PART_OF_MONTH[third[0]])


def _read_ahead_of_verb(view: str, at: int) -> DateExpr | None:
    """Headlines of Taiwan: CB明挂牌, 明除息; behind an ideograph 明 may end a name (昆明上市)."""
    if not match_at(_AHEAD_OF, view, at):
        return None
    before = view[at - 1 : at]
    if before in tuple("至迄如当") or (view[at] == "明" and before > "\u2e7f" and before not in "“”、。"):
        return None
    return DateExpr(at, at + 1, day_shift=_STEPS[view[at]])


def _read_new_century(view: str, at: int) -> DateExpr | None:
    match = match_at("新世纪(?=以来|之?初|以后|之后)", view, at)
    if match is None:
        return None
    end = match_at("之?初", view, match.end())
    return DateExpr(at, end.end() if end else match.end(), year=2000, part="decade" if end else "century", approximate=bool(end))


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
    **dict.fromkeys("今昨明", (_read_bracket, _read_season, _read_ahead_of_verb)), "去": (_read_bracket, _read_season),
    **dict.fromkeys("来春夏秋冬", (_read_season,)),
    **dict.fromkeys("年月岁开", (_read_edge,)), "中": (_read_month_third,), "新": (_read_new_century,), "第": (read_quarters,),
    "上": (_read_bracket, read_decade, _read_month_third), "本": (_read_bracket, read_decade), "下": (_read_bracket, _read_month_third),
    "前": (_read_bracket,), "民": (_read_roc,),
}  # fmt: skip
