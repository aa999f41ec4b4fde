"""Process nodes: the table of tests/cases/nodes.yaml with spans, flags and near misses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from chipfacts.values.node import find_nodes

TABLE: dict[str, list[Any]] = yaml.load((Path(__file__).parent / "cases" / "nodes.yaml").read_text("utf-8"), yaml.BaseLoader)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"])
def test_nodes_with_their_spans(case: dict[str, Any]) -> None:
    """One match per node, with its span and whether it is a bare code."""
    view = case["text"]
    found = [(view[n.start : n.end], n.nm, "ambiguous" if n.ambiguous else "code" if n.code else "") for n in find_nodes(view)]
    assert found == [(row[0], Decimal(row[1]), row[2] if len(row) > 2 else "") for row in case["nodes"]]


@pytest.mark.parametrize("text", TABLE["near_misses"])
def test_near_miss_gives_nothing(text: str) -> None:
    """Wavelengths, thickness, particles and names are no nodes."""
    assert find_nodes(text) == []


def test_long_run_ends() -> None:
    """A hostile run of numbers and separators ends."""
    assert find_nodes("5/" * 20000 + "3nm")
