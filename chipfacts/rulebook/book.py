"""The compiled rulebook: gazetteer look-up, cue words and patterns, each behind one automaton that is built when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One gazetteer entry: an organisation (`roles`, `home`) or a chip (`maker`, `kind`)."""

    name: str
    maker: str = ""
    kind: str = ""
    roles: frozenset[str] = frozenset()
    home: str = ""
    not_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameHit:
    """A gazetteer name in a view: what it may mean (several entries where an alias is shared) and whether it needs a cue nearby."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    is_weak: bool


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
class CueHit:
    """A cue's word at a place of a skeleton."""

    cue: Cue
    start: int
    end: int


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Names:
    """Names → entries, found in one pass over the squeezed view."""

    def __init__(self, items: list[dict[str, Any]], is_chip: bool) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        table: dict[str, list[tuple[Entry, bool, str]]] = {}
        for item in items:
            entry = Entry(item["name"], item.get("maker", ""), item["kind"], frozenset(item.get("roles", ())), item.get("home", ""), tuple(item["not_in"]))
            for keys, weak in ((item["keys"], False), (item["weak"], True)):
                for key in keys:
                    if len(key) >= 2:
                        table.setdefault(key, []).append((entry, weak, item["shown"].get(key, key)))
        self.is_chip = is_chip
        self.values = [(tuple(e for e, _, _ in v), all(w for _, w, _ in v), v[0][2]) for v in table.values()]
        self.table = {key: self.values[i] for i, key in enumerate(table)}
        self.automaton = AhoCorasick(list(table), matchkind=MatchKind.Standard)

    def find(self, squeezed: str, view: str, place: _Unsqueeze) -> list[NameHit]:
        hits: list[NameHit] = []
        taken = 0
        found = self.automaton.find_matches_as_indexes(squeezed, overlapping=True)
        found.sort(key=lambda m: (m[1], -m[2]))
        for index, low, high in found:
            start, end = place.at(low), place.at(high - 1) + 1
            if start < taken or not self._stands_alone(view, start, end):
                continue
            entries, weak, shown = self.values[index]
            if not self.is_chip and not self._has_case(view[start:end], shown):
                continue
            entries = tuple(e for e in entries if not any(_is_covered(view, start, end, phrase) for phrase in e.not_in))
            if not entries:
                continue
            hits.append(NameHit(start, end, entries, weak))
            taken = end
        return hits

    def _stands_alone(self, view: str, start: int, end: int) -> bool:
        """A Latin or digit edge must not run on into more letters or digits."""
        if "\n" in view[start:end]:
            return False
        first, last = view[start], view[end - 1]
        if _is_word(first) and start and (_is_word(view[start - 1]) or (self.is_chip and view[start - 1] in "-." and start > 1 and _is_word(view[start - 2]))):
            return False
        if _is_word(last) and end < len(view):
            after = view[end]
            if _is_word(after) or (self.is_chip and after == "+"):
                return False
            if self.is_chip and after in "-." and end + 1 < len(view) and _is_word(view[end + 1]) and view[end + 1].isdigit():
                return False
        return True

    @staticmethod
    def _has_case(surface: str, shown: str) -> bool:
        """A Latin name is written with a capital somewhere, unless its own spelling has none."""
        return not surface.isascii() or surface != surface.lower() or shown == shown.lower()


def _is_covered(view: str, start: int, end: int, phrase: str) -> bool:
    """True where a longer phrase that means something else stands over view[start:end]."""
    at = view.find(phrase, max(start - len(phrase), 0), end + len(phrase))
    while at >= 0:
        if at <= start and end <= at + len(phrase):
            return True
        at = view.find(phrase, at + 1, end + len(phrase))
    return False


class _Unsqueeze:
    """Offsets of a squeezed view → offsets of the view."""

    def __init__(self, view: str) -> None:
        pieces: list[str] = []
        self.starts: list[int] = []  # squeezed offset at which a piece begins
        self.shifts: list[int] = []  # what to add there
        at = size = 0
        for match in _SPACES.finditer(view):
            if match.start() > at:
                self._piece(pieces, view[at : match.start()], at, size)
                size += match.start() - at
            at = match.end()
        if at < len(view):
            self._piece(pieces, view[at:], at, size)
        lowered = "".join(pieces).lower()
        self.text = lowered if len(lowered) == sum(map(len, pieces)) else "".join(c.lower() if len(c.lower()) == 1 else c for c in "".join(pieces))

    def _piece(self, pieces: list[str], piece: str, at: int, size: int) -> None:
        pieces.append(piece)
        self.starts.append(size)
        self.shifts.append(at - size)

    def at(self, offset: int) -> int:
        return offset + self.shifts[bisect_right(self.starts, offset) - 1]


