"""Cells: formulas neutralised by column type, and taken back exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import new_fact
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.model import COLUMNS, LIST_COLUMNS, Span
from chipfacts.sheet.cell import exact_number, from_cell, from_row, guard_formula, plain_decimal, to_cell, to_row, unguard_formula

DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    " =1",
    "\n=1",
    "\u3000=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "- 5",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_guard(text: str) -> None:
    """Everything a spreadsheet runs gets one apostrophe."""
    assert guard_formula(text) == "'" + text
    assert unguard_formula("'" + text) == text
    assert unguard_formula(guard_formula("'" + text)) == "'" + text


@pytest.mark.parametrize("text", ["", "-", "+", "—", "a=1", "'tis", "'", "壁仞科技", "1-2", "*x", "’=1"])
def test_guard_leaves(text: str) -> None:
    """What no spreadsheet runs is not touched: standard input is called -."""
    assert guard_formula(text) == text
    assert unguard_formula(text) == text


@given(st.text(st.sampled_from("'=+-@＝ \t\r\n\u3000aé1")))
def test_guard_is_exact(text: str) -> None:
    """Any mixture of apostrophes, signs and white space comes back."""
    assert unguard_formula(guard_formula(text)) == text


@pytest.mark.parametrize("column", ["company", "quote", "chip", "foundry", "investors", "lead_investors", "doc", "rule", "event"])
def test_text_columns_are_guarded(column: str) -> None:
    """Words of the article, and names that somebody else chose."""
    value = ("=1+1", "b") if column in LIST_COLUMNS else "=1+1"
    cell = to_cell(column, value)
    assert cell.startswith("'=1+1")
    assert from_cell(column, cell) == value


def test_other_columns_are_not_touched() -> None:
    """Numbers, dates and ids, whatever they begin with."""
    assert to_cell("amount_low", Decimal("-5")) == "-5"
    assert to_cell("date", "-0500") == "-0500"
    assert to_cell("published", "-0500") == "-0500"
    assert to_cell("fact_id", "-12345678901") == "-12345678901"


@pytest.mark.parametrize(
    ("number", "text", "exact"),
    [
        ("1E+9", "1000000000", 1000000000),
        ("0.18", "0.18", 0.18),
        ("2.50", "2.5", 2.5),
        ("100", "100", 100),
        ("0", "0", 0),
        ("9007199254740993", "9007199254740993", "9007199254740993"),
        ("0.1234567890123456789", "0.1234567890123456789", "0.1234567890123456789"),
        ("1E-7", "0.0000001", "0.0000001"),
    ],
)
def test_numbers(number: str, text: str, exact: object) -> None:
    """Digits without exponent; a JSON number only where every reader holds it exactly."""
    assert plain_decimal(Decimal(number)) == text
    assert exact_number(Decimal(number)) == exact
    assert type(exact_number(Decimal(number))) is type(exact)


@pytest.mark.parametrize("members", [(), ("a",), ("a", "b"), ("a; b", "c"), ("a;", "b"), ("a\\", "b;c"), ("\\;", " x"), ("=1", "b")])
def test_lists(members: tuple[str, ...]) -> None:
    """Joined by "; ", split into the same members whatever they hold."""
    assert from_cell("investors", to_cell("investors", members)) == members


def test_empty_is_not_false() -> None:
    """None and () are empty; False and 0 are values."""
    assert to_cell("hearsay", None) == to_cell("company", None) == to_cell("investors", ()) == ""
    assert to_cell("hearsay", False) == "false"
    assert to_cell("start", 0) == "0"
    row = to_row(new_fact(hearsay=False))
    assert row["hearsay"] is False
    assert row["start"] == 0
    assert "company" not in row
    assert "investors" not in row


def test_row_has_columns_in_order_and_spans() -> None:
    """A pair for a value, a list of pairs for a list."""
    fact = new_fact(company="甲", investors=("乙", "丙"), spans={"company": (Span(0, 1),), "investors": (Span(2, 3), Span(4, 5))})
    row = to_row(fact)
    assert row.pop("spans") == {"company": [0, 1], "investors": [[2, 3], [4, 5]]}
    assert list(row) == [column for column in COLUMNS if column in row]
    assert from_row({**row, "spans": {"company": ["0", "1"], "investors": [["2", "3"], ["4", "5"]]}}) == fact


@pytest.mark.parametrize(("column", "cell"), [("amount_low", "x"), ("mentions", "1.5"), ("hearsay", "yes"), ("hearsay", "True")])
def test_wrong_cells(column: str, cell: str) -> None:
    """A cell that its column cannot hold is an error, not another value."""
    with pytest.raises((ValueError, ArithmeticError)):
        from_cell(column, cell)
