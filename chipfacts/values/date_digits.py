"""What begins with an Arabic digit → unresolved dates: 2018/3/5, 2021-09, 20180305, 9/11起, and by the character behind the digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chipfacts.values.date_day import is_slashed_day
from chipfacts.values.date_decade import read_decade
from chipfacts.values.date_month import checked, read_day, read_month, read_quarter
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_piece import TO, festival_at, match_at
from chipfacts.values.date_year import read_year

# A cue in front of digits that are a day only with one: 日期:20180305, 于12-25.
_SECOND = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d"  # the second day of a range
_DAY_CUE = re.compile(r"(?:日期|时间|于|在|至|到|自|从|截止|发布)[:为是]? ?$")


def read_digits(view: str, at: int, *, is_second: bool = False) -> DateExpr | None:
    """A date whose first character is an Arabic digit; `at` is not inside a number, or at the second end of a range (3/5-3/8)."""
    if not is_second and at and view[at - 1] in ".-/" and view[at - 2 : at - 1].isdigit():
        return None
    end = at
    while end < len(view) and view[end] in "0123456789":
        end += 1
    unit = view[end : end + 1]
    if unit == " ":
        unit = view[end + 1 : end + 2]
    festival = festival_at(view, at) if end - at == 3 else None
    if festival:
        return DateExpr(at, at + len(festival), festival=festival)
    for reader in _READERS.get(unit, (_read_full, read_year, read_month)):
        expr = reader(view, at)
        if expr is not None:
            return expr
    return None


def _read_full(view: str, at: int) -> DateExpr | None:
    """2018.3.5, 2018/3/5, 114/03/04, 2021-09, 20180305 and 12-25 beside a cue, 9/11起, 2018 03 05, 2018-03-05-11:20."""
    if view.startswith(("19", "20"), at):
        full = _read_four(view, at)
        if full:
            return full[0]
    american = match_at(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?![\d/])", view, at)
    if american:
        first, second = int(american[1]), int(american[2])
        first, second = (second, first) if first > 12 else (first, second)
        return checked(DateExpr(at, american.end(), year=int(american[3]), month=first, day=second))
    compact = match_at(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)|(\d\d)-(\d\d)(?![\d\-])", view, at)
    if compact and ((compact[1] and compact[0] == view.strip()) or _DAY_CUE.search(view, max(at - 4, 0), at)):
        said = int(compact[1]) if compact[1] else None
        return checked(DateExpr(at, compact.end(), year=said, month=int(compact[2] or compact[4]), day=int(compact[3] or compact[5])))
    republic = match_at(r"(9\d|1[0-3]\d)/(\d{1,2})/(\d{1,2})(?![\d/.%])", view, at)
    if republic:  # 114/03/04, as Taiwan's announcements write it
        return checked(DateExpr(at, republic.end(), year=int(republic[1]) + 1911, month=int(republic[2]), day=int(republic[3])))
    if "/" not in view[at + 1 : at + 3]:
        return None
    slashes = match_at(r"(\d{1,2})/(\d{1,2}) ?(?:-|~|—|至|到) ?(?:(\d{1,2})/)?(\d{1,2})(?![\d/.%])", view, at)
    if slashes:
        return _read_slashes(slashes, is_cued=_DAY_CUE.search(view, max(at - 4, 0), at) is not None)
    slash = match_at(r"(\d{1,2})/(\d{1,2})(?![\d/%])", view, at)
    if slash and is_slashed_day(view, slash):
        return checked(DateExpr(at, slash.end(), month=int(slash[1]), day=int(slash[2])))
    return None


def _read_four(view: str, at: int) -> tuple[DateExpr | None] | None:
    """What a year of four digits opens, or that it opens no date (2024-13, 2.0); None where other readers may try."""
    span = _read_span(view, at)
    if span:
        return (span,)
    match = match_at(rf"((?:19|20)\d\d)([-/.])(\d{{1,2}})(?:\2(\d{{1,2}}))?(?![\d/]|-(?!{_SECOND}|\d\d:\d\d|\d\d?(?![\d/.:-])))", view, at)
    if match:
        month, day = int(match[3]), int(match[4] or 0)
        if not match[4] and (len(match[3]) < 2 or (match[2] == "." and not _opens_line(view, match))):
            return (None,)
        one = checked(DateExpr(at, match.end(), year=int(match[1]), month=month, day=day if match[4] else None))
        return (_with_last_day(view, one, match[2]) if one and one.day else one,)
    stamp = match_at(r"(20\d\d) (\d\d) (\d\d)(?! ?[\d.,%])", view, at) if view[at + 4 : at + 5] == " " else None
    if stamp and view[max(at - 2, 0) : at].strip(" \n") == "":
        return (checked(DateExpr(at, stamp.end(), year=int(stamp[1]), month=int(stamp[2]), day=int(stamp[3]))),)
    return None


def _with_last_day(view: str, first: DateExpr, dash: str) -> DateExpr:
    """2024/9/25-27, 2024-09-25~27: a later day of the same month."""
    until = match_at(rf" ?(?:{'' if dash == '-' else '-|'}~|至|到) ?(\d{{1,2}})(?![\d/.:\-年月])", view, first.end)
    last = checked(replace(first, day=int(until[1]))) if until else None
    if until is None or last is None or (last.day or 0) <= (first.day or 0):
        return first
    return replace(first, end=until.end(), to=replace(last, end=until.end()))


def _read_slashes(match: re.Match[str], *, is_cued: bool) -> DateExpr | None:
    """9/25-9/27, 9/25~27, 时间:11/6-11/10: days that no fraction has or a cue is in front of, in order."""
    first = checked(DateExpr(match.start(), match.end(), month=int(match[1]), day=int(match[2])))
    last = checked(DateExpr(match.start(), match.end(), month=int(match[3] or match[1]), day=int(match[4])))
    if first is None or last is None or (max(first.day or 0, last.day or 0) <= 12 and not is_cued):
        return None
    is_later = (first.month or 0, first.day or 0) < (last.month or 0, last.day or 0)
    return replace(first, to=last) if is_later else None


def _opens_line(view: str, match: re.Match[str]) -> bool:
    """2023.07 at the head of a line of its own or of a chronicle, or as a form's entry; a price, a version or a size stands elsewhere."""
    if len(match[3]) == 2 and view.startswith(("时间:", "日期:", "年月:"), match.start() - 3):
        return True
    is_first = match.start() == 0 or view[match.start() - 1] == "\n"
    return is_first and len(match[3]) == 2 and view[match.end() : match.end() + 1] in ("", "\n", " ", ":", ",")


