"""The check: every fact of a lock against what its texts say now, each in one class.

A fact that is still found is `ok`, `moved` (same values and quote, another place), `changed` (a column differs) or `ambiguous` (its quote
stands more than once, and which of them it is cannot be told). One that is not found is `unsupported` where its quote is gone from the
text, and `lost` where it still stands there. `new` facts are not in the lock. A document is `doc-changed` where its text is another one,
`doc-missing` where it is gone, and with it its facts.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from chipfacts.model import Fact, Span
from chipfacts.review.change import Change, Context, compare, contexts_of
from chipfacts.review.lock import Lock, Locked, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chipfacts.model import Document
    from chipfacts.review.scope import Found, Scope

# Worst first.
CLASSES = ("unsupported", "lost", "changed", "ambiguous", "doc-missing", "doc-changed", "new", "moved", "ok")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person should look: a file (as written from here), and half-open code-point columns; lines and columns count from 1."""

    file: str
    line: int
    column: int = 1
    end_line: int = 0
    end_column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact and its class. `id` names it for --accept and is unique in a report; at least one of `old` and `new` is there."""

    id: str
    status: str
    change: Change
    context: Context  # around the new quote, else around the old
    place: Place

    @property
    def fact(self) -> Fact:
        """The fact as it is now, else as it was."""
        fact = self.change.new or self.change.old
        assert fact is not None
        return fact


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """One document and its class; `digest` of its text now, `renamed_to` where the same text stands under a new name."""

    doc: str
    status: str
    place: Place
    digest: str = ""
    renamed_to: str | None = None
    is_unreadable: bool = False


@dataclass(frozen=True)
class Report:
    """Every fact and document of the lock and of the texts, by place."""

    findings: tuple[Finding, ...]
    documents: tuple[DocumentFinding, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many facts of each class, worst first; `doc-changed` counts documents. Empty classes are left out."""
        counted = Counter(finding.status for finding in self.findings)
        counted["doc-changed"] = sum(document.status == "doc-changed" for document in self.documents)
        counted["doc-missing"] = max(counted["doc-missing"], sum(document.status == "doc-missing" for document in self.documents))
        return {name: counted[name] for name in CLASSES if counted[name]}


def judge(lock: Lock, scope: Scope, found: Found, facts: Sequence[Fact], lock_file: str) -> Report:
    """The report of a check: the lock's facts within the scope against `facts`, those of the documents that were found."""
    documents = tuple(_judged_documents(lock, scope, found, lock_file))
    old = [locked for locked in lock.facts if scope.holds(locked.fact.doc)]
    gone = {document.doc for document in documents if document.status == "doc-missing"}
    texts = {doc: document.text for doc, document in found.documents.items()}
    changes = compare(
        [locked.fact for locked in old],
        facts,
        old_contexts=[locked.context for locked in old],
        new_contexts=contexts_of(facts, texts),
    )
    placer = _Placer({locked.fact.fact_id: locked for locked in old}, scope, found, facts, lock_file)
    taken = {locked.fact.fact_id for locked in lock.facts}
    findings = []
    for change in changes:
        status = "doc-missing" if change.old and change.old.doc in gone else placer.status(change)
        fact = change.old or change.new
        assert fact is not None
        id = fact.fact_id if change.old else _free_id(fact.fact_id, taken)
        findings.append(Finding(id, status, change, placer.context(change), placer.place(change, status)))
    return Report(tuple(findings), documents)


def _judged_documents(lock: Lock, scope: Scope, found: Found, lock_file: str) -> Iterable[DocumentFinding]:
    digests = {doc: digest_of(document.text) for doc, document in found.documents.items()}
    unlocked = {digest: doc for doc, digest in sorted(digests.items(), reverse=True) if doc not in lock.documents}
    for doc in sorted(digests.keys() | {doc for doc in lock.documents if scope.holds(doc)}):
        here = Place(scope.file_of(doc), 1)
        if doc not in lock.documents:
            yield DocumentFinding(doc, "new", here, digests[doc])
        elif doc in digests:
            yield DocumentFinding(doc, "ok" if digests[doc] == lock.documents[doc] else "doc-changed", here, digests[doc])
        else:
            there = Place(lock_file, lock.lines.get(doc, 1))
            renamed_to = unlocked.get(lock.documents[doc])
            yield DocumentFinding(doc, "doc-missing", there, "", renamed_to, doc in found.unreadable)


