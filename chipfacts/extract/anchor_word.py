"""What words and numbers without a year mean: today and last Friday by the reference date, 当日 and 次月 by the antecedent."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import timedelta

from chipfacts.extract.antecedent import Antecedents
from chipfacts.values.date_part import DateExpr
from chipfacts.values.date_write import week_of, write_date
from chipfacts.values.reference import nearest

_NEWS = 3  # days before the reference date of which news tells by their number alone


class WordAnchor(Antecedents):
    """(EDTF, how) of each kind of word, given the antecedents and the sentence being read."""

    __slots__ = ()

    def looks_ahead(self) -> bool:
        """The date is a deadline, or its sentence speaks of what is to come."""
        return self.is_deadline or self.cues.future.search(self.context) is not None

    def looks_back(self) -> bool:
        """The sentence speaks of what has been, and the date is no deadline."""
        return not self.is_deadline and self.cues.past.search(self.context) is not None

    def dated(self, expr: DateExpr) -> tuple[str, str]:
        """A date that says at least a month or a part of a year."""
        raise NotImplementedError

    def day_word(self, expr: DateExpr) -> tuple[str, str]:
        """今天, 昨(29)日 by the reference date; 次日 by the day spoken of; 去年今日 in another year."""
        if expr.day_ref is not None:
            self.lent_by("month")
            told = self.day or (self.news_day if self.is_of_news else None)
            return ((told + timedelta(days=expr.day_ref)).isoformat(), "antecedent") if told else ("", "unknown")
        base = self.reference.whole
        if expr.has_year:
            return self._day_of_year(expr)
        if base is None:
            return self._numbered(expr)
        return nearest(base + timedelta(days=expr.day_shift or 0), expr.day).isoformat(), "published"

    def _day_of_year(self, expr: DateExpr) -> tuple[str, str]:
        """去年今日, 2019年的今天: the reference day in another year."""
        base = self.reference.whole
        year = expr.year or (base.year + (expr.year_shift or 0) if base and expr.year_ref is None else None)
        if base is None or year is None:
            return (f"{year:04}-XX-XX" if year else "XXXX-XX-XX"), "unknown"
        return f"{year:04}-{base.month:02}-{min(base.day, monthrange(year, base.month)[1]):02}", "published"

    def _numbered(self, expr: DateExpr) -> tuple[str, str]:
        """今天(8日), 周三(11月6日) with no reference date: what the brackets say."""
        plain = replace(expr, day_shift=None, week_shift=None, weekday=None, open="")
        if expr.day is None:
            return "XXXX-XX-XX", "unknown"
        return self.dated(plain) if expr.month is not None else self.bare_day(plain)

    def week(self, expr: DateExpr) -> tuple[str, str]:
        """上周五, 本周末, 下周: a day or days of a week counted from the reference date's; a bare weekday ahead is last week's."""
        base = self.reference.whole
        if base is None:
            return self._numbered(expr)
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=expr.week_shift or 0)
        if expr.part == "weekend":
            return f"{(monday + timedelta(days=5)).isoformat()}/{(monday + timedelta(days=6)).isoformat()}", "published"
        if expr.weekday is None:
            return week_of(monday), "published"
        day = monday + timedelta(days=expr.weekday)
        if expr.is_bare_weekday and day > base and (self.is_told or not self.looks_ahead()):
            day -= timedelta(weeks=1)
        elif expr.is_bare_weekday and day < base and self.is_deadline:
            day += timedelta(weeks=1)  # 今起至周四, on a Saturday
        return nearest(day, expr.day).isoformat(), "published"

    def month_word(self, expr: DateExpr) -> tuple[str, str]:
        """上月, 本月30日 by the reference date; 次月 by the month spoken of; nothing where the month has no such day."""
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

    def quarter_word(self, expr: DateExpr) -> tuple[str, str]:
        """上季度, 本季: counted from the quarter the sentence told, else from the reference date's."""
        if self.sentence_quarter is not None and expr.quarter_shift in (-1, 1):
            self.lent_by("quarter")
            index = self.sentence_quarter + expr.quarter_shift  # 第二季度…, 上一季度: the one before that
            return f"{index // 4:04}-{33 + index % 4}", "antecedent"
        if self.reference.year is None or self.reference.month is None:
            return "XXXX-XX", "unknown"
        index = self.reference.year * 4 + (self.reference.month - 1) // 3 + (expr.quarter_shift or 0)
        return f"{index // 4:04}-{33 + index % 4}", "published"

    def bare_day(self, expr: DateExpr) -> tuple[str, str]:
        """10日: the month spoken of, but for a day that is news the reference month, as where no month was told; the one before where the
        day lies ahead in a text about the past."""
        day = expr.day or 0
        is_news = self.reference.day is not None and 0 <= self.reference.day - day <= _NEWS
        if self.month is not None and not (is_news and self.month != (self.reference.year, self.reference.month)):
            self.lent_by("month")
            (year, month), how = self.month, "antecedent"
        elif self.reference.year and self.reference.month:
            year, month, how = self.reference.year, self.reference.month, "published"
            if self.reference.day and day > self.reference.day and not self.looks_ahead():
                year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        else:
            return f"XXXX-XX-{day:02}", "unknown"
        return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else f"XXXX-XX-{day:02}", how
