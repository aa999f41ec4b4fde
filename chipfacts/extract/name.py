"""Names that no gazetteer lists: found by what stands around them, judged at their edges, then found again through the document.

Contexts (rules/names): subject of a financing verb, investor in a list, object of an investment, quoted beside a company noun, defined in
brackets, heading of a digest item. A context says where a name may end; `judge` says where it begins, or that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from chipfacts.extract.name_judge import alternation
from chipfacts.extract.name_list import ListFinder, split_list
from chipfacts.extract.org import Candidate, Org
from chipfacts.extract.skeleton import CLAUSE_ENDS, Skeleton
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, MONEY, ORG
from chipfacts.rulebook.trigger import Triggers

_MENTION = "".join(CHAR_KINDS)
_MENTION_CHARS = frozenset(CHAR_KINDS)
_BULLET = re.compile(r"\s*(?:[•·●○▶►▎■□◆◇▲△★☆※◎➤]|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)\s?([^,。;:!?\n|“”()]{2,24})[:|]")
_INTRODUCED = re.compile(rf"\s*[“\"]?([^,。;:!?\n()“”\"{''.join(CHAR_KINDS)}]{{2,40}}?)[”\"]?(?: ?\([^()\n]{{0,40}}\))?,\s?{DATE}?\s?")
_HEAD = 12  # characters in which a flash names whom it is about
_HEADED = re.compile(rf"\s*(?:【)?([^,。;:!?\n|“”()、{''.join(CHAR_KINDS)}]{{2,10}}):")
_PRESENTED = re.compile(r"([^,。;:!?\n()“”、]{2,16})[,:—]{1,2}(?:这家|该公司|一家)")
_GLOSSED = re.compile(r"([\u4e00-\u9fff]{2,12})\((?=[A-Z][a-z])([A-Za-z][A-Za-z&.\- ]{2,30})\)")
_SUM_LED = re.compile(rf"(?:^|(?<=[,;:\n]))\s*([\u4e00-\u9fff]{{2,6}}){MONEY}(?:的)?")
_QUOTED = re.compile(r"[“\"]([^“”\"。;!?\n]{2,24})[”\"]")
_JOINERS = frozenset(("和", "与", "及"))
_STOCK_CODE = re.compile(
    r"\((?:[A-Z]{2,6}[:. ])?(?:\d{4,6}|[A-Z]{1,5})(?:\.[A-Z]{1,3})?\)|\(\d{6}[,、)]|\(\d+\.\d+,-?\d+\.\d+,-?\d+\.\d+%\)"
)
_BEFORE_LEGAL = re.compile(r"([\w&·]{2,18}(?:\(\w{2,6}\)\w{0,8})?)(?:股份)?$")
_HEADING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|\(?\d{1,2}[.、)]\s?|[•·#*-]\s*)?([^,。;:!?\n、“”()]{2,30}?)(?:\s?\([^()\n]{1,30}\))?[。:.]?\s*$"
)



def _is_barred(hit: tuple[str, int, int], barred: dict[int, int]) -> bool:
    """获悉 is no 获, 投资者 no 投资; but a verb that is barred as a predicate alone (旗下) may have its object."""
    kind, start, end = hit
    if kind == "object":
        return barred.get(start, 0) > end
    return kind == "no_predicate" or (kind in ("strong", "weak") and start in barred)


class NameFinder(ListFinder):
    """The contexts of one rulebook, compiled when first needed."""

    @cached_property
    def _fillers(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        return re.compile(rf"(?:{alternation(words)}|[在于与向同跟从]{ORG}|\d{{1,2}}年期|[{DATE}\s\"“”'])+$")

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
        if "(" in skeleton.text:
            yield from self._definitions(skeleton)
            yield from self._glossed(skeleton)
        if "家" in skeleton.text or "该" in skeleton.text:
            yield from self._presented(skeleton)
        yield from self._quoted(skeleton)
        if any(kind == "suffix" for kind, _, _ in hits):
            yield from self._suffixed(skeleton)
        yield from self._bulleted(skeleton)
        if MONEY in skeleton.text:
            yield from self._sum_led(skeleton)
        if ":" in skeleton.text[:_HEAD]:
            yield from self._headed(skeleton)
        if "," in skeleton.text:
            yield from self._introduced(skeleton)
        barred = {start: end for kind, start, end in hits if kind == "no_predicate"}
        hits = [hit for hit in hits if not _is_barred(hit, barred)]
        verbs = [start for kind, start, _ in hits if kind in ("strong", "weak")]
        for kind, start, end in hits:
            if kind == "list_verb" and skeleton.text.startswith("资", end) and skeleton.text[end - 1] == "投":
                continue  # 贸联投资: a name's ending, no verb
            if kind == "list_verb":
                yield from self._list_left(skeleton, start)
            elif kind == "list_head":
                yield from self._list_right(skeleton, end)
            elif kind == "noun":
                yield from self._appositive(skeleton, end)
            elif kind == "legal":
                yield from self._legal_name(skeleton, start, end)
            elif kind != "suffix":
                candidate = self._object(skeleton, end) if kind == "object" else self._subject(skeleton, start, kind == "strong", verbs)
                if candidate:
                    yield candidate

    def _subject(self, skeleton: Skeleton, verb: int, is_strong: bool, verbs: list[int]) -> Candidate | None:
        """The run that ends before a predicate, once adverbs and dates are taken off."""
        text = skeleton.text
        start = verb
        while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()":
            start -= 1
        start = self._behind_particle(text, start, verb)
        if ORG in self._fillers.sub("", text[start:verb].lower()):
            return None
        prefix = text[start:verb]
        if any(start + 2 <= other < verb - 1 and self._fillers.fullmatch(skeleton.lower[other:verb]) is None for other in verbs):
            return None  # 海悦拟发CB筹资: the name ends before the first verb
        fillers = self._fillers.search(prefix.lower())
        end = verb - (len(prefix) - fillers.start() if fillers else 0)
        for i in range(end - 1, start - 1, -1):
            if text[i] in _MENTION + '“”"、':
                start = i + 1
                break
        if any(text[start:i].endswith(self._suffixes) and end - i > 2 for i in range(start + 2, end - 1) if text[i] in _JOINERS):
            return None  # 甲资本和乙基金: two names
        if self.phrases.is_plain(text[start:end]) and text.startswith(self._kind_nouns, end):
            return None  # 商业火箭公司纷纷宣布: a kind of company
        is_believed = is_strong and not self.looks_like_person(text[start:end])  # 蒋宁获核准: perhaps somebody's name
        return self._candidate(skeleton, start, end, strong=is_believed) if end - start >= 2 else None

    def _behind_particle(self, text: str, start: int, end: int) -> int:
        """Where the noun begins that a relative clause ends at: 从微软独立出来的|小冰公司."""
        at = text.rfind("的", start, end - 2)
        while at >= start and text[at - 1 : at + 1] in self.book.words("particle_brands"):
            at = text.rfind("的", start, at)
        return max(at + 1, start)

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

    def _definitions(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """X(688999.SH): the run before a stock code; （以下简称“X”）: the quoted run."""
        text = skeleton.text
        for match in _STOCK_CODE.finditer(text):
            start = match.start()
            while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()、“”" + _MENTION:
                start -= 1
            is_code = any(map(str.isdigit, match.group())) or ":" in match.group()  # (IMF) may abbreviate anything
            candidate = self._candidate(skeleton, start, match.start(), strong=True, certain=is_code)
            if candidate:
                yield candidate

    def _quoted(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """“X” beside a company noun or before a predicate."""
        text = skeleton.text
        for match in _QUOTED.finditer(text):
            run = match.group(1)
            if "," in run or not _MENTION_CHARS.isdisjoint(run):
                continue
            if not self.is_name(run, is_strong=True, is_certain=True) or self.phrases.is_phrase(run):
                continue
            before = text[: match.start()].rstrip().lower().endswith(self._company_nouns)
            after = skeleton.lower.startswith(self._predicates, self._skip_fillers(text, match.end()))
            if (before or after) and not self._is_product(text, match.end()):
                yield Candidate(skeleton.source(match.start(1), match.end(1)), True)

    @cached_property
    def _predicates(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("subject_predicates") | self.book.words("strong_predicates")))

    @cached_property
    def _company_nouns(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("generic_nouns") | self.book.words("apposition_nouns")))

    def _is_product(self, text: str, at: int) -> bool:
        """“春晓”GPU: a quoted word with a product noun behind it names the product."""
        return text.startswith(self.book.tuple_of("product_nouns"), at)

    def _appositive(self, skeleton: Skeleton, at: int) -> Iterator[Candidate]:
        """AI芯片公司云岭科技…: a run between a company noun and its own trade suffix."""
        match = self._noun_name.match(skeleton.text, at)
        found = self.judge(match.group(1), is_strong=True) if match else None
        if match and found and not self.is_plain(match.group(1)[slice(*found)]):
            yield Candidate(skeleton.source(match.start(1) + found[0], match.start(1) + found[1]), True)

    def _legal_name(self, skeleton: Skeleton, start: int, end: int) -> Iterator[Candidate]:
        """A name with its legal form (…股份有限公司), whole: the form is cut off again where the name is shown."""
        match = _BEFORE_LEGAL.search(skeleton.text, max(start - 30, 0), start)
        found = self.judge(match.group(1), is_strong=True, is_certain=True) if match else None
        if match and found:
            yield Candidate(skeleton.source(match.start(1) + found[0], end), True)

    def _suffixed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """A clause that opens with a run ending in a trade suffix (磐域科技则…): a weak context."""
        for match in self._opening.finditer(skeleton.text):
            candidate = self._candidate(skeleton, match.start(1), match.end(1), strong=False)
            if candidate and not self.is_plain(match.group(1)):
                yield candidate

    def _introduced(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """X,2023年成立于…: a sentence that opens with a name and goes on to say what it is."""
        match = _INTRODUCED.match(skeleton.text)
        if match and skeleton.lower.startswith(self._introductions, match.end()):
            found = self.judge(match.group(1), is_strong=True)
            if found and found[0] == 0:
                yield Candidate(skeleton.source(match.start(1), match.start(1) + found[1]), True)

    @cached_property
    def _introductions(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("introductions")))

    def _bulleted(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """●X:… and ▎X|…: the run between an item's mark and its colon names whom the item is about."""
        match = _BULLET.match(skeleton.text)
        if match and _MENTION_CHARS.isdisjoint(match.group(1)):
            for low, high in split_list(skeleton.text, match.start(1), match.end(1)):
                if self.is_name(skeleton.text[low:high].strip(), is_strong=True):
                    yield Candidate(skeleton.source(low, high), True)

    def _presented(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """还有启元世界:这家做…的公司: the run in front of the words that say what kind of company it is."""
        for match in _PRESENTED.finditer(skeleton.text):
            start = self._behind_particle(skeleton.text, *match.span(1))
            candidate = self._candidate(skeleton, start, match.end(1), strong=True)
            if candidate and not self.is_plain(skeleton.text[start : match.end(1)]):
                yield candidate

    def _glossed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """安博生物(Ambrx): a run told again in Latin letters, where it is no term of plain words."""
        for match in _GLOSSED.finditer(skeleton.text):
            start = self._behind_particle(skeleton.text, *match.span(1))
            run = skeleton.text[start : match.end(1)]
            is_person = match.group(2).count(" ") in (1, 2) and not self._suffix_size(run, 2)  # 马斯克(Elon Musk)
            candidate = self._candidate(skeleton, start, match.end(1), strong=False)
            if candidate and not is_person and not self.is_plain(run):
                yield candidate

    def _sum_led(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤6.6亿美元联贷案签约: in a headline, the run in front of a sum with a noun of financing behind it."""
        for match in _SUM_LED.finditer(skeleton.text):
            if skeleton.lower.startswith(self._sum_nouns, match.end()) and self.is_name(match.group(1), is_strong=False):
                yield Candidate(skeleton.source(*match.span(1)), True)

    @cached_property
    def _sum_nouns(self) -> tuple[str, ...]:
        return self.book.tuple_of("sum_nouns")

    def _headed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤能源:拟定增募资…: the run that opens a flash, where a predicate follows its colon."""
        match = _HEADED.match(skeleton.text)
        if match is None or not skeleton.lower.startswith(self._predicates, self._skip_fillers(skeleton.text, match.end())):
            return
        if self.is_name(match.group(1), is_strong=True) and not self.looks_like_person(match.group(1)):
            yield Candidate(skeleton.source(*match.span(1)), True)

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        ends = alternation(self.book.words("opening_suffix"))
        veto = alternation(self.book.words("opening_veto"))
        return re.compile(rf"(?:^|(?<=[,。;:\n]))\s*(\w{{2,5}}?(?:{ends}))(?!{veto})")

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

    def _skip_fillers(self, text: str, at: int) -> int:
        match = self._fillers_ahead.match(text.lower(), at)
        return match.end() if match else at

    @cached_property
    def _fillers_ahead(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        return re.compile(rf"(?:\([^()]*\))?(?:{alternation(words)}|[{DATE}\s])*")


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
