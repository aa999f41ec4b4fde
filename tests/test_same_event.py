"""When two tellings of a raise are one event, and when they are two."""

from __future__ import annotations

import chipfacts


def backers(text: str, published: str = "2025-05-21") -> list[tuple[str, ...]]:
    """The investors of every funding row, in order."""
    return [fact.investors for fact in chipfacts.extract(text, published=published) if fact.kind == "funding"]


def test_vague_sums_of_other_backers_are_raises_of_their_own() -> None:
    """数亿元 now from one house and 数亿元 in December from another are two rounds."""
    text = "云岭微宣布完成新一轮数亿元融资,由溪石资本领投。\n\n2024年12月,云岭微再获数亿元融资,由松果资本领投。"
    assert backers(text) == [("溪石资本",), ("松果资本",)]


def test_a_headline_and_its_body_are_one_raise() -> None:
    """The headline's sum and the body's backers make one row."""
    text = "云岭微完成数亿元融资\n\n云岭微宣布完成新一轮数亿元融资,由溪石资本领投。"
    assert len(backers(text)) == 1


def test_a_backer_in_both_scripts_is_one() -> None:
    """高通Qualcomm Ventures is one member of the list."""
    text = "云岭微宣布完成1亿元A轮融资,由高通Qualcomm Ventures和松果资本领投。"
    assert backers(text) == [("高通Qualcomm Ventures", "松果资本")]
