"""Acceptance: findings that somebody has read go into the lock, all others stay as they were.

A document's digest is renewed once nothing of the document waits to be accepted.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.review.lock import Lock, Locked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chipfacts.review.check import Finding, Report
    from chipfacts.review.scope import Scope


def accept(lock: Lock, scope: Scope, report: Report, ids: Iterable[str] | None) -> Lock:
    """The lock with the findings of these ids (None: all) as they are now. UsageError for an id that the report does not hold."""
    unreadable = {document.doc for document in report.documents if document.is_unreadable}
    known = {finding.id for finding in report.findings}
    wanted = known if ids is None else {id.strip() for text in ids for id in text.split(",") if id.strip()}
    if unknown := sorted(wanted - known):
        raise UsageError(f"--accept: no fact has the id {unknown[0]!r}; the report shows ids in brackets")
    accepted = {finding.id for finding in report.findings if finding.id in wanted and finding.fact.doc not in unreadable}
    waiting = {finding.fact.doc for finding in report.findings if finding.status != "ok" and finding.id not in accepted} | unreadable
    facts = {locked.fact.fact_id: locked for locked in lock.facts}
    for finding in report.findings:
        if finding.id in accepted or (finding.status == "ok" and finding.fact.doc not in waiting):
            facts.pop(finding.id, None)
    for finding in report.findings:
        if (finding.id in accepted or (finding.status == "ok" and finding.fact.doc not in waiting)) and finding.change.new is not None:
            locked = _locked(finding, facts.keys())
            facts[locked.fact.fact_id] = locked
    documents = _documents(lock, report, waiting, {locked.fact.doc for locked in facts.values()}, ids is None)
    return replace(lock, paths=_paths(lock, scope, documents, ids is None), documents=documents, facts=tuple(facts.values()))


def _locked(finding: Finding, taken: Iterable[str]) -> Locked:
    """The fact as it is now, under its own id where that is free, else under the one that the report shows."""
    fact = finding.change.new
    assert fact is not None
    return Locked(replace(fact, fact_id=finding.id) if fact.fact_id in taken else fact, finding.context)


def _documents(lock: Lock, report: Report, waiting: set[str], told: set[str], is_all: bool) -> dict[str, str]:
    """Digests of the documents that the lock holds now: those whose facts it keeps, and those that have none and were accepted."""
    documents = dict(lock.documents)
    for document in report.documents:
        if document.is_unreadable:
            continue
        if document.status == "doc-missing":
            if document.doc not in told and (is_all or document.doc not in waiting):
                del documents[document.doc]
        elif document.doc not in waiting:
            if document.status != "new" or is_all or document.doc in told:
                documents[document.doc] = document.digest
        elif document.doc in told and document.doc not in documents:
            documents[document.doc] = document.digest
    return documents


def _paths(lock: Lock, scope: Scope, documents: dict[str, str], is_all: bool) -> tuple[str, ...]:
    """The recorded paths, where all is accepted without those at which nothing is any more, and documents that none of them reaches."""
    gone = set(scope.missing_paths()) if is_all else set()
    kept = [path for path in lock.paths if path not in gone]
    beyond = [doc for doc in documents if not any(path in (".", doc) or doc.startswith(path.rstrip("/") + "/") for path in kept)]
    return tuple(sorted({*kept, *(doc for doc in beyond if doc not in lock.documents)})) or lock.paths
