"""`chipfacts explain`: the real command on the seeds, why and why not, and what it says where there is nothing to explain."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.extract.pipeline import Reading, extract_document, prepare, read_closely
from chipfacts.model import Fact
from chipfacts.review.near_miss import near_misses
from chipfacts.review.why import Reasons
from chipfacts.rulebook import load_rulebook
from chipfacts.rulebook.pattern import compile_pattern, elements_of
from chipfacts.sheet import read_rows

GOLDEN = {fact.fact_id: fact for fact in read_rows(ROOT / "tests" / "golden" / "seeds.jsonl")}
BOOK = load_rulebook()
TEXTS = sorted([*SEEDS.glob("*.txt"), *(ROOT / "tests" / "gold" / "texts").glob("*.txt")])


def golden(**columns: Any) -> Fact:
    """The first golden fact with these columns."""
    return next(f for f in GOLDEN.values() if all(getattr(f, column) == value for column, value in columns.items()))


def asked(run_cli: RunCli, *args: str | Path) -> dict[str, Any]:
    """The answer as JSON."""
    run = run_cli("explain", *args, "-f", "json")
    assert run.returncode == 0, run.stderr.decode()
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def parts(found: dict[str, Any], fact_id: str) -> dict[str, dict[str, Any]]:
    """The reasons of one fact by what they speak of (the last of a kind)."""
    (why,) = (why for why in found["why"] if why["fact_id"] == fact_id)
    return {reason["part"]: reason for reason in why["reasons"]}


def write(folder: Path, text: str) -> Path:
    """An article."""
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    return path


def test_funding_by_text(run_cli: RunCli) -> None:
    """A raise found by what the text prints: its rule and pattern, every offer its sum got, whose it is, why it is completed."""
    fact = golden(kind="funding", measure="cumulative", doc="004_481d3563a41b6d2e.txt")
    found = asked(run_cli, SEEDS / fact.doc, "--at", "累计融资金额")
    why = parts(found, fact.fact_id)
    assert why["rule"]["rule"] == "funding.total-of" and why["rule"]["place"].startswith("rules/facts/totals.yaml:")
    assert compile_pattern(why["rule"]["pattern"]) and why["rule"]["bound"] == {"money": ["超 50 亿元人民币"]}
    offers = why["amount"]["offers"]
    assert offers[0] == {"role": "cumulative", "weight": 21.0, "by": "funding.total-of", "words": "累计融资金额超 50 亿元人民币"}
    assert {offer["by"] for offer in offers} >= {"funding.cumulative", "funding.round"}
    assert [o["weight"] for o in offers] == sorted((o["weight"] for o in offers), reverse=True)
    assert why["company"]["how"] == "earlier clause" and not why["company"]["carried"]
    assert why["status"]["from"] == "status.completed"


def test_valuation_by_id(run_cli: RunCli) -> None:
    """A fact of a sheet by its id: the pronoun its company came by, and no other fact."""
    fact = golden(kind="valuation", quote="估值超过10亿美元")
    found = asked(run_cli, fact.fact_id, SEEDS)
    assert [why["fact_id"] for why in found["why"]] == [fact.fact_id] and found["line"] == fact.line
    why = parts(found, fact.fact_id)
    assert why["company"]["how"] == "pronoun" and why["company"]["company"] == "壁仞科技"
    assert why["amount"]["offers"][0]["by"] == "sums.valuation-of"


def test_other_sums_and_their_offers(run_cli: RunCli) -> None:
    """A sum nobody claims says so; one told of nobody is a raise by its words and an amount by its row."""
    unclaimed = golden(kind="amount", rule="ledger.unclaimed")
    why = parts(asked(run_cli, f"{SEEDS / unclaimed.doc}:{unclaimed.line}"), unclaimed.fact_id)
    assert why["amount"]["offers"] == [] and "stays in the ledger" in why["rule"]["says"]
    nobodys = golden(kind="amount", quote="融资几十亿")
    why = parts(asked(run_cli, f"{SEEDS / nobodys.doc}:{nobodys.line}"), nobodys.fact_id)
    assert why["amount"]["offers"][0]["role"] == "round" and "nobody in particular" in why["measure"]["says"]


def test_chip_and_node(run_cli: RunCli) -> None:
    """A chip by the gazetteer and its maker; a node with the chip it belongs to and who makes it."""
    node = golden(kind="process_node", chip="BR104")
    found = asked(run_cli, f"{SEEDS / node.doc}:{node.line}")
    why = parts(found, node.fact_id)
    assert why["company"]["how"] == "maker" and why["node_nm"]["says"].startswith("7 nm")
    assert "台积电" in why["foundry"]["says"] and "listed as a foundry" in why["foundry"]["says"]
    chip = golden(kind="chip", chip="BR104")
    why = parts(asked(run_cli, chip.fact_id, SEEDS), chip.fact_id)
    assert why["chip"]["says"].endswith("listed in the gazetteers") and why["rule"]["rule"] == "chip.listed"


def test_date_by_its_antecedent(run_cli: RunCli) -> None:
    """次年2月 took its year from 2022年2月; another date of the seeds from the reference date."""
    fact = golden(kind="date", quote="次年2月")
    why = parts(asked(run_cli, SEEDS / fact.doc, "--at", "次年2月"), fact.fact_id)
    assert why["date"]["how"] == "antecedent" and why["date"]["antecedent"] == "2022年2月"
    last_year = golden(kind="date", quote="去年10月底")
    why = parts(asked(run_cli, last_year.fact_id, SEEDS), last_year.fact_id)
    assert "reference date 2023 (sources)" in why["date"]["says"]


def test_why_not_for_a_veto(run_cli: RunCli, tmp_path: Path) -> None:
    """尚未完成 is told as what forbids the rule, by the veto's name and words; the cue's exception beside it."""
    path = write(tmp_path, "寒武纪成立多年。\n寒武纪尚未完成新一轮融资。\n")
    found = asked(run_cli, f"{path}:2")
    miss = found["why_not"][0]
    assert (miss["rule"], miss["by"], miss["veto"], miss["words"]) == ("funding.new-round", "veto", "negated", "尚未")
    assert any(m["by"] == "exception" and m["exception"] == "尚未完成" for m in found["why_not"])
    shown = run_cli("explain", f"{path}:2").stdout.decode()
    assert "no fact is stated here" in shown and "the veto 'negated' forbids it: '尚未' stands inside the match" in shown


def test_why_not_for_reach(run_cli: RunCli, tmp_path: Path) -> None:
    """A part beyond the gap and one that has to adjoin are told apart from one that is missing; what fits and decides is no miss."""
    path = write(tmp_path, "溪石资本经过长达数月的反复考察与尽职调查之后最终决定向寒武纪注资2亿元。\n该公司获批,3亿元补助。\n")
    misses = {m["rule"]: m for m in asked(run_cli, f"{path}:1", "--all")["why_not"]}
    assert misses["funding.injected"]["by"] == "reach" and misses["funding.injected"]["missing"] == "{investor:+}"
    assert "… reaches 14" in misses["funding.injected"]["says"]
    misses = {m["rule"]: m for m in asked(run_cli, f"{path}:2", "--all")["why_not"]}
    assert "funding.guarantee" not in misses  # it fits, and decides
    path = write(tmp_path, "寒武纪获得,3亿元的投资。\n")
    misses = {m["rule"]: m for m in asked(run_cli, f"{path}:1", "--all")["why_not"]}
    assert misses["funding.got"]["by"] == "reach" and "stands between, where the pattern allows no gap" in misses["funding.got"]["says"]


def test_sums_that_are_no_row(run_cli: RunCli, tmp_path: Path) -> None:
    """A bare number, a conversion and a repeated sum each say what became of them, with every offer they got and those out of reach."""
    path = write(tmp_path, "寒武纪有员工100万,估值约100亿元(约14亿美元)。\n寒武纪完成2亿元融资。\n寒武纪完成的2亿元融资很重要。\n")
    found = asked(run_cli, f"{path}:1")
    told = {u["surface"]: u for u in found["untold"]}
    assert "only where an offer of 3 or more" in told["100万"]["says"] and "restates the sum in front" in told["约14亿美元"]["says"]
    repeated = asked(run_cli, f"{path}:3")["untold"] or asked(run_cli, f"{path}:2")["untold"]
    assert "a mention of the funding row whose sum stands on line" in repeated[0]["says"]
    assert repeated[0]["reasons"][0]["offers"][0]["role"] == "round"


def test_at_most_ten_unless_all(run_cli: RunCli) -> None:
    """Ten near misses, nearest first; --all shows the rest."""
    place = f"{SEEDS / '004_481d3563a41b6d2e.txt'}:23"
    some, every = asked(run_cli, place)["why_not"], asked(run_cli, place, "--all")["why_not"]
    assert len(some) <= 10 and every[: len(some)] == some
    assert [m["share"] for m in every] == sorted((m["share"] for m in every), reverse=True)


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["0123456789ab", SEEDS], 2, "no fact 0123456789ab in the 5 articles"),
        (["0123456789ab"], 2, "say where the fact 0123456789ab is from"),
        ([f"{SEEDS / '004_481d3563a41b6d2e.txt'}:4711"], 2, "has no line 4711: it has 106 lines"),
        ([f"{SEEDS / '004_481d3563a41b6d2e.txt'}:0"], 2, "has no line 0"),
        ([SEEDS / "004_481d3563a41b6d2e.txt", "--at", "没有这句话"], 2, "'没有这句话' does not stand in 004_481d3563a41b6d2e.txt"),
        ([SEEDS / "004_481d3563a41b6d2e.txt", "--at", " "], 2, "--at needs a text"),
        ([SEEDS / "004_481d3563a41b6d2e.txt"], 2, "is no place: give FILE:LINE"),
        ([f"{SEEDS}:3"], 2, "is a folder: name one article of it"),
        (["nothing.txt:3"], 3, "no such file"),
        ([f"{SEEDS / '004_481d3563a41b6d2e.txt'}:1", "-f", "xml"], 2, "unknown format 'xml': one of text, json"),
    ],
)
def test_nothing_to_explain(run_cli: RunCli, args: list[str | Path], code: int, message: str) -> None:
    """A sentence that says what was expected, an exit code, no traceback, nothing on stdout."""
    run = run_cli("explain", *args)
    assert (run.returncode, run.stdout) == (code, b"")
    assert message in run.stderr.decode() and b"Traceback" not in run.stderr


def test_through_the_tidied_text(run_cli: RunCli, tmp_path: Path) -> None:
    """Hard-wrapped lines: the mark stands under the source's characters, --at finds words that a line break cuts, --published counts."""
    lines = [
        "寒武纪今年5月宣布完成超 3 亿元B轮融",
        "资，由溪石资本领投。该轮融资后估值约",
        "40 亿元人民币，公司表示今年的营收有",
        "望达到 2 亿元，谢谢大家的支持与关注。",
    ]
    path = write(tmp_path, "\n".join(lines) + "\n")
    found = asked(run_cli, path, "--at", "B轮融资", "--published", "2024-11-30")
    (why,) = (why for why in found["why"] if why["kind"] == "funding")
    told = {reason["part"]: reason for reason in why["reasons"]}
    assert told["amount"]["surface"] == "超 3 亿元" and told["announced"]["date"] == "2024-05"
    assert path.read_text("utf-8")[found["start"] : found["end"]] == found["text"]


