"""The evidence of a sheet as rows of its own: for each fact its quote, then the characters of each filled column; and back to spans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipfacts.model import Document, Fact, Sheet, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

QUOTE = "quote"
Key = tuple[str, str]  # doc and fact_id


@dataclass(frozen=True, slots=True)
class Evidence:
    """One run of characters: `place` counts those of one column from 1. `characters` is empty where the text is not at hand."""

    fact: Fact
    column: str
    place: int
    span: Span
    characters: str
    document: Document | None


def evidence_of(sheet: Sheet) -> Iterator[Evidence]:
    """For each fact, in order, its quote and then its spans."""
    documents = {document.id: document for document in sheet.documents}
    for fact in sheet.facts:
        document = documents.get(fact.doc)
        yield Evidence(fact, QUOTE, 1, Span(fact.start, fact.end), fact.quote, document)
        for column, spans in fact.spans.items():
            for place, span in enumerate(spans, 1):
                yield Evidence(fact, column, place, span, _characters(fact, span, document), document)


def spans_of(rows: Iterable[tuple[Key, str, int, int, int]]) -> dict[Key, dict[str, tuple[Span, ...]]]:
    """The spans of each fact, from rows (key, column, place, start, end) in any order; the quote's are no column's."""
    found: dict[Key, dict[str, dict[int, Span]]] = {}
    for key, column, place, start, end in rows:
        if column != QUOTE:
            found.setdefault(key, {}).setdefault(column, {})[place] = Span(start, end)
    return {key: {c: tuple(spans[p] for p in sorted(spans)) for c, spans in columns.items()} for key, columns in found.items()}


def key_of(values: Mapping[str, object]) -> Key:
    """By what a fact and its evidence know each other."""
    return str(values.get("doc", "")), str(values.get("fact_id", ""))


def _characters(fact: Fact, span: Span, document: Document | None) -> str:
    if document is not None and document.text:
        return document.text[span.start : span.end]
    start, end = span.start - fact.start, span.end - fact.start
    return fact.quote[start:end] if 0 <= start < end <= len(fact.quote) else ""
