"""Measured against gold: per kind precision, recall and F1, per column how often it is right, and what was missed or wrong.

A row is right where every core column agrees. Gold and rows are paired one to one within document and kind, as many right pairs as can be.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.model import KINDS, Document, Fact, Kind, Span
from chipfacts.review.agree import Judge, judged
from chipfacts.review.gold import GoldDocument, GoldRow, read_gold
from chipfacts.review.pairing import pair
from chipfacts.rulebook import Rulebook

SCORE_FORMATS = ("text", "json")
_MONEY: frozenset[Kind] = frozenset({"funding", "valuation", "amount"})
_MEMBERS = ("lead_investors", "investors")
_NAMES = (*KINDS, *_MEMBERS)


@dataclass(slots=True)
class Count:
    """Right, wrong and missed of one kind (or list column); `columns` counts agreement where a row stands at gold's place."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    columns: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def precision(self) -> float:
        """1 where nothing came out."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """1 where nothing was wanted."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> dict[str, Any]:
        """As JSON carries it."""
        rates = {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4)}
        columns = {key: round(seen[True] / seen.total(), 4) for key, seen in self.columns.items()}
        return {"right": self.right, "wrong": self.wrong, "missed": self.missed, **rates} | ({"columns": columns} if columns else {})


@dataclass(slots=True)
class Score:
    """The counts of one or many documents by kind and list column, and the rows that were missed or wrong, as text."""

    counts: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in _NAMES})
    errors: list[str] = field(default_factory=list)


def run(
    gold: Sequence[Path],
    documents: Iterable[Document],
    rulebook: Rulebook,
    *,
    errors: bool = False,
    floors: Sequence[str] = (),
    format: str = "text",
) -> int:
    """Print the score of the documents that gold speaks of; 1 where an F1 is below its floor (`funding=0.8`), else 0."""
    least = _read_floors(floors)
    if format not in SCORE_FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(SCORE_FORMATS)}")
    if not gold:
        raise UsageError("no gold: name at least one .yaml file of it before the texts")
    score = score_documents([document for path in gold for document in read_gold(path)], documents, rulebook)
    if format == "json":
        shown: dict[str, Any] = {name: score.counts[name].row() for name in _NAMES}
        print(json.dumps(shown | ({"errors": score.errors} if errors else {}), ensure_ascii=False, indent=1))
    else:
        for line in [*(score.errors if errors else ()), *_table(score)]:
            print(line)
    short = [f"{name} {score.counts[name].f1:.3f} < {floor:g}" for name, floor in least.items() if score.counts[name].f1 < floor]
    if short and format == "text":
        print("below the floor: " + ", ".join(short))
    return int(bool(short))


def score_documents(gold: Sequence[GoldDocument], documents: Iterable[Document], rulebook: Rulebook) -> Score:
    """The score over all documents of `gold`; UsageError where one's text is not among `documents`."""
    texts: dict[str, Document] = {}
    for document in documents:
        stem = document.id.rpartition("/")[2].rpartition(".")[0] or document.id
        if stem in texts and texts[stem].text != document.text:
            raise UsageError(f"two different texts are named {stem}: {texts[stem].id} and {document.id}")
        texts[stem] = document
    judge = Judge(rulebook)
    score = Score()
    for wanted in gold:
        found = texts.get(wanted.id)
        if found is None:
            message = f"no text for {wanted.id!r}: neither {wanted.id}.txt nor {wanted.id}.md is below the given paths"
            raise UsageError(str(wanted.place.error(message)))
        document = prepare(found.id, found.text, wanted.published, "sources" if wanted.published else "")
        _judge_document(wanted.rows(found.text), extract_document(document, rulebook), document, judge, score)
    return score


