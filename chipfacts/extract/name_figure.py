"""Names beside figures: what stands in front of a sum, a round, a value or the number of what is issued."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from chipfacts.extract.name_judge import alternation
from chipfacts.extract.name_list import ListFinder
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import CLAUSE_ENDS, Skeleton
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, MONEY, ROUND

_MENTION = "".join(CHAR_KINDS)
_ROUND_LED = re.compile(
    rf"(?:^|[,;:\n。\u2460-\u2473]|\d[.、])\s*([^,。;:!?\n()“”、\d\u2460-\u2473{''.join(CHAR_KINDS)}]{{2,14}}){ROUND}(?:融资)?(?:[^,。;\n]{{0,4}})?{MONEY}"
)
_ROUND_OF = re.compile(
    rf"(?:^|[,;:\n。\u2460-\u2473]|\d[.、])\s*([^,。;:!?\n()“”、\d\u2460-\u2473{''.join(CHAR_KINDS)}]{{2,10}}){DATE}的{ROUND}"
)
_SUM_LED = re.compile(rf"(?:^|(?<=[,;:\n ]))\s*([\u4e00-\u9fff]{{2,6}}){MONEY}(?:的)?")
_RIGHTS = re.compile(r"\s*([\u4e00-\u9fff]{2,8})(?:拟)?\d{1,2}供\d{1,2}")


class FigureFinder(ListFinder):
    """The contexts in which a figure shows the name; `of_figures` looks for all of them in one sentence."""

    def of_figures(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """The names that the figures of a sentence show."""
        if MONEY in skeleton.text:
            yield from self._sum_led(skeleton)
            yield from self._valued(skeleton)
            if ROUND in skeleton.text:
                yield from self._round_led(skeleton)
        if "期" in skeleton.text or "次" in skeleton.text:
            yield from self._issuing(skeleton)
        if "供" in skeleton.text:
            yield from self._offering_rights(skeleton)

    def _sum_led(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤6.6亿美元联贷案签约: in a headline, the run in front of a sum with a noun of financing behind it."""
        for match in _SUM_LED.finditer(skeleton.text):
            if skeleton.lower.startswith(self._sum_nouns, match.end()) and self.is_name(match.group(1), is_strong=False):
                yield Candidate(skeleton.source(*match.span(1)), True)

    @cached_property
    def _sum_nouns(self) -> tuple[str, ...]:
        return self.book.tuple_of("sum_nouns")

    def _valued(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """估值46.5亿美元的Lyndra: what stands behind its value."""
        for match in self._valued_as.finditer(skeleton.text):
            candidate = self._candidate(skeleton, *match.span(1), strong=match.group(1).isascii())
            if candidate:
                yield candidate

    @cached_property
    def _valued_as(self) -> re.Pattern[str]:
        values, particles = alternation(self.book.words("value_words")), alternation(self.book.words("relative_particles"))
        latin = "[A-Za-z][A-Za-z0-9.&-]{1,23}(?![A-Za-z])"
        other = rf"(?!\w?(?:{alternation(self.book.words('multiple_words'))}))[\u4e00-\u9fff]{{2,6}}(?=[,。;!?]|$)"
        return re.compile(rf"(?:{values})[^,。;\n]{{0,3}}{MONEY}(?:{particles})({latin}|{other})")

    def _round_led(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """②岚峤科技B轮近3亿元: the run that opens an item, in front of its round and sum; 岚峤的2亿元B轮, 岚峤今年1月的D轮: whose
        round it is."""
        for match in self._round_owned.finditer(skeleton.text):
            start = self._behind_particle(skeleton.text, *match.span(1))
            candidate = self._candidate(skeleton, start, match.end(1), strong=True)
            if candidate and not self.is_plain(skeleton.text[start : match.end(1)]):
                yield candidate
        for match in itertools.chain(_ROUND_LED.finditer(skeleton.text), _ROUND_OF.finditer(skeleton.text)):
            candidate = self._candidate(skeleton, *match.span(1), strong=True)
            if candidate and not self.is_plain(match.group(1)):
                yield candidate

    @cached_property
    def _round_owned(self) -> re.Pattern[str]:
        particle = alternation(self.book.words("relative_particles"))
        return re.compile(rf"([^,。;:!?\n()“”、\d{_MENTION}]{{2,14}})(?:{particle}){MONEY}?(?:{particle})?{ROUND}")

    def _issuing(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤置业2020年度第一期中期票据: the run in front of the number of what it issues."""
        for match in self._issue.finditer(skeleton.lower):
            start = match.start()
            while start > 0 and skeleton.text[start - 1] not in CLAUSE_ENDS + "()、“”《》【】" + _MENTION:
                start -= 1
            candidate = self._candidate(skeleton, start, match.start(), strong=True)
            if candidate and not self.is_plain(skeleton.text[start : match.start()]):
                yield candidate

    @cached_property
    def _issue(self) -> re.Pattern[str]:
        papers = alternation(self.book.words("issued_paper"))
        return re.compile(rf"{DATE}?(?:年度)?(?:\(?第?[一二三四五六七八九十\d]{{1,3}}[期次]\)?)[^,。;:!?\n{_MENTION}]{{0,10}}(?:{papers})")

    def _offering_rights(self, skeleton: Skeleton) -> Iterator[Candidate]:
        """岚峤服务2供1: the run that opens a headline, in front of how many new shares its old ones give a right to."""
        match = _RIGHTS.match(skeleton.text)
        candidate = self._candidate(skeleton, *match.span(1), strong=True) if match else None
        if candidate:
            yield candidate

    def _behind_particle(self, text: str, start: int, end: int) -> int:
        """Where the noun begins that a relative clause ends at: 从微软独立出来的|小冰公司."""
        particles = [match.end() for match in self._particle.finditer(text, start, end - 2)]
        return particles[-1] if particles else start

    @cached_property
    def _particle(self) -> re.Pattern[str]:
        brands = "".join(f"(?<!{re.escape(brand[:-1])})" for brand in sorted(self.book.words("particle_brands")))
        return re.compile(rf"{brands}(?:{alternation(self.book.words('relative_particles'))})")
