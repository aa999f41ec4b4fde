"""EDTF strings → first and last day, and what is no EDTF."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.values.date_write import between, week_of
from chipfacts.values.edtf import days_of, is_edtf
from chipfacts.values.festival import FESTIVALS, festival_day

DAYS = [
    ("2024-11-30", "2024-11-30", "2024-11-30"),
    ("2024-11-30~", "2024-11-30", "2024-11-30"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2023-02", "2023-02-01", "2023-02-28"),
    ("2019", "2019-01-01", "2019-12-31"),
    ("2016~", "2016-01-01", "2016-12-31"),
    ("2024-33", "2024-01-01", "2024-03-31"),
    ("2024-34", "2024-04-01", "2024-06-30"),
    ("2024-35", "2024-07-01", "2024-09-30"),
    ("2024-36", "2024-10-01", "2024-12-31"),
    ("2024-40", "2024-01-01", "2024-06-30"),
    ("2024-41", "2024-07-01", "2024-12-31"),
    ("2024-21", "2024-03-01", "2024-05-31"),
    ("2023-24", "2023-12-01", "2024-02-29"),
    ("2021/2022", "2021-01-01", "2022-12-31"),
    ("2024-01/2024-09", "2024-01-01", "2024-09-30"),
    ("2024-11-25~/2024-11-30~", "2024-11-25", "2024-11-30"),
    ("2024-34/..", "2024-04-01", None),
    ("../2019", None, "2019-12-31"),
    ("2023-06/..", "2023-06-01", None),
    ("198X", "1980-01-01", "1989-12-31"),
    ("199X~", "1990-01-01", "1999-12-31"),
    ("20XX", "2000-01-01", "2099-12-31"),
    ("20XX/..", "2000-01-01", None),
    ("XXXX-09-12", None, None),
    ("XXXX", None, None),
    ("XXXX-XX-XX", None, None),
    ("2024-13", None, None),
    ("2024-00", None, None),
    ("2024-02-30", None, None),
    ("2024-21-05", None, None),
    ("0000", None, None),
    ("", None, None),
    ("May 2024", None, None),
]


@pytest.mark.parametrize(("text", "low", "high"), DAYS)
def test_first_and_last_day(text: str, low: str | None, high: str | None) -> None:
    """Both sides, each None where it is open or unknown."""
    assert days_of(text) == (low, high)


@pytest.mark.parametrize("text", [text for text, _, _ in DAYS if text not in ("", "May 2024")])
def test_what_is_edtf(text: str) -> None:
    """Every form the extractor writes."""
    assert is_edtf(text)


@pytest.mark.parametrize("text", ["", "..", "24", "2024-1", "2024/01/05", "2024-11-30T10:00", "a/b", "2024-", "２０２４"])
def test_what_is_not(text: str) -> None:
    """Half a date, other notations, full-width digits."""
    assert not is_edtf(text)


@given(st.dates())
def test_a_day_is_its_own_interval(day: date) -> None:
    """Plain, approximate, and as both ends of an interval."""
    text = day.isoformat()
    assert days_of(text) == days_of(f"{text}~") == days_of(f"{text}/{text}") == (text, text)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_a_month_has_its_days(year: int, month: int) -> None:
    """From the first to the last day of the calendar."""
    text = f"{year:04}-{month:02}"
    assert days_of(text) == (f"{text}-01", f"{text}-{monthrange(year, month)[1]:02}")


@given(st.integers(1000, 9998), st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36, 40, 41]))
def test_a_part_of_a_year_is_whole_months_in_order(year: int, code: int) -> None:
    """Quarters are three months, halves six, seasons three; each begins in its year."""
    low, high = days_of(f"{year}-{code}")
    assert low is not None and high is not None
    first, last = date.fromisoformat(low), date.fromisoformat(high)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    assert first.year == year and first.day == 1 and (last + timedelta(days=1)).day == 1 and months == (6 if code >= 40 else 3)


@given(st.text(alphabet="0123456789X-/.~ ", max_size=12))
def test_any_text_gives_days_in_order_or_none(text: str) -> None:
    """Never an exception; what is read lies in the calendar."""
    for day in days_of(text):
        assert day is None or date.fromisoformat(day)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    """Around the day it is asked for."""
    low, high = (date.fromisoformat(text) for text in week_of(day).split("/"))
    assert low <= day <= high and low.weekday() == 0 and high - low == timedelta(days=6)


def test_between_takes_the_outer_ends() -> None:
    """An interval of intervals."""
    assert between("2024-11~/2024-12~", "2025-01~/2025-02~") == "2024-11~/2025-02~"
    assert between("2021", "2022") == "2021/2022"


@pytest.mark.parametrize("name", sorted(FESTIVALS))
def test_every_festival_has_a_day_in_the_years_of_the_tables(name: str) -> None:
    """A real day of that year; 腊八, the eighth of the last lunar month, may fall into the last days of the year before."""
    for year in range(2010, 2036):
        day = festival_day(name, year)
        first = f"{year - 1}-12-25" if name[:2] == "腊八" else f"{year}-01-01"
        assert day is not None and first <= date.fromisoformat(day).isoformat() < f"{year + 1}"


def test_festivals_beyond_the_tables_have_no_day() -> None:
    """Fixed days hold for ever, lunar ones and solar terms only where they are known."""
    assert festival_day("春节", 1899) is None and festival_day("中秋", 2100) is None and festival_day("清明", 2100) is None
    assert festival_day("国庆", 1999) == "1999-10-01"
    assert [festival_day(name, 2024) for name in ("除夕", "元宵节", "清明", "母亲节", "黑五")] == [
        "2024-02-09", "2024-02-24", "2024-04-04", "2024-05-12", "2024-11-29",
    ]  # fmt: skip
