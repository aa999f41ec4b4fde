"""What English says around a chip's name: a product noun told its name, whose it is, what it is and who makes it."""

from __future__ import annotations

import re
from functools import cached_property

from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.pattern import CHIP

_BEFORE = 30  # characters in front of a name that may say whose it is …
_APPOSED = 60  # … or hold the noun it tells
_IN_NM = r"(?:[a-z-]+ ){0,2}\d{1,3}[ -]?(?:nm|nanomet(?:er|re))\b"
_OWNER = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][A-Za-z]{2,}['’]s?|[Ii]ts|[Tt]heir) (?:new |latest |first |own |earlier |older |next )?"
    r"(?:[A-Z][A-Za-z0-9]{2,}(?:,| and|, and) ){0,2}$"
)
_NAME = r"[A-Z][A-Za-z0-9]*(?:-[A-Z0-9]\w*)?(?: (?:[A-Z][A-Za-z0-9]{0,11}|\d{1,4}[A-Za-z]?)){1,2}"
_PRODUCT = re.compile(r"\b(?:first|second|third|latest|newest|next|current|flagship) (?:product|design), $", re.IGNORECASE)
_ITS = re.compile(rf"\b(?:[Ii]ts|[Tt]heir) (?:new |latest |first |own |next )?(?:{CHIP}(?:,| and|, and) ?)*$")
_GOES_ON = r"(?=[,.;]| (?:is|was|will|has|should)\b)"


class EnglishChipWords:
    """The patterns of one rulebook, compiled when first asked for, each asked at an offset of the view."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    def _any(self, *names: str) -> str:
        return "|".join(re.escape(word) for word in sorted(self.book.words_of(*names), key=lambda w: (-len(w), w))) or "(?!)"

    @cached_property
    def nouns(self) -> str:
        """Product nouns of one word, as alternatives."""
        return "|".join(sorted(w for w in self.book.words("chip_nouns") if w.isascii() and w.isalpha() and len(w) > 2))

    def is_apposed(self, view: str, start: int) -> bool:
        """its first accelerator for laptops, the |EN100; its successor, |Rook-X: the name tells a product noun's."""
        return self._apposed.search(view[max(0, start - _APPOSED) : start]) is not None

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        bare = self._any("en_chip_parts")
        which = rf"(?:first|second|third|latest|newest|next|current|flagship) (?:{self.nouns})"
        return re.compile(rf"\b(?:{self.nouns}|{bare})\b[^.;!?\n]{{0,40}}, the $|\b(?:{bare}|{which}), $", re.IGNORECASE)

    def is_called(self, view: str, start: int) -> bool:
        """a controller called |Cascade: an English product noun is told its name."""
        return self._called.search(view[max(0, start - _APPOSED) : start]) is not None

    @cached_property
    def _called(self) -> re.Pattern[str]:
        nouns = f"{self.nouns}|{self._any('en_chip_parts')}"
        return re.compile(rf"\b(?:{nouns})\b,? (?:{self._any('en_naming')})(?: the)? [\"“]?$", re.IGNORECASE)

    def is_of_owner(self, view: str, start: int, end: int) -> bool:
        """Corvid's |Rook| chip: a word between whose it is and a product noun."""
        return _OWNER.search(view[max(0, start - _BEFORE) : start]) is not None and self._noun_next.match(view, end) is not None

    @cached_property
    def _noun_next(self) -> re.Pattern[str]:
        listed = r"(?:(?:,| and|, and) [A-Z][A-Za-z0-9]{2,}){0,2}"
        return re.compile(rf"{listed} (?:AI )?(?:{self.nouns}|processing unit)\b(?! ?(?:{self._any('en_trade_of_chips')}))", re.IGNORECASE)

    def tells_of_trade(self, view: str, end: int) -> bool:
        """Bristol| chip designer …: the noun behind tells whose trade it is, not what."""
        return self._trade_next.match(view, end) is not None

    @cached_property
    def _trade_next(self) -> re.Pattern[str]:
        return re.compile(rf" (?:AI )?(?:{self.nouns}) (?:{self._any('en_trade_of_chips')})\b", re.IGNORECASE)

    def has_maker_ahead(self, view: str, end: int) -> bool:
        """BF7012|, a 12-cell monitor manufactured by …; SN30|, a 7nm design: what a code stands for is told, and that it is made."""
        return self._made.match(view, end) is not None

    @cached_property
    def _making(self) -> str:
        return rf"(?:{self._any('en_making')}) (?:by|at|in|on)\b"

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(rf", an? (?:[^,.;\n]{{0,60}}?\b{self._making}|{_IN_NM})", re.IGNORECASE)

    def is_product(self, view: str, end: int) -> bool:
        """Rebel|, a 4nm chip; Atom|, a neural processing unit made on …: a word told as a product and as made by somebody."""
        return self._product.match(view, end) is not None

    @cached_property
    def _product(self) -> re.Pattern[str]:
        noun = rf"\b(?:{self.nouns}|processing unit)\b"
        return re.compile(
            rf", an? (?:{_IN_NM}[^,.;\n]{{0,30}}?{noun}|[^,.;\n]{{0,50}}?{noun}[^,.;\n]{{0,12}}{self._making}"
            rf"|(?:[a-z-]+ ){{0,3}}(?:chip|chipset|processor|accelerator|microcontroller)\b(?! ?(?:{self._any('en_trade_of_chips')})))",
            re.IGNORECASE,
        )

    def is_its(self, skeleton: str) -> bool:
        """into its X1 and |…: whose the chips are that end a run of a skeleton."""
        return _ITS.search(skeleton) is not None

    def is_made_product(self, view: str, start: int, end: int) -> bool:
        """Its first product, |Tendon|, is made by …"""
        return self._made_on.match(view, end) is not None and _PRODUCT.search(view[max(0, start - _BEFORE) : start]) is not None

    @cached_property
    def _made_on(self) -> re.Pattern[str]:
        return re.compile(
            rf", (?:which )?(?:(?:is|was|are|has been|will be) (?:being )?{self._making}|(?:is|was) an? {_IN_NM})", re.IGNORECASE
        )

    @cached_property
    def told(self) -> re.Pattern[str]:
        """its first processor, the |Tensix One|, …: a `name` of several words in apposition to a product noun."""
        before = rf"\b(?i:{self.nouns}|part)\b, (?:the|called|named|dubbed)"
        return re.compile(rf"{before} (?P<name>{_NAME}){_GOES_ON}")
