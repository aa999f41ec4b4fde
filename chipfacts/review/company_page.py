"""The sheet of one company for reading: Markdown for a pipe, the same lines for a terminal.

Names and quotes come from articles: in Markdown every character that could be markup, a link or a mention is escaped; a terminal gets no
control character and no markup of rich.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from chipfacts.sheet.table import harmless

if TYPE_CHECKING:
    from chipfacts.review.company import Company
    from chipfacts.review.contrast import Side

_MOST = 3  # places shown of a line
_LONGEST = 96
# Punctuation that Markdown, its extensions (autolinks, mentions, mathematics, emoji) or HTML gives a meaning within a line.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&~|$@#:!{}^]|(?<=[Ww])\.")
_BULLET = "- "


def markdown(company: Company) -> Iterator[str]:
    """The page as lines of Markdown."""
    yield f"# {_escape(company.name)}"
    yield ""
    yield f"{_measure(company)}"
    for title, lines in company.sections:
        yield ""
        yield f"## {title}"
        yield ""
        for line in lines:
            yield f"{_BULLET}**{_escape(line.says)}**"
            yield from (f"  - {place} {_escape(quote)}".rstrip() for place, quote in _places(line.sides, is_code=True))
    if company.contrasts:
        yield ""
        yield "## What sources disagree on"
        yield ""
        for contrast in company.contrasts:
            yield f"{_BULLET}**{contrast.verdict}: {_escape(contrast.about)}**: {_escape(contrast.why)}"
            yield from (f"  - {place} {_escape(quote)}".rstrip() for place, quote in _places(contrast.sides, is_code=True))
    for note in _notes(company):
        yield ""
        yield note


def print_page(company: Company, stream: TextIO) -> None:
    """The page on a terminal."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(file=stream, markup=False, highlight=False, emoji=False)

    def show(text: Text, indent: int) -> None:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))

    def show_sides(sides: tuple[Side, ...]) -> None:
        for place, quote in _places(sides, is_code=False):
            show(Text.assemble((place, "cyan"), " ", (quote, "dim")), 6)

    console.print(Text(company.name, "bold"))
    console.print(Text(_measure(company), "dim"))
    for title, lines in company.sections:
        console.print(Text(f"\n{title}", "bold"))
        for line in lines:
            show(Text(line.says), 2)
            show_sides(line.sides)
    if company.contrasts:
        console.print(Text("\nWhat sources disagree on", "bold"))
    for contrast in company.contrasts:
        style = "red" if contrast.verdict == "contradict" else "yellow"
        show(Text.assemble((contrast.verdict, style), f": {harmless(contrast.about)}: {harmless(contrast.why)}"), 2)
        show_sides(contrast.sides)
    for note in _notes(company):
        console.print(Text(f"\n{note}", "dim"))


def _measure(company: Company) -> str:
    facts = f"{company.facts:,} fact{'' if company.facts == 1 else 's'}"
    number = company.of_documents
    of = f"{company.documents:,} of {number:,} document{'' if number == 1 else 's'}"
    return f"{facts} from {of}" + (f", as known on {company.as_of}" if company.as_of else "")


def _notes(company: Company) -> Iterator[str]:
    if company.as_of and (company.later or company.undatable):
        yield f"Left out: {company.later:,} of a later day than {company.as_of}, {company.undatable:,} that have no day."
    if company.others:
        number = f"{company.others:,} more fact{'' if company.others == 1 else 's'}"
        yield f"Not shown: {number} (prices, revenue, days without an event); `chipfacts extract --company` has them."


def _places(sides: tuple[Side, ...], is_code: bool) -> Iterator[tuple[str, str]]:
    """(doc:line, “quote”) of the first few sides, then how many more there are."""
    for side in sides[:_MOST]:
        place = f"{harmless(side.doc)}:{side.line}"
        yield (_code(place) if is_code else place), f"“{_cut(side.quote)}”"
    if len(sides) > _MOST:
        yield f"and {len(sides) - _MOST:,} more", ""


def _cut(quote: str) -> str:
    plain = harmless(quote)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _code(text: str) -> str:
    """A code span, in which nothing is markup; its fence is longer than any run of backticks inside."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if "`" in text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _escape(text: str) -> str:
    return _ACTIVE.sub(lambda match: "\\" + match[0], harmless(text).strip())
