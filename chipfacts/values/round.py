"""Financing rounds named in the folded view → RoundMatch in the contract's spelling (A+, pre-A, seed, pre-IPO), one per round.

A letter counts only beside a round word (A轮, Series A, B+融资, A、B两轮): A股, A货 and B站 are none. 首轮, 本轮 and 新一轮 name no round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chipfacts.values.scan import find_at


@dataclass(frozen=True, slots=True)
class RoundMatch:
    """A round at [start, end) and its canonical name."""

    start: int
    end: int
    round: str


_LETTER = r"(?i:pre[- ]?)?[A-K](?:-?\d(?!\d)(?:-\d(?!\d))?(?:\+(?![A-K]\d))?|\+{1,4}(?![A-K]\d|[本该此]轮))?(?![A-Za-z0-9])"
_NAMED = {"种子": "seed", "天使": "angel", "战略": "strategic", "preipo": "pre-IPO", "preseed": "pre-seed", "preangel": "pre-angel"}


def find_rounds(view: str) -> list[RoundMatch]:
    """Every named round in the view, left to right; each member of a list (A+轮和B轮, A1、A2轮, A/B轮) is one match."""
    found: list[RoundMatch] = []
    for hit in find_at(_starts(), _scan(), view):
        found.extend(_read(view, hit))
    return found


def _read(view: str, hit: re.Match[str]) -> Iterator[RoundMatch]:
    if hit["letters"]:
        members = list(_member().finditer(view, hit.start("letters"), hit.end("letters")))
        for member in members:
            end = hit.end() if member is members[-1] else member.end()
            end += view.startswith("轮", end)
            is_before = view.startswith(("前融资", "前轮"), end)  # A轮前融资
            name = ("pre-" if is_before and member[0][0] in "ABCDEFGHIJK" else "") + _canonical(member[0])
            yield RoundMatch(member.start(), end + is_before, name)
    elif hit["series"]:
        letters = list(_series_member().finditer(view, hit.start("series"), hit.end("series")))
        is_pre = bool(hit["pre"])
        for member in letters:
            start = hit.start() if member is letters[0] else member.start()
            end = hit.end() if member is letters[-1] else member.end()
            yield RoundMatch(start, end, ("pre-" if is_pre else "") + _canonical(member[0]))
    elif hit["listing"]:
        yield RoundMatch(hit.start(), hit.end(), "pre-IPO")
    else:
        yield RoundMatch(hit.start(), hit.end(), _named(hit))


def _canonical(text: str) -> str:
    """pre-B, A+, A1, B1 (from B-1): as printed apart from spelling."""
    letter = re.sub(r"(?i)^pre[- ]?", "", text)
    letter = letter.replace("-", "").replace(" ", "")
    letter = letter[0].upper() + letter[1:]
    return f"pre-{letter}" if text[:3].lower() == "pre" else letter


def _named(hit: re.Match[str]) -> str:
    if hit["english"] and re.fullmatch(r"(?i:pre)-?[A-Ha-h]\+{0,2}", hit["english"]):
        return _canonical(hit["english"])  # a pre-A round
    word = re.sub(r"[- ]", "", hit["named"] or hit["strategic"] or hit["english"]).lower()
    word = re.sub(r"(?:round|funding|financing|investment|money|capital)$", "", word)
    plus = word.count("+")
    word = word.rstrip("+")
    if word.endswith("前"):
        word = "pre" + word[:-1]  # 种子前轮
    base = (
        _NAMED.get(word) or {"pre种子": "pre-seed", "pre天使": "pre-angel", "预种子": "pre-seed", "预天使": "pre-angel"}.get(word) or word
    )
    return base + "+" * plus


@cache
def _starts() -> re.Pattern[str]:
    """First characters of `_scan`: a single letter, IPO, the words that name a round. (ſ is an s where case is ignored.)"""
    return re.compile(
        r"[A-KPpRrSsſa预种天战上](?:(?<=[A-K])(?![A-Za-z])|(?<=I)(?=PO前)|(?<=[Pp])(?=[Rr])|(?<=[Ssſ])(?=[EeTt])|(?<=[Aa])(?=[Nn])"
        r"|(?<=[预种天战上])(?=[种天子使略市])|(?<=[Rr])(?=ound [A-H]))"
    )


@cache
def _scan() -> re.Pattern[str]:
    joint = r"(?: ?(?:[、,/&]|\+(?=[A-K]\d)|和|及|与|以及|到|至|-|~) ?)"
    letters = rf"(?P<letters>(?<![A-Za-z0-9.+])(?:{_LETTER}(?: ?[轮]?(?:次)?){joint}){{0,8}}{_LETTER})"
    # behind a letter: a round word, or a financing word at once (完成B+融资)
    close = (
        r" ?(?:[两三四五]?(?:个)?轮(?!船|胎|换|廓|回|流|动|毂|椅|岗|班|值|次融?资?料)(?:次)?"
        r"|(?=(?:新一轮)?(?:股权)?(?:融资|投资方|投融资)))"
    )
    series = (
        r"(?P<pre>(?i:pre[- ]?))?(?<![A-Za-z])(?:(?i:series)|[Rr]ound(?= [A-H]\b))"
        r"[ -](?P<series>[A-K](?:[- ]?\d(?!\d)|\+{1,3})?(?![A-Za-z0-9])"
        r"(?:(?:, | and | & |/|, and )[A-K](?:-?\d(?!\d)|\+{1,3})?(?![A-Za-z0-9])(?! (?:and|&))){0,8})"
    )
    named = (
        r"(?P<named>(?i:pre[- ]?|预)?(?:种子|天使)(?:\+{0,3}|前(?=轮)))"
        r"(?:轮|(?=资金|融资|投资(?!人|者|机构|方|俱乐部|联盟|协会|会)|期融资))"
        r"|(?P<strategic>(?<![A-Za-z+\d使子]轮)战略)(?:轮|融资|投资(?![者人方部业总机管决组组型]|委员|合作|[与及和](?:战略|全面|深度)?合作|基金|策略|规划)|入股)"
    )
    english = (
        r"(?P<english>(?<![A-Za-z])(?i:pre[- ]?IPO(?=轮| ?融资| round| funding| financing)"
        r"|pre-?[a-h]\+{0,2}(?= (?:funding |financing )?round)"
        r"|(?:pre-?)?(?:seed|angel)(?:\+|[ -]plus)?[ -](?:round|funding|financing|investment|money|capital)(?![a-z])"
        r"|(?:pre[- ]?)?(?:seed|angel)\+{0,3}(?=轮)"
        r"|strategic (?:round|financing|funding)|pre-seed(?![a-z])|(?<=[MBKN] )seed(?![a-z-]| stage)))轮?"
        "|(?P<listing>上市前|IPO前)(?=轮|融资)"
    )
    return re.compile(f"{letters}{close}|{series}|{named}|{english}")


@cache
def _member() -> re.Pattern[str]:
    return re.compile(_LETTER)


@cache
def _series_member() -> re.Pattern[str]:
    return re.compile(r"[A-K](?:[- ]?\d|\+{1,3})?(?![A-Za-z])")
