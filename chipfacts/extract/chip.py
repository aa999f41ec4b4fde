"""Chips a document names, each once, with its maker: the gazetteer's, else whose product the text says it is."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from chipfacts.extract.chip_words import ChipWords, chip_words
from chipfacts.extract.draft import Draft
from chipfacts.extract.name import Org
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Filled, Topics
from chipfacts.rulebook import Entry, Rulebook
from chipfacts.rulebook.compile import squeeze

_POSSESSIVE = 4  # characters between a maker and its chip: 的, 's, 旗下
# Those who only manufacture for others have no chips of their own.
_MAKE_ONLY = frozenset({"foundry"})
_LOOKED_AT = 4  # mentions of an unlisted chip that are asked for its maker

_FAMILY = re.compile(r"[\u4e00-\u9fff]*([A-Za-z]+)(?=-?\d)")

_Place = tuple[Scene, int, Mention]


def chip_drafts(scenes: list[Scene], topics: Topics, rulebook: Rulebook) -> list[Draft]:
    """One draft per chip product, at its first mention, with the count of its mentions."""
    words = chip_words(rulebook)
    places: dict[str, list[_Place]] = defaultdict(list)
    for scene in scenes:
        for index, mention in scene.skeleton.of_kind("chip"):
            places[mention.value.entries[0].name].append((scene, index, mention))
    entries = {name: found[0][2].value.entries[0] for name, found in places.items()}
    drafts: list[Draft] = []
    for name, found in places.items():
        entry = entries[name]
        if entry.kind == "series" and not _stands_alone(entry, found, entries, words):
            continue
        if found[0][2].how == "unlisted" and all(_unfolds(place, words) for place in found):
            continue
        scene, index, mention = found[0]
        draft = Draft("chip", scene, index, mention.span, "chip.listed", topics.section(scene), chip=name, chip_span=mention.span, mentions=len(found))
        if mention.how == "unlisted":
            draft = replace(draft, rule="chip.named")
        drafts.append(replace(draft, company=_of_generation(draft, entries, words) or _maker(entry, found, topics, words)))
    return _with_family(drafts)


def _of_generation(draft: Draft, entries: dict[str, Entry], words: ChipWords) -> Filled | None:
    """A1…,第二代芯片B: an unlisted chip told as another generation behind a listed one of its sentence has the same maker."""
    skeleton = draft.scene.skeleton
    earlier = [m for _, m in skeleton.of_kind("chip", 0, draft.index)]
    if entries[draft.chip].maker or not earlier or not words.is_successor(skeleton.text[max(0, draft.index - 8) : draft.index]):
        return None
    maker = entries[earlier[-1].value.entries[0].name].maker
    return Filled(Org(maker), earlier[-1].span, True) if maker else None


def _with_family(drafts: list[Draft]) -> list[Draft]:
    """A chip whose maker is only carried or far off takes the one of the first chip of its family (X9, X10: the same letters)."""
    makers: dict[str, Filled] = {}
    rows: list[Draft] = []
    for draft in drafts:
        match = _FAMILY.match(draft.chip)
        if draft.rule != "chip.named" or match is None or draft.company is None:
            rows.append(draft)
            continue
        known = makers.setdefault(match[1], draft.company)
        rows.append(draft if known.org.name == draft.company.org.name else replace(draft, company=replace(known, is_carried=True)))
    return rows


def _stands_alone(entry: Entry, found: list[_Place], entries: dict[str, Entry], words: ChipWords) -> bool:
    """A series is a chip of its own where none of its members is named and a product noun or a node says that it is one."""
    key = squeeze(entry.name)
    if any(other.kind != "series" and other.maker == entry.maker and squeeze(name).startswith(key) for name, other in entries.items()):
        return False
    for scene, index, _ in found:
        text = scene.skeleton.text
        if words.has_noun_behind(text, index + 1) or words.has_bare_noun_before(text, index):
            return True
        end = words.end_of_use(text, index + 1)
        if end is not None and scene.skeleton.of_kind("node", end, scene.skeleton.clause(index)[1]):
            return True
    return False


def _unfolds(place: _Place, words: ChipWords) -> bool:
    """“X系列”包括X1与X2: a family whose members follow is no chip of its own."""
    scene, index, _ = place
    text = scene.skeleton.text
    following = [i for i, _ in scene.skeleton.of_kind("chip", index + 1)]
    return bool(following) and words.is_family(text, index + 1) and words.lists_members(text[index + 1 : following[0]])


def _maker(entry: Entry, found: list[_Place], topics: Topics, words: ChipWords) -> Filled | None:
    """The listed maker; else the company right in front of the chip somewhere, else the one its first mention is told of."""
    if entry.maker:
        stated = next((_named(place, entry.maker) for place in found if _named(place, entry.maker)), None)
        return stated or Filled(Org(entry.maker), found[0][2].span, True)
    for place in found[:_LOOKED_AT]:
        owner = _owner(place)
        if owner is not None:
            return owner
    carried: Filled | None = None
    for scene, index, _ in found[:_LOOKED_AT]:
        filled = topics.company_at(scene, index, look_right=False)
        if filled is not None and filled.org.roles and filled.org.roles <= _MAKE_ONLY:
            filled = topics.topic_of(scene)
        elif filled is not None and _is_customer(scene, index, filled, words):
            filled = topics.topic_of(scene)
        if filled is not None and not filled.is_carried:
            return filled
        carried = carried or subject_of_sentence(scene, index) or filled
    return carried


def _is_customer(scene: Scene, index: int, filled: Filled, words: ChipWords) -> bool:
    """The organisation in front of the chip buys or carries it."""
    at = scene.skeleton.at.get(filled.span.start)
    return at is not None and at < index and words.is_bought(scene.skeleton.text[at + 1 : index])


def subject_of_sentence(scene: Scene, index: int) -> Filled | None:
    """The organisation that opens the sentence in front of `index`, even one that only a weak context speaks for."""
    skeleton = scene.skeleton
    for at, mention in skeleton.of_kind("org", 0, index):
        is_first = not skeleton.text[:at].strip(" \n“\"")
        if is_first and scene.may_be_company(at) and not (mention.value.roles and mention.value.roles <= _MAKE_ONLY):
            return Filled(mention.value, mention.span, False)
    return None


def _named(place: _Place, maker: str) -> Filled | None:
    """The maker where the chip's own sentence names it."""
    scene, _, _ = place
    for _, mention in scene.skeleton.of_kind("org"):
        if mention.value.name == maker:
            return Filled(mention.value, mention.span, False)
    return None


def _owner(place: _Place) -> Filled | None:
    """The organisation right in front of the chip: O的C, O's C, OC."""
    scene, index, _ = place
    skeleton = scene.skeleton
    for at in range(index - 1, max(-1, index - 2 - _POSSESSIVE), -1):
        mention = skeleton.mentions.get(at)
        if mention is not None:
            between = skeleton.text[at + 1 : index].strip(" \"“")
            is_owner = mention.kind == "org" and between in ("", "的", "'s", "’s") and scene.may_be_company(at)
            return Filled(mention.value, mention.span, False) if is_owner else None
    return None
