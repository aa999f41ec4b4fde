"""Gold: what careful readers say a text states. One YAML file for many documents, every row tied to a context that occurs once.

    docs:
    - id: a01                     # its text is a01.txt or a01.md
      published: 2024-11-30
      facts:
        funding:
        - {in: "完成2亿元B轮融资", company: [云岭微, 云岭微电子], low: 2.0e+8, high: 2.0e+8, currency: CNY, round: B, status: completed}

A key may hold a list of accepted values; null says that the column is empty; a key left out is not judged; `optional: true` marks a row
that neither helps nor hurts; `fuzzy: true` accepts any days within the month or year of a date; `investors` and `lead_investors` are lists
of members.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chipfacts.errors import RuleError, UsageError
from chipfacts.model import KINDS, Kind, Span
from chipfacts.rulebook.source import Mapping as Entry
from chipfacts.rulebook.source import Place, Sequence, Text, read_yaml

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_MEMBERS = frozenset({"investors", "lead_investors"})
_COLUMNS = frozenset(
    (
        *("in", "at", "text", "optional", "fuzzy", "start", "end", "event"),
        *("company", "low", "high", "currency", "hedge", "round", "measure", "status", "hearsay", "date", "announced"),
        *("name", "nm", "chip", "foundry"),
    )
)
Values = tuple[str | None, ...]  # accepted values of a column, or the members of a list column; None is the empty cell


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One row that should come out: where it stands in its text, and what each judged column may hold."""

    kind: Kind
    place: Place
    span: Span
    values: Mapping[str, Values]
    is_optional: bool = False
    is_fuzzy: bool = False

    def __str__(self) -> str:
        shown = (f"{key}: {'/'.join(value or '(empty)' for value in values) or '(none)'}" for key, values in self.values.items())
        return f"{self.place.file}:{self.place.line}: " + ", ".join(shown)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document's gold before its text is known."""

    id: str
    place: Place
    published: str | None
    facts: Mapping[Kind, tuple[Entry, ...]] = field(default_factory=dict)

    def rows(self, text: str) -> list[GoldRow]:
        """The rows, each found in `text`; UsageError where a context does not occur exactly once."""
        return [_row(kind, entry, text) for kind, entries in self.facts.items() for entry in entries]


def read_gold(path: Path) -> list[GoldDocument]:
    """The documents of one gold file; UsageError names file, line and column of a mistake."""
    try:
        root = read_yaml(path, str(path))
        if not isinstance(root, Entry):
            raise UsageError(f"{path}: gold is a mapping with 'docs', a list of {{id: …, published: …, facts: …}}")
        if "docs" in root:
            return [_document(node, root) for node in _items(root, "docs")]
        facts = Entry({key: value for key, value in root.items() if key != "published"})  # one document, named like its file
        whole = Entry({"id": path.stem, "published": root.get("published"), "facts": facts})
        whole.place = facts.place = root.place
        return [_document(whole, root)]
    except RuleError as error:  # the reader is the rulebook's, the mistake is not in a rule
        raise UsageError(str(error)) from None


def _document(node: Any, owner: Entry) -> GoldDocument:
    if not isinstance(node, Entry) or "id" not in node:
        raise owner.place.error("a document of gold needs an 'id'")
    facts = node.get("facts")
    found: dict[Kind, tuple[Entry, ...]] = {}
    if isinstance(facts, Entry):
        for name in facts:
            if name not in KINDS:
                raise facts.place_of(name).error(f"no kind {name!r}; known: {', '.join(KINDS)}")
        found = {kind: tuple(_entry(item, facts) for item in _items(facts, kind)) for kind in KINDS if kind in facts}
    return GoldDocument(str(node["id"]), node.place, _scalar(node.get("published")), found)


def _items(owner: Entry, key: str) -> Sequence:
    node = owner[key]
    if isinstance(node, Text) and node in _NOTHING:
        return Sequence()
    if not isinstance(node, Sequence):
        raise owner.place.error(f"{key!r} must be a list")
    return node


def _entry(node: Any, owner: Entry) -> Entry:
    if not isinstance(node, Entry):
        raise owner.place.error("a row of gold is a mapping: {in: …, company: …}")
    for key in node:
        if key not in _COLUMNS | _MEMBERS:
            raise node.place_of(key).error(f"a row of gold has no key {key!r}; known: {', '.join(sorted(_COLUMNS | _MEMBERS))}")
    if "in" not in node and "at" not in node:
        raise node.place.error("a row of gold needs 'in', a context that occurs once in its text")
    return node


def _row(kind: Kind, entry: Entry, text: str) -> GoldRow:
    values = {key: tuple(_values(value)) for key, value in entry.items() if key not in ("optional", "fuzzy")}
    optional, fuzzy = (str(entry.get(key, "")) == "true" for key in ("optional", "fuzzy"))
    return GoldRow(kind, entry.place, _place(entry, text), values, optional, fuzzy)


def _place(entry: Entry, text: str) -> Span:
    if "at" in entry:
        start, end = (int(str(offset)) for offset in entry["at"])
        return Span(start, end)
    context = str(entry["in"])
    words = str(entry.get("text", context))
    times = text.count(context)
    if times != 1 or words not in context:
        what = f"{context!r} occurs {times} times in the text, not once" if times != 1 else f"{words!r} does not stand in {context!r}"
        raise UsageError(str(entry.place.error(what)))
    start = text.index(context) + context.index(words)
    return Span(start, start + len(words))


def _values(node: Any) -> Iterator[str | None]:
    for item in node if isinstance(node, Sequence) else (node,):
        yield _scalar(item)


def _scalar(node: Any) -> str | None:
    return None if node is None or (isinstance(node, Text) and node in _NOTHING) else str(node)
