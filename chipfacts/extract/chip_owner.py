"""Companies that no gazetteer lists, pointed at by their chip: 新溪航芯提供车规级芯片X7, 青石同芯THD1系列."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chipfacts.extract.chip_words import alternation
from chipfacts.extract.name import Candidate, NameFinder
from chipfacts.extract.skeleton import Skeleton
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.pattern import CHIP

_OPENING = r"(?:^|(?<=[,。;:!?\n]))[\s“\"]*"


def find_owners(finder: NameFinder, skeleton: Skeleton) -> Iterator[Candidate]:
    """Names that open a clause in front of an unlisted chip; a weak context each."""
    for match in _owned(finder.book).finditer(skeleton.text):
        chip = skeleton.mentions[match.end() - 1]
        if chip.value.entries[0].maker or skeleton.of_kind("org", match.start(1), match.end()):
            continue
        if finder.is_name(match.group(1), is_strong=False) and not _nouns(finder.book).search(match.group(1)):
            yield Candidate(skeleton.source(match.start(1), match.end(1)), False)


@lru_cache(maxsize=8)
def _owned(rulebook: Rulebook) -> re.Pattern[str]:
    verbs = alternation(rulebook.words("chip_owner_verbs"))
    suffix = alternation(w for w in rulebook.words("chip_maker_suffix") if len(w) >= 2)
    return re.compile(
        rf"{_OPENING}((?:[\u4e00-\u9fff]{{2,6}}?(?:{suffix})|[\u4e00-\u9fff]{{3,5}}?))(?={CHIP}|(?:{verbs})[^,。;:{CHIP}]{{0,16}}{CHIP})[^{CHIP}]*{CHIP}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=8)
def _nouns(rulebook: Rulebook) -> re.Pattern[str]:
    words = (
        rulebook.words("chip_nouns")
        | rulebook.words("chip_nouns_wide")
        | rulebook.words("chip_generations")
        | rulebook.words("chip_modifiers")
    )
    return re.compile(alternation(w for w in words if not w.isascii() and len(w) >= 2))