def _read_span(view: str, at: int) -> DateExpr | None:
    """20200501-20200505, 2020.05-2021.07: pairs that are plain only as pairs."""
    days = match_at(rf"((?:19|20)\d\d)(\d\d)(\d\d){TO}((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", view, at)
    months = None if days else match_at(rf"((?:19|20)\d\d)\.(\d{{1,2}}){TO}((?:19|20)\d\d)\.(\d{{1,2}})(?![\d.%])", view, at)
    match = days or months
    if match is None:
        return None
    half = 3 if days else 2
    numbers = [int(text) for text in match.groups()]
    first, last = (
        checked(DateExpr(at, match.end(), year=side[0], month=side[1], day=side[2] if days else None))
        for side in (numbers[:half], numbers[half:])
    )
    return replace(first, to=last) if first and last and numbers[:half] < numbers[half:] else None


# The character behind the digits → who reads them.
_READERS: dict[str, tuple[Callable[[str, int], DateExpr | None], ...]] = {
    "年": (read_year, read_decade), "月": (read_month,), "日": (read_day,), "号": (read_day,), "季": (read_quarter,),
    "、": (read_year, read_decade, read_month, read_day, read_quarter), "世": (read_decade,), "Q": (read_year,), "H": (read_year,),
}  # fmt: skip
