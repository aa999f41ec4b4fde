"""`chipfacts verify`: planted edits are found, each under its name and nothing else; what a spreadsheet does to a sheet is no edit."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.errors import UnreadableInput
from chipfacts.review.verify import verify
from chipfacts.rulebook import load_rulebook
from chipfacts.run.local import Settings, extract_documents, read_documents
from chipfacts.run.walk import walk_inputs
from chipfacts.sheet import FILE_FORMATS, write
from chipfacts.sheet.edited import read_edited

BOOK = load_rulebook()
GOLD = ROOT / "tests" / "gold" / "texts"

# (fact_id in the golden sheet, column, new value or a dictionary of cells, problem, column that is told); each in a row of its own.
EDITS: list[tuple[str, dict[str, str], str, str]] = [
    ("4dfce6d34e48", {"amount_low": "4800000000"}, "invented", "amount_low"),
    ("d2b49ced3d98", {"amount_high": "1200000000"}, "invented", "amount_high"),
    ("1028eb0fda03", {"currency": "CNY"}, "invented", "currency"),
    ("9f7b25687ed4", {"hedge": ""}, "invented", "hedge"),
    ("bcf1cecfd1da", {"currency_from": "stated"}, "invented", "currency_from"),
    ("124fede9fab2", {"quote": "營收1.21億元"}, "unsupported", "quote"),
    ("894f37b2b80d", {"start": "3580", "end": "3590"}, "drifted", "start"),
    ("2a221f736583", {"line": "98"}, "drifted", "line"),
    ("3a1c81a53273", {"company": "溪石科技"}, "invented", "company"),
    ("07146eec505d", {"company": "寒武纪"}, "changed", "fact_id"),
    ("6eee9198f024", {"status": "completed"}, "changed", "fact_id"),
    ("80d4692aa9cd", {"measure": "pre_money"}, "changed", "fact_id"),
    ("77b42a42f2d7", {"round": "C"}, "invented", "round"),
    ("72a8ed7ac686", {"chip": "BR105"}, "invented", "chip"),
    ("75f363efb89e", {"node_nm": "5"}, "invented", "node_nm"),
    ("79449ea675bc", {"foundry": "联华电子"}, "invented", "foundry"),
    ("f482b90ef28c", {"date": "2021-04", "date_low": "2021-04-01", "date_high": "2021-04-30"}, "invented", "date"),
    ("9e25d0251c93", {"date": "2021-08", "date_low": "2021-08-01", "date_high": "2021-08-31"}, "invented", "date"),  # 去年8月
    ("27e331b26ed0", {"date_low": "2020-02-01"}, "invented", "date_low"),
    ("271e8aba07cd", {"published": "2023"}, "invented", "published"),
    ("48b093762c97", {"hedge": "exact"}, "unknown value", "hedge"),
    ("44c712313820", {"amount_low": "80亿"}, "unknown value", "amount_low"),
    ("a829a5848e78", {"measure": "round"}, "unknown value", "measure"),
    ("3aa048841e2d", {"mentions": "0"}, "unknown value", "mentions"),
    ("635afbbce940", {"kind": "chips"}, "unknown value", "kind"),
    ("0f168a192226", {"doc": "005.txt"}, "no document", "doc"),
    ("cadbe6579d13", {"fact_id": "000000000000"}, "changed", "fact_id"),
]
IDS = {fact_id for fact_id, *_ in EDITS}


@pytest.fixture(scope="module")
def golden() -> dict[str, str]:
    """The golden sheets of the seeds, by format."""
    return {suffix: (ROOT / "tests" / "golden" / f"seeds.{suffix}").read_text("utf-8") for suffix in ("csv", "yaml", "jsonl")}


def table(text: str) -> list[dict[str, str]]:
    """The rows of a CSV sheet."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: list[dict[str, str]], columns: list[str] | None = None) -> str:
    """Rows as a CSV sheet, as any program writes it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns or list(rows[0]), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def found(done: Any) -> list[tuple[str, str, str]]:
    """(fact_id, problem, column) of each finding."""
    return sorted((f["fact_id"], f["problem"], f["column"]) for f in json.loads(done.stdout)["findings"])


def wanted() -> list[tuple[str, str, str]]:
    """What the planted edits must give; a changed id is told under itself."""
    return sorted((cells.get("fact_id", fact_id), problem, column) for fact_id, cells, problem, column in EDITS)


def test_planted_edits_in_csv(run_cli: RunCli, golden: dict[str, str], tmp_path: Path) -> None:
    """Each edit once, under its name, with nothing else; a row that stands twice, too."""
    rows = table(golden["csv"])
    by_id = {row["fact_id"]: row for row in rows}
    rows.append(dict(by_id["170b29afcb96"]))
    for fact_id, cells, *_ in EDITS:
        by_id[fact_id].update(cells)
    (tmp_path / "facts.csv").write_text(as_csv(rows), "utf-8")
    done = run_cli("verify", "facts.csv", SEEDS, "--format", "json")
    assert done.returncode == 1, done.stderr.decode()
    assert found(done) == sorted([*wanted(), ("170b29afcb96", "duplicate id", "fact_id")])


def test_planted_edits_in_yaml(run_cli: RunCli, golden: dict[str, str], tmp_path: Path) -> None:
    """The same edits in the fact sheet, in its text."""
    blocks = re.split(r"(?m)^(?= *- fact_id)", golden["yaml"])
    for fact_id, cells, *_ in EDITS:
        number = next(n for n, block in enumerate(blocks) if fact_id in block.split("\n", 1)[0])
        for column, cell in cells.items():
            head, spans, places = blocks[number].partition("spans:\n")
            line = rf"(?m)^( *(?:- )?{column}: ).*$" if cell else rf"(?m)^ *{column}: .*\n()"
            head, count = re.subn(line, lambda match, cell=cell: match[1] + (f'"{cell}"' if cell else ""), head)
            if not count:  # an empty cell is absent
                head = re.sub(r"(?m)^( *)kind: .*\n", rf'\g<0>\g<1>{column}: "{cell}"\n', head)
            blocks[number] = head + spans + places
    (tmp_path / "facts.yaml").write_text("".join(blocks), "utf-8")
    done = run_cli("verify", "facts.yaml", SEEDS, "--format", "json")
    assert done.returncode == 1, done.stderr.decode()
    # Spans say whose characters a name came from, so another company of the text is seen for itself.
    assert found(done) == sorted({*wanted()} - {("07146eec505d", "changed", "fact_id")} | {("07146eec505d", "invented", "company")})


def test_members_of_lists(run_cli: RunCli, golden: dict[str, str], tmp_path: Path) -> None:
    """An investor whom the text does not name is invented, in text and JSON alike."""
    rows = [row for row in table(golden["csv"]) if row["investors"]]
    rows[0]["investors"] += "; 溪石资本"
    (tmp_path / "facts.csv").write_text(as_csv(rows), "utf-8")
    done = run_cli("verify", "facts.csv", SEEDS)
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert (
        lines[0].startswith("facts.csv: row 2: invented: investors: expected a name that stands in the text")
        and "found 溪石资本" in lines[0]
    )
    assert lines[-1] == f"{len(rows)} rows checked: 1 invented"


@pytest.mark.parametrize("format", FILE_FORMATS)
def test_unedited_sheets_verify(format: Any, tmp_path: Path) -> None:
    """What extract wrote holds, in every format, over the seeds and the gold texts."""
    documents = list(read_documents(walk_inputs([str(SEEDS), str(GOLD)], print), Settings(), print))
    target = tmp_path / ("facts.csv" if format == "excel-csv" else f"facts.{format}")
    write(extract_documents(documents, BOOK, Settings()), target, format)
    verdict = verify(read_edited(target), documents, BOOK)
    assert verdict.rows > 1000
    assert (verdict.findings, verdict.warnings) == ((), ())


SPREADSHEETS = {
    "byte order mark and CRLF": lambda text: b"\xef\xbb\xbf" + text.replace("\r\n", "\n").replace("\n", "\r\n").encode(),
    "semicolons": lambda text: "\r\n".join(
        ";".join(cells) for cells in csv.reader(io.StringIO(text)) if ";" not in "".join(cells)
    ).encode(),
    "GB18030": lambda text: text.encode("gb18030"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "empty rows": lambda text: (text + "," * 30 + "\r\n" + "," * 30 + "\r\n").encode(),
    "upper-case booleans": lambda text: text.replace(",false,", ",FALSE,").replace(",true,", ",TRUE,").encode(),
    "days with slashes": lambda text: re.sub(r",(\d{4})-0?(\d+)-0?(\d+)(?=,)", r",\1/\2/\3", text).encode(),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_what_spreadsheets_do(name: str, golden: dict[str, str], tmp_path: Path, run_cli: RunCli) -> None:
    """Nothing of it is an edit."""
    rows = [row for row in table(golden["csv"]) if row["doc"].startswith("00") and '"' not in row["quote"]]
    (tmp_path / "facts.csv").write_bytes(SPREADSHEETS[name](as_csv(rows)))
    done = run_cli("verify", "facts.csv", SEEDS)
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()


def test_columns_moved_dropped_and_added(golden: dict[str, str], tmp_path: Path, run_cli: RunCli) -> None:
    """Order means nothing; a column that is gone or strange is told, and fails nothing."""
    rows = [row | {"note": "看过", "amount_lwo": ""} for row in table(golden["csv"])]
    columns = ["note", *sorted(set(rows[0]) - {"note", "rule", "start", "end"})]
    (tmp_path / "facts.csv").write_text(as_csv(rows, columns), "utf-8")
    done = run_cli("verify", "facts.csv", SEEDS)
    out = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert out[0] == "facts.csv: warning: unknown column 'note': not checked"
    assert out[1] == "facts.csv: warning: unknown column 'amount_lwo'; did you mean 'amount_low'?"
    assert out[2] == "facts.csv: warning: not in the sheet, so not checked: start, end, rule"


def test_a_formula_guard_is_no_edit(tmp_path: Path, run_cli: RunCli) -> None:
    """A quote that a spreadsheet would run is guarded in CSV, and is the quote all the same."""
    (tmp_path / "a.txt").write_text("+2亿元融资,云岭微完成B轮。", "utf-8")
    sheet = run_cli("extract", "a.txt", "-f", "csv", "-q").stdout.decode()
    rows = [row | {"quote": "'+2亿元", "start": "0", "end": "4"} for row in table(sheet) if row["amount_low"]]
    assert rows
    (tmp_path / "facts.csv").write_text(as_csv(rows), "utf-8")
    assert run_cli("verify", "facts.csv", "a.txt").returncode == 0


def test_a_text_that_moved(tmp_path: Path, run_cli: RunCli) -> None:
    """Where the text has a new first line, every quote has drifted and no value is invented; where it lost one, quotes are unsupported."""
    text = "云岭微完成2亿元B轮融资,由溪石资本领投。\n云岭微成立于2019年4月。\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    run_cli("extract", "a.txt", "-o", "facts.yaml")
    (tmp_path / "a.txt").write_text("新的一行。\n" + text, "utf-8")
    moved = json.loads(run_cli("verify", "facts.yaml", "a.txt", "-f", "json").stdout)["findings"]
    assert moved and {finding["problem"] for finding in moved} == {"drifted"}
    assert ("11–18", "5–12") in {(finding["expected"], finding["found"]) for finding in moved}
    (tmp_path / "a.txt").write_text(text.split("\n")[1], "utf-8")
    lost = json.loads(run_cli("verify", "facts.yaml", "a.txt", "-f", "json").stdout)["findings"]
    assert "unsupported" in {finding["problem"] for finding in lost}


DAMAGED = {
    "no header": ("facts.csv", "a,b\n1,2\n", "row 1: expected a header with columns such as fact_id"),
    "empty": ("facts.csv", "", "row 1: expected a header"),
    "an open quote": ("facts.csv", 'fact_id,quote\n1,"a\n', "row 2: unexpected end of data; expected cells with each opening double quote"),
    "a long row": ("facts.csv", "fact_id,quote\n1,2\n1,2,3\n", "row 3: 3 cells; expected 2, as in the header"),
    "a column twice": ("facts.csv", "fact_id,quote,quote\n", "the column 'quote' stands twice"),
    "no JSON": ("facts.jsonl", '{"fact_id": "1"}\n{"fact_id": \n', "line 2: column 13: not JSON"),
    "a key twice": ("facts.jsonl", '{"fact_id": "1", "fact_id": "2"}\n', "line 1: the key 'fact_id' stands twice"),
    "no list": ("facts.json", "{}", "expected a list of facts"),
    "no fact": ("facts.json", '[{"fact_id": "1"}, 3]', "fact 2: expected a fact"),
    "a list in a cell": ("facts.json", '[{"fact_id": ["1"]}]', "fact 1: fact_id: expected one value"),
    "deep": ("facts.json", "[" * 100_000, "nested deeper than any sheet"),
    "NaN": ("facts.json", '[{"amount_low": NaN}]', "NaN is no number"),
    "bad spans": ("facts.json", '[{"fact_id": "1", "spans": {"amount": [1]}}]', "fact 1: spans: expected [start, end] for 'amount'"),
    "no YAML": ("facts.yaml", "companies: [\n", "facts.yaml:2:1: not valid YAML"),
    "a long line": ("facts.yaml", "companies: " + "{a: " * 99_999, "companies: {a: {a: "),
    "no sheet": ("facts.docx", "", "facts.docx: expected a sheet, a file that ends in .csv"),
    "no sections": ("facts.yaml", "- 1\n", "expected a fact sheet"),
    "a section that is none": ("facts.yaml", "dates: 3\n", "line 1: expected a list of facts"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_sheets(name: str, tmp_path: Path) -> None:
    """The row or line, and what was expected there."""
    file, text, message = DAMAGED[name]
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(UnreadableInput, match=re.escape(message)) as error:
        read_edited(tmp_path / file)
    assert len(str(error.value)) < 800


def test_a_damaged_sheet_is_a_sentence(run_cli: RunCli, tmp_path: Path) -> None:
    """Exit status 3, one line, nothing on standard output, the sheet as it was."""
    (tmp_path / "facts.csv").write_text("fact_id,quote\n1,2,3\n", "utf-8")
    done = run_cli("verify", "facts.csv", SEEDS)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode() == "chipfacts: facts.csv: row 2: 3 cells; expected 2, as in the header\n"
    assert (tmp_path / "facts.csv").read_text("utf-8") == "fact_id,quote\n1,2,3\n"
    assert run_cli("verify", "none.csv", SEEDS).returncode == 3
    assert run_cli("verify", "facts.csv", SEEDS, "--published", "soon").returncode == 2


def test_hostile_cells(tmp_path: Path, run_cli: RunCli) -> None:
    """Numbers of a billion digits, control characters and places beyond the text are findings, and reach no terminal."""
    (tmp_path / "a.txt").write_text("云岭微完成2亿元B轮融资。", "utf-8")
    rows = json.loads(run_cli("extract", "a.txt", "-f", "json", "-q").stdout)
    rows[0] |= {"amount_low": "1e999999999", "end": 10**11, "company": "\x1b[31m", "spans": {"company": [5, 10**11]}}
    (tmp_path / "facts.json").write_text(json.dumps(rows), "utf-8")
    done = run_cli("verify", "facts.json", "a.txt")
    assert done.returncode == 1
    assert b"\x1b" not in done.stdout and "expected a number in base units" in done.stdout.decode()
