"""Tables for a terminal show the words of an article as they are."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from conftest import new_fact

from chipfacts.model import Fact, Sheet
from chipfacts.sheet.table import print_tables, summary


def shown(*facts: Fact, width: int = 200) -> str:
    """The tables as text."""
    stream = io.StringIO()
    print_tables(Sheet(facts), stream, width)
    return stream.getvalue()


def test_markup_is_text() -> None:
    """rich's markup, emoji codes and control sequences in a quote are only characters."""
    text = shown(new_fact(company="[bold]甲[/foo]", quote="[/foo] :smile: \x1b[31mred\x1b]0;title\x07 a\nb"))
    assert "[bold]甲[/foo]" in text
    assert "[/foo] :smile: ·[31mred·]0;title· a b" in text
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"amount_low": Decimal(2000), "amount_high": Decimal(2000), "currency": "CNY"}, "2,000 CNY"),
        ({"amount_low": Decimal(2000), "amount_high": Decimal(2000), "currency": "CNY", "currency_from": "inferred"}, "2,000 CNY?"),
        ({"amount_low": Decimal(2000), "amount_high": Decimal(2000), "hedge": "about"}, "about 2,000"),
        ({"amount_low": Decimal(2000), "hedge": "over", "currency": "USD"}, "≥ 2,000 USD"),
        ({"amount_high": Decimal(2000), "hedge": "under", "currency": "USD"}, "≤ 2,000 USD"),
        ({"amount_low": Decimal(1000), "amount_high": Decimal("2000.5"), "hedge": "range"}, "1,000 – 2,000.5"),
    ],
)
def test_amounts(columns: dict[str, object], text: str) -> None:
    """The interval, its hedge where the signs do not show it, and a mark on an inferred currency."""
    assert text in shown(new_fact(**columns))


def test_one_table_a_kind() -> None:
    """Kinds without facts have none; the document is shown where there are several."""
    text = shown(new_fact(), new_fact(kind="chip", chip="B0"))
    assert "funding (1)" in text
    assert "chip (1)" in text
    assert "date (" not in text
    assert "a.txt" not in text
    assert "b.txt" in shown(new_fact(), new_fact(doc="b.txt"))


def test_sums_are_not_cut() -> None:
    """In a narrow window too."""
    fact = new_fact(company="甲" * 40, amount_low=Decimal(5_000_000_000), currency="CNY", quote="乙" * 80)
    assert "≥ 5,000,000,000 CNY" in shown(fact, width=80)


def test_leads_are_marked() -> None:
    """All investors, the leads among them named."""
    assert "甲 (lead), 乙" in shown(new_fact(investors=("甲", "乙"), lead_investors=("甲",)))


def test_summary() -> None:
    """Counts, and the ledger where it is known."""
    assert summary(1, 1) == "1 fact from 1 document"
    assert summary(1200, 2, 7, 7) == "1,200 facts from 2 documents; money mentions: 7 found = 7 used"
    assert "7 found ≠ 6 used" in summary(2, 1, 7, 6)
