"""SQLite and Parquet: types that databases know, exact sums, Chinese search; foreign files are refused and run nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, new_fact

from chipfacts.errors import UsageError
from chipfacts.model import KINDS, Document, Fact, Sheet, Span
from chipfacts.sheet import read_rows, write
from chipfacts.sheet.columns import SCHEMA_VERSION, columns_of
from chipfacts.sheet.order import by_place

GOLDEN = read_rows(ROOT / "tests" / "golden" / "seeds.jsonl")
TEXT = "云岭微完成3亿元B轮融资,由甲领投。"
DEAL = new_fact(
    company="云岭微",
    amount_low=Decimal("300000000.00000000000000001"),
    currency="CNY",
    round="B",
    hearsay=False,
    date_low="2024-05-06",
    lead_investors=("甲",),
    investors=("乙; \"丙'", "甲"),
    quote="完成3亿元B轮融资",
    start=3,
    end=12,
    spans={"company": (Span(0, 3),), "investors": (Span(14, 15),)},
)
SMALL = new_fact(fact_id="aaaaaaaaaaaa", company="云岭微", amount_low=Decimal("90000000"), quote="九千万的估值", start=30)
DOCUMENT = Document("a.txt", TEXT, TEXT, "2024-11-30", "sources", "题", "https://example.org")
SHEET = Sheet(by_place([DEAL, SMALL]), (DOCUMENT,), "0.1.0", "ab12")


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database of the two deals, opened as anyone would."""
    write(SHEET, tmp_path / "f.sqlite")
    connection = sqlite3.connect(tmp_path / "f.sqlite")
    yield connection
    connection.close()


def test_tables_and_views(base: sqlite3.Connection) -> None:
    """A view for each kind with its columns; what the file was made by; whole by SQLite's own check."""
    views = {name for (name,) in base.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")}
    assert views == {*KINDS, "deal_investors", "evidence"}
    for kind in KINDS:
        shown = [description[0] for description in base.execute(f'SELECT * FROM "{kind}"').description]
        assert [name for name in shown if not name.endswith("_real")] == [column.name for column in columns_of(kind)]
    assert dict(base.execute("SELECT key, value FROM about")) == {"chipfacts": "0.1.0", "rules": "ab12", "schema": SCHEMA_VERSION}
    assert list(base.execute("PRAGMA integrity_check")) == [("ok",)]
    assert list(base.execute("PRAGMA foreign_key_check")) == []
    assert list(base.execute("SELECT title, url, published FROM documents")) == [("题", "https://example.org", "2024-11-30")]


def test_sums_are_exact_and_sort(base: sqlite3.Connection) -> None:
    """TEXT keeps every digit; REAL beside it sorts by size, where TEXT would put 9 after 3."""
    rows = list(base.execute("SELECT amount_low, typeof(amount_low), typeof(amount_low_real) FROM funding ORDER BY amount_low_real"))
    assert rows == [("90000000", "text", "real"), ("300000000.00000000000000001", "text", "real")]


@pytest.mark.parametrize(("words", "found"), [("轮融资", ["完成3亿元B轮融资"]), ("九千万", ["九千万的估值"]), ("不存在", [])])
def test_search_in_chinese(base: sqlite3.Connection, words: str, found: list[str]) -> None:
    """Any three characters, without a dictionary."""
    query = "SELECT f.quote FROM facts_fts JOIN facts AS f ON f.row = facts_fts.rowid WHERE facts_fts MATCH ?"
    assert [quote for (quote,) in base.execute(query, (f'"{words}"',))] == found


def test_shorter_words_are_found_by_like(base: sqlite3.Connection) -> None:
    """On the table of facts: the index knows three characters and more, and LIKE on it may find nothing."""
    assert list(base.execute("SELECT quote FROM facts WHERE quote LIKE '%估值%'")) == [("九千万的估值",)]


def test_investors_and_evidence(base: sqlite3.Connection) -> None:
    """A row for each investor and for each run of characters."""
    assert list(base.execute("SELECT investor, is_lead FROM deal_investors")) == [("乙; \"丙'", 0), ("甲", 1)]
    rows = list(base.execute("SELECT column, characters FROM evidence WHERE fact_id = ?", (DEAL.fact_id,)))
    assert sorted(rows) == [("company", "云岭微"), ("investors", "甲"), ("quote", DEAL.quote)]


def test_datasette_finds_the_search_table(base: sqlite3.Connection) -> None:
    """It looks for FTS tables by this clause."""
    ((sql,),) = base.execute("SELECT sql FROM sqlite_schema WHERE name = 'facts_fts'")
    assert 'content="facts"' in sql


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE other (a)",
        "CREATE VIEW facts AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n; CREATE TABLE spans (a)",
        "CREATE VIRTUAL TABLE facts USING fts5(row); CREATE TABLE spans (a)",
        "CREATE TABLE facts (row); CREATE TABLE spans (row)",
        "CREATE TABLE facts (row, kind AS (hex(zeroblob(100000000)))); CREATE TABLE spans (row); INSERT INTO facts VALUES (1)",
    ],
)
def test_a_foreign_database(tmp_path: Path, script: str) -> None:
    """Refused; a view of that name, which could run for ever, is not asked."""
    with sqlite3.connect(tmp_path / "f.db") as base:
        base.executescript(script)
    base.close()
    with pytest.raises(UsageError, match="not a sqlite sheet of chipfacts"):
        read_rows(tmp_path / "f.db")


