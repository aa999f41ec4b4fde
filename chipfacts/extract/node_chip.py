"""Which chips a process node describes: those of its clause, right behind it, of the clauses before, or listed next."""

from __future__ import annotations

import re
from collections.abc import Collection

from chipfacts.extract.chip_maker import family_of
from chipfacts.extract.node_words import NodeWords
from chipfacts.extract.scene import Scene, distance
from chipfacts.extract.skeleton import Skeleton
from chipfacts.extract.topic import Topics
from chipfacts.rulebook.pattern import CHIP, NODE

_BEHIND = 7.0  # how far a chip may stand behind the node that describes it (3nm制程的|X9)
_PHRASE = 18  # characters of a noun phrase between a node and the chip it describes
_ELLIPSIS = 22.0  # how late in its clause a node may stand whose subject is left out
_BARE = 6  # characters in front of a node that are no subject (全新的|7nm)
_AHEAD = 8  # characters behind the node looked at for 这颗7nm|芯片
_SENTENCES_BACK = 2
# Members of a list; in English and behind 和 a kind may stand in front of each (和企业级SSD主控|X9).
_LIST = re.compile(rf"{CHIP}(?: ?(?:、|/|和|与|及|以及|&|and |,)+ ?(?:[A-Za-z -]{{0,28}}|[^、,。;:{CHIP}{NODE}]{{0,9}}){CHIP})*")
_ONE_OF_LIST = re.compile(rf" ?[A-Za-z -]{{0,28}}{CHIP}")
_RESPECTIVELY = 16  # characters behind the last node in which English says that the lists belong together
_GOES_ON = re.compile(r" ?(?:is|are|was|were|will|has|have|can|runs|uses|comes) ")  # …, a chip called X9, |is made at 5nm
_APPOSED = ("a", "an", "the")
_OF_CHIP = re.compile(rf" ?[^,.;{CHIP}{NODE}]{{0,24}} of (?:the |its )?{CHIP}")
_FROM_ANOTHERS = re.compile(rf" from [^,;{CHIP}]{{0,24}}{NODE}[^,;{CHIP}]{{0,24}} of (?:the |its )?{CHIP}[^,;]{{0,24}} to ")
_HARD_END = "。;!?\n"


