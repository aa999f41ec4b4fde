"""`chipfacts rules coverage`: which rules and cues fired on some articles, how often, how many rows are theirs, and which never did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from chipfacts.extract.pipeline import read_closely
from chipfacts.model import Document
from chipfacts.review.reason import base_of
from chipfacts.rulebook import Rulebook

FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one rule or cue: in how many articles it fired, how often (a cue: its words stood there), how many rows carry its id."""

    id: str
    kind: str
    place: str
    articles: int
    fired: int
    rows: int


def coverage(documents: Iterable[Document], book: Rulebook, currency: str | None = None) -> tuple[list[Coverage], int]:
    """The coverage of every rule and cue, in the order of the files, and of how many articles."""
    fired: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    count = 0
    for document in documents:
        count += 1
        reading = read_closely(document, book)
        # Two patterns of a rule, or a word within a word of a cue, that begin at one place are one.
        cues = {(scene.sentence.index, hit.cue.id, hit.start) for scene in reading.scenes for hit in scene.cues}
        rules = {(scene.sentence.index, match.rule.id, match.start) for scene in reading.scenes for match in scene.matches}
        here = Counter(id for _, id, _ in cues | rules)
        fired += here
        articles.update(here.keys())
        rows.update(base_of(fact.rule) for _, fact in reading.rows(currency))
    kinds = {cue.id: "cue" for cue in book.cues} | {rule["id"]: rule["family"].removesuffix("s") for rule in book.rules()}
    return [Coverage(id, kind, book.places[id], articles[id], fired[id], rows[id]) for id, kind in kinds.items()], count


def show(found: list[Coverage], count: int, format: str) -> None:
    """Print the coverage: those that fired, the most frequent first; then those that never did."""
    ranked = sorted(found, key=lambda c: (-c.fired, c.id))
    used, never = [c for c in ranked if c.fired], [c for c in found if not c.fired]
    if format == "json":
        record = [{"id": c.id, "kind": c.kind, "place": c.place, "articles": c.articles, "fired": c.fired, "rows": c.rows} for c in ranked]
        print(json.dumps({"articles": count, "rules": record}, ensure_ascii=False, indent=1))
        return
    wide = max((len(c.id) for c in found), default=0)
    print(f"{'':<{wide}}  kind  fired  articles  rows")
    for c in used:
        print(f"{c.id:<{wide}}  {c.kind:<4}  {c.fired:>5}  {c.articles:>8}  {c.rows:>4}")
    if never:
        print("\nnever fired:")
    for c in never:
        print(f"{c.id:<{wide}}  {c.kind:<4}  {c.place}")
    articles = "1 article" if count == 1 else f"{count} articles"
    print(f"\n{articles}: {len(used)} of {len(found)} rules and cues fired, {len(never)} never")
