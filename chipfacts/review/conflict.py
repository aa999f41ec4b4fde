"""The facts of one subject held against each other, across documents and within one, and each text's arithmetic computed again.

Only what must be equal is compared: running totals, named rounds, valuations of one date, a chip's node, the day a company was founded.
Plans, failures and rumours contradict nothing that happened. Silence beats a false contradiction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import extract_document
from chipfacts.model import Document, Fact, Span
from chipfacts.review.arithmetic import Arithmetic
from chipfacts.review.compare import Ruling, compare_founding, compare_nodes, compare_rounds, compare_totals, compare_valuations, when_of
from chipfacts.review.contrast import VERDICTS, Contrast, Side, Verdict, print_contrasts
from chipfacts.sheet.cell import plain_decimal

if TYPE_CHECKING:
    from chipfacts.rulebook import Rulebook

FORMATS = ("text", "json")
_ROUND_OF_ITS_OWN = re.compile(r"(?:pre-)?(?:[A-K](?:\d|\+{1,4})?|seed)")  # a company closes each once; angel and strategic ones not
_WINDOW = 24  # characters around a fact in which words bear on it
_SENTENCE_END = re.compile(r"[。!?;\n]|\. ")
_GAP = 8  # characters between a date and its founding word
_COMPARE: dict[str, Callable[[Fact, Fact], Ruling | None]] = {
    "total": compare_totals,
    "round": compare_rounds,
    "valuation": compare_valuations,
    "node": compare_nodes,
    "founded": compare_founding,
}
_SUBJECT = {  # a round and a measure say for themselves what they are
    "total": "money raised so far",
    "node": "process node",
    "founded": "founding date",
}


def run(
    documents: Iterable[Document],
    rulebook: Rulebook,
    currency: str | None = None,
    *,
    format: str = "text",
    shows_all: bool = False,
    fail_on: str | None = None,
) -> int:
    """Print what was held against what; 0, or 1 where something of the verdict `fail_on` (or a worse one) was found."""
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    if fail_on is not None and fail_on not in VERDICTS[:2]:
        raise UsageError(f"--fail-on takes contradict or refine, not {fail_on!r}")
    contrasts = find_conflicts(documents, rulebook, currency)
    print_contrasts(contrasts, format, shows_all)
    failing = VERDICTS[: VERDICTS.index(fail_on) + 1] if fail_on in ("contradict", "refine") else ()
    return int(any(contrast.verdict in failing for contrast in contrasts))


def find_conflicts(documents: Iterable[Document], rulebook: Rulebook, currency: str | None = None) -> list[Contrast]:
    """Every contrast, contradictions first, then by subject and place."""
    found: list[Contrast] = []
    pairs: list[tuple[Fact, Document]] = []
    for document in documents:
        facts = extract_document(document, rulebook, currency)
        pairs += ((fact, document) for fact in facts if _key(fact) is not None)  # the others need not be kept
        found += _arithmetic(document, facts, rulebook)
    return _sorted([*found, *contrasts_of(pairs, rulebook)])


def contrasts_of(pairs: Iterable[tuple[Fact, Document]], rulebook: Rulebook) -> list[Contrast]:
    """The contrasts of these facts with each other, each given with its document; contradictions first, then by subject and place."""
    groups: dict[tuple[str, ...], list[_Told]] = {}
    for fact, document in pairs:
        if (key := _key(fact)) is not None and _is_clear(fact, document, rulebook):
            groups.setdefault(key, []).append(_Told(fact, document, _is_of_period(fact, document, rulebook)))
    return _sorted(contrast for key, told in groups.items() for contrast in _contrasts(key, told))


def _sorted(found: Iterable[Contrast]) -> list[Contrast]:
    return sorted(found, key=lambda c: (VERDICTS.index(c.verdict), c.about, [(side.doc, side.start) for side in c.sides]))


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact in its document."""

    fact: Fact
    document: Document
    is_of_period: bool = False  # a total of some months, not of all time


def _key(fact: Fact) -> tuple[str, ...] | None:
    """What the fact must agree on with the others of its key: the check, then the subject; None where nothing compares it."""
    company = fact.company or ""
    if fact.kind == "process_node":
        return ("node", fact.chip, company) if fact.chip else None
    if not company or fact.hearsay or fact.status != "completed":
        return None
    if fact.kind == "date":
        return ("founded", company) if fact.event == "founded" and "X" not in (fact.date or "X") else None
    currency = fact.currency or ""
    if fact.kind == "funding" and fact.measure == "cumulative":
        return "total", company, currency
    if fact.kind == "funding" and fact.measure == "round" and _ROUND_OF_ITS_OWN.fullmatch(fact.round or ""):
        return "round", company, currency, fact.round or ""
    if fact.kind == "valuation":
        return "valuation", company, currency, fact.measure or ""
    return None


def _is_clear(fact: Fact, document: Document, rulebook: Rulebook) -> bool:
    """False where words around the fact say that it is a part, or of a part, of what it seems to be about."""
    if fact.kind != "process_node" and not _names_company(fact, document.view):
        return False
    around = _around(fact, document.view)
    if fact.kind == "process_node":
        return not any(word in around for word in rulebook.words("other_node_words"))
    if fact.kind == "funding" and fact.measure == "round":
        return fact.amount_low is not None and not any(word in around for word in rulebook.words("partial_round_words"))
    return _is_founding(fact, document.view, rulebook.words("founded_parts")) if fact.kind == "date" else True


