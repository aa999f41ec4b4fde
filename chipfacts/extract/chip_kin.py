"""The kin of a chip's name: members of its list, siblings of its family, and every later place of the name itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from chipfacts.extract.chip_listed import new_chip
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Span

_AND = re.compile(r"[”\"]?(?:系列)? ?(?:、|/|和|与|及|以及|&|and |, |, and ) ?[“\"]?")
_PARTS = re.compile(r"([\u4e00-\u9fff]*)([A-Za-z]+-?)(\d+)")
_RUNS_IN = re.compile(r"[A-Za-z0-9.\-]")
_RUNS_ON = re.compile(r"[A-Za-z0-9]|-[A-Za-z0-9]|\+")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SHORT = re.compile(r"[A-Za-z]-?\d{1,2}[A-Za-z]?$")  # X9: too short to be believed without a noun right beside it


@dataclass(frozen=True, slots=True)
class ChipName:
    """A name at a place: `core` is where its code begins (the Chinese part lies before it)."""

    start: int
    core: int
    end: int


def is_listed_with(view: str, name: ChipName, spans: Iterable[tuple[int, int]]) -> bool:
    """A member of a list another member of which, at one of `spans`, is a chip: T20/T21, HX2 and HX2e."""
    for start, end in spans:
        low, is_behind = (view[end : name.start], True) if end <= name.start else (view[name.end : start], False)
        if 0 < len(low) <= 8 and _AND.fullmatch(low) and (is_behind or not SHORT.match(view[name.core : name.end])):
            return True
    return False


def is_sibling(view: str, name: ChipName, sure: Collection[ChipName], uses_node: Callable[[int], bool]) -> bool:
    """SF-120 beside SF-300: the same letters and as many digits, or two letters and about as many; or the same brand.

    `uses_node`: does the clause that goes on at an offset tell of a process?
    """
    code = view[name.core : name.end]
    if name.core > name.start and any(_shares_brand(view, name, other) for other in sure):
        return True
    mine = _PARTS.match(code)
    if mine is None:
        return False
    stem = code.rstrip(_LETTERS)
    if name.start == name.core and any(stem == view[other.core : other.end] for other in sure) and uses_node(name.end):
        return True  # P2E beside P2
    for other in sure:
        theirs = _PARTS.match(view[other.core : other.end])
        if theirs is not None and theirs[2] == mine[2] and _counts_alike(mine, theirs, is_branded=other.core > other.start):
            return True
    return False


def _shares_brand(view: str, name: ChipName, other: ChipName) -> bool:
    """The brand in front of the code is told of as a chip itself, or stands in front of another one's code."""
    brand = view[name.start : name.core]
    return brand in (view[other.start : other.end], view[other.start : other.core])


def _counts_alike(mine: re.Match[str], theirs: re.Match[str], *, is_branded: bool) -> bool:
    digits, more = sorted((len(mine[3]), len(theirs[3])))
    if digits == more:
        return len(mine[2]) >= 2 or digits >= 3 or is_branded
    if more - digits > 1:
        return False
    return (digits >= 2 and len(mine[2]) >= 2) or (is_branded and len(mine[3]) >= 2)  # HY50 beside HY100


def everywhere(view: str, sure: Iterable[ChipName], is_free: Callable[[int, int], bool]) -> list[Mention]:
    """All free places of the names: a code alone stands for the fullest name that ends with it."""
    forms: dict[str, str] = {}
    for name in sorted(sure, key=lambda n: (n.start - n.core, n.start)):
        full = " ".join(view[name.start : name.end].split())
        forms.setdefault(full, full)
    for full in list(forms):
        code = re.sub(r"^[\u4e00-\u9fff]+", "", full)
        if code != full and re.search(r"[A-Za-z]", code) and len(code) >= 2:
            forms[code] = full
    found: list[Mention] = []
    used: list[Span] = []
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        for span in _places(form, view):
            if is_free(*span) and not any(span.touches(other) for other in used):
                used.append(span)
                found.append(new_chip(span.start, span.end, forms[form]))
    return found


def _places(form: str, view: str) -> Iterator[Span]:
    """Where a name stands by itself, its spaces there or not."""
    if " " in form:
        edge = r"(?<![A-Za-z0-9.\-])" if form[0].isascii() else ""
        pattern = edge + re.escape(form).replace(r"\ ", r"\s?") + rf"(?!{_RUNS_ON.pattern})"
        yield from (Span(*match.span()) for match in re.finditer(pattern, view))
        return
    at = view.find(form)
    while at >= 0:
        end = at + len(form)
        is_whole = not (form[0].isascii() and at and _RUNS_IN.match(view, at - 1)) and not _RUNS_ON.match(view, end)
        if is_whole:
            yield Span(at, end)
        at = view.find(form, end if is_whole else at + 1)
