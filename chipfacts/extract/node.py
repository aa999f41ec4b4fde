"""Process nodes, each with the chip or company it is stated of and the foundry that makes it."""

from __future__ import annotations

from chipfacts.extract.draft import Draft
from chipfacts.extract.scene import Scene
from chipfacts.extract.topic import Topics


def node_drafts(scenes: list[Scene], topics: Topics, chips: list[Draft]) -> list[Draft]:
    """One draft per (chip or company, node) pair stated."""
    found: list[Draft] = []
    for scene in scenes:
        for index, mention in scene.skeleton.of_kind("node"):
            if mention.value.code:
                continue
            found.append(
                Draft("process_node", scene, index, mention.span, "node.stated", topics.section(scene), company=topics.company_at(scene, index), node=mention)
            )
    return found