def _is_of_period(fact: Fact, document: Document, rulebook: Rulebook) -> bool:
    around = _around(fact, document.view)
    return any(word in around for word in rulebook.words("period_words"))


def _around(fact: Fact, view: str) -> str:
    """The fact with the words of its sentence on either side, in lower case."""
    before = _SENTENCE_END.split(view[max(0, fact.start - _WINDOW) : fact.start])[-1]
    behind = _SENTENCE_END.split(view[fact.end : fact.end + _WINDOW])[0]
    return f"{before}{view[fact.start : fact.end]}{behind}".lower()


def _names_company(fact: Fact, view: str) -> bool:
    """True where the sentence names its company in front of the fact or in it: one carried from afar may be somebody else's."""
    places = fact.spans.get("company", ())
    return any(span.start < fact.end and _SENTENCE_END.search(view, span.end, max(span.end, fact.start)) is None for span in places)


def _is_founding(fact: Fact, view: str, parts: frozenset[str]) -> bool:
    """True where the date stands right beside its founding word, and what was founded is the company: 成立于2019年4月, 2019年成立."""
    date, event = (fact.spans.get(key, ()) for key in ("date", "event"))
    if not date or not event:
        return False
    first, last = sorted((date[0], event[0]))
    between = view[first.end : last.start]
    if len(between) > _GAP or re.search(r"[,。;、(]", between):
        return False
    clause = re.match(r"[^,。;!?\n]{0,40}", view[event[0].end :])
    behind = clause[0] if clause else ""
    if any(word in view[first.start : event[0].end + len(behind)].lower() for word in parts):
        return False
    if first == event[0]:
        return True
    company = fact.spans.get("company", (Span(0, 0),))[0]
    return len(behind) <= 1 or event[0].end <= company.start <= event[0].end + 1


def _contrasts(key: tuple[str, ...], told: list[_Told]) -> Iterator[Contrast]:
    """The facts of one subject, each pair once; the same statement repeated is told for its first two places."""
    about = _about(key)
    done: set[tuple[str, ...]] = set()
    for one, other in combinations(_distinct(told), 2):
        if key[0] == "node" and one.document is other.document and one.fact.line == other.fact.line:
            continue  # a list of nodes, a chip of several dies
        ruling = _COMPARE[key[0]](one.fact, other.fact)
        if ruling is None or (ruling.verdict == "contradict" and key[0] == "total" and (one.is_of_period or other.is_of_period)):
            continue
        values = (ruling.verdict, *sorted((_says(one.fact), _says(other.fact))))
        if values in done:
            continue
        done.add(values)
        sides = sorted((side_of(one.fact, one.document), side_of(other.fact, other.document)), key=lambda side: (side.doc, side.start))
        yield Contrast(ruling.verdict, key[0], about, ruling.why, tuple(sides))


def _distinct(told: list[_Told]) -> Iterator[_Told]:
    """Each statement twice at most: enough to show that two agree, and the hundredth report of one sum costs nothing."""
    seen: Counter[tuple[object, ...]] = Counter()
    for item in told:
        value = (_says(item.fact), when_of(item.fact), item.is_of_period)
        seen[value] += 1
        if seen[value] <= 2:
            yield item


def _about(key: tuple[str, ...]) -> str:
    check, name, *rest = key
    if check == "round":
        return f"{name}, round {rest[1]}"
    if check == "valuation":
        return f"{name}, {rest[1].replace('_', ' ')}"
    return f"{name}, {_SUBJECT[check]}"


def side_of(fact: Fact, document: Document) -> Side:
    """A fact as one side of a contrast: its quote, with the word for its event where that stands apart."""
    spans = [Span(fact.start, fact.end), *fact.spans.get("event", ())]  # 成立于2019年4月 says more than 2019年4月
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    return Side(fact.doc, fact.line, start, end, document.text[start:end], _says(fact))


def _says(fact: Fact) -> str:
    """The value that is compared, in a few words."""
    if fact.kind == "process_node":
        return f"{plain_decimal(fact.node_nm)} nm" if fact.node_nm is not None else ""
    if fact.kind == "date":
        return fact.date or ""
    low, high = (f"{number:,f}" if number is not None else "" for number in (fact.amount_low, fact.amount_high))
    sum_ = low if low == high else f"{low}..{high}"
    return " ".join(part for part in (fact.hedge or "", sum_, fact.currency or "", fact.date or "") if part)


def _arithmetic(document: Document, facts: Sequence[Fact], rulebook: Rulebook) -> Iterator[Contrast]:
    text = document.text
    for statement in Arithmetic(document, rulebook).statements(facts):
        verdict: Verdict = "agree" if statement.holds else "contradict"
        spans = (statement.span, *(span for span in statement.sums if not statement.span.covers(span)))
        sides = tuple(
            Side(document.id, text.count("\n", 0, span.start) + 1, *span, text[span.start : span.end], says)
            for span, says in zip(spans, (f"says {statement.says}", *("",) * len(spans)), strict=False)
        )
        why = f"{'computed' if statement.holds else 'not what the numbers give'}: {statement.computed}, the text says {statement.says}"
        yield Contrast(verdict, "arithmetic", f"{document.id}, its own numbers", why, sides)
