"""What each column of a sheet is: type, meaning, unit, values; and which columns a kind has. Versioned: schemas and tables are made of it.

The contract in words that travel with the data: the Read-me of a workbook, a datapackage, the JSON Schema.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from chipfacts.model import COLUMNS, KINDS, Fact, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

# Raised with every change of a column, its type or its values: the second number where old rows stay valid, else the first.
SCHEMA_VERSION = "1.0"

ColumnType = Literal["text", "choice", "decimal", "integer", "boolean", "day", "edtf", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `values` closes a choice, `pattern` is the whole cell's shape."""

    name: str
    type: ColumnType
    meaning: str
    values: tuple[str, ...] = ()
    unit: str = ""
    pattern: str = ""


_EDTF = r"[0-9X~%?/.,\[\]{}SEY-]+"  # level 0 to 2 by its letters; a reader of EDTF says more

_ALL = (
    Column("fact_id", "text", "Hash of document, kind and core values: stable when the text around it moves.", pattern="[0-9a-f]{12}"),
    Column("kind", "choice", "What the row is one of.", values=KINDS),
    Column("doc", "text", "Path of the document below the input folder; - is standard input."),
    Column("company", "text", "Canonical name; one that no gazetteer knows as the text prints it, in Simplified characters."),
    Column("amount_low", "decimal", "Lower end of the stated interval; empty: open below, or undisclosed.", unit="base units of currency"),
    Column("amount_high", "decimal", "Upper end of the stated interval; empty: open above, or undisclosed.", unit="base units of currency"),
    Column("currency", "text", "Currency of the sum.", unit="ISO 4217", pattern="[A-Z]{3}"),
    Column("currency_from", "choice", "Whether the text states the currency or it was inferred.", values=("stated", "inferred")),
    Column(
        "hedge",
        "choice",
        "How the text hedges the sum; empty: it does not.",
        values=("about", "nearly", "over", "under", "range", "several"),
    ),
    Column(
        "measure",
        "choice",
        "What the sum measures; a loss is a positive figure.",
        values=(
            *("round", "cumulative", "ipo", "debt"),
            *("valuation", "pre_money", "post_money", "market_cap"),
            *("revenue", "profit", "loss", "rnd_expense", "cost", "price", "share_price", "order"),
            *("investment", "acquisition", "fund", "salary", "market_size", "other"),
        ),
    ),
    Column("round", "text", "Name of the round as printed, apart from spelling: seed, angel+, pre-A, B+, strategic, ipo."),
    Column(
        "status",
        "choice",
        "How far it is: done, announced, sought, tried in vain, promised by contract, denied.",
        values=("completed", "planned", "sought", "failed", "committed", "denied"),
    ),
    Column("hearsay", "boolean", "True where the text attributes it to rumour or to unnamed sources."),
    Column("date", "edtf", "When it happened; X is an unspecified digit.", unit="EDTF (ISO 8601-2)", pattern=_EDTF),
    Column("date_low", "day", "First day of that interval; empty: open or unresolved.", unit="day"),
    Column("date_high", "day", "Last day of that interval; empty: open or unresolved.", unit="day"),
    Column("announced", "edtf", "When it was disclosed, where the text says so apart from date.", unit="EDTF (ISO 8601-2)", pattern=_EDTF),
    Column("lead_investors", "list", "Investors that led."),
    Column("investors", "list", "All investors, leads included."),
    Column("chip", "text", "Canonical name of the product."),
    Column("node_nm", "decimal", "Process node; 0.18 μm is 180, 18A is 1.8.", unit="nanometre"),
    Column("foundry", "text", "Who makes it, where the text says so."),
    Column("event", "text", "What a dated fact dates: founded, released, tape_out, mass_production, listed …", pattern="[a-z_]+"),
    Column(
        "published",
        "edtf",
        "Reference date of the document, by which relative dates were resolved.",
        unit="EDTF (ISO 8601-2)",
        pattern=_EDTF,
    ),
    Column("mentions", "integer", "How many times the document states it.", unit="count"),
    Column("line", "integer", "Line of start, counted from 1.", unit="line"),
    Column("start", "integer", "Where the quote begins in the decoded document.", unit="code point"),
    Column("end", "integer", "Where the quote ends, itself not included.", unit="code point"),
    Column("quote", "text", "The shortest run of the text that states the fact, character by character."),
    Column("rule", "text", "Id of the rule that produced it."),
)
BY_NAME: dict[str, Column] = {column.name: column for column in _ALL}

_HEAD = ("fact_id", "kind", "doc", "company")
_SUM = ("amount_low", "amount_high", "currency", "currency_from", "hedge", "measure")
_DATE = ("date", "date_low", "date_high")
_TAIL = ("published", "mentions", "line", "start", "end", "quote", "rule")
_OF_KIND: dict[Kind, tuple[str, ...]] = {
    "funding": (*_HEAD, *_SUM, "round", "status", "hearsay", *_DATE, "announced", "lead_investors", "investors", *_TAIL),
    "valuation": (*_HEAD, *_SUM, "round", "status", "hearsay", *_DATE, "announced", *_TAIL),
    "chip": (*_HEAD, "chip", *_TAIL),
    "process_node": (*_HEAD, "chip", "node_nm", "foundry", *_TAIL),
    "date": (*_HEAD, "status", "hearsay", *_DATE, "event", *_TAIL),
    "amount": (*_HEAD, *_SUM, *_DATE, "announced", *_TAIL),
}
# The runs of characters that a column's value came from are filed under another name for some.
SPAN_KEYS = {
    **dict.fromkeys(("amount_low", "amount_high", "currency", "currency_from", "hedge"), "amount"),
    **dict.fromkeys(("date_low", "date_high"), "date"),
}


def columns_of(kind: Kind, facts: Iterable[Fact] = ()) -> tuple[Column, ...]:
    """The columns of a kind, in order; with a column that these facts fill beside them, so that no value is left out."""
    named = set(_OF_KIND[kind])
    filled = {column for fact in facts for column in COLUMNS if column not in named and getattr(fact, column) not in (None, "", ())}
    return tuple(column for column in _ALL if column.name in named or column.name in filled)
