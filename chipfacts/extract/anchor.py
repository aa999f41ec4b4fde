"""Which day a date means: relative words against the reference date, 同年 and 次年 against the antecedent, a missing year against the text.

An explicit year reaches to the end of its paragraph, a relative one within its sentence; neither from a forecast, a fiscal year or a
comparison. Where nothing decides, the unknown digits stay X and there are no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chipfacts.extract.anchor_word import WordAnchor
from chipfacts.extract.antecedent import period_of
from chipfacts.extract.time_words import TimeWords, time_cues
from chipfacts.model import Span
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_write import between, opened, write_date
from chipfacts.values.edtf import days_of
from chipfacts.values.festival import festival_day
from chipfacts.values.reference import reference_of

_MONTHS_AHEAD = 2  # a year-less month this far ahead, told as past, lies in the year before
_TELLING = 24  # characters around a weekday in which something is told on it
_CLAUSE = 30  # characters in front of a date that say it lies ahead
_MONTHS_PAST = 8  # a year-less month that long ago, told as to come, lies in the year ahead
_SOON = 3  # months: 三季度起, so far ahead, is what begins then
_QUARTERS_AHEAD = 8  # Q4 in a January is the last one, unless something is planned


@dataclass(frozen=True, slots=True)
class AnchoredDate:
    """A date at [start, end): its EDTF, first and last ISO day (None: open or unknown), and how its year was found.

    `how`: stated, published, antecedent, same period (said elsewhere with its year) or unknown. `source` is the date that lent the year,
    month or day; `is_year_before` is true where a date without a year was taken for one of the year before the reference date,
    `is_last_year` where the text says so (去年9月).
    """

    start: int
    end: int
    edtf: str
    low: str | None
    high: str | None
    how: str
    source: Span | None = field(default=None, compare=False)
    is_year_before: bool = field(default=False, compare=False)
    is_last_year: bool = field(default=False, compare=False)


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
        before, behind = _clause(view, expr.start), _clause_behind(view, expr.end)
        anchor.is_due, anchor.is_due_behind = (anchor.cues.future.search(text) is not None for text in (before, behind))
        anchor.is_past = any(anchor.cues.past.search(text) is not None for text in (before, behind))
        anchor.is_told = expr.is_bare_weekday and _is_told(view, expr, anchor)
        is_close = expr.day_ref == 0 and view.startswith(anchor.cues.close, expr.end)
        anchor.is_of_news = is_close or view.startswith(anchor.cues.of_news, expr.start)
        is_name = view[expr.start].isalpha() and view[expr.start : expr.end].isascii()
        anchor.is_english = is_name and (expr.month is not None or expr.part[:1] in ("Q", "H") or expr.part in ("early", "mid", "late"))
        is_till = expr.is_bare_weekday and view[expr.start - 1 : expr.start] in ("至", "到")  # 今起至周四招股
        if is_till or (anchor.is_english and view[max(0, expr.start - 4) : expr.start].lower() == " by "):
            anchor.is_deadline = True
        anchor.source, anchor.is_year_before = None, False
        edtf, how = anchor.resolve(expr)
        if not edtf:
            continue
        is_accounting = view[expr.end - 2 : expr.end] == "年度" or view.startswith("年度", expr.end)  # 2023年年度股东大会
        around = view[max(expr.start - 24, 0) : expr.start].lower(), view[expr.end : expr.end + 24]
        anchor.remember(expr, edtf, how, around, is_accounting)
        low, high = days_of(edtf)
        is_last_year = expr.year_shift is not None and expr.year_shift < 0
        found.append(AnchoredDate(expr.start, expr.end, edtf, low, high, how, anchor.source, anchor.is_year_before, is_last_year))
    return found


def _is_told(view: str, expr: DateExpr, anchor: _Anchor) -> bool:
    """True where something was told on the day: said on Sunday, 周日表示; not 将于周日宣布."""
    before, behind = view[max(expr.start - _TELLING, 0) : expr.start].lower(), view[expr.end : expr.end + _TELLING].lower()
    return anchor.cues.told_on.search(before) is not None or (not anchor.is_due and anchor.cues.told.match(behind) is not None)


def _clause(view: str, place: int) -> str:
    """What stands in front of a date in its clause, in lower case."""
    start = max(view.rfind(mark, 0, place) for mark in ",。;!?\n") + 1
    return view[max(start, place - _CLAUSE) : place].lower()


def _clause_behind(view: str, place: int) -> str:
    """What stands behind a date in its clause, in lower case; behind one that a comma sets apart (In December, …), the next clause."""
    start = place + view.startswith(",", place)
    end = min((at for mark in ",。;!?\n" if (at := view.find(mark, start, start + _CLAUSE)) >= 0), default=start + _CLAUSE)
    return view[start:end].lower()


def _day_behind(first: str, day: int) -> str:
    """28日至3日: a smaller number is a day of the next month."""
    if not first[:7].replace("-", "").isdigit() or day > int(first[8:]):
        return f"{first[:8]}{day:02}"
    year, month = int(first[:4]), int(first[5:7])
    return f"{year + month // 12:04}-{month % 12 + 1:02}-{day:02}"


def _index(spans: list[Span], place: int, start: int) -> int:
    while start + 1 < len(spans) and spans[start].end <= place:
        start += 1
    return start


class _Anchor(WordAnchor):
    """What an expression means, given the antecedents and the sentence being read."""

    __slots__ = ()

    def resolve(self, expr: DateExpr) -> tuple[str, str]:
        """(EDTF, how) of one expression; an empty EDTF where it is no calendar value."""
        if expr.is_fiscal and expr.part:
            return "", "unknown"  # a fiscal quarter's months are not known
        if expr.to is not None:
            return self._range(expr, expr.to)
        if expr.month_shift is not None or expr.month_ref is not None:
            return self.month_word(expr)
        if expr.day_shift is not None or expr.day_ref is not None:
            edtf, how = self.day_word(expr)
        elif expr.week_shift is not None:
            edtf, how = self.week(expr)
        elif expr.quarter_shift is not None:
            edtf, how = self.quarter_word(expr)
        elif expr.day is not None and expr.month is None:
            edtf, how = self.bare_day(expr)
        else:
            return self.resolve(self._sameperiod_of(expr)) if expr.part == "same" else self.dated(expr)
        return opened(expr, edtf) if edtf else "", how

    def dated(self, expr: DateExpr) -> tuple[str, str]:
        """A month, day, festival or part of a year, in the year that it, its sentence or the reference date gives."""
        year, how = self._year(expr)
        if year is None and expr.needs_antecedent:
            return "", how
        if year is not None and expr.month and expr.day and not expr.part and expr.day > monthrange(year, expr.month)[1]:
            if expr.year is not None or (expr.month, expr.day) != (2, 29):
                return "", how  # 去年2月30日 is no day
            year -= year % 4  # the leap year before
        return write_date(expr, year), how

    def _range(self, expr: DateExpr, last: DateExpr) -> tuple[str, str]:
        """Both ends; the one that says no year takes the other's."""
        start = replace(expr, to=None, open="")
        if not start.has_year and start.month is not None and last.year is not None:
            start = replace(start, year=last.year - (last.month is not None and start.month > last.month))
        if start.day is not None and start.month is None and last.month is not None and last.day is not None and start.month_shift is None:
            month = last.month - (start.day >= last.day)  # 20日至7月26日
            start = replace(start, month=month or 12, year=last.year and last.year - (month == 0))
        first, how = self.resolve(start)
        year = int(first[:4]) if first[:4].isdigit() else None
        if last.weekday is not None and start.weekday is not None and last.is_bare_weekday and year is not None:
            second = (date.fromisoformat(first[:10]) + timedelta(days=(last.weekday - start.weekday) % 7)).isoformat()
        else:
            second = self._second(first, year, last)
        if not first or not second or ("X" not in first and (days_of(second)[1] or "") <= (days_of(first)[0] or "")):
            return first, how
        return opened(expr, between(first, second)), how

    def _second(self, first: str, year: int | None, last: DateExpr) -> str:
        """The second end: what it leaves unsaid, and what it counts from (次年, 次月, 次日), is the first end's."""
        place = re.match(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", first)
        month = int(place[2]) if place and int(place[2]) <= 12 else None
        if last.year_ref is not None and year is not None:
            return self.resolve(replace(last, year=year + last.year_ref, year_ref=None, year_shift=None, open=""))[0]
        if last.day_ref is not None and place and place[3]:
            return (date.fromisoformat(place[0]) + timedelta(days=last.day_ref)).isoformat()
        is_of_month = last.month_ref is not None or (last.month_shift == 0 and last.part != "")
        if is_of_month and year is not None and month is not None:
            index = year * 12 + month - 1 + (last.month_ref or 0)
            return write_date(replace(last, month=index % 12 + 1, month_ref=None, month_shift=None), index // 12)
        if last.day is not None and last.month is None and len(first) == 10 and last.month_shift is None:
            return _day_behind(first, last.day)
        if not last.has_year and (last.month is not None or last.part or last.festival) and last.month_shift is None:
            second = write_date(last, year)
            is_before = year is not None and (days_of(second)[1] or "") < (days_of(first)[0] or "")
            return write_date(last, year + 1) if is_before and year is not None else second  # 12月25日至1月5日
        return self.resolve(replace(last, open=""))[0]

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
        if self.is_english and reference.year is not None:
            spoken = self.told_year  # in English a month alone is the last one, whatever year the paragraph spoke of
        if expr.year is not None:
            return expr.year, "stated"
        if expr.year_ref is not None:
            base = self.sentence_year or self.paragraph_year or self.last_year
            self.lent_by("sentence" if self.sentence_year else "paragraph" if self.paragraph_year else "last")
            if base is None and reference.year is not None and (expr.year_ref == 0 or expr.year_shift is not None):
                self.source = None
                return reference.year + (expr.year_shift or 0), "published"
            return (base + expr.year_ref, "antecedent") if base else (None, "unknown")
        report = self.sentence_year or self.paragraph_year or self.report_year
        if expr.is_report_year and report is not None:
            self.lent_by("sentence" if self.sentence_year else "paragraph" if self.paragraph_year else "report")
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
        is_next = spoken == reference.year and self._lies_ahead(expr)
        is_next = is_next or (spoken is not None and self.is_english and self.is_due and self._is_over(expr, spoken))
        if spoken is not None and not is_next and not self._turns_ahead(spoken):
            self.lent_by("sentence" if self.sentence_year else "paragraph")
            return spoken, "antecedent"
        if reference.year is None:
            return self._told(expr)
        if self._lies_ahead(expr):
            return reference.year + 1, "published"
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

    def _turns_ahead(self, spoken: int) -> bool:
        """True where the paragraph's year is over and this sentence speaks of what is to come."""
        is_over = self.reference.year is not None and spoken < self.reference.year
        return is_over and self.sentence_year is None and (self.is_due or (self.looks_ahead() and not self.looks_back()))

    def _lies_ahead(self, expr: DateExpr) -> bool:
        """预计1月8日挂牌, in December: what is to come in a month long past lies in the next year."""
        behind = self.reference.month - expr.month if self.reference.month and expr.month else 0
        return (self.is_due and behind >= _MONTHS_PAST) or (self.is_english and self.is_deadline and behind >= _MONTHS_AHEAD)

    def _is_over(self, expr: DateExpr, year: int) -> bool:
        """True where a period of that year lies before the reference date: what is due in it is due in another year."""
        known = self.reference.month
        return self.reference.year is not None and known is not None and (year, self._first_month(expr) + 2) < (self.reference.year, known)

    def _first_month(self, expr: DateExpr) -> int:
        part = expr.part[:1]
        month = expr.month or (int(expr.part[1]) * 3 - 2 if part == "Q" else int(expr.part[1]) * 6 - 5 if part == "H" else 0)
        if expr.festival:
            month = int((festival_day(expr.festival, self.reference.year or 0) or "0000-00")[5:7])
        return month

    def _lies_behind(self, expr: DateExpr) -> bool:
        """True for a year-less period months ahead of the reference date in a sentence about the past."""
        part, month = expr.part[:1], self._first_month(expr)
        ahead = month - self.reference.month if self.reference.month and month else 0
        if self.is_due or (expr.open == "after" and ahead <= _SOON):
            return False
        if self.is_english and ahead >= _MONTHS_AHEAD and not self.is_due_behind and self.is_past:
            return True
        if ahead >= _QUARTERS_AHEAD and part == "Q":
            return not self.looks_ahead()
        return ahead >= _MONTHS_AHEAD and self.looks_back() and not self.looks_ahead()
