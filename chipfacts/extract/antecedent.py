"""What a document has said of time so far: the years, month and day that later dates may refer to, and which date lent each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from chipfacts.extract.time_words import TimeCues
from chipfacts.model import Span
from chipfacts.values.date_part import DateExpr
from chipfacts.values.reference import Reference

_SINCE = re.compile(r"[^,。;]{2,20}以来")  # 2021年…以来最大一宗: a year held against, of which nothing more is told
_NEWS = timedelta(days=7)  # so far back lies what an article calls the day of its news
Period = tuple[int | None, int | None, str, str]


def period_of(expr: DateExpr) -> Period:
    """What an expression says beside its year."""
    return expr.month, expr.day, expr.part, expr.festival


@dataclass(slots=True)
class Antecedents:
    """The reference date, the antecedents while a document is read, and the sentence being read."""

    reference: Reference
    cues: TimeCues
    context: str = ""
    is_deadline: bool = False
    is_english: bool = False  # a month by its English name
    is_told: bool = False  # something is told on the weekday being read
    is_due: bool = False  # the date's own clause speaks of what is to come …
    is_due_behind: bool = False  # … behind the date
    is_past: bool = False  # … of what has been
    told_year: int | None = None  # the year that the sentence says in figures, of no beginning: what an English month alone may borrow
    paragraph_year: int | None = None
    report_year: int | None = None  # the year a report is on, a forecast one too: what 上年 is counted from
    is_accounting: bool = False  # the year spoken of is one that books are kept for (2021年度): no day borrows it
    last_year: int | None = None
    sentence_year: int | None = None
    sentence_quarter: int | None = None  # years times four, and the quarter from 0
    month: tuple[int, int] | None = None
    day: date | None = None
    news_day: date | None = None  # the first one told that lies just before the reference date
    is_of_news: bool = False  # the word being read (同日, 当天收盘) may mean that day from another paragraph
    period: DateExpr | None = None
    yearless: dict[Period, int] = field(default_factory=dict)
    years: dict[Period, set[int]] = field(default_factory=dict)
    told_at: dict[tuple[Period, int], Span] = field(default_factory=dict)  # where a period was told with, or took, its year
    places: dict[str, Span | None] = field(default_factory=dict)  # where the last, paragraph, sentence year and the month come from
    source: Span | None = None  # of the date being resolved
    is_year_before: bool = False

    def open_paragraph(self, text: str) -> None:
        """A new paragraph forgets the year, month and day spoken of, unless it begins with 当时."""
        self.paragraph_year = self.last_year if self.cues.then.match(text) else None
        self.places["paragraph"] = self.places.get("last")
        self.report_year = None
        self.month = self.day = None

    def open_sentence(self, text: str) -> None:
        """A new sentence forgets the relative year."""
        self.context, self.sentence_year, self.sentence_quarter, self.told_year = text, None, None, None
        if self.cues.then.match(text):
            self.paragraph_year, self.places["paragraph"] = self.last_year, self.places.get("last")

    def remember(self, expr: DateExpr, edtf: str, how: str, around: tuple[str, str], is_accounting: bool = False) -> None:
        """Keep what later dates may refer to; `around` is what stands before and behind the date."""
        here = Span(expr.start, expr.end)
        is_since = expr.open != "" and expr.part in ("early", "mid", "late")  # 开年以来 is no period of its own
        if (expr.month is not None or expr.part) and expr.part not in ("same", "decade", "century", "weekend", "week") and not is_since:
            self.period = expr
        elif expr.year is not None and not expr.part:
            self.period = None  # 2018年…, 较上年同期: the whole year before
        if expr.year:
            self.report_year, self.places["report"] = expr.year, here
        match = re.match(r"(?:\.\./)?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", edtf)
        if not match or expr.is_fiscal or expr.part in ("decade", "century") or self.cues.not_antecedent.search(around[0]):
            return
        if _SINCE.match(around[1]):
            return
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        if expr.year is not None or (expr.year_ref is not None and how == "antecedent"):
            if self.reference.year is None or year <= self.reference.year:
                self.paragraph_year, self.places["paragraph"] = year, here  # a year to come lends nothing beyond its sentence
        elif how == "published" and (expr.year_shift is not None or expr.month_shift is not None or expr.week_shift is not None):
            self.paragraph_year = None  # 今年 or 上月 leaves the year spoken of before
        self.sentence_year = self.last_year = year
        if expr.year is not None and not self.cues.began.search(around[0]):
            self.told_year = year
        self.is_accounting = is_accounting
        self.places["sentence"] = self.places["last"] = here
        if how == "published" and expr.year_shift is None and expr.month is not None:
            self.yearless.setdefault(period_of(expr), year)
            self.told_at.setdefault((period_of(expr), year), here)
        if 33 <= month <= 36 and expr.quarter_shift is None:
            self.sentence_quarter, self.places["quarter"] = year * 4 + month - 33, here
        if 1 <= month <= 12:
            self.month, self.places["month"] = (year, month), here
            self.day = date(year, month, day) if day and "~" not in edtf else None
            if self.day and self.news_day is None and self.reference.whole:
                is_news = timedelta(0) <= self.reference.whole - self.day <= _NEWS
                self.news_day = self.day if is_news else None

    def lent_by(self, memory: str) -> None:
        """Note which date the year, month or day comes from."""
        self.source = self.places.get(memory)
