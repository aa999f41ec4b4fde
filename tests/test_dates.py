"""Date surfaces → EDTF and days: the value table of tests/cases/dates.yaml through find_dates and anchor_dates, and near misses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.extract.anchor import AnchoredDate, anchor_dates
from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.extract.time_words import time_words
from chipfacts.model import Span
from chipfacts.rulebook import load_rulebook
from chipfacts.text.fold import fold
from chipfacts.values.date import find_dates
from chipfacts.values.edtf import is_edtf

TABLE: dict[str, Any] = yaml.load((Path(__file__).parent / "cases" / "dates.yaml").read_text("utf-8"), yaml.BaseLoader)
CASES = [(surface, case) for case in TABLE["cases"] for surface in case["surfaces"]]
WORDS = time_words(load_rulebook())


def dates_of(view: str, published: str) -> list[AnchoredDate]:
    """The dates of one sentence."""
    whole = [Span(0, len(view))]
    return anchor_dates(view, find_dates(view), whole, whole, published or None, WORDS)


def days(case: dict[str, Any]) -> tuple[str | None, str | None]:
    """The expected first and last day."""
    first, _, last = case.get("days", f"{case['date']}..{case['date']}").partition("..")
    return first or None, last or None


@pytest.mark.parametrize(("surface", "case"), CASES, ids=[f"{surface}={case['date']}" for surface, case in CASES])
def test_surface_gives_exactly_one_date_with_its_span(surface: str, case: dict[str, Any]) -> None:
    """One date, its EDTF, its days and its span: the bracketed part, or the whole surface."""
    before, bracket, rest = surface.partition("[")
    span, _, after = rest.partition("]") if bracket else (before, "", "")
    view = before + span + after if bracket else surface
    found = dates_of(view, case.get("published", TABLE["published"]))
    assert [(view[d.start : d.end], d.edtf, d.low, d.high) for d in found] == [(span, case["date"], *days(case))]


@pytest.mark.parametrize("text", TABLE["none"])
def test_near_miss_is_no_date(text: str) -> None:
    """Durations, ages, counts, names, model numbers and words that hold a date's characters."""
    assert [(text[d.start : d.end], d.edtf) for d in dates_of(text, TABLE["published"])] == []


@pytest.mark.parametrize("case", TABLE["beside"], ids=lambda case: str(case["text"]))
def test_what_stands_beside_is_left_out(case: dict[str, str]) -> None:
    """The date ends where the next word begins."""
    assert [(case["text"][d.start : d.end], d.edtf) for d in dates_of(case["text"], TABLE["published"])] == [(case["span"], case["date"])]


@pytest.mark.parametrize("surface", ["２０１８年３月５日", "2018年3月5號", "二○一八年三月五日", "民國107年3月5日", "２０１８／３／５"])
def test_every_script_reads_alike(surface: str) -> None:
    """Full-width and Traditional forms, seen through the folded view."""
    assert [d.edtf for d in dates_of(fold(surface), "2024-11-30")] == ["2018-03-05"]


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2039, 12, 31)))
def test_every_day_of_the_calendar(day: date) -> None:
    """Each way to write a day gives that day."""
    chinese, english = f"{day.year}年{day.month}月{day.day}日", f"{day:%B} {day.day}, {day.year}"
    for surface in (day.isoformat(), chinese, english, f"{day.year}.{day.month}.{day.day}", f"{day.day} {day:%B} {day.year}"):
        assert [(d.start, d.end, d.edtf) for d in dates_of(surface, "")] == [(0, len(surface), day.isoformat())]


_PIECES = "二〇一八十年月日号上下本周末第季度前后起至到今去明次翌正腊闰农历旬春冬时止世纪代初底半0123456789-/.~ 、,()QHMay to the"


@given(st.text(alphabet=_PIECES, max_size=30))
def test_dates_lie_in_the_text_apart_and_in_order(text: str) -> None:
    """Whatever the characters: spans ascend, do not overlap, hold something, and say EDTF."""
    end = 0
    for found in dates_of(text, "2024-11-30"):
        assert end <= found.start < found.end <= len(text)
        assert is_edtf(found.edtf)
        end = found.end


def test_a_year_held_against_lends_nothing() -> None:
    """2021年…以来最大一宗 is no year of which more is told; 今(2025)年 is one, whatever the reference date."""
    text = "比亚迪2025年3月4日完成配股,为美团2021年集资百亿以来最大一宗;小米3月25日跟进。"
    assert [f.date for f in extract_document(prepare("a.txt", text), load_rulebook()) if f.quote == "3月25日"] == ["2025-03-25"]
    glossed = extract_document(prepare("a.txt", "今(2025)年的低点落在4月。"), load_rulebook())
    assert [f.date for f in glossed if f.kind == "date"] == ["2025", "2025-04"]


SAID = {
    "装机量4月一度升至第五": ["2024-04"],
    "priced late Wednesday, Jan. 24, 2024, at $10": ["2024-01-24"],
    "senior notes due 2031": ["2031"],
    "no surprise that 2022's first offering was small": ["2022"],
    "under the Securities Act of 1933, as amended": [],
    "two months into 2024": ["2024"],
}


@pytest.mark.parametrize(("text", "days"), SAID.items(), ids=SAID)
def test_dates_in_passing(text: str, days: list[str]) -> None:
    """A month is no day, a weekday with its day is one date, a year behind due and into counts, a law's year does not."""
    found = extract_document(prepare("a.txt", text, "2024-11-30"), load_rulebook())
    assert [f.date for f in found if f.kind == "date"] == days
