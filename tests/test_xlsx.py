"""The workbook: typed cells, links to evidence, nothing lost, nothing run; read by openpyxl, a reader that is not ours."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from conftest import ROOT, new_fact

from chipfacts.errors import UsageError
from chipfacts.model import Document, Fact, Sheet, Span
from chipfacts.sheet import book_read, book_write, read_rows, render, xlsx
from chipfacts.sheet.order import by_place

TEXT = "云岭微完成3亿元B轮融资,时在2024年5月6日。"
DOCUMENT = Document("a.txt", TEXT, TEXT, "2024-11-30", "sources", "题", "https://example.org/a")
DEAL = new_fact(
    company="云岭微",
    amount_low=Decimal(300000000),
    amount_high=Decimal(300000000),
    currency="CNY",
    measure="round",
    round="B",
    status="completed",
    hearsay=False,
    date="2024-05-06",
    date_low="2024-05-06",
    date_high="2024-05-06",
    investors=("甲", "乙; 丙"),
    quote="完成3亿元B轮融资",
    start=3,
    end=12,
    spans={"company": (Span(0, 3),), "amount": (Span(5, 8),), "date": (Span(15, 24),)},
)
SHEET = Sheet((DEAL,), (DOCUMENT,), "0.1.0", "ab12")


def workbook(*facts: Fact, sheet: Sheet | None = None) -> bytes:
    """The file of these facts."""
    return b"".join(render(sheet or Sheet(by_place(facts), (DOCUMENT,), "0.1.0", "ab12"), "xlsx"))


def opened(data: bytes) -> Any:
    """As openpyxl sees it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(data: bytes, sheet: str) -> dict[str, Any]:
    """The first row of a worksheet by heading."""
    rows = opened(data)[sheet].iter_rows()
    return {head.value: cell for head, cell in zip(next(rows), next(rows), strict=True)}


def test_cells_are_typed() -> None:
    """Numbers as numbers, days as days, EDTF and words as text; no column that the kind does not have."""
    row = cells(workbook(DEAL), "funding")
    assert row["amount_low"].value == 300000000
    assert row["amount_low"].number_format == '[>=100000000]0\\.00,,"亿";[>=10000]0\\.0,"万";General'
    assert row["date_low"].value == datetime(2024, 5, 6)
    assert row["date_low"].number_format == "yyyy-mm-dd"
    assert (row["date"].value, row["date"].data_type) == ("2024-05-06", "s")
    assert row["hearsay"].value is False
    assert (row["start"].value, row["start"].data_type) == (3, "n")
    assert row["investors"].value == "甲; 乙\\; 丙"
    assert "chip" not in row


def test_shape() -> None:
    """Worksheets in order, none for a kind without facts; headers that stay, filters, widths for Chinese."""
    book = opened(workbook(DEAL))
    assert book.sheetnames == ["Overview", "funding", "Evidence", "Read me"]
    funding = book["funding"]
    assert funding.freeze_panes == "E2"
    assert funding.auto_filter.ref == f"A1:{funding.dimensions.split(':')[1]}"
    widths = {cell.value: funding.column_dimensions[cell.column_letter].width for cell in funding[1]}
    assert widths["quote"] > 16  # nine characters, most of them two places wide


def test_every_value_leads_to_its_characters() -> None:
    """From a cell to its evidence row, from there to the fact and to the article."""
    data = workbook(DEAL)
    evidence = opened(data)["Evidence"]

    def characters(link: Any) -> object:
        assert link.target is None
        place = re.fullmatch(r"'?Evidence'?!A(\d+)", link.location)
        assert place
        return evidence.cell(int(place[1]), 8).value

    row = cells(data, "funding")
    wanted = dict.fromkeys(("fact_id", "quote"), DEAL.quote) | {"company": "云岭微"}
    wanted |= dict.fromkeys(("amount_low", "amount_high", "currency"), "3亿元")
    wanted |= dict.fromkeys(("date", "date_low"), "2024年5月6日")
    assert {name: characters(row[name].hyperlink) for name in wanted} == wanted
    assert row["round"].hyperlink is None  # this fact has no span for it
    back = cells(data, "Evidence")
    assert back["fact_id"].hyperlink.location == "'funding'!A2"
    assert back["doc"].hyperlink.target == "https://example.org/a"
    assert cells(data, "Overview")["funding"].hyperlink.location == "'funding'!A2"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "internal:Sheet1", "https://x/\x07", ""])
