"""An unresolved date: what a surface says, in fields that the reference date and the text around it fill later."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateExpr:
    """A calendar mention at [start, end).

    `*_shift` counts from the reference date (去年: year_shift -1), `*_ref` from the antecedent (次年: year_ref 1). `part`: Q1–Q4, H1, H2,
    M9 (the first nine months), early, mid, late (of a year), begin, end, first, second, third, first two, last two (of a month's thirds),
    first half, second half (of a month), S21–S24 (seasons), same (同期), weekend, decade and century (of `year`), week (around `month` and
    `day`), last day (of a month), W33 (a year's week), wd2-6 (a month's second Sunday), wd0-4 (its last Friday), lunar and lunar leap
    (`month` and `day` of the lunar calendar). `open` is before or after. `to` is the end of a range, whose missing year is that of the
    beginning. A day word or weekday may carry a number (今天(8日)) or a year (去年今日).
    """

    start: int
    end: int
    year: int | None = None
    year_shift: int | None = None
    year_ref: int | None = None
    month: int | None = None
    month_shift: int | None = None
    month_ref: int | None = None
    day: int | None = None
    day_shift: int | None = None
    day_ref: int | None = None
    week_shift: int | None = None
    weekday: int | None = None
    is_bare_weekday: bool = False
    quarter_shift: int | None = None
    part: str = ""
    festival: str = ""
    open: str = ""
    approximate: bool = False
    is_fiscal: bool = False
    is_report_year: bool = False  # 上年: the year before the one reported on
    is_last_month: bool = False  # last August: the latest one before the reference date
    is_previous: bool = False  # the previous August: before the month spoken of
    needs_antecedent: bool = False  # 第二年: nothing where no year was told before
    to: DateExpr | None = None

    @property
    def has_year(self) -> bool:
        """True where the year is said, as a number or as a word."""
        return self.year is not None or self.year_shift is not None or self.year_ref is not None
