"""The words around a date that decide its year where the date does not say it: ahead, behind, not to be borrowed from, gone on with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from chipfacts.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The word lists of rules/names/time.yaml that decide a year the date does not say."""

    future: frozenset[str] = frozenset()
    past: frozenset[str] = frozenset()
    not_antecedent: frozenset[str] = frozenset()
    then: frozenset[str] = frozenset()
    anyway: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()
    of_news: frozenset[str] = frozenset()
    close: frozenset[str] = frozenset()
    beginning: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TimeCues:
    """TimeWords as patterns over lower-case text."""

    future: re.Pattern[str]
    past: re.Pattern[str]
    not_antecedent: re.Pattern[str]
    then: re.Pattern[str]
    told_on: re.Pattern[str]  # in front of a day: said on
    told: re.Pattern[str]  # behind it: 周日|表示
    began: re.Pattern[str]  # in front of a year: founded in
    of_news: tuple[str, ...]  # 当日: the day that the text told of before …
    close: tuple[str, ...]  # … and what makes it one behind it: 当天|收盘


@lru_cache(maxsize=8)
def time_words(rulebook: Rulebook) -> TimeWords:
    """The word lists of one rulebook."""
    ahead = ("future_words", "past_words", "not_antecedent_words", "then_words", "antecedent_anyway")
    return TimeWords(*(rulebook.words(name) for name in (*ahead, "telling_words", "day_of_news", "market_close", "beginning_words")))


@lru_cache(maxsize=8)
def time_cues(words: TimeWords) -> TimeCues:
    """The patterns of a set of word lists, compiled once."""
    han = "|".join(_unless_in(w, words.anyway) for w in sorted(words.not_antecedent) if not w.isascii()) or r"(?!)"
    latin = _either(w for w in words.not_antecedent if w.isascii())
    near = rf"(?:{han})[^,。;]{{0,2}}$|(?:{latin})\b[^.;]{{0,14}}$"  # a word of the same phrase
    return TimeCues(
        *(re.compile(_either(words.future)), re.compile(_either(words.past)), re.compile(near)),
        re.compile(rf"\s*(?:{_either(words.then)})"),
        *_telling(words.telling),
        re.compile(rf"(?:{_either(words.beginning)})\b[^.;,]{{0,10}}$"),
        of_news=tuple(sorted(words.of_news)),
        close=tuple(sorted(words.close)),
    )


def _telling(words: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    latin, han = _either(w for w in words if w.isascii()), _either(w for w in words if not w.isascii())
    return re.compile(rf"(?:{latin})\b[^,.;]{{0,16}}$"), re.compile(rf"(?:{han})| (?:{latin})\b")


def _unless_in(word: str, anyway: frozenset[str]) -> str:
    """到 forbids a year to be borrowed, 直到 and the name 比亚迪 do not: the word, where it is no piece of a longer one."""
    longer = sorted(anyway - {word})
    before = "".join(f"(?<!{re.escape(whole[: -len(word)])})" for whole in longer if whole.endswith(word))
    behind = "".join(f"(?!{re.escape(whole[len(word) :])})" for whole in longer if whole.startswith(word))
    return before + re.escape(word) + behind


def _either(words: Iterable[str]) -> str:
    return "|".join(
        rf"(?<![a-z]){re.escape(w)}" if w.isascii() else re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"
