"""Change: who is who between two sets of facts, and which columns differ."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import facts as any_fact
from conftest import new_fact
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.model import Fact
from chipfacts.review.change import Change, Context, compare, contexts_of, differences


def told(id: str, start: int, quote: str = "2亿元", **columns: object) -> Fact:
    """A fact at a place."""
    return new_fact(**{"fact_id": id, "start": start, "end": start + len(quote), "quote": quote, **columns})


def pairs(changes: tuple[Change, ...]) -> list[tuple[str | None, str | None, list[str]]]:
    """(old id, new id, columns that differ) of each change."""
    return [
        (change.old and change.old.fact_id, change.new and change.new.fact_id, [difference.column for difference in change.differences])
        for change in changes
    ]


MONEY = told("a", 10, company="云岭微", amount_low=Decimal(2))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param([MONEY], [MONEY], [("a", "a", [])], id="the same"),
        pytest.param([MONEY], [replace(MONEY, start=90)], [("a", "a", [])], id="moved"),
        pytest.param([MONEY], [], [("a", None, [])], id="gone"),
        pytest.param([], [MONEY], [(None, "a", [])], id="come"),
        pytest.param([MONEY], [replace(MONEY, doc="b.txt")], [("a", None, []), (None, "a", [])], id="another document"),
        pytest.param([MONEY], [replace(MONEY, round="B")], [("a", "a", ["round"])], id="the same id"),
        pytest.param(
            [MONEY], [replace(MONEY, quote="约2亿元", hedge="about")], [("a", "a", ["hedge", "quote"])], id="the same id, another quote"
        ),
        pytest.param(
            [MONEY], [replace(MONEY, fact_id="b", measure="debt", start=900)], [("a", "b", ["measure"])], id="the same quote, far away"
        ),
        pytest.param([MONEY], [replace(MONEY, fact_id="b", kind="amount")], [("a", "b", ["kind"])], id="the same quote of another kind"),
        pytest.param(
            [MONEY],
            [
                replace(MONEY, fact_id="c", amount_low=Decimal(4), quote="4亿元", start=160),
                replace(MONEY, fact_id="b", amount_low=Decimal(3), quote="3亿元", start=12),
            ],
            [("a", "b", ["amount_low", "quote"]), (None, "c", [])],
            id="the nearest of the company",
        ),
        pytest.param(
            [MONEY], [replace(MONEY, fact_id="b", quote="3亿元", start=900)], [("a", None, []), (None, "b", [])], id="too far away"
        ),
        pytest.param(
            [MONEY],
            [replace(MONEY, fact_id="b", company="溪石", quote="2亿", end=12)],
            [("a", "b", ["company", "quote"])],
            id="another name there",
        ),
        pytest.param(
            [replace(MONEY, amount_low=Decimal(0))], [replace(MONEY, amount_low=None)], [("a", "a", ["amount_low"])], id="zero is a value"
        ),
    ],
)
def test_who_is_who(old: list[Fact], new: list[Fact], expected: list[tuple[str | None, str | None, list[str]]]) -> None:
    """One row for each key that pairs, and where each key ends."""
    assert pairs(compare(old, new)) == expected


def test_numbered_ids_do_not_mislead() -> None:
    """Rows that state the same are numbered in text order: when the first goes, the text around says that it was the first."""
    days = [told(id, start, "今年", kind="date", date="2024") for id, start in (("a", 3), ("b", 40), ("c", 80))]
    left = [replace(days[1], fact_id="a", start=20), replace(days[2], fact_id="b", start=60)]
    around = [Context("x", "1"), Context("x", "2"), Context("x", "3")]
    changes = compare(days, left, old_contexts=around, new_contexts=around[1:])
    assert pairs(changes) == [("a", None, []), ("b", "a", []), ("c", "b", [])]
    assert [change.is_guess for change in changes] == [False] * 3


def test_a_guess_is_called_one() -> None:
    """Two of three equal facts are left, elsewhere and among other words: which, nobody can tell."""
    days = [told(id, start, "今年", kind="date", date="2024") for id, start in (("a", 3), ("b", 40), ("c", 80))]
    left = [replace(days[0], start=23), replace(days[1], start=61)]
    assert [change.is_guess for change in compare(days, left)] == [False, True, True]
    assert not any(change.is_guess for change in compare(days, days[:2]))


def test_very_many_equal_facts() -> None:
    """Beyond what can be weighed pair by pair they go in text order, as guesses."""
    days = [told(f"{number:012x}", number * 10, "今年", kind="date", date="2024") for number in range(300)]
    changes = compare(days, [replace(day, start=day.start + 3) for day in days[:299]])
    assert sum(change.is_guess for change in changes) == 299
    assert [change.old for change in changes if change.new is None] == days[299:]


def test_what_moved_along_is_expected_there() -> None:
    """A long insertion before them moves both; the sum that was edited is looked for where its neighbour went."""
    other = told("n", 0, "壁仞", kind="chip")
    edited = replace(MONEY, fact_id="b", quote="3亿元", start=510, amount_low=Decimal(3))
    assert pairs(compare([other, MONEY], [replace(other, start=500), edited])) == [("n", "n", []), ("a", "b", ["amount_low", "quote"])]


def test_contexts_come_from_the_text() -> None:
    """Up to twelve characters on either side; None where there is no text."""
    assert contexts_of([told("a", 2, "今年"), replace(MONEY, doc="b.txt")], {"a.txt": "x,今年,y"}) == (Context("x,", ",y"), None)


@given(st.lists(any_fact, max_size=8), st.lists(any_fact, max_size=8))
def test_every_fact_once(old: list[Fact], new: list[Fact]) -> None:
    """Nothing is dropped or doubled, pairs are of one document, and differences are those of the pair."""
    changes = compare(old, new)
    for side, given_facts in (("old", old), ("new", new)):
        there = [getattr(change, side) for change in changes if getattr(change, side) is not None]
        assert sorted(map(repr, there)) == sorted(map(repr, given_facts))
    for change in changes:
        if change.old and change.new:
            assert change.old.doc == change.new.doc
            assert change.differences == differences(change.old, change.new)


@given(st.lists(any_fact, max_size=8))
def test_nothing_changed(same: list[Fact]) -> None:
    """A set compared with itself has no differences, no moves and no guesses."""
    assert all(change.old and change.new and not change.differences and not change.is_guess for change in compare(same, same[::-1]))
