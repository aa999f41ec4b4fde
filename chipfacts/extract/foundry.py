"""Who makes and whose it is: the foundry and the company of a process node.

A manufacturer beside another firm that adopts, orders or designs is the foundry; one that talks of its own roadmap is the company.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chipfacts.extract.chip_maker import MAKE_ONLY, subject_of_sentence
from chipfacts.extract.draft import Draft
from chipfacts.extract.node_words import NodeWords
from chipfacts.extract.org import Filled, Org
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Topics


@dataclass(frozen=True, slots=True)
class NodeParties:
    """The company a node is told of and its foundry, where that is another one."""

    company: Filled | None
    foundry: Mention | None


def parties_of(
    scene: Scene, index: int, chips: list[Draft], topics: Topics, words: NodeWords, named: Mapping[str, Filled]
) -> NodeParties:
    """The parties of the node at `index`; `chips` are those it describes, `named` the firms of the document at their first mention."""
    foundry = _foundry(scene, index, words)
    if chips:
        told = scene.skeleton.mentions[foundry] if foundry is not None else _owner(scene, index, chips, words)
        return NodeParties(chips[0].company, told)
    if foundry is None:
        return _without_foundry(scene, index, topics, words, named)
    maker = scene.skeleton.mentions[foundry]
    company = _sure(scene, foundry, _adopter(scene, index, foundry, topics, words))
    # TSMC …, and Samsung's SF2: who only makes for others adopts nobody's process
    is_rival = company is not None and company.org.roles == MAKE_ONLY and words.owner(scene.skeleton.mentions[index].value) != ""
    if company is None or is_rival or company.org.name == maker.value.name:
        return NodeParties(Filled(maker.value, maker.span, False, "manufacturer"), None)
    return NodeParties(company, maker)


def _makers(scene: Scene, start: int, end: int) -> list[int]:
    """Manufacturers in [start, end): listed as such, or in that role here."""
    return [i for i, m in scene.skeleton.of_kind("org", start, end) if "foundry" in m.value.roles or scene.roles.get(i) == "foundry"]


def _foundry(scene: Scene, index: int, words: NodeWords) -> int | None:
    """The manufacturer of the node's clause, else of the clause beside it where that says who makes it."""
    owner = words.owner(scene.skeleton.mentions[index].value)
    found = _any_foundry(scene, index, words)
    if found is None or not owner or scene.skeleton.mentions[found].value.name == owner:
        return found
    # 台积电6nm…,另一块采Intel 3: a process by its maker's name is made by nobody else
    return next((i for i in reversed(_makers(scene, 0, index)) if scene.skeleton.mentions[i].value.name == owner), None)


def _any_foundry(scene: Scene, index: int, words: NodeWords) -> int | None:
    skeleton = scene.skeleton
    start, end = skeleton.clause(index)
    behind = next(iter(_makers(scene, index + 1, end)), None)
    if behind is not None and words.is_at(skeleton.text[index + 1 : behind]):
        return behind
    last = max((i for i, _ in skeleton.of_kind("node", start, index)), default=None)
    since = _makers(scene, last + 1, index) if last is not None else []
    if since:
        return since[-1]  # 由台积电5nm转向三星|4nm
    told = [i for i in _makers(scene, start, end) if scene.roles.get(i) == "foundry"]
    if told:
        return min(told, key=lambda i: abs(i - index))
    before = _makers(scene, start, index)
    if before:
        return before[-1]
    after = [i for i in _makers(scene, index, end) if words.makes(skeleton.text[i : i + 8]) or words.makes(skeleton.text[index:i])]
    if after:
        return after[0]
    return _foundry_beside(scene, index, start, end)


def _foundry_beside(scene: Scene, index: int, start: int, end: int) -> int | None:
    """A manufacturer told as such beside the node's clause: right behind it, right before it, or further before for a whole family."""
    skeleton = scene.skeleton
    if end + 1 < len(skeleton.text) and skeleton.text[end] == ",":
        low, high = end + 1, skeleton.clause(end + 1)[1]
        told = _told(scene, low, high)
        if told and not skeleton.of_kind("node", low, high):
            nodes = [i for i, _ in skeleton.of_kind("node", start, end)]
            return told[nodes.index(index)] if len(told) == len(nodes) else told[-1]  # 28nm和12nm,由F1与F2代工
    low, is_next = start, True
    while low > 1 and skeleton.text[low - 1] in ",:":
        high = low - 1
        low = skeleton.clause(high - 1)[0]
        told = _told(scene, low, high)
        if told:
            has_own = bool(skeleton.of_kind("node", low, high))
            return told[-1] if not has_own and (is_next or not skeleton.of_kind("chip", low, high)) else None
        is_next = False
    return None


