"""The rules' own tests: every example is run through the extractor, every veto is proven live, and the gazetteers are looked over."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import extract_document, find_drafts, prepare
from chipfacts.extract.scene import Scene
from chipfacts.review.arithmetic_trial import arithmetic_complaints
from chipfacts.review.assertion import complaints
from chipfacts.review.names import name_clashes, unknown_makers
from chipfacts.rulebook import Rulebook, load_rulebook, rules_folder
from chipfacts.rulebook.arithmetic import ArithmeticExample, read_arithmetic_examples
from chipfacts.rulebook.compile import compile_rules, rule_files
from chipfacts.rulebook.example import Example, Owner, read_owners
from chipfacts.rulebook.source import Place, shown_name

LIST_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where it stands; a gap (nothing exercises this) is told but fails nothing."""

    place: Place
    id: str
    message: str
    is_gap: bool = False

    def __str__(self) -> str:
        mark = "gap: " if self.is_gap else ""
        return f"{self.place.file}:{self.place.line}:{self.place.column}: {mark}{self.id}: {self.message}"


def test(rules: Sequence[Path] = (), *, rule: str | None = None, only: Sequence[Path] = ()) -> int:
    """Print what does not hold and how much was tried; 0, or 1 where an example fails. RuleError for an invalid rule.

    `rule` is the id of the only one to try, `only` are files and folders whose rules are.
    """
    trial = Trial(rules)
    owners, statements = trial.owners, trial.arithmetic
    if only:
        files = files_within(trial.folders, only)
        owners = [owner for owner in owners if owner.place.file in files]
        statements = [example for example in statements if example.place.file in files]
    if rule is not None:
        owners = [owner for owner in owners if owner.id == rule]
        statements = [example for example in statements if example.rule == rule]
        if not owners and not statements:
            raise UsageError(f"no rule or cue {rule!r}; `chipfacts rules list` shows them")
    problems = [problem for owner in owners for problem in trial.problems(owner)]
    problems += trial.problems_of_arithmetic(statements)
    problems += trial.problems_of_all() if rule is None and not only else []
    for problem in problems:
        print(problem)
    failed = [problem for problem in problems if not problem.is_gap]
    examples = sum(len(o.finds) + len(o.skips) + len(o.wants) for o in owners) + len(statements)
    count = len(owners) + len({example.rule for example in statements})
    verdict = f"{len(failed)} failed" if failed else "all hold"
    gaps = len(problems) - len(failed)
    print(f"{count} rules and cues, {examples} examples: {verdict}" + (f"; {gaps} gaps" if gaps else ""))
    return 1 if failed else 0


def files_within(folders: Sequence[Path], only: Sequence[Path]) -> frozenset[str]:
    """The files of the rules, as places name them, that certain paths are or hold; UsageError for a path that holds none."""
    places = {
        path.resolve(): shown_name(folder, path) for folder in folders for path in rule_files(folder)
    }
    chosen: set[str] = set()
    for path in only:
        root = path.resolve()
        found = {shown for place, shown in places.items() if place == root or root in place.parents}
        if not found:
            raise UsageError(f"{path}: no file of the rules is there; a folder of your own comes in with --rules")
        chosen |= found
    return frozenset(chosen)


def show(rules: Sequence[Path] = (), *, format: str = "text") -> int:
    """Print the rules and cues, one a line (or as JSON), then how many names the gazetteers hold; 0."""
    if format not in LIST_FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(LIST_FORMATS)}")
    rulebook = load_rulebook(rules)
    rows = [_row(owner) for owner in read_owners(_folders(rules))]
    examples = Counter(example.rule for example in read_arithmetic_examples(_folders(rules)))
    for check in rulebook.arithmetic:
        row = {"id": check.id, "kind": "check", "says": check.says, "offers": "", "patterns": len(check.patterns)}
        rows.append(row | {"examples": examples[check.id], "place": f"{check.place.file}:{check.place.line}"})
    if format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    width = max((len(row["id"]) for row in rows), default=0)
    place = max((len(row["place"]) for row in rows), default=0)
    for row in rows:
        counts = f"{row['patterns']:>3} patterns {row['examples']:>3} examples"
        print(f"{row['id']:<{width}}  {row['kind']:<5}{counts}  {row['place']:<{place}}  {row['says'] or row['offers']}".rstrip())
    orgs, chips = rulebook.entries()
    print(f"{len(rows)} rules and cues; gazetteers: {orgs} organisations, {chips} chips", file=sys.stderr)
    return 0


def _row(owner: Owner) -> dict[str, Any]:
    kind = {"cues": "cue", "facts": "fact", "joins": "join"}[owner.kind]
    examples = len(owner.finds) + len(owner.skips) + len(owner.wants)
    row: dict[str, Any] = {"id": owner.id, "kind": kind, "says": owner.says, "offers": owner.offers, "patterns": len(owner.patterns)}
    return row | {"examples": examples, "place": f"{owner.place.file}:{owner.place.line}"}


def _folders(rules: Sequence[Path]) -> list[Path]:
    return [rules_folder(), *rules]


