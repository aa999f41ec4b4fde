"""SARIF 2.1.0: results for code scanning and editors; columns count code points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

from chipfacts.review.report.wording import shown
from chipfacts.review.report.worst import Item, worst_first

if TYPE_CHECKING:
    from chipfacts.review.check import Report
    from chipfacts.review.policy import Verdict

_SAYS = {
    "unsupported": "The quote of a locked fact is no longer in its text.",
    "lost": "The quote of a locked fact still stands in its text, but the fact is found no more.",
    "changed": "A locked fact says something else now.",
    "ambiguous": "The quote of a locked fact stands in several places of its text.",
    "doc-missing": "A locked document is gone.",
    "doc-changed": "The text of a locked document is another one.",
    "new": "A fact or document is not in the lock.",
    "moved": "A locked fact stands at another place.",
}


def render(report: Report, verdict: Verdict) -> str:
    """One run with a rule for each class and a result for each finding that is not as the lock has it."""
    from chipfacts import __version__

    rules = [{"id": name, "shortDescription": {"text": says}} for name, says in _SAYS.items()]
    driver = {"name": "chipfacts", "semanticVersion": __version__, "rules": rules}
    data = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(item) for item in worst_first(report, verdict)],
            }
        ],
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _result(item: Item) -> dict[str, Any]:
    place = item.place
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    if place.end_line:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    result: dict[str, Any] = {
        "ruleId": item.status,
        "ruleIndex": list(_SAYS).index(item.status),
        "level": item.level,
        "message": {"text": f"{item.subject}: {item.message}" if item.subject else item.message},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}],
    }
    return result | {"partialFingerprints": {"chipfacts/v1": item.id or f"{item.status} {shown(place.file)}"}}


def _uri(file: str) -> str:
    """A relative reference: a name with a colon, a space or Chinese is none as it stands."""
    return quote(file, safe="/")
