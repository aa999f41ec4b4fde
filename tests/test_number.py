"""Numerals → exact intervals: one value, many surfaces, and format → parse round trips."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.values.number import parse_number, read_number, read_words

EXACT = {
    "5530": "5,530 5530 五千五百三十 伍仟伍佰叁拾",
    "1200": "1,200 1200 壹仟贰佰 一千二百 一千二 1千2百",
    "12": "12 十二 一十二 12.0",
    "37": "卅七 三十七",
    "120": "120 一百二 一百二十 1百2十 一百廿",
    "105": "105 一百零五",
    "25000": "两万五 二万五千 2万5千 2.5万 25K 25,000",
    "15000": "一万五千 1.5万 15k 15,000",
    "10500": "一万零五百 1万零5百 10500",
    "640143": "六十四万零一百四十三 640,143",
    "15000000": "1.5千万 一千五百万 1500万",
    "23000000": "两千三百万 2300万 2千3百万",
    "150000000": "一点五亿 1.5亿 一亿五千万 一亿五",
    "250000000": "两亿半 2.5亿 两个半亿 二亿五千万",
    "350000000": "三个半亿 3.5亿",
    "520000000": "5亿2千万 五亿两千万 5.2亿",
    "1200000000": "1.2bn 12亿 十二亿 1.2B",
    "5000000000": "50亿 五十亿 5bn",
    "1000000000000": "万亿 一万亿 1兆 一兆 1tn",
    "1200000000000": "1兆2000亿 1.2万亿 一兆两千亿",
    "5300000000000": "五万三千亿 5.3万亿",
    "2023": "二〇二三 2023 二零二三",
}
ENGLISH = {
    "2000000": ["two million", "2 million"],
    "100000000": ["a hundred million", "one hundred million", "100 million"],
    "500000000": ["half a billion", "five hundred million"],
    "250000000": ["two hundred and fifty million", "250 mn"],
    "25000": ["twenty-five thousand", "twenty five thousand"],
    "5000000000": ["500 crore", "5 bn"],
}
INTERVALS = {
    "数亿": ("100000000", "1000000000", "several"),
    "几千万": ("10000000", "100000000", "several"),
    "数十亿": ("1000000000", "10000000000", "several"),
    "几十万": ("100000", "1000000", "several"),
    "tens of millions": ("10000000", "100000000", "several"),
    "hundreds of millions": ("100000000", "1000000000", "several"),
    "several million": ("1000000", "10000000", "several"),
    "百十万": ("1000000", "2000000", "several"),
    "十几亿": ("1000000000", "2000000000", "over"),
    "二十几亿": ("2000000000", "3000000000", "over"),
    "40多亿": ("4000000000", "5000000000", "over"),
    "四十余亿": ("4000000000", "5000000000", "over"),
    "1200余万": ("12000000", "13000000", "over"),
    "3亿多": ("300000000", "400000000", "over"),
    "1.5亿多": ("150000000", "160000000", "over"),
    "三四千万": ("30000000", "40000000", "range"),
    "二三十亿": ("2000000000", "3000000000", "range"),
    "七八百万": ("7000000", "8000000", "range"),
    "十二三亿": ("1200000000", "1300000000", "range"),
    "十来亿": ("1000000000", "1000000000", "about"),
    "若干万": ("10000", "100000", "several"),
    "千把": ("1000", "1000", "about"),
    "百把万": ("1000000", "1000000", "about"),
    "万儿八千": ("10000", "10000", "about"),
    "几百上千": ("100", "100", "over"),
}


@pytest.mark.parametrize(("value", "surface"), [(v, s) for v, row in EXACT.items() for s in row.split()])
def test_exact_number(value: str, surface: str) -> None:
    """Many surfaces, one value."""
    found = parse_number(surface)
    assert found is not None and (found.low, found.high, found.hedge) == (Decimal(value), Decimal(value), "")


@pytest.mark.parametrize(("value", "surface"), [(v, s) for v, row in ENGLISH.items() for s in row])
def test_english_number(value: str, surface: str) -> None:
    """English words and units."""
    found = parse_number(surface)
    assert found is not None and (found.low, found.high) == (Decimal(value), Decimal(value))


@pytest.mark.parametrize("surface", INTERVALS)
def test_open_number_is_an_interval(surface: str) -> None:
    """Several, over and neighbouring digits."""
    low, high, hedge = INTERVALS[surface]
    found = parse_number(surface)
    assert found is not None and (found.low, found.high, found.hedge) == (Decimal(low), Decimal(high), hedge)


@pytest.mark.parametrize("text", ["", "点五", "亿万", "12345678901234567890123", "多", "abc", "元", "百千"])
def test_no_number(text: str) -> None:
    """Idioms, serial numbers and words are no numbers."""
    assert parse_number(text) is None


@pytest.mark.parametrize(("view", "end"), [("五万一片", 2), ("5亿3家", 2), ("两亿五千万人", 5), ("1亿2020年", 2), ("3 亿元", 3)])
def test_number_ends_before_what_is_not_its_own(view: str, end: int) -> None:
    """A digit that counts the next noun is no tail of the number."""
    found = read_number(view, 0)
    assert found is not None and found.end == end


@given(st.integers(min_value=0, max_value=10**16), st.booleans())
def test_ascii_round_trip(value: int, is_grouped: bool) -> None:
    """ASCII with and without separators reads back."""
    found = read_number(f"{value:,}" if is_grouped else str(value), 0)
    assert found is not None and found.low == found.high == value


def chinese(value: int) -> str:
    """A positive integer below 10**16 in full Chinese numerals."""
    digits, text, is_gap = "零一二三四五六七八九", "", False
    for unit, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, unit)
        if not section:
            is_gap = bool(text)
            continue
        part = ""
        if text and (is_gap or section < 1000):
            part = "零"
        started = False
        for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = section // place % 10
            if digit:
                part += digits[digit] + mark
                started = True
            elif started and section % place:
                part += "" if part.endswith("零") else "零"
        text += part + name
        is_gap = False
    return text


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_chinese_round_trip(value: int) -> None:
    """Full Chinese numerals read back."""
    found = parse_number(chinese(value))
    assert found is not None and found.low == found.high == value


@given(st.text(alphabet="零一二两三九十百千万亿兆半点几数多余来个壹佰0123456789., KMbn", max_size=30))
def test_any_text_is_read_without_error(view: str) -> None:
    """No crash, no empty span, no inverted interval."""
    for found in (read_number(view, 0), read_words(view, 0)):
        assert found is None or (found.start < found.end <= len(view) and found.low <= found.high)
