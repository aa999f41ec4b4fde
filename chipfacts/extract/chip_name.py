"""Chips in the view: listed ones that may be believed, and names no gazetteer lists, found by what stands around them.

A code (X9, SG32F407, 曜石Y1) beside a product noun, told of as taped out or built on a node; a Latin word behind a product noun; a listed
series with a new number. Then members of the same list, siblings of the same family, and every later mention of a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from chipfacts.extract.chip_kin import SHORT, ChipName, everywhere, is_listed_with, is_sibling
from chipfacts.extract.chip_listed import VARIANT, believed_chips, is_foundry_talk
from chipfacts.extract.chip_words import CJK, ChipWords, chip_words
from chipfacts.extract.node_words import node_words
from chipfacts.extract.skeleton import Mention
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.lexicon import uncovered

_TAIL = rf"(?:{VARIANT})?"
_CODE = re.compile(
    r"(?<![A-Za-z0-9.\-@#$+&_])(?:[A-Z][A-Za-z]{0,11}|[a-z][A-Z][A-Za-z]{0,8})-?[A-Za-z]{0,3}\d{1,5}[A-Za-z]{0,4}\d{0,4}[A-Za-z]{0,2}(?:-[A-Z0-9]{1,5})?"
    + _TAIL
    + r"\+?(?![A-Za-z0-9])(?!-[A-Za-z0-9]|\.\d)"
)
_NUMBER = re.compile(r"(?<=[\u4e00-\u9fff])\d{1,4}[A-Za-z]{0,3}" + _TAIL + r"(?![A-Za-z0-9.%,])")
_ORDINAL = re.compile(r"(?<=[\u4e00-\u9fff])[一二三四五六七八九]号")
_WORD = re.compile(
    r"(?<![A-Za-z0-9.\-@#$+&_])[A-Z](?:[A-Za-z]{2,}(?:-[A-Z][A-Za-z]*)?|[A-Za-z]-[A-Z][a-z]{2,})(?: \d{1,4}[A-Z]?)?"
    r"(?![A-Za-z0-9\-&]|\.[A-Za-z0-9])(?! [A-Z])"
)
_STOPS = re.compile(r", |\.| (?:is|was|will|has|should|never)\b")  # what follows a name told in apposition
_LATIN_BRAND = re.compile(r"(?<![A-Za-z0-9.\-&])[A-Z][A-Za-z]{3,11} $")
_BRAND = 16  # characters in front of a code that may hold its Latin brand
_OWN_WORD = re.compile(r"[”\"]? ?(?:[^\x00-\u2e7f]|[,;:()/.!?\n]|$)")
_BRAND_AND_NUMBER = re.compile(r"([A-Z][a-z]{3,})[ -]?(\d{1,4})")  # Centriq 2400
_NO_SERIES = r"(?!\w|\+|-\w|\.\d| ?(?:[Ss]eries|[Ff]amily|[Ll]ine|系列|家族))"
_QUOTED = re.compile(r"“([\u4e00-\u9fff]{2,4})”")
_AROUND = 40  # characters around a code name in which a chip is spoken of
_CLAUSE_END = re.compile(r"[,。;:!?\n]")


def find_chips(view: str, listed: Sequence[Mention], values: Sequence[Mention], rulebook: Rulebook) -> list[Mention]:
    """Mentions of chips in `view`, listed and unlisted; `listed` are the gazetteers' hits, `values` sums, dates, rounds and nodes."""
    words = chip_words(rulebook)
    orgs = [m for m in listed if m.kind == "org"]
    nodes = [m for m in values if m.kind == "node"]
    doubtful = {m.span for m in nodes if m.value.ambiguous and is_foundry_talk(view, m.span, orgs)}
    known = believed_chips(view, listed, doubtful, words)
    # A coded node (N7) may still be a chip's name; a doubtful one (A16) is a node.
    named = {m.value.name for m in orgs}
    fixed = [m for m in values if m.kind != "node" or not m.value.code or m.span in doubtful or _is_process(view, m, named, rulebook)]
    return known + _Finder(view, words, orgs, known, fixed, nodes).mentions()


