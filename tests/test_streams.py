"""Streams and folders that refuse: a sentence and an exit code, never a traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.rulebook.cache import cache_file


def test_a_full_disk_behind_standard_output() -> None:
    """Exit status 2 and what the system says."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "chipfacts", "ledger", SEEDS], stdout=out, stderr=subprocess.PIPE, cwd=ROOT, check=False
        )
    assert (done.returncode, done.stderr) == (2, b"chipfacts: standard output: no space left on device\n")


def test_closed_streams() -> None:
    """Nobody listens, nobody speaks: the work is done all the same."""
    line = f"'{sys.executable}' -m chipfacts extract - -q <&- >&-"
    done = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 3)


def test_a_terminal_without_chinese(run_cli: RunCli) -> None:
    """What the encoding lacks is shown as escapes."""
    done = run_cli("ledger", SEEDS, PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and b"\\u" in done.stdout


def test_a_cache_that_may_not_be_entered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's home: no cache, only slower."""

    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refuse)
    assert cache_file("rules-0.json") is None


def test_score_without_gold(run_cli: RunCli) -> None:
    """Nothing against nothing is no perfect score."""
    done = run_cli("score", SEEDS)
    assert (done.returncode, done.stderr) == (2, b"chipfacts: no gold: name at least one .yaml file of it before the texts\n")


def test_a_rule_into_a_folder_that_cannot_be_made(run_cli: RunCli, tmp_path: Path) -> None:
    """A file stands where a folder is wanted."""
    (tmp_path / "rules").write_text("", "utf-8")
    sentence = "[云岭微|company]终于落袋[3亿元|round]融资款"
    done = run_cli("rules", "new", "--id", "funding.own", "-o", "rules/facts/own.yaml", "--sentence", sentence)
    assert done.returncode == 2 and b"Traceback" not in done.stderr
