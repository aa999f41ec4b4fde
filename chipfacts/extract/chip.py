"""Chips a document names, each once, with its maker."""

from __future__ import annotations

from chipfacts.extract.draft import Draft
from chipfacts.extract.name import Org
from chipfacts.extract.scene import Scene
from chipfacts.extract.topic import Filled, Topics
from chipfacts.rulebook import Rulebook


def chip_drafts(scenes: list[Scene], topics: Topics, rulebook: Rulebook) -> list[Draft]:
    """One draft per chip product, at its first mention."""
    found: dict[str, Draft] = {}
    for scene in scenes:
        for index, mention in scene.skeleton.of_kind("chip"):
            entry = mention.value.entries[0]
            if mention.value.is_weak or entry.kind == "series" or entry.name in found:
                continue
            company = Filled(Org(entry.maker), mention.span, True)
            found[entry.name] = Draft(
                "chip", scene, index, mention.span, "chip.listed", topics.section(scene), company=company, chip=entry.name, chip_span=mention.span
            )
    return list(found.values())
