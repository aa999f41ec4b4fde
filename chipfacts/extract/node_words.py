"""What is said around a process node: the word lists of rules/names/chips.yaml as compiled patterns."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from chipfacts.extract.chip_words import ChipWords, alternation, chip_words
from chipfacts.rulebook import Entry, Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.pattern import CHIP, NODE, ORG
from chipfacts.values.node import NodeMatch

_FROM = re.compile(r"[从由自][^,。;]{0,10}$")
_FROM_LATIN = re.compile(
    r"(?:mov|shift|jump|go|goes|went|migrat|transition|upgrad|shrink|shrunk|drop|switch|step)[a-z]* (?:\w+ )?from [^,.;]{0,20}$"
    rf"|(?:mov|shift|migrat|transition|upgrad|switch)[a-z]* (?:the |its )?{CHIP} from [^,.;]{{0,20}}$"
)
_TO_LATIN = re.compile(rf"[^,;{NODE}]{{0,60}} to [^,.;{NODE}]{{0,30}}{NODE}")


class NodeWords:
    """The patterns of one rulebook, compiled when first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    def owner(self, node: NodeMatch) -> str:
        """The canonical name of the manufacturer whose process a code names; empty where the code is anybody's."""
        entry = self.owner_entry(node)
        return entry.name if entry else ""

    def owner_entry(self, node: NodeMatch) -> Entry | None:
        """The manufacturer itself, as the gazetteers list it."""
        return self.book.org(squeeze(node.owner)) if node.owner else None

    def _compiled(self, *names: str) -> re.Pattern[str]:
        return re.compile(alternation(word for name in names for word in self.book.words(name)), re.IGNORECASE)

    @cached_property
    def _cues(self) -> re.Pattern[str]:
        return self._compiled("node_cues")

    @cached_property
    def _uses(self) -> re.Pattern[str]:
        return self._compiled("chip_uses", "chip_events")

    @cached_property
    def _forward(self) -> re.Pattern[str]:
        return self._compiled("node_forward")

    @cached_property
    def _anaphors(self) -> re.Pattern[str]:
        return self._compiled("node_anaphors")

    @cached_property
    def _adopts(self) -> re.Pattern[str]:
        return self._compiled("node_adopts")

    @cached_property
    def _joins(self) -> re.Pattern[str]:
        return self._compiled("node_partners")

    @cached_property
    def _makes(self) -> re.Pattern[str]:
        return self._compiled("node_makes")

    @cached_property
    def _brings_out(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(self.book.words('node_brings_out'))})[^,。;]{{0,3}}$", re.IGNORECASE)

    @cached_property
    def _chips(self) -> ChipWords:
        return chip_words(self.book)

    @cached_property
    def _former(self) -> re.Pattern[str]:
        return self._compiled("node_former")

    @cached_property
    def _latter(self) -> re.Pattern[str]:
        return self._compiled("node_latter")

    @cached_property
    def _each(self) -> re.Pattern[str]:
        return self._compiled("node_each")

    @cached_property
    def _negated(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{alternation(self.book.words('node_negated'))})[^,。;]{{0,10}}$", re.IGNORECASE)

    @cached_property
    def _moves(self) -> re.Pattern[str]:
        return re.compile(rf"[^,。;{NODE}]{{0,12}}(?:{alternation(self.book.words('node_moves'))})[^,。;{NODE}]{{0,14}}{NODE}")

    def is_left(self, lower: str, start: int, index: int) -> bool:
        """从|7nm|升级到5nm, moves from |7nm| to 5nm: the process that a chip leaves for another."""
        before = lower[start:index]
        if _FROM_LATIN.search(before) is not None and _TO_LATIN.match(lower, index + 1) is not None:
            return True
        return _FROM.search(before) is not None and self._moves.match(lower, index + 1) is not None

    def is_negated(self, lead: str) -> bool:
        """而非自家|Intel 4: the node is the one not taken."""
        return self._negated.search(lead) is not None

    def which_of_two(self, text: str) -> int | None:
        """0 for 前者, 1 for 后者, whichever comes last in `text`; None for neither."""
        former = max((m.start() for m in self._former.finditer(text)), default=-1)
        latter = max((m.start() for m in self._latter.finditer(text)), default=-1)
        return None if former == latter else int(latter > former)

    def is_each(self, text: str) -> bool:
        """分别: the members of two lists belong together in order."""
        return self._each.search(text) is not None

    @cached_property
    def _brand(self) -> re.Pattern[str]:
        return re.compile(rf"((?-i:[\u4e00-\u9fff]{{2}}))(?:{alternation(self.book.words('chip_family'))})", re.IGNORECASE)

    def brands(self, text: str) -> list[str]:
        """The two characters in front of 系列: a brand whose members were named before."""
        return [match[1] for match in self._brand.finditer(text)]

    def has_cue(self, text: str) -> bool:
        """A word of process technology stands in `text`."""
        return self._cues.search(text) is not None

    def uses(self, text: str) -> bool:
        """A verb by which a chip uses a process stands in `text`."""
        return self._uses.search(text) is not None

    def opens_with_use(self, text: str, start: int) -> bool:
        """The clause at `start` opens with such a verb: its subject is left out."""
        return self._chips.end_of_use(text, start) is not None

    def points_forward(self, clause: str) -> bool:
        """A clause that opens with 分, 包括 …: what it lists is what the clause before it told of."""
        return self._forward.match(clause.lstrip()) is not None

    def has_anaphor(self, text: str) -> bool:
        """该芯片, 这颗, the chip: the one named last."""
        return self._anaphors.search(text) is not None

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return self._compiled("node_others")

    def tells_of_another(self, lead: str) -> bool:
        """公司下一代产品将于2027年转向|7nm: a chip that is not named."""
        return self._others.search(lead) is not None

    def makes_new(self, lead: str, text: str, end: int) -> bool:
        """量产|3nm|车用芯片: the clause brings out another chip, which it does not name."""
        return self._brings_out.search(lead) is not None and self._chips.has_noun_behind(text, end)

    @cached_property
    def _owner(self) -> re.Pattern[str]:
        between = rf"(?: (?:{alternation(self.book.words('chip_nouns'))}))?"
        return re.compile(rf"{between} (?:{alternation(self.book.words('chip_owner_links'))}) {ORG}", re.IGNORECASE)

    def owner_end(self, text: str, start: int) -> int:
        """Behind the X9| chip of Lyndra|: where a name ends that only says whose the chip in front of it is; `start` where none does."""
        match = self._owner.match(text, start)
        return match.end() if match else start

    def adopts(self, text: str) -> bool:
        """Somebody uses, orders or leaves another's process."""
        return self._adopts.search(text) is not None

    def joins(self, text: str) -> bool:
        """Two firms do something together."""
        return self._joins.search(text) is not None

    def names_next(self, text: str, at: int) -> int | None:
        """its first 7nm| processor, the |X9: where the chip stands whose kind the node tells, or None."""
        match = self._next.match(text, at)
        return match.end() if match else None

    @cached_property
    def _next(self) -> re.Pattern[str]:
        kind = rf"[- ]?(?:class )?(?:[A-Za-z-]+ ){{0,3}}(?:{self._chips.english.nouns}|part|device|design)"
        return re.compile(rf"{kind}, (?:the |called |named |dubbed )?(?={CHIP})", re.IGNORECASE)

    def names_a_product(self, text: str, start: int) -> bool:
        """A product noun ends right in front of `start`."""
        return self._chips.has_bare_noun_before(text, start)

    def is_at(self, text: str) -> bool:
        """in 28nm at |TSMC; two 14nm projects at |UMC: an English preposition leads to who makes it."""
        return self._at.search(text) is not None

    @cached_property
    def _at(self) -> re.Pattern[str]:
        return re.compile(r"^[a-z \-]{0,40}\b(?:at|by|from|with|through)(?: the| its)? $", re.IGNORECASE)

    def makes(self, text: str) -> bool:
        """Somebody manufactures."""
        return self._makes.search(text) is not None


@lru_cache(maxsize=8)
def node_words(rulebook: Rulebook) -> NodeWords:
    """The patterns of a rulebook, made once."""
    return NodeWords(rulebook)
