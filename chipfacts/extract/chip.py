"""Chips a document names, each once, with its maker: the gazetteer's, else whose product the text says it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from chipfacts.extract.chip_maker import Place, family_of, makers_of
from chipfacts.extract.chip_words import CJK, ChipWords, chip_words
from chipfacts.extract.draft import Draft
from chipfacts.extract.org import Filled, Org
from chipfacts.extract.scene import Scene
from chipfacts.extract.topic import Topics
from chipfacts.rulebook import Entry, Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.pattern import ORG

_CODE = re.compile(r"[A-Z]{2,6}-?\d{2,5}[A-Z]{0,3}")
_BESIDE = 8  # characters between a series and a member of it (至强可扩展处理器Sierra Forest)
_LISTING = re.compile(r"[、,;:。!?\n/]|[和与及或]| and | or ")
_OWNED = 4  # characters between a series and its maker, 's and all
_GENERATION = 8  # characters in front of a chip where 第二代 and the like stand


def chip_drafts(scenes: list[Scene], topics: Topics, rulebook: Rulebook) -> list[Draft]:
    """One draft per chip product, at its first mention, with the count of its mentions."""
    words = chip_words(rulebook)
    places: dict[str, list[Place]] = defaultdict(list)
    for scene in scenes:
        for index, mention in scene.skeleton.of_kind("chip"):
            places[mention.value.entries[0].name].append((scene, index, mention))
    entries = {name: found[0][2].value.entries[0] for name, found in places.items()}
    kept = {name: found for name, found in places.items() if _is_product(entries[name], found, entries, words)}
    makers = makers_of(((name, found) for name, found in kept.items() if not entries[name].maker), topics, words)
    named = {m.value.name for scene in scenes for _, m in scene.skeleton.of_kind("org")}
    others = {name: owner for name, found in kept.items() if (owner := _told_as_own(entries[name], found[0], named, topics, words))}
    siblings = Counter(family_of(name) for name in kept)
    drafts: list[Draft] = []
    for name, found in kept.items():
        entry = entries[name]
        scene, index, mention = found[0]
        section = topics.section(scene)
        if name in others:
            company: Filled | None = others[name]
        elif entry.maker:
            company = _listed_maker(entry.maker, found)
        else:
            company = makers.get((family_of(name), section))
            if siblings[family_of(name)] == 1:
                company = _of_generation(scene, index, entries, words) or company
        rule = "chip.named" if mention.how == "unlisted" else "chip.listed"
        drafts.append(
            Draft(
                "chip", scene, index, mention.span, rule, section, company=company, chip=name, chip_span=mention.span, mentions=len(found)
            )
        )
    return drafts


def _told_as_own(entry: Entry, place: Place, named: set[str], topics: Topics, words: ChipWords) -> Filled | None:
    """首款芯片TX210 of a firm that is not the listed TX210's maker, whom the text names nowhere: a code may be anybody's."""
    scene, index, _ = place
    if not entry.maker or entry.maker in named or not _CODE.fullmatch(entry.name):
        return None
    start, _ = scene.skeleton.clause(index)
    lead = scene.skeleton.text[start:index]
    if not words.brings_out_own(lead) or words.is_bought(lead):
        return None
    owner = topics.company_at(scene, index, look_right=False)
    return owner if owner is not None and "foundry" not in owner.org.roles else None


def _is_product(entry: Entry, found: list[Place], entries: dict[str, Entry], words: ChipWords) -> bool:
    """No bare series and no family whose members are named."""
    if entry.kind == "series":
        return _stands_alone(entry, found, entries, words)
    if found[0][2].how != "unlisted":
        return True
    is_brand = CJK.match(entry.name) is not None and not any(char.isascii() for char in entry.name)
    if is_brand and any(name != entry.name and name.startswith(entry.name) for name in entries):
        return False
    return not all(_unfolds(place, words) for place in found)


def _stands_alone(entry: Entry, found: list[Place], entries: dict[str, Entry], words: ChipWords) -> bool:
    """A series is a chip of its own where none of its members is named and a product noun, a node or, behind its maker, an event says
    that it is one."""
    key = squeeze(entry.name)
    if any(other.kind != "series" and other.maker == entry.maker and squeeze(name).startswith(key) for name, other in entries.items()):
        return False
    if any(_is_member_told(entry, scene, index) for scene, index, _ in found):
        return False
    for scene, index, _ in found:
        text = scene.skeleton.text
        if words.has_noun_behind(text, index + 1) or words.has_bare_noun_before(text, index):
            return True
        _, _, link = text[max(index - _OWNED, 0) : index].rpartition(ORG)
        is_owned = ORG in text[max(index - _OWNED, 0) : index] and (not link.strip() or words.joins_owner(link.strip()))
        if is_owned and (words.is_taped_out(text, index + 1) or words.is_platform(text, index + 1)):
            return True  # 英伟达Rubin平台, Nvidia's Blackwell Ultra ships
        end = words.end_of_use(text, index + 1)
        if end is not None and scene.skeleton.of_kind("node", end, scene.skeleton.clause(index)[1]):
            return True
    return False


def _is_member_told(series: Entry, scene: Scene, index: int) -> bool:
    """至强处理器Sierra Forest, 代号“Venice”的EPYC: a chip of the same maker right beside its series, with no list between, is of it."""
    text = scene.skeleton.text
    for other, mention in scene.skeleton.of_kind("chip", max(index - _BESIDE, 0), index + 1 + _BESIDE):
        entry = mention.value.entries[0]
        between = text[min(index, other) + 1 : max(index, other)]
        if entry.kind != "series" and entry.maker == series.maker and not _LISTING.search(between):
            return True
    return False


def _unfolds(place: Place, words: ChipWords) -> bool:
    """“X系列”包括X1与X2: a family whose members follow is no chip of its own."""
    scene, index, _ = place
    text = scene.skeleton.text
    following = [i for i, _ in scene.skeleton.of_kind("chip", index + 1)]
    return bool(following) and words.is_family(text, index + 1) and words.lists_members(text[index + 1 : following[0]])


def _listed_maker(maker: str, found: list[Place]) -> Filled:
    """The gazetteer's maker, stated where a sentence of the chip names it."""
    for scene, _, _ in found:
        for _, mention in scene.skeleton.of_kind("org"):
            if mention.value.name == maker:
                return Filled(mention.value, mention.span, False, "maker")
    return Filled(Org(maker), found[0][2].span, True, "maker")


def _of_generation(scene: Scene, index: int, entries: dict[str, Entry], words: ChipWords) -> Filled | None:
    """A1…,第二代芯片B: an unlisted chip told as another generation behind a listed one of its sentence has the same maker."""
    skeleton = scene.skeleton
    earlier = [m for _, m in skeleton.of_kind("chip", 0, index)]
    if not earlier or not words.is_successor(skeleton.text[max(0, index - _GENERATION) : index]):
        return None
    maker = entries[earlier[-1].value.entries[0].name].maker
    return Filled(Org(maker), earlier[-1].span, True, "generation") if maker else None
