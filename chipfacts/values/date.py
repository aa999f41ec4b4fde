"""Calendar mentions in a folded view → unresolved dates. Parsing only: which year 去年 is, `extract/anchor` decides.

Not matched: durations (7个月, 三年内), ages, counts, 近日, 此后, 三个月前, years behind a name (COMPUTEX 2024), model numbers, stock codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from chipfacts.values.date_en import find_english
from chipfacts.values.date_part import DateExpr
from chipfacts.values.festival import FESTIVALS

_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "0": 0}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_WEEK = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_RELATIVE_YEAR = {
    "今年度": 0, "今年": 0, "本年度": 0, "本年": 0, "去年度": -1, "去年": -1, "上年度": -1, "上年": -1, "上一年度": -1, "前年": -2, "大前年": -3, "明年度": 1, "明年": 1, "来年": 1,
    "后年": 2, "大后年": 3, "全年": 0, "年内": 0, "今": 0, "去": -1,
}
_ANTECEDENT_YEAR = {"同年": 0, "当年": 0, "次年": 1, "翌年": 1, "第二年": 1, "隔年": 1, "前一年": -1, "上一年": -1, "后一年": 1, "下一年": 1, "那一年": 0, "这一年": 0, "那年": 0}
_RELATIVE_MONTH = {"本月": 0, "这个月": 0, "这月": 0, "上个月": -1, "上月": -1, "下个月": 1, "下月": 1, "上上个月": -2, "下下个月": 2, "当月": None, "同月": None, "次月": 1, "翌月": 1}
_RELATIVE_DAY = {
    "今天": 0, "今日": 0, "今早": 0, "今晨": 0, "今晚": 0, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "昨早": -1, "前天": -2, "前日": -2, "前晚": -2, "大前天": -3, "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "明晨": 1,
    "后天": 2, "后日": 2, "大后天": 3,
}
_ANTECEDENT_DAY = {"当日": 0, "当天": 0, "同日": 0, "同一天": 0, "次日": 1, "翌日": 1, "隔天": 1, "隔日": 1, "第二天": 1, "前一日": -1, "前一天": -1, "当晚": 0}
_PERIODS = {"上半年": "H1", "下半年": "H2", "前半年": "H1", "后半年": "H2"}
_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}


# What may follow a year that stands without 年 in a headline: 2025量產.
_BARE_AHEAD = r"(?:上半年|下半年|前三季度|第?[一二三四]季|Q[1-4]|年底|全年|年?将|登场|量产|推出|上市|问世|发布|发表|出货|投产|放量|挂牌|亮相|开始|起)"


@cache
def _scan() -> re.Pattern[str]:
    """Where a Chinese or numeric date may begin."""
    words = sorted({*_RELATIVE_YEAR, *_ANTECEDENT_YEAR, *_RELATIVE_MONTH, *_RELATIVE_DAY, *_ANTECEDENT_DAY, *_PERIODS, *FESTIVALS} - {"今", "去"}, key=len, reverse=True)
    starts = [
        r"(?<![\d.])(?:19|20)\d\d(?= ?年|[财\-/.~至到—])", rf"(?<![\dA-Za-z.\- ])20\d\d(?={_BARE_AHEAD})", r"(?<![\d.])\d{2}(?=年(?:\d|上|下|Q|[一二三四]季|底|初|末))", r"(?<![\d.])(?:20)?\d{2} ?Q[1-4](?!\d)", r"[一二两][千〇零○九][〇零○一二三四五六七八九十]{1,4}年", r"民国", r"公元",
        r"(?<![\d.年月\-—~])\d{1,2}(?=[\-—~至到]{1,2}\d{1,2}月)", r"(?<![\d.年月])\d{1,2} ?月", r"(?<![一二三四五六七八九十第个])[一二三四五六七八九十]{1,3}月", r"(?<![\d.\-/])\d{1,2}[日号](?!线)", r"(?<![第一二三四五六七八九十])第?[一二三四]季", r"(?<![\d第.])第?[1-4]季", r"前[一二三四1-4]季", r"[首末本上下]个?季", r"[前首](?:\d{1,2}|[一二三四五六七八九十]{1,2})个?月", r"(?<![A-Za-z0-9])[Qq][1-4](?![\d.])", r"(?<![A-Za-z])[Hh][12](?![\dA-Za-z.])",
        r"(?:上上|下下|上|下|本|这|当)?(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]", r"(?:上上|下下|上|下|本|这|当)一?个?(?:周|星期|礼拜)", r"年[初中底末]", r"月[初中底末]", r"年初至今", r"[今去明]\(\d{1,2}\)日", r"今\d{1,2}日", r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/%])", r"上世纪", r"(?<!\d)\d0年代", r"[春夏秋冬][季天]", r"本世纪", r"腊月", r"[今去明昨](?=[春夏秋冬])",
    ]
    return re.compile("|".join([*map(re.escape, words), *starts]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    source = {
        "iso": r"((?:19|20)\d\d)([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d\-/])",
        "years": r"((?:19|20)\d\d)年?度? ?[-~至到—]+ ?((?:19|20)?\d\d)年?度?(?!\d)",
        "bare_year": rf"20\d\d(?={_BARE_AHEAD})",
        "year": r"((?:19|20)\d\d) ?(?:年度?|财年|财政年度)",
        "year2": r"(\d\d) ?(?:年)(?=\d|上|下|Q|[一二三四]季|底|初|末)",
        "yearq": r"((?:20)?\d\d) ?Q([1-4])",
        "yearz": r"([一二][〇零○九八][〇零○一二三四五六七八九]{2})年|两千(?:零|〇)?([一二三四五六七八九十]{1,3})年|([〇零○][一二三四五六七八九])年",
        "roc": r"民国(\d{1,3})年",
        "month": rf"[ 的]?({_N}) ?月份?",
        "day": rf"({_N}) ?[日号]",
        "bare_day": r"([12]?\d|3[01]|[一二]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![\d.月年%,万亿个家名款颗项])",
        "day_range": rf"[-~至到—、和及]+ ?({_N}) ?[日号]",
        "span_to": rf"[-~至到—]+ ?(?:({_N}) ?月)?({_N}) ?[日号]",
        "month_range": r"(\d{1,2})[\-—~至到]{1,2}(\d{1,2})月(?:份)?(?!\d)",
        "months_to": rf"[-~至到—]+ ?({_N}) ?月份?",
        "quarter": r"[ 的]?第?([一二三四1-4])季度?",
        "quarter_en": r"[ 的]?[Qq]([1-4])(?!\d)",
        "quarters": r"[ 的]?前([一二三四1-4])个?季度?",
        "named_quarter": r"[ 的]?(首|末)季度?",
        "first_months": r"[ 的]?[前首]([\d一二三四五六七八九十]{1,2})个?月",
        "half": r"[ 的]?(上半年|下半年|前半年|后半年)|[ 的]?[Hh]([12])(?!\d)",
        "part": r"[ 的]?年?(初|中|底|末|年初|年中|年底|年末)(?![期等国心])",
        "third": r"的?(上旬|中旬|下旬|初|底|末|中)(?![期国心])",
        "season": r"[ 的]?([春夏秋冬])[季天]?",
        "same": r"(同期|同季)",
        "week": r"(上上|下下|上|下|本|这|当)?一?个?(?:周|星期|礼拜)([一二三四五六日天末])?",
        "bracket_day": r"([今去明])\((\d{1,2})\)日|今(\d{1,2})日",
        "slash": r"(\d{1,2})/(\d{1,2})",
        "decade": r"(上世纪)?(\d|[二三四五六七八九])[0十]年代",
        "tail": r"(?: ?(?:早间|凌晨|上午|中午|下午|傍晚|晚间|晚上|晚|夜间|当天|当日))?",
        "after": r"(?:以来|起|至今|之后|以后|后|开始|迄今)(?![续来者台端])",
        "before": r"(?:之前|以前|前)(?![三五景沿提端往后十几一二四六年\d海者夕])",
        "about": r"(?:前后|左右|上下|许)(?!文)",
    }
    return {name: re.compile(text) for name, text in source.items()}


def find_dates(view: str) -> list[DateExpr]:
    """Every calendar mention of a view, in order, not overlapping, unresolved."""
    found: list[DateExpr] = []
    at = 0
    while (hit := _scan().search(view, at)) is not None:
        expr = _read(view, hit.start(), hit.group())
        if expr is None:
            at = hit.start() + 1
            continue
        found.append(expr)
        at = expr.end
    taken = [(e.start, e.end) for e in found]
    found += [e for e in find_english(view) if not any(e.start < b and a < e.end for a, b in taken)]
    return sorted(found, key=lambda e: e.start)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGIT[tens] if tens else 1) * 10 + (_DIGIT[ones] if ones else 0)
    value = 0
    for char in text:
        value = value * 10 + _DIGIT.get(char, 0)
    return value


def _match(name: str, view: str, at: int) -> re.Match[str] | None:
    return _patterns()[name].match(view, at)


def _read(view: str, at: int, word: str) -> DateExpr | None:
    """The date that begins at `at`, or None where the place only looks like one."""
    for reader in (_read_full, _read_year, _read_word, _read_month, _read_rest):
        expr = reader(view, at, word)
        if expr is not None:
            return _finish(view, expr)
    return None


def _finish(view: str, expr: DateExpr) -> DateExpr | None:
    """Time of day, 前后, 以来 and 之前 behind a date."""
    if expr.end < len(view) and expr.day is not None:
        expr = replace(expr, end=_match("tail", view, expr.end).end())  # type: ignore[union-attr]
    for name in ("about", "after", "before"):
        match = _match(name, view, expr.end)
        if match is None:
            continue
        if name == "about":
            return replace(expr, end=match.end(), approximate=True)
        if name == "before" and expr.part in ("end", "late", "begin", "early"):
            return replace(expr, end=match.end())
        return replace(expr, end=match.end(), open=name)
    return expr


def _read_full(view: str, at: int, word: str) -> DateExpr | None:
    match = _match("iso", view, at)
    if match is None:
        years = _match("years", view, at)
        if years and (view[years.end() - 1] in "年度" or "年" in years[0]):
            last = int(years[2]) if len(years[2]) == 4 else int(years[1][:2] + years[2])
            if int(years[1]) < last <= int(years[1]) + 40:
                return DateExpr(at, years.end(), year=int(years[1]), to=DateExpr(at, years.end(), year=last))
        return None
    month, day = int(match[3]), int(match[4] or 0)
    if not 1 <= month <= 12 or day > 31 or (not day and (match[2] != "-" or len(match[3]) < 2)):
        return None
    return DateExpr(at, match.end(), year=int(match[1]), month=month, day=day or None)


def _read_year(view: str, at: int, word: str) -> DateExpr | None:
    """An absolute year and what hangs on it."""
    bare = _match("bare_year", view, at)
    if bare:
        return _within_year(view, DateExpr(at, bare.end(), year=int(bare[0])))
    quarter = _match("yearq", view, at)
    if quarter:
        return DateExpr(at, quarter.end(), year=_four(quarter[1]), part=f"Q{quarter[2]}")
    for name in ("year", "year2", "yearz", "roc"):
        match = _match(name, view, at)
        if match is None:
            continue
        year = _year_value(name, match)
        if view.startswith(("代", "级", "间"), match.end()) or (name == "year2" and at and view[at - 1] in "近约超第"):
            return None
        return _within_year(view, DateExpr(at, match.end(), year=year, is_fiscal="财" in match[0]))
    return None


def _year_value(name: str, match: re.Match[str]) -> int:
    if name == "year2":
        return _four(match[1])
    if name == "roc":
        return int(match[1]) + 1911
    if name == "yearz":
        if match[2]:
            return 2000 + _number(match[2])
        return 2000 + _number(match[3]) if match[3] else _number(match[1])
    return int(match[1])


def _four(text: str) -> int:
    return int(text) if len(text) == 4 else (1900 if int(text) >= 70 else 2000) + int(text)


def _within_year(view: str, expr: DateExpr) -> DateExpr:
    """What follows a year: quarter, half, months, season, festival, early or late."""
    end = expr.end
    for name in ("quarter", "quarter_en", "quarters", "named_quarter", "first_months", "half"):
        match = _match(name, view, end)
        if match:
            return replace(expr, end=match.end(), part=_period(name, match))
    month = _match("month", view, end)
    if month and 1 <= _number(month[1]) <= 12:
        return _within_month(view, replace(expr, end=month.end(), month=_number(month[1])))
    for festival in FESTIVALS:
        if view.startswith(festival, end) or view.startswith(festival, end + 1) and view[end : end + 1] == " ":
            start = view.index(festival, end)
            return replace(expr, end=start + len(festival), festival=festival)
    season = _match("season", view, end)
    if season and (season[0][-1] in "季天" or view[season.end() : season.end() + 1] in ("", ",", "。", "、")):
        return replace(expr, end=season.end(), part=f"S{_SEASONS[season[1]]}")
    part = _match("part", view, end)
    if part and not view.startswith("三", part.end()):
        return replace(expr, end=part.end(), part={"初": "early", "中": "mid", "底": "late", "末": "late"}[part[1][-1]])
    same = _match("same", view, end)
    if same:
        return replace(expr, end=same.end(), part="same")
    return expr


def _period(name: str, match: re.Match[str]) -> str:
    if name == "half":
        return _PERIODS[match[1]] if match[1] else f"H{match[2]}"
    if name == "named_quarter":
        return "Q1" if match[1] == "首" else "Q4"
    number = _number(match[1])
    if name == "quarters":
        return f"M{number * 3}"
    return f"M{number}" if name == "first_months" else f"Q{number}"


def _within_month(view: str, expr: DateExpr) -> DateExpr:
    """What follows a month: a day, days, another month, a third of it."""
    end = expr.end
    day = _match("day", view, end)
    if day and 1 <= _number(day[1]) <= 31:
        expr = replace(expr, end=day.end(), day=_number(day[1]))
        until = _match("span_to", view, expr.end)
        if until:
            last = replace(expr, month=_number(until[1]) if until[1] else expr.month, day=_number(until[2]))
            return replace(expr, end=until.end(), to=last)
        return expr
    several = re.compile(rf"({_N}) ?[-~至到—]+ ?({_N}) ?[日号]").match(view, end)
    if several:
        return replace(expr, end=several.end(), day=_number(several[1]), to=replace(expr, day=_number(several[2])))
    until = _match("months_to", view, end)
    if until and 1 <= _number(until[1]) <= 12:
        return replace(expr, end=until.end(), to=replace(expr, month=_number(until[1])))
    third = _match("third", view, end)
    if third:
        part = {"上旬": "first", "中旬": "second", "下旬": "third", "初": "begin", "底": "end", "末": "end", "中": "second"}[third[1]]
        return replace(expr, end=third.end(), part=part)
    bare = _match("bare_day", view, end)
    if bare and 1 <= _number(bare[1]) <= 31 and view[end - 1] == "月":
        return replace(expr, end=bare.end(), day=_number(bare[1]))
    return expr


def _read_word(view: str, at: int, word: str) -> DateExpr | None:
    """Words that stand for a year, month, week or day."""
    bracket = _match("bracket_day", view, at)
    if bracket:
        return DateExpr(at, bracket.end(), day_shift=0 if bracket[1] != "明" else 1)
    if view.startswith("年初至今", at):
        return DateExpr(at, at + 4, year_shift=0, part="early")
    if word == "后日" and view[at + 2 : at + 3] in tuple("股本系元经产币企厂"):
        return None
    if word == "今日" and view[at - 1 : at] in ("至", "迄"):
        return None
    for table, field in ((_RELATIVE_DAY, "day_shift"), (_ANTECEDENT_DAY, "day_ref")):
        if word in table:
            end = _match("tail", view, at + len(word)).end()  # type: ignore[union-attr]
            return DateExpr(at, end, day_shift=table[word] if field == "day_shift" else None, day_ref=table[word] if field == "day_ref" else None)
    if word in _RELATIVE_MONTH:
        shift = _RELATIVE_MONTH[word]
        is_ref = shift is None or word in ("次月", "翌月")
        expr = DateExpr(at, at + len(word), month_shift=None if is_ref else shift, month_ref=(shift or 0) if is_ref else None)
        return _within_month(view, expr)
    if word in _ANTECEDENT_YEAR:
        return _within_year(view, DateExpr(at, at + len(word), year_ref=_ANTECEDENT_YEAR[word]))
    if word in _RELATIVE_YEAR:
        if word in ("全年", "年内") and at and view[at - 1] in "0123456789一二三四五六七八九十两几数半多个":
            return None
        if word in ("今", "去"):
            return _within_year(view, DateExpr(at, at + 1, year_shift=_RELATIVE_YEAR[word]))
        return _within_year(view, DateExpr(at, at + len(word), year_shift=_RELATIVE_YEAR[word], is_report_year=word.startswith("上")))
    if word in ("明", "昨"):
        return _within_year(view, DateExpr(at, at + 1, year_shift=1 if word == "明" else -1))
    return _read_week(view, at)


def _read_week(view: str, at: int) -> DateExpr | None:
    match = _match("week", view, at)
    if match is None or (match[1] is None and match[2] is None):
        return None
    if match[2] is None and view[match.end() : match.end() + 1] in ("年", "期", "岁", "刊", "边", "转", "围"):
        return None
    if match[1] is None and match[2] == "末" and at and view[at - 1].isdigit():
        return None
    shift = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2, None: 0}[match[1]]
    day = _WEEK[match[2]] if match[2] else None
    return DateExpr(at, match.end(), week_shift=shift, weekday=day, is_bare_weekday=match[1] is None, part="weekend" if match[2] == "末" else "")


def _read_month(view: str, at: int, word: str) -> DateExpr | None:
    months = _match("month_range", view, at)
    if months and 1 <= int(months[1]) < int(months[2]) <= 12:
        first = DateExpr(at, months.end(), month=int(months[1]))
        return replace(first, to=replace(first, month=int(months[2])))
    match = _match("month", view, at)
    if match is None or match.start() != at or not 1 <= _number(match[1]) <= 12:
        return None
    if at and view[at - 1] in "个近第几数零百每" or view.startswith(("球", "牙", "票", "饼", "薪"), match.end()):
        return None
    return _within_month(view, DateExpr(at, match.end(), month=_number(match[1])))


def _read_rest(view: str, at: int, word: str) -> DateExpr | None:
    """Quarters, halves, days, parts of the year, festivals and slashed days that stand alone."""
    for name in ("quarter", "quarter_en", "quarters", "named_quarter", "first_months", "half"):
        match = _match(name, view, at)
        if match and match.start() == at and view[at] not in " 的":
            return DateExpr(at, match.end(), part=_period(name, match))
    day = _match("day", view, at)
    if day and 1 <= _number(day[1]) <= 31 and view[at].isdigit():
        if view.startswith(("线", "店", "楼", "机", "院", "电池", "公路", "文", "令"), day.end()) or (at and view[at - 1] in "第近前#"):
            return None
        until = re.compile(rf"[-~至到—]{{1,2}}({_N})[日号]").match(view, day.end())
        first = DateExpr(at, day.end(), day=int(day[1]))
        if until and int(day[1]) < _number(until[1]) <= 31:
            return replace(first, end=until.end(), to=replace(first, day=_number(until[1])))
        return first
    if view[at] == "年" and at + 1 < len(view) and view[at + 1] in "初中底末":
        if at and (view[at - 1].isdigit() or view[at - 1] in "一二三四五六七八九十几多半周") or view.startswith(("三", "一", "二", "四", "五", "级"), at + 2):
            return None
        return DateExpr(at, at + 2, part={"初": "early", "中": "mid", "底": "late", "末": "late"}[view[at + 1]])
    if view[at] == "月" and at + 1 < len(view) and view[at + 1] in "初中底末":
        if at and (view[at - 1].isdigit() or view[at - 1] in "一二三四五六七八九十个"):
            return None
        return DateExpr(at, at + 2, month_shift=0, part={"初": "begin", "中": "second", "底": "end", "末": "end"}[view[at + 1]])
    slash = _match("slash", view, at)
    if slash and 1 <= int(slash[1]) <= 12 and 1 <= int(slash[2]) <= 31 and _is_slashed_day(view, slash):
        return DateExpr(at, slash.end(), month=int(slash[1]), day=int(slash[2]))
    decade = _match("decade", view, at)
    if decade:
        century = 1900 if decade[1] or _number(decade[2]) >= 5 else 2000
        return DateExpr(at, decade.end(), year=century + _number(decade[2]) * 10, part="decade")
    season = _match("season", view, at)
    if season and view[at] in _SEASONS and not view.startswith(("行情", "款", "新品"), season.end()):
        return DateExpr(at, season.end(), part=f"S{_SEASONS[season[1]]}")
    if word in FESTIVALS:
        return DateExpr(at, at + len(word), festival=word)
    return None


def _is_slashed_day(view: str, slash: re.Match[str]) -> bool:
    """9/11起, 7/30發放: followed by Chinese that does not count or measure; 20/22nm, 1/4 and 24/7 are none."""
    after = view[slash.end() : slash.end() + 1]
    before = view[slash.start() - 1 : slash.start()]
    return after > "\u2e7f" and after not in "的,。、;)纳奈的个人" and (before == "" or before > "\u2e7f" or before == " ")
