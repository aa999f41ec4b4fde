"""Names that no gazetteer lists: found by what stands around them, judged at their edges, then found again through the document.

Contexts (rules/names): subject of a financing verb, investor in a list, object of an investment, quoted beside a company noun, defined in
brackets, heading of a digest item. A context says where a name may end; `judge` says where it begins, or that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from chipfacts.extract.name_form import has_chinese
from chipfacts.extract.name_judge import alternation
from chipfacts.extract.name_list import split_list
from chipfacts.extract.name_shape import ShapeFinder
from chipfacts.extract.org import Candidate, Org
from chipfacts.extract.skeleton import CLAUSE_ENDS, Skeleton
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, ORG, ROUND
from chipfacts.rulebook.trigger import Triggers

_MENTION = "".join(CHAR_KINDS)
_MENTION_CHARS = frozenset(CHAR_KINDS)
_MEMBER = 12  # characters in front of 投资 in which its list goes on
_GOT = 24  # characters in front of 战略投资 in which somebody gets it
_GLOSS = 30  # characters of a bracket behind a name
_JOINERS = frozenset(("和", "与", "及"))
_AGENT = re.compile("(?<![自理缘事])由(?![于来衷])")  # 岚峤直播由王某创立: behind a name, who did it
_BEFORE_LEGAL = re.compile(r"([\w&·]{2,18}(?:\(\w{2,6}\)\w{0,8})?)(?:股份)?$")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|\(?\d{1,2}[.、)]\s?|[•·#*-]\s*)?([^,。;:!?\n、“”()]{2,30}?)(?:\s?\([^()\n]{1,30}\))?[。:.]?\s*$"
)


def _is_barred(hit: tuple[str, int, int], barred: dict[int, int]) -> bool:
    """获悉 is no 获, 投资者 no 投资; but a verb that is barred as a predicate alone (旗下) may have its object."""
    kind, start, end = hit
    if kind == "object":
        return barred.get(start, 0) > end
    if kind in ("strong", "weak"):
        return start in barred or any(first < start and end <= last for first, last in barred.items())  # 虚拟 is no 拟
    return kind == "no_predicate"


def _is_in_word(skeleton: Skeleton, hit: tuple[str, int, int]) -> bool:
    """True for CTO in Conductor, and for any Latin predicate in a Latin sentence, where English contexts speak."""
    text, (kind, start, end) = skeleton.text, hit
    if kind not in ("strong", "weak") or not text[start].isascii():
        return False
    return skeleton.is_latin or any(c.isascii() and c.isalpha() for c in (text[start - 1 : start], text[end : end + 1]))


class NameFinder(ShapeFinder):
    """The contexts of one rulebook, compiled when first needed."""

    @cached_property
    def _fillers(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        venues, terms = alternation(self.book.words("venue_prepositions")), alternation(self.book.words("term_words"))
        venue = rf"(?:{venues})(?:{ORG}\w{{0,6}}|{ROUND}\w{{0,3}}|\w{{2,6}}[中上里])"
        return re.compile(rf"(?:{alternation(words)}|{venue}|\d{{1,2}}(?:{terms})|[于在]{DATE}|[{DATE}\s\"“”'])+$")

    @cached_property
    def _triggers(self) -> Triggers:
        nouns = self.book.words("generic_nouns")
        return Triggers(
            {
                "strong": self.book.words("strong_predicates"),
                "weak": self.book.words("subject_predicates"),
                "list_verb": self.book.words("list_verbs"),
                "list_head": self.book.words("list_heads"),
                "object": self.book.words("object_verbs"),
                "noun": nouns,
                "no_predicate": self.book.words("no_predicates"),
                "legal": frozenset(("有限公司", "有限责任公司")),
                "suffix": self.book.words("opening_suffix"),
            }
        )

    @cached_property
    def _right_cut(self) -> re.Pattern[str]:
        return re.compile(alternation(self.book.words("name_right")))

    # ---- contexts

    def find(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """Every name the contexts of one sentence point at."""
        hits = self._triggers.find(skeleton.lower)
        yield from self.of_shape(skeleton, has_suffix=any(kind == "suffix" for kind, _, _ in hits))
        for index, mention in skeleton.of_kind("round"):
            candidate = self._object(skeleton, index + 1) if mention.value == "strategic" else None
            if candidate:
                yield candidate  # 战略投资岚峤集团: a verb as well as a round
            if mention.value == "strategic" and (self._is_got(skeleton, index) or self._is_behind_investors(skeleton, index)):
                yield from self._list_left(skeleton, index)  # 另获甲、乙战略投资; 由甲领投,乙战略投资
        barred = {start: end for kind, start, end in hits if kind == "no_predicate"}
        hits = [hit for hit in hits if not _is_barred(hit, barred) and not _is_in_word(skeleton, hit)]
        verbs = [start for kind, start, _ in hits if kind in ("strong", "weak")]
        for kind, start, end in hits:
            if kind == "list_verb" and self._ends_a_name(skeleton.text, start, end):
                continue
            if kind == "list_verb":
                yield from self._list_left(skeleton, start)
            elif kind == "list_head":
                yield from self._list_right(skeleton, end)
            elif kind == "noun":
                yield from self._appositive(skeleton, end)
            elif kind == "legal":
                yield from self._legal_name(skeleton, start, end)
            elif kind == "object":
                candidate = self._object(skeleton, end)
                if candidate:
                    yield candidate
            elif kind != "suffix":
                yield from self._subjects(skeleton, start, kind == "strong", verbs)

    def _is_got(self, skeleton: Skeleton, index: int) -> bool:
        return self._gets.search(skeleton.lower, max(index - _GOT, 0), index) is not None

    def _is_behind_investors(self, skeleton: Skeleton, index: int) -> bool:
        start, _ = skeleton.clause(index)
        return skeleton.text[:start].rstrip(", ").endswith(self.book.tuple_of("list_verbs"))

    @cached_property
    def _gets(self) -> re.Pattern[str]:
        return re.compile(alternation(self.book.words("getting_heads")))

    def is_kind(self, surface: str, view: str) -> bool:
        """智能仓储机器人, where the text says 智能仓储机器人企业: a kind of thing, not a name."""
        return has_chinese(surface) and any(f"{surface}{noun}" in view for noun in self.book.words("kind_nouns"))

    def _ends_a_name(self, text: str, start: int, end: int) -> bool:
        """贸联投|资, 、中证投资、: the ending of a name, no verb."""
        if text[end - 1] == "投" and text.startswith("资", end):
            return True
        word = text[start:end]
        return word in self._suffix_set and text.startswith(("、", "等", "("), end) and "、" in text[max(start - _MEMBER, 0) : start]

    def _subjects(self, skeleton: Skeleton, verb: int, is_strong: bool, verbs: list[int]) -> Iterator[Candidate]:
        """The run that ends before a predicate, once adverbs and dates are taken off, and what is listed in front of it."""
        found = self._subject(skeleton, verb, is_strong, verbs)
        if found is None:
            return
        start, end = found
        pieces = [(low, high) for low, high in split_list(skeleton.text, start, end) if high - low >= 2]
        if len(pieces) == 2 and all(self._is_whole(skeleton.text[low:high], is_strong) for low, high in pieces):
            for low, high in pieces:
                yield Candidate(skeleton.source(low, high), is_strong)  # 星河动力与时空道宇: two names
            return
        text = skeleton.text
        if any(text[start:i].endswith(self._suffixes) and end - i > 2 for i in range(start + 2, end - 1) if text[i] in _JOINERS):
            return  # 甲资本和乙基金: two names, one of which is none
        is_believed = is_strong and not self.looks_like_person(skeleton.text[start:end])  # 蒋宁获核准: perhaps somebody's name
        candidate = self._candidate(skeleton, start, end, strong=is_believed) if end - start >= 2 else None
        if candidate:
            yield candidate
            if skeleton.text[start - 1 : start] == "、":
                yield from self._list_left(skeleton, start - 1, investor=False)

    def _is_whole(self, run: str, is_strong: bool) -> bool:
        """True for a run that is a name from its first character to its last, and more than a kind of thing."""
        return self.judge(run, is_strong=is_strong) == (0, len(run)) and not self.is_plain(run)

    def _subject(self, skeleton: Skeleton, verb: int, is_strong: bool, verbs: list[int]) -> tuple[int, int] | None:
        """Where the run stands that ends before a predicate; None where no name can."""
        text = skeleton.text
        verb = self._before_gloss(skeleton, verb)
        start = verb
        while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()—":
            start -= 1
        start = self._behind_particle(text, start, verb)
        if ORG in self._fillers.sub("", text[start:verb].lower()):
            return None
        start = self._behind_report(text, start, verb, verbs)
        agent = _AGENT.search(text, start + 2, verb - 1)
        verb = agent.start() if agent else verb
        prefix = text[start:verb]
        if any(start + 2 <= other < verb - 1 and self._fillers.fullmatch(skeleton.lower[other:verb]) is None for other in verbs):
            return None  # 海悦拟发CB筹资: the name ends before the first verb
        fillers = self._fillers.search(prefix.lower())
        end = verb - (len(prefix) - fillers.start() if fillers else 0)
        for i in range(end - 1, start - 1, -1):
            if text[i] in _MENTION + '“”"、':
                start = i + 1
                break
        if text[start:end].endswith(self.book.tuple_of("whence_words")):
            return None  # 从溪石资本、岚峤创投处拿到
        if self.phrases.is_plain(text[start:end]) and text.startswith(self._kind_nouns, end):
            return None  # 商业火箭公司纷纷宣布: a kind of company
        return start, end

    def _behind_report(self, text: str, start: int, verb: int, verbs: list[int]) -> int:
        """Where the name may begin in 创始人宣布知乎完成…: behind the last verb that only reports, if more than adverbs follow it."""
        for other in reversed(verbs):
            word = next((w for w in self._reports if text.startswith(w, other)), "") if start < other < verb - 3 else ""
            rest = text[other + len(word) : verb]
            if word and len(self._fillers.sub("", rest.lower())) >= 2:
                return other + len(word)
        return start

    @cached_property
    def _reports(self) -> tuple[str, ...]:
        return self.book.tuple_of("announcing")

    def _before_gloss(self, skeleton: Skeleton, verb: int) -> int:
        """创鑫智慧(NEUCHIPS)今日宣布: where the bracket opens that alone, adverbs aside, stands between a name and its predicate."""
        close = verb
        while close > 0 and skeleton.text[close - 1] not in CLAUSE_ENDS + "()":
            close -= 1
        if skeleton.text[close - 1 : close] != ")" or (close < verb and not self._fillers.fullmatch(skeleton.lower[close:verb])):
            return verb
        opened = skeleton.text.rfind("(", 0, close)
        return opened if opened >= 2 and close - opened <= _GLOSS else verb

    @cached_property
    def _kind_nouns(self) -> tuple[str, ...]:
        return self.book.tuple_of("anonymous_nouns")

    def _object(self, skeleton: Skeleton, at: int) -> Candidate | None:
        """The run behind a verb of investing or buying, up to a mention, a particle or punctuation."""
        text = skeleton.text
        end = at
        while end < len(text) and text[end] not in CLAUSE_ENDS + "、()“”的了" + _MENTION and end - at < 30:
            end += 1
        run = text[at:end]
        cut = self._right_cut.search(run.lower(), 2)
        if cut:
            end = at + cut.start()
        return self._candidate(skeleton, at, end, strong=False)

    def _appositive(self, skeleton: Skeleton, at: int) -> Iterator[Candidate]:
        """AI芯片公司云岭科技…: a run between a company noun and its own trade suffix."""
        if self.phrases.is_frequent(skeleton.text[at - 1 : at + 1]):
            return  # 中国企业: 国企 is no word there
        match = self._noun_name.match(skeleton.text, at)
        if match is None:
            return
        run = match.group(1)
        if is_undone(run, skeleton.text, match.end(1), self.book):
            cut = self._right_cut.search(run.lower(), 2)
            run = run[: cut.start()] if cut else ""  # 对手X也在与投资人接触; 公司获准在银行间…
        found = self.judge(run, is_strong=True)
        if found and not self.is_plain(run[slice(*found)]):
            yield Candidate(skeleton.source(match.start(1) + found[0], match.start(1) + found[1]), True)

    def _legal_name(self, skeleton: Skeleton, start: int, end: int) -> Iterator[Candidate]:
        """A name with its legal form (…股份有限公司), whole: the form is cut off again where the name is shown."""
        match = _BEFORE_LEGAL.search(skeleton.text, max(start - 30, 0), start)
        if match is None:
            return
        begin = self._behind_dateline(skeleton.text, match.start(1))
        if skeleton.text[begin - 1 : begin] == ORG and self.ends_as_company(match.group(1)):
            return  # the rest of the legal name of a listed company
        found = self.judge(skeleton.text[begin : match.end(1)], is_strong=True, is_certain=True)
        if found:
            yield Candidate(skeleton.source(begin + found[0], end), True)

    @cached_property
    def _noun_name(self) -> re.Pattern[str]:
        ends = alternation(
            w for w in self.book.words("company_suffix") | self.book.words("investor_suffix") if len(w) >= 2 and not w.isascii()
        )
        return re.compile(rf"[“\"]?(\w{{2,6}}?(?:{ends}))(?!{alternation(self.book.words('opening_veto'))})")

    @cached_property
    def suffixes(self) -> Triggers:
        """The trade suffixes that let an unusual run in front of them be believed."""
        return Triggers({"strong": self.book.words("opening_suffix")})


def heading_name(finder: NameFinder, skeleton: Skeleton) -> Candidate | None:
    """The name that a digest item's heading consists of: 一、Lumena。"""
    match = _HEADING.match(skeleton.text)
    if not match or any(char in _MENTION for char in match.group(1)) or len(match.group(1)) > (32 if match.group(1).isascii() else 14):
        return None
    if not re.match(r"\s*(?:[一二三四五六七八九十]{1,3}、|\(?\d{1,2}[.、)])", skeleton.text):
        return None
    if not finder.is_name(match.group(1).strip(), is_strong=False):
        return None
    return Candidate(skeleton.source(match.start(1), match.end(1)), True)


def is_undone(name: str, view: str, end: int, book: Rulebook) -> bool:
    """True where the words behind a name make its ending another word: 英特尔资本 in 英特尔资本支出."""
    if view.startswith(book.tuple_of("name_veto_after"), end):
        return True
    for suffix in book.tuple_of("tail_veto") if name.endswith(book.tuple_of("tail_veto")) else ():
        if name.endswith(suffix):
            return view.startswith(book.tuple_of(f"tail_veto.{suffix}"), end)
    return False


def org_of(name: str, finder: NameFinder, weak: bool, is_fund: bool) -> Org:
    """The organisation a discovered name stands for: the gazetteer's where it is listed. `is_fund`: seen only as an investor."""
    canonical = finder.canonical(name)
    entry = finder.book.org(squeeze(canonical))
    return Org(entry.name, entry) if entry else Org(canonical, None, weak, is_fund)
