"""Which currency plain 元 and a ¥ mean, told by the usage of the article they stand in."""

from __future__ import annotations

import pytest

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.rulebook.load import load_rulebook

SUMS = {
    "mainland": ("岚峤芯片完成5亿元融资,港交所、联交所与人民币基金在软件、硬件和互联网都有关注。", "CNY"),
    "mainland in Traditional": ("嵐嶠晶片公司完成5億元融資,已向港交所遞表;這家軟件與硬件企業曾在科創板排隊,獲得人民幣基金支持。", "CNY"),
    "Hong Kong": ("嵐嶠科技抽水5億元,孖展超購,招股價待定,細價股造好,入場費不變。", "HKD"),
    "Hong Kong beside 港元": ("嵐嶠科技籌得5億元,孖展超購,招股價3.2港元,細價股造好,入場費不變。", "HKD"),
    "Hong Kong, declared": ("嵐嶠科技去年收入5億元(人民幣,下同),孖展超購,招股價待定,細價股造好。", "CNY"),
    "declared in Simplified": ("岚峤科技以每股3.2元(港元,下同)配售新股,集资净额5亿元。", "HKD"),
    "Hong Kong on a mainland company's listing": ("中芯國際招股價待定,孖展超購,集資額5億元,細價股造好。", "HKD"),
    "Hong Kong on a mainland company's business": ("中芯國際公布季績,收入5億元,孖展超購,招股價待定,細價股造好。", "CNY"),
    "Taiwan": ("嵐嶠晶片完成5億元現增,法人看好伺服器記憶體與封測廠。", "TWD"),
    "a ¥ of Japan": ("Japanese chip startup Norland Chips said it raised ¥5 billion from Orrin Capital.", "JPY"),
    "a ¥ of China": ("Chinese chip startup Norland Chips said it raised ¥5 billion from Orrin Capital.", "CNY"),
    "a ¥ in Chinese": ("云岭微在日本完成¥5亿元A轮融资", "CNY"),
}


@pytest.mark.parametrize(("text", "currency"), SUMS.values(), ids=SUMS)
def test_currency(text: str, currency: str) -> None:
    """The first sum of the article."""
    sums = [f for f in extract_document(prepare("a.txt", text), load_rulebook()) if f.amount_low and f.amount_low >= 1_000_000]
    assert sums[0].currency == currency


def test_a_price_does_not_go_on_in_a_total() -> None:
    """每股125元,总额37亿元: what nothing else claims is no share's price."""
    facts = extract_document(prepare("a.txt", "岚峤科技公告收购方案,每股出价125元,合计约37亿元。"), load_rulebook())
    assert [f.measure for f in facts if f.amount_low == 125] == ["share_price"]
    assert [f.measure for f in facts if f.amount_low == 3_700_000_000] in (["other"], ["acquisition"])
