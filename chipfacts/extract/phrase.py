"""Is this run of Chinese a piece of a sentence? Everyday words and what they do in one decide; rules/names says which brands hold."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cached_property

from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.lexicon import load_lexicon, split_words, uncovered

_EVERYDAY = 300  # times from which a word is one that everybody uses
_PHRASE = 6  # characters from which a run of everyday words is no brand


class Phrases:
    """The everyday words of one rulebook's view of names."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook

    @cached_property
    def _brand_words(self) -> frozenset[str]:
        return self._book.words("brand_words")

    @cached_property
    def _running_chars(self) -> frozenset[str]:
        return self._book.words("running_chars")

    def running(self, run: str) -> Iterator[tuple[str, bool]]:
        """The words of a run, each with whether it runs a sentence as 愿意 and 按 do in 愿意按股权; 联想, 云从 and 应用材料 are brands."""
        words = split_words(run)
        lexicon = load_lexicon()
        for at, word in enumerate(words):
            is_running = word in lexicon.running and word not in self._brand_words
            if word in self._running_chars:
                beside = words[max(at - 1, 0) : at] + words[at + 1 : at + 2]
                is_running = any(lexicon.get(other) >= _EVERYDAY for other in beside)
            yield word, is_running

    def is_frequent(self, word: str) -> bool:
        """One word that everybody uses."""
        return load_lexicon().get(word) >= _EVERYDAY

    def is_plain(self, core: str) -> bool:
        """Everyday words and nothing else."""
        return all(map(self.is_frequent, split_words(core) if len(core) >= 4 else [core]))

    def is_phrase(self, body: str) -> bool:
        """材料研发使其更加简单: so long a run without a trade suffix, made mostly of everyday words, is a piece of a sentence."""
        return len(body) >= _PHRASE and uncovered(body) * 3 <= len(body)

    def without_adverb(self, body: str, suffixes: Container[str]) -> str:
        """岚峤确实: a frequent word behind an unusual one is no part of the name, unless companies' names end so."""
        for size in (3, 2):
            head, tail = body[:-size], body[-size:]
            if len(head) >= 2 and self.is_frequent(tail) and tail not in suffixes and uncovered(head) >= 2:
                return head
        return body
