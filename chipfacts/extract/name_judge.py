"""Is this run of characters a name, and where does it begin? Word lists of rules/names and everyday words decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from chipfacts.extract.name_form import SHARE_CLASS, NameForms, has_chinese
from chipfacts.extract.phrase import Phrases
from chipfacts.rulebook.lexicon import uncovered
from chipfacts.rulebook.pattern import CHAR_KINDS
from chipfacts.rulebook.trigger import Automaton

_LETTER = "[A-Za-z0-9\u00c0-\u024f]"
_LATIN_TAIL = re.compile(rf"(?:{_LETTER}(?:{_LETTER}|[.&'’+-]|:(?=[A-Z]))*)(?: (?:of |and |& )?{_LETTER}(?:{_LETTER}|[.&'’+-])*)*$")
_CJK_SPACE = re.compile(r"[^\x00-\xff] +[^\x00-\xff](?!.*[^\x00-\xff] +[^\x00-\xff])")
_ROUND = re.compile(r"(?:pre-?)?(?:[a-h]\d?\+{0,2}|ipo|seed|angel)", re.IGNORECASE)
_TITLE_MARKS = frozenset("《》")  # what a work is called in: a contract, a show, a report
_MARKUP = frozenset("#*>`[]|~》〉】")  # of Markdown, which articles are often kept in, and the closing marks of a title in front of a name
_MENTION = frozenset(CHAR_KINDS)
_NUMBERING = re.compile(r"(?:\d{1,2}[.、)] ?|0\d |[-+•·\u2460-\u2473] ?)(?=[^\d\s])")  # the mark of an item
_LATIN = re.compile("[a-z]")
_ODD = 8  # characters of a name that its frame alone speaks for
_CODE = re.compile(r"[A-Za-z]-?\d")
_COUNT = re.compile(r"\d[年月日家只个起笔名倍次股张万亿台片]")


def alternation(words: Iterable[str]) -> str:
    """Words as one regular expression, longest first; of no words, one that never matches."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w))) or r"(?!)"


