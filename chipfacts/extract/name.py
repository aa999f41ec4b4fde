"""Names that no gazetteer lists: found by what stands around them, judged at their edges, then found again through the document.

Contexts (rules/names): subject of a financing verb, investor in a list, object of an investment, quoted beside a company noun, defined in
brackets, heading of a digest item. A context says where a name may end; `judge` says where it begins, or that there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention, Skeleton
from chipfacts.model import Span
from chipfacts.rulebook import Entry, Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.lexicon import load_lexicon, uncovered
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, ORG

_LATIN_TAIL = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.&'’+\-]*)(?: (?:of |and |& )?[A-Za-z0-9][A-Za-z0-9.&'’+\-]*)*$")
_LATIN_HEAD = re.compile(r"(?:[A-Z0-9][A-Za-z0-9.&'’+\-]*|[a-z]+[A-Z][A-Za-z0-9]*)(?: (?:(?:of|&) )?(?:[A-Z0-9][A-Za-z0-9.&'’+\-]*))*")
_CJK = re.compile(r"[\u3400-\u9fff]")
_MENTION = "".join(CHAR_KINDS)
_SEPARATORS = re.compile(r"、|,|;|和|与|及|以及|/|&| and | plus |\s{2,}")
_CJK_SPACE = re.compile(r"[\u3400-\u9fff] +[\u3400-\u9fff](?!.*[\u3400-\u9fff] +[\u3400-\u9fff])")
_NOTE = re.compile(r"\s*\([^()]{0,24}\)$")
_JOINERS = frozenset(("和", "与", "及"))
_STOCK_CODE = re.compile(r"\((?:[A-Z]{2,6}[:. ])?(?:\d{4,6}|[A-Z]{1,5})(?:\.[A-Z]{1,3})?\)|\(\d{6}[,、)]")
_LEGAL_NAME = re.compile(r"([\u4e00-\u9fffA-Za-z0-9&·]{2,18}?(?:\([\u4e00-\u9fff]{2,6}\)[\u4e00-\u9fff]{0,8}?)?)(?:股份有限公司|有限责任公司|有限公司)")
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]{1,3}、|\(?\d{1,2}[.、)]\s?|[•·#*-]\s*)?([^,。;:!?\n、“”()]{2,30})[。:]?\s*$")
_LEGAL = re.compile(r"(?:\(.{1,6}\))?(?:股份)?(?:有限责任公司|有限公司|股份公司|集团公司)$|(?:,? (?:Inc|Corp|Ltd|LLC|Co|Corporation|Limited|GmbH|AG|plc)\.?)+$")


@dataclass(frozen=True, slots=True)
class Org:
    """An organisation: canonical name, gazetteer entry if listed, whether only a weak context or alias speaks for it, and whether it only ever invests."""

    name: str
    entry: Entry | None = None
    is_weak: bool = False
    is_fund: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return self.entry.roles if self.entry else frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name some context points at: its source span and how sure the context is (strong contexts are believed)."""

    span: Span
    is_strong: bool
    is_investor: bool = False


