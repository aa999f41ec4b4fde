"""The forms of a name: legal form and trade suffix, brand and canonical form; and whose name is a person's."""

from __future__ import annotations

import re
from functools import cached_property

from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.lexicon import uncovered

SHARE_CLASS = re.compile(r"-(?:KY|DR|SW|[WBUSPR])$")  # what an exchange writes behind a listed company's name
_LEGAL = re.compile(
    r"(?:\(.{1,6}\))?(?:股份)?(?:有限责任公司|有限公司|股份公司|集团公司)$"
    r"|(?:,? (?:Inc|Corp|Ltd|LLC|Co|Corporation|Limited|GmbH|AG|plc)\.?)+$"
)
_PLACE = re.compile(r"\(\w{2,6}\)$")  # 岚峤微电子科技(上海), in front of its legal form


def is_chinese(char: str) -> bool:
    """A Chinese character (a comparison: a character class over so wide a range takes milliseconds to compile)."""
    return "\u3400" <= char <= "\u9fff"


def has_chinese(text: str) -> bool:
    """True where a Chinese character stands in the text."""
    return any(map(is_chinese, text))


def may_be_person(name: str, surnames: frozenset[str]) -> bool:
    """A surname and one or two characters."""
    return 2 <= len(name) <= 3 and name[0] in surnames


class NameForms:
    """What one rulebook's word lists tell of the parts of a name."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook

    # ---- trade suffixes and places

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

    def _trim_place(self, run: str, start: int, end: int) -> int:
        for size in range(min(6, end - start - 2), 1, -1):
            if run[start : start + size] not in self.book.words("places"):
                continue
            rest = run[start + size : end]
            if rest not in self.book.words("company_suffix") and len(rest) >= 3:
                return start + size
        return start

    # ---- the forms of a name

    def short_form(self, name: str) -> str:
        """The brand inside a company's name: without legal form and trade suffix; the name itself where nothing is left."""
        brand = _LEGAL.sub("", name).strip()
        return brand[: len(brand) - self._suffix_size(brand, 2)].rstrip(" ,")

    def shows_by_form(self, name: str) -> bool:
        """迈威生物: an unusual run in front of a trade suffix needs no other witness."""
        size = self._suffix_size(name, 2)
        return size > 0 and has_chinese(name) and uncovered(name[: len(name) - size]) >= 2

    def ends_as_company(self, tail: str) -> bool:
        """True where `tail` is made of the words that end companies' names."""
        tail = _PLACE.sub("", _LEGAL.sub("", tail)).strip()
        while tail:
            suffix = next((s for s in self._suffixes if tail.lower().startswith(s)), None)
            if suffix is None:
                return False
            tail = tail[len(suffix) :].strip()
        return True

    def canonical(self, name: str) -> str:
        """The fullest brand form: without legal form, and without the place in front of a legal name."""
        name = SHARE_CLASS.sub("", name)
        bare = re.sub(r"\(\w{2,6}\)", "", _LEGAL.sub("", name)).strip(" \"'“”")
        if bare != name:
            bare = bare[self._trim_place(bare, 0, len(bare)) :]
        return bare or name

    # ---- persons

    def looks_like_person(self, name: str) -> bool:
        """A surname and one or two characters."""
        return may_be_person(name, self.book.words("surnames"))

    def is_person(self, name: str, view: str) -> bool:
        """A surname and one or two characters, with a title before it or a verb of saying behind it somewhere, never in quotes; in Latin
        letters a name of two or three words with such a verb behind it, and what stands behind a title and a first name."""
        if not has_chinese(name) and " " not in name:
            firsts = re.finditer(rf"([A-Z][A-Za-z'’.-]+) {re.escape(name)}(?![A-Za-z])", view)
            return any(view[: match.start()].rstrip().lower().endswith(self._title_words) for match in firsts)  # CEO Ada |Sorel
        if not has_chinese(name):
            return name.count(" ") in (1, 2) and any(self._speech.match(view, m.end()) for m in re.finditer(re.escape(name), view))
        if not self.looks_like_person(name) or not all(is_chinese(c) for c in name) or f"“{name}”" in view:
            return False  # a brand is what is put in quotes
        at = view.find(name)
        while at >= 0:
            end = at + len(name)
            if view[max(at - 8, 0) : at].lower().endswith(self._title_words) or self._speech.match(view, end):
                return True
            at = view.find(name, end)
        return False

    @cached_property
    def _speech(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, sorted(self.book.words("speech_verbs"), key=lambda word: (-len(word), word))))
        return re.compile(rf"(?:{words})(?!于)")  # 创立于2016年 tells of a company, 创立了 of a person

    @cached_property
    def _title_words(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("titles")))
