"""Years in Arabic digits and what hangs on them: 2024年3月, 2021-2022年, 24Q2, 1H25, 2025量产, 98年3月, 113年第3季, 2024财年."""

from __future__ import annotations

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import TO, full_year, match_at, within_year

# What may follow a year that stands without 年 in a headline: 2025量产.
_BARE_AHEAD = (
    r"(?:上半年|下半年|前三季度|第?[一二三四]季|Q[1-4]|年底|全年|[春夏秋冬]季|年?将"
    r"|登场|量产|推出|上市|问世|发布|发表|出货|投产|放量|挂牌|亮相|开始|起)"
)
_PIECE_AHEAD = r"(?:\d{1,2}月|上半|下半|第?[一二三四1-4]季|Q|[底初末]|[春夏秋冬][季天])"
_YEAR = (
    r"(?:(?P<full>(?:19|20)\d\d) ?(?:年度?|财年|财政年度)"
    rf"|(?P<bare>20\d\d)(?={_BARE_AHEAD})"
    r"|(?P<roc>1[01]\d)年度?(?=\d{1,2}月|第?[一二三四1-4]季|上半年|下半年|Q[1-4])"
    rf"|(?P<zero>0\d)年|(?P<two>\d\d)年(?={_PIECE_AHEAD})|(?P<old>[789]\d)年(?![来历的间内后前老多独租期合]))"
)
_QUARTER = r"(20\d\d|\d\d) ?Q([1-4])(?!\d)|([1-4])Q ?'?(20\d\d|\d\d)(?![\d%])"
_HALF = r"([12])H ?'?(20\d\d|\d\d)(?![\d%])|(20\d\d) ?H([12])(?!\d)"


def read_year(view: str, at: int) -> DateExpr | None:
    """An absolute year, a range of years, or a year with its quarter or half."""
    return _read_years(view, at) or _read_short(view, at) or _read_one(view, at)


def _read_years(view: str, at: int) -> DateExpr | None:
    """2021-2022年, 2019年至2021年, 2019-2021; the first of 2023、2024年."""
    listed = match_at(r"(?:19|20)\d\d(?=(?:[、和及与](?:19|20)\d\d)+年)", view, at)
    if listed:
        return DateExpr(at, listed.end(), year=int(listed[0]))
    years = match_at(rf"((?:19|20)\d\d)(年度?)?{TO}((?:19|20)?\d\d)(年度?|财年)?(?![\d年\-/.])", view, at)
    if years is None or not (years[2] or years[4] or len(years[3]) == 4):
        return None
    first = int(years[1])
    last = int(years[3]) if len(years[3]) == 4 else int(years[1][:2] + years[3])
    if not first < last <= first + 40:
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
    if match["old"] and before not in ("", *",。、(;“:于在从自到至是早"):
        return None
    year = int(match["roc"]) + 1911 if match["roc"] else full_year(next(text for text in match.groups() if text))
    return within_year(view, DateExpr(at, match.end(), year=year, is_fiscal="财" in match[0]))
