"""EDTF (ISO 8601-2) as the contract uses it → first and last day. Pure; unknown digits (`X`) have no days, but decades and centuries do."""

from __future__ import annotations

import re
from calendar import monthrange

# Sub-year codes of EDTF level 2 → first and last month. A season of winter runs into the next year.
_SUBYEAR: dict[int, tuple[int, int]] = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")
_ROUND = re.compile(r"([0-9]{3}X|[0-9]{2}XX)[~?%]?")
_UNKNOWN = re.compile(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?")


def is_edtf(text: str) -> bool:
    """True for every form this module reads, with or without unknown digits."""
    sides = text.split("/")
    return len(sides) <= 2 and sides not in ([""], [
        ".."]) and all(side in ("", "..") or _UNKNOWN.fullmatch(side) is not None for side in sides)


def days_of(edtf: str) -> tuple[str | None, str | None]:
    """(first day, last day) of an EDTF date or interval as ISO days; None on an open side, and on both where digits are unknown."""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return days_of(first)[0] if first not in ("", "..") else None, days_of(last)[1] if last not in ("", "..") else None
    if _ROUND.fullmatch(edtf):
        plain = edtf.rstrip("~?%")
        return f"{plain.replace('X', '0')}-01-01", f"{plain.replace('X', '9')}-12-31"
    match = _PLAIN.fullmatch(edtf)
    if match is None or match[1] == "0000":
        return None, None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[3]:
        return (edtf[:10], edtf[:10]) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else (None, None)
    if month in _SUBYEAR:
        return _months(year, *_SUBYEAR[month])
    if match[2]:
        return _months(year, month, month) if 1 <= month <= 12 else (None, None)
    return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[str, str]:
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return f"{year:04}-{first:02}-01", f"{end_year:04}-{end_month:02}-{monthrange(end_year, end_month)[1]:02}"