def _judge_document(gold: list[GoldRow], facts: list[Fact], document: Document, judge: Judge, score: Score) -> None:
    for kind in KINDS:
        wanted = [row for row in gold if row.kind == kind]
        got = [fact for fact in facts if fact.kind == kind]
        must = [row for row in wanted if not row.is_optional]
        ordered = must + [row for row in wanted if row.is_optional]
        owner = pair([[judge.is_right(row, fact) for fact in got] for row in ordered])
        seated = set(owner.values())
        missed = [row for number, row in enumerate(must) if number not in seated and not _is_waived(row, gold, facts)]
        excused = [row.span for row in gold if row.is_optional and (row.kind == kind or (kind in _MONEY and row.kind in _MONEY))]
        wrong = [fact for number, fact in enumerate(got) if number not in owner and not any(_span(fact).touches(span) for span in excused)]
        count = score.counts[kind]
        count.right += sum(number < len(must) for number in seated)
        count.wrong += len(wrong)
        count.missed += len(missed)
        score.errors += [f"MISSED {kind} {row}" for row in missed]
        score.errors += [f"WRONG  {kind} {document.id}:{fact.line}: {_shown(fact)}" for fact in wrong]
        _judge_columns(ordered, got, owner, judge, count)
        if kind == "funding":
            for number, place in owner.items():
                _judge_members(ordered[place], got[number], judge, score)


def _is_waived(row: GoldRow, gold: list[GoldRow], facts: list[Fact]) -> bool:
    """A sum that gold also allows as another money kind (optional there) is not missed where that kind came out."""
    if row.kind not in _MONEY:
        return False
    others = {other.kind for other in gold if other.kind in _MONEY - {row.kind} and other.is_optional and other.span.touches(row.span)}
    return any(fact.kind in others and _span(fact).touches(row.span) for fact in facts)


def _judge_columns(gold: list[GoldRow], facts: list[Fact], owner: dict[int, int], judge: Judge, count: Count) -> None:
    """Right pairs, then rows that at least stand where gold says, column by column."""
    pairs = [(gold[place], facts[number]) for number, place in owner.items()]
    left = [row for place, row in enumerate(gold) if place not in set(owner.values())]
    free = [fact for number, fact in enumerate(facts) if number not in owner]
    near = pair([[row.span.touches(_span(fact)) for fact in free] for row in left])
    for row, fact in [*pairs, *((left[place], free[number]) for number, place in near.items())]:
        for key in judged(row):
            count.columns[key][judge.agrees(row, key, fact)] += 1


def _judge_members(row: GoldRow, fact: Fact, judge: Judge, score: Score) -> None:
    for column in _MEMBERS:
        if column not in row.values:
            continue
        wanted = [name for name in row.values[column] if name]
        got: tuple[str, ...] = getattr(fact, column)
        right = len(pair([[judge.same_name(name, other) for other in got] for name in wanted]))
        count = score.counts[column]
        count.right += right
        count.wrong += len(got) - right
        count.missed += len(wanted) - right


def _table(score: Score) -> Iterable[str]:
    yield f"{'':15}{'right':>6}{'wrong':>6}{'missed':>7}{'P':>8}{'R':>7}{'F1':>7}   columns right, of rows that stand where gold says"
    for name in _NAMES:
        count = score.counts[name]
        columns = "  ".join(f"{key} {seen[True] / seen.total():.2f}" for key, seen in count.columns.items())
        numbers = f"{count.right:>6}{count.wrong:>6}{count.missed:>7}{count.precision:>8.3f}{count.recall:>7.3f}{count.f1:>7.3f}"
        yield f"{name:15}{numbers}   {columns}".rstrip()


def _read_floors(floors: Sequence[str]) -> dict[str, float]:
    least: dict[str, float] = {}
    for floor in floors:
        name, _, value = floor.partition("=")
        try:
            least[name] = float(value)
        except ValueError:
            least[name] = -1.0
        if name not in _NAMES or not 0 <= least[name] <= 1:
            raise UsageError(f"a floor is KIND=F1 such as funding=0.8, not {floor!r}; kinds: {', '.join(_NAMES)}")
    return least


def _span(fact: Fact) -> Span:
    return Span(fact.start, fact.end)


_SHOWN = (
    *("company", "amount_low", "amount_high", "currency", "hedge", "measure", "round", "status"),
    *("chip", "node_nm", "foundry", "date", "date_low", "date_high"),
)


def _shown(fact: Fact) -> str:
    filled = {column: getattr(fact, column) for column in _SHOWN if getattr(fact, column) not in (None, "", ())}
    return ", ".join(f"{column}: {value}" for column, value in filled.items()) + f" | {' '.join(fact.quote.split())} | {fact.rule}"
