"""The command as a process: streams, formats, exit codes, and no traceback for anything a user can cause."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, RunCli

import chipfacts
from chipfacts.model import COLUMNS
from chipfacts.sheet import read_rows

ARTICLE = "云岭微于2024年5月宣布完成超3亿元B+轮融资。公司估值约20亿美元。\n"
PIPE = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": {**os.environ, "PYTHONPATH": str(ROOT)}}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """One short article in an otherwise empty folder."""
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8", newline="")
    return path


def test_pipe_is_csv(run_cli: RunCli, article: Path) -> None:
    """Data on stdout, the summary on stderr, quotes that slice back."""
    run = run_cli("extract", article)
    assert run.returncode == 0
    rows = list(csv.DictReader(io.StringIO(run.stdout.decode("utf-8"), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    assert {row["doc"] for row in rows} == {"a.txt"}
    assert all(ARTICLE[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)
    assert f"{len(rows)} facts from 1 document" in run.stderr.decode()
    assert b"\r" not in run.stdout


def test_stdin(run_cli: RunCli, article: Path) -> None:
    """- reads standard input, and gives the rows of the file under its own name."""
    run = run_cli("extract", "-", "-f", "jsonl", "--published", "2024-11-30", stdin=ARTICLE.encode("gb18030"))
    assert run.returncode == 0
    rows = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    assert rows
    assert {(row["doc"], row["published"]) for row in rows} == {("-", "2024-11-30")}
    expected = chipfacts.extract(ARTICLE, published="2024-11-30")
    assert read_rows(run.stdout, "jsonl") == expected


def test_every_file_format(run_cli: RunCli, article: Path, tmp_path: Path) -> None:
    """-o takes the format from the suffix; the rows are the same."""
    expected = None
    names = ["f.csv", "f.json", "f.jsonl", "f.parquet", "f.sqlite", "f.tsv", "f.xlsx", "f.yaml", "out/"]
    for name in names:
        run = run_cli("extract", article, "-o", name)
        assert (run.returncode, run.stdout) == (0, b"")
        rows = [(fact.fact_id, fact.quote, fact.amount_low, fact.company) for fact in read_rows(tmp_path / name)]
        expected = expected or rows
        assert sorted(rows, key=str) == sorted(expected, key=str)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", *(name.rstrip("/") for name in names)]


def test_csv_for_excel(run_cli: RunCli, article: Path) -> None:
    """A byte order mark and CRLF, on a pipe and in a file; the rows are those of plain CSV, which stays as it is."""
    plain, run = run_cli("extract", article, "-f", "csv"), run_cli("extract", article, "--for", "excel")
    assert run.stdout == b"\xef\xbb\xbf" + plain.stdout.replace(b"\n", b"\r\n")
    assert read_rows(run.stdout, "csv") == read_rows(plain.stdout, "csv")
    assert run_cli("extract", article, "--for", "Excel", "-o", "f.csv").returncode == 0
    assert (article.parent / "f.csv").read_bytes() == run.stdout


@pytest.mark.parametrize(("format", "package", "extra"), [("xlsx", "xlsxwriter", "xlsx"), ("parquet", "pyarrow", "parquet")])
def test_a_missing_extra_is_named_before_the_work(article: Path, format: str, package: str, extra: str) -> None:
    """With the command that mends it; the old file stays."""
    target = article.parent / f"f.{format}"
    target.write_bytes(b"old")
    code = f"import sys; sys.modules['{package}'] = None; from chipfacts.cli import main; main()"
    for arguments in (["-o", target], ["-f", format]):
        run = subprocess.run([sys.executable, "-c", code, "extract", "no-such-input.txt", *arguments], check=False, **PIPE)
        assert run.returncode == 2
        assert run.stderr.decode() == f"chipfacts: the format {format} needs {package}: pip install 'chipfacts[{extra}]'\n"
    assert target.read_bytes() == b"old"


def test_no_bytes_on_a_terminal(article: Path) -> None:
    """A workbook would garble it."""
    ours, theirs = pty.openpty()
    try:
        command = [sys.executable, "-m", "chipfacts", "extract", str(article), "-f", "xlsx"]
        run = subprocess.run(command, check=False, **{**PIPE, "stdout": theirs})
    finally:
        os.close(ours)
        os.close(theirs)
    assert run.returncode == 2
    assert "no text for a terminal: name a file with -o" in run.stderr.decode()


def test_dash_as_output_is_stdout(run_cli: RunCli, article: Path) -> None:
    """-o - with a format."""
    assert run_cli("extract", article, "-o", "-", "-f", "tsv").stdout == run_cli("extract", article, "-f", "tsv").stdout


def test_rows_can_be_chosen(run_cli: RunCli, article: Path) -> None:
    """By kind, and by company in either script."""
    rows = read_rows(run_cli("extract", article, "--kind", "funding", "--kind", "valuation").stdout)
    assert {row.kind for row in rows} == {"funding", "valuation"}
    assert read_rows(run_cli("extract", article, "--company", "雲嶺微").stdout)
    assert read_rows(run_cli("extract", article, "--company", "別家").stdout) == ()


def test_mixed_encodings(run_cli: RunCli, tmp_path: Path) -> None:
    """Each file in its own encoding gives the same rows; one that cannot be told is named, the others are done."""
    folder = tmp_path / "in"
    folder.mkdir()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        (folder / f"{encoding}.txt").write_bytes(ARTICLE.encode(encoding))
    (folder / "x.txt").write_bytes(b"caf\xe9")
    run = run_cli("extract", folder, "-f", "jsonl")
    assert run.returncode == 3
    assert b"x.txt: neither UTF-8 nor clearly GB18030 or Big5; name it with --encoding" in run.stderr
    rows = [json.loads(line) for line in run.stdout.decode().splitlines()]
    by_document: dict[str, list[object]] = {}
    for row in rows:
        by_document.setdefault(row.pop("doc"), []).append({key: value for key, value in row.items() if key != "fact_id"})
    assert len(by_document) == 4
    assert len({json.dumps(found) for found in by_document.values()}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["extract", "none.txt"], 3, "none.txt: no such file or folder"),
        (["extract", "b.pdf"], 3, "b.pdf: not read: only .txt and .md are read"),
        (["extract", "binary.txt"], 3, "binary.txt: looks like binary data"),
        (["extract", "a.txt", "-f", "xls"], 2, "unknown format 'xls': one of table, csv, tsv, jsonl, json, yaml, excel-csv, xlsx, sqlite"),
        (["extract", "a.txt", "-f", "table"], 2, "only for a terminal"),
        (["extract", "a.txt", "-o", "f.doc"], 2, "the suffix names no format; use one of .csv, .tsv"),
        (["extract", "a.txt", "-o", "none/f.csv"], 2, "does not exist"),
        (["extract", "a.txt", "-o", "."], 2, ".: the folder holds files of others (a.txt, b.pdf, binary.txt)"),
        (["extract", "a.txt", "-o", "a.txt/"], 2, "a.txt: is a file"),
        (["extract", "a.txt", "-o", "none/out/"], 2, "does not exist"),
        (["extract", "a.txt", "-f", "folder"], 2, "name the folder with -o out/"),
        (["extract", "a.txt", "-o", "out/", "-f", "xlsx"], 2, "out/: names a folder, but xlsx is one file"),
        (["extract", "a.txt", "--for", "lotus"], 2, "--for knows one program, excel, not 'lotus'"),
        (["extract", "a.txt", "--for", "excel", "-o", "f.xlsx"], 2, "a way to write csv, not xlsx; Excel opens xlsx as it is"),
        (["extract", "a.txt", "-o", ".", "-f", "csv"], 2, "is a folder"),
        (["extract", "a.txt", "--kind", "loan"], 2, "unknown kind 'loan': one of funding, valuation"),
        (["extract", "a.txt", "--published", "yesterday"], 2, "published must be an EDTF date such as 2024-11-30"),
        (["extract", "a.txt", "--published", "Nov. 30, 2024"], 2, "did you mean 2024-11-30?"),
        (["extract", "a.txt", "--currency", "yuan"], 2, "currency must be an ISO 4217 code such as CNY"),
        (["extract", "a.txt", "--encoding", "klingon"], 2, "unknown encoding 'klingon'"),
        (["extract", "a.txt", "--encoding", "ascii"], 3, "a.txt: not ascii"),
        (["extract", "a.txt", "--rules", "none"], 4, "none: not a folder of rules"),
        (["extract"], 2, "Missing argument"),
        (["extract", "a.txt", "--nonsense"], 2, "No such option"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_errors(run_cli: RunCli, article: Path, tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    """A sentence on stderr and the promised exit code; the other inputs are done, nothing is half written."""
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    (tmp_path / "binary.txt").write_bytes(bytes(range(64)))
    run = run_cli(*arguments)
    text = run.stderr.decode()
    assert run.returncode == code, text
    assert message in text
    assert "Traceback" not in text
    assert not list(tmp_path.glob("f.*"))


def test_the_others_are_done(run_cli: RunCli, article: Path) -> None:
    """An input that cannot be read does not stop the run."""
    run = run_cli("extract", "none.txt", article)
    assert run.returncode == 3
    assert read_rows(run.stdout) == read_rows(run_cli("extract", article).stdout)


def test_a_wrong_sources_file_stops_the_run(run_cli: RunCli, article: Path, tmp_path: Path) -> None:
    """A date that was meant and not used would change rows in silence."""
    (tmp_path / "sources.yaml").write_text("a.txt: {published: soon}\n")
    run = run_cli("extract", ".")
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"sources.yaml:1:20: 'published' of a.txt must be" in run.stderr


def test_an_invalid_rule(run_cli: RunCli, article: Path, tmp_path: Path) -> None:
    """Exit status 4, the file named, nothing done."""
    (tmp_path / "mine/facts").mkdir(parents=True)
    (tmp_path / "mine/facts/x.yaml").write_text("- id: x\n  nonsense: y\n")
    run = run_cli("extract", article, "--rules", "mine")
    assert (run.returncode, run.stdout) == (4, b"")
    assert b"x.yaml:2:" in run.stderr
    assert b"Traceback" not in run.stderr


def test_quiet(run_cli: RunCli, article: Path, tmp_path: Path) -> None:
    """Nothing on stderr but errors."""
    (tmp_path / "c.doc").write_bytes(b"")
    assert run_cli("extract", ".", "--quiet").stderr == b""
    assert b"c.doc: skipped" in run_cli("extract", ".").stderr
    assert b"none" in run_cli("extract", "none", "-q").stderr


def test_no_input_is_no_error(run_cli: RunCli, tmp_path: Path) -> None:
    """An empty folder gives a header; an empty article gives no facts."""
    (tmp_path / "e").mkdir()
    run = run_cli("extract", "e")
    assert (run.returncode, run.stdout.decode()) == (0, ",".join(COLUMNS) + "\n")
    assert run_cli("extract", "-", "-f", "jsonl").stdout == b""


@pytest.mark.parametrize("reader_reads", [0, 10])
def test_closed_pipe(article: Path, reader_reads: int) -> None:
    """A reader that has enough ends the command quietly."""
    run = subprocess.Popen([sys.executable, "-m", "chipfacts", "extract", str(SEEDS), "-f", "jsonl"], **PIPE)
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.read(reader_reads)
    run.stdout.close()
    stderr = run.stderr.read().decode()
    run.stderr.close()
    assert run.wait() == 0
    assert "Traceback" not in stderr
    assert "Exception" not in stderr
    assert "BrokenPipe" not in stderr


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C: 130, one word, no traceback, no file."""
    run = subprocess.Popen(
        [sys.executable, "-m", "chipfacts", "extract", "-", "-o", str(tmp_path / "f.csv")],
        stdin=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job is born deaf to it
        **PIPE,
    )
    time.sleep(1.5)  # it waits for the article on standard input
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"Traceback" not in stderr
    assert list(tmp_path.iterdir()) == []


