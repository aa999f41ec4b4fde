"""Every offer a sum got, by whom and with which words, and the cue words of its sentence that did not reach it."""

from __future__ import annotations

from typing import Any

from chipfacts.extract.offer import Offer, steps_to
from chipfacts.extract.pipeline import Reading
from chipfacts.extract.scene import Scene
from chipfacts.review.reason import Reason, number, offer_record, source_text
from chipfacts.rulebook.schema import MEASURE_KIND

_TURNS = {
    "list": "it stands in a list of sums and takes the role of the one before",
    "negative": "a minus sign makes it a loss",
    "compared": "it is set beside the sum before it and takes its role",
    "paired": "two sums are set beside two, each beside its like",
    "continued": "the offer is hardly a guess, so what the sentence spoke of goes on",
    "cheque": "it is one investor's part of a round told with its own sum",
    "small": "no company is worth, and no round raises, so little",
    "aggregate": "it is the money of a whole trade or crowd, nobody's financing",
}


def turned(turn: str) -> str:
    """What changed the role that the strongest offer gave."""
    return _TURNS[turn]


def offers_of(reading: Reading, scene: Scene, offers: tuple[Offer, ...]) -> list[dict[str, Any]]:
    """Offers with the words that made them, strongest first."""
    return [offer_record(o, source_text(reading, scene.skeleton.source(o.start, o.end))) for o in offers]


def out_of_reach(reading: Reading, scene: Scene, index: int) -> list[Reason]:
    """The cue words of the sentence that would say what a sum is and do not reach the one at `index`."""
    found = []
    for hit in scene.cues:
        if hit.cue.offers not in MEASURE_KIND:
            continue
        words = source_text(reading, scene.skeleton.source(hit.start, hit.end))
        far = steps_to(scene, hit, index)
        data = {"by": hit.cue.id, "words": words, "reach": hit.cue.reach, "steps": None if far is None else round(far, 2)}
        if far is None:
            says = f"{hit.cue.offers} by {hit.cue.id} ({words}): its words stand {hit.cue.side} what they speak of"
        elif far > hit.cue.reach:
            says = f"{hit.cue.offers} by {hit.cue.id} ({words}): {number(far)} steps away, it reaches {number(hit.cue.reach)}"
        else:
            continue
        found.append(Reason("no offer", says, data))
    return found
