"""Numbers as articles write them, read exactly: ASCII, Chinese and mixed numerals and English number words → Decimal intervals.

Works on the folded view (Simplified, half-width). Colloquial tails count as people say them: 两万五 = 25000, 一百二 = 120,
两亿半 = 250000000. What is open is an interval: 数十亿 = 10亿..100亿, 40多亿 = 40亿..50亿, 三四千万 = 3000万..4000万.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from chipfacts.values.idiom import read_idiom
from chipfacts.values.numeral import read_numeral
from chipfacts.values.quantity import ASCII_NUMBER, MAX_DIGITS, ONE, ZERO, Quantity, ascii_value, groups_of_three, plain

UNITS: dict[str, Decimal] = {
    "hundred": Decimal(100),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
}
SHORT_UNITS: dict[str, Decimal] = {
    **dict.fromkeys(("k",), Decimal(10**3)),
    **dict.fromkeys(("mln", "mil", "mn", "m"), Decimal(10**6)),
    **dict.fromkeys(("bln", "bn", "b"), Decimal(10**9)),
    **dict.fromkeys(("trn", "tn", "t"), Decimal(10**12)),
    **dict.fromkeys(("lakh crore", "lac crore"), Decimal(10**12)),
    **dict.fromkeys(("lakh", "lac"), Decimal(10**5)),
    "crore": Decimal(10**7),
    "w": Decimal(10**4),
}
_SMALL_WORDS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS: dict[str, Decimal] = {
    **{word: Decimal(value) for value, word in enumerate(_SMALL_WORDS)},
    **{word: Decimal(10 * value) for value, word in enumerate(_TENS, 2)},
    "half": Decimal("0.5"),
    "dozen": Decimal(12),
    "a": ONE,
    "an": ONE,
}
_VAGUE: dict[str, Decimal] = {"several": ONE, "few": ONE, "multi": ONE, "tens": Decimal(10), "dozens": Decimal(12)}


def read_number(view: str, pos: int) -> Quantity | None:
    """The longest number that starts exactly at `pos` of the folded view, or None.

    ASCII numbers may take an English unit (1.2 bn, 300K); a single space may stand before a unit (50 亿).
    """
    head = groups_of_three(view, pos) or _ascii().match(view, pos)
    if head and len(head[0]) <= MAX_DIGITS:
        tail = _english_unit().match(view, head.end())
        if tail:
            unit = _unit(tail[1] or tail[2])
            value = plain(ascii_value(head[0]) * unit)
            hedge = "over" if tail[0].startswith("+") else ""  # $10+ billion
            return Quantity(pos, tail.end(), value, value, hedge, big=unit, letter=tail[2] is not None)
    elif head:
        return None
    return read_idiom(view, pos) or read_numeral(view, pos)


def parse_number(surface: str) -> Quantity | None:
    """The number that fills the whole surface (Chinese, mixed, ASCII or English words), or None."""
    text = surface.strip()
    found = read_number(text, 0) or read_words(text, 0)
    if found is None or found.end != len(text):
        found = read_words(text, 0)
    return found if found is not None and found.end == len(text) else None


def read_words(view: str, pos: int) -> Quantity | None:
    """English number words that start at `pos` (two hundred million, half a billion, several million, tens of millions), or None."""
    match = _words().match(view, pos)
    if not match:
        return None
    total = section = ZERO
    big, several = ONE, False
    words = _counting_words(match[0])
    for index, word in enumerate(words):
        unit = UNITS.get(word.removesuffix("s"))
        if index == 0 and (word in _VAGUE or (unit and word.endswith("s"))):
            # tens of millions: 10..100 million; hundreds of millions: 100..1000; several million, billions: 1..10
            section, several = _VAGUE.get(word) or unit or ONE, True
            if unit and unit > 100:
                total, section, big = section, ZERO, section
        elif unit == 100 or word == "dozen":
            section = (section or ONE) * (unit or 12)
        elif unit:
            big = unit
            # hundreds of thousands of millions multiply; three million two hundred thousand add
            total, section = (total * unit if 0 < total < unit and not section else total + (section or ONE) * unit), ZERO
        else:
            section += WORDS.get(word, ZERO)
    low = plain(total + section)
    if not low:
        return None
    high = plain(low * 10) if several else low
    return Quantity(match.start(), match.end(), low, high, "several" if several else "", big, is_unit=words[0] in UNITS)


def _counting_words(text: str) -> list[str]:
    """The words that count: no and, no of, and no article but that of a hundred and a dozen (half a billion, a two-million deal)."""
    words = re.findall(r"[a-z]+", text.lower())
    kept: list[str] = []
    for word, following in zip(words, (*words[1:], ""), strict=True):
        is_article = word in ("a", "an")
        if word in ("and", "of") or (is_article and (kept or following not in (*UNITS, "dozen"))):
            continue
        kept.append(word)
    return kept


def _unit(word: str) -> Decimal:
    lower = word.lower()
    return UNITS.get(lower) or SHORT_UNITS[lower]


@cache
def _ascii() -> re.Pattern[str]:
    return re.compile(ASCII_NUMBER)


@cache
def _english_unit() -> re.Pattern[str]:
    # "100-million", "1.2 bn"; a letter stands close: 5M, 300K, 30w, not "5 m"
    words = "|".join((*UNITS, *(word for word in SHORT_UNITS if len(word) > 1)))
    return re.compile(rf"\+?(?:[ -]?((?i:{words}))s?|((?i:[kmbt])|w))(?![A-Za-z0-9])")


@cache
def _words() -> re.Pattern[str]:
    number = "|".join(sorted((*WORDS, *_VAGUE), key=len, reverse=True))
    word = f"(?:{number}|(?:{'|'.join(UNITS)})s?)(?![a-z])"
    return re.compile(rf"(?i:{word}(?:[ -](?:and |of |a )?{word}){{0,8}})")
