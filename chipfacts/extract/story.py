"""Where another article begins in the same text: behind a blank line, from where on one company takes another's place.

This is for articles put one behind the other, and for parts of a long one that leave their company for good: neither names the other's.
A digest names many companies, so it is parted from its neighbour by the one company that only the neighbour names. An article is in one
script: where Simplified gives way to Traditional for good, another one begins, whomever they name.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from chipfacts.extract.scene import Scene
from chipfacts.extract.section import ITEM, is_digest
from chipfacts.extract.usage import is_traditional
from chipfacts.model import Document, Span
from chipfacts.rulebook.pattern import DATE

_TOLD = 2  # times a company must be named to carry a part
_STRAY = 4  # of so many times a company is named, one may stand in the other's part
_HEADING, _LATIN_HEADING = 48, 110  # characters a heading has at most
_TELLING = 24  # Chinese characters that tell a paragraph's script
_LEAD = 8  # characters into its first sentence in which news says its day or its source
_BEHIND_HEADING = 3  # paragraphs behind its heading in which a part names its company
_ENDS = frozenset("。.!?;,:，；：！？…")


def story_starts(scenes: Sequence[Scene], document: Document, paragraphs: Sequence[Span]) -> set[int]:
    """The numbers of the paragraphs that open another article; empty for a text about one thing."""
    filled = [n for n, span in enumerate(paragraphs) if document.view[slice(*span)].strip()]
    if len(filled) < 3 or len(filled) == len(paragraphs):
        return set()  # no blank line, no second article
    return _Splitter(scenes, document, paragraphs, filled).starts


class _Splitter:
    """The paragraphs of one text that hold something, and whom each names; `starts` are the boundaries found."""

    def __init__(self, scenes: Sequence[Scene], document: Document, paragraphs: Sequence[Span], filled: list[int]) -> None:
        self._scenes, self._view, self._paragraphs, self._filled = scenes, document.view, paragraphs, filled
        self._paragraph_of = [scene.sentence.paragraph for scene in scenes]  # ascending
        self._scripts = {n: _script(document, paragraphs[n]) for n in filled}
        self._named: dict[int, Counter[str]] = {n: Counter() for n in filled}
        for scene in scenes:
            for index, mention in scene.skeleton.of_kind("org"):
                if scene.may_be_company(index):
                    self._named[scene.sentence.paragraph][mention.value.name] += 1
        self._behind_blank = {after for before, after in itertools.pairwise(filled) if after > before + 1}
        datelines = {s.sentence.paragraph for s in scenes if s.skeleton.text.strip() == DATE}
        dated = {before for before, after in itertools.pairwise(filled) if after in datelines}
        self._headings = {n for n in self._behind_blank if self._is_heading(n, n in dated)}
        self._leads = self._opening_leads()
        self.starts: set[int] = set()
        cut = self._change_of_script()
        if cut:
            self.starts.add(filled[cut])
        self._split(0, cut)
        self._split(cut, len(filled))

    def _change_of_script(self) -> int:
        """Where in `filled` the one script gives way to the other, at a heading or lead; 0 where none does."""
        known = [at for at, n in enumerate(self._filled) if self._scripts[n]]
        turns = [(one, two) for one, two in itertools.pairwise(known) if self._script_at(one) != self._script_at(two)]
        if len(turns) != 1:
            return 0
        opens = [at for at in range(turns[0][0] + 1, turns[0][1] + 1) if self._filled[at] in self._headings | self._leads]
        return opens[0] if opens else 0

    def _script_at(self, place: int) -> str:
        return self._scripts[self._filled[place]]

    def _is_heading(self, number: int, is_dated: bool) -> bool:
        """A short line without a full stop; one with it where a bare date stands below."""
        line = self._view[slice(*self._paragraphs[number])].strip()
        return len(line) <= (_LATIN_HEADING if line.isascii() else _HEADING) and (is_dated or line[-1] not in _ENDS)

    def _split(self, low: int, high: int) -> None:
        """Part `filled[low:high]` at its best boundary, then both parts."""
        best: tuple[int, int] | None = None
        before: Counter[str] = Counter()
        after = self._count(low, high)
        for place in range(low, high):
            if place > low and self._filled[place] in self._behind_blank:
                found = self._boundary(before, after, low, place, high)
                if found is not None and (best is None or found[0] > best[0]) and not self._is_item_of_list(low, found[1]):
                    best = found
            before += self._named[self._filled[place]]
            after -= self._named[self._filled[place]]
        if best is not None and low < best[1] < high:
            self.starts.add(self._filled[best[1]])
            self._split(low, best[1])
            self._split(best[1], high)

    def _is_item_of_list(self, low: int, place: int) -> bool:
        """True for a marked paragraph behind others: the next item of a digest is no other article."""
        marked = [at for at in range(low, place + 1) if ITEM.match(self._view, *self._paragraphs[self._filled[at]])]
        return len(marked) > 1 and marked[-1] == place

    def _count(self, low: int, high: int) -> Counter[str]:
        return sum((self._named[n] for n in self._filled[low:high]), Counter[str]())

    def _boundary(self, before: Counter[str], after: Counter[str], low: int, place: int, high: int) -> tuple[int, int] | None:
        """How much more each part at `place` names its own company than the other's, and where in `filled` the second begins."""
        first, second = _leader(before), _leader(after)
        is_left = first and after[first] * _STRAY <= before[first]
        is_taken_over = second and before[second] * _STRAY <= after[second]
        if is_left and self._filled[place] in self._headings and self._is_digest(place, high):
            return before[first] - after[first], place
        if is_left and is_taken_over:
            begin = self._begin(place, high, second)
            return None if begin is None else (before[first] - after[first] + after[second] - before[second], begin)
        if is_taken_over and not before[second] and self._is_digest(low, place):
            begin = self._begin(place, high, second)
            return None if begin is None else (after[second], begin)
        return None

    def _is_digest(self, low: int, high: int) -> bool:
        numbers = self._filled[low:high]
        first, last = bisect_left(self._paragraph_of, numbers[0]), bisect_right(self._paragraph_of, numbers[-1])
        return is_digest(self._scenes[first:last], self._view, self._paragraphs, numbers)

    def _begin(self, place: int, high: int, company: str) -> int | None:
        """Where the part that takes over at `place` begins: at its heading, else with the paragraph that first names its company."""
        first = next(at for at in range(place, high) if self._named[self._filled[at]][company])
        for at in range(first, max(first - _BEHIND_HEADING, 0), -1):
            if self._filled[at] in self._headings:
                return at
        return first if self._filled[first] in self._leads else None

    def _opening_leads(self) -> set[int]:
        """The paragraphs behind a blank line that open as news do: with a day, or whom it was heard from."""
        found: set[int] = set()
        last = -1
        for scene in self._scenes:
            number = scene.sentence.paragraph
            if number != last and number in self._behind_blank and self._opens_news(scene):
                found.add(number)
            last = number
        return found

    def _opens_news(self, scene: Scene) -> bool:
        early = [(index, m) for index, m in scene.skeleton.mentions.items() if index < _LEAD]
        return any(m.kind == "date" or (m.kind == "org" and scene.roles.get(index) == "media") for index, m in early)


def _script(document: Document, paragraph: Span) -> str:
    """`Hant` or `Hans` for a paragraph long enough to tell, else empty."""
    text, view = document.text[slice(*paragraph)], document.view[slice(*paragraph)]
    if sum("\u3400" <= char <= "\u9fff" for char in text) < _TELLING:
        return ""
    return "Hant" if is_traditional(text, view) else "Hans"


def _leader(named: Counter[str]) -> str:
    """Whom a part names most, if it does so often enough."""
    name, count = min(named.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return name if count >= _TOLD else ""
