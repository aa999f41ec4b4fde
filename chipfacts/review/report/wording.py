"""Wording: what a finding says in one line, alike in every report."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.sheet.cell import plain_decimal

if TYPE_CHECKING:
    from chipfacts.model import Fact
    from chipfacts.review.check import DocumentFinding, Finding, Report
    from chipfacts.review.policy import Excess, Verdict

_LONGEST = 80  # code points of a quote or value; the file has the rest
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})  # control, bidirectional marks, separators that end a line


def subject(fact: Fact) -> str:
    """What the fact is about: its kind, and the chip or company."""
    return shown(" ".join(filter(None, (fact.kind, fact.chip or fact.company))))


def message(finding: Finding) -> str:
    """What became of a fact, as a sentence without a full stop."""
    quote, fact, old = f"“{shown(finding.fact.quote)}”", finding.fact, finding.change.old
    match finding.status:
        case "changed":
            return "; ".join(f"{name} {value(old)} → {value(new)}" for name, old, new in finding.change.differences)
        case "lost":
            return f"{quote} still stands in the text, but is found no more"
        case "unsupported":
            return f"{quote} is no longer in the text"
        case "ambiguous":
            return f"{quote} stands in several places; which of them was meant cannot be told"
        case "moved":
            return f"{quote} moved from line {old.line if old else '?'} to line {fact.line}"
        case "new":
            return f"{quote} is not in the lock"
        case "doc-missing":
            return f"{shown(fact.doc)} is gone, and with it {quote}"
        case _:
            return f"{quote} is as the lock has it"


def document_message(finding: DocumentFinding) -> str:
    """What became of a document, likewise."""
    match finding.status:
        case "doc-missing" if finding.is_unreadable:
            return f"{shown(finding.doc)} cannot be read"
        case "doc-missing":
            return f"{shown(finding.doc)} is gone" + (f"; its text stands in {shown(finding.renamed_to)} now" if finding.renamed_to else "")
        case "doc-changed":
            return f"the text of {shown(finding.doc)} is another one"
        case "new":
            return f"{shown(finding.doc)} is not in the lock"
        case _:
            return f"{shown(finding.doc)} is as the lock has it"


def summary(report: Report) -> str:
    """The counts in one line, worst first."""
    return ", ".join(f"{count} {name}" for name, count in report.counts.items()) or "no facts"


def outcome(report: Report, verdict: Verdict) -> str:
    """passed, or why not; nothing that was checked has passed nothing."""
    if not report.counts:
        return "nothing was checked"
    return "passed" if verdict.is_passed else "failed: " + ", ".join(map(_reason, verdict.excesses))


def _reason(excess: Excess) -> str:
    kind = f" {excess.kind}" if excess.kind else ""
    return f"{excess.count} {excess.status}{kind}" + (f" ({excess.allowed} allowed)" if excess.allowed else "")


def value(cell: Any) -> str:
    """A cell as people read it; an empty one is ∅."""
    if cell is None or cell in ("", ()):
        return "∅"
    if isinstance(cell, Decimal):
        return plain_decimal(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return shown("; ".join(cell) if isinstance(cell, tuple) else str(cell))


def shown(text: str) -> str:
    """Untrusted text on one line: white space folded, what cannot be seen replaced, cut where it is long."""
    line = " ".join(text.split())
    line = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) in _HIDDEN else char for char in line)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
