"""The examples that stand beside every rule and cue: what must come out of a text, what must not, what is known to be missing.

A text marks what it gives: `[云岭微|company]完成[超3亿元|amount|300000000..|CNY]融资`, as `[surface|label|value|currency]` with a span key
or, on a sum, a measure as label. Or a mapping says which rows come out: `{text: …, published: …, before: …, rows: [{kind: funding}]}`.
A skip is `{text: …, by: veto}`. `before` is a sentence in front of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from chipfacts.errors import RuleError
from chipfacts.model import COLUMNS, KINDS, Span
from chipfacts.rulebook import schema
from chipfacts.rulebook.compile import rule_files
from chipfacts.rulebook.source import Mapping, Place, Text, read_yaml, shown_name
from chipfacts.rulebook.source import Sequence as Items

SPAN_LABELS = frozenset(
    ("company", "amount", "round", "status", "date", "announced", "chip", "node_nm", "foundry", "event", "investors", "lead_investors")
)
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]]*)\]")
_KEYS = {"required": frozenset({"text"}), "optional": frozenset({"published", "before", "rows", "by"})}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked run of an example's text: its span, its label and, where said, its value and currency."""

    span: Span
    label: str
    value: str = ""
    currency: str = ""

    def bounds(self) -> tuple[Decimal | None, Decimal | None] | None:
        """The interval an amount's value says: `5`, `5..`, `..5` or `5..6`; None where it says nothing."""
        if not self.value:
            return None
        low, dots, high = self.value.partition("..")
        first = Decimal(low) if low else None
        return first, (Decimal(high) if high else None) if dots else first


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its text without marks, and what is asserted of it."""

    place: Place
    text: str
    marks: tuple[Mark, ...] = ()
    rows: tuple[dict[str, str], ...] = ()
    published: str | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """A rule or cue with its examples. `patterns` and `vetoes` are what the examples must exercise; a cue has neither."""

    id: str
    kind: str  # cues, facts or joins
    says: str
    offers: str  # of a cue
    place: Place
    patterns: tuple[Text, ...] = ()
    vetoes: tuple[str, ...] = ()
    finds: tuple[Example, ...] = ()
    skips: tuple[Example, ...] = ()
    wants: tuple[Example, ...] = ()


def read_owners(folders: Sequence[Path]) -> list[Owner]:
    """Every rule and cue of the rule folders, in reading order; a later folder replaces by id. RuleError for an unreadable example."""
    owners: dict[str, Owner] = {}
    for folder in folders:
        for path in rule_files(folder):
            if path.parent.name in ("cues", "facts", "joins"):
                shown = shown_name(folder, path)
                for owner in _owners(read_yaml(path, shown), path.parent.name):
                    owners[owner.id] = owner
    return list(owners.values())


def _owners(root: object, kind: str) -> Iterator[Owner]:
    for node in root if isinstance(root, Items) else ():
        keys, what = (schema.CUE_KEYS, "a cue") if kind == "cues" else (schema.RULE_KEYS, "a rule")
        entry = schema.check_keys(node, keys, what)
        patterns = (entry["pattern"],) if "pattern" in entry else tuple(entry.get("patterns") or ())
        vetoes = tuple(entry.get("unless") or ()) if kind != "cues" else ()
        known = frozenset(vetoes) | ({"except"} if kind == "cues" and entry.get("except") else frozenset())
        finds = _examples(entry, "finds")
        if not finds:
            raise entry.place.error(f"{what} needs 'finds': examples that prove it")
        yield Owner(
            str(entry["id"]), kind, str(entry.get("says", "")), str(entry.get("offers", "")), entry.place, patterns, vetoes,
            finds, _skips(entry, known), _examples(entry, "wants"),
        )  # fmt: skip


def _examples(entry: Mapping, name: str) -> tuple[Example, ...]:
    node = entry.get(name)
    if node is None:
        return ()
    if not isinstance(node, Items):
        raise entry.place.error(f"{name!r} must be a list of examples")
    found = tuple(_example(item, entry, name) for item in node)
    for example in found:
        if not example.marks and not example.rows:
            raise example.place.error(f"an example of {name!r} asserts nothing: mark a run, [surface|label], or give 'rows'")
    return found


def _skips(entry: Mapping, vetoes: frozenset[str]) -> tuple[Example, ...]:
    node = entry.get("skips")
    if node is None:
        return ()
    if not isinstance(node, Items):
        raise entry.place.error("'skips' must be a list of examples")
    found = tuple(_example(item, entry, "skips") for item in node)
    for example in found:
        if example.by not in vetoes:
            known = ", ".join(sorted(vetoes)) or "(there is none)"
            raise example.place.error(f"a skip says in 'by' which veto forbids it: {known}")
    return found


def _example(node: object, entry: Mapping, name: str) -> Example:
    if isinstance(node, Text):
        text, marks = read_marks(node, 0)
        return Example(node.place, text, marks)
    body = schema.check_keys(node, _KEYS, f"an example of {name!r}")
    marked = schema.check_text(body["text"], body, "text")
    before = str(body.get("before", ""))
    text, marks = read_marks(marked, len(before))
    rows = tuple(_row(row, body) for row in body.get("rows") or ())
    published = str(body["published"]) if body.get("published") else None
    return Example(body.place, before + text, marks, rows, published, str(body.get("by", "")))


def _row(node: object, body: Mapping) -> dict[str, str]:
    if not isinstance(node, Mapping):
        raise body.place.error("'rows' must be a list of mappings: {kind: funding, round: B}")
    for column in node:
        if column not in COLUMNS:
            raise node.place_of(column).error(f"a row has no column {column!r}; known: {', '.join(COLUMNS)}")
    if node.get("kind") not in KINDS:
        raise node.place.error(f"a row says its kind: one of: {', '.join(KINDS)}")
    return {column: str(value) for column, value in node.items()}


def read_marks(marked: Text, offset: int) -> tuple[str, tuple[Mark, ...]]:
    """A marked text as plain text and its marks, whose spans begin at `offset`; RuleError for a mark that says nothing known."""
    pieces: list[str] = []
    marks: list[Mark] = []
    at = 0
    size = offset
    for match in _MARK.finditer(marked):
        pieces += (marked[at : match.start()], match[1])
        size += match.start() - at
        label, value, currency = (*match[2].split("|"), "", "")[:3]
        mark = Mark(Span(size, size + len(match[1])), label, value, currency)
        _check_mark(mark, marked, match.start())
        marks.append(mark)
        size += len(match[1])
        at = match.end()
    return "".join((*pieces, marked[at:])), tuple(marks)


def _check_mark(mark: Mark, marked: Text, column: int) -> None:
    if mark.label not in SPAN_LABELS and mark.label not in schema.MEASURE_KIND:
        raise _error(marked, column, f"no label {mark.label!r}; a label is a measure or one of: {', '.join(sorted(SPAN_LABELS))}")
    if mark.label == "amount":
        try:
            mark.bounds()
        except InvalidOperation:
            raise _error(marked, column, f"{mark.value!r} is no amount: 300000000, 300000000.., ..5 or 5..6") from None


def _error(marked: Text, column: int, message: str) -> RuleError:
    """An error in the middle of a scalar; its column is counted from where the scalar begins, quote included."""
    place = marked.place
    shift = column + (place.text[place.column - 1 : place.column] in ("'", '"'))
    return Place(place.file, place.line, place.column + shift, place.text).error(message)
