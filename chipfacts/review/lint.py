"""`chipfacts rules lint`: what in the rules can never act, stands twice or costs too much; a finding names its place and a cure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from chipfacts.errors import UsageError
from chipfacts.rulebook.compile import rule_files
from chipfacts.rulebook.source import Mapping, Place, read_yaml, shown_name
from chipfacts.rulebook.source import Sequence as Items

FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: where, in which rule or cue, what kind of fault, what is wrong, what to do. A note is no fault, only unproven."""

    place: Place
    id: str
    what: str
    says: str
    mend: str
    is_note: bool = False

    def __str__(self) -> str:
        mark = "note: " if self.is_note else ""
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {mark}{self.id}: {self.what}: {self.says}; {self.mend}"

    def record(self) -> dict[str, Any]:
        """As JSON."""
        where = {"file": self.place.file, "line": self.place.line, "column": self.place.column}
        rest = {key: value for key, value in asdict(self).items() if key not in ("place", "is_note")}
        return {"level": "note" if self.is_note else "error", **where, **rest}


@dataclass(frozen=True, slots=True)
class Node:
    """A rule or cue as its file has it."""

    id: str
    kind: str  # cues, facts or joins
    body: Mapping


def read_nodes(folders: Sequence[Path]) -> list[Node]:
    """Every rule and cue of the folders in reading order; a later folder replaces by id."""
    found: dict[str, Node] = {}
    for folder in folders:
        for path in rule_files(folder):
            kind = path.parent.name
            root = read_yaml(path, shown_name(folder, path)) if kind in ("cues", "facts", "joins") else None
            for body in root if isinstance(root, Items) else ():
                found[str(body["id"])] = Node(str(body["id"]), kind, body)
    return list(found.values())


def findings(rules: Sequence[Path] = (), only: Sequence[Path] = ()) -> Iterator[Finding]:
    """Everything there is to say about the shipped rules and those of further folders, or only about those of certain files and folders.

    RuleError for an invalid rule.
    """
    from chipfacts.review.lint_pattern import pattern_findings
    from chipfacts.review.lint_words import word_findings
    from chipfacts.review.rules import Trial, files_within

    trial = Trial(rules)
    nodes = read_nodes(trial.folders)
    if only:
        files = files_within(trial.folders, only)
        nodes = [node for node in nodes if node.body.place.file in files]
    yield from word_findings(nodes, trial)
    yield from pattern_findings(nodes, trial)


def lint(rules: Sequence[Path] = (), *, only: Sequence[Path] = (), show_notes: bool = False, format: str = "text") -> int:
    """Print the findings and how many there are; 0, or 1 where there is more than notes."""
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    found = sorted(findings(rules, only), key=lambda f: (f.place.file, f.place.line, f.place.column, f.what, f.says))
    faults = [finding for finding in found if not finding.is_note]
    notes = len(found) - len(faults)
    shown = found if show_notes else faults
    if format == "json":
        print(json.dumps([finding.record() for finding in shown], ensure_ascii=False, indent=1))
        return 1 if faults else 0
    for finding in shown:
        print(finding)
    verdict = f"{len(faults)} to mend" if faults else "nothing to mend"
    hint = "" if show_notes or not notes else " (--notes shows them)"
    print(f"{verdict}; {notes} notes on what no example uses{hint}")
    return 1 if faults else 0
