"""`chipfacts rules coverage` counts what fired; `rules test --only` tries the rules of one file."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import RunCli

ARTICLE = "寒武纪完成2亿元B轮融资,由溪石资本领投。\n壁仞科技获投3亿元。壁仞科技获投3000万元。\n"


def test_counts(run_cli: RunCli, tmp_path: Path) -> None:
    """How often each rule and cue fired, in how many articles, how many rows are its own; and the ones that never did."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.txt").write_text("壁仞科技获投5亿元。\n", "utf-8")
    run = run_cli("rules", "coverage", "a.txt", "b.txt", "-f", "json")
    told = json.loads(run.stdout)
    rules = {rule["id"]: rule for rule in told["rules"]}
    assert told["articles"] == 2
    got = rules["funding.got"]
    assert (got["fired"], got["articles"], got["rows"], got["kind"]) == (3, 2, 3, "fact")
    led = rules["investors.led"]
    assert led["kind"] == "join" and led["articles"] == 1 and led["fired"] >= 1 and led["rows"] == 0
    assert rules["funding.round"]["kind"] == "cue" and rules["funding.round"]["fired"] >= 1
    assert rules["sums.pre-post"]["fired"] == 0
    fired = [rule["fired"] for rule in told["rules"]]
    assert fired == sorted(fired, reverse=True)


def test_text_names_those_that_never_fired(run_cli: RunCli, tmp_path: Path) -> None:
    """A line each, those that never fired with their place, and how many there are of both."""
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    lines = run_cli("rules", "coverage", "a.txt").stdout.decode().splitlines()
    at = lines.index("never fired:")
    assert any(line.split()[:2] == ["funding.got", "fact"] for line in lines[:at])
    assert any(line.startswith("sums.pre-post") and "rules/facts/valuations.yaml:" in line for line in lines[at:])
    used, never = at - 2, len(lines) - at - 3
    assert lines[-1] == f"1 article: {used} of {used + never} rules and cues fired, {never} never"


def test_tidied_and_unreadable(run_cli: RunCli, tmp_path: Path) -> None:
    """Spaces that only set the text hide nothing; an article that is not there is told, and the others are counted: 3."""
    (tmp_path / "a.txt").write_text("壁仞科技获投 3 亿元。\n", "utf-8")
    run = run_cli("rules", "coverage", "a.txt", "nothing.txt", "-f", "json")
    rules = {rule["id"]: rule for rule in json.loads(run.stdout)["rules"]}
    assert run.returncode == 3 and rules["funding.got"]["fired"] == 1 and "no such file" in run.stderr.decode()


def test_only_one_file(run_cli: RunCli, tmp_path: Path) -> None:
    """The rules of one file of a folder of one's own; a path without rules is wrong usage."""
    own = tmp_path / "pack" / "facts" / "own.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("- {id: own.a, says: A., pattern: '{company}换手{money}', finds: ['云岭微换手[3亿元|order]']}\n", "utf-8")
    run = run_cli("rules", "test", "--rules", tmp_path / "pack", "--only", own)
    assert run.returncode == 1 and "'3亿元' is other" in run.stdout.decode()
    assert run.stdout.decode().splitlines()[-1] == "1 rules and cues, 1 examples: 1 failed"
    run = run_cli("rules", "test", "--only", tmp_path)
    assert run.returncode == 2 and "no file of the rules is there" in run.stderr.decode()