def _cast(folders: Sequence[Path]) -> list[Path]:
    """The invented names that examples use (`examples/` of a rules folder): an example tests its rule, not the finding of names."""
    return [folder / "examples" for folder in folders if (folder / "examples").is_dir()]


class Trial:
    """The rules of the shipped folder and of further ones, tried by their own examples."""

    def __init__(self, rules: Sequence[Path] = ()) -> None:
        self.folders = _folders(rules)
        self.rulebook = load_rulebook([*rules, *_cast(self.folders)])
        self.owners = read_owners(self.folders)
        self.arithmetic = list(read_arithmetic_examples(self.folders))

    def problems(self, owner: Owner) -> Iterator[Problem]:
        """Everything about one rule or cue that is not as its examples say."""
        exercised: set[int] = set()
        for example in owner.finds:
            scenes = self._scenes(example, self.rulebook)
            matched = {index for scene in scenes for index in self._matched(scene, owner)}
            exercised |= matched
            found = complaints(example, extract_document(_document(example), self.rulebook))
            if not matched:
                found.append("it does not fire here")
            yield from (Problem(example.place, owner.id, f"{message}    in: {example.text}") for message in found)
        yield from self._skipped(owner)
        for example in owner.wants:
            if not complaints(example, extract_document(_document(example), self.rulebook)):
                yield Problem(example.place, owner.id, f"a want that is fulfilled: move it to finds    in: {example.text}")
        for index, pattern in enumerate(owner.patterns):
            if index not in exercised:
                yield Problem(pattern.place, owner.id, f"no example of its own matches this pattern: {pattern}", is_gap=True)
        for veto in owner.vetoes:
            if all(example.by != veto for example in owner.skips):
                yield Problem(owner.place, owner.id, f"the veto {veto!r} has no skip", is_gap=True)

    def problems_of_arithmetic(self, examples: Sequence[ArithmeticExample]) -> Iterator[Problem]:
        """What these examples of rules/arithmetic show."""
        yield from (Problem(*complaint) for complaint in arithmetic_complaints(examples, self.rulebook))

    def problems_of_all(self) -> Iterator[Problem]:
        """What no single rule is to blame for: an id used for a cue and a rule, a name in two gazetteer entries, a maker nobody knows."""
        seen: dict[str, Owner] = {}
        for owner in self.owners:
            other = seen.setdefault(owner.id, owner)
            if other is not owner:
                yield Problem(owner.place, owner.id, f"the id is also used at {other.place.file}:{other.place.line}")
        yield from (Problem(place, id, message) for place, id, message in name_clashes(self.folders))
        yield from (Problem(place, id, message, is_gap=True) for place, id, message in unknown_makers(self.folders))

    def _skipped(self, owner: Owner) -> Iterator[Problem]:
        for example in owner.skips:
            if any(self._matched(scene, owner) for scene in self._scenes(example, self.rulebook)):
                yield Problem(example.place, owner.id, f"it fires, though {example.by!r} should forbid it    in: {example.text}")
                continue
            number = owner.vetoes.index(example.by) if owner.vetoes else 0
            if not any(self._matched(scene, owner) for scene in self._scenes(example, self._unvetoed[number])):
                message = f"it would not fire without {example.by!r} either, so this proves nothing    in: {example.text}"
                yield Problem(example.place, owner.id, message)

    @cached_property
    def _unvetoed(self) -> list[Rulebook]:
        """Rulebook n lacks the n-th veto of every rule, and number 0 the exceptions of every cue: no veto bears on another rule's match."""
        book = compile_rules([*self.folders, *_cast(self.folders)])
        count = max([1, *(len(rule["unless"]) for rule in book["rules"])])
        bare = [cue | {"except": []} for cue in book["cues"]]
        found = []
        for number in range(count):
            rules = [rule | {"unless": dict(v for i, v in enumerate(rule["unless"].items()) if i != number)} for rule in book["rules"]]
            found.append(Rulebook(book | {"rules": rules, "cues": book["cues"] if number else bare}, f"{self.rulebook.digest}-{number}"))
        return found

    def scenes(self, example: Example) -> list[Scene]:
        """The sentences of an example as the rules see them."""
        return self._scenes(example, self.rulebook)

    @staticmethod
    def _scenes(example: Example, rulebook: Rulebook) -> list[Scene]:
        return find_drafts(_document(example), rulebook)[0]

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        """Rule id → the compiled text of a pattern → its number in the file."""
        return {rule["id"]: {pattern["regex"]: number for number, pattern in enumerate(rule["patterns"])} for rule in self.rulebook.rules()}

    def _matched(self, scene: Scene, owner: Owner) -> set[int]:
        """The numbers of the rule's patterns that match; for a cue, 0 where its words stand."""
        if owner.kind == "cues":
            return {0} if any(hit.cue.id == owner.id for hit in scene.cues) else set()
        return {self._numbers[owner.id][match.rule.regex.pattern] for match in scene.matches if match.rule.id == owner.id}


def _document(example: Example) -> Any:
    return prepare("example", example.text, example.published, "option" if example.published else "")
