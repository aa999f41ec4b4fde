"""SQLite: the tables facts, spans, documents and investors, a view for each kind, and full-text search on quotes.

Sums are exact as TEXT (`amount_low`), with a REAL beside each (`amount_low_real`) to sort and to compare by. Lists are JSON arrays, and
rows of `investors`. The search index holds every three characters (trigram), so that Chinese is found without a dictionary. The database is
built in memory: the same facts give the same bytes under the same version of SQLite.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.errors import UsageError
from chipfacts.model import COLUMNS, DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, LIST_COLUMNS, Fact, Sheet, Span
from chipfacts.sheet.cell import BOOL_COLUMNS, from_text, new_fact, plain_decimal
from chipfacts.sheet.columns import SCHEMA_VERSION, columns_of
from chipfacts.sheet.evidence import QUOTE, evidence_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_OLDEST = (3, 36, 0)  # serialize; the trigram tokenizer is older
_CHUNK = 1 << 20
_TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (doc TEXT PRIMARY KEY, title TEXT, url TEXT, published TEXT, published_from TEXT);
CREATE TABLE facts (row INTEGER PRIMARY KEY, {columns});
CREATE TABLE spans (row INTEGER NOT NULL REFERENCES facts, "column" TEXT NOT NULL, place INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, characters TEXT, PRIMARY KEY (row, "column", place)) WITHOUT ROWID;
CREATE TABLE investors (row INTEGER NOT NULL REFERENCES facts, place INTEGER NOT NULL, name TEXT NOT NULL,
  is_lead INTEGER NOT NULL, PRIMARY KEY (row, place)) WITHOUT ROWID;
CREATE INDEX facts_fact_id ON facts (fact_id);
CREATE INDEX facts_company ON facts (company, kind);
CREATE INDEX investors_name ON investors (name);
CREATE VIRTUAL TABLE facts_fts USING fts5(quote, company, content="facts", content_rowid="row", tokenize='trigram');
"""