def test_terminal_shows_tables(article: Path) -> None:
    """A terminal gets tables; its window does not matter to a pipe."""
    leader, follower = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "150", "TERM": "xterm"}
    run = subprocess.run(
        [sys.executable, "-m", "chipfacts", "extract", str(article)], stdout=follower, stderr=subprocess.PIPE, env=environment
    )
    os.close(follower)
    text = os.read(leader, 1 << 20).decode("utf-8")
    os.close(leader)
    assert run.returncode == 0
    assert "funding (1)" in text
    assert "≥ 300,000,000 CNY" in text


@pytest.mark.parametrize("format", ["csv", "jsonl", "yaml", "xlsx", "sqlite", "parquet"])
def test_same_bytes_everywhere(run_cli: RunCli, tmp_path: Path, format: str) -> None:
    """Hash seed, locale and the order of files do not matter."""
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    first = run_cli("extract", folder, "-f", format, PYTHONHASHSEED="1")
    names = sorted(folder.glob("*.txt"), reverse=True)
    second = run_cli("extract", *names, "-f", format, PYTHONHASHSEED="2", LC_ALL="C", PYTHONUTF8="0", TZ="Asia/Taipei")
    assert (first.returncode, second.returncode) == (0, 0), second.stderr.decode()
    assert first.stdout == second.stdout


