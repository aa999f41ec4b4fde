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


def test_the_end_of_a_stretch_is_the_day_of_what_stands_behind_it() -> None:
    """从…成立到…完成: each day has its own event."""
    facts = chipfacts.extract("从2019年9月9日云岭微成立到2021年3月完成B轮融资,公司在18个月内融资超47亿元。", published="2022-01-01")
    assert [fact.event for fact in facts if fact.kind == "date"] == ["founded", "funding"]


def test_years_after_a_founding_are_not_the_day_of_it() -> None:
    """去年8月,云岭微在成立三年后,发布…: what was released then, not founded."""
    facts = chipfacts.extract("去年8月,云岭微在成立三年后,发布了首款芯片。", published="2023-05-01")
    assert [fact.event for fact in facts if fact.kind == "date"] == ["released"]
