"""Which chips a process node describes: those of its clause, those right behind it, the subject of the clauses before, the ones listed next."""

from __future__ import annotations

import re

from chipfacts.extract.node_words import NodeWords
from chipfacts.extract.scene import Scene, distance
from chipfacts.extract.skeleton import Mention, Skeleton
from chipfacts.extract.topic import Topics
from chipfacts.rulebook.pattern import CHIP

_BEHIND = 7.0  # how far a chip may stand behind the node that describes it (3nm制程的|X9)
_ELLIPSIS = 22.0  # how late in its clause a node may stand whose subject is left out
_SENTENCES_BACK = 2
_LIST = re.compile(rf"{CHIP}(?: ?(?:、|/|和|与|及|以及|&|and |,)+ ?(?:the )?[^、,。;:{CHIP}]{{0,5}}{CHIP})*")
_HARD_END = "。;!?\n"


def chips_of_node(scenes: list[Scene], number: int, index: int, words: NodeWords, topics: Topics) -> list[str]:
    """Names of the chips that the node at `index` of `scenes[number]` describes, in order; empty where it is a company's."""
    scene = scenes[number]
    skeleton = scene.skeleton
    start, end = _clause(skeleton, index)
    behind = _group_at(skeleton, index + 1, end, first=True)
    before = _group_at(skeleton, start, index, first=False)
    if behind and not _stops(scene, index + 1, behind[0]) and distance(skeleton.text[index + 1 : behind[0]]) <= _BEHIND:
        if not before or distance(skeleton.text[behind[0] - 1 : behind[0]]) + behind[0] - index < index - before[-1] or _names_process(skeleton, before[-1], index):
            return _names(skeleton, behind)
    if before:
        between = skeleton.text[before[-1] + 1 : index]
        paired = _pair(skeleton, before, index, end, words)
        if paired is not None:
            return _names(skeleton, [paired])
        if _has_own_company(scene, before[-1] + 1, index) or words.makes_new(between, skeleton.text, index + 1):
            return []
        return _names(skeleton, before)
    if _has_own_company(scene, start, index):
        return _listed_next(scene, end, words)
    lead = skeleton.text[start:index]
    which = words.which_of_two(lead)
    if which is not None:
        group = _earlier_group(scene, start)
        return _names(skeleton, group[which : which + 1]) if len(group) == 2 else []
    if words.makes_new(lead, skeleton.text, index + 1):
        return []
    if distance(lead) <= _ELLIPSIS and (not lead.strip(" “\"约全新") or words.uses(lead) or words.has_anaphor(skeleton.text[start : index + 8]) or _is_bare(scene, lead)):
        back = _earlier_group(scene, start)
        if back:
            return _names(skeleton, back)
    forward = _listed_next(scene, end, words)
    if forward:
        return forward
    if words.has_anaphor(skeleton.text[start : index + 8]) or (start == 0 and words.uses(lead) and not skeleton.of_kind("org", 0, index)):
        return _sentence_before(scenes, number, topics)
    return []


def _names(skeleton: Skeleton, indices: list[int]) -> list[str]:
    return list(dict.fromkeys(skeleton.mentions[i].value.entries[0].name for i in indices))


def _clause(skeleton: Skeleton, index: int) -> tuple[int, int]:
    """The clause of the skeleton, widened over commas between members of one list of chips."""
    start, end = skeleton.clause(index)
    while start > 1 and skeleton.text[start - 1] == "," and skeleton.text[start : start + 4].strip().startswith(("and ", CHIP)):
        start = skeleton.clause(start - 2)[0]
    return start, end


def _group_at(skeleton: Skeleton, start: int, end: int, *, first: bool) -> list[int]:
    """The first or the last list of chips in [start, end), as indices."""
    groups = [[i for i in range(m.start(), m.end()) if _is_chip(skeleton.mentions.get(i))] for m in _LIST.finditer(skeleton.text, start, end)]
    if not groups:
        return []
    return groups[0] if first else groups[-1]


def _is_chip(mention: Mention | None) -> bool:
    return mention is not None and mention.kind == "chip"


def _stops(scene: Scene, start: int, end: int) -> bool:
    """Another node or a company in between: the chip behind is another story."""
    return any(scene.skeleton.mentions[i].kind in ("node", "org") for i in range(start, end) if i in scene.skeleton.mentions)


def _names_process(skeleton: Skeleton, chip: int, index: int) -> bool:
    """Another node stands between the chip before and this node: it has its own."""
    return any(skeleton.mentions[i].kind == "node" for i in range(chip + 1, index) if i in skeleton.mentions)


def _has_own_company(scene: Scene, start: int, end: int) -> bool:
    """A company that is no manufacturer stands in front of the node: the node is told of it."""
    for index, mention in scene.skeleton.of_kind("org", start, end):
        if scene.may_be_company(index) and "foundry" not in mention.value.roles:
            return True
    return False


def _is_bare(scene: Scene, lead: str) -> bool:
    """Nothing but a manufacturer and short words in front of the node."""
    return len(lead.strip()) <= 6 and "公" not in lead


def _pair(skeleton: Skeleton, chips: list[int], index: int, end: int, words: NodeWords) -> int | None:
    """X1和X2分别采用7nm和12nm: the chip at the node's own place in the other list."""
    nodes = [i for i, _ in skeleton.of_kind("node", chips[-1] + 1, end)]
    if len(chips) < 2 or len(nodes) != len(chips) or not words.is_each(skeleton.text[chips[-1] + 1 : nodes[-1]]):
        return None
    return chips[nodes.index(index)]


def _earlier_group(scene: Scene, start: int) -> list[int]:
    """The first chips of the nearest clause before `start` that names any; none beyond another company's clause."""
    skeleton = scene.skeleton
    while start > 0 and skeleton.text[start - 1] not in _HARD_END:
        low, high = skeleton.clause(max(start - 2, 0))[0], start - 1
        group = _group_at(skeleton, low, high, first=True)
        if group:
            return group
        if _has_own_company(scene, low, high) and low == 0:
            return []
        start = low
    return []


def _listed_next(scene: Scene, end: int, words: NodeWords) -> list[str]:
    """换到7nm,|分X1和X2两款: chips of a clause that opens by unfolding the one before it."""
    skeleton = scene.skeleton
    if end >= len(skeleton.text) or skeleton.text[end] not in ",:":
        return []
    low, high = end + 1, skeleton.clause(end + 1)[1]
    if not words.points_forward(skeleton.text[low:high]):
        return []
    return _names(skeleton, [i for i, _ in skeleton.of_kind("chip", low, high)])


def _sentence_before(scenes: list[Scene], number: int, topics: Topics) -> list[str]:
    """The chips the last sentences named first, within the section."""
    section = topics.section(scenes[number])
    for scene in reversed(scenes[max(0, number - _SENTENCES_BACK) : number]):
        if topics.section(scene) != section:
            break
        group = _group_at(scene.skeleton, 0, len(scene.skeleton.text), first=True)
        if group:
            return _names(scene.skeleton, group)
    return []
