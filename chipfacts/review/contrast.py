"""Two statements held against each other: what they are about, their quotes side by side, whether they agree, refine or contradict."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from chipfacts.sheet.table import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["contradict", "refine", "agree"]
VERDICTS: tuple[Verdict, ...] = ("contradict", "refine", "agree")
_LONGEST = 72


@dataclass(frozen=True, slots=True)
class Side:
    """One statement: its quote and place, and its value in words."""

    doc: str
    line: int
    start: int
    end: int
    quote: str
    says: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """What is held against what: `check` names the kind of check, `about` the subject, `why` the ground in a few words."""

    verdict: Verdict
    check: str
    about: str
    why: str
    sides: tuple[Side, ...]


def print_contrasts(contrasts: Sequence[Contrast], format: str, shows_all: bool) -> None:
    """Contradictions, then refinements, then (where asked for) agreements; then their number. JSON has all of them."""
    counts = Counter(contrast.verdict for contrast in contrasts)
    if format == "json":
        body = {"counts": {verdict: counts[verdict] for verdict in VERDICTS}, "contrasts": [asdict(contrast) for contrast in contrasts]}
        print(json.dumps(body, ensure_ascii=False, indent=1))
        return
    for contrast in contrasts:
        if contrast.verdict != "agree" or shows_all:
            print(f"{contrast.verdict}: {harmless(contrast.about)}: {harmless(contrast.why)}")
            width = max(len(_place(side)) for side in contrast.sides)
            for side in contrast.sides:
                says = f"  [{harmless(side.says)}]" if side.says else ""
                print(f"  {_place(side):<{width}}  {_cut(side.quote)}{says}")
    print(f"{counts['contradict']} contradict, {counts['refine']} refine, {counts['agree']} agree")


def _place(side: Side) -> str:
    return f"{harmless(side.doc)}:{side.line}"


def _cut(text: str) -> str:
    plain = harmless(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
