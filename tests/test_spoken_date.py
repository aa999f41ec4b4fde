"""The hint behind a reference date that is no EDTF: whole English dates only, where dateparser can be trusted."""

from __future__ import annotations

import pytest

from chipfacts.run.spoken_date import hint


@pytest.mark.parametrize("written", ["Nov 30, 2024", "30 November 2024", "November 30th, 2024", "Sat, Nov. 30 2024"])
def test_whole_english_dates_are_understood(written: str) -> None:
    assert hint(written) == "; did you mean 2024-11-30?"


@pytest.mark.parametrize("written", ["3/4/2024", "2024年11月30日", "去年3月", "March 2021", "soon", "yesterday", "Foo 30, 2024", ""])
def test_anything_else_is_not_guessed_at(written: str) -> None:
    assert hint(written) == ""
