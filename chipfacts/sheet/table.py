"""Tables for a terminal: a few telling columns for each kind; never for a pipe or a file (rich cuts them to the window).

The words of an article are shown as they are: no markup, no highlighting, control characters (which could drive the terminal) replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from chipfacts.model import KINDS, Fact, Sheet
from chipfacts.sheet.cell import plain_decimal

if TYPE_CHECKING:
    from decimal import Decimal

_SHOWN = {
    "funding": ("company", "amount", "round", "measure", "status", "date", "investors", "quote"),
    "valuation": ("company", "amount", "measure", "status", "date", "quote"),
    "chip": ("chip", "company", "mentions", "quote"),
    "process_node": ("node_nm", "chip", "company", "foundry", "quote"),
    "date": ("date", "event", "company", "status", "quote"),
    "amount": ("company", "amount", "measure", "quote"),
}
_NEVER_CUT = frozenset({"amount", "date", "node_nm", "mentions"})


def print_tables(sheet: Sheet, stream: TextIO, width: int | None = None) -> None:
    """A table for each kind that has facts; the document is a column where there are several."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=stream, markup=False, highlight=False, emoji=False, width=width)
    several = len({fact.doc for fact in sheet.facts}) > 1
    for kind in KINDS:
        facts = [fact for fact in sheet.facts if fact.kind == kind]
        if not facts:
            continue
        columns = (("doc",) if several else ()) + _SHOWN[kind]
        table = Table(title=f"{kind} ({len(facts)})", title_justify="left", box=SIMPLE, pad_edge=False)
        for column in columns:
            right = column in ("node_nm", "mentions")
            table.add_column(column, justify="right" if right else "left", no_wrap=column in _NEVER_CUT, overflow="fold")
        for fact in facts:
            table.add_row(*(Text(_shown(fact, column)) for column in columns))
        console.print(table)


def summary(facts: int, documents: int, found: int | None = None, used: int | None = None) -> str:
    """The line after a sheet: how much, and whether the ledger balances."""
    line = f"{_count(facts, 'fact')} from {_count(documents, 'document')}"
    if found is None or used is None:
        return line
    return f"{line}; money mentions: {found} found {'=' if found == used else '≠'} {used} used"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _shown(fact: Fact, column: str) -> str:
    if column == "amount":
        return interval(fact)
    value = getattr(fact, column)
    if value is None or value == ():
        return ""
    if column == "investors":
        leads = set(fact.lead_investors)
        return harmless(", ".join(f"{name} (lead)" if name in leads else name for name in fact.investors))
    if column == "node_nm":
        return plain_decimal(value)
    if column == "status" and fact.hearsay:
        return f"{value}, hearsay"
    return harmless(str(value))


def interval(fact: Fact) -> str:
    """The interval with its currency: ≥ and ≤ for an open side, the hedge where the numbers do not show it."""
    low, high = fact.amount_low, fact.amount_high
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        sum_ = _digits(low) if low == high else f"{_digits(low)} – {_digits(high)}"
    else:
        sum_ = f"≥ {_digits(low)}" if low is not None else f"≤ {_digits(high)}" if high is not None else ""
    hedge = f"{fact.hedge} " if fact.hedge in ("about", "nearly") else ""
    mark = "?" if fact.currency_from == "inferred" else ""
    return f"{hedge}{sum_} {fact.currency or ''}{mark}".rstrip()


def _digits(number: Decimal) -> str:
    whole, point, rest = plain_decimal(number).partition(".")
    return f"{int(whole):,}{point}{rest}"


def harmless(text: str) -> str:
    """Line ends and tabs as spaces, other control and direction characters as ·."""
    if text.isprintable():
        return text
    return "".join(ch if ch.isprintable() else " " if ch.isspace() else "·" for ch in text)
