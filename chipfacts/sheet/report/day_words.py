"""An EDTF date as people write it: 2024-34 → 2024 Q2, 2023-11~/2023-12~ → ≈ 2023-11 – 2023-12, ../2019 → … – 2019."""

from __future__ import annotations

import re
from typing import NamedTuple

_SEASONS = {"21": ("spring", "春"), "22": ("summer", "夏"), "23": ("autumn", "秋"), "24": ("winter", "冬")}
_PARTS = {"33": "Q1", "34": "Q2", "35": "Q3", "36": "Q4", "40": "H1", "41": "H2"}
_SUBYEAR = re.compile(r"([0-9X]{4})-(2[1-4]|3[3-6]|4[01])")


class DayWords(NamedTuple):
    """One date in both languages."""

    en: str
    zh: str


def day_words(edtf: str) -> DayWords:
    """The date; what is no EDTF is given back as it is."""
    sides = edtf.split("/")
    mark = "≈ " if any(side.endswith("~") for side in sides) else ""
    both = [_side(side.rstrip("~")) for side in sides]
    return DayWords(mark + " – ".join(side.en for side in both), mark + " – ".join(side.zh for side in both))


def _side(side: str) -> DayWords:
    if side in ("", ".."):
        return DayWords("…", "…")
    match = _SUBYEAR.fullmatch(side)
    if match is None:
        return DayWords(side, side)
    year, code = match.groups()
    if code in _PARTS:
        return DayWords(f"{year} {_PARTS[code]}", f"{year} {_PARTS[code]}")
    en, zh = _SEASONS[code]
    return DayWords(f"{year} {en}", f"{year}{zh}")
