"""What a sum, an event or a day is: cues make offers, weights and distance decide, patterns outrank cues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chipfacts.extract.scene import Scene, distance
from chipfacts.rulebook import CueHit
from chipfacts.rulebook.schema import MEASURE_KIND

_RIVAL = 5.0  # what a cue loses at a sum when another one stands nearer to it


@dataclass(frozen=True, slots=True)
class Offer:
    """One role offered to a mention: what, how strongly, by which cue or rule, and where its words stand in the skeleton."""

    role: str
    weight: float
    source: str
    start: int
    end: int
    effect: str = ""


def offers_for_money(scene: Scene, index: int) -> list[Offer]:
    """Every measure offered to the sum at `index`, strongest first; at equal weight the nearer words win."""
    offers: list[Offer] = []
    for match in scene.matches:
        measure = match.rule.sets.get("measure")
        if measure and index in match.bindings.get("money", ()):
            offers.append(Offer(measure, match.rule.weight, match.rule.id, match.start, match.end, match.rule.sets.get("effect", "")))
    for hit in scene.cues:
        if hit.cue.offers in MEASURE_KIND:
            weight = reach_of(scene, hit, index)
            if weight > 0:
                weight = max(weight - _RIVAL * _has_nearer_sum(scene, hit, index), 0.05)
                offers.append(Offer(hit.cue.offers, weight, hit.cue.id, hit.start, hit.end))
    offers.sort(key=lambda o: (-o.weight, abs(o.start - index), o.role))
    return offers


def _has_nearer_sum(scene: Scene, hit: CueHit, index: int) -> bool:
    """True where another sum stands clearly nearer to the cue's words: they speak of that one first."""
    text = scene.skeleton.text
    own = _gap(text, hit, index)
    others = [other for other, _ in scene.skeleton.of_kind("money") if other != index]
    return any(_gap(text, hit, other) + 1.0 < own or text[hit.end : other] == " of " for other in others)


def _gap(text: str, hit: CueHit, index: int) -> float:
    if hit.end <= index:
        return distance(text[hit.end : index])
    behind = text[index + 1 : hit.start]
    return distance(behind) + 7.0 * behind.count(",")


def reach_of(scene: Scene, hit: CueHit, index: int) -> float:
    """The weight a cue's words still have at `index`; 0 where they do not reach it."""
    far = steps_to(scene, hit, index)
    if far is None or far > hit.cue.reach:
        return 0.0
    return max(hit.cue.weight - hit.cue.decay * far, 0.05)


def steps_to(scene: Scene, hit: CueHit, index: int) -> float | None:
    """How far a cue's words stand from `index`; None where they look to the other side."""
    cue = hit.cue
    text = scene.skeleton.text
    extra = 0.0  # a word behind a comma hardly speaks of a sum before it
    if hit.end <= index:
        if cue.side == "after":
            return None
        between = text[hit.end : index]
    elif hit.start > index:
        if cue.side == "before":
            return None
        between = text[index + 1 : hit.start]
        if cue.offers in MEASURE_KIND:
            extra = 12.0 * between.count(",")
    else:
        return None
    return extra + distance(between, comma=7.0 if cue.offers in MEASURE_KIND else 3.0)


def status_of(scene: Scene, index: int) -> tuple[str, CueHit | None]:
    """The status of what stands at `index`, with the cue that says so; `completed` where nothing else is said."""
    best: tuple[float, str, CueHit | None] = (0.0, "completed", None)
    for weight, status, hit in status_offers(scene, index):
        if weight > best[0]:
            best = (weight, status, hit)
    return best[1], best[2]


def status_offers(scene: Scene, index: int) -> Iterator[tuple[float, str, CueHit]]:
    """Every status that a cue of the sentence offers what stands at `index`, in text order, with its weight there; 0 is out of reach."""
    for hit in scene.cues:
        kind, _, status = hit.cue.offers.partition(":")
        if kind == "status":
            yield reach_of(scene, hit, index), status, hit


def is_hearsay(scene: Scene, index: int) -> bool:
    """True where the sentence attributes what stands at `index` to rumour or unnamed sources."""
    return any(reach_of(scene, hit, index) > 0 for hit in scene.hits("hearsay"))
