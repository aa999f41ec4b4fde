"""Calendar mentions in a folded view → unresolved dates. Parsing only: which year 去年 is, `extract/anchor` decides.

Not matched: durations (7个月, 三年内), ages, counts, 近日, 此后, 三个月前, years behind a name (COMPUTEX 2024), model numbers, stock codes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_day import is_day, with_day_marks
from chipfacts.values.date_digits import read_digits
from chipfacts.values.date_en import find_english
from chipfacts.values.date_lunar import read_lunar
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_range import with_end, with_opening
from chipfacts.values.date_within import read_period, within_month, within_year
from chipfacts.values.date_word import WORDS, is_claimed, read_week, read_word
from chipfacts.values.date_zh import read_named, read_numeral
from chipfacts.values.festival import FESTIVALS

_NUMERALS = "〇零○一二三四五六七八九十两廿卅"
_VERBS = "挂上登除开法竞收招公宣卖召起"  # what 昨 stands in front of, where the papers leave its 日 out
# First character → what may follow it, beside the words and festivals.
_STARTS = {
    **dict.fromkeys(_NUMERALS, "〇零○一二三四五六七八九十千月季世号日年、"),
    "上": "上下周星礼一个半世季旬(", "下": "下周星礼一个半季旬(", "本": "周星礼世季(", "这": "个一周星礼", "当": "周",
    "周": "一二三四五六日天末", "星": "期", "礼": "拜", "第": "一二三四1234", "前": "一二两三四五六七八九十半123456789(",
    "首": "季个一二两三四五六七八九十123456789", "头": "三两半", "末": "季", "后": "半", "年": "初中底末终关尾头廿", "月": "初中底末尾",
    "岁": "末尾", "春": "季天", "夏": "季天", "秋": "季天", "冬": "季天月",
    "今": f"春夏秋冬( 0123456789明{_VERBS}", "去": "春夏秋冬(今",
    "明": f"春夏秋冬( 后{_VERBS}", "昨": f"春夏秋冬( 今{_VERBS}", "来": "春夏秋冬", "民": "国", "元": "月",
    "农": "历", "阴": "历", "旧": "历", "闰": "一二三四五六七八九十", "正": "月", "腊": "月", "大": "年", "中": "旬", "新": "世",
    "初": "一二三四五六七八九十",
    "开": "年",
}
_QUARTER_ENDS = ("末", "底")
_LUNAR = frozenset("农阴旧闰正冬腊大年初一二三四五六七八九十")
_BRAND = 3  # characters up to the closing quote


@cache
def _words_ahead() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """The characters a Chinese word or numeral of a date may begin with, and for each what may follow it."""
    follow = {first: set(after) for first, after in _STARTS.items()}
    for word in [*WORDS, *FESTIVALS]:
        if word[0] not in "0123456789":
            follow.setdefault(word[0], set()).add(word[1])
    return re.compile(f"[{''.join(sorted(follow))}]"), {first: frozenset(after) for first, after in follow.items()}


def _places(view: str) -> list[int]:
    """Where a date may begin, in order."""
    pattern, follow = _words_ahead()
    words = [at for match in pattern.finditer(view) if view[(at := match.start()) + 1 : at + 2] in follow[view[at]]]
    return sorted({*words, *(m.start() for p in (_digits_ahead(), _compact_ahead()) for m in p.finditer(view))})


@cache
def _digits_ahead() -> re.Pattern[str]:
    """Where Arabic digits may begin a date."""
    return re.compile(r"[0-9]+(?=[-年月日号季QH/.~—至到世]| [年月日号季~-]| Q[1-4]| \d\d \d\d|财|0年代|上半年|下半年|前三季|第?[一二三四]季"
        r"|[春夏秋冬]季|(?:、\d{1,2})+[月日季]|、\d0年代|(?:[、和及与](?:19|20)\d\d)+年|开年|全年|将|登场|量产|推出|上市|问世|发布|发表|出货|投产|放量|挂牌|亮相|开始|起)")


@cache
def _compact_ahead() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d{6}(?!\d)|618(?!\d)")


def find_dates(view: str) -> list[DateExpr]:
    """Every calendar mention of a view, in order, not overlapping, unresolved."""
    found: list[DateExpr] = []
    end = 0
    for at in _places(view):
        if at < end:
            continue
        expr = _read(view, at)
        if expr is not None and not (expr.day_shift is not None and _is_brand(view, expr)):
            found.append(_finish(view, expr))
            end = found[-1].end
    return _with_english(view, found)


def _is_brand(view: str, expr: DateExpr) -> bool:
    """“明天见”: a word for a day that opens a short name in quotes."""
    close = view.find("”", expr.end, expr.end + _BRAND)
    return view[expr.start - 1 : expr.start] == "“" and expr.end < close and view[expr.end : close].isalpha()


def _with_english(view: str, found: list[DateExpr]) -> list[DateExpr]:
    """The Chinese dates with the English ones between them; Q3之后 and Q1到Q3 go on in Chinese."""
    taken = iter([*found, DateExpr(len(view) + 1, len(view) + 1)])
    block = next(taken)
    end = 0
    for expr in find_english(view):
        while block.end <= expr.start:
            block = next(taken)
        if block.start < expr.end or expr.start < end:
            continue
        after = view[expr.end : expr.end + 1]
        if expr.to is None and not expr.open and after and (expr.part[:1] in ("Q", "H") or after > "\u2e7f"):
            longer = _finish(view, expr)
            expr = longer if longer.end <= block.start else expr
        found.append(expr)
        end = expr.end
    return sorted(found, key=lambda e: e.start)


def _read(view: str, at: int, *, is_second: bool = False) -> DateExpr | None:
    """The date that begins at `at`, or None where the place only looks like one; `is_second` at the second end of a range."""
    char = view[at]
    if char in "QqHh":
        period = read_period(view, at)  # the second end of Q1-Q3
        return DateExpr(at, period[0], part=period[1]) if period else None
    if char.isascii():
        if not is_second and at and (view[at - 1].isdigit() or view[at - 1] == "."):
            return None
        return read_digits(view, at, is_second=is_second)
    if char in _LUNAR and view[at - 1 : at] not in tuple(_NUMERALS):
        lunar = read_lunar(view, at)
        if lunar is not None:
            return lunar
    if char in _NUMERALS:
        return read_numeral(view, at)
    if is_claimed(view, at):
        return None
    word = read_word(view, at)
    if word is None:
        return read_week(view, at) or read_named(view, at)
    if word.to is not None:
        return word
    if word.year_shift is not None or word.year_ref is not None:
        return within_year(view, word)
    return within_month(view, word) if word.month_shift is not None or word.month_ref is not None else word


def _finish(view: str, expr: DateExpr) -> DateExpr:
    """What stands behind a date: time of day, weekday, the end of a range, 前后, 以来 and 之前."""
    if is_day(expr):
        expr = with_day_marks(view, expr)
    expr = _quarter_end(view, expr)
    if expr.to is None:
        expr = with_end(view, expr, _second)
    return with_opening(view, expr)


def _quarter_end(view: str, expr: DateExpr) -> DateExpr:
    """二季度末: its last month, or thereabouts."""
    if expr.part[:1] != "Q" or not view.startswith(_QUARTER_ENDS, expr.end) or view.startswith(("末端", "底层"), expr.end):
        return expr
    return replace(expr, end=expr.end + 1, part="", month=int(expr.part[1]) * 3, approximate=True)


def _second(view: str, at: int) -> DateExpr | None:
    return _read(view, at, is_second=True)
