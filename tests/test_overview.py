"""What a company raised and was valued at, as bounds that hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from conftest import facts, new_fact
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.model import Fact, Sheet
from chipfacts.sheet.overview import Bounds, overview_of, raised, valued


def deal(low: int | None, high: int | None, name: str | None = None, **columns: Any) -> Fact:
    """A completed round in CNY."""
    told = {"measure": "round", "status": "completed", "currency": "CNY", "round": name}
    numbers = {"amount_low": None if low is None else Decimal(low), "amount_high": None if high is None else Decimal(high)}
    return new_fact(**{**told, **numbers, **columns})


@pytest.mark.parametrize(
    ("deals", "low", "high"),
    [
        ([deal(3, 3, "A"), deal(5, 5, "B")], 8, 8),
        ([deal(3, 3, "A"), deal(3, 3, "A", doc="b.txt")], 3, 3),  # told twice
        ([deal(2, None, "A"), deal(3, 3, "A", doc="b.txt")], 3, 3),  # over 2 and 3: the more precise
        ([deal(2, 2, "A"), deal(3, 3, "A", doc="b.txt")], 2, 3),  # a contradiction: both
        ([deal(3, 3, "A"), deal(5, None, "B")], 8, None),
        ([deal(3, 3, "A"), deal(None, 5, "B")], 3, 8),
        ([deal(3, 3, "A"), deal(None, None, "B", currency=None)], 3, None),  # undisclosed
        ([deal(3, 3, "A"), deal(7, 7)], 7, 10),  # the unnamed one may be A
        ([deal(3, 3), deal(3, 3, doc="b.txt")], 3, 3),
        ([deal(3, 3, "A"), deal(9, 9, measure="cumulative")], 9, 9),
        ([deal(3, 3, "A"), deal(1, 1, measure="debt"), deal(4, 4, "B", status="planned"), deal(5, 5, "C", hearsay=True)], 3, 3),
    ],
)
def test_raised(deals: list[Fact], low: int | None, high: int | None) -> None:
    """Each round once; open where one is open."""
    bounds = raised(deals)["CNY"]
    assert (bounds.low, bounds.high) == (low, high)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["A", "B", "C", None])), min_size=1, max_size=6))
def test_the_least_is_not_more_than_the_most(drawn: list[tuple[int, int, str | None]]) -> None:
    """Whatever the documents say."""
    bounds = raised([deal(min(a, b), max(a, b), name) for a, b, name in drawn])["CNY"]
    assert bounds.low is not None
    assert bounds.high is not None
    assert bounds.low <= bounds.high


def test_currencies_are_never_added() -> None:
    """A bound for each."""
    found = raised([deal(3, 3, "A"), deal(5, 5, "B", currency="USD")])
    assert found == {"CNY": Bounds(Decimal(3), Decimal(3)), "USD": Bounds(Decimal(5), Decimal(5))}


def test_valued() -> None:
    """From the lowest to the highest."""
    told = [replace(deal(*pair), kind="valuation", measure="valuation") for pair in ((10, 10), (20, 20), (5, 8))]
    assert valued(told) == {"CNY": Bounds(Decimal(5), Decimal(20))}
    assert valued([*told, replace(deal(30, None), kind="valuation")])["CNY"] == Bounds(Decimal(5), None)
    assert valued([replace(fact, status="failed") for fact in told]) == {}


@given(st.lists(facts, max_size=5))
def test_every_fact_is_counted_once(found: list[Fact]) -> None:
    """Companies and the nameless rest together are the sheet."""
    assert sum(view.counts.total() for view in overview_of(Sheet(tuple(found)))) == len(found)
