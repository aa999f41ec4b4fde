"""Companies that no gazetteer lists, pointed at by their chip: 新溪航芯提供车规级芯片X7, 青石同芯THD1系列."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chipfacts.extract.chip_words import alternation
from chipfacts.extract.name import NameFinder
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import Skeleton
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.pattern import CHIP

_OPENING = r"(?:^|(?<=[,。;:!?\n]))[\s“\"]*"


def find_owners(finder: NameFinder, skeleton: Skeleton) -> Iterator[Candidate]:
    """Names that open a clause in front of an unlisted chip; a weak context each."""
    if CHIP not in skeleton.text:
        return
    for match in _owned(finder.book).finditer(skeleton.text):
        chip = skeleton.mentions[match.end() - 1]
        if chip.value.entries[0].maker or skeleton.of_kind("org", match.start(1), match.end()):
            continue
        size = len(match.group(1))
        nouns = _nouns(finder.book).finditer(skeleton.text[match.start(1) : match.end(1) + 3])
        # A product noun inside the run, or across its end (首颗芯|片), is no name.
        if finder.is_name(match.group(1), is_strong=False) and not any(noun.start() < size for noun in nouns):
            yield Candidate(skeleton.source(match.start(1), match.end(1)), False)


@lru_cache(maxsize=8)
def _owned(rulebook: Rulebook) -> re.Pattern[str]:
    """A trade name with anything short between it and the chip, or any name with a maker's verb between."""
    verbs = alternation(rulebook.words("chip_owner_verbs"))
    suffix = alternation(rulebook.words("chip_owner_suffix"))
    gap = rf"[^,。;:{CHIP}]"
    trade = rf"(?-i:[\u4e00-\u9fff]{{2,6}}?)(?:{suffix})(?={gap}{{0,14}}{CHIP})"
    other = rf"(?-i:[\u4e00-\u9fff]{{3,5}}?)(?={CHIP}|(?:{verbs}){gap}{{0,16}}{CHIP})"
    return re.compile(rf"{_OPENING}({trade}|{other})[^{CHIP}]*{CHIP}", re.IGNORECASE)


@lru_cache(maxsize=8)
def _nouns(rulebook: Rulebook) -> re.Pattern[str]:
    """Words of products and kinds, none of which a name contains."""
    lists = ("chip_nouns", "chip_nouns_wide", "chip_generations", "chip_modifiers")
    return re.compile(alternation(word for name in lists for word in rulebook.words(name) if not word.isascii() and len(word) >= 2))
