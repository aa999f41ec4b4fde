"""Gazetteers in the form in which they are searched: names in one automaton, an entry made an object when a text first names it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


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


def pack(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Checked entries as parallel lists: a few thousand small dictionaries would take longer to load than a text to read.

    `keys[i]` belongs to the entries `owners[i]` (a number, or a list where the key is shared); `weak` are the numbers of keys that need a
    cue, `lower` of those spelt without a capital. Entry n is called `names[n]`; the rest of it is `shapes[shape[n]]`, for few rests differ.
    """
    owners: dict[str, list[int]] = {}
    sure: set[str] = set()
    shown: dict[str, str] = {}
    shapes: dict[str, int] = {}
    rests: list[list[Any]] = []
    shape: list[int] = []
    for number, item in enumerate(items):
        rest = [item.get("maker", ""), item["kind"], list(item.get("roles", ())), item.get("home", ""), list(item["not_in"])]
        if repr(rest) not in shapes:
            shapes[repr(rest)] = len(rests)
            rests.append(rest)
        shape.append(shapes[repr(rest)])
        for key in [*item["keys"], *item["weak"]]:
            if len(key) >= 2:
                owners.setdefault(key, []).append(number)
                shown.setdefault(key, item["shown"].get(key, key))
        sure.update(item["keys"])
    keys = list(owners)
    return {
        "keys": keys,
        "owners": [found[0] if len(found) == 1 else found for found in owners.values()],
        "weak": [n for n, key in enumerate(keys) if key not in sure],
        "lower": [n for n, key in enumerate(keys) if shown[key] == shown[key].lower()],
        "names": [item["name"] for item in items],
        "shapes": rests,
        "shape": shape,
    }


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


class Gazetteer:
    """Names → entries, found in one pass over the squeezed view."""

    def __init__(self, packed: dict[str, Any], is_chip: bool) -> None:
        self.is_chip = is_chip
        self._packed = packed
        self._weak = frozenset(packed["weak"])
        self._lower = frozenset(packed["lower"])
        self._made: dict[int, Entry] = {}

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, MatchKind

        return AhoCorasick(self._packed["keys"], matchkind=MatchKind.Standard)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._packed["keys"])}

    def __len__(self) -> int:
        return len(self._packed["names"])

    def _entry(self, number: int) -> Entry:
        entry = self._made.get(number)
        if entry is None:
            maker, kind, roles, home, not_in = self._packed["shapes"][self._packed["shape"][number]]
            entry = Entry(self._packed["names"][number], maker, kind, frozenset(roles), home, tuple(not_in))
            entry = self._made.setdefault(number, entry)
        return entry

    def _entries(self, key: int) -> tuple[Entry, ...]:
        owners = self._packed["owners"][key]
        return (self._entry(owners),) if isinstance(owners, int) else tuple(map(self._entry, owners))

    def named(self, key: str) -> tuple[Entry, ...]:
        """The entries that a squeezed name stands for."""
        number = self._numbers.get(key)
        return () if number is None else self._entries(number)

    def find(self, view: str, squeezed: Squeezed) -> list[NameHit]:
        """The names in a view, each leftmost-longest, in order."""
        hits: list[NameHit] = []
        taken = 0
        found = self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True)
        found.sort(key=lambda m: (m[1], -m[2]))
        for key, low, high in found:
            start, end = squeezed.at(low), squeezed.at(high - 1) + 1
            if start < taken or not self._stands_alone(view, start, end):
                continue
            if not self.is_chip and key not in self._lower and not _has_case(view[start:end]):
                continue
            entries = self._entries(key)
            if any(entry.not_in for entry in entries):
                entries = tuple(e for e in entries if not any(_is_covered(view, start, end, phrase) for phrase in e.not_in))
                if not entries:
                    continue
            hits.append(NameHit(start, end, entries, key in self._weak))
            taken = end
        return hits

    def _stands_alone(self, view: str, start: int, end: int) -> bool:
        """A Latin or digit edge must not run on into more letters or digits."""
        if "\n" in view[start:end]:
            return False
        first, last = view[start], view[end - 1]
        if (
            _is_word(first)
            and start
            and (_is_word(view[start - 1]) or (self.is_chip and view[start - 1] in "-." and start > 1 and _is_word(view[start - 2])))
        ):
            return False
        if _is_word(last) and end < len(view):
            after = view[end]
            if self.is_chip and after == "s" and last.isdigit() and not _is_word(view[end + 1 : end + 2]):
                return True  # eight of Nvidia's H100s
            if _is_word(after) or (self.is_chip and after == "+"):
                return False
            if self.is_chip and after in "-." and end + 1 < len(view) and _is_word(view[end + 1]) and view[end + 1].isdigit():
                return False
        return True


def _has_case(surface: str) -> bool:
    """A Latin name is written with a capital somewhere, unless its own spelling has none."""
    return not surface.isascii() or surface != surface.lower()


def _is_covered(view: str, start: int, end: int, phrase: str) -> bool:
    """True where a longer phrase that means something else stands over view[start:end]."""
    at = view.find(phrase, max(start - len(phrase), 0), end + len(phrase))
    while at >= 0:
        if at <= start and end <= at + len(phrase):
            return True
        at = view.find(phrase, at + 1, end + len(phrase))
    return False


class Squeezed:
    """A view in lower case without spaces and hyphens, and the way back to its offsets."""

    def __init__(self, view: str) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []  # squeezed offset at which a piece begins
        self._shifts: list[int] = []  # what to add there
        at = size = 0
        for match in _SPACES.finditer(view):
            start, end = match.span()
            if start > at:
                pieces.append(view[at:start])
                self._starts.append(size)
                self._shifts.append(at - size)
                size += start - at
            at = end
        if at < len(view):
            pieces.append(view[at:])
            self._starts.append(size)
            self._shifts.append(at - size)
        plain = "".join(pieces)
        lowered = plain.lower()
        self.text = lowered if len(lowered) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)

    def at(self, offset: int) -> int:
        """The view's offset of a squeezed one."""
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]


_SPACES = re.compile(r"[ \t\-·_\u00a0]+")
