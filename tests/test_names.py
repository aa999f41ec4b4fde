"""Names in articles that are kept as Markdown: the marks are no part of them."""

from __future__ import annotations

import pytest

import chipfacts

MARKED = {
    "heading": "# 云岭微完成数亿元A+轮融资",
    "bold": "**云岭微**完成2亿元B轮融资。",
    "quotation": "> 云岭微完成2亿元B轮融资。",
    "numbered": "1. 云岭微完成2亿元B轮融资。",
    "bullet": "- 云岭微完成2亿元B轮融资。",
}


@pytest.mark.parametrize("text", MARKED.values(), ids=MARKED)
def test_marks_are_no_part_of_a_name(text: str) -> None:
    """The company is 云岭微, and its span holds these three characters."""
    (fact,) = (fact for fact in chipfacts.extract(text) if fact.kind == "funding")
    (span,) = fact.spans["company"]
    assert (fact.company, text[slice(*span)]) == ("云岭微", "云岭微")


def test_an_address_is_no_investor() -> None:
    """The target of a link is not a name."""
    (fact,) = (fact for fact in chipfacts.extract("云岭微完成2亿元B轮融资,由[溪石资本](http://x.com)领投。") if fact.kind == "funding")
    assert not any("x.com" in name for name in fact.investors)


def test_quotes_have_no_white_space_at_their_ends() -> None:
    """The shortest run of text that states the fact."""
    text = "Lyndra Chips raised $20 million at a $1.1 billion valuation."
    assert all(fact.quote == fact.quote.strip() for fact in chipfacts.extract(text))
