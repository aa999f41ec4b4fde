"""The types that pass between the stages: frozen, slotted, exact. Offsets are half-open code points of `Document.text`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["funding", "valuation", "chip", "process_node", "date", "amount"]
KINDS: tuple[Kind, ...] = ("funding", "valuation", "chip", "process_node", "date", "amount")


class Span(NamedTuple):
    """A half-open run of code points of a document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """True where `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """True where the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `view` is the folded text: `len(view) == len(text)`, so every offset of the view is an offset of the text.

    `published` is the reference date as EDTF, or None; `published_from` says where it came from
    (`option`, `sources`, `dateline`, `body` or empty).
    """

    id: str
    text: str
    view: str
    published: str | None = None
    published_from: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as the text states it: an interval in base units, its currency (None: not stated) and its hedge."""

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the sheet: the contract's columns in order, then `spans`. None, False or () is an empty cell.

    `spans` maps a column to the runs of characters it came from. Keys: company, amount, round, status, date, announced,
    chip, node_nm, foundry, event, investors, lead_investors. `text[start:end] == quote` always holds.
    """

    fact_id: str
    kind: Kind
    doc: str
    company: str | None = None
    amount_low: Decimal | None = None
    amount_high: Decimal | None = None
    currency: str | None = None
    currency_from: str | None = None
    hedge: str | None = None
    measure: str | None = None
    round: str | None = None
    status: str | None = None
    hearsay: bool | None = None
    date: str | None = None
    date_low: str | None = None
    date_high: str | None = None
    announced: str | None = None
    lead_investors: tuple[str, ...] = ()
    investors: tuple[str, ...] = ()
    chip: str | None = None
    node_nm: Decimal | None = None
    foundry: str | None = None
    event: str | None = None
    published: str | None = None
    mentions: int = 1
    line: int = 1
    start: int = 0
    end: int = 0
    quote: str = ""
    rule: str = ""
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Fact) if f.name != "spans")
LIST_COLUMNS = frozenset({"lead_investors", "investors"})
DECIMAL_COLUMNS = frozenset({"amount_low", "amount_high", "node_nm"})
INTEGER_COLUMNS = frozenset({"mentions", "line", "start", "end"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """Facts of many documents, sorted by document and place; reproducible from the same bytes and rules."""

    facts: tuple[Fact, ...]
    documents: tuple[Document, ...] = ()
    version: str = ""
    rules_digest: str = ""