def _told(scene: Scene, start: int, end: int) -> list[int]:
    return [i for i in _makers(scene, start, end) if scene.roles.get(i) == "foundry"]


def _adopter(scene: Scene, index: int, foundry: int, topics: Topics, words: NodeWords) -> Filled | None:
    """The firm that uses the manufacturer's process; None where the manufacturer speaks of its own."""
    skeleton = scene.skeleton
    start, _ = skeleton.clause(min(index, foundry))
    is_told = scene.roles.get(foundry) == "foundry"
    name = skeleton.mentions[foundry].value.name
    nearest = next((i for i, _ in reversed(skeleton.of_kind("org", start, foundry)) if _may_own(scene, i, name)), None)
    if nearest is not None and (
        is_told or words.adopts(skeleton.text[nearest + 1 : foundry]) or words.joins(skeleton.text[nearest + 1 : foundry])
    ):
        return _filled(scene, nearest)
    if not is_told and not words.adopts(skeleton.text[start:foundry]):
        between = next((i for i, _ in skeleton.of_kind("org", foundry + 1, index) if _may_own(scene, i, name)), None)
        return _filled(scene, between) if between is not None and words.joins(skeleton.text[foundry + 1 : between]) else None
    owners = [i for i, _ in skeleton.of_kind("org", 0, start) if _may_own(scene, i, name)]
    if skeleton.lower.startswith((" which ", " that "), start):
        owners = owners[-1:]  # versus O's parts, which are slated for F N: whose they are is told last
    earlier = next(iter(owners), None)
    if earlier is not None:
        return _filled(scene, earlier)
    return topics.topic_of(scene)


def _owner(scene: Scene, index: int, chips: list[Draft], words: NodeWords) -> Mention | None:
    """天玑9500 moves to N3P: a process by its maker's name says who makes the chip, unless that is the chip's own firm."""
    node = scene.skeleton.mentions[index]
    entry = words.owner_entry(node.value)
    if entry is None or node.value.ambiguous or any(chip.company is not None and chip.company.org.name == entry.name for chip in chips):
        return None
    return Mention("org", node.span, Org(entry.name, entry))


def _without_foundry(scene: Scene, index: int, topics: Topics, words: NodeWords, named: Mapping[str, Filled]) -> NodeParties:
    """The company of a node whose clause names no manufacturer; partners of the clause before are company and foundry."""
    skeleton = scene.skeleton
    start, _ = skeleton.clause(index)
    if start > 1 and not any(scene.may_be_company(i) for i, _ in skeleton.of_kind("org", start, index)):
        low = skeleton.clause(start - 2)[0]
        makers = _makers(scene, low, start)
        others = [i for i, m in skeleton.of_kind("org", low, start) if i not in makers and scene.may_be_company(i)]
        if len(makers) == 1 and others and words.joins(skeleton.text[min(makers[0], others[0]) : max(makers[0], others[0])]):
            return NodeParties(_filled(scene, others[0]), skeleton.mentions[makers[0]])
    company = topics.company_at(scene, index)
    if company is None or company.is_carried:
        company = subject_of_sentence(scene, index) or company
    elif skeleton.text[index - 1 : index] == "、" and not skeleton.of_kind("node", 0, index):
        # A客户、3nm制程…: the list joins statements, not things of A.
        company = subject_of_sentence(scene, index) or topics.topic_of(scene) or company
    return NodeParties(_not_another_maker(scene, index, _sure(scene, index, company), words, named), None)


def _not_another_maker(
    scene: Scene, index: int, company: Filled | None, words: NodeWords, named: Mapping[str, Filled]
) -> Filled | None:
    """A process called by its maker's name is told of no other manufacturer: of its maker, if the document names it."""
    owner = words.owner(scene.skeleton.mentions[index].value)
    if company is None or not owner or company.org.name == owner or "foundry" not in company.org.roles:
        return company
    return named.get(owner)


def _sure(scene: Scene, index: int, company: Filled | None) -> Filled | None:
    """Beside a listed company of the sentence, one that only a weak context speaks for is none; a Latin one (Shipments) never is."""
    if company is None or company.org.entry is not None or not company.org.is_weak:
        return company
    known = [i for i, m in scene.skeleton.of_kind("org", 0, index) if m.value.entry is not None and scene.may_be_company(i)]
    if known:
        return _filled(scene, known[-1])
    return None if company.org.name.isascii() and not company.is_carried else company


def _may_own(scene: Scene, index: int, maker: str) -> bool:
    return scene.may_be_company(index) and scene.skeleton.mentions[index].value.name != maker


def _filled(scene: Scene, index: int) -> Filled:
    mention = scene.skeleton.mentions[index]
    return Filled(mention.value, mention.span, False, "sentence")
