"""The language tag of a text, so that a browser picks the right glyphs: zh-Hans, zh-Hant or en."""

from __future__ import annotations

from operator import ne
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chipfacts.model import Document


def is_chinese(character: str) -> bool:
    """True for a Chinese character of the basic plane."""
    return "\u3400" <= character <= "\u9fff"


def language_of(document: Document) -> str:
    """zh-Hant where one Chinese character of twelve is another one in Simplified, else zh-Hans; en where there are hardly any."""
    text = document.text
    chinese = sum(map(is_chinese, text))
    if chinese * 10 < len(text):
        return "en"
    view = document.view
    if len(view) != len(text) or sum(map(ne, text, view)) * 12 <= chinese:  # punctuation included: quick, and mostly enough
        return "zh-Hans"
    changed = sum(is_chinese(before) and before != after for before, after in zip(text, view, strict=True))
    return "zh-Hant" if changed * 12 > chinese else "zh-Hans"
