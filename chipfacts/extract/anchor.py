"""Which day a date means: relative words against the reference date, 同年 and 次年 against the antecedent, a missing year against what the text says.

An explicit year reaches to the end of its paragraph, a relative one within its sentence; neither from a forecast, a fiscal year or a comparison.
Where nothing decides, the unknown digits stay X and there are no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chipfacts.model import Span
from chipfacts.values.date_part import DateExpr
from chipfacts.values.edtf import days_of
from chipfacts.values.festival import festival_day

# Words of the value grammar of time: what lies ahead, what is over, and what makes a year no antecedent.
_FUTURE = re.compile(r"要到|要等|将|预计|计划|拟|有望|明年|目标|即将|届时|未来|预期|料|可望|推出|\bwill\b|\bexpect|\bplan|\bset to\b|\bshould\b|\bnext\b", re.IGNORECASE)
_PAST = re.compile(r"了|已|曾|完成|录得|同比|环比|年增|年减|营收|净利|报告|公布|当时|此前|创下|截至|售出|\bhad\b|\bwas\b|\bwere\b|\braised\b|\breported\b", re.IGNORECASE)
_NO_ANTECEDENT = re.compile(r"较|比|相比|预计|预测|有望|展望|到$|至$|创|财|forecast|compared|versus|by $", re.IGNORECASE)
_THEN = re.compile(r"\s*(?:当时|其时|彼时)")
_MONTHS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class AnchoredDate:
    """A date at [start, end): its EDTF, first and last ISO day (None: open or unknown), and how its year was found."""

    start: int
    end: int
    edtf: str
    low: str | None
    high: str | None
    how: str


@dataclass(frozen=True, slots=True)
class _Reference:
    """What is known of the reference date; each None where it is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


@dataclass(slots=True)
class _State:
    """The antecedents while a document is read."""

    paragraph_year: int | None = None
    last_year: int | None = None
    sentence_year: int | None = None
    month: tuple[int | None, int] | None = None
    day: date | None = None
    part: str = ""
    yearless: dict[tuple[int | None, int | None, str], int] = field(default_factory=dict)
    years: dict[tuple[int | None, str], set[int]] = field(default_factory=dict)


def reference_of(published: str | None) -> _Reference:
    """The reference date's year, month and day, as far as an EDTF string gives them."""
    match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", published or "")
    if not match:
        return _Reference()
    month = int(match[2]) if match[2] else None
    return _Reference(int(match[1]), month if month and month <= 12 else None, int(match[3]) if match[3] else None)


def anchor_dates(view: str, exprs: list[DateExpr], paragraphs: list[Span], sentences: list[Span], published: str | None) -> list[AnchoredDate]:
    """Every date resolved, in order. `paragraphs` and `sentences` tile the view; `published` is EDTF or None."""
    reference = reference_of(published)
    state = _State()
    for expr in exprs:
        if expr.year is not None and not expr.is_fiscal:
            state.years.setdefault((expr.month, expr.part), set()).add(expr.year)
    found: list[AnchoredDate] = []
    sentence, paragraph = -1, -1
    for expr in exprs:
        now = _index(sentences, expr.start, max(sentence, 0))
        opened = _index(paragraphs, expr.start, max(paragraph, 0))
        if opened != paragraph:
            paragraph = opened
            state.paragraph_year = state.last_year if _THEN.match(view, paragraphs[opened].start) else None
            state.month = state.day = None
        if now != sentence:
            sentence = now
            state.sentence_year = None
            if _THEN.match(view, sentences[now].start):
                state.paragraph_year = state.last_year
        context = view[sentences[sentence].start : sentences[sentence].end]
        edtf, how = _resolve(expr, reference, state, context)
        if expr.day_ref is not None and how == "unknown":
            continue  # 当天 with no day before it has no calendar value
        _remember(expr, edtf, how, state, view, reference.year)
        low, high = days_of(edtf)
        found.append(AnchoredDate(expr.start, expr.end, edtf, low, high, how))
    return found


def _index(spans: list[Span], place: int, start: int) -> int:
    while start + 1 < len(spans) and spans[start].end <= place:
        start += 1
    return start


def _remember(expr: DateExpr, edtf: str, how: str, state: _State, view: str, latest: int | None) -> None:
    """Keep what later dates may refer to."""
    match = re.match(r"(?:\.\./)?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", edtf)
    if not match:
        return
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    before = view[max(expr.start - 4, 0) : expr.start]
    if expr.is_fiscal or expr.part == "decade" or _NO_ANTECEDENT.search(before):
        return
    if expr.year is not None or expr.year_ref is not None:
        state.paragraph_year = year if latest is None or year <= latest else state.paragraph_year  # never a forecast's
        state.sentence_year = year
    else:
        state.sentence_year = year
        if how == "published" and (expr.year_shift is not None or expr.month_shift is not None or expr.week_shift is not None):
            state.paragraph_year = None  # 今年 or 上月 leaves the year spoken of before
    state.last_year = year
    if how == "published" and expr.year_shift is None and expr.month is not None:
        state.yearless.setdefault((expr.month, expr.day, expr.part), year)
    state.part = expr.part or state.part
    if 1 <= month <= 12:
        state.month = (year, month)
        state.day = date(year, month, day) if day and "~" not in edtf else None


