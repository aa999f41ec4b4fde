"""The seeds give the sheets in tests/golden; `make golden` rewrites them, and their diff is what a change of rules is judged by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.sheet import read_rows
from chipfacts.sheet.order import by_place

GOLDEN = ROOT / "tests" / "golden"


def facts_of(sheet: bytes) -> list[str]:
    """The lines of a sheet but for the version and the rules' digest, which change without any fact."""
    return [line for line in sheet.decode("utf-8").split("\n") if not line.startswith(("chipfacts: ", "rules: "))]


@pytest.mark.parametrize("name", ["seeds.yaml", "seeds.csv", "seeds.jsonl"])
def test_seeds_give_the_golden_sheet(run_cli: RunCli, name: str) -> None:
    """Line by line, so that a failure shows the facts that were gained, lost or altered."""
    run = run_cli("extract", SEEDS, "-f", name.rpartition(".")[2], "--quiet")
    assert run.returncode == 0, run.stderr.decode()
    assert facts_of(run.stdout) == facts_of((GOLDEN / name).read_bytes())


def test_formats_carry_the_same_rows() -> None:
    """YAML and JSON Lines alike, spans included; CSV the same but for the spans."""
    sheets = {suffix: by_place(read_rows(GOLDEN / f"seeds.{suffix}")) for suffix in ("yaml", "jsonl", "csv")}
    assert sheets["yaml"] == sheets["jsonl"]
    assert sheets["csv"] == tuple(replace(fact, spans={}) for fact in sheets["yaml"])
