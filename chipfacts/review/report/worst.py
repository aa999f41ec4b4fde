"""Worst first: what a person should see of a report, in the order of weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipfacts.review.check import CLASSES
from chipfacts.review.report.wording import document_message, message, subject

if TYPE_CHECKING:
    from chipfacts.review.check import Place, Report
    from chipfacts.review.policy import Verdict

_LEVELS = ("error", "warning", "note", "none")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a report; `id` and `subject` are empty for a document."""

    status: str
    level: str
    place: Place
    id: str
    subject: str
    message: str


def worst_first(report: Report, verdict: Verdict) -> list[Item]:
    """What is not as the lock has it, by level, class and place. Facts that only moved are left out unless they fail the check."""
    items = [
        Item(finding.status, verdict.level(finding), finding.place, finding.id, subject(finding.fact), message(finding))
        for finding in report.findings
    ]
    items += [
        Item(document.status, verdict.level(document), document.place, "", "", document_message(document)) for document in report.documents
    ]
    return sorted((item for item in items if item.level != "none"), key=_weight)


def _weight(item: Item) -> tuple[int, int, str, int, int, str]:
    return _LEVELS.index(item.level), CLASSES.index(item.status), item.place.file, item.place.line, item.place.column, item.id
