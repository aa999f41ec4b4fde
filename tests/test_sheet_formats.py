"""Every format gives back the facts it was given, and the same ones as the others."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from conftest import facts, new_fact
from hypothesis import given, settings
from hypothesis import strategies as st

from chipfacts.errors import UsageError
from chipfacts.model import COLUMNS, KINDS, Document, Fact, Sheet, Span
from chipfacts.sheet import FILE_FORMATS, Format, read_rows, render, write
from chipfacts.sheet.format import RECORDS
from chipfacts.sheet.order import by_place

SHEETS = st.lists(facts, max_size=4, unique_by=lambda fact: (fact.doc, fact.fact_id)).map(
    lambda found: Sheet(by_place(found), (Document("a.txt", "", ""),), "0.1.0", "ab12")
)


def rendered(sheet: Sheet, format: Format) -> bytes:
    """The whole file."""
    return b"".join(render(sheet, format))


def filled(sheet: Sheet, format: Format) -> list[Fact]:
    """What the format can carry: no spans in CSV and TSV, no empty spans anywhere."""
    delimited = format in ("csv", "tsv", "excel-csv")
    return [replace(fact, spans={} if delimited else {key: spans for key, spans in fact.spans.items() if spans}) for fact in sheet.facts]


@pytest.mark.parametrize("format", FILE_FORMATS)
@given(sheet=SHEETS)
def test_round_trip(format: Format, sheet: Sheet) -> None:
    """Generated facts with every trap: formulas, separators, words YAML retypes, control characters."""
    data = rendered(sheet, format)
    back = read_rows(data, format)
    expected = filled(sheet, format)
    if format == "yaml":  # ordered by company: two facts with one place and id may change seats
        assert len(back) == len(expected)
        for fact in back:
            expected.remove(fact)
    else:
        assert list(back) == expected
    assert data == rendered(sheet, format)
    assert data.endswith(b"\n") or not sheet.facts or RECORDS[format].is_binary


@given(sheet=SHEETS)
@settings(max_examples=20)
def test_folder_round_trip(tmp_path_factory: pytest.TempPathFactory, sheet: Sheet) -> None:
    """Nine files and whole facts again, spans and all; written twice, the same bytes."""
    folder = tmp_path_factory.mktemp("folder")
    write(sheet, folder)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert list(read_rows(folder)) == filled(sheet, "folder")
    write(sheet, folder, "folder")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert sorted(first) == sorted([*(f"{kind}.csv" for kind in KINDS), "deal_investors.csv", "evidence.csv", "datapackage.json"])


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Refused with a sentence; and a folder is no stream."""
    with pytest.raises(UsageError, match="not a folder sheet of chipfacts: it holds no datapackage"):
        read_rows(tmp_path)
    write(SAMPLE, tmp_path)
    (tmp_path / "amount.csv").write_bytes(b"kind,doc\namount\n")
    with pytest.raises(UsageError, match=r"amount\.csv: a row has more or fewer cells"):
        read_rows(tmp_path)
    for work in (lambda: list(render(SAMPLE, "folder")), lambda: read_rows(b"", "folder")):
        with pytest.raises(UsageError, match="only for a folder"):
            work()


@given(sheet=SHEETS)
def test_excel_csv_is_csv_with_a_mark_and_crlf(sheet: Sheet) -> None:
    """Plain CSV otherwise; line ends inside a cell are the text's own."""
    plain = [line + b"\r\n" for line in csv_lines(rendered(sheet, "csv"))]
    assert rendered(sheet, "excel-csv") == b"\xef\xbb\xbf" + b"".join(plain)


def csv_lines(data: bytes) -> list[bytes]:
    """Records without their line end: an LF outside quotes ends one."""
    lines, quoted, start = [], False, 0
    for place, byte in enumerate(data):
        quoted ^= byte == 0x22
        if byte == 0x0A and not quoted:
            lines.append(data[start:place])
            start = place + 1
    return lines


@given(sheet=SHEETS)
def test_yaml_means_the_same_to_every_reader(sheet: Sheet) -> None:
    """A typed reader (PyYAML's safe loader) finds the rows of JSON Lines: no scalar is retyped."""
    loaded = yaml.safe_load(rendered(sheet, "yaml"))
    rows = [row for kinds in loaded["companies"].values() for rows in kinds.values() for row in rows]
    rows += loaded["dates"] + loaded["unattributed"]
    expected = [json.loads(line) for line in rendered(sheet, "jsonl").decode().split("\n") if line]
    assert sorted(map(repr, rows)) == sorted(map(repr, expected))


@given(sheet=SHEETS)
def test_json_is_the_array_of_jsonl(sheet: Sheet) -> None:
    """The same rows in the same order."""
    assert json.loads(rendered(sheet, "json")) == [json.loads(line) for line in rendered(sheet, "jsonl").decode().split("\n") if line]


