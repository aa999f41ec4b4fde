"""Rounds: the table of tests/cases/rounds.yaml with spans and near misses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chipfacts.values.round import find_rounds

TABLE: dict[str, list[Any]] = yaml.load((Path(__file__).parent / "cases" / "rounds.yaml").read_text("utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"])
def test_rounds_with_their_spans(case: dict[str, Any]) -> None:
    """One match per round in canonical spelling."""
    view = case["text"]
    assert [[view[r.start : r.end], r.round] for r in find_rounds(view)] == case["rounds"]


@pytest.mark.parametrize("text", TABLE["near_misses"])
def test_near_miss_gives_nothing(text: str) -> None:
    """Ordinals, shares, people and products are no rounds."""
    assert find_rounds(text) == []


def test_long_run_ends() -> None:
    """A hostile run of letters and separators ends."""
    assert find_rounds("A、" * 20000) == []
