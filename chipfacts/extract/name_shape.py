"""Names that the shape of a sentence shows: a stock code, a gloss in Latin letters, quotes, an item's mark, a colon, an opening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from chipfacts.extract.name_figure import FigureFinder
from chipfacts.extract.name_form import SHARE_CLASS, has_chinese
from chipfacts.extract.name_judge import alternation
from chipfacts.extract.name_list import split_list
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import CLAUSE_ENDS, Skeleton
from chipfacts.rulebook.lexicon import uncovered
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, MONEY, ORG, PCT, ROUND

_MENTION = "".join(CHAR_KINDS)
_MENTION_CHARS = frozenset(CHAR_KINDS)
_BULLET = re.compile(r"\s*(?:[•·●○▶►▎■□◆◇▲△★☆※◎➤\u2460-\u2473]|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)\s?([^,。;:!?\n|“”()]{2,24})[:|]")
_INTRODUCED = re.compile(
    rf"\s*[“\"]?((?:[^,。;:!?\n()“”\"{_MENTION}]|(?<=[A-Za-z]):(?=[A-Z])){{2,40}}?)[”\"]?(?: ?\([^()\n]{{0,40}}\))?,\s?({DATE})?\s?"
)
_DASHED = re.compile(r"\s*([^,。;:!?\n()“”、—]{2,24}?) ?——")
_HEADED_NAME = 5  # characters of a name without a trade suffix in front of a flash's colon: *ST岚峤
_HEAD = 12  # characters in which a flash names whom it is about
_HEADED = re.compile(rf"\s*(?:【|[(（]?\d{{1,2}}[)）.、] ?)?([^,。;:!?\n|“”()、{''.join(CHAR_KINDS)}]{{2,10}}):")
_DAY_AHEAD = re.compile(rf" ?{DATE} ?,? ?")
_GLOSSED = re.compile(r"([\u4e00-\u9fff]{2,12})\((?=[A-Z][a-z])([A-Za-z][A-Za-z&.\- ]{2,30})\)")
_BRAND = 12  # characters of a brand in quotes
_QUOTED = re.compile(r"[“\"]([^“”\"。;!?\n]{2,24})[”\"]|《([^《》。;!?\n]{2,24})》")
_ITEM_HEAD = re.compile(r"\s*(?:[•·●○▶►▪▎■□◆◇▲△★☆※◎➤*-]|\d{1,2}[.、)])?\s*$")
_STOCK_CODE = re.compile(
    r"\((?:(?:证券|股票|股份)?代[码号]:? ?)?(?:[A-Z]{2,6}[:. ]?)?(?:\d{4,6}|[A-Z]{1,5})(?:\.[A-Z]{1,3})?\)"
    r"|\(\d{6}[,、)]|\(\d+\.\d+,-?\d+\.\d+,-?\d+\.\d+%\)"
    rf"|\({PCT}\)(?=[:(]|$)"  # (3.930,0.08,2.08%): what a share stands at, read as one percentage
)


class ShapeFinder(FigureFinder):
    """The contexts that need no verb; `of_shape` looks for all of them in one sentence."""

    def of_shape(self, skeleton: Skeleton, *, has_suffix: bool) -> Iterator[Candidate]:
        """The names that the shape of a sentence shows. `has_suffix`: a trade suffix stands in it."""
        if "(" in skeleton.text:
            yield from self._definitions(skeleton)
            yield from self._glossed(skeleton)
        if any(word in skeleton.text for word in self._presentations):
            yield from self._presented(skeleton)
        yield from self._quoted(skeleton)
        if has_suffix:
            yield from self._suffixed(skeleton)
        yield from self._bulleted(skeleton)
        yield from self.of_figures(skeleton)
        if any(noun in skeleton.text for noun in self.book.words("parent_nouns")):
            yield from self._parents(skeleton)
        if ORG in skeleton.text:
            yield from self._partnered(skeleton)
        if ":" in skeleton.text[:_HEAD]:
            yield from self._headed(skeleton)
        yield from self._dashed(skeleton)
        yield from self._labelled(skeleton)
        if "," in skeleton.text:
            yield from self._introduced(skeleton)

    def _definitions(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """X(688999.SH): the run before a stock code; （以下简称“X”）: the quoted run."""
        text = skeleton.text
        for match in _STOCK_CODE.finditer(text):
            start = match.start()
            while start > 0 and text[start - 1] not in CLAUSE_ENDS + "()、“”《》【】" + _MENTION:
                start -= 1
            is_code = any(map(str.isdigit, match.group())) or ":" in match.group()  # (IMF) may abbreviate anything
            candidate = self._candidate(skeleton, start, match.start(), strong=True, certain=is_code)
            if candidate and (is_code or not self._is_words(skeleton.text[start : match.start()])):
                yield candidate

    def _is_words(self, run: str) -> bool:
        """企业资源规划: what is said in everyday words has an abbreviation, and is no company."""
        return has_chinese(run) and uncovered(run) == 0 and not run.endswith(self.book.tuple_of("company_suffix"))

    @cached_property
    def _presentations(self) -> tuple[str, ...]:
        return self.book.tuple_of("presentations")

    @cached_property
    def _presented_as(self) -> re.Pattern[str]:
        return re.compile(rf"([^,。;:!?\n()“”、]{{2,16}})[,:—]{{1,2}}(?:{alternation(self._presentations)})")

    def _glossed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """安博生物(Ambrx): a run told again in Latin letters, where it is no term of plain words."""
        for match in _GLOSSED.finditer(skeleton.text):
            start = self._behind_particle(skeleton.text, *match.span(1))
            run = skeleton.text[start : match.end(1)]
            is_person = match.group(2).count(" ") in (1, 2) and not self._suffix_size(run, 2)  # 马斯克(Elon Musk)
            candidate = self._candidate(skeleton, start, match.end(1), strong=False)
            if candidate and not is_person and not self.is_plain(run):
                yield candidate

    def _presented(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """还有启元世界:这家做…的公司: the run in front of the words that say what kind of company it is."""
        for match in self._presented_as.finditer(skeleton.text):
            start = self._behind_particle(skeleton.text, *match.span(1))
            candidate = self._candidate(skeleton, start, match.end(1), strong=True)
            if candidate and not self.is_plain(skeleton.text[start : match.end(1)]):
                yield candidate

    def _quoted(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """“X” beside a company noun or before a predicate; 《X》 between them; “X” that opens an item in front of its sum or round."""
        text = skeleton.text
        for match in _QUOTED.finditer(text):
            run = match.group(1) or match.group(2)
            if "," in run or not _MENTION_CHARS.isdisjoint(run):
                continue
            before = text[: match.start()].rstrip().lower().endswith(self._company_nouns)
            after = self._tells_on(skeleton, match.end())
            if match.group(2) and not (before and after):
                continue  # a work, unless a company noun and a predicate stand around it
            heads_item = _ITEM_HEAD.match(text, 0, match.start()) and self._sums_up.match(text, match.end()) is not None
            core = run.removesuffix(next(filter(run.endswith, self.book.tuple_of("quoted_ends")), ""))
            # 品牌“明天见”完成…: whatever it is made of
            is_brand = before and after and len(run) <= _BRAND and not any(map(str.isdigit, run))
            if self.phrases.is_phrase(run) or not (is_brand or self.is_name(core, is_strong=True, is_certain=True)):
                continue
            if (before or after or heads_item) and not self._is_product(text, match.end()):
                yield Candidate(skeleton.source(match.start() + 1, match.end() - 1), True)

    @cached_property
    def _sums_up(self) -> re.Pattern[str]:
        """“岚峤”B轮3亿元, “岚峤”近3亿元B轮: a round and a sum, or a round and a comma, right behind a name."""
        return re.compile(rf"(?:{ROUND}(?:融资)?,?(?:\w{{0,4}}{MONEY}|\w{{2,6}}[,;])|{MONEY}{ROUND})")

    @cached_property
    def _predicates(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("subject_predicates") | self.book.words("strong_predicates")))

    def is_followed(self, view: str, at: int) -> bool:
        """True where a predicate, a particle or an adverb stands at `at`, or the clause ends."""
        return at == len(view) or view[at] in CLAUSE_ENDS or view.startswith((*self._predicates, *self.book.tuple_of("edge_right")), at)

    @cached_property
    def _company_nouns(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("generic_nouns") | self.book.words("apposition_nouns")))

    def _is_product(self, text: str, at: int) -> bool:
        """“春晓”GPU: a quoted word with a product noun behind it names the product."""
        return text.startswith(self.book.tuple_of("product_nouns"), at)

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
            found = self.judge(match.group(1), is_strong=True, is_certain=bool(match.group(2)) and not has_chinese(match.group(1)))
            if found and found[0] == 0 and not self._points_back(match.group(1)):
                yield Candidate(skeleton.source(match.start(1), match.start(1) + found[1]), True)

    def _points_back(self, run: str) -> bool:
        """The Palo Alto company: whoever was told of before."""
        lower = run.lower()
        return lower.startswith("the ") and lower.endswith(self.book.tuple_of("en_pronoun_nouns"))

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

    def _partnered(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """溪石电子与岚峤航空签署…: whom a listed company signs with."""
        for match in self._partner.finditer(skeleton.lower):
            candidate = self._candidate(skeleton, *match.span(1), strong=False)
            if candidate and not self.is_plain(skeleton.text[slice(*match.span(1))]):
                yield candidate

    @cached_property
    def _partner(self) -> re.Pattern[str]:
        verbs, joiners = alternation(self.book.words("partner_verbs")), alternation(self.book.words("partner_joiners"))
        return re.compile(rf"{ORG}(?:{joiners})([^,。;:!?\n()“”、{_MENTION}]{{2,12}}?)(?:{verbs})")

    def _parents(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """WeWork母公司…: the run that opens a clause in front of the word for its parent."""
        for match in self._owned_by.finditer(skeleton.text):
            candidate = self._candidate(skeleton, *match.span(1), strong=True)
            if candidate and not self.is_plain(match.group(1)):
                yield candidate

    @cached_property
    def _owned_by(self) -> re.Pattern[str]:
        nouns = alternation(self.book.words("parent_nouns"))
        return re.compile(rf"(?:^|[,;:。\n、])\s*([A-Za-z][A-Za-z0-9.&-]{{1,24}}|[\u4e00-\u9fff]{{2,6}})的?(?:{nouns})")

    def _headed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤能源:拟定增募资…: the run that opens a flash, where a predicate follows its colon."""
        match = _HEADED.match(skeleton.text)
        if match is None:
            return
        day = _DAY_AHEAD.match(skeleton.text, match.end())  # 岚峤:9月,完成…
        if not self._tells_on(skeleton, day.end() if day else match.end()):
            return
        found = self.judge(match.group(1), is_strong=True)
        name = match.group(1)[slice(*found)] if found else ""
        is_listed = SHARE_CLASS.search(name) is not None
        is_short = len(name) <= _HEADED_NAME or name.isascii() or is_listed or self._suffix_size(name, 2) > 0
        if found and is_short and not self.looks_like_person(name):
            yield Candidate(skeleton.source(match.start(1) + found[0], match.start(1) + found[1]), True)

    def _labelled(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """〈岚明法说〉拟现增3亿股: whose report the label of a headline names."""
        match = self._label.match(skeleton.text)
        candidate = self._candidate(skeleton, *match.span(1), strong=True) if match else None
        if candidate:
            yield candidate

    @cached_property
    def _label(self) -> re.Pattern[str]:
        return re.compile(rf"\s*[〈《<【]([\u4e00-\u9fff]{{2,8}}?)(?:{alternation(self.book.words('label_nouns'))})[〉》>】]")

    def _dashed(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """Lyndra US——首轮融资4亿美元: the run that opens a line, in front of a dash, where the line tells of a round."""
        match = _DASHED.match(skeleton.text)
        if match and ROUND in skeleton.text[match.end() :] and _MENTION_CHARS.isdisjoint(match.group(1)):
            candidate = self._candidate(skeleton, *match.span(1), strong=True)
            if candidate and not self.is_plain(match.group(1)):
                yield candidate
        elif match and MONEY in skeleton.text[match.end() :] and match.group(1).isascii():
            candidate = self._candidate(skeleton, *match.span(1), strong=True)
            if candidate:
                yield candidate

    def _tells_on(self, skeleton: Skeleton, at: int) -> bool:
        """True where a predicate stands at `at`, adverbs aside, or a word that goes on telling of the company named (控股股东拟…)."""
        stop = self._skip_fillers(skeleton.text, at)
        if skeleton.lower.startswith(self._predicates, stop) or skeleton.lower.startswith((*self._own_words, *self._predicates), at):
            return True
        return skeleton.lower[at:stop].endswith(self._strong)  # 将获: a predicate that may also be an adverb

    @cached_property
    def _own_words(self) -> tuple[str, ...]:
        return self.book.tuple_of("own_words")

    @cached_property
    def _strong(self) -> tuple[str, ...]:
        return self.book.tuple_of("strong_predicates")

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        ends = alternation(self.book.words("opening_suffix"))
        veto = alternation(self.book.words("opening_veto"))
        return re.compile(rf"(?:^|(?<=[,。;:\n]))\s*(\w{{2,5}}?(?:{ends}))(?!{veto})")

    def _skip_fillers(self, text: str, at: int) -> int:
        match = self._fillers_ahead.match(text.lower(), at)
        return match.end() if match else at

    @cached_property
    def _fillers_ahead(self) -> re.Pattern[str]:
        words = self.book.words("subject_fillers") | {w for w in self.book.words("edge_right") if len(w) >= 2}
        return re.compile(rf"(?:\([^()]*\))?(?:{alternation(words)}|[于在]{DATE}|[{DATE}\s])*")
