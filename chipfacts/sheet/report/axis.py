"""Scales of the charts: days on a straight one, sums of one currency on a logarithmic one. Places are percent of the width, as text.

Exact decimals to one tenth of a percent: no float, so the same bytes on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext
from typing import TYPE_CHECKING, NamedTuple

from chipfacts.sheet.report.amount_words import AmountWords, in_units

if TYPE_CHECKING:
    from collections.abc import Iterable

_TENTH = Decimal("0.1")
_MARGIN = Decimal(4)  # percent on each side, so that no mark is cut
_SPAN = 100 - 2 * _MARGIN
_SHORT = Decimal("3.0")  # an interval narrower than this is drawn as a point
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_MOST_TICKS = 2  # a chart is narrow, and a year is a third of it wide


class Bar(NamedTuple):
    """Where an interval is drawn: a point (`width` empty) or a bar; `opens` says on which side it has no end (`low`, `high` or empty)."""

    x: str
    width: str
    end: str
    opens: str


class Tick(NamedTuple):
    """A labelled line of an axis."""

    x: str
    en: str
    zh: str
    is_last: bool = False  # at the very end, where a label would be cut


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """From January 1st of the first year to the end of the last one."""

    first_year: int
    last_year: int

    @classmethod
    def over(cls, days: Iterable[tuple[str | None, str | None]]) -> TimeAxis | None:
        """The axis that holds all (first day, last day); None where none is known."""
        years = [int(day[:4]) for pair in days for day in pair if day]
        return cls(min(years), max(years)) if years else None

    def bar(self, low: str | None, high: str | None) -> Bar | None:
        """The interval of days; None where neither end is known."""
        if not low and not high:
            return None
        return _bar(self._place(low, 0) if low else None, self._place(high, 1) if high else None)

    def ticks(self) -> list[Tick]:
        """Years, few enough to be read."""
        count = self.last_year - self.first_year + 1
        step = next((years for years in _YEARS if count <= years * _MOST_TICKS), _YEARS[-1])
        years = [year for year in range(self.first_year, self.last_year + 1) if year % step == 0] or [self.first_year]
        return [Tick(_text(self._place(f"{year:04}-01-01", 0)), str(year), str(year)) for year in years]

    def _place(self, day: str, after: int) -> Decimal:
        start = date(self.first_year, 1, 1).toordinal()
        length = date(self.last_year, 12, 31).toordinal() + 1 - start
        return _MARGIN + _SPAN * (date.fromisoformat(day).toordinal() + after - start) / length


@dataclass(frozen=True, slots=True)
class AmountAxis:
    """Powers of ten from 10^first to 10^last."""

    first: int
    last: int

    @classmethod
    def over(cls, sums: Iterable[Decimal | None]) -> AmountAxis | None:
        """The axis that holds all sums; None where there is none above zero."""
        powers = [_log(number) for number in sums if number is not None and number > 0]
        if not powers:
            return None
        first = int(min(powers).to_integral_value(ROUND_FLOOR))
        last = int(max(powers).to_integral_value(ROUND_FLOOR)) + 1
        return cls(first, last)

    def bar(self, low: Decimal | None, high: Decimal | None) -> Bar | None:
        """The interval of sums; None where neither end can be placed."""
        first = _log(low) if low is not None and low > 0 else None
        last = _log(high) if high is not None and high > 0 else None
        if first is None and last is None:
            return None
        return _bar(self._place(first) if first is not None else None, self._place(last) if last is not None else None)

    def ticks(self) -> list[Tick]:
        """Each power of ten, or every second, third … where there are many."""
        step = (self.last - self.first) // 3 + 1 if self.last - self.first > 3 else 1
        ticks = []
        for power in range(self.first, self.last + 1, step):
            words: AmountWords = in_units(Decimal(1).scaleb(power))
            ticks.append(Tick(_text(self._place(Decimal(power))), words.en, words.zh, power == self.last))
        return ticks

    def _place(self, power: Decimal) -> Decimal:
        return _MARGIN + _SPAN * (power - self.first) / (self.last - self.first)


def _log(number: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 28
        return number.log10()


def _bar(first: Decimal | None, last: Decimal | None) -> Bar:
    if first is None or last is None:
        bound = first if first is not None else last
        assert bound is not None
        return Bar(_text(bound), "", "100" if last is None else "0", "high" if last is None else "low")
    if last - first < _SHORT:
        return Bar(_text((first + last) / 2), "", "", "")
    return Bar(_text(first), _text(last - first), _text(last), "")


def _text(percent: Decimal) -> str:
    return format(percent.quantize(_TENTH, ROUND_HALF_EVEN), "f").removesuffix(".0")
