"""Reports of a check, one module a format: text for people, json, github (annotations), sarif and junit for machines.

Each module's `render(report, verdict)` gives the report as text. Article text in it is untrusted: `wording` puts it on one line without
control characters, and each module escapes what its own readers would act on.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from chipfacts.errors import UsageError

if TYPE_CHECKING:
    from chipfacts.review.check import Report
    from chipfacts.review.policy import Verdict

REPORT_FORMATS = ("text", "json", "github", "sarif", "junit")


class _FormatModule(Protocol):
    def render(self, report: Report, verdict: Verdict) -> str: ...


def check_format(name: str) -> str:
    """The format's name; UsageError with the list for an unknown one."""
    if name not in REPORT_FORMATS:
        raise UsageError(f"unknown format {name!r}: one of {', '.join(REPORT_FORMATS)}")
    return name


def render_report(report: Report, verdict: Verdict, format: str) -> str:
    """The report in a format, LF at its end."""
    return cast("_FormatModule", import_module(f"chipfacts.review.report.{check_format(format)}")).render(report, verdict)
