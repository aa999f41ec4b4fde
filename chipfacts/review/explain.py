"""`chipfacts explain`: why the facts of a line, of a text or of one id are as they are, and which rules came near and did not fire."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chipfacts.errors import UsageError
from chipfacts.extract.draft import Draft
from chipfacts.extract.pipeline import Reading, read_closely
from chipfacts.extract.scene import Scene
from chipfacts.model import Document, Fact, Span
from chipfacts.review.marked import Label, marked_lines, visible
from chipfacts.review.near_miss import MOST, near_misses
from chipfacts.review.reason import NearMiss, Reason, Why
from chipfacts.review.untold import Untold, untold_mentions
from chipfacts.review.why import Reasons
from chipfacts.rulebook import Rulebook
from chipfacts.sheet.cell import plain_decimal

FORMATS = ("text", "json")
_FACT_ID = re.compile(r"[0-9a-f]{12}")
_PLACE = re.compile(r"(.+):(\d+)", re.S)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the facts of a line, of a text (where it first stands, on that line if one is given), or one fact."""

    paths: tuple[str, ...]
    line: int | None = None
    text: str | None = None
    fact_id: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer for one place: the source's span that is shown, the facts that touch it, its other sums and rounds, what came near."""

    document: Document
    span: Span
    line: int
    facts: tuple[Why, ...]
    untold: tuple[Untold, ...]
    misses: tuple[NearMiss, ...]
    note: str = ""


def question_of(what: str, paths: Sequence[str], at: str | None) -> Question:
    """The question that the arguments of the command ask; UsageError where they ask none."""
    if at is not None:
        if paths:
            raise UsageError(f"--at looks into one article: chipfacts explain {what} --at TEXT")
        if not at.strip():
            raise UsageError("--at needs a text that stands in the article")
        place = _PLACE.fullmatch(what)
        return Question((place[1],), int(place[2]), at) if place else Question((what,), None, at)
    if _FACT_ID.fullmatch(what):
        if not paths:
            raise UsageError(f"say where the fact {what} is from: chipfacts explain {what} PATHS (those that were extracted)")
        return Question(tuple(paths), fact_id=what)
    place = _PLACE.fullmatch(what)
    if place is None or paths:
        raise UsageError(f"{what!r} is no place: give FILE:LINE, a fact id (12 digits 0-9a-f) with PATHS, or FILE --at TEXT")
    return Question((place[1],), int(place[2]))


def answer(question: Question, documents: Iterable[Document], book: Rulebook, currency: str | None, *, is_all: bool) -> Explanation | None:
    """The explanation; UsageError where the place or the fact does not exist, None where no document could be read."""
    count = 0
    for document in documents:
        count += 1
        reading = read_closely(document, book)
        if question.fact_id is None:
            return _of_place(question, document, reading, currency, MOST if not is_all else None)
        rows = [(draft, fact) for draft, fact in reading.rows(currency) if fact.fact_id == question.fact_id]
        for draft, fact in rows:
            why = Reasons(reading).why(draft, fact)
            return Explanation(document, _sentences_around(reading, Span(fact.start, fact.end)), fact.line, (why,), (), ())
    if question.fact_id is None or not count:
        return None
    articles = "the article" if count == 1 else f"the {count} articles"
    raise UsageError(
        f"no fact {question.fact_id} in {articles}: an id belongs to a path as `extract` was given it, to its rules and to its options"
    )


def _of_place(question: Question, document: Document, reading: Reading, currency: str | None, most: int | None) -> Explanation:
    span, note = _asked(question, document, reading)
    reasons = Reasons(reading)
    scenes = [scene for scene in reading.scenes if reading.source(scene.sentence.span).touches(span)]
    rows = _touched(reading.rows(currency), span, scenes if question.text is not None else [])
    facts = tuple(reasons.why(draft, fact) for draft, fact in rows)
    told = {draft.money.span for draft, _ in rows if draft.money}
    untold = tuple(story for scene in scenes for story in untold_mentions(reading, reasons, scene, span, told))
    misses = tuple(miss for scene in scenes for miss in near_misses(reading, scene, None))
    ranked = sorted(misses, key=lambda miss: (-miss.share, -len(miss.found), miss.id))
    shown = span if question.text is None else _sentences_around(reading, span)
    line = document.text.count("\n", 0, span.start) + 1
    return Explanation(document, shown, line, facts, untold, tuple(ranked if most is None else ranked[:most]), note)


def _touched(rows: list[tuple[Draft, Fact]], span: Span, scenes: list[Scene]) -> list[tuple[Draft, Fact]]:
    """The facts whose quote touches the span. Within given sentences also those that took a column from it, else all of theirs."""
    found = [(draft, fact) for draft, fact in rows if Span(fact.start, fact.end).touches(span)]
    if not scenes or found:
        return found
    own = [(draft, fact) for draft, fact in rows if any(draft.scene is scene for scene in scenes)]
    return [(draft, fact) for draft, fact in own if any(s.touches(span) for spans in fact.spans.values() for s in spans)] or own


