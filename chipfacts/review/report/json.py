"""JSON: every fact and document with its class; facts as the sheets carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from chipfacts.review.report.wording import document_message, message
from chipfacts.sheet.cell import exact_number, to_row

if TYPE_CHECKING:
    from chipfacts.review.check import DocumentFinding, Finding, Place, Report
    from chipfacts.review.policy import Verdict


def render(report: Report, verdict: Verdict) -> str:
    """An object: passed, counts, excesses, documents, facts."""
    excesses = [{"class": it.status, "kind": it.kind or None, "count": it.count, "allowed": it.allowed} for it in verdict.excesses]
    data = {
        "passed": verdict.is_passed,
        "counts": report.counts,
        "excesses": excesses,
        "documents": [_document(finding, verdict) for finding in report.documents],
        "facts": [_fact(finding, verdict) for finding in report.findings],
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _document(finding: DocumentFinding, verdict: Verdict) -> dict[str, Any]:
    row = {"doc": finding.doc, "class": finding.status, "level": verdict.level(finding), "file": finding.place.file}
    renamed = {"renamed_to": finding.renamed_to} if finding.renamed_to else {}
    return row | renamed | {"message": document_message(finding)}


def _fact(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    change = finding.change
    row: dict[str, Any] = {"id": finding.id, "class": finding.status, "level": verdict.level(finding), "doc": finding.fact.doc}
    row |= {"kind": finding.fact.kind, **_place(finding.place), "message": message(finding)}
    if change.differences:
        row["differences"] = [{"column": name, "old": _cell(old), "new": _cell(new)} for name, old, new in change.differences]
    return row | {"old": change.old and to_row(change.old), "new": change.new and to_row(change.new)}


def _place(place: Place) -> dict[str, Any]:
    end = {"end_line": place.end_line, "end_column": place.end_column} if place.end_line else {}
    return {"file": place.file, "line": place.line, "column": place.column, **end}


def _cell(value: Any) -> Any:
    from decimal import Decimal

    if isinstance(value, Decimal):
        return exact_number(value)
    return list(value) if isinstance(value, tuple) else value
