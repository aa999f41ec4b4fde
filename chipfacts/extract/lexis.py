"""The word lists of rules/names that the stages ask for, in the form in which they ask; made once for a rulebook."""

from __future__ import annotations

import re
from functools import cached_property

from chipfacts.extract.name_form import may_be_person
from chipfacts.extract.name_judge import alternation
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.pattern import DATE


class Lexis:
    """Named words of one rulebook: tuples for startswith and endswith, sets for membership, patterns for search."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    def _tuple(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(self.book.words(name)))

    def _pattern(self, name: str) -> str:
        return "|".join(sorted(map(re.escape, self.book.words(name)), key=lambda word: (-len(word), word))) or r"(?!)"

    # ---- sums

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """What sets a sum beside the one before it: up from, compared with."""
        return self._tuple("comparison_words")

    @cached_property
    def compared_day(self) -> re.Pattern[str]:
        """What sets a sum beside that of another time: 较去年同期的."""
        openers, particles = self._pattern("comparison_openers"), self._pattern("relative_particles")
        return re.compile(rf"(?:{openers}){DATE}(?:{particles})?$")

    @cached_property
    def included(self) -> tuple[str, ...]:
        """What opens a bracket that says a sum again: (含."""
        return self._tuple("inclusion_words")

    @cached_property
    def joiners(self) -> frozenset[str]:
        """What may stand between two members of a list, and nothing else with it."""
        return self.book.words("list_joiners")

    @cached_property
    def share_words(self) -> tuple[str, ...]:
        """What makes a price per piece a share's price."""
        return self._tuple("share_words")

    # ---- raises

    @cached_property
    def other_parties(self) -> re.Pattern[str]:
        """A party beside the company that is named (其控股股东获…): what is told of it is not the company's."""
        return re.compile(self._pattern("other_parties"))

    @cached_property
    def own_arm(self) -> re.Pattern[str]:
        """What may stand between a company's pronoun and the name of its arm, or nothing: 公司|控股子公司|岚峤."""
        return re.compile(rf"(?:{self._pattern('own_arm_words')})*")

    @cached_property
    def numbered(self) -> tuple[str, ...]:
        """What follows a year that counts issues and meetings: 2021年度第三期融资券."""
        return self._tuple("numbered")

    @cached_property
    def announcing(self) -> frozenset[str]:
        """What follows the date of a press report: 8月7日消息."""
        return self.book.words("announcing")

    @cached_property
    def earlier(self) -> re.Pattern[str]:
        """What tells of the time before the news: 此前, 曾."""
        return re.compile(self._pattern("earlier_words"))

    @cached_property
    def round_references(self) -> frozenset[str]:
        """本轮, 该轮: words that point back at the round told last."""
        return self.book.words("round_references")

    @cached_property
    def issue_words(self) -> tuple[str, ...]:
        """What calls a sum the proceeds of an issue: 募集资金."""
        return self._tuple("issue_words")

    @cached_property
    def other_issues(self) -> tuple[str, ...]:
        """Issues of shares and bonds that are no going public: 定增, 可转债."""
        return self._tuple("other_issues")

    @cached_property
    def afterwards(self) -> re.Pattern[str]:
        """What makes the next thing told another one: 随后, 之后."""
        return re.compile(self._pattern("afterwards_words"))

    @cached_property
    def convertibles(self) -> tuple[str, ...]:
        """Bonds whose proceeds may be told without naming them again: 可转债."""
        return self._tuple("convertibles")

    # ---- whose fact it is

    @cached_property
    def each(self) -> re.Pattern[str]:
        """What says that the members of two lists belong together in order: 分别, respectively."""
        return re.compile(self._pattern("node_each"), re.IGNORECASE)

    @cached_property
    def pronouns(self) -> re.Pattern[str]:
        """公司, 该公司, the company, the chip designer, it at the start of a sentence."""
        adjective = rf"(?!(?:{self._pattern('en_pronoun_never')}) )[a-z][a-z0-9-]* "
        described = rf"(?<![a-z])the (?:{adjective}){{0,3}}(?:{self._pattern('en_pronoun_nouns')})(?![a-z-]| \ue000)"
        return re.compile(rf"{self._pattern('pronouns')}|{described}|(?:^|(?<=[ “\"]))its?(?=[ ’'])")

    @cached_property
    def english_oblique(self) -> re.Pattern[str]:
        """What takes the name right behind it out of an English subject's place: by, from the, at chip giant."""
        return re.compile(rf" (?:{self._pattern('en_prepositions')})(?: (?:{self._pattern('en_oblique_fillers')}))? $")

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """What introduces the name right behind it: a startup called."""
        return tuple(f" {word} " for word in self._tuple("en_naming_words"))

    @cached_property
    def asides(self) -> re.Pattern[str]:
        """What opens a clause that tells more of the name in front of it: which, formerly known as."""
        return re.compile(rf" ?(?:{self._pattern('en_aside_words')})\b")

    @cached_property
    def telling_noun(self) -> re.Pattern[str]:
        """A noun that introduces the name behind it and tells more than company or firm."""
        nouns = alternation(self.book.words("en_pronoun_nouns") - self.book.words("en_plain_nouns"))
        return re.compile(rf"(?<![a-z-])({nouns}) $")

    @cached_property
    def english_links(self) -> re.Pattern[str]:
        """What links the name right behind it to a sum in front: for, in the startup."""
        return re.compile(rf" (?:{self._pattern('en_links')}) (?:[a-z-]+ ){{0,4}}$")

    @cached_property
    def dealings(self) -> re.Pattern[str]:
        """Behind a name's genitive: what it does to others (Orrin's investment), so that the company told of is somebody else."""
        return re.compile(rf"['’]s? (?:[^ ,]+ ){{0,3}}(?:{self._pattern('en_dealings')})(?![a-z])")

    @cached_property
    def listing_words(self) -> frozenset[str]:
        """What is withdrawn in a sentence with one of these is an application for listing."""
        return self.book.words("listing_words")

    @cached_property
    def own_pronouns(self) -> frozenset[str]:
        """它, 其: the subject of the sentence."""
        return self.book.words("own_pronouns")

    @cached_property
    def before_objects(self) -> frozenset[str]:
        """Right in front of a pronoun these make it an object: 向, 了."""
        return self.prepositions | self.book.words("object_particles")

    @cached_property
    def near_pronouns(self) -> re.Pattern[str]:
        """这家公司, 后者: the one named last."""
        return re.compile(self._pattern("near_pronouns"))

    @cached_property
    def anonymous(self) -> re.Pattern[str]:
        """A kind of company in general: 创业公司, 多家公司."""
        return re.compile(self._pattern("anonymous_subjects"))

    @cached_property
    def unnamed(self) -> re.Pattern[str]:
        """One company whose name is kept back: 某头部公司."""
        return re.compile(rf"某[^,。;的某]{{0,6}}(?:{self._pattern('anonymous_nouns')})")

    @cached_property
    def agents(self) -> re.Pattern[str]:
        """A clause of those who put money in: 由…领投; and of those who take the paper: 向…发行."""
        return re.compile(rf"由[^,。;]{{1,40}}?(?:{self._pattern('list_verbs')})|向[^,。;]{{1,40}}?(?:{self._pattern('issuing_verbs')})")

    @cached_property
    def anonymous_behind(self) -> re.Pattern[str]:
        """几十亿的AI芯片公司: a sum that describes a kind of company."""
        return re.compile(rf"的[^,。;]{{0,10}}(?:{self._pattern('anonymous_nouns')})")

    def may_be_person(self, name: str) -> bool:
        """A surname and one or two characters."""
        return may_be_person(name, self.book.words("surnames"))

    @cached_property
    def demonstratives(self) -> tuple[str, ...]:
        """What makes such a noun mean one company: 这家."""
        return self._tuple("demonstratives")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """What takes the name behind it out of the subject's place: 由, 向."""
        return self.book.words("prepositions")

    @cached_property
    def passives(self) -> tuple[str, ...]:
        """What makes the name behind it the one who does it: 被."""
        return self._tuple("passives")

    @cached_property
    def particles(self) -> frozenset[str]:
        """The particle behind which a name is the subject after all: 它对标的地平线…"""
        return self.book.words("relative_particles")

    @cached_property
    def former(self) -> tuple[str, ...]:
        """前者."""
        return self._tuple("former")

    @cached_property
    def latter(self) -> tuple[str, ...]:
        """后者."""
        return self._tuple("latter")

    # ---- the document

    @cached_property
    def kept_brackets(self) -> frozenset[str]:
        """Words that keep a bracket behind a name apart from it: (领投)."""
        return self.book.words("kept_brackets")

    @cached_property
    def mainland(self) -> frozenset[str]:
        """Words of mainland usage."""
        return self.book.words("mainland_usage")

    @cached_property
    def hongkong(self) -> frozenset[str]:
        """Words of Hong Kong usage."""
        return self.book.words("hongkong_usage")

    @cached_property
    def yen_usage(self) -> re.Pattern[str]:
        """Words of Japan, in English."""
        return re.compile(rf"\b(?:{self._pattern('japan_words')})\b", re.IGNORECASE)

    @cached_property
    def yuan_usage(self) -> re.Pattern[str]:
        """Words of China, in English."""
        return re.compile(rf"\b(?:{self._pattern('china_words')})\b", re.IGNORECASE)

    @cached_property
    def traditional(self) -> frozenset[str]:
        """Words of Taiwan usage that are also Hong Kong's."""
        return self.book.words("traditional_usage")

    @cached_property
    def hongkong_money(self) -> frozenset[str]:
        """Names of Hong Kong's dollar."""
        return self.book.words("hongkong_money")

    @cached_property
    def taiwan(self) -> frozenset[str]:
        """Words of Taiwan usage."""
        return self.book.words("taiwan_usage")
