"""Kept patterns are only faster: the same rows with and without them, and whatever the file holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

SEED = sorted((ROOT / "seeds").glob("*.txt"))[0]


def rows(cache: Path) -> bytes:
    """What a new process prints of one seed with this cache folder."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "chipfacts", "extract", str(SEED), "-f", "jsonl"]
    return subprocess.run(command, capture_output=True, check=True, env=env).stdout


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder of its own, filled by one run."""
    folder = tmp_path_factory.mktemp("cache")
    rows(folder)
    return folder


def test_recalled_patterns_give_the_same_rows(cache: Path, tmp_path: Path) -> None:
    """The first run compiles, the second recalls."""
    assert list(cache.glob("chipfacts/patterns-*.bin"))
    assert rows(cache) == rows(tmp_path) != b""


def test_a_damaged_file_is_no_file(cache: Path) -> None:
    """Cut off, changed or empty: patterns are compiled as ever."""
    (path,) = cache.glob("chipfacts/patterns-*.bin")
    whole, expected = path.read_bytes(), rows(cache)
    for damaged in (b"", whole[:1000], whole[:-1] + bytes([whole[-1] ^ 1])):
        path.write_bytes(damaged)
        assert rows(cache) == expected
    path.write_bytes(whole)
