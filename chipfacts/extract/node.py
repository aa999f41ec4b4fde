"""Process nodes, each with the chip or company it is stated of and the foundry that makes it."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft, evidence_of
from chipfacts.extract.foundry import NodeParties, parties_of
from chipfacts.extract.node_chip import ChipsOfNodes
from chipfacts.extract.node_words import NodeWords, node_words
from chipfacts.extract.org import Filled
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Topics
from chipfacts.model import Span
from chipfacts.rulebook import Rulebook

_CUE_REACH = 18  # characters around a coded node (N7, 18A) within which a process word or foundry must stand


def node_drafts(scenes: list[Scene], topics: Topics, chips: list[Draft], rulebook: Rulebook) -> list[Draft]:
    """One draft per (chip or company, node) pair stated."""
    words = node_words(rulebook)
    by_name = {draft.chip: draft for draft in chips}
    asked = ChipsOfNodes(scenes, topics, words, by_name)
    named: dict[str, Filled] = {}
    for scene in scenes:
        for _, mention in scene.skeleton.of_kind("org"):
            named.setdefault(mention.value.name, Filled(mention.value, mention.span, True, "owner"))
    found: list[Draft] = []
    has_code = False  # N2, 18A: the text calls processes by their makers' names
    for number, scene in enumerate(scenes):
        topic = topics.topic_of(scene)
        is_roadmap = topic is not None and "foundry" in topic.org.roles
        has_code = has_code or any(m.value.code and not m.value.ambiguous for _, m in scene.skeleton.of_kind("node"))
        for index, mention in scene.skeleton.of_kind("node"):
            is_owned = words.owner(mention.value) in named and not mention.value.ambiguous  # N2, where TSMC is named
            if mention.value.code and not is_owned and not _is_process(scene, index, mention, words, is_roadmap, has_code):
                continue
            if words.is_negated(scene.skeleton.text[scene.skeleton.clause(index)[0] : index]):
                continue
            targets = [by_name[name] for name in asked.at(number, index)]
            if not targets and _is_predecessors(scene, index, words):
                continue
            parties = parties_of(scene, index, targets, topics, words, named)
            found += _drafts(scene, index, mention, targets, parties, topics)
    return _merged(found)


def _is_predecessors(scene: Scene, index: int, words: NodeWords) -> bool:
    """X9从|7nm|升级到5nm: the process of a chip that is not named."""
    start, _ = scene.skeleton.clause(index)
    return words.is_left(scene.skeleton.lower, start, index) and bool(scene.skeleton.of_kind("chip", start, index))


def _is_process(scene: Scene, index: int, mention: Mention, words: NodeWords, is_roadmap: bool, has_code: bool) -> bool:
    """A code is a node near a process word or beside a foundry; one that is a chip's name as well needs the foundry or its roadmap."""
    skeleton = scene.skeleton
    low, high = max(0, index - _CUE_REACH), index + 1 + _CUE_REACH
    has_foundry = any("foundry" in m.value.roles for _, m in skeleton.of_kind("org", low, high))
    start, end = skeleton.clause(index)
    has_foundry = has_foundry or any(scene.roles.get(i) == "foundry" for i, _ in skeleton.of_kind("org", start, end))
    has_other_node = any(not m.value.code for _, m in skeleton.of_kind("node", low, high))
    if mention.value.ambiguous:
        return has_foundry or has_other_node or (is_roadmap and (has_code or len(skeleton.of_kind("node")) > 1))
    return has_foundry or has_other_node or words.has_cue(skeleton.lower[low:index]) or words.has_cue(skeleton.lower[index + 1 : high])


def _drafts(scene: Scene, index: int, mention: Mention, targets: list[Draft], parties: NodeParties, topics: Topics) -> list[Draft]:
    base = Draft("process_node", scene, index, mention.span, "node.company", topics.section(scene), node=mention, foundry=parties.foundry)
    if not targets:
        return (
            [replace(base, company=parties.company, evidence=_evidence(scene, index, parties.company, parties.foundry))]
            if parties.company
            else []
        )
    found = []
    for chip in targets:
        is_own = parties.foundry is not None and chip.company is not None and parties.foundry.value.name == chip.company.org.name
        is_own = is_own and not _is_said(scene, index, parties.foundry)
        place = [(i, i + 1) for i, m in scene.skeleton.of_kind("chip") if m.value.entries[0].name == chip.chip]
        span = next((m.span for _, m in scene.skeleton.of_kind("chip") if m.value.entries[0].name == chip.chip), chip.chip_span)
        near = min(place, key=lambda p: abs(p[0] - index), default=(index, index + 1))
        found.append(
            replace(
                base,
                rule="node.chip",
                chip=chip.chip,
                chip_span=span,
                company=chip.company,
                foundry=None if is_own else parties.foundry,
                evidence=evidence_of(scene, near, (index, index + 1)),
            )
        )
    return found


def _is_said(scene: Scene, index: int, foundry: Mention | None) -> bool:
    """采用三星|3nm: the maker right in front of its node is told as the foundry, its own chips' too."""
    place = scene.skeleton.at.get(foundry.span.start) if foundry else None
    return place is not None and scene.skeleton.text[place + 1 : index].strip() in ("", "的", "'s", "’s")


def _evidence(scene: Scene, index: int, company: Filled | None, foundry: Mention | None) -> Span:
    places = [(index, index + 1)]
    at = scene.skeleton.at
    if company and not company.is_carried and company.span.start in at:
        places.append((at[company.span.start], at[company.span.start] + 1))
    if foundry and foundry.span.start in at:
        places.append((at[foundry.span.start], at[foundry.span.start] + 1))
    return evidence_of(scene, *places)


def _merged(drafts: list[Draft]) -> list[Draft]:
    """Each pair once, with the foundry any of its mentions names; a company's node is its chip's where the chip is told with it."""
    rows: dict[tuple[str, str, str], Draft] = {}
    for draft in sorted(drafts, key=lambda d: not d.chip):
        maker = draft.company.org.name if draft.company else ""
        nm = str(draft.node.value.nm) if draft.node else ""
        key = (draft.chip, maker, nm)
        if not draft.chip:
            key = next((k for k in rows if k[0] and k[2] == nm and _is_same_firm(k[1], maker)), key)
        known = rows.get(key)
        if known is None:
            rows[key] = draft
        else:
            rows[key] = replace(known, foundry=known.foundry or draft.foundry, mentions=known.mentions + 1)
    return list(rows.values())


def _is_same_firm(one: str, other: str) -> bool:
    """A short form is the firm of the full name."""
    return min(len(one), len(other)) >= 2 and (one in other or other in one)
