"""Why not: the rules and cues that came near in a sentence, how far each got, and what stopped it: a veto, an exception, reach, a part.

A pattern that does not match is taken apart (rulebook.pattern.elements_of). The longest run of its elements that is in the sentence is
found with the very regexes the pattern is made of; the element next to the run is the one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chipfacts.extract.pipeline import Reading
from chipfacts.extract.scene import Scene
from chipfacts.review.reason import NearMiss, base_of, source_text
from chipfacts.rulebook.pattern import GAP, GAP_ENDS, WIDE_GAP, WIDE_GAP_ENDS, Element, elements_of

MOST = 10


def near_misses(reading: Reading, scene: Scene, most: int | None = MOST) -> list[NearMiss]:
    """What came near in a sentence, nearest first, one for each rule or cue."""
    told = {match.rule.id for match in scene.matches}
    found: dict[str, NearMiss] = {}
    for miss in (*_outdone(reading, scene), *_vetoed(reading, scene), *_excepted(reading, scene), *_unmatched(reading, scene)):
        known = found.get(miss.id)
        if (miss.id not in told or miss.by == "outdone") and (
            known is None or (known.share, len(known.found)) < (miss.share, len(miss.found))
        ):
            found[miss.id] = miss
    ranked = sorted(found.values(), key=lambda miss: (-miss.share, -len(miss.found), miss.id))
    return ranked if most is None else ranked[:most]


def _text(reading: Reading, scene: Scene, start: int, end: int) -> str:
    return source_text(reading, scene.skeleton.source(start, end))


def _outdone(reading: Reading, scene: Scene) -> Iterator[NearMiss]:
    """Rules that tell a raise by themselves and made no row of this sentence."""
    book = reading.rulebook
    rows = {base_of(draft.rule) for draft in reading.drafts if draft.scene is scene}
    raises = any(draft.kind == "funding" and draft.scene is scene for draft in reading.drafts)
    for match in scene.matches:
        if match.rule.sets.get("event") == "funding" and match.rule.id not in rows:
            text = _text(reading, scene, match.start, match.end)
            why = "the sum or round of this sentence tells the raise" if raises else "another sentence tells it, or it is nobody's"
            pattern = book.source(match.rule.regex.pattern, match.rule.id)
            says = f"it fits {text!r}, but makes no row of its own: {why}"
            yield NearMiss(match.rule.id, book.places.get(match.rule.id, ""), pattern, "outdone", text, says, 1.0)


def _vetoed(reading: Reading, scene: Scene) -> Iterator[NearMiss]:
    book = reading.rulebook
    side = {"before": "stands before the match", "after": "stands behind the match", "inside": "stands inside the match"}
    for match, veto in scene.vetoed():
        text = _text(reading, scene, match.start, match.end)
        words = _text(reading, scene, veto.start, veto.start + len(veto.word))
        says = f"it fits {text!r}, but the veto {veto.name!r} forbids it: {words!r} {side[veto.side]}"
        pattern = book.source(match.rule.regex.pattern, match.rule.id)
        data = {"veto": veto.name, "words": words, "side": veto.side}
        yield NearMiss(match.rule.id, book.places.get(match.rule.id, ""), pattern, "veto", text, says, 1.0, data)


def _excepted(reading: Reading, scene: Scene) -> Iterator[NearMiss]:
    for hit, (start, end) in scene.excepted():
        words, longer = _text(reading, scene, hit.start, hit.end), _text(reading, scene, start, end)
        says = f"its word {words!r} does not count: it stands in {longer!r}, which means something else ('except')"
        place = reading.rulebook.places.get(hit.cue.id, "")
        yield NearMiss(hit.cue.id, place, "", "exception", words, says, 1.0, {"exception": longer, "offers": hit.cue.offers})


def _unmatched(reading: Reading, scene: Scene) -> Iterator[NearMiss]:
    book = reading.rulebook
    matched = {match.rule.regex.pattern for match in scene.matches} | {match.rule.regex.pattern for match, _ in scene.vetoed()}
    for number, pattern in scene.near_patterns():
        rule = book.rule(number, pattern)
        if rule.regex.pattern in matched:
            continue
        source = book.source(rule.regex.pattern, rule.id)
        elements = elements_of(source)
        run = _longest_run(elements, scene.skeleton.lower)
        if run is None:
            continue
        missing, by, says = _stopped(reading, scene, elements, run)
        found = _text(reading, scene, run.start, run.end)
        head = f"{run.count} of {run.total} parts are there ({found!r}); "
        # Of two alike the one that only lacks reach is nearer; where only an edge of the clause is missing, all parts are there.
        share = min(run.count / run.total, 0.95) - 0.001 * (by == "missing")
        yield NearMiss(rule.id, book.places.get(rule.id, ""), source, by, found, head + says, share, {"missing": missing})


@dataclass(frozen=True, slots=True)
class _Run:
    """Elements [low, high) of a pattern, found at [start, end) of a skeleton: so many of its parts that must be there."""

    low: int
    high: int
    start: int
    end: int
    count: int
    total: int


def _longest_run(elements: tuple[Element, ...], text: str) -> _Run | None:
    """The run with the most parts that must be there, the earliest of them; None where nothing came near: near is at least one
    fixed text and one mention, or two texts of a pattern without mentions."""
    solid = [i for i, element in enumerate(elements) if not element.is_optional]
    best: _Run | None = None
    for first, low in enumerate(solid):
        if best is not None and len(solid) - first <= best.count:
            break
        for last in range(len(solid) - 1, first - 1, -1):
            count = last - first + 1
            if best is not None and count <= best.count:
                break
            if not _is_near([elements[i] for i in solid[first : last + 1]], elements):
                break
            match = re.search("".join(element.regex for element in elements[low : solid[last] + 1]), text)
            if match:
                best = _Run(low, solid[last] + 1, match.start(), match.end(), count, len(solid))
                break
    return best


def _is_near(found: list[Element], elements: tuple[Element, ...]) -> bool:
    words = sum(element.what == "words" for element in found)
    roles = sum(element.what == "role" for element in found)
    if any(element.what == "role" for element in elements):
        return words >= 1 and roles >= 1
    return words >= 2


def _stopped(reading: Reading, scene: Scene, elements: tuple[Element, ...], run: _Run) -> tuple[str, str, str]:
    """(the missing part, reach or missing, what stopped the pattern in words)."""
    text = scene.skeleton.lower
    behind = next((i for i in range(run.high, len(elements)) if not elements[i].is_optional), None)
    if behind is not None:
        between, element = elements[run.high : behind], elements[behind]
    else:
        before = next((i for i in range(run.low - 1, -1, -1) if not elements[i].is_optional), None)
        if before is None:  # all is there but an edge of the clause
            edge = next((e for e in elements if e.what == "edge"), elements[-1])
            where = "a clause has to begin" if edge.source == "^" else "the clause has to end"
            return edge.source, "reach", f"{where} there ({edge.source})"
        between, element = elements[before + 1 : run.low], elements[before]
    side = "behind" if behind is not None else "in front"
    places = [(m.start(), m.end()) for m in re.finditer(element.regex, text)]
    gaps = [(run.end, start) for start, _ in places if start >= run.end] if behind is not None else []
    gaps += [(end, run.start) for _, end in places if end <= run.start] if behind is None else []
    if not gaps:
        elsewhere = "it stands only on the other side" if places else "the sentence has none"
        return element.source, "missing", f"{element.source} is missing {side}: {elsewhere}"
    low, high = min(gaps, key=lambda gap: gap[1] - gap[0])
    return (
        element.source,
        "reach",
        f"{element.source} stands {side}, but {_too_far(between, text[low:high], _text(reading, scene, low, high))}",
    )


def _too_far(between: tuple[Element, ...], skipped: str, shown: str) -> str:
    """Why the elements between two parts do not cover what stands there: `skipped` of the skeleton, `shown` of the article."""
    gaps = [element.source.rstrip("?") for element in between if element.what == "gap"]
    if not gaps:
        return f"{_short(shown)} stands between, where the pattern allows no gap"
    reach = sum(WIDE_GAP if gap == "……" else GAP for gap in gaps)
    ends = WIDE_GAP_ENDS if "……" in gaps else GAP_ENDS
    stop = next((char for char in skipped if char in ends), None)
    if stop is not None:
        what = "the sentence" if "……" in gaps else "the clause"
        return f"{'a line end' if stop == chr(10) else repr(stop)} ends {what} between, and {''.join(gaps)} reaches no further"
    if len(skipped) > reach:
        return f"{len(skipped)} characters stand between (a mention counts as one), {''.join(gaps)} reaches {reach}"
    return f"{_short(shown)} between is not what the pattern wants there"


def _short(text: str) -> str:
    return repr(text) if len(text) <= 24 else repr(f"{text[:12]}…{text[-8:]}")