@given(sheet=SHEETS)
def test_csv_is_rfc_4180(sheet: Sheet) -> None:
    """Python's strict reader finds a cell for each column; the header is the contract's."""
    rows = list(csv.reader(io.StringIO(rendered(sheet, "csv").decode(), newline=""), strict=True))
    assert rows[0] == list(COLUMNS)
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(sheet.facts) + 1)


SAMPLE = Sheet(
    by_place(
        [
            new_fact(
                company="云岭微",
                amount_low=Decimal("3E+8"),
                currency="CNY",
                hedge="over",
                round="B+",
                hearsay=True,
                date="2024-05",
                date_low="2024-05-01",
                investors=("甲资本", "No"),
                published="2024-11-30",
                quote="完成超3亿元B+轮融资",
                rule="funding.closed",
                start=8,
                end=19,
                spans={"company": (Span(0, 3),), "investors": (Span(20, 23), Span(24, 26))},
            ),
            new_fact(company="云岭微", date="2023", date_low="2023-01-01", start=30, end=34, quote="2023", fact_id="aaaaaaaaaaaa"),
            new_fact(kind="date", date="2024-05", start=3, end=7, quote="05月", fact_id="bbbbbbbbbbbb"),
            new_fact(kind="amount", amount_low=Decimal("0.5"), start=40, end=42, quote="5毛", fact_id="123456789012"),
        ]
    ),
    (Document("a.txt", "", "", "2024-11-30", "sources", "题: 一"),),
    "0.1.0",
    "ab12",
)


def test_yaml_sheet() -> None:
    """The shape people read: documents, companies in date order, then dates, then what belongs to nobody."""
    assert (
        rendered(SAMPLE, "yaml").decode()
        == """\
chipfacts: "0.1.0"
rules: ab12
documents:
- id: a.txt
  title: "题: 一"
  published: "2024-11-30"
  published_from: sources
companies:
  云岭微:
    funding:
    - fact_id: aaaaaaaaaaaa
      kind: funding
      doc: a.txt
      company: 云岭微
      date: "2023"
      date_low: "2023-01-01"
      mentions: 1
      line: 1
      start: 30
      end: 34
      quote: "2023"
    - fact_id: "0123456789ab"
      kind: funding
      doc: a.txt
      company: 云岭微
      amount_low: 300000000
      currency: CNY
      hedge: over
      round: B+
      hearsay: true
      date: "2024-05"
      date_low: "2024-05-01"
      investors:
      - 甲资本
      - "No"
      published: "2024-11-30"
      mentions: 1
      line: 1
      start: 8
      end: 19
      quote: 完成超3亿元B+轮融资
      rule: funding.closed
      spans:
        company: [0, 3]
        investors: [[20, 23], [24, 26]]
dates:
- fact_id: bbbbbbbbbbbb
  kind: date
  doc: a.txt
  date: "2024-05"
  mentions: 1
  line: 1
  start: 3
  end: 7
  quote: "05月"
unattributed:
- fact_id: "123456789012"
  kind: amount
  doc: a.txt
  amount_low: 0.5
  mentions: 1
  line: 1
  start: 40
  end: 42
  quote: "5毛"
"""
    )


@pytest.mark.parametrize(
    ("format", "data"),
    [
        ("csv", b"a,b\n1,2\n"),
        ("csv", b"kind,doc\nnothing,a\n"),
        ("csv", b'kind,doc\n"a\n'),
        ("csv", b"kind,doc\namount\n"),
        ("jsonl", b"{\n"),
        ("jsonl", b'{"kind": "amount"}\n'),
        ("json", b"{}x"),
        ("yaml", b"a: ["),
        ("yaml", b"a: 1\n"),
        ("jsonl", b"\xff"),
        ("xlsx", b"PK"),
        ("xlsx", b""),
        ("sqlite", b""),
        ("sqlite", b"SQLite format 3\0" + bytes(500)),
        ("parquet", b"PAR1"),
        ("parquet", b""),
    ],
)
def test_no_sheet(format: Format, data: bytes) -> None:
    """What is no sheet of ours is refused with a sentence."""
    with pytest.raises(UsageError, match=f"not a {format} sheet"):
        read_rows(data, format)


def test_table_is_no_file_format() -> None:
    """Neither written nor read."""
    with pytest.raises(UsageError, match="only for a terminal"):
        list(render(SAMPLE, "table"))
    with pytest.raises(UsageError, match="only for a terminal"):
        read_rows(b"", "table")


def test_empty_sheet() -> None:
    """No facts are a valid sheet in every format."""
    for format in FILE_FORMATS:
        assert read_rows(rendered(Sheet(()), format), format) == ()
