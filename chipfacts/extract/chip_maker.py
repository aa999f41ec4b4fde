"""Whose an unlisted chip is: every mention of its family votes for the company right in front of it, of its clause, or of its passage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from chipfacts.extract.chip_words import ChipWords
from chipfacts.extract.org import Filled
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Topics

Place = tuple[Scene, int, Mention]

_POSSESSIVE = 4  # characters between a maker and its chip: 的, 's, 旗下
_LOOKED_AT = 4  # mentions of a chip that vote
_OWNER, _TOLD, _CLAUSE, _OPENS, _CARRIED = 5.0, 3.0, 2.0, 1.5, 1.0
# Those who only manufacture for others have no chips of their own.
MAKE_ONLY = frozenset({"foundry"})
_FAMILY = re.compile(r"[\u4e00-\u9fff]*([A-Za-z]+)(?=-?\d)")


def family_of(name: str) -> str:
    """The letters a chip shares with its siblings (X9, X10), or its whole name."""
    match = _FAMILY.match(name)
    return match[1] if match else name


def makers_of(places: Iterable[tuple[str, list[Place]]], topics: Topics, words: ChipWords) -> dict[tuple[str, int], Filled]:
    """(family, section) → its maker, for unlisted chips; `places` are the mentions of each."""
    votes: dict[tuple[str, int], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    known: dict[str, Filled] = {}
    for name, found in places:
        for place in found[:_LOOKED_AT]:
            for filled, weight in _votes(place, topics, words):
                votes[family_of(name), topics.section(place[0])][filled.org.name] += weight
                known.setdefault(filled.org.name, filled)
                if not filled.is_carried and known[filled.org.name].is_carried:
                    known[filled.org.name] = filled
    return {key: known[max(sums, key=lambda n: (sums[n], -known[n].span.start))] for key, sums in votes.items()}


def _votes(place: Place, topics: Topics, words: ChipWords) -> list[tuple[Filled, float]]:
    scene, index, _ = place
    owner = owner_of(place, words)
    if owner is not None:
        return [(owner, _OWNER)]
    filled = topics.company_at(scene, index, look_right=False)
    if filled is not None and not filled.is_carried and not _is_somebody_else(scene, index, filled, words):
        at = scene.skeleton.at.get(filled.span.start)
        return [(filled, _TOLD if at is not None and scene.roles.get(at) == "company" else _CLAUSE)]
    opening = subject_of_sentence(scene, index)
    if opening is not None and not _is_somebody_else(scene, index, opening, words):
        return [(opening, _OPENS)]
    topic = topics.topic_of(scene)
    return [(topic, _CARRIED)] if topic is not None and topic.org.roles != MAKE_ONLY else []


def owner_of(place: Place, words: ChipWords) -> Filled | None:
    """The organisation right in front of the chip: O的C, O's C, OC."""
    scene, index, _ = place
    skeleton = scene.skeleton
    for at in range(index - 1, max(-1, index - 2 - _POSSESSIVE), -1):
        mention = skeleton.mentions.get(at)
        if mention is not None:
            between = skeleton.text[at + 1 : index].strip(' "“')
            is_owner = mention.kind == "org" and words.joins_owner(between) and mention.value.roles != MAKE_ONLY
            return Filled(mention.value, mention.span, False, "owner") if is_owner else None
    return None


def subject_of_sentence(scene: Scene, index: int) -> Filled | None:
    """The organisation that opens the sentence in front of `index`, even one that only a weak context speaks for."""
    skeleton = scene.skeleton
    for at, mention in skeleton.of_kind("org", 0, index):
        is_first = not skeleton.text[:at].strip(' \n“"')
        if is_first and scene.may_be_company(at) and mention.value.roles != MAKE_ONLY:
            return Filled(mention.value, mention.span, False, "sentence")
    return None


def _is_somebody_else(scene: Scene, index: int, filled: Filled, words: ChipWords) -> bool:
    """A manufacturer, a customer of the chip, or the maker of another chip named right behind it."""
    if filled.org.roles == MAKE_ONLY:
        return True
    skeleton = scene.skeleton
    at = skeleton.at.get(filled.span.start)
    if at is None or at >= index:
        return False
    following = skeleton.mentions.get(at + 1)
    owns_other = (
        following is not None and following.kind == "chip" and at + 1 < index and following.value.entries[0].maker == filled.org.name
    )
    return owns_other or words.is_bought(skeleton.text[at + 1 : index])