class _Placer:
    """Classes and places of changes, told by the texts as they are now."""

    def __init__(self, locked: dict[str, Locked], scope: Scope, found: Found, facts: Sequence[Fact], lock_file: str) -> None:
        self._locked, self._scope, self._found, self._lock_file = locked, scope, found, lock_file
        self._quoted: dict[tuple[str, str], list[Span]] = {}  # by document and kind
        for fact in facts:
            self._quoted.setdefault((fact.doc, fact.kind), []).append(Span(fact.start, fact.end))
        for spans in self._quoted.values():
            spans.sort()
        self._free: dict[tuple[str, str, str], Mapping[int, None]] = {}  # by document, kind and quote

    def status(self, change: Change) -> str:
        """Which of CLASSES a fact's change is."""
        if change.old is None:
            return "new"
        if change.new is not None:
            if change.differences:
                return "changed"
            if change.is_guess:
                return "ambiguous"
            return "moved" if change.is_moved else "ok"
        places = self._free_places(change.old)
        if not places:
            return "unsupported"
        return "lost" if len(places) == 1 or self._place_in_context(change.old) is not None else "ambiguous"

    def context(self, change: Change) -> Context:
        """The words beside the quote: as they stand in the text, or as the lock keeps them where the fact is gone."""
        if change.new is None:
            assert change.old is not None
            return self._locked[change.old.fact_id].context
        return contexts_of([change.new], {change.new.doc: self._text(change.new.doc)})[0] or Context("", "")

    def place(self, change: Change, status: str) -> Place:
        """The quote where it stands; what has no place in a text any more is shown near its old line, or in the lock."""
        if change.new is not None:
            return self._shown(change.new.doc, change.new.start, change.new.end)
        old = change.old
        assert old is not None
        if status == "doc-missing":
            return Place(self._lock_file, self._locked[old.fact_id].line)
        free = self._free_places(old)
        at = self._place_in_context(old)
        if at is None and free:
            at = min(free, key=lambda start: (abs(start - old.start), start))
        if at is not None:
            return self._shown(old.doc, at, at + len(old.quote))
        return Place(self._scope.file_of(old.doc), min(old.line, self._text(old.doc).count("\n") + 1))

    def _free_places(self, fact: Fact) -> Mapping[int, None]:
        """Where the fact's quote stands in the text and no other fact of its kind does, in order."""
        key = fact.doc, fact.kind, fact.quote
        if key not in self._free:
            text, used = self._text(fact.doc), self._quoted.get((fact.doc, fact.kind), [])
            places: dict[int, None] = {}
            at = text.find(fact.quote) if fact.quote else -1
            while at >= 0:
                if not _is_touched(Span(at, at + len(fact.quote)), used):
                    places[at] = None
                at = text.find(fact.quote, at + 1)
            self._free[key] = places
        return self._free[key]

    def _place_in_context(self, fact: Fact) -> int | None:
        """The free place of the quote that has its old surroundings, on one side at least."""
        text, (before, after) = self._text(fact.doc), self._locked[fact.fact_id].context
        free = self._free_places(fact)
        for lead, tail in ((before, after), (before, ""), ("", after)):
            at = text.find(lead + fact.quote + tail) if free and (lead or tail) else -1
            while at >= 0:
                if at + len(lead) in free:
                    return at + len(lead)
                at = text.find(lead + fact.quote + tail, at + 1)
        return None

    def _shown(self, doc: str, start: int, end: int) -> Place:
        text = self._text(doc)
        first, last = (text.rfind("\n", 0, at) + 1 for at in (start, end))
        line = text.count("\n", 0, start) + 1
        return Place(self._scope.file_of(doc), line, start - first + 1, line + text.count("\n", start, end), end - last + 1)

    def _text(self, doc: str) -> str:
        document: Document | None = self._found.documents.get(doc)
        return document.text if document else ""


def _is_touched(span: Span, sorted_spans: Sequence[Span]) -> bool:
    """True where one of the spans shares a character; quotes of one kind overlap little, so a few before the place are enough."""
    at = bisect_left(sorted_spans, span)
    return any(span.touches(other) for other in sorted_spans[max(at - 4, 0) : at + 1])


def _free_id(id: str, taken: set[str]) -> str:
    """An id that no other finding has: rows that state the same are numbered, so a new one may bear the number of an old one."""
    while id in taken:
        id = hashlib.sha256(f"{id}+".encode()).hexdigest()[:12]
    taken.add(id)
    return id