class ChipsOfNodes:
    """Answers for the nodes of one document; `kept` are the names of the chips that have a row."""

    def __init__(self, scenes: list[Scene], topics: Topics, words: NodeWords, kept: Collection[str]) -> None:
        self.scenes = scenes
        self.topics = topics
        self.words = words
        self.kept = kept

    def at(self, number: int, index: int) -> list[str]:
        """Names of the chips that the node at `index` of the `number`th sentence describes, in order; empty where it is a company's."""
        scene = self.scenes[number]
        skeleton = scene.skeleton
        start, end = _clause(skeleton, index)
        if self.words.is_left(skeleton.lower, start, index):
            owner = _OF_CHIP.match(skeleton.lower, index + 1)  # the 7nm process of |Telum| …
            return _names(skeleton, [owner.end() - 1]) if owner else []
        named = self.words.names_next(skeleton.text, index + 1) if skeleton.is_latin else None
        if named is not None and skeleton.mentions[named].value.entries[0].name in self.kept:
            return _names(skeleton, [named])
        left = _FROM_ANOTHERS.search(skeleton.lower, start, index)
        before = self._group(skeleton, start, left.start() if left else index, first=False)
        behind = self._right_behind(scene, index, end, before)
        if behind:
            return _names(skeleton, behind)
        if before:
            paired = self._pair(skeleton, before, index, end)
            if paired is not None:
                return _names(skeleton, [paired])
            low = self.words.owner_end(skeleton.lower, before[-1] + 1)
            is_other = _has_own_company(scene, low, index) or self._brings_out(skeleton, low, index)
            return [] if is_other else _names(skeleton, before)
        if _has_own_company(scene, start, index):
            return self._listed_next(skeleton, end)
        return self._without_subject(number, start, index, end)

    def _without_subject(self, number: int, start: int, index: int, end: int) -> list[str]:
        """A clause that names neither chip nor company in front of its node: told of what was named before, or is listed next."""
        scene = self.scenes[number]
        skeleton = scene.skeleton
        lead = skeleton.text[start:index]
        which = self.words.which_of_two(lead)
        if which is not None:
            return self._one_of_two(scene, start, which)
        if self._brings_out(skeleton, start, index) or self.words.tells_of_another(lead):
            return []
        has_anaphor = self.words.has_anaphor(skeleton.text[start : index + _AHEAD])
        if distance(lead) <= _ELLIPSIS and (len(lead.strip()) <= _BARE or self.words.uses(lead) or has_anaphor):
            members = self._of_brand(number, start)
            if members:
                return members
            found = self._earlier(scene, start, is_apposed=lead.strip().lower() in _APPOSED)
            paired = self._pair(skeleton, found, index, end) if found else None
            if found:
                return _names(skeleton, found if paired is None else [paired])
        found_next = self._listed_next(skeleton, end)
        if found_next:
            return found_next
        if has_anaphor or (start == 0 and self.words.opens_with_use(skeleton.text, 0) and not skeleton.of_kind("org", 0, index)):
            return self._sentence_before(number)
        return []

    def _group(self, skeleton: Skeleton, start: int, end: int, *, first: bool) -> list[int]:
        """The first or the last list of chips in [start, end), as indices; families that are no row left out."""
        groups = []
        for match in _LIST.finditer(skeleton.text, start, end):
            chips = [i for i, m in skeleton.of_kind("chip", match.start(), match.end()) if m.value.entries[0].name in self.kept]
            if chips:
                groups.append(chips)
        return (groups[0] if first else groups[-1]) if groups else []

    def _right_behind(self, scene: Scene, index: int, end: int, before: list[int]) -> list[int]:
        """3nm制程的X9: chips close behind the node, nearer than those before it or where those have another node."""
        skeleton = scene.skeleton
        behind = self._group(skeleton, index + 1, end, first=True)
        if not behind:
            return []
        is_named = behind[0] - index <= _PHRASE and self.words.names_a_product(skeleton.text, behind[0])  # 22nm低功耗蓝牙音频SoC |X9
        if distance(skeleton.text[index + 1 : behind[0]]) > _BEHIND and not is_named:
            return []
        if any(skeleton.mentions[i].kind in ("node", "org") for i in range(index + 1, behind[0]) if i in skeleton.mentions):
            return []
        if before and behind[0] - index >= index - before[-1] and not skeleton.of_kind("node", before[-1] + 1, index):
            return []
        return behind

    def _brings_out(self, skeleton: Skeleton, start: int, index: int) -> bool:
        return self.words.makes_new(skeleton.text[start:index], skeleton.text, index + 1)

    def _pair(self, skeleton: Skeleton, chips: list[int], index: int, end: int) -> int | None:
        """X1和X2分别采用7nm和12nm: the chip at the node's own place in the other list."""
        nodes = [i for i, _ in skeleton.of_kind("node", chips[-1] + 1, end)]
        if len(chips) < 2 or len(nodes) != len(chips):
            return None
        told = skeleton.text[chips[-1] + 1 : nodes[-1]], skeleton.text[nodes[-1] + 1 : nodes[-1] + _RESPECTIVELY]
        if not any(map(self.words.is_each, told)):
            return None
        return chips[nodes.index(index)]

    def _one_of_two(self, scene: Scene, start: int, which: int) -> list[str]:
        """前者, 后者: of a pair, else the first or the last chip named before in the sentence."""
        pair = self._earlier(scene, start)
        if len(pair) != 2:
            pair = [i for i, m in scene.skeleton.of_kind("chip", 0, start) if m.value.entries[0].name in self.kept]
        return _names(scene.skeleton, [pair[-which]]) if pair else []

    def _of_brand(self, number: int, start: int) -> list[str]:
        """昆吾系列由O代工,|12nm: members of the brand that were named before."""
        skeleton = self.scenes[number].skeleton
        text = skeleton.text[max(0, max(skeleton.text.rfind(c, 0, start) for c in _HARD_END)) : start]
        brands = self.words.brands(text) if not skeleton.of_kind("chip", 0, start) else []
        names = self._named_before(number) if brands else []
        families = {family_of(name) for name in names if any(name.startswith(brand) for brand in brands)}
        return [name for name in names if family_of(name) in families]

    def _named_before(self, number: int) -> list[str]:
        names = [m.value.entries[0].name for scene in self.scenes[:number] for _, m in scene.skeleton.of_kind("chip")]
        return [name for name in dict.fromkeys(names) if name in self.kept]

    def _earlier(self, scene: Scene, start: int, *, is_apposed: bool = False) -> list[int]:
        """Chips of the nearest clause before `start` that names any: the first list (in apposition, the last)."""
        skeleton = scene.skeleton
        while start > 0 and skeleton.text[start - 1] not in _HARD_END:
            low, high = skeleton.clause(max(start - 2, 0))[0], start - 1
            group = self._group(skeleton, low, high, first=not is_apposed)
            if group or (_has_own_company(scene, low, high) and low == 0):
                return group
            start = low
        return []

    def _listed_next(self, skeleton: Skeleton, end: int) -> list[str]:
        """换到7nm,|分X1和X2两款: chips of a clause that opens by unfolding the one before it."""
        if end >= len(skeleton.text) or skeleton.text[end] not in ",:":
            return []
        low, high = end + 1, skeleton.clause(end + 1)[1]
        if not self.words.points_forward(skeleton.text[low:high]):
            return []
        return [name for name in _names(skeleton, [i for i, _ in skeleton.of_kind("chip", low, high)]) if name in self.kept]

    def _sentence_before(self, number: int) -> list[str]:
        """The chips the last sentences named first, within the section."""
        section = self.topics.section(self.scenes[number])
        for scene in reversed(self.scenes[max(0, number - _SENTENCES_BACK) : number]):
            if self.topics.section(scene) != section:
                break
            group = self._group(scene.skeleton, 0, len(scene.skeleton.text), first=True)
            if group:
                return _names(scene.skeleton, group)
        return []


def _names(skeleton: Skeleton, indices: list[int]) -> list[str]:
    return list(dict.fromkeys(skeleton.mentions[i].value.entries[0].name for i in indices))


def _clause(skeleton: Skeleton, index: int) -> tuple[int, int]:
    """The clause of the skeleton, widened over commas between members of one list of chips, and in English to the subject of its verb."""
    start, end = skeleton.clause(index)
    while (
        start > 1
        and skeleton.text[start - 1] == ","
        and skeleton.text[start - 2] == CHIP
        and _ONE_OF_LIST.match(skeleton.text, start, index)
    ):
        start = skeleton.clause(start - 2)[0]
    while skeleton.is_latin and start > 1 and skeleton.text[start - 1] == "," and _GOES_ON.match(skeleton.lower, start):
        start = skeleton.clause(start - 2)[0]
    return start, end


def _has_own_company(scene: Scene, start: int, end: int) -> bool:
    """A company that is no manufacturer stands in front of the node: the node is told of it."""
    return any(
        scene.may_be_company(index) and "foundry" not in mention.value.roles for index, mention in scene.skeleton.of_kind("org", start, end)
    )
