"""Money surfaces → sums: the value table of tests/cases/money.yaml, lists, conversions and near misses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.values.currency import CHINESE, ENGLISH
from chipfacts.values.money import MoneyMatch, find_money

TABLE: dict[str, list[Any]] = yaml.load((Path(__file__).parent / "cases" / "money.yaml").read_text("utf-8"), yaml.BaseLoader)
CASES = [(surface, case["value"]) for case in TABLE["cases"] for surface in case["surfaces"]]


def bounds(value: dict[str, str]) -> tuple[Decimal | None, Decimal | None, str | None, str]:
    """The expected low, high, currency and hedge of a row of the table."""
    low, high = (Decimal(value[key]) if value[key] else None for key in ("low", "high"))
    return low, high, value.get("currency") or None, value.get("hedge", "")


def stated(match: MoneyMatch) -> tuple[Decimal | None, Decimal | None, str | None, str]:
    """What a match says, in the order of `bounds`."""
    return match.money.low, match.money.high, match.money.currency, match.money.hedge


@pytest.mark.parametrize(("surface", "value"), CASES, ids=[surface for surface, _ in CASES])
def test_surface_gives_exactly_one_sum_with_its_span(surface: str, value: dict[str, str]) -> None:
    """One sum, its value and its span: the bracketed part, or the whole surface."""
    before, bracket, rest = surface.partition("[")
    span, _, after = rest.partition("]") if bracket else (before, "", "")
    view = before + span + after if bracket else surface
    matches = find_money(view)
    assert [(view[m.start : m.end], *stated(m)) for m in matches] == [(span, *bounds(value))]
    assert matches[0].per is (value.get("per") == "yes")


@pytest.mark.parametrize("case", TABLE["lists"], ids=lambda case: case["text"])
def test_lists_ranges_and_conversions(case: dict[str, Any]) -> None:
    """Every member of a list, and the sum that a bracket restates."""
    view = case["text"]
    found = [(view[m.start : m.end], *stated(m), m.converts, m.bare) for m in find_money(view)]
    expected = [(s["span"], *bounds(s), int(s["converts"]) if "converts" in s else None, False) for s in case["sums"]]
    assert found == expected


@pytest.mark.parametrize("text", TABLE["near_misses"])
def test_near_miss_gives_nothing(text: str) -> None:
    """Counts, ratios, names and words with 元 are no money."""
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("view", "bare", "word"),
    [
        ("2亿元", False, "元"),
        ("2亿", True, ""),
        ("$5m", False, "$"),
        ("2亿美元", False, "美元"),
        ("三块", True, "块"),
        ("三块钱", False, "块钱"),
    ],
)
def test_bare_and_unit_word(view: str, bare: bool, word: str) -> None:
    """Without a currency word the sum is `bare`; a 块 alone may count pieces."""
    (match,) = find_money(view)
    assert (match.bare, match.unit_word) == (bare, word)


@pytest.mark.parametrize("name", sorted(set(CHINESE) - {"欧"}))
def test_every_currency_name_is_found_behind_a_number(name: str) -> None:
    """The scan stops where the table has a name; 欧 alone is an ohm until 万 stands before it."""
    (match,) = find_money(f"1200{name},")
    assert (match.money.low, match.money.currency) == (1200, CHINESE[name])


@pytest.mark.parametrize("name", sorted(ENGLISH))
def test_every_english_currency_name_is_found_behind_millions(name: str) -> None:
    """Without 万 or million some are other words."""
    (match,) = find_money(f"12 million {name}s")
    assert (match.money.low, match.money.currency) == (12_000_000, ENGLISH[name])


@given(st.decimals(min_value=1, max_value=9999, places=2), st.sampled_from([("万", 10**4), ("亿", 10**8), ("万亿", 10**12)]))
def test_written_sum_reads_back(value: Decimal, unit: tuple[str, int]) -> None:
    """A printed sum reads back as itself."""
    (match,) = find_money(f"融资{value}{unit[0]}元。")
    assert match.money.low == match.money.high == value * unit[1]


@given(st.text(alphabet="0123456789,. 一两五十百千万亿兆几数多余半元块角美港$¥至到-约超近以上(kKmMb)年月个家A轮", max_size=40))
def test_any_text_gives_ordered_disjoint_spans(view: str) -> None:
    """No crash; spans are inside the text, ordered and disjoint; low never exceeds high."""
    matches = find_money(view)
    edges = [edge for m in matches for edge in (m.start, m.end)]
    assert edges == sorted(edges) and all(0 <= m.start < m.end <= len(view) for m in matches)
    for match in matches:
        low, high = match.money.low, match.money.high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high


@pytest.mark.parametrize("seed", ["1", "一", "亿", "5亿、", "$", "1,", "千万", "million ", "约", "5-"])
def test_long_runs_stay_linear(seed: str) -> None:
    """A hostile run of one token ends."""
    assert find_money(seed * 20000) is not None
