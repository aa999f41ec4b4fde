"""Characters that would act instead of being seen (controls, direction overrides, zero widths, tags), as U+XXXX. A fixed list: the same on
every Python."""

from __future__ import annotations

import re

# Tab and line feed are left: HTML shows them as white space. U+200D and variation selectors of emoji are shown, too: seldom, and harmless.
_ODD = (
    "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e"
    "\\u2060-\\u206f\\u3164\\ud800-\\udfff\\ufdd0-\\ufdef\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe\\uffff\\U0001d173-\\U0001d17a"
    "\\U000e0000-\\U000e0fff" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(1, 17))
)
_ONE = re.compile(f"[{_ODD}]")
_SPLIT = re.compile(f"([{_ODD}])")


def name_of(character: str) -> str:
    """U+202E for one character."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """The text with every odd character as ⟦U+202E⟧."""
    return _ONE.sub(lambda match: f"⟦{name_of(match[0])}⟧", text)


def split_odd(text: str) -> list[str]:
    """Plain runs and odd characters by turns, plain first: 'a\\0b' → ['a', '\\0', 'b']."""
    return _SPLIT.split(text)
