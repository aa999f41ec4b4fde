"""What stands around a chip's name: the word lists of rules/names/chips.yaml as compiled patterns, each asked at an offset of the view."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from chipfacts.extract.chip_words_en import EnglishChipWords
from chipfacts.rulebook import Rulebook

_BEFORE = 30  # characters looked at on either side of a name
_AROUND = 40  # … and around one that only a wide noun speaks for
_RIVAL = 14
_CJK_RUN = 8
_EDGES = "\"“'‘) "  # what may stand between a noun and a name
CJK = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[\"”'’)]?(?:, | [A-Za-z\-\u017f\u212a])")  # what an English noun phrase behind a name begins with


def alternation(words: Iterable[str]) -> str:
    """An alternation, longest first; a Latin word must not run on into letters.

    Words with the same edges share one look to either side: a look for each word would take five times as long to compile.
    """
    groups: dict[tuple[bool, bool], list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        groups.setdefault((_is_latin(word[-1]), _is_latin(word[0])), []).append(word)
    open_ended = tuple(word for (is_latin, _), group in groups.items() if not is_latin for word in group)
    if any(word.startswith(open_ended) for (is_latin, _), group in groups.items() if is_latin for word in group):
        # A word of the last groups goes on behind one of the first: only the order by length is right.
        return "|".join(_edged([word], _is_latin(word[0]), _is_latin(word[-1])) for word in sorted(words, key=lambda w: (-len(w), w)))
    return "|".join(_edged(group, left, right) for (right, left), group in sorted(groups.items())) or r"(?!)"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _edged(words: list[str], left: bool, right: bool) -> str:
    return f"{'(?<![A-Za-z])' if left else ''}(?:{'|'.join(map(re.escape, words))}){'(?![A-Za-z])' if right else ''}"


class ChipWords:
    """The patterns of one rulebook, compiled when first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    def _words(self, name: str) -> str:
        return alternation(self.book.words(name))

    @cached_property
    def _nouns(self) -> re.Pattern[str]:
        return re.compile(self._words("chip_nouns"), re.IGNORECASE)

    @cached_property
    def _noun_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_nouns')})\)? ?(?:(?:{self._words('chip_links')}) ?){{0,3}}[\"“'‘《(]?$", re.IGNORECASE)

    @cached_property
    def _bare_noun_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_nouns')})\)? ?[\"“'‘]?$", re.IGNORECASE)

    @cached_property
    def _wide_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_nouns_wide')})(?:包括|包含|有|为|是|即)?[\"“]?$", re.IGNORECASE)

    @cached_property
    def _noun_near(self) -> re.Pattern[str]:
        nouns, never = self._words("chip_nouns"), self._words("chip_noun_never")
        unlisted = rf"[^\x00-\u2e7f、。，；：{''.join(sorted(self.book.words('chip_loose_never')))}]{{0,4}}?"
        own = f"(?:{self._words('chip_list_words')})"  # JM5、JM7等具有自主知识产权的高性能|GPU
        near = rf"(?: |{self._words('chip_modifiers')}){{0,5}}{unlisted}(?:{nouns})(?! ?(?:{never}))"
        listed = rf"(?:系列)?等(?:[多几两二三四五六七八九十\d]{{0,2}}[款颗]|{own}[^、。，；：\n]{{0,14}}?)?"
        return re.compile(rf"[\"”'’)]?(?:{listed})?{near}", re.IGNORECASE)

    @cached_property
    def _english_noun(self) -> re.Pattern[str]:
        nouns, never = self._words("chip_nouns"), self._words("chip_noun_never")
        english = rf"(?: [a-z-]{{3,16}}){{1,2}} (?:{nouns})(?! ?(?:{never}))"
        apposition = rf"(?: [a-z]+){{0,2}}, (?:an?|the|its) [^,.;\n]{{0,40}}?(?:{nouns}|(?<![A-Za-z])part(?![A-Za-z]))"
        return re.compile(rf"[\"”'’)]?(?:{english}|{apposition})", re.IGNORECASE)

    @cached_property
    def _wide_behind(self) -> re.Pattern[str]:
        return re.compile(
            rf"[\"”]?(?: |{self._words('chip_modifiers')}){{0,3}}(?:{self._words('chip_nouns_wide')})(?!{self._words('chip_noun_never')})",
            re.IGNORECASE,
        )

    @cached_property
    def _generation(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_generations')}) ?[\"“]?$", re.IGNORECASE)

    @cached_property
    def _event(self) -> re.Pattern[str]:
        return re.compile(rf"[\"”)]?[^,。;!?\n]{{0,12}}?(?:{self._words('chip_events')})", re.IGNORECASE)

    @cached_property
    def _uses(self) -> re.Pattern[str]:
        return re.compile(rf"[\"”)]?(?:[ ,]|{self._words('chip_adverbs')}){{0,4}}(?:{self._words('chip_uses')})", re.IGNORECASE)

    @cached_property
    def _never_behind(self) -> re.Pattern[str]:
        return re.compile(rf"[\"”)]? ?(?:{self._words('chip_never_behind')})", re.IGNORECASE)

    @cached_property
    def _done(self) -> re.Pattern[str]:
        return re.compile(
            rf"[\"”)]? ?(?:{self._words('chip_adverbs')}|{self._words('chip_done')}){{1,3}}(?:{self._words('chip_events')})", re.IGNORECASE
        )

    @cached_property
    def _never_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_never_before')})[\"“]? ?$", re.IGNORECASE)

    @cached_property
    def _noise(self) -> re.Pattern[str]:
        parts = []
        for word in sorted(self.book.words("chip_noise"), key=lambda w: (-len(w), w)):  # in one order: the compiled pattern is kept
            parts.append(re.escape(word) + (r"(?![a-z])" if word[-1].isalpha() else r"(?![a-z0-9])"))
        parts.append(r"[fc]y(?:\d\d)?\d\d$")  # fiscal years
        return re.compile("|".join(parts))

    @cached_property
    def _left_words(self) -> tuple[str, ...]:
        return self.book.tuple_of("chip_left")

    @cached_property
    def _architecture(self) -> re.Pattern[str]:
        return re.compile(rf"[\"”]? ?(?:[CGN]PU)? ?(?:{self._words('chip_architecture')})", re.IGNORECASE)

    @cached_property
    def _newer(self) -> re.Pattern[str]:
        return re.compile(self._words("chip_successors"), re.IGNORECASE)

    @cached_property
    def _rivals(self) -> re.Pattern[str]:
        return re.compile(self._words("chip_rivals"), re.IGNORECASE)

    @cached_property
    def _codename(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_codenames')}) ?[\"“]?$", re.IGNORECASE)

    def has_rival_before(self, view: str, start: int) -> bool:
        """对标博通|X9: something is measured against it."""
        return self._rivals.search(view, max(0, start - _RIVAL), start) is not None

    def has_codename_before(self, view: str, start: int) -> bool:
        """代号|Nova: a code name follows."""
        return self._codename.search(view, max(0, start - _BEFORE), start) is not None

    @cached_property
    def _family(self) -> re.Pattern[str]:
        return re.compile(rf"[\"”]? ?(?:{self._words('chip_family')})", re.IGNORECASE)

    @cached_property
    def _members(self) -> re.Pattern[str]:
        return re.compile(self._words("chip_members"), re.IGNORECASE)

    @cached_property
    def _bought(self) -> re.Pattern[str]:
        return re.compile(self._words("chip_customer_verbs"), re.IGNORECASE)

    def joins_owner(self, text: str) -> bool:
        """The text between a company and its chip: nothing, 的, 's."""
        return not text or text in self.book.words("chip_possessives")

    def is_family(self, text: str, end: int) -> bool:
        """The name is followed by 系列."""
        return self._family.match(text, end) is not None

    def lists_members(self, text: str) -> bool:
        """包括 …: members follow."""
        return self._members.search(text) is not None

    def is_bought(self, text: str) -> bool:
        """Somebody buys or carries the chip."""
        return self._bought.search(text) is not None

    def is_architecture(self, view: str, end: int) -> bool:
        """The name is a design's or a core's (Zen 5|架构), no product."""
        return self._architecture.match(view, end) is not None

    def is_successor(self, text: str) -> bool:
        """Words for another generation of the same maker stand in `text`."""
        return self._newer.search(text) is not None

    def has_noun_before(self, view: str, start: int) -> bool:
        """A product noun ends right before `start`, at most links in between (芯片产品|X9)."""
        return self._noun_before.search(view, max(0, start - _BEFORE), start) is not None

    def has_bare_noun_before(self, view: str, start: int) -> bool:
        """A product noun ends right before `start`, at most a quote in between (芯片“|X9)."""
        before = view[max(0, start - _BEFORE) : start].lower().rstrip(_EDGES)
        if not before.endswith(self._noun_ends):  # nearly always: one look instead of a search
            return False
        return self._bare_noun_before.search(view, max(0, start - _BEFORE), start) is not None

    @cached_property
    def _noun_ends(self) -> tuple[str, ...]:
        return tuple(word.rstrip(_EDGES) for word in self.book.words("chip_nouns"))

    def has_noun_behind(self, view: str, end: int) -> bool:
        """A product noun follows `end`, at most modifiers in between (X9|车规级芯片)."""
        if self._noun_near.match(view, end) is not None:
            return True
        return _ENGLISH.match(view, end) is not None and self._english_noun.match(view, end) is not None

    def has_wide_noun(self, view: str, start: int, end: int) -> bool:
        """A noun that other products carry as well stands on either side."""
        if self._wide_before.search(view, max(0, start - _BEFORE), start) is None and self._wide_behind.match(view, end) is None:
            return False
        low, high = max(0, start - _AROUND), min(len(view), end + _AROUND)
        return self._nouns.search(view, max(low, view.rfind("\n", low, start)), high) is not None

    def is_platform(self, view: str, end: int) -> bool:
        """Rubin|平台: such a noun stands right behind the name."""
        return self._wide_behind.match(view, end) is not None

    def has_generation_before(self, view: str, start: int) -> bool:
        """下一代|X9: the name follows a word for a generation."""
        return self._generation.search(view, max(0, start - _BEFORE), start) is not None

    def is_taped_out(self, view: str, end: int) -> bool:
        """The name is the subject of a tape-out or of mass production."""
        return self._event.match(view, end) is not None

    def end_of_use(self, view: str, end: int) -> int | None:
        """Where the verb ends by which a chip uses a process (X9已采用|…), or None."""
        match = self._uses.match(view, end)
        return match.end() if match else None

    def is_other_thing(self, view: str, start: int, end: int) -> bool:
        """The words around say company (Group14| Technologies), phone, model: no chip. X9|完成流片 is one all the same."""
        if self._never_before.search(view, max(0, start - _BEFORE), start) or self.goes_on_as_firm(view, end):
            return True
        return self._never_behind.match(view, end) is not None and self._done.match(view, end) is None

    def is_taped_out_here(self, view: str, start: int) -> bool:
        """tape out |X9: the name is the object of a tape-out."""
        return self._taping.search(view[max(0, start - _BEFORE) : start]) is not None

    @cached_property
    def _taping(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._words('chip_tapings')})(?: its| the| a)? ?$", re.IGNORECASE)

    @cached_property
    def english(self) -> EnglishChipWords:
        """What English says around a chip's name."""
        return EnglishChipWords(self.book)

    def goes_on_as_firm(self, view: str, end: int) -> bool:
        """Skylake| Equity Partners: the words of a firm's name follow."""
        return self._firm.match(view, end) is not None

    @cached_property
    def _firm(self) -> re.Pattern[str]:
        names = {w for n in ("investor_suffix", "company_suffix") for w in self.book.words(n) if w.isascii() and w.isalpha()}
        return re.compile(rf" (?:[A-Z][a-z]+ )?(?:{'|'.join(sorted(w.capitalize() for w in names))})(?![A-Za-z])")

    def brings_out_own(self, text: str) -> bool:
        """首款, 自研, 推出, its and the like: whoever the text is about makes the chip that follows."""
        is_ours = text.rstrip().endswith(self.book.tuple_of("chip_own_ends")) or self.english.is_its(text)
        return is_ours or any(word in text for word in self.book.words("chip_own_words"))

    def is_noise(self, token: str) -> bool:
        """An interface, memory, number format, standard, model or event (USB4, FP8)."""
        return self._noise.match(token.lower()) is not None

    def prefix_start(self, view: str, start: int, floor: int, *, may_be_maker: bool = False) -> int:
        """Where the Chinese part of a name in front of its digits begins (|天玑9300); `start` where there is none."""
        low = start
        while low > floor and start - low < _CJK_RUN and CJK.match(view, low - 1):
            low -= 1
        run = view[low:start]
        cut = next((k for k in range(len(run), 0, -1) if run[:k].endswith(self._left_words)), 0)
        prefix = run[cut:]
        if (
            not 2 <= len(prefix) <= 3
            or (cut == 0 and len(run) == _CJK_RUN)
            or self._is_everyday(prefix)
            or (not may_be_maker and self._is_maker(view, prefix))
        ):
            return start
        return start - len(prefix)

    def _is_everyday(self, prefix: str) -> bool:
        stops = self.book.tuple_of("chip_prefix_stop")
        return prefix.startswith(stops) or prefix.endswith(stops)

    def _is_maker(self, view: str, prefix: str) -> bool:
        """溯岭X9 beside 溯岭科技: the Chinese part is the company's name."""
        suffixes = self.book.tuple_of("chip_maker_suffix")
        return prefix.endswith(suffixes) or any(prefix + word in view for word in suffixes if len(word) >= 2)

    def counts(self, view: str, end: int) -> bool:
        """The digits count something (芯片约300|颗)."""
        after = view[end : end + 6].lower().lstrip()
        return after.startswith(self.book.tuple_of("chip_counters"))


@lru_cache(maxsize=8)
def chip_words(rulebook: Rulebook) -> ChipWords:
    """The patterns of a rulebook, made once."""
    return ChipWords(rulebook)