def _resolve(expr: DateExpr, reference: _Reference, state: _State, context: str) -> tuple[str, str]:
    """(EDTF, how) of one expression."""
    if expr.to is not None and expr.open == "":
        first, how = _resolve(replace(expr, to=None), reference, state, context)
        second, _ = _resolve(replace(expr.to, to=None, part=""), reference, state, context)
        return (f"{first}/{second}" if first < second or "X" in first else first), how
    if expr.day_shift is not None or expr.day_ref is not None:
        return _resolve_day_word(expr, reference, state)
    if expr.week_shift is not None:
        return _resolve_week(expr, reference, context)
    if expr.month_shift is not None or expr.month_ref is not None:
        return _resolve_month_word(expr, reference, state)
    if expr.quarter_shift is not None:
        return _resolve_quarter_word(expr, reference)
    if expr.day is not None and expr.month is None:
        return _resolve_bare_day(expr, reference, state, context)
    year, how = _year_of(expr, reference, state, context)
    return _write(expr, year, state), how


def _year_of(expr: DateExpr, reference: _Reference, state: _State, context: str) -> tuple[int | None, str]:
    if expr.year is not None:
        return expr.year, "stated"
    if expr.year_ref is not None:
        base = state.sentence_year or state.paragraph_year or state.last_year or (reference.year if expr.year_ref == 0 else None)
        return (base + expr.year_ref, "antecedent") if base else (None, "unknown")
    if expr.is_report_year and state.paragraph_year is not None:
        return state.paragraph_year - 1, "antecedent"  # 上年 in a report on an earlier year
    if expr.year_shift is not None:
        if reference.year is not None:
            return reference.year + expr.year_shift, "published"
        told = state.years.get((expr.month, expr.part), set()) if expr.month or expr.part else set()
        return (next(iter(told)), "same period") if len(told) == 1 else (None, "unknown")
    if expr.is_last_month and reference.year and reference.month and expr.month:
        return reference.year - (1 if expr.month >= reference.month else 0), "published"
    antecedent = state.sentence_year or state.paragraph_year
    same = state.yearless.get((expr.month, expr.day, expr.part))
    if same is not None and expr.month is not None and state.sentence_year is None:
        return same, "same period"  # the day already spoken of
    is_past_year = antecedent is not None and reference.year is not None and antecedent < reference.year
    if antecedent is not None and not (is_past_year and state.sentence_year is None and _FUTURE.search(context) and not _PAST.search(context)):
        return antecedent, "antecedent"
    if reference.year is None:
        told = state.years.get((expr.month, expr.part), set())
        return (next(iter(told)), "same period") if len(told) == 1 else (None, "unknown")
    month = expr.month or {"Q": 3, "H": 6}.get(expr.part[:1], 0) * (int(expr.part[1:2] or 1) - 1) + 1 if expr.month or expr.part[:1] in "QH" and expr.part else 0
    is_ahead = bool(reference.month and month and month - reference.month >= _MONTHS_AHEAD)
    if is_ahead and _PAST.search(context) and not _FUTURE.search(context):
        return reference.year - 1, "published"
    return reference.year, "published"


def _write(expr: DateExpr, year: int | None, state: _State) -> str:
    """The EDTF of an expression whose year is known (or XXXX)."""
    shown = f"{year:04}" if year is not None else "XXXX"
    if expr.part == "decade" and year is not None:
        return f"{shown[:3]}X"
    if expr.festival:
        day = festival_day(expr.festival, year) if year is not None else None
        core = f"{day}~" if day else f"{shown}~"
    elif expr.month is not None:
        core = _in_month(shown, year, expr)
    else:
        core = _in_year(shown, expr.part if expr.part != "same" else state.part)
    if expr.approximate and not core.endswith("~") and "/" not in core:
        core += "~"
    if expr.open and "/" not in core:
        return f"../{core.rstrip('~')}" if expr.open == "before" else f"{core.rstrip('~')}/.."
    if expr.open and "/" in core:
        first, last = core.split("/")
        return f"../{last}" if expr.open == "before" else f"{first}/.."
    return core


def _in_month(shown: str, year: int | None, expr: DateExpr) -> str:
    month = f"{shown}-{expr.month:02}"
    if expr.day is not None:
        return f"{month}-{expr.day:02}"
    if not expr.part or year is None or expr.month is None:
        return month + ("~" if expr.part else "")
    last = monthrange(year, expr.month)[1]
    window = {"begin": (1, 5), "first": (1, 10), "second": (11, 20), "third": (21, last), "end": (25, last)}.get(expr.part)
    return f"{month}-{window[0]:02}~/{month}-{window[1]:02}~" if window else month


