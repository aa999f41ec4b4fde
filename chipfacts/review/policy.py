"""The policy of a check: which classes fail it, and how many of each it lets pass.

`--fail-on lost,changed` names classes; `--max-lost 2` allows two lost facts of whatever kind, `--max-lost date=2` two lost dates.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.model import KINDS
from chipfacts.review.check import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chipfacts.review.check import DocumentFinding, Finding, Report

FAIL_ON = ("lost", "changed", "unsupported")
FAILING_CLASSES = tuple(name for name in CLASSES if name != "ok")
ALLOWED_CLASSES = ("unsupported", "lost", "changed", "ambiguous", "doc-missing", "new", "moved")
_NOTED = frozenset({"new", "moved", "ok", "doc-changed"})  # what passes and is nobody's loss
_ANY = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """`fail_on` the classes that fail; `limits` by class and kind ("": every kind that has no limit of its own)."""

    fail_on: frozenset[str] = frozenset(FAIL_ON)
    limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excess:
    """Why a check failed: so many facts of a class (and kind, where it has a limit of its own), so many allowed."""

    status: str
    kind: str
    count: int
    allowed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a policy makes of a report: passed where there is no excess."""

    excesses: tuple[Excess, ...]
    policy: Policy

    @property
    def is_passed(self) -> bool:
        """True where nothing went beyond what is allowed."""
        return not self.excesses

    def level(self, finding: Finding | DocumentFinding) -> str:
        """error (fails the check), warning (a loss that is allowed), note (news) or none (nothing to see)."""
        kind = "" if not hasattr(finding, "fact") else finding.fact.kind
        limits = self.policy.limits.get(finding.status, {})
        group = kind if kind in limits else _ANY
        if any(excess.status == finding.status and excess.kind == group for excess in self.excesses):
            return "error"
        if finding.status not in _NOTED:
            return "warning"
        return "none" if finding.status in ("ok", "moved") else "note"


def policy_of(fail_on: Iterable[str] | None, limits: Mapping[str, Iterable[str]]) -> Policy:
    """The policy that the options name; UsageError for an unknown class or kind, or an allowance that could have no effect."""
    classes = FAIL_ON if fail_on is None else tuple(name.strip() for names in fail_on for name in names.split(",") if name.strip())
    if classes == ("none",):
        classes = ()
    for name in classes:
        if name not in FAILING_CLASSES:
            raise UsageError(f"--fail-on: unknown class {name!r}: some of {', '.join(FAILING_CLASSES)}, or none")
    allowed: dict[str, dict[str, int]] = {}
    for status, texts in limits.items():
        for text in texts:
            if status not in classes:
                raise UsageError(f"--max-{status} {text} has no effect: {status!r} is not among --fail-on {','.join(classes) or 'none'}")
            kind, number = _limit(status, text)
            if kind in allowed.setdefault(status, {}):
                raise UsageError(f"--max-{status} is given twice for {kind or 'all kinds'}")
            allowed[status][kind] = number
    return Policy(frozenset(classes), allowed)


def _limit(status: str, text: str) -> tuple[str, int]:
    kind, equals, number = text.rpartition("=")
    if equals and kind not in KINDS:
        raise UsageError(f"--max-{status}: unknown kind {kind!r}: one of {', '.join(KINDS)}")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise UsageError(f"--max-{status} must be a number such as 2, or a kind and a number such as date=2, not {text!r}")
    return kind, int(number)


def judge_by(policy: Policy, report: Report) -> Verdict:
    """What went beyond the policy, worst first."""
    groups: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        groups[finding.status, finding.fact.kind if finding.fact.kind in policy.limits.get(finding.status, {}) else _ANY] += 1
    for status in ("doc-changed", "doc-missing"):
        documents = sum(document.status == status for document in report.documents)
        if documents and not any(group[0] == status for group in groups):
            groups[status, _ANY] = documents
    excesses = [
        Excess(status, kind, count, policy.limits.get(status, {}).get(kind, 0))
        for (status, kind), count in groups.items()
        if status in policy.fail_on and count > policy.limits.get(status, {}).get(kind, 0)
    ]
    return Verdict(tuple(sorted(excesses, key=lambda excess: (CLASSES.index(excess.status), excess.kind))), policy)
