"""Text: a line a finding, worst first, the way compilers write it, so that editors jump to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chipfacts.review.report.wording import outcome, shown, summary
from chipfacts.review.report.worst import Item, worst_first

if TYPE_CHECKING:
    from chipfacts.review.check import Report
    from chipfacts.review.policy import Verdict


def render(report: Report, verdict: Verdict) -> str:
    """`file:line:column: class: what [id]`, then the counts and the outcome."""
    lines = [line(item) for item in worst_first(report, verdict)]
    return "".join(f"{text}\n" for text in (*lines, f"{summary(report)}: {outcome(report, verdict)}"))


def line(item: Item) -> str:
    """One finding on one line."""
    what = f"{item.subject}: {item.message} [{item.id}]" if item.id else item.message
    file = shown(item.place.file)
    if file.startswith((":", "#")):  # where a runner reads the log, such a line would be a command to it
        file = f"./{file}"
    return f"{file}:{item.place.line}:{item.place.column}: {item.status}: {what}"
