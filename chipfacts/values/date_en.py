"""English calendar mentions → unresolved dates: March 10, 2025; early 2024; Q3 2023; first half of next year; last August; Monday."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_part import DateExpr

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19|20)\d\d"
_WHEN = rf"(?:{_YEAR}|this year|next year|last year|the year|{_MONTH}(?: {_YEAR})?|this month|next month|last month)"
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_SEASON = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}


@cache
def _scan() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<mdy>(?P<mon>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<y>{_YEAR}))?(?![\d,]\d|%|nm))"
        rf"|(?P<dmy>(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<mon2>{_MONTH})(?:,? (?P<y2>{_YEAR}))?)"
        rf"|(?P<my>(?P<mon3>{_MONTH}),? (?P<y3>{_YEAR}))"
        rf"|(?P<near>(?i:(?P<early>early|mid|late|end of|the end of|end-|beginning of|start of|middle of))[ -](?P<when>{_WHEN}))"
        rf"|(?P<q>Q(?P<qn>[1-4])(?: (?:of )?(?P<qy>{_YEAR}|this year|next year|last year))?\b)"
        rf"|(?P<qo>(?i:(?P<ord>first|second|third|fourth|final)[ -]quarter)(?: (?:of )?(?P<qoy>{_YEAR}|this year|next year|last year))?)"
        rf"|(?P<h>(?:(?i:(?P<ho>first|second|1st|2nd)) half|H(?P<hn>[12]))(?: (?:of )?(?P<hy>{_YEAR}|this year|next year|last year|the year))?)"
        rf"|(?P<rel>(?i:(?P<rw>last|next|this|later this|earlier this|past)) (?P<ru>year|month|week|quarter|{_MONTH}|{_DAY}|spring|summer|fall|autumn|winter))\b"
        rf"|(?P<season>(?i:spring|summer|autumn|fall|winter)(?: of)? (?P<sy>{_YEAR}))"
        rf"|(?P<ante>(?i:the following year|the next year|the same year|that year|a year later|the year after|the previous year|the year before))"
        rf"|(?P<word>(?i:today|yesterday|tomorrow))\b"
        rf"|(?P<wd>{_DAY})\b"
        rf"|(?P<range>(?i:from|between) (?P<ra>{_YEAR}) (?:to|and|through|until) (?P<rb>{_YEAR}))"
        rf"|(?P<prep>(?i:in|since|by|until|from|of|during|through|before|after|for|late|as of|back in|fiscal|year|to|and|than|around|circa|FY)) ?(?P<py>{_YEAR})(?![\d%]|[.,]\d| ?(?:million|billion|nm|units|chips|people|engineers|employees|gpus|-bit))"
        rf"|(?P<pm>(?i:in|by|since|until|from|of|during|for)) (?P<pmon>{_MONTH})(?! \d)\b(?! \d)"
        rf"|(?P<fy>FY ?(?P<fyn>(?:20)?\d\d))\b)"
    )


def find_english(view: str) -> list[DateExpr]:
    """Every English calendar mention of a view, unresolved."""
    found: list[DateExpr] = []
    for match in _scan().finditer(view):
        expr = _read(match)
        if expr is not None:
            found.append(expr)
    return found


def _month(text: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def _with_year(expr: DateExpr, text: str | None) -> DateExpr:
    """A year or this/next/last year on an expression."""
    if text is None:
        return expr
    if text.isdigit():
        return replace(expr, year=int(text))
    return replace(expr, year_shift={"this year": 0, "the year": 0, "next year": 1, "last year": -1}[text.lower()])


def _read(match: re.Match[str]) -> DateExpr | None:
    start, end = match.span()
    base = DateExpr(start, end)
    kind = next((k for k in ("mdy", "dmy", "my", "near", "q", "qo", "h", "rel", "season", "ante", "word", "wd", "range", "prep", "pm", "fy") if match[k] is not None), "")
    if kind in ("mdy", "dmy"):
        mark = "" if kind == "mdy" else "2"
        day = int(match["d" + mark])
        return _with_year(replace(base, month=_month(match["mon" + mark]), day=day), match["y" + mark]) if 1 <= day <= 31 else None
    if kind == "my":
        return replace(base, month=_month(match["mon3"]), year=int(match["y3"]))
    if kind == "near":
        return _near(base, match["early"].lower(), match["when"])
    if kind == "q":
        return _with_year(replace(base, part=f"Q{match['qn']}"), match["qy"])
    if kind == "qo":
        return _with_year(replace(base, part=f"Q{_ORDINAL[match['ord'].lower()]}"), match["qoy"])
    if kind == "h":
        number = match["hn"] or str(_ORDINAL[match["ho"].lower()])
        return _with_year(replace(base, part=f"H{number}"), match["hy"])
    if kind == "rel":
        return _relative(base, match["rw"].lower(), match["ru"])
    if kind == "season":
        return replace(base, part=f"S{_SEASON[match['season'].split()[0].lower()]}", year=int(match["sy"]))
    return _simple(base, kind, match)


def _simple(base: DateExpr, kind: str, match: re.Match[str]) -> DateExpr | None:
    if kind == "ante":
        text = match["ante"].lower()
        shift = -1 if "previous" in text or "before" in text else 0 if "same" in text or "that" in text else 1
        return replace(base, year_ref=shift)
    if kind == "word":
        return replace(base, day_shift={"today": 0, "yesterday": -1, "tomorrow": 1}[match["word"].lower()])
    if kind == "wd":
        return replace(base, weekday=_DAYS.index(match["wd"].lower()), week_shift=0, is_bare_weekday=True)
    if kind == "range":
        inner = replace(base, start=match.start("ra"))
        return replace(inner, year=int(match["ra"]), to=replace(inner, year=int(match["rb"])))
    if kind == "prep":
        opened = {"since": "after", "after": "after", "before": "before"}.get(match["prep"].lower(), "")
        return replace(base, start=match.start("py"), year=int(match["py"]), open=opened, is_fiscal=match["prep"].lower() in ("fiscal", "fy"))
    if kind == "pm":
        return replace(base, start=match.start("pmon"), month=_month(match["pmon"]))
    year = int(match["fyn"])
    return replace(base, year=year if year > 99 else 2000 + year, is_fiscal=True)


def _near(base: DateExpr, word: str, when: str) -> DateExpr:
    part = "early" if word.startswith(("early", "beginning", "start")) else "mid" if word.startswith("mid") else "late"
    year = re.search(_YEAR, when)
    month = re.match(_MONTH, when)
    if month:
        part = {"early": "first", "mid": "second", "late": "third"}[part]
        if "end" in word:
            part = "end"
        expr = replace(base, month=_month(month[0]), part=part)
        return replace(expr, year=int(year[0])) if year else expr
    if "month" in when:
        shift = {"this": 0, "next": 1, "last": -1}[when.split()[0].lower()]
        return replace(base, month_shift=shift, part={"early": "first", "mid": "second", "late": "end"}[part])
    return _with_year(replace(base, part=part), year[0] if year else when)


def _relative(base: DateExpr, word: str, unit: str) -> DateExpr | None:
    shift = {"last": -1, "past": -1, "next": 1}.get(word, 0)
    lowered = unit.lower()
    if word == "past":
        return None  # over the past year is a span of time
    if lowered == "year":
        return replace(base, year_shift=shift)
    if lowered == "month":
        return replace(base, month_shift=shift)
    if lowered == "week":
        return replace(base, week_shift=shift)
    if lowered == "quarter":
        return replace(base, quarter_shift=shift)
    if lowered in _SEASON:
        return replace(base, part=f"S{_SEASON[lowered]}", year_shift=shift)
    if lowered in _DAYS:
        return replace(base, weekday=_DAYS.index(lowered), week_shift=0 if shift == -1 else shift, is_bare_weekday=shift == -1)
    return replace(base, month=_month(unit), is_last_month=shift == -1, year_shift=None if shift == -1 else max(shift, 0))
