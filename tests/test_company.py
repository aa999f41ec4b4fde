"""`chipfacts sheet`: one company on one page, whatever it is called, as known on a day; and nothing in a quote comes alive."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, RunCli, new_fact
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import prepare
from chipfacts.review.as_of import check_day, known_by
from chipfacts.review.company import Company, Line, company_sheet
from chipfacts.review.company_page import markdown
from chipfacts.review.contrast import Contrast, Side
from chipfacts.rulebook import load_rulebook
from chipfacts.sheet import read_rows

BOOK = load_rulebook()
OLD = "云岭微成立于2019年4月。2020年3月,云岭微完成2亿元A轮融资,由溪石资本领投。云岭微累计融资超3亿元。"
NEW = "2023年5月,云岭微完成5亿元B轮融资。云岭微的YL200芯片采用台积电7nm工艺。云岭微累计融资近2亿元。"


def sheet_of(name: str, as_of: str | None = None, published: tuple[str | None, ...] = ("2020-06-30", "2023-06-30")) -> Company:
    """The sheet of a company in the two texts."""
    documents = [prepare(f"{n}.txt", text, date) for n, (text, date) in enumerate(zip((OLD, NEW), published, strict=True))]
    return company_sheet(name, documents, BOOK, None, as_of)


def said(company: Company) -> dict[str, list[str]]:
    """What each section says."""
    return {title: [line.says for line in lines] for title, lines in company.sections}


def test_sections() -> None:
    """Each section in its order, each line with the characters it stands on."""
    company = sheet_of("云岭微")
    found = said(company)
    assert found["Founded"] == ["2019-04"]
    assert found["Rounds"] == ["A, 200,000,000 CNY?, 2020-03, investors: 溪石资本 (lead)", "B, 500,000,000 CNY?, 2023-05"]
    assert found["Money raised so far"] == ["≥ 300,000,000 CNY?", "nearly 200,000,000 CNY?"]
    assert found["Chips and nodes"] == ["YL200, 7 nm, made by 台积电"]
    assert [(contrast.verdict, contrast.check) for contrast in company.contrasts] == [("contradict", "total")]  # a total cannot shrink
    texts = {"0.txt": OLD, "1.txt": NEW}
    sides = [side for _, lines in company.sections for line in lines for side in line.sides]
    assert sides and all(texts[side.doc][side.start : side.end] == side.quote for side in sides)


@pytest.mark.parametrize("name", ["云岭微", "雲嶺微", " 云岭微 "])
def test_an_unlisted_company_in_either_script(name: str) -> None:
    """The same sheet under each spelling."""
    assert sheet_of(name) == sheet_of("云岭微")


def test_investor_and_foundry() -> None:
    """A company that others name: who it backed, whose chips it makes."""
    assert said(sheet_of("溪石资本"))["Has invested in"] == ["云岭微: A, 200,000,000 CNY?, 2020-03, investors: 溪石资本 (lead)"]
    assert said(sheet_of("TSMC"))["Makes for others"] == ["云岭微, YL200, 7 nm, made by 台积电"]


def test_the_same_statement_stands_once() -> None:
    """Two texts, one line, both places."""
    company = company_sheet("云岭微", [prepare("a.txt", OLD), prepare("b.txt", OLD)], BOOK, None)
    (founded,) = dict(company.sections)["Founded"]
    assert [side.doc for side in founded.sides] == ["a.txt", "b.txt"]


def test_as_of() -> None:
    """Nothing of a later day, and what has no day is counted apart."""
    company = sheet_of("云岭微", "2020-12-31")
    assert said(company)["Rounds"] == ["A, 200,000,000 CNY?, 2020-03, investors: 溪石资本 (lead)"]
    assert "Chips and nodes" not in said(company)
    assert company.contrasts == () and company.undatable == 0 and company.later > 0
    blind = sheet_of("云岭微", "2020-12-31", (None, None))
    assert said(blind)["Rounds"] == said(company)["Rounds"]
    assert blind.undatable > 0
    assert sheet_of("云岭微").facts == blind.facts + blind.later + blind.undatable
    early = sheet_of("云岭微", "2000")
    assert (early.facts, early.documents) == (0, 0)
    assert any("Left out" in line for line in markdown(early))


@pytest.mark.parametrize(
    ("columns", "day"),
    [
        ({"date_high": "2021-03-31", "announced": "2022", "published": "2023"}, "2021-03-31"),
        ({"announced": "2022-02", "published": "2023"}, "2022-02-28"),
        ({"published": "2024-11-30~"}, "2024-11-30"),
        ({"published": "2023"}, "2023-12-31"),
        ({"date": "XXXX-09-12"}, None),
    ],
)
def test_known_by(columns: dict[str, str], day: str | None) -> None:
    """The fact's own date, else its announcement, else its document."""
    assert known_by(new_fact(**columns)) == day


def test_check_day() -> None:
    """A year is its last day; what is no date is refused."""
    assert (check_day("2022"), check_day("2022-02"), check_day("2022-12-31")) == ("2022-12-31", "2022-02-28", "2022-12-31")
    with pytest.raises(UsageError, match="--as-of must be"):
        check_day("2022-13")


