"""What tests share: the project's folder, the command as a process, hand-made and generated facts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from chipfacts.model import KINDS, Fact, Span

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"

# Same examples every time: a test run depends on the code alone.
settings.register_profile("house", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("house")

RunCli = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run_cli(tmp_path: Path) -> RunCli:
    """Run the command in an empty folder; stdout and stderr are pipes."""

    def run(*args: str | Path, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "chipfacts", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=cwd or tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            timeout=120,
        )

    return run


def new_fact(**columns: Any) -> Fact:
    """A fact with the columns that matter to the test."""
    return Fact(**{"fact_id": "0123456789ab", "kind": "funding", "doc": "a.txt", **columns})


_text = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
_decimal = st.decimals(min_value=0, max_value=10**20, allow_nan=False, allow_infinity=False, places=3) | st.integers(0, 10**13).map(Decimal)
_span = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Span(*pair))
_tricky = st.sampled_from(
    [
        *("=1+1", "'=1+1", "''@x", "-", "- x", "\t=x", "＝x", "a; b", "a\\; b;"),
        *("no", "12:30", "010", "2024-05-01", "1e5", "~", "null", "_x0041_", "\x01_x005F_", "a\r\nb"),
    ]
)
_words = st.none() | _tricky | _text
_day = st.none() | st.sampled_from(["2024-05-01", "../2019", "2024-01/2024-09", "XXXX-09-12", "2016~"])
_spans = st.dictionaries(st.sampled_from(["company", "amount", "date"]), st.tuples(_span), max_size=2)
_list_spans = st.dictionaries(
    st.sampled_from(["investors", "lead_investors"]), st.lists(_span, min_size=1, max_size=3).map(tuple), max_size=2
)

facts = st.builds(
    Fact,
    fact_id=st.sampled_from(["0123456789ab", "123456789012", "1234e5678901", "e12345678901"]),
    kind=st.sampled_from(KINDS),
    doc=st.sampled_from(["a.txt", "news/b.md", "-", "=c.txt"]),
    company=_words,
    amount_low=st.none() | _decimal,
    amount_high=st.none() | _decimal,
    currency=st.none() | st.just("CNY"),
    hedge=st.none() | st.just("over"),
    round=_words,
    status=st.none() | st.just("completed"),
    hearsay=st.none() | st.booleans(),
    date=_day,
    date_low=st.none() | st.just("2024-05-01"),
    lead_investors=st.lists(_tricky | _text, max_size=2).map(tuple),
    investors=st.lists(_tricky | _text, max_size=3).map(tuple),
    chip=_words,
    node_nm=st.none() | st.sampled_from([Decimal("0.18"), Decimal(180), Decimal("7"), Decimal("1.80"), Decimal("1E+2")]),
    mentions=st.integers(1, 9),
    line=st.integers(1, 99),
    start=st.integers(0, 99),
    end=st.integers(0, 99),
    quote=_tricky | _text,
    rule=st.just("funding.closed"),
    spans=st.builds(lambda a, b: a | b, _spans, _list_spans),
)