def _in_year(shown: str, part: str) -> str:
    if not part:
        return shown
    if part[0] == "Q":
        return f"{shown}-{32 + int(part[1])}"
    if part[0] == "H":
        return f"{shown}-{39 + int(part[1])}"
    if part[0] == "S":
        return f"{shown}-{part[1:]}"
    if part[0] == "M":
        return f"{shown}-01/{shown}-{int(part[1:]):02}"
    window = {"early": ("01", "02"), "mid": ("06", "07"), "late": ("11", "12")}.get(part)
    return f"{shown}-{window[0]}~/{shown}-{window[1]}~" if window else shown


def _resolve_day_word(expr: DateExpr, reference: _Reference, state: _State) -> tuple[str, str]:
    if expr.day_shift is not None:
        base = reference.whole
        return ((base + timedelta(days=expr.day_shift)).isoformat(), "published") if base else ("XXXX-XX-XX", "unknown")
    if state.day is not None and expr.day_ref is not None:
        return (state.day + timedelta(days=expr.day_ref)).isoformat(), "antecedent"
    return "XXXX-XX-XX", "unknown"


def _resolve_week(expr: DateExpr, reference: _Reference, context: str) -> tuple[str, str]:
    base = reference.whole
    if base is None or expr.week_shift is None:
        return "XXXX-XX-XX", "unknown"
    monday = base - timedelta(days=base.weekday()) + timedelta(weeks=expr.week_shift)
    if expr.part == "weekend":
        return f"{(monday + timedelta(days=5)).isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "published"
    if expr.weekday is None:
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "published"
    day = monday + timedelta(days=expr.weekday)
    if expr.is_bare_weekday and day > base and not _FUTURE.search(context):
        day -= timedelta(weeks=1)
    return day.isoformat(), "published"


def _resolve_month_word(expr: DateExpr, reference: _Reference, state: _State) -> tuple[str, str]:
    shift = expr.month_shift if expr.month_shift is not None else expr.month_ref or 0
    if expr.month_ref is not None and state.month is not None:
        year, month, how = state.month[0], state.month[1], "antecedent"
    else:
        year, month, how = reference.year, reference.month or 0, "published"
    if year is None or not month:
        return "XXXX-XX" + ("~" if expr.part else ""), "unknown"
    index = year * 12 + month - 1 + shift
    return _write(replace(expr, month=index % 12 + 1), index // 12, state), how


def _resolve_quarter_word(expr: DateExpr, reference: _Reference) -> tuple[str, str]:
    if reference.year is None or reference.month is None or expr.quarter_shift is None:
        return "XXXX-XX", "unknown"
    index = reference.year * 4 + (reference.month - 1) // 3 + expr.quarter_shift
    return f"{index // 4:04}-{33 + index % 4}", "published"


def _resolve_bare_day(expr: DateExpr, reference: _Reference, state: _State, context: str) -> tuple[str, str]:
    """10日: the month spoken of, else the reference month, the month before where the day lies ahead and the text speaks of the past."""
    if state.month is not None and state.month[0] is not None:
        year, month, how = state.month[0], state.month[1], "antecedent"
    elif reference.year and reference.month:
        year, month, how = reference.year, reference.month, "published"
        if reference.day and expr.day and expr.day > reference.day and not _FUTURE.search(context):
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    else:
        return f"XXXX-XX-{expr.day:02}", "unknown"
    if expr.day and expr.day > monthrange(year, month)[1]:
        return f"XXXX-XX-{expr.day:02}", "unknown"
    return f"{year:04}-{month:02}-{expr.day:02}", how


_DATELINE = re.compile(
    r"(?:发布时间|发布日期|发表于|发布于|日期|时间|date|Published)[:： ]{1,2}((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})|^[ \t]*((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2})日?[ \t\d:]*$"
    r"|(?:[A-Z][A-Z ,.]{2,40}|\([A-Za-z ]{2,20}\)),? ?[(-]?((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z.]* \d{1,2},? (?:19|20)\d\d)\)? ?[—–-]",
    re.MULTILINE | re.IGNORECASE,
)
_NOT_A_DATELINE = re.compile(r"更新|修改|抓取|copyright|updated", re.IGNORECASE)
_HEAD = 600


def infer_reference(view: str, exprs: list[DateExpr]) -> tuple[str, str] | None:
    """(EDTF day, `dateline`) where the article's own head states when it was published; update stamps and footers are evidence of nothing."""
    for match in _DATELINE.finditer(view, 0, _HEAD):
        if _NOT_A_DATELINE.search(view, max(match.start() - 8, 0), match.end()):
            continue
        place = match.start(match.lastindex or 0)
        expr = next((e for e in exprs if e.start <= place < e.end and e.year and e.month and e.day), None)
        if expr is not None:
            return f"{expr.year:04}-{expr.month:02}-{expr.day:02}", "dateline"
    return None