def table_of(*facts: Fact, folder: Path) -> pa.Table:
    """The Parquet table of these facts."""
    write(Sheet(by_place(facts), (), "0.1.0", "ab12"), folder / "f.parquet")
    return pq.read_table(folder / "f.parquet")


def test_parquet_types(tmp_path: Path) -> None:
    """Exact decimals, days, lists, spans as structs; what made the file and what a column means travel with it."""
    table = table_of(SMALL, folder=tmp_path)
    schema = table.schema
    assert schema.field("amount_low").type == pa.decimal128(38, 4)
    assert schema.field("node_nm").type == pa.decimal128(38, 3)
    assert schema.field("date_low").type == pa.date32()
    assert schema.field("hearsay").type == pa.bool_()
    assert schema.field("start").type == pa.int64()
    assert schema.field("investors").type == pa.list_(pa.string())
    assert schema.field("spans").type == pa.list_(pa.struct([("column", pa.string()), ("start", pa.int64()), ("end", pa.int64())]))
    assert schema.field("amount_low").metadata[b"unit"] == b"base units of currency"
    assert schema.metadata == {b"chipfacts": b"0.1.0", b"rules": b"ab12", b"schema": SCHEMA_VERSION.encode()}
    assert table.column("amount_low").to_pylist() == [Decimal(90000000)]


def test_parquet_widens_where_it_must(tmp_path: Path) -> None:
    """The finest value sets the scale; what no decimal and no calendar holds makes a column of text. Nothing is rounded."""
    for fact, type_ in (
        (DEAL, pa.decimal128(38, 17)),
        (new_fact(amount_low=Decimal("1E+30"), amount_high=Decimal("1E-20")), pa.decimal128(38, 4)),
        (new_fact(amount_low=Decimal("1." + "1" * 40)), pa.decimal256(76, 40)),
        (new_fact(amount_low=Decimal("1E+90")), pa.string()),
    ):
        assert table_of(fact, folder=tmp_path).schema.field("amount_low").type == type_
        assert read_rows(tmp_path / "f.parquet") == (fact,)
    fact = new_fact(date_low="0000-01-01", date_high="2024-05-06")
    assert table_of(fact, folder=tmp_path).schema.field("date_low").type == pa.string()
    assert table_of(fact, folder=tmp_path).schema.field("date_high").type == pa.date32()
    assert read_rows(tmp_path / "f.parquet") == (fact,)


def test_another_parquet(tmp_path: Path) -> None:
    """Refused with the column."""
    pq.write_table(pa.table({"kind": ["amount"], "price": [1]}), tmp_path / "f.parquet")
    with pytest.raises(UsageError, match="not a parquet sheet of chipfacts: unknown column 'price'"):
        read_rows(tmp_path / "f.parquet")


@pytest.mark.parametrize("name", ["f.sqlite", "f.parquet"])
def test_seeds(tmp_path: Path, name: str) -> None:
    """The facts of the golden sheet, in order, spans included."""
    write(Sheet(GOLDEN), tmp_path / name)
    assert read_rows(tmp_path / name) == GOLDEN