def _is_process(view: str, node: Mention, named: set[str], rulebook: Rulebook) -> bool:
    """N2, SF3, 4NP are what their foundry calls a process, where the document names it and no product noun says chip, or a trial chip is
    built on it (N3测试芯片)."""
    if view.startswith(rulebook.tuple_of("node_test_chips"), node.span.end):
        return True
    if node.value.ambiguous or node_words(rulebook).owner(node.value) not in named:
        return False
    return not chip_words(rulebook).has_bare_noun_before(view, node.span.start)


class _Finder:
    """One document's unlisted chips."""

    def __init__(
        self,
        view: str,
        words: ChipWords,
        orgs: Sequence[Mention],
        known: Sequence[Mention],
        values: Sequence[Mention],
        nodes: Sequence[Mention],
    ) -> None:
        self.view = view
        self.words = words
        self.nodes = sorted(m.span.start for m in nodes)
        self.node_ends = {m.span.end for m in nodes}
        self.makers = sorted(m.span.start for m in orgs if "foundry" in m.value.roles)
        self.org_starts = {m.span.end: m.span.start for m in orgs}
        self.taken = sorted(
            [m.span for m in [*orgs, *known]] + [m.span for m in values if m.kind in ("money", "date", "round", "pct", "node")]
        )
        self.starts = [span.start for span in self.taken]
        self.brands = {m[1] for m in _QUOTED.finditer(view)} - words.book.words("chip_quote_noise")
        self.listed = [m.span for m in known]

    def mentions(self) -> list[Mention]:
        """Every mention of every name that some place speaks for."""
        found = list(self._codes())
        # F1 alone is a score; quoted with a brand of its own, “锋刃F1”, it is a name, and then F2 is its sibling.
        codes = [name for name in found if self._is_quoted_brand(name) or not self.words.is_noise(self.view[name.core : name.end])]
        doubtful = [name for name in found if name not in codes]
        sure = {name for name in codes if self._is_told(name)}
        sure |= set(self._words_told())
        sure |= set(self._quoted())
        sure |= set(self._parallel(sure)) | set(self._of_listed_brands())
        while True:
            spans = [(name.start, name.end) for name in sure] + [(span.start, span.end) for span in self.listed]
            more = {name for name in codes if name not in sure and is_listed_with(self.view, name, spans)}
            more |= {name for name in (*codes, *doubtful) if name not in sure and is_sibling(self.view, name, sure, self._uses_node)}
            more = {name for name in more if not self.words.is_other_thing(self.view, name.start, name.end)}
            if not more:
                break
            sure |= more
        return everywhere(self.view, sure, self._is_free)

    def _is_quoted_brand(self, name: ChipName) -> bool:
        return name.core > name.start and self.view[name.start - 1 : name.start] == "“"

    def _floor(self, start: int) -> int:
        """The end of the last known mention before `start`."""
        at = bisect_right(self.starts, start) - 1
        return max((span.end for span in self.taken[max(0, at - 1) : at + 1] if span.end <= start), default=0)

    def _is_free(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, end)
        return not any(span.start < end and start < span.end for span in self.taken[max(0, at - 3) : at])

    def _start(self, core: int, *, is_ordinal: bool = False) -> int:
        """Where the name begins whose code begins at `core`: a brand quoted somewhere in the text, or the Chinese part in front."""
        brand = next((b for b in self.brands if self.view.endswith(b, 0, core)), None)
        word = _LATIN_BRAND.search(self.view, max(self._floor(core), core - _BRAND), core)
        if word and (self.words.has_bare_noun_before(self.view, word.start()) or self.words.english.is_apposed(self.view, word.start())):
            return word.start()  # 加速芯片RecAccel| N3000; the Merlin| K2
        return core - len(brand) if brand else self.words.prefix_start(self.view, core, self._floor(core), may_be_maker=is_ordinal)

    def _codes(self) -> Iterator[ChipName]:
        view = self.view
        for match in _CODE.finditer(view):
            if self._is_free(match.start(), match.end()):
                start = self._start(match.start())
                yield ChipName(start, match.start(), match.end())
        for pattern in (_NUMBER, _ORDINAL):
            for match in pattern.finditer(view):
                if not self._is_free(match.start(), match.end()) or (pattern is _NUMBER and self.words.counts(view, match.end())):
                    continue
                start = self._start(match.start(), is_ordinal=pattern is _ORDINAL)
                if start < match.start():
                    yield ChipName(start, match.start(), match.end())

    def _is_told(self, name: ChipName) -> bool:
        """A product noun beside the code, or the code as subject of a tape-out or of a process."""
        view, words = self.view, self.words
        if words.is_other_thing(view, name.start, name.end):
            return False
        if words.has_bare_noun_before(view, name.start) or words.has_noun_behind(view, name.end):
            return True
        if name.start - 1 in self.node_ends and view[name.start - 1] == " " and view[name.start].isascii():
            return True  # the 5nm CV5
        if words.is_taped_out_here(view, name.start) or words.english.is_apposed(view, name.start):
            return True
        if words.english.has_maker_ahead(view, name.end):
            return True
        code = view[name.core : name.end]
        brand = self.org_starts.get(name.start) or words.prefix_start(view, name.start, self._floor(name.start), may_be_maker=True)
        if brand < name.start and words.has_bare_noun_before(view, brand):
            return True  # 芯片|岚峤|P1: the maker's name in front is the brand
        if SHORT.match(code) and name.core == name.start:
            if words.has_generation_before(view, name.start) and self._uses_node(name.end):
                return True
            return words.has_noun_before(view, name.start) and not CJK.match(view[name.start - 1 : name.start])
        if words.has_noun_before(view, name.start):
            return True
        if name.start in self.org_starts and words.has_rival_before(view, name.start):
            return True
        is_subject = self._opens_clause(name.start) or words.has_generation_before(view, name.start)
        if words.has_wide_noun(view, name.start, name.end):
            return not code.isdigit() or is_subject
        return is_subject and (words.is_taped_out(view, name.end) or self._uses_node(name.end))

    def _opens_clause(self, start: int) -> bool:
        before = self.view[max(0, start - 5) : start].rstrip(' “"').lower()
        return not before or before[-1] in ",。;:!?\n、)” " or before.endswith("the") or start in self.org_starts

    def _uses_node(self, end: int) -> bool:
        """The clause goes on: uses, is made by … with a node or a manufacturer in it."""
        after = self.words.end_of_use(self.view, end)
        if after is None:
            return False
        stop = _CLAUSE_END.search(self.view, after)
        limit = min(stop.start() if stop else len(self.view), after + 30)
        return any(end <= at < limit for at in (*self.nodes, *self.makers))

    def _words_told(self) -> Iterator[ChipName]:
        """Latin words that a product noun introduces (量产芯片Blackhole), or that a maker and a noun enclose."""
        view, words = self.view, self.words
        noise = words.book.words("chip_word_noise")
        for match in words.english.told.finditer(view):
            start, end = match.span("name")
            if self._is_free(start, end) and not words.is_other_thing(view, start, end):
                yield ChipName(start, start, end)
        for match in _WORD.finditer(view):
            start, end = match.span()
            if match.group().lower() in noise or match.group().split()[0].lower() in noise or not self._is_free(start, end):
                continue
            if words.is_noise(match.group()) or words.is_other_thing(view, start, end):
                continue
            is_named = (words.has_bare_noun_before(view, start) and self._is_apart(start, end)) or self._is_named_in_english(start, end)
            is_next = words.has_generation_before(view, start) and self._uses_node(end)
            is_next = is_next or (words.has_codename_before(view, start) and self._has_chip_noun(start))
            floor = self._floor(start)
            is_owned = floor in self.org_starts and "\n" not in view[floor:start] and words.joins_owner(view[floor:start].strip())
            is_owned = is_owned and words.has_noun_behind(view, end) and not words.english.tells_of_trade(view, end)
            if is_named or is_next or is_owned:
                yield ChipName(start, start, end)

    def _is_named_in_english(self, start: int, end: int) -> bool:
        """a controller called Cascade; Corvid's Rook chip; its successor, Rook-X, …"""
        view, english = self.view, self.words.english
        told = english.is_called(view, start) or english.is_of_owner(view, start, end) or english.is_made_product(view, start, end)
        if told or english.is_product(view, end):
            return True
        return english.is_apposed(view, start) and _STOPS.match(view, end) is not None

    def _is_apart(self, start: int, end: int) -> bool:
        """A word right behind a Chinese noun and in front of Chinese or a stop; four capitals at most are an abbreviation."""
        is_short = self.view[start:end].isupper() and end - start <= 4
        is_behind = not self.view[start - 1 : start].isspace() or CJK.match(self.view, start - 2) is not None
        return is_behind and not is_short and _OWN_WORD.match(self.view, end) is not None

    def _has_chip_noun(self, start: int) -> bool:
        low, high = start - _AROUND, start + _AROUND
        return (
            any(low < node < high for node in self.nodes)
            or self.words.has_noun_before(self.view, start)
            or self.words.is_successor(self.view[max(0, low) : start])
        )

    def _quoted(self) -> Iterator[ChipName]:
        """“春晓”GPU: a quoted name beside a product noun that is not made of everyday words."""
        for match in _QUOTED.finditer(self.view):
            start, end = match.span(1)
            name = match.group(1)
            if name in self.words.book.words("chip_quote_noise") or not self._is_free(start, end):
                continue
            if not uncovered(name) and not (self.words.has_bare_noun_before(self.view, start) and self._uses_node(end + 1)):
                continue  # “大脑”芯片; but 芯粒“大熊星座”采用7nm工艺
            if self.words.has_noun_behind(self.view, end) or self.words.has_bare_noun_before(self.view, start):
                yield ChipName(start, end - 2 if _ORDINAL.match(self.view, end - 2) else start, end)

    def _of_listed_brands(self) -> Iterator[ChipName]:
        """Centriq 2460 beside the listed Centriq 2400, Maverick-3 beside Maverick-2: the brand with as many other digits."""
        told = {m for span in self.listed if (m := _BRAND_AND_NUMBER.fullmatch(self.view, *span))}
        for brand, digits in sorted({(m[1], len(m[2])) for m in told}):
            for match in re.finditer(rf"(?<![\w.-]){brand}[ -]?\d{{{digits}}}{_NO_SERIES}", self.view):
                if self._is_free(*match.span()):
                    yield ChipName(match.start(), match.start(), match.end())

    def _parallel(self, sure: Iterable[ChipName]) -> Iterator[ChipName]:
        """A5用三星5nm,NOVA转向4nm: a word that opens a clause with its own node, behind a chip of the same sentence."""
        view, words = self.view, self.words
        ends = sorted([name.end for name in sure] + [span.end for span in self.listed])
        for match in _WORD.finditer(view):
            if not self._is_free(*match.span()) or match.group().lower() in words.book.words("chip_word_noise"):
                continue
            at = bisect_right(ends, match.start()) - 1
            if at < 0 or re.search(r"[。;!?\n]", view[ends[at] : match.start()]):
                continue
            if view[match.start() - 1] in ",、" and self._uses_node(match.end()):
                yield ChipName(match.start(), match.start(), match.end())
