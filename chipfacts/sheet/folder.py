"""A folder of tables (`-o out/`): a CSV for each kind with its columns, deal_investors.csv, evidence.csv, and datapackage.json.

The CSV files are written like plain CSV, guard and all. evidence.csv holds the spans, so the folder gives back whole facts.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from chipfacts.model import KINDS, Fact, Sheet, Span
from chipfacts.sheet.cell import from_cell, new_fact, to_cell
from chipfacts.sheet.columns import BY_NAME, Column, columns_of
from chipfacts.sheet.csv import delimited_lines
from chipfacts.sheet.datapackage import Table, describe
from chipfacts.sheet.evidence import evidence_of, key_of, spans_of
from chipfacts.sheet.order import by_place
from chipfacts.sheet.target import FOLDER_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_ID, _KIND, _DOC = BY_NAME["fact_id"], BY_NAME["kind"], BY_NAME["doc"]
_INVESTORS = (
    *(_ID, _DOC, BY_NAME["company"], BY_NAME["round"], BY_NAME["date"]),
    Column("place", "integer", "Place among the investors of this row, counted from 1.", unit="count"),
    Column("investor", "text", "Name of the investor."),
    Column("is_lead", "boolean", "True where it led."),
)
_EVIDENCE = (
    *(_ID, _KIND, _DOC),
    Column("column", "text", "The column whose characters these are; quote is the whole fact's.", pattern="[a-z_]+"),
    Column("place", "integer", "Place among the runs of characters of this column, counted from 1.", unit="count"),
    Column("start", "integer", "Where the characters begin in the decoded document.", unit="code point"),
    Column("end", "integer", "Where the characters end, itself not included.", unit="code point"),
    Column("characters", "text", "The characters; empty where the text was not at hand."),
    Column("title", "text", "Title of the document."),
    Column("url", "text", "Address of the document."),
)
_TITLES = {
    "funding": "Financing events and running totals",
    "valuation": "Valuations and market capitalisations",
    "chip": "Chips, cards and processors",
    "process_node": "Process nodes",
    "date": "Dates",
    "amount": "Every other sum",
}


def render(sheet: Sheet) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files by name; the description comes last."""
    tables = []
    for kind in KINDS:
        facts = [fact for fact in sheet.facts if fact.kind == kind]
        columns = columns_of(kind, facts)
        rows = ([to_cell(column.name, getattr(fact, column.name)) for column in columns] for fact in facts)
        tables.append(_table(kind, _TITLES[kind], columns, ("fact_id",), rows))
    tables.append(_table("deal_investors", "Who invested in which round", _INVESTORS, ("fact_id", "place"), _investors(sheet)))
    tables.append(_table("evidence", "Where every value stands", _EVIDENCE, ("fact_id", "column", "place"), _evidence(sheet)))
    for table in tables:
        yield f"{table.name}.csv", [table.data]
    yield FOLDER_MARK, [json.dumps(describe(sheet, tables), ensure_ascii=False, indent=2).encode() + b"\n"]


def parse(folder: Path) -> tuple[Fact, ...]:
    """The facts of a rendered folder, by place."""
    if not (folder / FOLDER_MARK).is_file():
        raise ValueError(f"it holds no {FOLDER_MARK}")
    rows = [row for kind in KINDS if (folder / f"{kind}.csv").is_file() for row in _read(folder / f"{kind}.csv")]
    path = folder / "evidence.csv"
    evidence = (
        ((str(from_cell("doc", row["doc"])), row["fact_id"]), row["column"], int(row["place"]), int(row["start"]), int(row["end"]))
        for row in (_read(path) if path.is_file() else ())
    )
    spans = spans_of(evidence)
    return by_place(_fact(row, spans) for row in rows)


def _table(name: str, title: str, columns: tuple[Column, ...], key: tuple[str, ...], rows: Iterable[list[str]]) -> Table:
    return Table(name, title, columns, key, b"".join(delimited_lines([column.name for column in columns], rows)))


def _investors(sheet: Sheet) -> Iterator[list[str]]:
    for fact in sheet.facts:
        told = [to_cell(column.name, getattr(fact, column.name)) for column in _INVESTORS[:5]]
        for place, name in enumerate(dict.fromkeys((*fact.investors, *fact.lead_investors)), 1):
            yield [*told, str(place), to_cell("company", name), to_cell("hearsay", name in fact.lead_investors)]


def _evidence(sheet: Sheet) -> Iterator[list[str]]:
    for item in evidence_of(sheet):
        fact, document = item.fact, item.document
        told = [fact.fact_id, fact.kind, to_cell("doc", fact.doc), item.column, str(item.place), str(item.span.start), str(item.span.end)]
        source = (item.characters, document.title if document else "", document.url if document else "")
        yield [*told, *(to_cell("quote", text) for text in source)]


def _read(path: Path) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ValueError(f"{path.name}: {error}") from None
    if any(None in row or None in row.values() for row in rows):
        raise ValueError(f"{path.name}: a row has more or fewer cells than the header")
    return rows


def _fact(row: Mapping[str, str], spans: Mapping[tuple[str, str], Mapping[str, tuple[Span, ...]]]) -> Fact:
    if unknown := [column for column in row if column not in BY_NAME]:
        raise ValueError(f"unknown column {unknown[0]!r}")
    values: dict[str, Any] = {column: from_cell(column, cell) for column, cell in row.items() if cell}
    return new_fact(values | {"spans": spans.get(key_of(values), {})})