def test_seeds(run_cli: RunCli) -> None:
    """An alias finds the company; the pipe gets Markdown, twice the same."""
    one, other = run_cli("sheet", "Biren", SEEDS), run_cli("sheet", "壁仞科技", SEEDS)
    assert one.returncode == other.returncode == 0
    assert one.stdout == other.stdout
    text = one.stdout.decode()
    assert text.startswith("# 壁仞科技\n")
    assert "- **≥ 5,000,000,000 CNY**\n  - `004_481d3563a41b6d2e.txt:23` “累计融资金额超 50 亿元人民币”" in text
    assert "- **refine: 壁仞科技, money raised so far**: one sum fits both" in text
    assert b"\x1b" not in one.stdout


def test_errors(run_cli: RunCli, tmp_path: Path) -> None:
    """An unknown company, a day that is none, a file that is missing."""
    (tmp_path / "a.txt").write_text(OLD, "utf-8")
    done = run_cli("sheet", "云岭微电子", "a.txt")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "chipfacts: no fact of '云岭微电子' in 1 document; near names found: 云岭微\n"
    assert "and no name near it" in run_cli("sheet", "xyz", "a.txt").stderr.decode()
    assert run_cli("sheet", "云岭微", "a.txt", "--as-of", "soon").returncode == 2
    assert run_cli("sheet", "云岭微", "a.txt", "none.txt").returncode == 3


HOSTILE = (
    "[x](http://e.example) ![i](//e) <script>a</script> **b** `c` www.e.example a@e.example #1 ~~d~~ $e$ :f: | g\n# h\x1b[31m\u202e &lt;"
)


def page(text: str) -> str:
    """A page that has the text everywhere an article's words can stand."""
    side = Side(f"{text}.txt", 1, 0, 1, text, text)
    contrast = Contrast("contradict", "total", text, text, (side, side))
    plain = " ".join(text.split()) or "x"
    return "\n".join(markdown(Company(plain, (("Rounds", (Line(plain, (side,) * 5),)),), (contrast,), 1, 1, 1, 1)))


def skeleton_of(text: str) -> list[str]:
    """The tags that a Markdown reader makes of it."""
    html = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    return re.findall(r"</?[a-z0-9]+", html)


def test_markup_stays_dead() -> None:
    """A page full of markup has the tags of a page of plain words, and no control character."""
    assert skeleton_of(page(HOSTILE)) == skeleton_of(page("plain"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", page(HOSTILE))
    escaped = page(HOSTILE).split("\n## Rounds")[0]
    assert "http://" not in escaped and "www.e" not in escaped and "a@e" not in escaped and "#1" not in escaped.replace("\\#1", "")


@given(st.text("[]()<>*_`~!#&|\\$-+.:=\"'ab1 \n好"))
def test_no_text_is_markup(text: str) -> None:
    """Whatever an article says."""
    assert skeleton_of(page(f"a{text}")) == skeleton_of(page("plain"))


def test_terminal(tmp_path: Path) -> None:
    """Colours of our own, none of the article's."""
    (tmp_path / "a.txt").write_text(OLD.replace("溪石资本", "[red]溪石资本") + "\x1b]0;t\x07", "utf-8")
    main, child = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "COLUMNS": "100"}
    command = [sys.executable, "-m", "chipfacts", "sheet", "云岭微", "a.txt"]
    done = subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, cwd=tmp_path, env=environment)
    os.close(child)
    shown = b""
    try:
        while piece := os.read(main, 4096):
            shown += piece
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(main)
    assert done.wait() == 0
    text = shown.decode()
    assert "\x1b[1mRounds\x1b[0m" in text and "2020-03" in text
    assert "\x1b]" not in text and "\x07" not in text


def test_replaced_documents_do_not_matter() -> None:
    """The order of documents means nothing."""
    documents = [prepare("0.txt", OLD, "2020-06-30"), prepare("1.txt", NEW, "2023-06-30")]
    one, other = (company_sheet("云岭微", order, BOOK, None) for order in (documents, documents[::-1]))
    assert replace(one) == replace(other)


@pytest.mark.parametrize(("name", "head"), [("b.md", b"# "), ("b.html", b"<!doctype html>"), ("b.xlsx", b"PK"), ("b.csv", b"fact_id,")])
def test_written_to_a_file(name: str, head: bytes, run_cli: RunCli, tmp_path: Path) -> None:
    """The page, a report, or the facts behind it in any format, none of them another company's."""
    done = run_cli("sheet", "Biren", SEEDS, "-o", name)
    assert (done.returncode, done.stdout) == (0, b"")
    assert (tmp_path / name).read_bytes().lower().startswith(head.lower())
    if name == "b.csv":
        assert {fact.company for fact in read_rows(tmp_path / name)} == {"壁仞科技"}


def test_a_target_that_is_no_format(run_cli: RunCli, tmp_path: Path) -> None:
    """Refused before the work; an existing file stays."""
    (tmp_path / "b.foo").write_text("old", "utf-8")
    done = run_cli("sheet", "Biren", SEEDS, "-o", "b.foo")
    assert done.returncode == 2 and (tmp_path / "b.foo").read_text("utf-8") == "old"