class NameJudge(NameForms):
    """The verdicts of one rulebook; its word lists are put together when first needed."""

    # ---- word lists

    @cached_property
    def _left(self) -> re.Pattern[str]:
        words = {w for n in ("edge_left", "generic_nouns", "titles", "name_left") for w in self.book.words(n) if len(w) >= 2}
        words = words - self._suffix_set | self.book.words("frame_nouns")
        latin = {w for w in words if w.isascii()}
        return re.compile(rf"{alternation(words - latin)}|(?<![a-z])(?:{alternation(latin)})(?![a-z])")

    @cached_property
    def _left_automaton(self) -> Automaton:
        words = {w for n in ("edge_left", "generic_nouns", "titles", "name_left") for w in self.book.words(n) if len(w) >= 2}
        return Automaton(words - self._suffix_set | self.book.words("frame_nouns"))

    def _left_ends(self, lowered: str, end: int) -> Iterator[int]:
        """Where the words end that stand in front of a name; without Latin letters the automaton finds what `_left` would."""
        if _LATIN.search(lowered) is None:
            return self._left_automaton.ends(lowered[:end])
        return (match.end() for match in self._left.finditer(lowered, 0, end))

    @cached_property
    def _left_chars(self) -> frozenset[str]:
        return frozenset(w for w in self.book.words("edge_left") if len(w) == 1)

    @cached_property
    def _char_words(self) -> re.Pattern[str]:
        """Words of names that hold a character which no other name does."""
        return re.compile(alternation(self.book.words("char_words")))

    @cached_property
    def _never(self) -> Automaton:
        return Automaton(w for w in self.book.words("never") | self.book.words("never_inside") if len(w) >= 2)

    @cached_property
    def _stop_names(self) -> frozenset[str]:
        """Whole names that are none: stop words, places, and every word a cue listens for."""
        cues = {word for cue in self.book.cues for word in cue.words}
        return frozenset(cues).union(*(self.book.words(n) for n in ("never", "never_whole", "places")))

    @cached_property
    def _noun_ends(self) -> tuple[str, ...]:
        words = {w for w in self.book.words("generic_nouns") | self.book.words("titles") if len(w) >= 2}
        return tuple(sorted(words - self._suffix_set))

    @cached_property
    def _never_ends(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Endings no name has: in a weak context also single characters (…高达, …为), which real names may end in."""
        words = tuple(sorted(self.book.words("never_end")))
        return words, tuple(word for word in words if len(word) >= 2)

    @cached_property
    def _never_starts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Beginnings no name has; where an unusual run stands before a trade suffix, single characters may begin one (达闼机器人)."""
        words = tuple(sorted(self.book.words("never_start")))
        return words, tuple(word for word in words if len(word) >= 2)

    @cached_property
    def phrases(self) -> Phrases:
        """What tells a piece of a sentence from a name."""
        return Phrases(self.book)

    # ---- judging one run

    def judge(self, run: str, *, is_strong: bool, is_certain: bool = False) -> tuple[int, int] | None:
        """Where in `run` (a piece of skeleton without mentions) the name stands that ends it; None where there is none.

        In a weak context everyday words are no name; in a strong one they may be; where a name is certain (a stock code or a legal form
        follows) only its beginning is in question.
        """
        end = len(run.rstrip(" \"'“”*`"))
        listed = SHARE_CLASS.search(run[:end])
        if listed:
            found = self.judge(run[: listed.start()], is_strong=True, is_certain=True)
            return (found[0], end) if found else None
        numbering = _NUMBERING.match(run)
        start = numbering.end() if numbering else 0
        for stop in self._left_ends(run.lower(), end):
            if end - stop >= 2 and run[stop:end].strip() and not self.ends_as_company(run[stop:end].strip()):
                start = stop  # 岚峤服务股份: what follows is no name but the end of one
        marked = max((place for place in range(start, end - 2) if run[place] in _MARKUP), default=start - 1)
        kinds = (run.rfind(mark, start + 2, end - 2) for mark in self.book.words("left_marks"))
        kinds = (place for place in kinds if not run.startswith("商", place + 1))  # 半导体验证分析厂|宜特, but 代工厂商|广达
        start = max(marked, *kinds, -1) + 1
        is_framed = is_strong and self._is_framed(run[:start])
        kept = self.book.words("framed_starts") if is_framed else frozenset[str]()
        while start < end - 2 and ((run[start] in self._left_chars and run[start] not in kept) or run[start] in " \"'“”·•"):
            start += 1
        gap = _CJK_SPACE.search(run, start, end)
        start = gap.end() - 1 if gap else start
        start = self._behind_running(run, start, end) if is_certain else self._trim_place(run, start, end)
        body = run[start:end]
        tail = _LATIN_TAIL.search(body)
        if tail and tail.start() >= 2 and tail.group().lower() in self.book.words("issued_paper"):
            end = start + tail.start()  # 岚泥|ECB
            body = run[start:end]
        elif tail:
            start += self._latin_start(body, tail)
            body = run[start:end]
        if not is_strong:
            end = start + len(self.phrases.without_adverb(body, self._suffix_set))
            body = run[start:end]
        is_name = self.is_name(body, is_strong=is_strong, is_certain=is_certain, is_framed=is_framed)
        return (start, end) if is_name else None

    def _is_framed(self, head: str) -> bool:
        """茶饮品牌|因味茶: a noun that says what kind of company it is, itself told more closely, ends what stands in front of a name."""
        noun = next((n for n in self._frame_nouns if head.lower().endswith(n)), "")
        rest = head[: len(head) - len(noun)]
        return bool(noun) and len(rest) >= 2 and not rest.endswith(self.book.tuple_of("frame_vetoes"))

    @cached_property
    def _frame_nouns(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("frame_nouns"), key=len, reverse=True))

    def _behind_running(self, run: str, start: int, end: int) -> int:
        """Where the name begins in 公司拟以现金向岚峤微电子: behind the last word that runs the sentence, its ending left alone."""
        at = start
        size = self._suffix_size(run[start:end], 2)
        for word, is_running in self.phrases.running(run[start : end - size]):
            at += len(word)
            if (is_running or word in self.book.words("relative_particles")) and end - at >= 2:
                start = at
        return start

    def _latin_start(self, body: str, tail: re.Match[str]) -> int:
        """A Latin tail counts from its first capital; Chinese glued in front stays only as a short brand (时萃SECRE)."""
        words = list(re.finditer(r"\S+", tail.group()))
        at = len(words)
        while at > 0 and (
            words[at - 1].group()[0].isupper()
            or any(c.isupper() or c.isdigit() for c in words[at - 1].group())
            or words[at - 1].group() in ("of", "&")
        ):
            at -= 1
        if at == len(words):
            return tail.start()
        begin = tail.start() + words[at].start()
        before = body[: tail.start()]
        is_noun = before.lower().endswith(self.book.tuple_of("product_nouns", "chip_nouns", "generic_nouns"))  # 车载芯片M55H
        is_noun = is_noun or (len(before) >= 4 and self.phrases.is_plain(before))  # 数字银行Hedgehog
        if at == 0 and 0 < len(before) <= 4 and has_chinese(before) and not is_noun and not self._never.is_in(before.lower()):
            return 0
        return begin

    def is_name(self, body: str, *, is_strong: bool, is_certain: bool = False, is_framed: bool = False) -> bool:
        """Could this be a whole name? Closed lists say no; the context has already said yes.

        Between the noun for its kind and a strong predicate (`is_framed`), a name may hold what no other does: 爷爷不泡茶, 饿了么.
        """
        lowered = body.lower()
        if not is_strong and _CODE.search(body):
            return False  # a code is a product's name, unless a strong context says otherwise
        if not 2 <= len(body) <= 40 or lowered in self._stop_names:
            return False
        if not (_MENTION | _TITLE_MARKS | _MARKUP).isdisjoint(body) or not any(char.isalpha() for char in body):
            return False
        if body.count("(") != body.count(")"):
            return False
        if not has_chinese(body):
            return self._is_latin_name(body, is_certain or is_framed) and (is_framed or not _ROUND.fullmatch(body))
        is_odd = is_framed and 3 <= len(body) <= _ODD and not self.phrases.is_plain(body)
        held = "" if is_odd and body[0] not in self.book.words("never_chars") else self._char_words.sub("", body)
        if len(body) > (18 if is_strong else 12) or not self.book.words("never_chars").isdisjoint(held):
            return False
        size = self._suffix_size(body, 2)
        core = body[: len(body) - size]
        is_begun = is_framed and body[0] in self.book.words("framed_starts")
        if lowered.startswith(self._never_starts[is_begun or (size > 0 and uncovered(core) >= 2)]):
            return False
        if not is_certain and not is_odd and any(is_running for _, is_running in self.phrases.running(core)):
            return False
        if self._never.is_in(core.lower()) or core.lower() in self.book.words_of("generic_nouns", "never_latin"):
            return False
        if lowered.endswith(self._noun_ends):
            return False
        if any(0 <= body.find(word) < len(body) - len(word) for word in self.book.words("never_amid")):
            return False  # IPO前公司共
        if _COUNT.search(body) or (body[:-1].lower() in self.book.words("never_latin") and not body.isascii()):
            return False  # IPO中: a word and a particle
        if core == body and not is_certain and self.phrases.is_phrase(body):
            return False
        if core == body and body.endswith(self._place_ends) and not body.endswith(self._no_place_ends):
            return False
        if core == body and not is_certain and self._is_everyday(body, is_strong=is_strong):
            return False
        return lowered not in self._suffix_set and not lowered.endswith(self._never_ends[is_strong])

    def is_plain(self, name: str) -> bool:
        """福利基金, 风险控制: nothing but everyday words, its ending aside; a name only where somebody acts under it."""
        return self.phrases.is_plain(name[: len(name) - self._suffix_size(name, 2)])

    @cached_property
    def _place_ends(self) -> tuple[str, ...]:
        return self.book.tuple_of("place_ends")

    @cached_property
    def _no_place_ends(self) -> tuple[str, ...]:
        return self.book.tuple_of("no_place_ends")

    def _is_everyday(self, body: str, *, is_strong: bool) -> bool:
        """A run of everyday words is no name in a weak context; in a strong one only a single frequent word is not."""
        if is_strong:
            return self.phrases.is_frequent(body) or (len(body) == 2 and body[0] in self._left_chars)
        if body[0] in self._left_chars:
            return True
        return uncovered(body) <= (1 if len(body) >= 4 else 0)

    def _is_latin_name(self, body: str, is_certain: bool) -> bool:
        words = body.split()
        if not any(char.isalpha() for char in body) or len(words) > 6 or body.lower() in self.book.words("never_latin"):
            return False
        if all(word.lower() in self.book.words("never_latin") for word in words) or words[-1].lower() in self.book.words("en_product_ends"):
            return False
        return is_certain or any(char.isupper() for char in body) or "." in body[1:-1]

    def is_short_name(self, short: str) -> bool:
        """Could this stand for the longer name it was cut from? Then it may begin as no name does by itself: 达闼, of 达闼机器人."""
        return self.is_name(short, is_strong=False) or (len(short) >= 2 and has_chinese(short) and uncovered(short) == len(short))