def _asked(question: Question, document: Document, reading: Reading) -> tuple[Span, str]:
    """The source's span that is asked about."""
    whole = Span(0, len(document.text))
    if question.line is not None:
        starts = [0, *(match.end() for match in re.finditer("\n", document.text))]
        last = len(starts) - (starts[-1] == len(document.text) and len(starts) > 1)
        if not 1 <= question.line <= last:
            raise UsageError(f"{document.id} has no line {question.line}: it has {last} line{'' if last == 1 else 's'}")
        whole = Span(starts[question.line - 1], starts[question.line] if question.line < len(starts) else len(document.text))
    if question.text is None:
        return whole, ""
    places = _places(question.text, document, reading, whole)
    if not places:
        where = f"on line {question.line} of {document.id}" if question.line is not None else f"in {document.id}"
        raise UsageError(f"{question.text!r} does not stand {where} (either script will do, but the words must be the article's)")
    lines = [document.text.count("\n", 0, span.start) + 1 for span in places]
    others = ", ".join(map(str, sorted(set(lines) - {lines[0]})))
    note = f"it stands in {len(places)} places; this is the first" + (f", the others are on line {others}" if others else "")
    return places[0], note if len(places) > 1 else ""


def _places(text: str, document: Document, reading: Reading, whole: Span) -> list[Span]:
    """Where a text stands, in either script; spaces and line breaks that only set the article may be left out."""
    from chipfacts.text.fold import fold

    wanted = fold(text).lower()
    found = [Span(at, at + len(wanted)) for at in _each(document.view.lower(), wanted)]
    if not found and reading.tidied is not None:
        found = [reading.source(Span(at, at + len(wanted))) for at in _each(reading.document.view.lower(), wanted)]
    return [span for span in found if whole.touches(span)]


def _each(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _sentences_around(reading: Reading, span: Span) -> Span:
    """The source's span of the whole sentences that a span touches: a line may be an article."""
    places = [reading.source(scene.sentence.span) for scene in reading.scenes]
    touched = [place for place in places if place.touches(span)]
    return Span(min((place.start for place in touched), default=span.start), max((place.end for place in touched), default=span.end))


# ---- shown


def shown_as_json(found: Explanation) -> str:
    """The explanation as a JSON object."""
    return json.dumps(_record(found), ensure_ascii=False, indent=1)


def _record(found: Explanation) -> dict[str, Any]:
    text = found.document.text
    return {
        "doc": found.document.id,
        "line": found.line,
        "start": found.span.start,
        "end": found.span.end,
        "text": text[found.span.start : found.span.end],
        "why": [{"fact_id": w.fact.fact_id, "kind": w.fact.kind, "reasons": [r.record() for r in w.reasons]} for w in found.facts],
        "untold": [
            {"kind": u.kind, "surface": u.surface, "start": u.span.start, "says": u.says, "reasons": [r.record() for r in u.reasons]}
            for u in found.untold
        ],
        "why_not": [miss.record() for miss in found.misses],
    }


def shown_as_text(found: Explanation, width: int) -> Iterator[str]:
    """The explanation for a terminal `width` cells wide, line by line."""
    yield f"{visible(found.document.id)}:{found.line}" + (f"  ({found.note})" if found.note else "")
    labels = (
        [label for why in found.facts for label in _labels(why.fact)]
        if len(found.facts) == 1
        else [Label(Span(why.fact.start, why.fact.end), why.fact.kind) for why in found.facts]
    )
    labels += [Label(story.span, story.kind) for story in found.untold]
    yield from (f"  | {line}".rstrip() for line in marked_lines(found.document.text, found.span, labels, width - 4))
    for why in found.facts:
        yield ""
        yield f"why: {headline(why.fact)}"
        yield from _reasons(why.reasons)
    for story in found.untold:
        yield ""
        yield f"why no row of its own: {story.kind} {visible(story.surface)}: {story.says}"
        yield from _reasons(story.reasons)
    if not found.facts and not found.untold:
        yield ""
        yield "no fact is stated here"
    if found.misses:
        yield ""
        yield "why not: what came near"
    for miss in found.misses:
        yield f"  {miss.id}  ({miss.place})" + (f"  {visible(miss.pattern)}" if miss.pattern else "")
        yield f"      {visible(miss.says)}"


def _reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield f"  {reason.part:<10} {visible(reason.says)}"
        yield from (f"             {visible(line)}" for line in reason.more)


def headline(fact: Fact) -> str:
    """A fact in one line."""
    low, high = (plain_decimal(n) if n is not None else "" for n in (fact.amount_low, fact.amount_high))
    amount = low if low == high else f"{low}..{high}"
    node = f"{plain_decimal(fact.node_nm)} nm" if fact.node_nm is not None else ""
    money = f"{amount} {fact.currency or ''}".strip() if amount else ""
    day = fact.date if fact.kind == "date" else ""
    hearsay = "hearsay" if fact.hearsay else ""
    parts = (fact.kind, fact.chip, node, day, fact.company, money, fact.measure, fact.round, fact.status, hearsay, fact.event)
    return visible("  ".join(part for part in parts if part)) + f"  [{fact.fact_id}]"


def _labels(fact: Fact) -> list[Label]:
    found = [Label(span, column) for column, spans in fact.spans.items() for span in spans if column != "lead_investors"]
    return [label for label in found if label.word != "status" or label.span != Span(fact.start, fact.end)]
