"""An article with its facts in it: coloured for a terminal, with marks under the lines for a pipe; then the facts, line by line.

Every character that a terminal would obey or hide is written out (<U+001B>), so that nothing in an article moves or colours what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from chipfacts.model import KINDS, Document, Fact, Kind, Span
from chipfacts.review.explain import headline
from chipfacts.review.marked import Label, marked_lines, visible

if TYPE_CHECKING:
    from rich.text import Text

_WIDTH = 100  # cells of a line on a pipe
_STYLES: dict[Kind, str] = {
    "funding": "bold green",
    "valuation": "bold magenta",
    "chip": "bold cyan",
    "process_node": "bold blue",
    "date": "bold yellow",
    "amount": "bold red",
}


def marked(document: Document, facts: Sequence[Fact]) -> Iterator[str]:
    """The article for a pipe: numbered lines, under them ^^^^ and the kind of each fact; then the facts."""
    text = document.text
    lines = _lines(text)
    gutter = len(str(len(lines)))
    yield visible(document.id)
    for number, (line, touching) in enumerate(_with_facts(lines, facts), start=1):
        labels = [Label(Span(fact.start, fact.end), fact.kind) for fact in touching]
        rows = marked_lines(text, line, labels, _WIDTH) or [""]
        yield f"{number:>{gutter}} | {rows[0]}".rstrip()
        yield from (f"{'':>{gutter}} | {row}".rstrip() for row in rows[1:])
    yield ""
    yield from _listed(facts, gutter)


def print_article(document: Document, facts: Sequence[Fact], stream: TextIO) -> None:
    """The article for a terminal: each kind in its colour; then the facts."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    lines = _lines(document.text)
    kinds = [kind for kind in KINDS if any(fact.kind == kind for fact in facts)]
    console.print(Text.assemble((visible(document.id), "bold"), *((f"  {kind}", _STYLES[kind]) for kind in kinds)))
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for number, (line, touching) in enumerate(_with_facts(lines, facts), start=1):
        table.add_row(str(number), _coloured(document.text, line, touching))
    console.print(table)
    console.print()
    for text in _listed(facts, len(str(len(lines)))):
        console.print(Text(text))


def _coloured(text: str, line: Span, facts: Sequence[Fact]) -> Text:
    """One line with its facts coloured; where two overlap, the later and shorter is on top."""
    from rich.text import Text

    shown = Text(no_wrap=False)
    places = [0]
    for char in text[line.start : line.end]:
        places.append(places[-1] + len(visible(char)))
    shown.append(visible(text[line.start : line.end]))
    for fact in facts:
        low, high = max(fact.start, line.start), min(fact.end, line.end)
        shown.stylize(_STYLES[fact.kind], places[low - line.start], places[high - line.start])
    return shown


def _lines(text: str) -> list[Span]:
    """The lines of a text without their ends, counted as rows count them: a line ends at LF."""
    found: list[Span] = []
    start = 0
    while (end := text.find("\n", start)) >= 0:
        found.append(Span(start, end - 1 if end > start and text[end - 1] == "\r" else end))
        start = end + 1
    if start < len(text) or not found:
        found.append(Span(start, len(text)))
    return found


def _with_facts(lines: Sequence[Span], facts: Sequence[Fact]) -> Iterator[tuple[Span, list[Fact]]]:
    """Each line with the facts that stand on it, in order; a fact may go on over several lines."""
    ordered = sorted(facts, key=lambda fact: (fact.start, -fact.end))
    at = 0
    open_: list[Fact] = []
    for line in lines:
        while at < len(ordered) and ordered[at].start < line.end:
            open_.append(ordered[at])
            at += 1
        open_ = [fact for fact in open_ if fact.end > line.start]
        yield line, [fact for fact in open_ if fact.start < line.end]


def _listed(facts: Sequence[Fact], gutter: int) -> Iterator[str]:
    """The facts by line; the number of a line stands before its first."""
    last = 0
    for fact in sorted(facts, key=lambda fact: (fact.start, fact.end, KINDS.index(fact.kind), fact.fact_id)):
        yield f"{fact.line if fact.line != last else '':>{gutter}}  {headline(fact)}"
        last = fact.line
    if not facts:
        yield "no fact is stated here"