def test_marks_stand_under_their_characters(run_cli: RunCli) -> None:
    """In the output of the command, each ^^^^ begins and ends in the cells of a run that the JSON names."""
    from rich.cells import cell_len

    fact = golden(kind="funding", measure="cumulative", doc="004_481d3563a41b6d2e.txt")
    lines = run_cli("explain", fact.fact_id, SEEDS).stdout.decode().splitlines()
    row = next(i for i, line in enumerate(lines) if "累计融资金额" in line)
    mark = next(line for line in lines[row + 1 : row + 4] if " amount" in line)
    found = re.search(r"(\^+) amount", mark)
    assert found is not None
    start = lines[row].index("超 50 亿元人民币")
    assert found.start() == cell_len(lines[row][:start]) and len(found[1]) == cell_len("超 50 亿元人民币")


@cache
def readings() -> list[Reading]:
    """Every text of the tests, read closely."""
    return [read_closely(prepare(path.name, path.read_text("utf-8"), "2024-11-30"), BOOK) for path in TEXTS]


def test_reasons_agree_with_the_facts() -> None:
    """The facts explained are the facts extracted; a sum's strongest offer is its row's measure unless a reason says what changed it."""
    for path, reading in zip(TEXTS, readings(), strict=True):
        rows = reading.rows()
        assert [fact for _, fact in rows] == extract_document(prepare(path.name, path.read_text("utf-8"), "2024-11-30"), BOOK)
        reasons = Reasons(reading)
        for draft, fact in rows:
            told = {reason.part: reason for reason in reasons.why(draft, fact).reasons}
            assert "decided by the extractor" not in " ".join(reason.says for reason in told.values())
            if fact.kind in ("funding", "valuation", "amount") and draft.money:
                offers, then = told["amount"].data["offers"], told["amount"].data["then"]
                winner = offers[0]["role"] if offers else "other"
                assert winner == fact.measure or then or "measure" in told, fact


def test_near_misses_did_not_happen() -> None:
    """What is told as missing or forbidden did not decide in that sentence: no match of that pattern is there."""
    for reading in readings():
        for scene in reading.scenes:
            patterns = {match.rule.regex.pattern for match in scene.matches}
            for miss in near_misses(reading, scene, None):
                if miss.by in ("missing", "reach"):
                    assert compile_pattern(miss.pattern).regex not in patterns
                    assert 0 < miss.share < 1


def test_elements_are_the_pattern() -> None:
    """Taken apart and put together, every shipped pattern is itself: source and regex."""
    for rule in BOOK.rules():
        for pattern in rule["patterns"]:
            elements = elements_of(pattern["source"])
            assert "".join(element.source for element in elements) == pattern["source"]
            assert "".join(element.regex for element in elements) == pattern["regex"]
