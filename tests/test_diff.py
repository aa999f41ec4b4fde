"""`chipfacts diff`: each sort of change once, none between formats, and git revisions read without trust in their names."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, RunCli

from chipfacts.errors import UnreadableInput
from chipfacts.sheet import FILE_FORMATS, format_named, read_rows, write
from chipfacts.sheet.edited import facts_of, read_edited

GOLDEN = ROOT / "tests" / "golden"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def file_of(format: str) -> str:
    """A file name by whose suffix the format is read: Excel's CSV is CSV, too."""
    return "excel.csv" if format == "excel-csv" else f"facts.{format}"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden facts in every format."""
    from chipfacts.model import Sheet

    folder = tmp_path_factory.mktemp("sheets")
    for name in FILE_FORMATS:
        write(Sheet(read_rows(GOLDEN / "seeds.jsonl")), folder / file_of(name), format_named(name))
    return folder


@pytest.mark.parametrize("format", [name for name in FILE_FORMATS if name != "csv"])
def test_formats_do_not_differ(format: str, sheets: Path, run_cli: RunCli) -> None:
    """The same facts in CSV and any other format: nothing to tell."""
    done = run_cli("diff", sheets / "facts.csv", sheets / file_of(format), "--exit-code")
    assert (done.returncode, done.stdout) == (0, b"0 gained, 0 lost, 0 altered, 157 unchanged\n")


def test_each_sort_of_change_once(sheets: Path, run_cli: RunCli, tmp_path: Path) -> None:
    """A fact gained, lost, altered and moved, by company, field by field."""
    text = (sheets / "facts.csv").read_text("utf-8")
    new = text.replace(",4700000000,", ",4800000000,")  # altered
    new = re.sub(r"(?m)^9f7b25687ed4.*\n", "", new)  # lost
    new = re.sub(r"(?m)^(4e939a81f0dc,.*),91,3361,3367,", r"\1,92,3461,3467,", new)  # moved
    old = re.sub(r"(?m)^3a1c81a53273.*\n", "", text)  # gained
    (tmp_path / "old.csv").write_text(old, "utf-8")
    (tmp_path / "new.csv").write_text(new, "utf-8")
    done = run_cli("diff", "old.csv", "new.csv", "--exit-code")
    assert done.returncode == 1
    assert done.stdout.decode().splitlines() == [
        "壁仞科技",
        "  ~ funding 累計融資額超47億元人民幣  002_d3f5a6e09f2dda36.txt:39",
        "      amount_low: 4700000000 → 4800000000",
        "  - funding 累计融资金额超 50 亿元人民币  004_481d3563a41b6d2e.txt:23",
        "燧原科技",
        "  + funding 累計融資額近40億元人民币  003_140e1cb9d44e78c5.txt:25",
        "1 gained, 1 lost, 1 altered, 154 unchanged (1 moved)",
    ]
    told = json.loads(run_cli("diff", "old.csv", "new.csv", "-f", "json").stdout)
    assert told["counts"] == {"gained": 1, "lost": 1, "altered": 1, "unchanged": 154, "moved": 1, "same_texts": 0}
    altered = next(change for change in told["changes"] if change["change"] == "altered")
    assert altered["differences"] == [{"column": "amount_low", "old": "4700000000", "new": "4800000000"}]
    assert altered["old"]["amount_low"] == 4700000000 and altered["new"]["amount_low"] == 4800000000
    assert run_cli("diff", "old.csv", "new.csv").returncode == 0  # as git's, only when asked


def test_a_dropped_column_is_no_difference(sheets: Path, run_cli: RunCli, tmp_path: Path) -> None:
    """Only what both sheets have is compared; a note is nobody's column."""
    import csv
    import io

    rows = list(csv.DictReader(io.StringIO((sheets / "facts.csv").read_text("utf-8"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*(column for column in rows[0] if column not in ("hedge", "event")), "note"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row | {"note": "?"} for row in rows)
    (tmp_path / "new.csv").write_text(out.getvalue(), "utf-8")
    assert run_cli("diff", sheets / "facts.yaml", "new.csv", "--exit-code").returncode == 0


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("fund,a.txt,1,1", "row 2: kind: expected one of funding, valuation"),
        ("funding,a.txt,much,1", "row 2: amount_low: expected a number, not 'much'"),
        ("funding,a.txt,1e999999999,1", "row 2: amount_low: expected a number"),
        ("funding,a.txt,NaN,1", "row 2: amount_low: expected a number"),
        ("funding,a.txt,1,x", "row 2: start: expected a number"),
        ("funding,a.txt,1", "row 2: 3 cells; expected 4"),
    ],
)
def test_damaged_sheets(cells: str, message: str, tmp_path: Path) -> None:
    """The row, the column, and what was expected."""
    (tmp_path / "old.csv").write_text(f"kind,doc,amount_low,start\n{cells}\n", "utf-8")
    with pytest.raises(UnreadableInput, match=re.escape(message)):
        facts_of(read_edited(tmp_path / "old.csv"))


def test_facts_of_an_edited_sheet_are_those_written(sheets: Path) -> None:
    """The tolerant reader reads what the strict one reads."""
    for name in FILE_FORMATS:
        read = facts_of(read_edited(sheets / file_of(name)))
        assert sorted(read, key=lambda f: f.fact_id) == sorted(read_rows(sheets / file_of(name)), key=lambda f: f.fact_id)


def git(folder: Path, *arguments: str) -> None:
    """git in a folder of the test's own, whatever the user's settings are."""
    settings = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two commits: a sum changes, a text is added, one stays; a reference date is given in sources.yaml."""
    folder = tmp_path / "work"
    (folder / "news").mkdir(parents=True)
    (folder / "news" / "a.txt").write_text("云岭微完成2亿元B轮融资。", "utf-8")
    (folder / "news" / "same.txt").write_text("溪岩科技成立于去年4月。", "utf-8")
    (folder / "news" / "sources.yaml").write_text("same.txt: {published: 2024-11-30}\n", "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    (folder / "news" / "a.txt").write_text("云岭微完成3亿元B轮融资。", "utf-8")
    (folder / "news" / "b.txt").write_text("云岭微的BR104芯片采用7nm工艺。", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "two")
    return folder


@needs_git
def test_revisions(history: Path, run_cli: RunCli) -> None:
    """What the last commit did to the facts; the working tree plays no part."""
    (history / "news" / "a.txt").write_text("nothing", "utf-8")
    for arguments in (["HEAD~1", "HEAD", "news"], ["HEAD~1", "HEAD", "--", "news/"]):
        done = run_cli("diff", *arguments, cwd=history)
        assert done.returncode == 0, done.stderr.decode()
        out = done.stdout.decode()
        assert "  ~ funding 3亿元B轮融资  a.txt:1\n      amount_low: 200000000 → 300000000\n" in out
        assert "  + chip BR104  b.txt:1\n" in out
        assert out.endswith("; 1 text is the same\n")
    assert (history / "news" / "a.txt").read_text("utf-8") == "nothing"
    assert run_cli("diff", "HEAD", "HEAD", "news", "--exit-code", cwd=history).returncode == 0
    assert run_cli("diff", "HEAD~1", "HEAD", "news", "--exit-code", cwd=history).returncode == 1


@needs_git
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--", "--output=x", "HEAD", "news"], "'--output=x' is no git revision"),
        (["HEAD", "no-such", "news"], "'no-such': git knows no such revision"),
        (["HEAD", "HEAD\nHEAD", "news"], "is no git revision"),
        (["HEAD", "HEAD", "../news"], "../news: not below the current folder"),
        (["HEAD", "HEAD", "nowhere"], "no texts at nowhere in HEAD or HEAD"),
        (["HEAD", "HEAD", "news", "-f", "xml"], "unknown format 'xml'"),
    ],
)
def test_revisions_that_are_none(arguments: list[str], message: str, history: Path, run_cli: RunCli) -> None:
    """Wrong usage is a sentence; a revision is never an option of git."""
    done = run_cli("diff", *arguments, cwd=history)
    assert done.returncode == 2 and message in done.stderr.decode()
    assert not (history / "x").exists()


@needs_git
def test_no_repository(tmp_path: Path, run_cli: RunCli) -> None:
    """Outside of a repository, and without git, a sentence each."""
    (tmp_path / "news").mkdir()
    done = run_cli("diff", "HEAD~1", "HEAD", "news", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2 and "git" in done.stderr.decode()
    done = run_cli("diff", "HEAD~1", "HEAD", "news", PATH=str(tmp_path))
    assert done.returncode == 2 and "git is not installed" in done.stderr.decode()


def test_a_sheet_that_is_none(run_cli: RunCli) -> None:
    """Two names that are no files: the way to compare revisions is told."""
    done = run_cli("diff", "HEAD~1", "HEAD")
    assert done.returncode == 3 and "chipfacts diff HEAD~1 HEAD seeds/" in done.stderr.decode()


def test_make_golden_shows_the_facts() -> None:
    """The recipe compares the sheet before with the one it wrote."""
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ngolden:")[2].partition("\n\n")[0]
    assert "chipfacts diff $(VENV)/golden.jsonl tests/golden/seeds.jsonl" in recipe
