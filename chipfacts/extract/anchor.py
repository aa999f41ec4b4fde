"""Which day a date means: relative words against the reference date, 同年 and 次年 against the antecedent, a missing year against the text.

An explicit year reaches to the end of its paragraph, a relative one within its sentence; neither from a forecast, a fiscal year or a
comparison. Where nothing decides, the unknown digits stay X and there are no days.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chipfacts.extract.antecedent import Antecedents, period_of
from chipfacts.extract.time_words import TimeWords, time_cues
from chipfacts.model import Span
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_write import between, opened, week_of, write_date
from chipfacts.values.edtf import days_of
from chipfacts.values.festival import festival_day
from chipfacts.values.reference import nearest, reference_of

_MONTHS_AHEAD = 2  # a year-less month this far ahead, told as past, lies in the year before
_QUARTERS_AHEAD = 8  # Q4 in a January is the last one, unless something is planned


@dataclass(frozen=True, slots=True)
class AnchoredDate:
    """A date at [start, end): its EDTF, first and last ISO day (None: open or unknown), and how its year was found.

    `how`: stated, published, antecedent, same period (said elsewhere with its year) or unknown. `source` is the date that lent the year,
    month or day; `is_year_before` is true where a date without a year was taken for one of the year before the reference date.
    """

    start: int
    end: int
    edtf: str
    low: str | None
    high: str | None
    how: str
    source: Span | None = field(default=None, compare=False)
    is_year_before: bool = field(default=False, compare=False)


def anchor_dates(
    view: str, exprs: list[DateExpr], paragraphs: list[Span], sentences: list[Span], published: str | None, words: TimeWords
) -> list[AnchoredDate]:
    """Every date resolved, in order. `paragraphs` and `sentences` tile the view; `published` is EDTF or None."""
    anchor = _Anchor(reference_of(published), time_cues(words))
    for expr in exprs:
        if expr.year is not None and not expr.is_fiscal:
            anchor.years.setdefault(period_of(expr), set()).add(expr.year)
            anchor.told_at.setdefault((period_of(expr), expr.year), Span(expr.start, expr.end))
    found: list[AnchoredDate] = []
    sentence = paragraph = -1
    for expr in exprs:
        opening = _index(paragraphs, expr.start, max(paragraph, 0))
        if opening != paragraph:
            paragraph = opening
            anchor.open_paragraph(view[paragraphs[opening].start : paragraphs[opening].end].lower())
        now = _index(sentences, expr.start, max(sentence, 0))
        if now != sentence:
            sentence = now
            anchor.open_sentence(view[sentences[now].start : sentences[now].end].lower())
        anchor.is_deadline = view[expr.end - 1] == "前" and not expr.open  # 6月底前: what is due lies ahead
        anchor.source, anchor.is_year_before = None, False
        edtf, how = anchor.resolve(expr)
        if not edtf:
            continue
        is_accounting = view[expr.end - 2 : expr.end] == "年度"
        anchor.remember(expr, edtf, how, view[max(expr.start - 24, 0) : expr.start].lower(), is_accounting)
        low, high = days_of(edtf)
        found.append(AnchoredDate(expr.start, expr.end, edtf, low, high, how, anchor.source, anchor.is_year_before))
    return found


def _index(spans: list[Span], place: int, start: int) -> int:
    while start + 1 < len(spans) and spans[start].end <= place:
        start += 1
    return start


class _Anchor(Antecedents):
    """What an expression means, given the antecedents and the sentence being read."""

    __slots__ = ()

    def resolve(self, expr: DateExpr) -> tuple[str, str]:
        """(EDTF, how) of one expression; an empty EDTF where it is no calendar value."""
        if expr.is_fiscal and expr.part:
            return "", "unknown"  # a fiscal quarter's months are not known
        if expr.to is not None:
            return self._range(expr, expr.to)
        if expr.month_shift is not None or expr.month_ref is not None:
            return self._month_word(expr)
        if expr.day_shift is not None or expr.day_ref is not None:
            edtf, how = self._day_word(expr)
        elif expr.week_shift is not None:
            edtf, how = self._week(expr)
        elif expr.quarter_shift is not None:
            edtf, how = self._quarter_word(expr)
        elif expr.day is not None and expr.month is None:
            edtf, how = self._bare_day(expr)
        else:
            return self.resolve(self._sameperiod_of(expr)) if expr.part == "same" else self._dated(expr)
        return opened(expr, edtf) if edtf else "", how

    def _dated(self, expr: DateExpr) -> tuple[str, str]:
        year, how = self._year(expr)
        if year is None and expr.needs_antecedent:
            return "", how
        if year is not None and expr.month == 2 and expr.day == 29 and monthrange(year, 2)[1] < 29:
            if expr.year is not None:
                return "", how
            year -= year % 4  # the leap year before
        return write_date(expr, year), how

    def _range(self, expr: DateExpr, last: DateExpr) -> tuple[str, str]:
        """Both ends; the one that says no year takes the other's."""
        start = replace(expr, to=None, open="")
        if not start.has_year and start.month is not None and last.year is not None:
            start = replace(start, year=last.year - (last.month is not None and start.month > last.month))
        first, how = self.resolve(start)
        year = int(first[:4]) if first[:4].isdigit() else None
        if last.weekday is not None and start.weekday is not None and last.is_bare_weekday and year is not None:
            second = (date.fromisoformat(first[:10]) + timedelta(days=(last.weekday - start.weekday) % 7)).isoformat()
        elif last.month is not None and not last.has_year and last.month_shift is None:
            second = write_date(last, year)
            if year is not None and second < first:
                second = write_date(last, year + 1)  # 12月25日至1月5日
        elif last.day is not None and last.month is None and len(first) == 10 and last.month_shift is None:
            second = f"{first[:8]}{last.day:02}"
        elif not last.has_year and last.part:
            second = write_date(last, year)
        else:
            second, _ = self.resolve(replace(last, open=""))
        if not first or not second or ("X" not in first and (days_of(second)[1] or "") <= (days_of(first)[0] or "")):
            return first, how
        return opened(expr, between(first, second)), how

    def _sameperiod_of(self, expr: DateExpr) -> DateExpr:
        """去年同期: the year word with the period spoken of; the whole year where none was."""
        told = self.period
        if told is None:
            return replace(expr, part="")
        if told.to is not None:
            return replace(expr, part=
                "", month=told.month, to=replace(told.to, year=None, year_shift=None)) if told.month else replace(expr, part="")
        return replace(expr, part=told.part, month=told.month, day=None)

    def _year(self, expr: DateExpr) -> tuple[int | None, str]:
        reference, spoken = self.reference, self.sentence_year or self.paragraph_year
        if expr.year is not None:
            return expr.year, "stated"
        if expr.year_ref is not None:
            base = spoken or self.last_year
            self.lent_by("sentence" if self.sentence_year else "paragraph" if self.paragraph_year else "last")
            if base is None and expr.year_ref == 0 and reference.year is not None:
                self.source = None
                return reference.year, "published"
            return (base + expr.year_ref, "antecedent") if base else (None, "unknown")
        report = self.paragraph_year or self.report_year
        if expr.is_report_year and report is not None:
            self.lent_by("paragraph" if self.paragraph_year else "report")
            return report - 1, "antecedent"  # 上年 in a report on an earlier year
        if self.is_accounting and expr.month is not None and expr.day is not None:
            spoken = None
        if expr.year_shift is not None:
            return (reference.year + expr.year_shift, "published") if reference.year is not None else self._told(expr)
        if expr.is_last_month:
            known = self.month if expr.is_previous and self.month else (reference.year or 0, reference.month or 0)
            if all(known) and expr.month:
                if known is self.month:
                    self.lent_by("month")
                return known[0] - (1 if expr.month >= known[1] else 0), "antecedent" if known is self.month else "published"
        same = self.yearless.get(period_of(expr))
        if same is not None and expr.month is not None and self.sentence_year is None:
            self.source = self.told_at.get((period_of(expr), same))
            return same, "same period"  # the day already spoken of
        if spoken is not None and not self._turns_ahead(spoken):
            self.lent_by("sentence" if self.sentence_year else "paragraph")
            return spoken, "antecedent"
        if reference.year is None:
            return self._told(expr)
        self.is_year_before = self._lies_behind(expr)
        return reference.year - self.is_year_before, "published"

    def _told(self, expr: DateExpr) -> tuple[int | None, str]:
        """The year the text gives elsewhere to the same month or part of a year."""
        told = self.years.get(period_of(expr), set()) if expr.month or expr.part else set()
        if len(told) != 1:
            return None, "unknown"
        year = next(iter(told))
        self.source = self.told_at.get((period_of(expr), year))
        return year, "same period"

    def _looks_ahead(self) -> bool:
        return self.is_deadline or self.cues.future.search(self.context) is not None

    def _looks_back(self) -> bool:
        return not self.is_deadline and self.cues.past.search(self.context) is not None

    def _turns_ahead(self, spoken: int) -> bool:
        """True where the paragraph's year is over and this sentence speaks of what is to come."""
        is_over = self.reference.year is not None and spoken < self.reference.year
        return is_over and self.sentence_year is None and self._looks_ahead() and not self._looks_back()

    def _lies_behind(self, expr: DateExpr) -> bool:
        """True for a year-less period months ahead of the reference date in a sentence about the past."""
        part = expr.part[:1]
        month = expr.month or (int(expr.part[1]) * 3 - 2 if part == "Q" else int(expr.part[1]) * 6 - 5 if part == "H" else 0)
        if expr.festival:
            month = int((festival_day(expr.festival, self.reference.year or 0) or "0000-00")[5:7])
        ahead = month - self.reference.month if self.reference.month and month else 0
        if ahead >= _QUARTERS_AHEAD and part == "Q":
            return not self._looks_ahead()
        return ahead >= _MONTHS_AHEAD and self._looks_back() and not self._looks_ahead()

    def _day_word(self, expr: DateExpr) -> tuple[str, str]:
        if expr.day_ref is not None:
            self.lent_by("month")
            return ((self.day + timedelta(days=expr.day_ref)).isoformat(), "antecedent") if self.day else ("", "unknown")
        base = self.reference.whole
        if base is None:
            return self._numbered(expr)
        return nearest(base + timedelta(days=expr.day_shift or 0), expr.day).isoformat(), "published"

    def _numbered(self, expr: DateExpr) -> tuple[str, str]:
        """今天(8日), 周三(11月6日) with no reference date: what the brackets say."""
        plain = replace(expr, day_shift=None, week_shift=None, weekday=None, open="")
        if expr.day is None:
            return "XXXX-XX-XX", "unknown"
        return self._dated(plain) if expr.month is not None else self._bare_day(plain)

    def _week(self, expr: DateExpr) -> tuple[str, str]:
        base = self.reference.whole
        if base is None:
            return self._numbered(expr)
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=expr.week_shift or 0)
        if expr.part == "weekend":
            return f"{(monday + timedelta(days=5)).isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "published"
        if expr.weekday is None:
            return week_of(monday), "published"
        day = monday + timedelta(days=expr.weekday)
        if expr.is_bare_weekday and day > base and not self._looks_ahead():
            day -= timedelta(weeks=1)
        return nearest(day, expr.day).isoformat(), "published"

    def _month_word(self, expr: DateExpr) -> tuple[str, str]:
        shift = expr.month_shift if expr.month_shift is not None else expr.month_ref or 0
        if expr.month_ref is not None and self.month is not None:
            self.lent_by("month")
            (year, month), how = self.month, "antecedent"
        elif self.reference.year and self.reference.month:
            year, month, how = self.reference.year, self.reference.month, "published"
        else:
            return f"XXXX-XX-{expr.day:02}" if expr.day else "XXXX-XX" + ("~" if expr.part else ""), "unknown"
        index = year * 12 + month - 1 + shift
        year, month = index // 12, index % 12 + 1
        if expr.day and expr.day > monthrange(year, month)[1]:
            return "", "unknown"
        return write_date(replace(expr, month=month), year), how

    def _quarter_word(self, expr: DateExpr) -> tuple[str, str]:
        if self.reference.year is None or self.reference.month is None:
            return "XXXX-XX", "unknown"
        index = self.reference.year * 4 + (self.reference.month - 1) // 3 + (expr.quarter_shift or 0)
        return f"{index // 4:04}-{33 + index % 4}", "published"

    def _bare_day(self, expr: DateExpr) -> tuple[str, str]:
        """10日: the month spoken of, else the reference month; the one before where the day lies ahead in a text about the past."""
        day = expr.day or 0
        if self.month is not None:
            self.lent_by("month")
            (year, month), how = self.month, "antecedent"
        elif self.reference.year and self.reference.month:
            year, month, how = self.reference.year, self.reference.month, "published"
            if self.reference.day and day > self.reference.day and not self._looks_ahead():
                year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        else:
            return f"XXXX-XX-{day:02}", "unknown"
        return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else f"XXXX-XX-{day:02}", how