_SPACES = re.compile(r"[ \t\-·_\u00a0]+")


class Rulebook:
    """Everything rules/ says, ready to be asked; immutable, so one may be shared by threads."""

    def __init__(self, book: dict[str, Any], digest: str) -> None:
        self._book = book
        self.digest = digest
        self._regexes: dict[tuple[int, int], Rule] = {}

    @cached_property
    def _orgs(self) -> _Names:
        return _Names(self._book["orgs"], is_chip=False)

    @cached_property
    def _chips(self) -> _Names:
        return _Names(self._book["chips"], is_chip=True)

    def find_names(self, view: str) -> tuple[list[NameHit], list[NameHit]]:
        """Organisations and chips of the gazetteers in `view`, each leftmost-longest, in order."""
        squeezed = _Unsqueeze(view)
        return self._orgs.find(squeezed.text, view, squeezed), self._chips.find(squeezed.text, view, squeezed)

    def org(self, key: str) -> Entry | None:
        """The entry an organisation's squeezed name stands for, where it is listed and not shared."""
        found = self._orgs.table.get(key)
        return found[0][0] if found and len(found[0]) == 1 else None

    @cached_property
    def _word_sets(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self._book["words"].items()}

    def words(self, name: str) -> frozenset[str]:
        """A named list of rules/names (folded, lower case); empty where no file has it."""
        return self._word_sets.get(name, frozenset())

    def word_list(self, name: str) -> list[str]:
        """The same list in the order of the file."""
        return list(self._book["words"].get(name, ()))

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Every cue, in file order."""
        return tuple(
            Cue(c["id"], c["offers"], tuple(c["words"]), tuple(c["except"]), c["side"], c["reach"], c["weight"], c["decay"]) for c in self._book["cues"]
        )

    @cached_property
    def _trigger(self) -> _Triggers:
        return _Triggers(self.cues, self._book["rules"])

    def triggers(self, skeleton: str) -> tuple[list[CueHit], list[tuple[int, int]]]:
        """In a lower-case skeleton: the cue words, and the (rule, pattern) numbers whose fixed texts occur."""
        return self._trigger.find(skeleton)

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

    def entries(self) -> tuple[int, int]:
        """How many organisations and chips the gazetteers hold."""
        return len(self._book["orgs"]), len(self._book["chips"])


class _Triggers:
    """Cue words and the fixed texts of patterns in one automaton."""

    def __init__(self, cues: tuple[Cue, ...], rules: list[dict[str, Any]]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        table: dict[str, tuple[list[Cue], list[tuple[int, int]]]] = {}
        exceptions: dict[str, list[Cue]] = {}
        for cue in cues:
            for word in cue.words:
                table.setdefault(word, ([], []))[0].append(cue)
            for word in cue.exceptions:
                exceptions.setdefault(word, []).append(cue)
        for number, rule in enumerate(rules):
            for index, pattern in enumerate(rule["patterns"]):
                for need in pattern["needs"]:
                    table.setdefault(need, ([], []))[1].append((number, index))
        for word in exceptions:
            table.setdefault(word, ([], []))
        self.words = list(table)
        self.values = list(table.values())
        self.exceptions = [exceptions.get(word, []) for word in self.words]
        self.automaton = AhoCorasick(self.words, matchkind=MatchKind.Standard)

    def find(self, skeleton: str) -> tuple[list[CueHit], list[tuple[int, int]]]:
        hits: list[CueHit] = []
        rules: dict[tuple[int, int], None] = {}
        banned: list[tuple[int, int, list[Cue]]] = []
        for index, start, end in self.automaton.find_matches_as_indexes(skeleton, overlapping=True):
            cues, patterns = self.values[index]
            word = self.words[index]
            if word[0].isascii() and word[0].isalpha() and start and skeleton[start - 1].isascii() and skeleton[start - 1].isalpha():
                continue
            if cues and word[-1].isascii() and word[-1].isalpha() and end < len(skeleton) and skeleton[end].isascii() and skeleton[end].isalpha():
                cues = [] if skeleton[end] not in "s" else cues
            if self.exceptions[index]:
                banned.append((start, end, self.exceptions[index]))
            hits.extend(CueHit(cue, start, end) for cue in cues)
            for pattern in patterns:
                rules[pattern] = None
        if banned:
            hits = [h for h in hits if not any(s <= h.start and h.end <= e and h.cue in c for s, e, c in banned)]
        return hits, sorted(rules)
