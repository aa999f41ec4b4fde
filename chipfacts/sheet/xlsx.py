"""XLSX: an Overview of the companies, a worksheet for each kind, the Evidence of every value, and a Read me.

Every value is a link to the characters it came from, as far as a worksheet has links for; the fact's id comes first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.model import KINDS, LIST_COLUMNS, Fact, Kind, Sheet, Span
from chipfacts.sheet.book_read import Book
from chipfacts.sheet.book_write import MOST_LINKS, CellType, Grid, Heading, Value, write_book
from chipfacts.sheet.cell import BOOL_COLUMNS, from_text, join_members, new_fact, plain_decimal, split_members
from chipfacts.sheet.columns import BY_NAME, SCHEMA_VERSION, SPAN_KEYS, Column, columns_of
from chipfacts.sheet.evidence import QUOTE, Evidence, evidence_of, key_of, spans_of
from chipfacts.sheet.order import by_place
from chipfacts.sheet.overview import CompanyView, overview_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chipfacts.sheet.book_read import Value as Read

OVERVIEW, EVIDENCE, README = "Overview", "Evidence", "Read me"
_TYPES: dict[str, CellType] = {"decimal": "sum", "integer": "number", "boolean": "boolean", "day": "day"}
_PART = re.compile(r" \([2-9][0-9]*\)$| \(1[0-9]+\)$")
_SAFE_URL = re.compile(r"https?://[!-~]{1,2000}")
_EVIDENCE_HEADINGS = (
    *(Heading("fact_id"), Heading("kind"), Heading("doc"), Heading("column"), Heading("place", "number")),
    *(Heading("start", "number"), Heading("end", "number"), Heading("characters"), Heading("published"), Heading("title"), Heading("url")),
)
_NOTES = (
    "Each row of the worksheets named after a kind is one fact that the text states. Click a blue cell to see the characters it came from.",
    "Overview: 'raised' is the least and the most that the completed rounds told here come to, each round counted once; empty: open, or "
    "unknown. 'valued' goes from the lowest to the highest valuation stated. Plans, rumours, failures and debt are left out.",
    "Sums are in base units (yuan, dollars); the format shows 4700000000 as 47.00亿 and changes no value.",
    "A number that 15 digits do not hold exactly is kept as text; so are days before March 1900, and dates that are no single day (EDTF).",
    "A text of more than 16,000 characters goes on in the column behind it: quote, quote (2).",
    "Members of a list are joined by '; '; inside a member a semicolon is written \\; and a backslash \\\\.",
    "Words that look like formulas are text here, without any mark before them. They stay text when a cell is edited.",
    f"A worksheet holds at most {MOST_LINKS:,} links; where there are more values, only the fact ids are links, then none.",
)


def render(sheet: Sheet) -> Iterator[bytes]:
    """The workbook."""
    kinds: dict[Kind, list[Fact]] = {kind: [fact for fact in sheet.facts if fact.kind == kind] for kind in KINDS}
    rows_of_kinds = {id(fact): row for facts in kinds.values() for row, fact in enumerate(facts)}
    evidence = list(evidence_of(sheet))
    grids = [_overview(sheet, kinds)]
    targets = _targets(evidence)
    grids += [_kind_grid(kind, facts, targets) for kind, facts in kinds.items() if facts]
    grids += [_evidence(evidence, rows_of_kinds), _readme(sheet)]
    yield write_book(grids, f"chipfacts {sheet.version}, rules {sheet.rules_digest}, schema {SCHEMA_VERSION}")


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet, by place; rows may have been sorted, filtered or deleted, and the file saved by another program."""
    book = Book(data)
    if not any(name in book for name in (*KINDS, OVERVIEW)):
        raise ValueError(f"no worksheet is called {', '.join(KINDS)}")
    evidence = _table(book, EVIDENCE) if EVIDENCE in book else iter(())
    spans = spans_of((key_of(row), str(row["column"]), _whole(row["place"]), _whole(row["start"]), _whole(row["end"])) for row in evidence)
    return by_place(_fact(row, spans, book.days_from) for kind in KINDS if kind in book for row in _table(book, kind))


def _targets(evidence: Sequence[Evidence]) -> dict[tuple[int, str], str]:
    """For each fact (by identity) and span column, where in Evidence its first characters stand."""
    found: dict[tuple[int, str], str] = {}
    for row, item in enumerate(evidence):
        found.setdefault((id(item.fact), item.column), _link(EVIDENCE, row))
    return found


def _link(sheet: str, row: int) -> str:
    return f"internal:'{sheet}'!A{row + 2}"


def _kind_grid(kind: Kind, facts: Sequence[Fact], targets: Mapping[tuple[int, str], str]) -> Grid:
    columns = columns_of(kind, facts)
    headings = [Heading(column.name, "number" if column.name == "node_nm" else _TYPES.get(column.type, "text")) for column in columns]
    grid = Grid(kind, headings, [[_value(fact, column) for column in columns] for fact in facts])
    grid.fixed = next(place for place, column in enumerate(columns, 1) if column.name == "company")
    links = {}
    for row, fact in enumerate(facts):
        for place, column in enumerate(columns):
            key = QUOTE if column.name == "fact_id" else SPAN_KEYS.get(column.name, column.name)
            if (id(fact), key) in targets and grid.rows[row][place] is not None:
                links[row, place] = targets[id(fact), key]
    if len(links) > MOST_LINKS:
        links = {(row, 0): targets[id(fact), QUOTE] for row, fact in enumerate(facts[:MOST_LINKS])}
    grid.links = links
    return grid


