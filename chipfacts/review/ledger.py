"""The ledger: every sum of money that a text prints is used by exactly one row. Found = used, or the sums that are not."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chipfacts.extract.pipeline import extract_document, find_drafts, find_sums
from chipfacts.model import Document, Fact, Span
from chipfacts.rulebook import Rulebook
from chipfacts.text.tidy import tidy
from chipfacts.values.money import find_money


@dataclass(frozen=True, slots=True)
class Ledger:
    """The sums of one document: where each stands, those in no row, those in more than one, and the rows that say `other`."""

    document: Document
    found: tuple[Span, ...]
    lost: tuple[Span, ...]
    doubled: tuple[Span, ...]
    others: tuple[Fact, ...]

    @property
    def used(self) -> int:
        """How many sums are in exactly one row."""
        return len(self.found) - len(self.lost) - len(self.doubled)


def run(documents: Iterable[Document], rulebook: Rulebook, currency: str | None = None) -> int:
    """Print each document's ledger; 0, or 1 where a sum is in no row or in two."""
    found = used = 0
    for document in documents:
        ledger = keep_ledger(document, rulebook, currency)
        found += len(ledger.found)
        used += ledger.used
        print(f"{document.id}: {len(ledger.found)} sums found, {ledger.used} used, {len(ledger.others)} other")
        for name, spans in (("in no row", ledger.lost), ("in two rows", ledger.doubled)):
            for span in spans:
                print(f"  line {_line(document, span.start)}: {name}: {_shown(document.text[span.start : span.end])}")
        for fact in ledger.others:
            print(f"  line {fact.line}: other: {_shown(_around(document, fact))}")
    print(f"{found} sums found, {used} used")
    return int(found != used)


def keep_ledger(document: Document, rulebook: Rulebook, currency: str | None = None) -> Ledger:
    """The ledger of one document. A sum is used where a row prints it, where it repeats a row's sum, or where it converts a used one."""
    tidied = tidy(document)
    if tidied is not None:
        inner = _keep(tidied.document, rulebook, currency)
        found, lost, doubled = (tuple(map(tidied.span, spans)) for spans in (inner.found, inner.lost, inner.doubled))
        return Ledger(document, found, lost, doubled, tuple(map(tidied.fact, inner.others)))
    return _keep(document, rulebook, currency)


def _keep(document: Document, rulebook: Rulebook, currency: str | None) -> Ledger:
    scenes, drafts = find_drafts(document, rulebook)
    facts = extract_document(document, rulebook, currency)
    uses = Counter(span for draft in drafts for span in draft.sums)
    printed = Counter(span for fact in facts for span in fact.spans.get("amount", ()))
    matches = find_money(document.view)
    spans = [Span(match.start, match.end) for match in matches]
    believed = {item.mention.span for sums in find_sums(document, scenes, rulebook) for item in sums}
    found, lost, doubled = [], [], []
    for match, span in zip(matches, spans, strict=True):
        if match.bare and span not in believed:
            continue
        found.append(span)
        base = span if span in uses or match.converts is None else spans[match.converts]
        if uses[base] > 1 or printed[base] > 1:
            doubled.append(span)
        elif not uses[base]:
            lost.append(span)
    others = tuple(fact for fact in facts if fact.kind == "amount" and fact.measure == "other")
    return Ledger(document, tuple(found), tuple(lost), tuple(doubled), others)


def _line(document: Document, offset: int) -> int:
    return document.text.count("\n", 0, offset) + 1


def _around(document: Document, fact: Fact) -> str:
    """The quote with a few characters of its line on either side: a sum alone says little."""
    text = document.text
    breaks = [-1, *(i for i, char in enumerate(text) if char == "\n"), len(text)]
    number = bisect_right(breaks, fact.start - 1) if fact.start else 1
    low, high = max(breaks[number - 1] + 1, fact.start - 12), min(breaks[number], fact.end + 12)
    return text[low : fact.start] + "[" + fact.quote + "]" + text[fact.end : max(high, fact.end)]


def _shown(text: str) -> str:
    return " ".join(text.split())