def test_file_names(run_cli: RunCli, tmp_path: Path) -> None:
    """Names in Chinese, with spaces, like a formula, and no text at all."""
    names = ["文 章.txt", "=1+1.txt", os.fsdecode(b"\xff\xfe.txt")]
    for name in names:
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    run = run_cli("extract", ".", LC_ALL="C")
    assert run.returncode == 0, run.stderr.decode()
    assert {fact.doc for fact in read_rows(run.stdout)} == {"文 章.txt", "=1+1.txt", "\ufffd\ufffd.txt"}
    assert b",'=1+1.txt," in run.stdout


def test_version_and_help(run_cli: RunCli) -> None:
    """The version of the package; help with examples for each command."""
    assert run_cli("--version").stdout.decode() == f"chipfacts {chipfacts.__version__}\n"
    for command in (["extract"], ["ledger"], ["score"], ["rules", "test"], ["rules", "list"]):
        run = run_cli(*command, "--help")
        assert run.returncode == 0
        assert f"chipfacts {' '.join(command)} " in run.stdout.decode().partition("Usage")[2].partition("\n")[2] + " "
    assert run_cli().returncode == 2


def test_python_errors() -> None:
    """The verb refuses what the command refuses."""
    with pytest.raises(chipfacts.UsageError, match="published must be"):
        chipfacts.extract(ARTICLE, published="soon")
    with pytest.raises(chipfacts.RuleError):
        chipfacts.extract(ARTICLE, rules=["none"])
    with pytest.raises(chipfacts.UnreadableInput):
        chipfacts.read("none.txt")


def test_python_in_threads() -> None:
    """Eight threads get what one gets."""
    from concurrent.futures import ThreadPoolExecutor

    text = (SEEDS / "004_481d3563a41b6d2e.txt").read_text(encoding="utf-8")
    expected = chipfacts.extract(text, published="2023")
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: chipfacts.extract(text, published="2023"), range(16)))
    assert results == [expected] * 16
