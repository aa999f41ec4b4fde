"""Text to its folded view: Simplified, half-width, plain punctuation; one code point for each code point, letter case kept.

Not folded: circled, superscript and subscript digits (an item mark or a footnote in front of a number is no part of it), forms
that NFKC makes longer (㎚, ℃) and the dash —. The stops 、 and 。 stay; other full-width ASCII becomes ASCII.
Sample: 「國產ＧＰＵ」 becomes “国产GPU”.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Marks with one meaning and many shapes. Keys are what NFKC leaves.
_MARKS = {
    **dict.fromkeys("「『〝", "“"),
    **dict.fromkeys("」』〞〟", "”"),
    **dict.fromkeys("‐‑‒–−", "-"),
    **dict.fromkeys("〜∼", "~"),
    **dict.fromkeys("‧・", "·"),
}
# Compatibility forms that are only a way to print the same character. <circle>, <super>, <sub> mean something else.
_SAME = frozenset({"<wide>", "<narrow>", "<small>", "<vertical>", "<noBreak>", "<compat>", "<font>"})
# Where such forms exist: nothing in ASCII, in the unified ideographs or in Hangul syllables has one.
_FORMS = re.compile(
    r"[\xa0-\u33ff\ua490-\uabff\ud7b0-\ud7ff\uf900-\uffff"
    r"\U0001d400-\U0001d7ff\U0001ee00-\U0001eeff\U0001fbf0-\U0001fbf9\U0002f800-\U0002fa1f]"
)


def fold(text: str) -> str:
    """The view of `text`; `len(fold(text)) == len(text)` for every string, lone surrogates included."""
    plain = _fold_marks(text)
    convert = _converter()
    try:
        view = convert(plain)
    except UnicodeEncodeError:  # a lone surrogate, which no decoded file has but a caller's string may
        return "".join(ch if "\ud800" <= ch <= "\udfff" else convert(ch) for ch in plain)
    if len(view) == len(plain):
        return view
    # A phrase whose conversion has another length: give up phrases, keep offsets.
    return "".join(one if len(one := convert(ch)) == 1 else ch for ch in plain)


def _fold_marks(text: str) -> str:
    """Width and punctuation only. A text has few distinct folded characters, so replacing each beats one pass over all (measured 2:1)."""
    if text.isascii():
        return text
    forms = {ch: to for ch in _FORMS.findall("".join(set(text))) if (to := _plain(ch)) != ch}
    if len(forms) > 40:
        return text.translate({ord(ch): to for ch, to in forms.items()})
    for ch, to in forms.items():  # in any order: nothing that a form becomes is a form itself
        text = text.replace(ch, to)
    return text


@cache
def _plain(ch: str) -> str:
    """What one character becomes by width or as a mark; itself where that is nothing or would be longer."""
    tag = unicodedata.decomposition(ch).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", ch) if not tag.startswith("<") or tag in _SAME else ch
    if len(plain) != 1:
        plain = ch
    return _MARKS.get(plain, plain)


@cache
def _converter() -> Callable[[str], str]:
    """OpenCC's Traditional to Simplified: characters and fixed phrases, no change of words (tw2sp would make them longer)."""
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
