"""Names that show by their form alone: an unusual run in front of a trade suffix, and an unusual run that keeps opening clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from chipfacts.extract.name import NameFinder
from chipfacts.extract.name_form import has_chinese, is_chinese
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Span
from chipfacts.rulebook.lexicon import holds_word, load_lexicon, uncovered

_OFTEN = 3  # times a run must stand in a document before repetition alone speaks for it
_LONGEST = 4
_SHORTEST = 2
_WHOLE = 10  # characters a run may grow to
_LOOK_BACK = 8  # characters in front of a run that may hold a company noun (解决方案服务商X科技)
_HEADED = re.compile(
    r"^[ ]*((?:[A-Z]|\d{1,2}[A-Z])[A-Za-z0-9.&-]*(?: [A-Z][A-Za-z0-9.&-]*){0,2})[ ]*\n[\n ]*(\1(?![A-Za-z0-9])[^\n]*)", re.MULTILINE
)
_CLAUSE_END = re.compile(r"[,。;:!?、\n]")
_CLAUSE = re.compile(r"(?:^|(?<=[,。;:!?\n“\"、]))[ ]*(\w{2,6})")


def find_repeated(view: str, known: list[Mention], finder: NameFinder) -> Iterator[Candidate]:
    """Candidates of a whole document, beside those its sentences point at."""
    taken = [m.span for m in known if m.kind != "pct"]
    yield from _before_suffix(view, taken, finder)
    yield from _often_first(view, taken, finder)
    yield from _above_its_text(view, taken, finder)


def _is_free(span: Span, taken: list[Span]) -> bool:
    """True where none of the spans, which are in order and do not overlap, touches this one."""
    at = bisect_left(taken, (span.end,))
    return at == 0 or taken[at - 1].end <= span.start


def _before_suffix(view: str, taken: list[Span], finder: NameFinder) -> Iterator[Candidate]:
    """注册了澜砚微电子: the characters in front of a trade suffix that belong to no everyday word."""
    for kind, start, end in finder.suffixes.find(view):
        at = start
        while at > 0 and start - at < _LONGEST and finder.may_be_in_name(view[at - 1]) and not _ends_word(view, at):
            at -= 1
        if start - at < 2 or uncovered(view[at:start]) < 2:
            continue
        wide = max(at - _LOOK_BACK, 0)
        found = finder.judge(_CLAUSE_END.split(view[wide:end])[-1], is_strong=True)
        if found is None:
            continue
        span = Span(max(at, end - (found[1] - found[0])), end)
        if start - span.start >= 2 and _is_free(span, taken) and finder.is_name(view[span.start : span.end], is_strong=True):
            yield Candidate(span, kind == "strong")


def _ends_word(view: str, at: int) -> bool:
    """True where an everyday word ends at `at`."""
    lexicon = load_lexicon()
    return any(lexicon.get(view[at - size : at], 0) >= 100 for size in (2, 3, 4) if at >= size)


def _often_first(view: str, taken: list[Span], finder: NameFinder) -> Iterator[Candidate]:
    """A run without everyday words that opens clauses again and again, and is nobody's surname with a given name."""
    heads: Counter[str] = Counter()
    places: dict[str, int] = {}
    openings = [(match.group(1), match.start(1)) for match in _CLAUSE.finditer(view)]
    shared = Counter(run[:2] for run, _ in openings)
    for run, at in openings:
        if shared[run[:2]] < 2 or not all(map(is_chinese, run)):
            continue
        for size in range(2, min(_LONGEST, len(run)) + 1):
            heads[run[:size]] += 1
            places.setdefault(run[:size], at)
    longer = {(run[:-1], count) for run, count in heads.items()}  # what an equally frequent longer run begins with
    often = sorted((run for run, count in heads.items() if count > 1), key=lambda run: (-len(run), run))
    for run in often:
        if (run, heads[run]) in longer or holds_word(run) or finder.looks_like_person(run) or view.count(run) < _OFTEN:
            continue
        run = _whole(run, view)
        if len(run) == _SHORTEST and not any(finder.is_followed(view, m.end()) for m in re.finditer(run, view)):
            continue  # 跨境物流, 跨境卖家: the first half of words
        span = Span(places[run[:_LONGEST]], places[run[:_LONGEST]] + len(run))
        if _is_free(span, taken) and finder.is_name(run, is_strong=False):
            yield Candidate(span, True)


def _above_its_text(view: str, taken: list[Span], finder: NameFinder) -> Iterator[Candidate]:
    """A line that is a Latin name above a Chinese paragraph that opens with it and tells of an organisation: Quorviv成立于2021年."""
    for match in _HEADED.finditer(view):
        name, text = Span(*match.span(1)), match.group(2)
        if not has_chinese(text) or not any(word in text for word in finder.book.words("organisation_signs")):
            continue
        if _is_free(name, taken) and finder.is_name(match.group(1), is_strong=True):
            yield Candidate(name, True)


def _whole(run: str, view: str) -> str:
    """The run with what always follows it: a run cut at its greatest length, 麦澜森生, is not yet the name."""
    while len(run) < _WHOLE:
        end = view.find(run) + len(run)
        longer = view[view.find(run) : end + 1]
        if len(longer) == len(run) or not is_chinese(longer[-1]) or view.count(longer) < view.count(run):
            break
        run = longer
    return run
