"""The folded view: one code point for one, whatever the text."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.text.fold import fold

CJK = [*range(0x2E80, 0x3400), *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00), *range(0xFE30, 0xFFF0)]
CJK += [*range(0x20000, 0x323B0)]


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("「國產ＧＰＵ」", "“国产GPU”"),
        ("『億萬』", "“亿万”"),
        ("“一”", "“一”"),
        ("５０％，（Ａ＋輪）！", "50%,(A+轮)!"),
        ("2019–2020−2021－2022‑3", "2019-2020-2021-2022-3"),
        ("5～10〜15億", "5~10~15亿"),
        ("a\u00a0b\u3000c", "a b c"),
        ("頓號、句號。破折號——", "顿号、句号。破折号——"),
        ("奈米 兆 億 萬 週 後 瞭解 乾坤 乾燥", "奈米 兆 亿 万 周 后 了解 乾坤 干燥"),
        ("黃仁勳‧普瑞・瑞", "黄仁勋·普瑞·瑞"),
        ("BiRen Tech\r\n\t", "BiRen Tech\r\n\t"),
        ("\ufeff\u200b\0", "\ufeff\u200b\0"),
        ("豈\uf900", "岂岂"),
    ],
)
def test_fold(text: str, view: str) -> None:
    """One sample of each thing that is folded, and of what is not."""
    assert fold(text) == view


@pytest.mark.parametrize("text", ["①2023年", "2亿元²", "㎚", "℃", "…", "—"])
def test_fold_leaves(text: str) -> None:
    """A mark in front of a number must not become a digit of it; what would get longer stays."""
    assert fold(text) == text


def test_fold_keeps_length_of_every_cjk_code_point() -> None:
    """Alone, and all of them in one text (phrases included)."""
    characters = [chr(point) for point in CJK]
    assert [hex(ord(ch)) for ch in characters if len(fold(ch)) != 1] == []
    assert len(fold("".join(characters))) == len(characters)


def test_fold_keeps_length_of_every_other_code_point() -> None:
    """Combining marks, controls, private use, unassigned, emoji: in blocks, for speed."""
    for first in range(0, 0x110000, 0x1000):
        block = "".join(chr(point) for point in range(first, first + 0x1000) if not 0xD800 <= point < 0xE000)
        assert len(fold(block)) == len(block), hex(first)


@given(st.text(st.characters()), st.text(st.sampled_from("發髮乾幹後后瞭解臺灣「」，。①²Ａ \u0301\ud800")))
def test_fold_keeps_length(text: str, chinese: str) -> None:
    """Any string, lone surrogates and phrases included."""
    assert len(fold(text + chinese)) == len(text) + len(chinese)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_fold_leaves_ascii(text: str) -> None:
    """Letter case above all: product codes need it."""
    assert fold(text) == text


def test_fold_of_the_seeds() -> None:
    """Real articles keep their length, and nothing is left to fold."""
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        view = fold(text)
        assert len(view) == len(text)
        assert fold(view) == view
        assert not any(unicodedata.east_asian_width(ch) == "F" for ch in view if ch not in "、。")
