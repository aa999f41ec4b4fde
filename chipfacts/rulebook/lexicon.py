"""Everyday Chinese words: jieba's dictionary, cut down to what the judgement of a name needs, kept beside the compiled rules.

jieba itself takes 0.3 s to import and 0.6 s to load; its dictionary is a plain text file and the one part we need.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from chipfacts.rulebook.cache import cache_file, keep

_MIN_COUNT = 40
_LONGEST = 5
_CORPUS = 60_000_000  # words of jieba's corpus, about: what the counts are shares of
_VERBS = frozenset(("v", "vd", "vi"))
_VERB_COUNT = 1000
_FUNCTION = frozenset(("d", "ad", "p", "c", "r", "u", "m", "mq"))
_FUNCTION_COUNT = 300


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words of one to five characters → how often jieba's corpus has them (at least 40 times); those that run a sentence: frequent verbs
    and adverbs, prepositions, pronouns, numerals of two characters or more."""

    counts: dict[str, int]
    running: frozenset[str]

    def get(self, word: str, default: int = 0) -> int:
        """How often the corpus has a word of two characters or more."""
        return self.counts.get(word, default) if len(word) >= 2 else default

    def __contains__(self, word: str) -> bool:
        return len(word) >= 2 and word in self.counts


@cache
def load_lexicon() -> Lexicon:
    """The everyday words; none where jieba's dictionary is not installed."""
    import orjson

    source = _dictionary()
    if source is None:
        return Lexicon({}, frozenset())
    cached = cache_file(f"lexicon-{source.stat().st_size}-{_MIN_COUNT}-2.json")
    if cached is not None and cached.is_file():
        try:
            known = orjson.loads(cached.read_bytes())
            return Lexicon(known["counts"], frozenset(known["running"]))
        except (OSError, ValueError, KeyError, TypeError):
            pass  # a damaged cache is rebuilt below
    counts: dict[str, int] = {}
    running: list[str] = []
    for line in source.read_text(encoding="utf-8").splitlines():
        word, seen, kind = line.split(" ")
        count = int(seen)
        if len(word) > _LONGEST or count < _MIN_COUNT:
            continue
        counts[word] = count
        if len(word) >= 2 and ((kind in _VERBS and count >= _VERB_COUNT) or (kind in _FUNCTION and count >= _FUNCTION_COUNT)):
            running.append(word)
    if cached is not None:
        keep(cached, orjson.dumps({"counts": counts, "running": running}))
    return Lexicon(counts, frozenset(running))


def _dictionary() -> Path | None:
    spec = find_spec("jieba")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / "dict.txt" if folders else None
    return path if path is not None and path.is_file() else None


def holds_word(text: str) -> bool:
    """True where an everyday word of two characters or more stands in `text`: not all of it is left uncovered."""
    counts = load_lexicon().counts
    size = len(text)
    return any(text[start:end] in counts for start in range(size - 1) for end in range(start + 2, min(start + _LONGEST, size) + 1))


def uncovered(text: str) -> int:
    """How many characters of `text` are left over when everyday words of two characters or more are laid over it as well as can be."""
    counts = load_lexicon().counts
    size = len(text)
    fewest = [0] + [size] * size
    for start in range(size):
        fewest[start + 1] = min(fewest[start + 1], fewest[start] + 1)
        for end in range(start + 2, min(start + _LONGEST, size) + 1):
            if text[start:end] in counts:
                fewest[end] = min(fewest[end], fewest[start])
    return fewest[size]


def split_words(text: str) -> list[str]:
    """The likeliest words of `text` by their counts, each taken by itself; a character the lexicon has not stands alone."""
    counts = load_lexicon().counts
    size = len(text)
    best: list[tuple[float, int]] = [(0.0, size)] * (size + 1)
    for start in range(size - 1, -1, -1):
        ends = [end for end in range(start + 1, min(start + _LONGEST, size) + 1) if end == start + 1 or text[start:end] in counts]
        best[start] = max((math.log(counts.get(text[start:end], 1) / _CORPUS) + best[end][0], end) for end in ends)
    words: list[str] = []
    at = 0
    while at < size:
        words.append(text[at : best[at][1]])
        at = best[at][1]
    return words
