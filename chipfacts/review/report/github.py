"""GitHub: workflow commands that annotate file and line, worst first, at most ten; the rest in the job summary.

GitHub shows ten annotations of a step and drops the others without a word, so what goes beyond is written to $GITHUB_STEP_SUMMARY as
Markdown, or printed where that is not set. Text of articles could hold a command of its own: it is escaped, and no plain line begins
with it.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.review.report.text import line
from chipfacts.review.report.wording import outcome, shown, summary
from chipfacts.review.report.worst import Item, worst_first
from chipfacts.review.scope import relative

if TYPE_CHECKING:
    from chipfacts.review.check import Report
    from chipfacts.review.policy import Verdict

_MOST = 10
_MOST_IN_SUMMARY = 500  # GitHub refuses a summary beyond 1 MiB
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~:@-])")


def render(report: Report, verdict: Verdict) -> str:
    """The annotations, the counts; the job summary is written on the way (UsageError where it cannot be)."""
    items = worst_first(report, verdict)
    said = f"chipfacts check: {summary(report)}: {outcome(report, verdict)}"
    lines = [_annotation(item) for item in items[:_MOST]]
    rest = items[_MOST:]
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if target:
        _append(Path(target), _markdown(said, rest))
        lines += [f"{len(rest)} more in the job summary"] if rest else []
    else:
        lines += [f"- {line(item)}" for item in rest]
    return "".join(f"{text}\n" for text in (*lines, said))


def escape_data(text: str) -> str:
    """The message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """A property of a workflow command: file, title."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def _annotation(item: Item) -> str:
    place = item.place
    properties = {"file": _in_repository(place.file), "line": str(place.line), "col": str(place.column)}
    if place.end_line:
        properties |= {"endLine": str(place.end_line)}
        if place.end_line == place.line:  # columns are of one line, or GitHub takes none
            properties |= {"endColumn": str(place.end_column)}
    properties["title"] = f"{item.status}: {item.subject}" if item.subject else item.status
    said = f"{item.message} [{item.id}]" if item.id else item.message
    given = ",".join(f"{name}={escape_property(text)}" for name, text in properties.items())
    return f"::{_COMMANDS[item.level]} {given}::{escape_data(said)}"


def _in_repository(file: str) -> str:
    """Annotations name files from the repository's root, wherever in it the step runs."""
    root = os.environ.get("GITHUB_WORKSPACE")
    return relative(Path(file), Path(root)) if root else file


def _markdown(said: str, rest: list[Item]) -> str:
    lines = ["### Facts under review", "", _plain(said), ""]
    if rest:
        lines += ["| class | place | fact | what | id |", "|---|---|---|---|---|"]
        lines += [_row(item) for item in rest[:_MOST_IN_SUMMARY]]
        if len(rest) > _MOST_IN_SUMMARY:
            lines += ["", f"{len(rest) - _MOST_IN_SUMMARY} more: run chipfacts check for all of them"]
        lines.append("")
    return "".join(f"{text}\n" for text in lines)


def _row(item: Item) -> str:
    place = f"{_in_repository(item.place.file)}:{item.place.line}"
    return "| " + " | ".join(map(_plain, (item.status, shown(place), item.subject, item.message, item.id))) + " |"


def _plain(text: str) -> str:
    """Text that is no Markdown and no HTML."""
    return _MARKDOWN.sub(r"\\\1", html.escape(text, quote=False))


def _append(path: Path, text: str) -> None:
    try:
        with path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"$GITHUB_STEP_SUMMARY: {path} cannot be written ({(error.strerror or str(error)).lower()})") from None
