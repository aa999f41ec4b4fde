"""What a check of an edited sheet finds, and how it is told: a line each, or JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from chipfacts.sheet.table import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

# unsupported: the quote is not in the text. drifted: it stands elsewhere in it. invented: a value that its characters do not give.
# changed: the row's core values are not those its id was made of.
Problem = Literal["unsupported", "drifted", "invented", "changed", "unknown value", "duplicate id", "no document"]
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One cell that does not hold: the row as its file counts it, the column, what the text says and what the sheet says."""

    problem: Problem
    row: str
    column: str
    expected: str
    found: str
    fact_id: str = ""
    doc: str = ""
    line: str = ""

    def told(self, sheet: str) -> str:
        """The finding as a line."""
        where = f" ({shown(self.doc)}{':' if self.line else ''}{self.line})" if self.doc else ""
        found = f"found {shown(self.found)}" if self.found else "found nothing"
        return f"{sheet}: {self.row}: {self.problem}: {self.column}: expected {shown(self.expected)}, {found}{where}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All findings of a sheet in the order of its rows, warnings that fail nothing, and how many rows were looked at."""

    sheet: str
    rows: int
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()


def print_verdict(verdict: Verdict, format: str) -> None:
    """Findings, then warnings, then the sum of it; or one JSON object."""
    if format == "json":
        body = {"sheet": verdict.sheet, "rows": verdict.rows}
        print(
            json.dumps(
                body | {"findings": [asdict(f) for f in verdict.findings], "warnings": verdict.warnings}, ensure_ascii=False, indent=1
            )
        )
        return
    sheet = harmless(verdict.sheet)
    for finding in verdict.findings:
        print(finding.told(sheet))
    for warning in verdict.warnings:
        print(f"{sheet}: warning: {harmless(warning)}")
    print(f"{verdict.rows} rows checked: {_counted(verdict.findings)}")


def _counted(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.problem for finding in findings)
    return ", ".join(f"{count} {problem}" for problem, count in counts.items()) or "every quote and value stands in the text"


def shown(text: str) -> str:
    """Words of a sheet or text on one line of a terminal, cut where they are long."""
    plain = harmless(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