def _alternation(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


class NameFinder:
    """The contexts of one rulebook, compiled when first needed."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    # ---- word lists

    @cached_property
    def _left(self) -> re.Pattern[str]:
        words = {w for n in ("edge_left", "generic_nouns", "titles", "name_left") for w in self.book.words(n) if len(w) >= 2}
        words -= self.book.words("company_suffix") | self.book.words("investor_suffix")
        latin = {w for w in words if w.isascii()}
        return re.compile(rf"{_alternation(words - latin)}|(?<![A-Za-z])(?:{_alternation(latin)})(?![A-Za-z])", re.IGNORECASE)

    @cached_property
    def _left_chars(self) -> frozenset[str]:
        return frozenset(w for w in self.book.words("edge_left") if len(w) == 1)

    @cached_property
    def _fillers(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        return re.compile(rf"(?:{_alternation(words)}|[{DATE}\s\"“”'])+$", re.IGNORECASE)

    @cached_property
    def _predicates(self) -> re.Pattern[str]:
        return re.compile(_alternation(self.book.words("subject_predicates") | self.book.words("strong_predicates")), re.IGNORECASE)

    @cached_property
    def _lists_before(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_alternation(self.book.words('list_adverbs'))})*(?P<verb>{_alternation(self.book.words('list_verbs'))})", re.IGNORECASE)

    @cached_property
    def _lists_after(self) -> re.Pattern[str]:
        return re.compile(_alternation(self.book.words("list_heads")), re.IGNORECASE)

    @cached_property
    def _objects(self) -> re.Pattern[str]:
        return re.compile(_alternation(self.book.words("object_verbs")), re.IGNORECASE)

    @cached_property
    def _list_end(self) -> re.Pattern[str]:
        return re.compile(_alternation(self.book.words("list_ends")), re.IGNORECASE)

    @cached_property
    def _right_cut(self) -> re.Pattern[str]:
        return re.compile(_alternation(self.book.words("name_right")), re.IGNORECASE)

    @cached_property
    def _appositions(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_alternation(self.book.words('generic_nouns') | self.book.words('apposition_nouns'))})[ ]?$", re.IGNORECASE)

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return re.compile(_alternation(w for w in self.book.words("never") | self.book.words("never_inside") if len(w) >= 2), re.IGNORECASE)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("company_suffix") | self.book.words("investor_suffix"), key=len, reverse=True))

    @cached_property
    def _suffix_set(self) -> frozenset[str]:
        return frozenset(self._suffixes)

    @cached_property
    def _longest_suffix(self) -> int:
        return max(map(len, self._suffixes), default=0)

    def _suffix_size(self, name: str, rest: int) -> int:
        """The length of the longest trade suffix that ends `name` and leaves `rest` characters; a Latin one stands as a word of its own."""
        lowered = name.lower()
        for size in range(min(self._longest_suffix, len(name) - rest), 0, -1):
            suffix = lowered[-size:]
            if suffix in self._suffix_set and (not suffix.isascii() or name[-size - 1] == " "):
                return size
        return 0

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
    def _never_ends(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("never_end")))

    @cached_property
    def _never_starts(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("never_start")))

    # ---- judging one run

    def judge(self, run: str, *, is_strong: bool) -> tuple[int, int] | None:
        """Where in `run` (a piece of skeleton without mentions) the name stands that ends it; None where there is none."""
        end = len(run.rstrip(" \"'“”"))
        start = 0
        for match in self._left.finditer(run, 0, end):
            if end - match.end() >= 2 and run[match.end() : end].strip():
                start = match.end()
        while start < end - 2 and (run[start] in self._left_chars or run[start] in " \"'“”"):
            start += 1
        gap = _CJK_SPACE.search(run, start, end)
        start = self._trim_place(run, gap.end() - 1 if gap else start, end)
        body = run[start:end]
        tail = _LATIN_TAIL.search(body)
        if tail:
            start += self._latin_start(body, tail)
            body = run[start:end]
        if not is_strong:
            end = start + len(self._without_adverb(body))
            body = run[start:end]
        return (start, end) if self.is_name(body, is_strong=is_strong) else None

    def _without_adverb(self, body: str) -> str:
        """岚峤确实: a frequent word behind an unusual one is no part of the name, unless companies' names end so."""
        lexicon = load_lexicon()
        for size in (3, 2):
            head, tail = body[:-size], body[-size:]
            if len(head) >= 2 and lexicon.get(tail, 0) >= 300 and tail not in self._suffix_set and uncovered(head) >= 2:
                return head
        return body

    def _trim_place(self, run: str, start: int, end: int) -> int:
        for size in range(min(6, end - start - 2), 1, -1):
            rest = run[start + size : end]
            if run[start : start + size] in self.book.words("places") and rest not in self.book.words("company_suffix") and len(rest) >= 3:
                return start + size
        return start

    def _latin_start(self, body: str, tail: re.Match[str]) -> int:
        """A Latin tail counts from its first capital; Chinese glued in front stays only as a short brand (时萃SECRE)."""
        words = list(re.finditer(r"\S+", tail.group()))
        at = len(words)
        while at > 0 and (words[at - 1].group()[0].isupper() or any(c.isupper() or c.isdigit() for c in words[at - 1].group()) or words[at - 1].group() in ("of", "&")):
            at -= 1
        if at == len(words):
            return tail.start()
        begin = tail.start() + words[at].start()
        before = body[: tail.start()]
        if at == 0 and 0 < len(before) <= 4 and _CJK.search(before) and not self._never.search(before):
            return 0
        return begin

    def is_name(self, body: str, *, is_strong: bool) -> bool:
        """Could this be a whole name? Closed lists say no; the context has already said yes."""
        lowered = body.lower()
        if not is_strong and re.search(r"[A-Za-z]-?\d", body):
            return False  # a code is a product's name, unless a strong context says otherwise
        if not 2 <= len(body) <= 40 or lowered in self._stop_names:
            return False
        if lowered.startswith(self._never_starts):
            return False
        if any(char in _MENTION for char in body) or not re.search(r"[A-Za-z\u3400-\u9fff]", body):
            return False
        if body.isascii():
            return self._is_latin_name(body)
        if "(" in body and body.count("(") != body.count(")"):
            return False
        if len(body) > (18 if is_strong else 12) or any(char in self.book.words("never_chars") for char in body):
            return False
        size = self._suffix_size(body, 2)
        core = body[: len(body) - size]
        if self._never.search(core.lower()) or core.lower() in self.book.words("generic_nouns"):
            return False
        if lowered.endswith(self._noun_ends):
            return False
        if re.search(r"\d[年月日]", body):
            return False
        if core == body and self._is_everyday(body, is_strong=is_strong):
            return False
        return lowered not in self._suffix_set and not lowered.endswith(self._never_ends)

    def _is_everyday(self, body: str, *, is_strong: bool) -> bool:
        """A run of everyday words is no name in a weak context; in a strong one only a single frequent word is not."""
        if is_strong:
            return load_lexicon().get(body, 0) >= 300
        if body[0] in self._left_chars:
            return True
        return uncovered(body) <= (1 if len(body) >= 4 else 0)

    def _is_latin_name(self, body: str) -> bool:
        words = body.split()
        if not any(char.isalpha() for char in body) or len(words) > 6 or body.lower() in self.book.words("never_latin"):
            return False
        if all(word.lower() in self.book.words("never_latin") for word in words):
            return False
        return any(char.isupper() for char in body) or "." in body[1:-1]

    # ---- contexts

    def find(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """Every name the contexts of one sentence point at."""
        text = skeleton.text
        yield from self._definitions(skeleton)
        yield from self._quoted(skeleton)
        yield from self._appositive(skeleton)
        yield from self._legal_names(skeleton)
        yield from self._suffixed(skeleton)
        for match in self._lists_before.finditer(text):
            yield from self._list_left(skeleton, match.start())
        for match in self._lists_after.finditer(text):
            yield from self._list_right(skeleton, match.end())
        for match in self._predicates.finditer(text):
            candidate = self._subject(skeleton, match.start(), match.group().lower() in self.book.words("strong_predicates"))
            if candidate:
                yield candidate
        for match in self._objects.finditer(text):
            candidate = self._object(skeleton, match.end())
            if candidate:
                yield candidate

    def _candidate(self, skeleton: Skeleton, start: int, end: int, strong: bool, investor: bool = False) -> Candidate | None:
        """Judge text[start:end]; the candidate's span is of the source."""
        run = skeleton.text[start:end]
        found = self.judge(run, is_strong=strong)
        if not found:
            return None
        return Candidate(skeleton.source(start + found[0], start + found[1]), strong, investor)

    def _subject(self, skeleton: Skeleton, verb: int, is_strong: bool) -> Candidate | None:
        """The run that ends before a predicate, once adverbs and dates are taken off."""
        text = skeleton.text
        start = verb
        while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()":
            start -= 1
        prefix = text[start:verb]
        if ORG in prefix:
            return None
        fillers = self._fillers.search(prefix)
        end = verb - (len(prefix) - fillers.start() if fillers else 0)
        for i in range(end - 1, start - 1, -1):
            if text[i] in _MENTION + "“”\"、":
                start = i + 1
                break
        if any(text[start:i].endswith(self._suffixes) and end - i > 2 for i in range(start + 2, end - 1) if text[i] in _JOINERS):
            return None  # 甲资本和乙基金: two names
        return self._candidate(skeleton, start, end, strong=is_strong) if end - start >= 2 else None

    def _object(self, skeleton: Skeleton, at: int) -> Candidate | None:
        """The run behind a verb of investing or buying, up to a mention, a particle or punctuation."""
        text = skeleton.text
        end = at
        while end < len(text) and text[end] not in CLAUSE_ENDS + "、()“”的了" + _MENTION and end - at < 30:
            end += 1
        run = text[at:end]
        cut = self._right_cut.search(run, 2)
        if cut:
            end = at + cut.start()
        return self._candidate(skeleton, at, end, strong=False)

    def _list_left(self, skeleton: Skeleton, verb: int) -> Iterator[Candidate]:
        """Members of a list that ends at a verb (…、…和…领投), from the right until one is no name."""
        text = skeleton.text
        start = verb
        while start > 0 and text[start - 1] not in "。;:!?\n" and verb - start < 160:
            start -= 1
        end = self._without_tail(text, start, verb)
        pieces = list(_split(text, start, end))
        for number, (low, high) in enumerate(reversed(pieces)):
            if text[low:high].strip(" ") in ("", ORG):
                if not text[low:high].strip():
                    break
                continue
            piece_end = self._without_tail(text, low, high)
            has_org = ORG in text[low:piece_end]
            if has_org and text[low:piece_end].strip().endswith(ORG):
                if len(text[low:piece_end].strip()) > 8 or "由" in text[low:piece_end]:
                    break
                continue
            stop = max((i + 1 for i in range(low, piece_end) if text[i] in _MENTION), default=low)
            opener = max((m.end() for m in self._list_end.finditer(text, low, piece_end)), default=stop)
            begin = max(stop, opener) if piece_end - max(stop, opener) >= 2 else stop
            candidate = self._candidate(skeleton, begin, piece_end, strong=True, investor=True)
            if candidate:
                yield candidate
            if not candidate or begin > low or (number and text[low - 1] == ","):
                if not candidate or begin > low:
                    break

    def _list_right(self, skeleton: Skeleton, at: int) -> Iterator[Candidate]:
        """Members of a list behind a head (投资方包括…), until one is no name or the list ends."""
        text = skeleton.text
        end = at
        while end < len(text) and text[end] not in "。;!?\n" and end - at < 200:
            end += 1
        stop = self._list_end.search(text, at, end)
        if stop:
            end = stop.start()
        for low, high in _split(text, at, end):
            piece = text[low:high].strip()
            if not piece:
                continue
            if piece[-1] == ORG and len(piece) <= 10:
                continue
            high = self._without_tail(text, low, high)
            low = max((i + 1 for i in range(low, high) if text[i] in _MENTION), default=low)
            candidate = self._candidate(skeleton, low, high, strong=True, investor=True)
            if not candidate:
                break
            yield candidate

    def _without_tail(self, text: str, start: int, end: int) -> int:
        """`end` moved left over 等, 等机构, 等N家老股东 and the like."""
        match = self._tail.search(text, start, end)
        end = match.start() if match else end
        note = _NOTE.search(text, start, end)
        return note.start() if note else end

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        words = _alternation(self.book.words("list_tails"))
        return re.compile(rf"(?:等(?:[^、,。;]{{0,14}})?|{words}|[ ,、])+$", re.IGNORECASE)

    def _definitions(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """X(688999.SH): the run before a stock code; （以下简称“X”）: the quoted run."""
        text = skeleton.text
        for match in _STOCK_CODE.finditer(text):
            start = match.start()
            while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()、“”" + _MENTION:
                start -= 1
            candidate = self._candidate(skeleton, start, match.start(), strong=True)
            if candidate:
                yield candidate

    def _quoted(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """“X” beside a company noun or before a predicate."""
        text = skeleton.text
        for match in re.finditer(r"[“\"]([^“”\"。;!?\n]{2,24})[”\"]", text):
            run = match.group(1)
            if any(char in _MENTION for char in run) or "," in run:
                continue
            before = self._appositions.search(text, 0, match.start())
            rest = self._skip_fillers(text, match.end())
            after = self._predicates.match(text, rest)
            if (before or after) and not self._is_product(text, match.end()) and self.is_name(run, is_strong=True):
                yield Candidate(skeleton.source(match.start(1), match.end(1)), True)

    def _is_product(self, text: str, at: int) -> bool:
        """“春晓”GPU: a quoted word with a product noun behind it names the product."""
        return any(text.startswith(word, at) for word in self.book.words("product_nouns"))

    def _appositive(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """AI芯片公司云岭科技…: a run between a company noun and its own trade suffix."""
        for match in self._noun_name.finditer(skeleton.text):
            if self.is_name(match.group(1), is_strong=True):
                yield Candidate(skeleton.source(match.start(1), match.end(1)), True)

    def _legal_names(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """A name with its legal form (…股份有限公司), whole: the form is cut off again where the name is shown."""
        for match in _LEGAL_NAME.finditer(skeleton.text):
            found = self.judge(match.group(1), is_strong=True)
            if found:
                yield Candidate(skeleton.source(match.start(1) + found[0], match.end()), True)

    def _suffixed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """A clause that opens with a run ending in a trade suffix (磐域科技则…): a weak context."""
        for match in self._opening.finditer(skeleton.text):
            if self.is_name(match.group(1), is_strong=False):
                yield Candidate(skeleton.source(match.start(1), match.end(1)), False)

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        ends = _alternation(self.book.words("opening_suffix"))
        veto = _alternation(self.book.words("opening_veto"))
        return re.compile(rf"(?:^|(?<=[,。;:\n]))\s*([\u4e00-\u9fff]{{2,5}}?(?:{ends}))(?!{veto})")

    @cached_property
    def _noun_name(self) -> re.Pattern[str]:
        nouns = _alternation(self.book.words("generic_nouns"))
        ends = _alternation(w for w in self.book.words("company_suffix") | self.book.words("investor_suffix") if len(w) >= 2 and not w.isascii())
        return re.compile(rf"(?:{nouns})[“\"]?([\u4e00-\u9fff]{{2,6}}?(?:{ends}))", re.IGNORECASE)

    def _skip_fillers(self, text: str, at: int) -> int:
        match = self._fillers_ahead.match(text, at)
        return match.end() if match else at

    @cached_property
    def _fillers_ahead(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        return re.compile(rf"(?:\([^()]*\))?(?:{_alternation(words)}|[{DATE}\s])*", re.IGNORECASE)

    # ---- names through the document

    def short_form(self, name: str) -> str:
        """The brand inside a company's name: without legal form and trade suffix; the name itself where nothing is left."""
        brand = _LEGAL.sub("", name).strip()
        return brand[: len(brand) - self._suffix_size(brand, 2)].rstrip(" ,")

    def is_person(self, name: str, view: str) -> bool:
        """A surname and one or two characters, with a title before it or a verb of saying behind it somewhere in the text."""
        if not 2 <= len(name) <= 3 or name[0] not in self.book.words("surnames") or not all(_CJK.match(c) for c in name):
            return False
        for match in re.finditer(re.escape(name), view):
            before, after = view[max(match.start() - 8, 0) : match.start()], view[match.end() : match.end() + 4]
            if before.endswith(self._title_words) or after.startswith(tuple(self.book.words("speech_verbs"))):
                return True
        return False

    @cached_property
    def _title_words(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("titles")))

    def ends_as_company(self, tail: str) -> bool:
        """True where `tail` is made of the words that end companies' names."""
        tail = _LEGAL.sub("", tail).strip()
        while tail:
            suffix = next((s for s in self._suffixes if tail.lower().startswith(s)), None)
            if suffix is None:
                return False
            tail = tail[len(suffix) :].strip()
        return True

    def canonical(self, name: str) -> str:
        """The fullest brand form: without legal form, and without the place in front of a legal name."""
        bare = re.sub(r"\([\u4e00-\u9fff]{2,6}\)", "", _LEGAL.sub("", name)).strip(" \"'“”")
        if bare != name:
            bare = bare[self._trim_place(bare, 0, len(bare)) :]
        return bare or name


def heading_name(finder: NameFinder, skeleton: Skeleton) -> Candidate | None:
    """The name that a digest item's heading consists of: 一、Lumena。"""
    match = _HEADING.match(skeleton.text)
    if not match or any(char in _MENTION for char in match.group(1)) or len(match.group(1)) > 14:
        return None
    if not re.match(r"\s*(?:[一二三四五六七八九十]{1,3}、|\(?\d{1,2}[.、)])", skeleton.text):
        return None
    if not finder.is_name(match.group(1).strip(), is_strong=False):
        return None
    return Candidate(skeleton.source(match.start(1), match.end(1)), True)


def is_undone(name: str, view: str, end: int, book: Rulebook) -> bool:
    """True where the words behind a name make its ending another word: 英特尔资本 in 英特尔资本支出."""
    for suffix in book.words("tail_veto"):
        if name.endswith(suffix):
            return any(view.startswith(word, end) for word in book.words(f"tail_veto.{suffix}"))
    return False


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SEPARATORS.finditer(text, start, end):
        if match.group() in _JOINERS and (match.start() - at < 2 or end - match.end() < 2):
            continue  # 和玉资本: a joiner that opens a name joins nothing
        yield at, match.start()
        at = match.end()
    yield at, end


def org_of(name: str, finder: NameFinder, weak: bool, is_fund: bool) -> Org:
    """The organisation a discovered name stands for: the gazetteer's where it is listed. `is_fund`: seen only as an investor."""
    canonical = finder.canonical(name)
    entry = finder.book.org(squeeze(canonical))
    return Org(entry.name, entry) if entry else Org(canonical, None, weak, is_fund)
