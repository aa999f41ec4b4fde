"""The compiled rulebook: gazetteer look-up, cue words and patterns, each behind one automaton that is built when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from chipfacts.rulebook.gazetteer import Entry, Gazetteer, NameHit, Squeezed
from chipfacts.rulebook.pattern import CHAR_KINDS
from chipfacts.rulebook.source import Place


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that offer a mention a role; see rules/README.md."""

    id: str
    offers: str
    words: tuple[str, ...]
    exceptions: tuple[str, ...]
    side: str
    reach: float
    weight: float
    decay: float


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a rule with what it sets and what forbids it."""

    id: str
    family: str
    regex: re.Pattern[str]
    roles: tuple[str, ...]
    sets: dict[str, str]
    unless: dict[str, dict[str, list[str]]]
    weight: float


@dataclass(frozen=True, slots=True)
class ArithmeticRule:
    """Patterns in which two sums and a ratio say something that can be recomputed: `relation` says what; see rules/README.md."""

    id: str
    says: str
    place: Place
    relation: str
    patterns: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]  # each with texts one of which must be there
    unless: dict[str, dict[str, list[str]]]


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue's word at a place of a skeleton."""

    cue: Cue
    start: int
    end: int


class Rulebook:
    """Everything rules/ says, ready to be asked; immutable, so one may be shared by threads."""

    def __init__(self, book: dict[str, Any], digest: str) -> None:
        self._book = book
        self.digest = digest
        self._regexes: dict[tuple[int, int], Rule] = {}
        self._unions: dict[tuple[str, ...], tuple[frozenset[str], tuple[str, ...]]] = {}

    @cached_property
    def _orgs(self) -> Gazetteer:
        return Gazetteer(self._book["orgs"], is_chip=False)

    @cached_property
    def _chips(self) -> Gazetteer:
        return Gazetteer(self._book["chips"], is_chip=True)

    def find_names(self, view: str) -> tuple[list[NameHit], list[NameHit]]:
        """Organisations and chips of the gazetteers in `view`, each leftmost-longest, in order."""
        squeezed = Squeezed(view)
        return self._orgs.find(view, squeezed), self._chips.find(view, squeezed)

    def org(self, key: str) -> Entry | None:
        """The entry an organisation's squeezed name stands for, where it is listed and not shared."""
        found = self._orgs.named(key)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _word_sets(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self._book["words"].items()}

    def words(self, name: str) -> frozenset[str]:
        """A named list of rules/names (folded, lower case); empty where no file has it."""
        return self._word_sets.get(name, frozenset())

    def words_of(self, *names: str) -> frozenset[str]:
        """The union of several lists."""
        return self._united(names)[0]

    def tuple_of(self, *names: str) -> tuple[str, ...]:
        """The union of several lists, for startswith and endswith."""
        return self._united(names)[1]

    def _united(self, names: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
        found = self._unions.get(names)
        if found is None:
            words = frozenset[str]().union(*map(self.words, names))
            found = self._unions.setdefault(names, (words, tuple(sorted(words))))
        return found

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue, in file order."""
        return tuple(
            Cue(c["id"], c["offers"], tuple(c["words"]), tuple(c["except"]), c["side"], c["reach"], c["weight"], c["decay"])
            for c in self._book["cues"]
        )

    @cached_property
    def _trigger(self) -> _Triggers:
        return _Triggers(self.cues, self._book["rules"])

    def may_match_bare(self, skeleton: str) -> bool:
        """False where no pattern can match this lower-case skeleton, for it holds no mention and nearly all patterns hold one."""
        return any(word in skeleton for word in self._trigger.bare)

    def triggers(self, skeleton: str) -> list[Trigger]:
        """The fixed texts of cues and patterns in a lower-case skeleton, in order of their ends."""
        return self._trigger.find(skeleton)

    def cues_in(self, skeleton: str, triggers: list[Trigger]) -> list[CueHit]:
        """The cue words among the triggers of a skeleton."""
        return self._trigger.cues(skeleton, triggers)

    def cues_excepted(self, skeleton: str, triggers: list[Trigger]) -> list[tuple[CueHit, tuple[int, int]]]:
        """The cue words that do not count, each with where the exception stands that holds it."""
        return self._trigger.excepted(skeleton, triggers)

    def patterns_near(self, skeleton: str, triggers: list[Trigger]) -> list[tuple[int, int]]:
        """The (rule, pattern) numbers of which a fixed text is there, whether or not their mentions are."""
        return self._trigger.patterns(skeleton, triggers, frozenset(CHAR_KINDS))

    def patterns_in(self, skeleton: str, triggers: list[Trigger]) -> list[tuple[int, int]]:
        """The (rule, pattern) numbers that may match: their fixed texts and their mentions are there."""
        return self._trigger.patterns(skeleton, triggers, {mark for mark in CHAR_KINDS if mark in skeleton})

    @cached_property
    def arithmetic(self) -> tuple[ArithmeticRule, ...]:
        """Every statement about numbers that can be recomputed, in file order."""
        return tuple(
            ArithmeticRule(
                item["id"],
                item["says"],
                Place(item["file"], item["line"], 1, ""),
                item["relation"],
                tuple((re.compile(pattern["regex"]), tuple(pattern["needs"])) for pattern in item["patterns"]),
                item["unless"],
            )
            for item in self._book["arithmetic"]
        )

    def rule(self, number: int, pattern: int) -> Rule:
        """The compiled pattern; compiled once, when first needed."""
        key = (number, pattern)
        rule = self._regexes.get(key)
        if rule is None:
            item = self._book["rules"][number]
            text = item["patterns"][pattern]
            compiled = re.compile(text["regex"])
            rule = Rule(item["id"], item["family"], compiled, tuple(text["roles"]), item["set"], item["unless"], item["weight"])
            self._regexes[key] = rule
        return rule

    def rules(self) -> Iterator[dict[str, Any]]:
        """The rules as plain dictionaries (id, family, says, file, line, patterns), in reading order."""
        yield from self._book["rules"]

    @cached_property
    def places(self) -> dict[str, str]:
        """The id of a rule or cue → `file:line`."""
        return {item["id"]: f"{item['file']}:{item['line']}" for item in (*self._book["cues"], *self._book["rules"])}

    @cached_property
    def says(self) -> dict[str, str]:
        """The id of a rule → what it says of itself."""
        return {item["id"]: item["says"] for item in self._book["rules"]}

    def source(self, regex: str, id: str) -> str:
        """The pattern as its file writes it, folded, of a compiled one."""
        return next((p["source"] for r in self._book["rules"] if r["id"] == id for p in r["patterns"] if p["regex"] == regex), "")

    def entries(self) -> tuple[int, int]:
        """How many organisations and chips the gazetteers hold."""
        return len(self._orgs), len(self._chips)


Trigger = tuple[int, int, int]  # number of a fixed text, start, end


class _Triggers:
    """Cue words and the fixed texts of patterns in one automaton."""

    def __init__(self, cues: tuple[Cue, ...], rules: list[dict[str, Any]]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        table: dict[str, tuple[list[Cue], list[tuple[int, int, frozenset[str]]]]] = {}
        exceptions: dict[str, list[Cue]] = {}
        self.bare: list[str] = []  # what patterns without any mention need
        for cue in cues:
            for word in cue.words:
                table.setdefault(word, ([], []))[0].append(cue)
            for word in cue.exceptions:
                exceptions.setdefault(word, []).append(cue)
        for number, rule in enumerate(rules):
            for index, pattern in enumerate(rule["patterns"]):
                marks = frozenset(pattern["marks"])
                if not marks:
                    self.bare.extend(pattern["needs"])
                for need in pattern["needs"]:
                    table.setdefault(need, ([], []))[1].append((number, index, marks))
        for word in exceptions:
            table.setdefault(word, ([], []))
        words = list(table)
        # of each word: whether it begins and ends as a Latin word, its cues, its patterns with the mentions they need, its exceptions
        self.values = [(_is_latin(w[0]), _is_latin(w[-1]), *table[w], exceptions.get(w, [])) for w in words]
        self.automaton = AhoCorasick(words, matchkind=MatchKind.Standard)

    def find(self, skeleton: str) -> list[Trigger]:
        """Every word of the table in a lowercased skeleton, with its place."""
        found = self.automaton.find_matches_as_indexes(skeleton, overlapping=True)
        # A Latin word does not begin inside another one.
        return [f for f in found if not (f[1] and self.values[f[0]][0] and _is_latin(skeleton[f[1] - 1]))]

    def cues(self, skeleton: str, triggers: list[Trigger]) -> list[CueHit]:
        """The cues that count: those inside none of their own exceptions."""
        hits, banned = self._hits(skeleton, triggers)
        if banned:
            hits = [h for h in hits if not any(s <= h.start and h.end <= e and h.cue in c for s, e, c in banned)]
        return hits

    def excepted(self, skeleton: str, triggers: list[Trigger]) -> list[tuple[CueHit, tuple[int, int]]]:
        """The cues that do not count, each with the place of the longer word that is its exception."""
        hits, banned = self._hits(skeleton, triggers)
        return [(h, (s, e)) for h in hits for s, e, cues in banned if s <= h.start and h.end <= e and h.cue in cues]

    def _hits(self, skeleton: str, triggers: list[Trigger]) -> tuple[list[CueHit], list[tuple[int, int, list[Cue]]]]:
        """Every cue word, and the longer words that mean something else, with whose exceptions they are."""
        hits: list[CueHit] = []
        banned: list[tuple[int, int, list[Cue]]] = []
        for index, start, end in triggers:
            _, ends_latin, cues, _, exceptions = self.values[index]
            if exceptions:
                banned.append((start, end, exceptions))
            if ends_latin and end < len(skeleton) and _is_latin(skeleton[end]) and skeleton[end] != "s":
                continue
            for cue in cues:
                hits.append(CueHit(cue, start, end))
        return hits, banned

    def patterns(self, skeleton: str, triggers: list[Trigger], present: AbstractSet[str]) -> list[tuple[int, int]]:
        """The patterns worth trying, (number, where from): a word of theirs stands there and the mentions they need are present."""
        found: set[tuple[int, int]] = set()
        for index, _, _ in triggers:
            for number, pattern, marks in self.values[index][3]:
                if marks <= present:
                    found.add((number, pattern))
        return sorted(found)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