def render(sheet: Sheet) -> Iterator[bytes]:
    """The database file."""
    base = _connect()
    try:
        _create(base)
        _fill(base, sheet)
        data = base.serialize()
    except sqlite3.OperationalError as error:  # an SQLite built without FTS5
        raise UsageError(f"the format sqlite cannot be written with this Python's SQLite {sqlite3.sqlite_version}: {error}") from None
    finally:
        base.close()
    for start in range(0, len(data), _CHUNK):
        yield data[start : start + _CHUNK]


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet; only its own two tables are read, nothing that a stranger wrote into the file is run."""
    if not data.startswith(b"SQLite format 3\0"):
        raise ValueError("no SQLite database")
    base = _connect()
    try:
        base.deserialize(data)
        base.execute("PRAGMA trusted_schema = OFF")
        for table in ("facts", "spans"):
            found = base.execute("SELECT type, sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
            if found is None or found[0] != "table" or not found[1].upper().startswith("CREATE TABLE "):
                raise ValueError(f"no table {table!r}")
            if base.execute("SELECT 1 FROM pragma_table_xinfo(?) WHERE hidden <> 0", (table,)).fetchone():
                raise ValueError(f"the table {table!r} computes columns")
        spans: dict[int, dict[str, list[Span]]] = {}
        rows = base.execute('SELECT row, "column", start, "end" FROM spans WHERE "column" <> ? ORDER BY row, place', (QUOTE,))
        for row, column, start, end in rows:
            spans.setdefault(row, {}).setdefault(column, []).append(Span(int(start), int(end)))
        names = ", ".join(f'"{column}"' for column in COLUMNS)
        facts = base.execute(f"SELECT row, {names} FROM facts ORDER BY row")
        return tuple(_fact(values, {column: tuple(runs) for column, runs in spans.get(row, {}).items()}) for row, *values in facts)
    except sqlite3.Error as error:
        raise ValueError(str(error)) from None
    finally:
        base.close()


def _connect() -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        raise UsageError(f"the format sqlite needs SQLite {oldest} or newer; this Python comes with {sqlite3.sqlite_version}")
    return sqlite3.connect(":memory:")


def _create(base: sqlite3.Connection) -> None:
    columns = []
    for column in COLUMNS:
        columns.append(f'"{column}" {"INTEGER" if column in INTEGER_COLUMNS | BOOL_COLUMNS else "TEXT"}')
        if column in DECIMAL_COLUMNS:
            columns.append(f'"{column}_real" REAL')
    base.executescript(_TABLES.format(columns=", ".join(columns)))
    for kind in KINDS:
        shown = ("fact_id", *(name for column in columns_of(kind) if column.name != "fact_id" for name in _sql_names(column.name)))
        base.execute(f"CREATE VIEW \"{kind}\" AS SELECT {', '.join(shown)} FROM facts WHERE kind = '{kind}'")
    base.execute(
        "CREATE VIEW deal_investors AS SELECT f.fact_id, f.doc, f.company, f.round, f.date, i.name AS investor, i.is_lead "
        "FROM investors AS i JOIN facts AS f USING (row)"
    )
    base.execute(
        'CREATE VIEW evidence AS SELECT f.fact_id, f.kind, f.doc, s."column", s.place, s.start, s."end", s.characters, d.url '
        "FROM spans AS s JOIN facts AS f USING (row) LEFT JOIN documents AS d ON d.doc = f.doc"
    )


def _sql_names(column: str) -> tuple[str, ...]:
    return (f'"{column}"', f'"{column}_real"') if column in DECIMAL_COLUMNS else (f'"{column}"',)


def _fill(base: sqlite3.Connection, sheet: Sheet) -> None:
    about = {"chipfacts": sheet.version, "rules": sheet.rules_digest, "schema": SCHEMA_VERSION}
    with base:
        base.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        base.executemany(
            "INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, ?)",
            ((d.id, d.title or None, d.url or None, d.published, d.published_from or None) for d in sheet.documents),
        )
        _insert(base, "facts", ([row, *_values(fact)] for row, fact in enumerate(sheet.facts, 1)))
        _insert(base, "investors", _investors(sheet))
        _insert(base, "spans", _spans(sheet))
        base.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")


def _insert(base: sqlite3.Connection, table: str, rows: Iterable[list[Any]]) -> None:
    width = len(base.execute(f"SELECT * FROM {table} LIMIT 0").description)
    base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * width)})", rows)


def _values(fact: Fact) -> Iterator[Any]:
    import json

    for column in COLUMNS:
        value = getattr(fact, column)
        if isinstance(value, Decimal):
            yield from (plain_decimal(value), float(value))
        elif column in DECIMAL_COLUMNS:
            yield from (None, None)
        elif isinstance(value, tuple):
            yield json.dumps(value, ensure_ascii=False) if value else None
        else:
            yield None if value == "" else value


def _investors(sheet: Sheet) -> Iterator[list[Any]]:
    """All named once, in their order; a lead that the list of all leaves out comes last."""
    for row, fact in enumerate(sheet.facts, 1):
        names = dict.fromkeys((*fact.investors, *fact.lead_investors))
        for place, name in enumerate(names, 1):
            yield [row, place, name, name in fact.lead_investors]


def _spans(sheet: Sheet) -> Iterator[list[Any]]:
    row = 0
    for item in evidence_of(sheet):
        row += item.column == QUOTE  # each fact's rows begin with its quote
        yield [row, item.column, item.place, *item.span, item.characters or None]


def _fact(values: list[Any], spans: dict[str, tuple[Span, ...]]) -> Fact:
    import json

    row: dict[str, Any] = {"spans": spans}
    for column, value in zip(COLUMNS, values, strict=True):
        if value is None:
            continue
        if column in LIST_COLUMNS:
            row[column] = tuple(map(str, json.loads(value)))
        elif column in BOOL_COLUMNS:
            row[column] = bool(value)
        else:
            row[column] = from_text(column, str(value))
    return new_fact(row)
