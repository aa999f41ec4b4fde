"""Days of the lunar calendar, the solar terms and Easter against days the calendars print."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.values.festival import festival_day
from chipfacts.values.lunar import lunar_days
from chipfacts.values.solar_term import SOLAR_TERMS, term_day

# MM-DD without the dash, a year each from 2010 to 2035.
PRINTED = {
    "春节": (
        "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 0125 0212 0201 "
        "0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208"
    ),
    "端午": (
        "0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 0625 0614 0603 "
        "0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610"
    ),
    "七夕": (
        "0816 0806 0823 0813 0802 0820 0809 0828 0817 0807 0825 0814 0804 "
        "0822 0810 0829 0819 0808 0826 0816 0805 0824 0812 0801 0820 0810"
    ),
    "中元节": (
        "0824 0814 0831 0821 0810 0828 0817 0905 0825 0815 0902 0822 0812 "
        "0830 0818 0906 0827 0816 0903 0824 0813 0901 0820 0809 0828 0818"
    ),
    "中秋": (
        "0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 1001 0921 0910 "
        "0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916"
    ),
    "重阳节": (
        "1016 1005 1023 1013 1002 1021 1009 1028 1017 1007 1025 1014 1004 "
        "1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 1020 1009"
    ),
}
ONE_DAY = {
    ("春节", 1900): "1900-01-31", ("春节", 1949): "1949-01-29", ("春节", 1985): "1985-02-20", ("春节", 1997): "1997-02-07",
    ("春节", 2008): "2008-02-07", ("春节", 2050): "2050-01-23", ("中秋", 2005): "2005-09-18", ("除夕", 2008): "2008-02-06",
    ("元宵节", 1999): "1999-03-02", ("腊八节", 2024): "2024-01-18", ("小年", 2024): "2024-02-02",
    ("清明", 1999): "1999-04-05", ("清明", 2008): "2008-04-04", ("冬至", 2023): "2023-12-22", ("冬至", 2024): "2024-12-21",
    ("立春", 2021): "2021-02-03", ("立春", 2024): "2024-02-04", ("夏至", 2020): "2020-06-21", ("夏至", 2023): "2023-06-21",
    ("秋分", 2023): "2023-09-23", ("立冬", 2022): "2022-11-07", ("立冬", 2023): "2023-11-08",
    ("复活节", 2024): "2024-03-31", ("复活节", 2025): "2025-04-20", ("复活节", 2008): "2008-03-23", ("双十节", 2023): "2023-10-10",
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_festivals_fall_on_the_printed_days(name: str) -> None:
    """Twenty-six years of each."""
    days = [f"{year}-{text[:2]}-{text[2:]}" for year, text in enumerate(PRINTED[name].split(), 2010)]
    assert [festival_day(name, year) for year in range(2010, 2036)] == days


@pytest.mark.parametrize(("name", "year"), ONE_DAY)
def test_days_elsewhere_in_the_tables(name: str, year: int) -> None:
    """Far years, the edges of a term, the eve and the last month of a lunar year."""
    assert festival_day(name, year) == ONE_DAY[name, year]


def test_months_follow_each_other_without_a_gap() -> None:
    """From the first day of 1900 to the last of 2099: 29 or 30 days each, seven leap months in nineteen years."""
    expected, leaps = date(1900, 1, 31), 0
    for year in range(1900, 2100):
        for month in range(1, 13):
            for is_leap in (False, True):
                days = lunar_days(year, month, is_leap=is_leap)
                if days is None:
                    assert is_leap
                    continue
                leaps += is_leap
                assert days[0] == expected and 28 <= (days[1] - days[0]).days <= 29
                expected = days[1] + timedelta(days=1)
    assert expected == date(2100, 2, 9) and 73 <= leaps <= 74


@pytest.mark.parametrize(
    ("year", "month", "day", "is_leap"),
    [(1899, 1, 1, False), (2100, 1, 1, False), (2024, 13, 1, False), (2024, 2, 1, True), (2024, 12, 30, False), (2024, 1, 0, False)],
)
def test_no_such_day(year: int, month: int, day: int, is_leap: bool) -> None:
    """Beyond the table, a thirteenth month, a leap month in a year without one, the thirtieth of a short month."""
    assert lunar_days(year, month, day, is_leap=is_leap) is None


def test_leap_months() -> None:
    """2023 had two second months, 2020 two fourth ones, 2033 the famous eleventh."""
    assert lunar_days(2023, 2, 1, is_leap=True) == (date(2023, 3, 22), date(2023, 3, 22))
    assert lunar_days(2020, 4, is_leap=True) == (date(2020, 5, 23), date(2020, 6, 20))
    assert lunar_days(2033, 11, 1, is_leap=True) == (date(2033, 12, 22), date(2033, 12, 22))


@given(st.integers(1901, 2098), st.sampled_from(sorted(SOLAR_TERMS)))
def test_a_term_comes_a_year_later(year: int, name: str) -> None:
    """After 365 or 366 days."""
    now, then = (date.fromisoformat(term_day(name, at) or "") for at in (year, year + 1))
    assert (then - now).days in (365, 366)


def test_terms_beyond_their_years() -> None:
    """Nothing rather than a day that may be wrong."""
    assert term_day("冬至", 1900) is None and term_day("冬至", 2100) is None