def _value(fact: Fact, column: Column) -> Value:
    value: Any = getattr(fact, column.name)
    if isinstance(value, tuple):
        return join_members(value) if value else None
    return None if value == "" else value


def _evidence(evidence: Sequence[Evidence], rows_of_kinds: Mapping[int, int]) -> Grid:
    grid = Grid(EVIDENCE, list(_EVIDENCE_HEADINGS), [], fixed=1)
    for row, item in enumerate(evidence):
        fact, document = item.fact, item.document
        source = (document.published, document.title, document.url) if document else (fact.published, "", "")
        grid.rows.append([fact.fact_id, fact.kind, fact.doc, item.column, item.place, *item.span, item.characters, *source])
        if item.column == QUOTE and len(grid.links) + 2 <= MOST_LINKS:
            grid.links[row, 0] = _link(fact.kind, rows_of_kinds[id(fact)])
            if document and _SAFE_URL.fullmatch(document.url):
                grid.links[row, 2] = document.url
    return grid


def _overview(sheet: Sheet, kinds: Mapping[Kind, Sequence[Fact]]) -> Grid:
    views = overview_of(sheet)
    totals = [dict.fromkeys(currency for view in views for currency in getattr(view, what)) for what in ("raised", "valued")]
    headings = [Heading("company"), Heading("documents", "number"), *(Heading(kind, "number") for kind in KINDS), Heading("rounds")]
    for what, currencies in zip(("raised", "valued"), totals, strict=True):
        headings += [Heading(f"{what} {currency} {end}", "sum") for currency in currencies for end in ("from", "to")]
    headings += [Heading("chips"), Heading("nodes_nm"), Heading("first_day", "day"), Heading("last_day", "day")]
    grid = Grid(OVERVIEW, headings, [_company(view, totals[0], totals[1]) for view in views], fixed=1)
    first: dict[tuple[str, str], str] = {}
    for kind, facts in kinds.items():
        for row, fact in enumerate(facts):
            first.setdefault((fact.company or "", kind), _link(kind, row))
    for row, view in enumerate(views):
        for place, kind in enumerate(KINDS, 2):
            if view.counts[kind] and len(grid.links) < MOST_LINKS:
                grid.links[row, place] = first[view.company, kind]
    return grid


def _company(view: CompanyView, raised: Mapping[str, object], valued: Mapping[str, object]) -> list[Value]:
    row: list[Value] = [view.company or None, view.documents, *(view.counts[kind] or None for kind in KINDS), join_members(view.rounds)]
    for bounds, currencies in ((view.raised, raised), (view.valued, valued)):
        for currency in currencies:
            row += [bounds[currency].low, bounds[currency].high] if currency in bounds else [None, None]
    return [*row, join_members(view.chips), join_members(tuple(map(plain_decimal, view.nodes))), view.first_day, view.last_day]


def _readme(sheet: Sheet) -> Grid:
    rows: list[list[Value]] = [
        ["chipfacts", sheet.version, None, None],
        ["rules", sheet.rules_digest, None, None],
        ["schema", SCHEMA_VERSION, None, None],
    ]
    for note in _NOTES:
        rows.append(["note", note, None, None])
    for column in BY_NAME.values():
        rows.append(["column " + column.name, column.meaning, column.unit or column.type, "; ".join(column.values)])
    for document in sheet.documents:
        origin = f"reference date from {document.published_from}" if document.published_from else "no reference date"
        rows.append(["document " + document.id, document.title, document.published, origin])
    headings = [Heading("what"), Heading("says", "prose"), Heading("unit or date"), Heading("values or source", "prose")]
    return Grid(README, headings, rows)


def _table(book: Book, name: str) -> Iterator[dict[str, Read]]:
    """The rows of a worksheet by heading, the parts of a long text joined."""
    rows = book.rows(name)
    header = {column: _PART.sub("", str(value)) for column, value in next(rows, {}).items()}
    for cells in rows:
        row: dict[str, Read] = {}
        for column in sorted(cells):
            if column not in header:
                raise ValueError(f"a cell of {name} has no heading")
            heading, value = header[column], cells[column]
            row[heading] = str(row[heading]) + str(value) if heading in row else value
        yield row


def _fact(row: Mapping[str, Read], spans: Mapping[tuple[str, str], Mapping[str, tuple[Span, ...]]], days_from: str) -> Fact:
    values: dict[str, Any] = {"spans": spans.get(key_of(row), {})}
    for heading, value in row.items():
        if heading not in BY_NAME:
            raise ValueError(f"unknown column {heading!r}")
        if BY_NAME[heading].type == "day" and isinstance(value, Decimal):
            values[heading] = (date.fromisoformat(days_from) + timedelta(int(value))).isoformat()
        elif heading in LIST_COLUMNS:
            values[heading] = split_members(_words(value))
        elif heading in BOOL_COLUMNS and value in (True, False):  # LibreOffice saves some as the number 1 or 0
            values[heading] = bool(value)
        else:
            values[heading] = from_text(heading, _words(value))
    return new_fact(values)


def _whole(value: Read) -> int:
    return int(_words(value))


def _words(value: Read) -> str:
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)
