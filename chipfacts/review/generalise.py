"""A marked sentence as a pattern: each mark its placeholder, known words kept, the rest between them a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chipfacts.errors import UsageError
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.example import Mark
from chipfacts.rulebook.pattern import elements_of
from chipfacts.rulebook.schema import MEASURE_KIND
from chipfacts.text.fold import fold
from chipfacts.values.money import find_money

PLACEHOLDERS = {
    "company": "company", "investors": "investor", "lead_investors": "lead", "foundry": "foundry", "chip": "chip", "node_nm": "node",
    "round": "round", "amount": "money",
}  # fmt: skip
_GONE = frozenset({"date", "announced"})  # a fact finds its date by itself
_WORDS = frozenset({"status", "event"})  # marked words stay words
_SHORT = 6  # characters between two marks that stay where the rulebook knows none of them
_CLAUSE_ENDS = ",。;:!?\n"
_ESCAPED = re.compile(r"[\\\[\]*+{}|?^$…]")


class NoFixedWords(UsageError):
    """A generalisation that is only placeholders and gaps."""


def role_of(mark: Mark, text: str) -> str:
    """The placeholder of a mark; empty for one that becomes a gap or stays words. `round` is a measure where it marks a sum."""
    if mark.label == "round" and is_sum(mark, text):
        return "money"
    if mark.label in _GONE or mark.label in _WORDS:
        return ""
    return PLACEHOLDERS.get(mark.label, "money" if mark.label in MEASURE_KIND else "")


def is_sum(mark: Mark, text: str) -> bool:
    """True where the marked words hold or touch a sum of money."""
    view = fold(text)
    return any(m.start < mark.span.end and mark.span.start < m.end for m in find_money(view))


def generalised(text: str, marks: Sequence[Mark], book: Rulebook, is_plain: bool) -> str:
    """Placeholders for the marks, known words and gaps for what stands between."""
    pieces: list[str] = []
    at, between = 0, ""
    previous = ""
    for mark in marks:
        role = role_of(mark, text)
        between += text[at : mark.span.start]
        at = mark.span.end
        if not role:
            between += "\0" if mark.label in _GONE else text[mark.span.start : mark.span.end]
            continue
        if role == previous and role in ("investor", "lead") and len(between.strip()) <= 3:
            pieces[-1] = f"{{{role}:+}}"  # a list of them
        else:
            pieces.append(_between(between, book, is_plain, is_first=not pieces, is_last=False))
            pieces.append(f"{{{role}}}")
        between, previous = "", role
    pieces.append(_between(between + text[at:], book, is_plain, is_first=False, is_last=True))
    pattern = "".join(pieces)
    if not any(element.what == "words" and not element.is_optional for element in elements_of(pattern)):
        raise NoFixedWords(f"{pattern} holds no fixed words: a rule needs words between or beside its marks")
    return pattern


def _between(words: str, book: Rulebook, is_plain: bool, *, is_first: bool, is_last: bool) -> str:
    """A pattern for what stands in front of the first mark, between two marks or behind the last. `\0` is a date that goes."""
    if is_first or is_last:
        words = _clause(words, is_last)
    known = [] if is_plain and not is_first else list(_known(words, book))
    if not known:
        if is_first:
            return ""
        if is_last:
            return _literal(words) if len(words) <= _SHORT and "\0" not in words else ""
        before, date, after = words.rpartition("\0")
        if date and not after.strip():
            return _literal(before.replace("\0", "")) + "…" if is_plain else _gap(words)
        if is_plain or len(after) <= _SHORT:  # what leads to the date (于, 在) goes with it
            return (_gap(before + date) if date else "") + _literal(after)
        return _gap(words)
    pieces: list[str] = []
    at = 0
    for start, end in known:
        pieces += (_gap(words[at:start]) if at or not is_first else "", _literal(words[start:end]))
        at = end
    return "".join((*pieces, "" if is_last else _gap(words[at:])))


def _clause(words: str, is_last: bool) -> str:
    """Of the words before the first mark and behind the last only those of its clause."""
    if is_last:
        return re.split(f"[{_CLAUSE_ENDS}]", words, maxsplit=1)[0]
    return re.split(f"[{_CLAUSE_ENDS}]", words)[-1]


def _gap(words: str) -> str:
    """Nothing, a gap inside the clause or one across commas."""
    if not words.strip():
        return " " if words else ""
    return "……" if any(char in words for char in ",") else "…"


def _literal(words: str) -> str:
    """The words as a pattern writes them; white space may be missing."""
    if _ESCAPED.search(words):
        raise UsageError(f"{words!r} holds a character that patterns use otherwise: mark the sentence so that it falls outside")
    return re.sub(r"\s+", " ", words).replace("(", r"\(").replace(")", r"\)")


def _known(words: str, book: Rulebook) -> Iterator[tuple[int, int]]:
    """Where words of cues stand, the longest at a place: of two Chinese characters or more, or a Latin word."""
    view = fold(words).lower()
    found = {
        (hit.start, hit.end)
        for hit in book.cues_in(view, book.triggers(view))
        if hit.end - hit.start >= 2 and not any("\ue000" <= char <= "\uf8ff" for char in view[hit.start : hit.end])
    }
    end = 0
    for start, stop in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= end:
            yield start, stop
            end = stop