def test_only_web_addresses_are_links(url: str) -> None:
    """What sources.yaml says is not trusted."""
    document = Document("a.txt", TEXT, TEXT, url=url)
    assert cells(workbook(sheet=Sheet((DEAL,), (document,))), "Evidence")["doc"].hyperlink is None


def test_overview_and_read_me() -> None:
    """What is known of the company; the columns' meanings, the reference date, the rules' digest."""
    row = cells(workbook(DEAL), "Overview")
    told = [row[name].value for name in ("company", "documents", "funding", "rounds", "raised CNY from", "raised CNY to")]
    assert told == ["云岭微", 1, 1, "B", 300000000, 300000000]
    rows = [[cell.value for cell in row] for row in opened(workbook(DEAL))["Read me"].iter_rows()]
    assert ["rules", "ab12", None, None] in rows
    assert ["document a.txt", "题", "2024-11-30", "reference date from sources"] in rows
    assert any(row[0] == "column amount_low" and row[2] == "base units of currency" for row in rows)


@pytest.mark.parametrize(
    ("number", "is_number"),
    [
        ("300000000", True),
        ("0.18", True),
        ("9.95", True),
        ("123456789012345", True),
        ("123456789012.345", True),
        ("1234567890123456", False),
        ("0.1234567890123456", False),
        ("1E+22", True),
        ("1E+400", False),
    ],
)
def test_what_a_float_does_not_hold_is_text(number: str, is_number: bool) -> None:
    """The value comes back exactly in either case."""
    fact = new_fact(amount_low=Decimal(number))
    data = workbook(fact)
    assert cells(data, "funding")["amount_low"].data_type == ("n" if is_number else "s")
    assert read_rows(data, "xlsx") == (fact,)


@pytest.mark.parametrize(("day", "is_day"), [("1900-03-01", True), ("9999-12-31", True), ("1900-02-28", False), ("0097-01-01", False)])
def test_days_that_excel_cannot_count_are_text(day: str, is_day: bool) -> None:
    """It believes in 29 February 1900, and knows nothing before that year."""
    fact = new_fact(date_low=day)
    data = workbook(fact)
    assert (cells(data, "funding")["date_low"].data_type == "d") is is_day
    assert read_rows(data, "xlsx") == (fact,)


def test_a_text_longer_than_a_cell_goes_on_beside_it() -> None:
    """And comes back whole, with the values around it."""
    fact = new_fact(company="甲" * 40_000, quote="\U0001f600" * 16_001, rule="r")
    data = workbook(fact, new_fact(company="乙", fact_id="aaaaaaaaaaaa", quote="短", start=1))
    headings = [cell.value for cell in opened(data)["funding"][1]]
    assert headings[3:6] == ["company", "company (2)", "company (3)"]
    assert "quote (2)" in headings
    assert fact in read_rows(data, "xlsx")


STRANGE = ["\x00\x01\x1f", "_x0041_", "_x005F_x0041_", "a\r\nb\rc\n", " \t ", "\ufffe\uffff", "\x7f\x85\u2028", "&lt;<b>]]>", "'=1"]


@pytest.mark.parametrize("text", STRANGE)
def test_any_character_comes_back(text: str) -> None:
    """Also where the cell is a link: control characters in a link's own text would make Excel repair the file."""
    fact = new_fact(quote=text, company=text, spans={"company": (Span(0, 1),)})
    data = workbook(fact)
    assert read_rows(data, "xlsx") == (fact,)
    opened(data)


def test_why_openpyxl_does_not_read_for_us() -> None:
    """It takes the escape off before `_x0041_`, and then nobody knows that it was no A. When this fails, it may read for us."""
    assert cells(workbook(new_fact(quote="_x0041_")), "funding")["quote"].value != "_x005F_x0041_"


