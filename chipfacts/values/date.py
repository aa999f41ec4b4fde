"""Calendar mentions in a folded view → unresolved dates. Parsing only: which year 去年 is, `extract/anchor` decides.

Not matched: durations (7个月, 三年内), ages, counts, 近日, 此后, 三个月前, years behind a name (COMPUTEX 2024), model numbers, stock codes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_en import find_english
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import read_period, within_month, within_year
from chipfacts.values.date_word import WORDS, is_claimed, read_week, read_word
from chipfacts.values.date_zh import read_digits, read_named, read_numeral
from chipfacts.values.festival import FESTIVALS

_NUMERALS = "〇零○一二三四五六七八九十两廿"
# First character → what may follow it, beside the words and festivals.
_STARTS = {
    **dict.fromkeys(_NUMERALS, "〇零○一二三四五六七八九十千月季世号日年"),
    "上": "上下周星礼一个半世季(", "下": "下周星礼一个半季(", "本": "周星礼世季(", "这": "个一周星礼", "当": "周",
    "周": "一二三四五六日天末", "星": "期", "礼": "拜", "第": "一二三四1234", "前": "一二两三四五六七八九十半123456789(",
    "首": "季个一二两三四五六七八九十123456789", "头": "三两半", "末": "季", "后": "半", "年": "初中底末终关", "月": "初中底末",
    "岁": "末", "春": "季天", "夏": "季天", "秋": "季天", "冬": "季天", "今": "春夏秋冬(0123456789明", "去": "春夏秋冬(今",
    "明": "春夏秋冬(后", "昨": "春夏秋冬(今", "来": "春夏秋冬", "民": "国", "元": "月",
}
# What stands behind a date and opens it; the characters that make it part of the next word (起诉, 后市, 前往).
_AFTER = "以来|至今|迄今|之后|以后|往后|开始|以降|来|后|起"
_BEFORE = "之前|以前|前"
_NEXT_WORD = {
    "后": frozenset("续来者台端市期半天勤备盾劲果方悔摩疫继"), "起": frozenset("诉草飞步源家点码名义到用跌价底航死重诸伏跑止"),
    "前": frozenset("三五景沿提端往后十几一二两四六七八九年海者夕瞻任身述0123456789"),
}  # fmt: skip


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
    return re.compile(r"[0-9]+(?=[-年月日号季QH/.~—至到世]| [年月日号季~-]|财|0年代|上半年|下半年|前三季|第?[一二三四]季|[春夏秋冬]季"
        r"|、\d{1,2}月|[、和及与](?:19|20)\d\d年|全年|将|登场|量产|推出|上市|问世|发布|发表|出货|投产|放量|挂牌|亮相|开始|起)")


@cache
def _compact_ahead() -> re.Pattern[str]:
    return re.compile(r"(?:19|20)\d{6}(?!\d)|618(?!\d)")


@cache
def _tail() -> re.Pattern[str]:
    """Time of day behind a day."""
    return re.compile(r" ?(?:早间|凌晨|上午|中午|下午|傍晚|晚间|晚上|晚|夜间|当天|当日|清晨|早上|深夜)")


@cache
def _bracket() -> re.Pattern[str]:
    return re.compile(r" ?\((?:(?:(\d{1,2})月)?(\d{1,2})[日号]|(?:星期|周|礼拜)[一二三四五六日天])\)")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"(前后|左右|上下(?!文)|许)|({_AFTER})|({_BEFORE})")


@cache
def _until() -> re.Pattern[str]:
    """Between the two ends of a range."""
    return re.compile(r" ?(?:--?|~|—{1,2}|至|到|直到|直至) ?")


def find_dates(view: str) -> list[DateExpr]:
    """Every calendar mention of a view, in order, not overlapping, unresolved."""
    found: list[DateExpr] = []
    end = 0
    for at in _places(view):
        if at < end:
            continue
        expr = _read(view, at)
        if expr is not None:
            found.append(_finish(view, expr))
            end = found[-1].end
    taken = iter([*found, DateExpr(len(view) + 1, len(view) + 1)])
    block = next(taken)
    for expr in find_english(view):
        while block.end <= expr.start:
            block = next(taken)
        if block.start >= expr.end:
            found.append(expr)
    return sorted(found, key=lambda e: e.start)


def _read(view: str, at: int) -> DateExpr | None:
    """The date that begins at `at`, or None where the place only looks like one."""
    char = view[at]
    if char in "QqHh":
        period = read_period(view, at)  # the second end of Q1-Q3
        return DateExpr(at, period[0], part=period[1]) if period else None
    if char.isascii():
        return None if at and (view[at - 1].isdigit() or view[at - 1] == ".") else read_digits(view, at)
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
    """What stands behind a date: time of day, the end of a range, 前后, 以来 and 之前."""
    if expr.to is None:
        expr = _with_end(view, expr)
    if expr.day is not None or expr.day_shift is not None or expr.day_ref is not None or expr.weekday is not None:
        tail = _tail().match(view, expr.end)
        expr = _with_bracket(view, replace(expr, end=tail.end()) if tail else expr)
    match = _opening().match(view, expr.end)
    if match is None or not _opens(view, match):
        is_about = view[expr.start - 1 : expr.start] == "约" and view[max(expr.start - 2, 0) : expr.start - 1] not in tuple(
            "预签合条续特履违")
        return replace(expr, approximate=True) if is_about and expr.to is None and expr.day is None else expr
    if match[1]:
        return replace(expr, end=match.end(), approximate=True)
    if match[3] and expr.part in ("end", "late", "begin", "early"):
        return replace(expr, end=match.end())  # by the end of June: the end itself is meant
    return replace(expr, end=match.end(), open="after" if match[2] else "before")


def _opens(view: str, match: re.Match[str]) -> bool:
    """True where the opening word is not the beginning of another: 2019年起诉, 4月后市, 2024年来自."""
    after = view[match.end() : match.end() + 1]
    if match[0] == "来":
        return after == "" or after in ",。、;的"
    return after not in _NEXT_WORD.get(match[0], ())


def _with_bracket(view: str, expr: DateExpr) -> DateExpr:
    """今天(8日), 上周五(11月22日): what the brackets say settles the day; 11月27日(周三): a weekday there is the same day.

    With its month the day in the brackets is a mention of its own, so the span of the word ends before them.
    """
    match = _bracket().match(view, expr.end)
    if match is not None and match[2] is None:
        return replace(expr, end=match.end()) if expr.day is not None else expr
    if match is None or expr.day is not None or not 1 <= int(match[2]) <= 31 or int(match[1] or 1) > 12:
        return expr
    if match[1]:
        return replace(expr, month=int(match[1]), day=int(match[2]))
    return replace(expr, end=match.end(), day=int(match[2]))


def _with_end(view: str, expr: DateExpr) -> DateExpr:
    """3月5日至4月2日, 去年10月至今年2月, 周一到周五: the second end says as much as the first, or more."""
    between = _until().match(view, expr.end)
    if between is None or between.end() >= len(view):
        return expr
    last = _read(view, between.end())
    if last is None or last.to is not None or _grain(last) != _grain(expr) or _grain(expr) == "":
        return expr
    return replace(expr, end=last.end, to=last)


def _grain(expr: DateExpr) -> str:
    """How fine a date is, for the two ends of a range."""
    if expr.day_shift is not None or expr.day_ref is not None or (expr.month is not None and expr.day is not None):
        return "day"
    if expr.week_shift is not None:
        return "week" if expr.weekday is None else "weekday"
    if expr.month is not None:
        return "month" if not expr.part else "third"
    if expr.part[:1] == "Q":
        return "quarter"
    if expr.part in ("early", "mid", "late"):
        return "edge"
    if expr.part == "" and not expr.festival and expr.has_year:
        return "year"
    return ""
