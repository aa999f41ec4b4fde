"""Sums that belong to another: a cheque to its round, a rank to the list of values it stands in."""

from __future__ import annotations

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.model import Fact
from chipfacts.rulebook.load import load_rulebook


def facts_of(text: str) -> list[Fact]:
    """The money rows of a text."""
    return [f for f in extract_document(prepare("a.txt", text), load_rulebook()) if f.amount_low]


def test_a_cheque_behind_its_round_is_a_part_of_it() -> None:
    """The investor joins the round; the cheque is an amount."""
    rows = facts_of("云岭微融得8300万美元,估值30亿美元。溪石资本拿出2800万美元,南麓创投跟投。")
    assert [(f.kind, f.measure, str(f.amount_low)) for f in rows if f.kind != "valuation"] == [
        ("funding", "round", "83000000"),
        ("amount", "investment", "28000000"),
    ]
    assert "溪石资本" in next(f for f in rows if f.kind == "funding").investors


def test_a_cheque_of_another_day_or_a_larger_one_is_a_round() -> None:
    """What is told of another time, or exceeds the round, is none of its parts."""
    rows = facts_of("云岭微2023年5月融得5000万元。2021年9月,溪石资本拿出600万元,占股一成。")
    assert [str(f.amount_low) for f in rows if f.kind == "funding"] == ["50000000", "6000000"]
    rows = facts_of("云岭微融得5000万元。溪石资本拿出9000万元,占股一成。")
    assert [str(f.amount_low) for f in rows if f.kind == "funding"] == ["50000000", "90000000"]


def test_ranked_values_are_of_the_name_in_front() -> None:
    """甲市值45兆元;乙2兆元、丙1兆元, over a full stop too; a sum that follows no name, or of another order, is none."""
    rows = facts_of("台积电市值45.6兆元,遥遥领先;联发科2.38兆元、广达1.09兆元紧跟在后,超越日月光的1.3兆元。南亚科8257亿元居末,净赚3亿元。")
    values = [(f.company, str(f.amount_low)) for f in rows if f.kind == "valuation"]
    assert values[0] == ("台积电", "45600000000000")
    assert [name for name, _ in values[1:]] == ["联发科", "广达", "日月光", "南亚科"]
    assert next(f.measure for f in rows if f.amount_low == 300_000_000) == "profit"


def test_a_withdrawn_listing_is_no_failed_round() -> None:
    """公司曾申请上市,之后撤回 says nothing of the round talked about before."""
    rows = facts_of("云岭微正在洽谈一笔10亿元的融资。公司去年曾申请上市,之后撤回。")
    assert [(f.kind, f.status) for f in rows] == [("funding", "sought")]
