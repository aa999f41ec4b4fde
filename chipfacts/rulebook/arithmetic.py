"""rules/arithmetic: statements about numbers that can be recomputed, and the texts that show which hold.

A pattern is a rule's, with `{money}` the sum arrived at, `{sum}` the one it is held against and `{pct}` a
percentage or a multiple (2倍, 1.5x).
An example says whether its text's arithmetic holds: `{text: …, holds: yes}`; a skip is a text about which nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chipfacts.rulebook import schema
from chipfacts.rulebook.pattern import PatternError, compile_pattern
from chipfacts.rulebook.source import Mapping, Place, Text, read_yaml, shown_name
from chipfacts.rulebook.source import Sequence as Items
from chipfacts.text.fold import fold

FOLDER = "arithmetic"
# What a pattern must mention for its relation to be computed.
_ROLES = {
    "growth": {"money", "sum", "pct"},  # money is sum × (1 + pct)
    "decline": {"money", "sum", "pct"},  # money is sum × (1 − pct)
    "multiple": {"money", "sum", "pct"},  # money is sum × pct
    "growth_by_times": {"money", "sum", "pct"},  # money is sum × pct or sum × (pct + 1): both are said
    "total": {"money", "sum"},  # money is the sum of all of sum
    "measures": {"pct"},  # of the two measures of the clause, the first is the second × pct
}
_KEYS = {"required": frozenset({"id", "says", "relation", "finds"}), "optional": frozenset({"pattern", "patterns", "unless", "skips"})}
_EXAMPLE_KEYS = {"required": frozenset({"text"}), "optional": frozenset({"holds", "by"})}
_SIDES = frozenset({"before", "inside", "after"})


@dataclass(frozen=True, slots=True)
class ArithmeticExample:
    """A text and what is claimed of it: that it holds, that it does not, or nothing (a skip, `by` a veto)."""

    rule: str
    place: Place
    text: str
    holds: bool | None
    by: str = ""


def read_arithmetic(node: object) -> dict[str, Any]:
    """One rule, checked and compiled; RuleError with the place of a mistake."""
    rule = schema.check_keys(node, _KEYS, "an arithmetic rule")
    relation = schema.check_choice(schema.check_text(rule["relation"], rule, "relation"), frozenset(_ROLES), "relation")
    sources = [rule["pattern"]] if "pattern" in rule else list(rule.get("patterns") or ())
    if not sources:
        raise rule.place.error("an arithmetic rule needs 'pattern' or 'patterns'")
    patterns = []
    for source in sources:
        try:
            compiled = compile_pattern(fold(schema.check_text(source, rule, "pattern")))
        except PatternError as error:
            raise source.place.error(f"column {error.column + 1} of the pattern: {error}") from None
        if set(compiled.roles) != _ROLES[relation]:
            raise source.place.error(f"a pattern of relation {relation} mentions {', '.join(sorted(_ROLES[relation]))} and nothing else")
        patterns.append({"regex": f"(?i:{compiled.regex})", "needs": list(compiled.needs)})
    return {
        "id": str(schema.check_text(rule["id"], rule, "id")),
        "file": rule.place.file,
        "line": rule.place.line,
        "says": str(rule["says"]),
        "relation": relation,
        "patterns": patterns,
        "unless": {name: _veto(veto, rule) for name, veto in _vetoes(rule).items()},
    }


def _vetoes(rule: Mapping) -> Mapping:
    node = rule.get("unless", Mapping())
    if not isinstance(node, Mapping):
        raise rule.place_of("unless").error("'unless' names vetoes: {more: {inside: a|b}}")
    return node


def _veto(node: object, rule: Mapping) -> dict[str, list[str]]:
    if not isinstance(node, Mapping) or not set(node) <= _SIDES:
        raise rule.place.error("a veto says words: {before: a|b}, {inside: a|b} or {after: a|b}")
    return {side: [fold(word).lower() for word in str(words).split("|")] for side, words in node.items()}


def read_arithmetic_examples(folders: Sequence[Path]) -> Iterator[ArithmeticExample]:
    """The examples of every arithmetic rule of the folders."""
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*.yaml")):
            for rule in read_yaml(path, shown_name(folder, path)) or ():
                for name in ("finds", "skips"):
                    yield from _examples(rule, name)


def _examples(rule: Mapping, name: str) -> Iterator[ArithmeticExample]:
    node = rule.get(name, Items())
    if not isinstance(node, Items):
        raise rule.place.error(f"{name!r} must be a list of examples")
    for item in node:
        example = schema.check_keys(item, _EXAMPLE_KEYS, f"an example of {name!r}")
        text = schema.check_text(example["text"], example, "text")
        holds = None
        if name == "finds":
            said = schema.check_choice(example.get("holds", Text("")), frozenset({"yes", "no"}), "holds") if "holds" in example else None
            if said is None:
                raise example.place.error("an example of 'finds' says whether it holds: yes or no")
            holds = said == "yes"
        elif example.get("by") not in _vetoes(rule):
            raise example.place.error(f"a skip says in 'by' which veto forbids it: {', '.join(_vetoes(rule)) or '(there is none)'}")
        yield ArithmeticExample(str(rule["id"]), example.place, str(text), holds, str(example.get("by", "")))
