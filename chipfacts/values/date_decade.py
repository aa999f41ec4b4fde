"""Decades and centuries → unresolved dates: 80年代, 上世纪七八十年代, 20世纪, 本世纪初, 20世纪上半叶."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import match_at, number

_DIGIT = "[二三四五六七八九]"
_TENS = rf"(?:(?P<from>[一{_DIGIT[1:-1]}])、?(?P<to>{_DIGIT})十年代|(?P<tens>[0-9一{_DIGIT[1:-1]}])[0十零〇]年代)"
_DECADE = (
    r"(?:(?P<century>\d\d|[一二]?十[一二三四五六七八九]?)世纪|(?P<last>上个?世纪)|(?P<this>本世纪))"
    rf"(?:{_TENS}|(?P<edge>[初末])|(?P<ten_years>[前头](?:十|10)年)|(?P<half>[上下])半叶|(?P<bare>(?=[的以之中前后,。、;)上]|$)))"
    r"|(?P<hundreds>1[89]|20)(?P<ten>\d)0年代"
)
_ALONE = rf"{_TENS}|(?P<listed>[2-9])0(?=、[3-9]0年代)"


def read_decade(view: str, at: int) -> DateExpr | None:
    """80年代, 1990年代, 20世纪90年代, 本世纪; 世纪初 is its first decade, 世纪末 its last."""
    match = match_at(_DECADE, view, at)
    if match is None:
        return _read_alone(view, at)
    base = DateExpr(at, match.end(), part="decade")
    if match["hundreds"]:
        return replace(base, year=int(match["hundreds"]) * 100 + int(match["ten"]) * 10)
    century = 1900 if match["last"] else 2000 if match["this"] else (number(match["century"]) - 1) * 100
    if not 1500 <= century <= 2000:
        return None
    if match["from"]:
        return _decades(base, century + number(match["from"]) * 10, century + number(match["to"]) * 10)
    if match["tens"]:
        return replace(base, year=century + number(match["tens"]) * 10)
    if match["edge"]:
        return replace(base, year=century + (0 if match["edge"] == "初" else 90), approximate=True)
    if match["ten_years"]:
        return replace(base, year=century)
    if match["half"]:
        first = replace(base, year=century + (0 if match["half"] == "上" else 50), part="")
        return replace(first, to=replace(first, year=(first.year or 0) + 49))
    return replace(base, year=century, part="century")


def _read_alone(view: str, at: int) -> DateExpr | None:
    """Decades that say no century: from the fifties on the last one's."""
    match = match_at(_ALONE, view, at)
    if match is None:
        return None
    base = DateExpr(at, match.end(), part="decade")
    if match["from"]:
        return _decades(base, _year(number(match["from"])), _year(number(match["to"])))
    tens = number(match["tens"] or match["listed"])
    return replace(base, year=_year(tens)) if tens >= 2 else None


def _year(tens: int) -> int:
    return (1900 if tens >= 5 else 2000) + tens * 10


def _decades(base: DateExpr, first: int, last: int) -> DateExpr | None:
    """七八十年代: decades that follow each other."""
    return replace(base, year=first, to=replace(base, year=last)) if last == first + 10 else None
