"""Years in Arabic digits and what hangs on them: 2024年3月, 2021-2022年, 24Q2, 1H25, 2025量产, 98年3月, 113年第3季, 2024财年."""

from __future__ import annotations

import re

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import TO, full_year, match_at
from chipfacts.values.date_within import within_year

# What may follow a year that stands without 年 in a headline: 2025量产.
_BARE_AHEAD = (
    r"(?:上半年|下半年|前三季度|第?[一二三四]季|Q[1-4]|年底|开年|全年|[春夏秋冬]季|年?将"
    r"|登场|量产|推出|上市|问世|发布|发表|出货|投产|放量|挂牌|亮相|开始|起)"
)
_PIECE_AHEAD = r"(?:\d{1,2}月|[一二三四五六七八九十]{1,3}月|上半|下半|第?[一二三四1-4]季|Q|[底初末]|的?[春夏秋冬][季天])"
_YEAR = (
    r"(?:(?P<full>(?:19|20)\d\d|1[5-8](?!00)\d\d(?=年(?!的?历史|间))|1[5-8]00(?=年(?:[,。)底初末中至到~-]|$))) ?(?:年度?|财年|财政年度)"
    rf"|(?P<bare>20\d\d)(?={_BARE_AHEAD})"
    r"|(?P<roc>1[01]\d)年度?(?=\d{1,2}月|第?[一二三四1-4]季|上半年|下半年|Q[1-4]|(?<=度)(?!假))"
    rf"|(?P<zero>0\d)年|(?P<two>\d\d)年(?={_PIECE_AHEAD})|(?P<old>[789]\d)年(?![来历间内后前老多独租期合]|的(?:历史|时间|寿命|使用|租|经验|发展|沉淀|积累|岁月|光阴|人生|企业|老|家|品牌)|[只以]))"
)
_QUARTER = r"(20\d\d(?= ?Q)|\d\d(?=Q)) ?Q([1-4])(?!\d)|([1-4])Q ?'?(20\d\d|\d\d)(?![\d%])"
_HALF = r"([12])H ?'?(20\d\d|\d\d)(?![\d%])|(20\d\d) ?H([12])(?!\d)"


# What a year of two digits may stand behind, and what makes it a number of years.
_BEFORE_SHORT = ("", *",。、(;“:'’‘于在从自到至是早")
_COUNTING = frozenset("第近约超满逾达共历经了过仅用长为活享寿周立党国庆办店建业创期租借隔")


def read_year(view: str, at: int) -> DateExpr | None:
    """An absolute year, a range of years, or a year with its quarter or half."""
    return _read_years(view, at) or _read_short(view, at) or _read_one(view, at)


def _read_years(view: str, at: int) -> DateExpr | None:
    """2021-2022年, 2019年至2021年, 2019-2021; the first of 2023、2024年."""
    listed = match_at(r"(?:19|20)\d\d(?=(?:[、和及与](?:19|20)\d\d)+年)", view, at)
    if listed:
        return DateExpr(at, listed.end(), year=int(listed[0]))
    short = _read_short_years(view, at) if view[at : at + 2].isdigit() and not view[at + 2 : at + 3].isdigit() else None
    if short:
        return short
    years = match_at(rf"((?:1[5-9]|20)\d\d)(年度?)?{TO}((?:1[5-9]|20)?\d\d)(年度?|财年)?(?![\d年\-/.])", view, at)
    if years is None or not (years[2] or years[4] or len(years[3]) == 4):
        return None
    first = int(years[1])
    last = int(years[3]) if len(years[3]) == 4 else int(years[1][:2] + years[3])
    if not first < last <= first + (40 if first > 1900 else 150):
        return None
    if not years[4]:
        before, after = view[at - 1 : at], view[years.end() : years.end() + 1]
        if years[2] or (before.isalnum() and before.isascii()) or after.isalnum():
            return None
        if any(mark in view[max(at - 12, 0) : at].lower() for mark in ("copyright", "©", "(c)")):
            return None  # a footer
    elif within_year(view, DateExpr(at, years.end())).end > years.end():
        return None  # 2024年至2025年3月
    return DateExpr(at, years.end(), year=first, to=DateExpr(at, years.end(), year=last))


def _read_short_years(view: str, at: int) -> DateExpr | None:
    """08-10年, 19-21年, 19年到21年; 10-15年 and 20到30年 are numbers of years."""
    match = match_at(rf"(\d\d)年?{TO}(\d\d)年(?![来历的间内后前老多独租期合限以左\d]|上下)", view, at)
    if match is None or int(match[1]) >= int(match[2]) or view[at - 1 : at] not in _BEFORE_SHORT:
        return None
    is_told = match[1][0] == "0" or (int(match[1]) >= 16 and int(match[2]) <= 35 and int(match[2]) - int(match[1]) <= 4)
    if not is_told or (int(match[1]) % 5 == 0 and int(match[2]) % 5 == 0 and match[1][0] != "0"):
        return None
    if within_year(view, DateExpr(at, match.end())).end > match.end():
        return None
    return DateExpr(at, match.end(), year=full_year(match[1]), to=DateExpr(at, match.end(), year=full_year(match[2])))


def _is_old_year(view: str, at: int, match: re.Match[str]) -> bool:
    """98年: behind a stop or a preposition; 建党95年, 租期99年 and 成立80年 are numbers of years."""
    is_round = int(match["old"]) % 5 == 0 or match["old"] == "99"
    if is_round and view.startswith("的", match.end()) and not match_at(r"的(?:[春夏秋冬]|\d{1,2}月)", view, match.end()):
        return False
    if view[at - 1 : at] in _BEFORE_SHORT:
        return True
    return not is_round and view[at - 1 : at] not in _COUNTING and not view[at - 1].isascii()


def _read_short(view: str, at: int) -> DateExpr | None:
    """24Q2, 3Q24, 1H25, 2024H1."""
    quarter = match_at(_QUARTER, view, at)
    if quarter:
        return DateExpr(at, quarter.end(), year=full_year(quarter[1] or quarter[4]), part=f"Q{quarter[2] or quarter[3]}")
    half = match_at(_HALF, view, at)
    return DateExpr(at, half.end(), year=full_year(half[2] or half[3]), part=f"H{half[1] or half[4]}") if half else None


def _read_one(view: str, at: int) -> DateExpr | None:
    match = match_at(_YEAR, view, at)
    if match is None or view.startswith(("代", "级", "间", "期"), match.end()) or view[max(at - 3, 0) : at] == "公元前":
        return None
    before = view[at - 1 : at]
    if match["bare"] and (before in tuple("-. ") or (before.isascii() and before.isalpha())):
        return None  # a name: RTX 2080发布
    if match["two"] and before in tuple("近约超第满逾"):
        return None
    if match["old"] and not _is_old_year(view, at, match):
        return None
    year = int(match["roc"]) + 1911 if match["roc"] else full_year(next(text for text in match.groups() if text))
    return within_year(view, DateExpr(at, match.end(), year=year, is_fiscal="财" in match[0]))
