"""Two sets of facts, then and now, told by company: what came, what went, what changed from what to what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.errors import UsageError
from chipfacts.review.change import COMPARED, Change, compare, contexts_of
from chipfacts.sheet.cell import plain_decimal, to_row
from chipfacts.sheet.table import harmless

if TYPE_CHECKING:
    from chipfacts.model import Document, Fact
    from chipfacts.rulebook import Rulebook
    from chipfacts.sheet.edited import EditedSheet

FORMATS = ("text", "json")
_MARKS = {"gained": "+", "lost": "-", "altered": "~"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Diff:
    """The changes that say something, how many facts are as they were (moved or not), and how many texts, so that they were not read."""

    changes: tuple[Change, ...]
    unchanged: int
    moved: int
    same_texts: int = 0


def check_format(format: str) -> str:
    """The format's name; UsageError for an unknown one."""
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    return format


def diff_sheets(old: EditedSheet, new: EditedSheet) -> Diff:
    """The difference of two sheets in the columns that both have."""
    from chipfacts.sheet.edited import facts_of

    columns = [column for column in COMPARED if column in old.columns and column in new.columns]
    return _diff(compare(facts_of(old), facts_of(new), columns=columns))


def diff_documents(old: Sequence[Document], new: Sequence[Document], rulebook: Rulebook, currency: str | None = None) -> Diff:
    """The difference of what the same rules find in two states of the texts. What did not change is not read again."""
    from chipfacts.extract.pipeline import extract_document

    before, after = ({document.id: document for document in documents} for documents in (old, new))
    same = {id for id, document in before.items() if after.get(id) == document}
    then, now = (
        [fact for id, document in documents.items() if id not in same for fact in extract_document(document, rulebook, currency)]
        for documents in (before, after)
    )
    texts = [{id: document.text for id, document in documents.items()} for documents in (before, after)]
    contexts = contexts_of(then, texts[0]), contexts_of(now, texts[1])
    return _diff(compare(then, now, old_contexts=contexts[0], new_contexts=contexts[1]), len(same))


def _diff(changes: Sequence[Change], same_texts: int = 0) -> Diff:
    told = tuple(change for change in changes if _sort(change) != "unchanged")
    rest = [change for change in changes if _sort(change) == "unchanged"]
    return Diff(told, len(rest), sum(change.is_moved for change in rest), same_texts)


def print_diff(diff: Diff, format: str) -> None:
    """By company, those of no company last; then how many of each sort. Or one JSON object."""
    counts = Counter(map(_sort, diff.changes))
    numbers = {sort: counts[sort] for sort in _MARKS} | {"unchanged": diff.unchanged, "moved": diff.moved, "same_texts": diff.same_texts}
    if format == "json":
        print(json.dumps({"counts": numbers, "changes": list(map(_as_json, diff.changes))}, ensure_ascii=False, indent=1))
        return
    company: str | None = ""
    for change in sorted(diff.changes, key=lambda change: (not _fact(change).company, _fact(change).company or "")):
        if _fact(change).company != company:
            company = _fact(change).company
            print(harmless(company) if company else "(no company)")
        for line in _lines(change):
            print(f"  {line}")
    moved = f" ({diff.moved} moved)" if diff.moved else ""
    texts = f"; {diff.same_texts} {'text is' if diff.same_texts == 1 else 'texts are'} the same" if diff.same_texts else ""
    print(f"{counts['gained']} gained, {counts['lost']} lost, {counts['altered']} altered, {diff.unchanged} unchanged{moved}{texts}")


def _sort(change: Change) -> str:
    if change.old is None:
        return "gained"
    if change.new is None:
        return "lost"
    return "altered" if change.differences else "unchanged"


def _fact(change: Change) -> Fact:
    fact = change.new or change.old
    assert fact is not None
    return fact


def _lines(change: Change) -> Iterator[str]:
    fact, sort = _fact(change), _sort(change)
    guess = "  (perhaps)" if change.is_guess else ""
    yield f"{_MARKS[sort]} {fact.kind} {_shown(fact.quote)}  {harmless(fact.doc)}:{fact.line}{guess}"
    for difference in change.differences:
        yield f"    {difference.column}: {_shown(difference.old)} → {_shown(difference.new)}"


def _shown(value: Any) -> str:
    if value is None or value == () or value == "":
        return "(nothing)"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, tuple):
        return harmless("; ".join(map(str, value)))
    text = harmless(str(value).lower() if isinstance(value, bool) else str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _as_json(change: Change) -> dict[str, Any]:
    rows = {"old": to_row(change.old) if change.old else None, "new": to_row(change.new) if change.new else None}
    told = [{"column": d.column, "old": _cell(d.old), "new": _cell(d.new)} for d in change.differences]
    return {"change": _sort(change), "company": _fact(change).company, **rows, "differences": told, "is_guess": change.is_guess}


def _cell(value: Any) -> Any:
    return plain_decimal(value) if isinstance(value, Decimal) else list(value) if isinstance(value, tuple) else value