def resaved(fact: Fact) -> bytes:
    """As another program writes it: rows in another order, one of them deleted."""
    book = opened(workbook(fact, new_fact(fact_id="aaaaaaaaaaaa", company="删", start=9)))
    for sheet in ("funding", "Evidence"):
        rows = [row for row in book[sheet].iter_rows(min_row=2, values_only=True) if row[0] != "aaaaaaaaaaaa"]
        book[sheet].delete_rows(2, 99)
        for row in reversed(rows):
            book[sheet].append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def test_a_workbook_that_was_edited_is_read() -> None:
    """Sorted, filtered, saved by another program."""
    assert read_rows(resaved(DEAL), "xlsx") == (DEAL,)


def with_part(data: bytes, part: str, change: tuple[bytes, bytes]) -> bytes:
    """The file with one part altered."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                assert change[0] in content
                content = content.replace(*change)
            new.writestr(name, content)
    return sink.getvalue()


FUNDING = "xl/worksheets/sheet2.xml"


def test_a_boolean_that_became_a_number() -> None:
    """LibreOffice saves some so."""
    assert read_rows(with_part(workbook(DEAL), FUNDING, (b't="b"><v>0', b"><v>0")), "xlsx") == (DEAL,)
    with pytest.raises(UsageError, match="hearsay must be true or false, not '2'"):
        read_rows(with_part(workbook(DEAL), FUNDING, (b't="b"><v>0', b"><v>2")), "xlsx")


@pytest.mark.parametrize(
    ("part", "change", "reason"),
    [
        (FUNDING, (b"<v>300000000</v>", b"<f>1+1</f><v>2</v>"), "holds a formula"),
        (FUNDING, (b"<v>300000000</v>", b"<v>nan</v>"), "holds no number"),
        (FUNDING, (b"<sheetData>", b"<sheetData><row>"), "mismatched tag"),
        (FUNDING, (b'r="A2"', b'r="2"'), "no cell is called '2'"),
        ("xl/sharedStrings.xml", (b"<sst", b'<!DOCTYPE a [<!ENTITY b "c">]><sst'), "declares a document type"),
        ("xl/sharedStrings.xml", (b">currency<", b">nonsense<"), "unknown column 'nonsense'"),
        ("xl/workbook.xml", (b'name="funding"', b'name="finding"'), ""),
    ],
)
def test_what_is_no_sheet_of_ours(part: str, change: tuple[bytes, bytes], reason: str) -> None:
    """Refused with a sentence, not with a traceback and not with other values."""
    data = with_part(workbook(DEAL), part, change)
    if not reason:  # the facts of a worksheet of another name are not ours
        assert read_rows(data, "xlsx") == ()
        return
    with pytest.raises(UsageError, match=f"not a xlsx sheet of chipfacts: .*{reason}"):
        read_rows(data, "xlsx")


def test_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that unpacks without end, more rows than a worksheet, more links than Excel takes."""
    other = new_fact(fact_id="aaaaaaaaaaaa", company=DEAL.company, start=9)
    data = workbook(DEAL, other)
    with monkeypatch.context() as patch, pytest.raises(UsageError, match="unpacks to more than"):
        patch.setattr(book_read, "LARGEST", 100)
        read_rows(data, "xlsx")
    with monkeypatch.context() as patch, pytest.raises(UsageError, match=r"rows of funding are more than .*; use sqlite, parquet or csv"):
        patch.setattr(book_write, "MOST_ROWS", 1)
        workbook(DEAL, other)
    monkeypatch.setattr(xlsx, "MOST_LINKS", 3)
    few = cells(workbook(DEAL), "funding")
    assert [name for name, cell in few.items() if cell.hyperlink] == ["fact_id"]


def test_no_clock() -> None:
    """The same bytes again; the date of creation is fixed."""
    data = workbook(sheet=SHEET)
    assert data == workbook(sheet=SHEET)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[^<]*", book.read("docProps/core.xml"))) == {b"2000-01-01T00:00:00Z"}


def test_seeds() -> None:
    """The facts of the golden sheet, spans included."""
    facts = read_rows(ROOT / "tests" / "golden" / "seeds.jsonl")
    assert read_rows(workbook(*facts), "xlsx") == facts
