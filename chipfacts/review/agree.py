"""When a row is as gold says: column by column, names compared without script, width, case and legal form, days by their first and last."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from chipfacts.model import Fact, Kind, Span
from chipfacts.review.gold import GoldRow
from chipfacts.rulebook import Rulebook
from chipfacts.text.fold import fold

# All of these must agree for a row to be right; `days` are a date's first and last.
CORE: dict[Kind, tuple[str, ...]] = {
    "funding": ("company", "low", "high", "currency", "round", "measure", "status"),
    "valuation": ("company", "low", "high", "currency", "measure", "status"),
    "chip": ("name", "company"),
    "process_node": ("nm", "chip", "company", "foundry"),
    "date": ("days",),
    "amount": ("low", "high", "currency", "measure"),
}
_COLUMN = {"low": "amount_low", "high": "amount_high", "name": "chip", "nm": "node_nm"}
_NOISE = re.compile(r"[\s\"'“”‘’「」《》.,·()\-–_]")
_TOLERANCE = Decimal("0.000001")


class Judge:
    """Agreement of values under one rulebook, whose word lists say which endings of a name mean nothing."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._name_end = _ending(rulebook, "ignored_name_endings")
        self._chip_end = _ending(rulebook, "ignored_chip_endings")
        words = "|".join(map(re.escape, sorted(rulebook.words("ignored_round_words"), key=lambda w: (-len(w), w))))
        self._round_noise = re.compile(rf"{words}|[\s\-]" if words else r"[\s\-]")
        self._folded: dict[str, str] = {}

    def is_right(self, gold: GoldRow, fact: Fact) -> bool:
        """True where every judged core column agrees; a date must also stand where gold says."""
        if gold.kind == "date" and not gold.span.touches(Span(fact.start, fact.end)):
            return False
        return all(self.agrees(gold, key, fact) for key in judged(gold))

    def agrees(self, gold: GoldRow, key: str, fact: Fact) -> bool:
        """True where the fact's column is one of the values that gold accepts."""
        if key == "days":
            return _same_days(gold, fact)
        got = getattr(fact, _COLUMN.get(key, key))
        return any(self._agree(key, want, got) for want in gold.values[key])

    def same_name(self, one: str, other: str) -> bool:
        """True where two names of organisations are equal, or one holds the other (at least two characters)."""
        one, other = self._fold(one), self._fold(other)
        return one == other or (min(len(one), len(other)) >= 2 and (one in other or other in one))

    def _agree(self, key: str, want: str | None, got: Any) -> bool:
        if want is None or got in (None, ""):
            return want is None and got in (None, "")
        if key in ("low", "high", "nm"):
            return _same_number(want, got)
        if key in ("company", "foundry"):
            return self.same_name(want, str(got))
        if key in ("name", "chip"):
            return self._chip(want) == self._chip(str(got))
        if key == "round":
            return self._round(want) == self._round(str(got))
        return want.lower() == str(got).lower()

    def _fold(self, name: str) -> str:
        known = self._folded.get(name)
        if known is None:
            known = _NOISE.sub("", unicodedata.normalize("NFKC", fold(name)).lower())
            while (cut := self._name_end.sub("", known)) != known and len(cut) > 1:
                known = cut
            self._folded[name] = known
        return known

    def _chip(self, name: str) -> str:
        return self._chip_end.sub("", self._fold(name))

    def _round(self, name: str) -> str:
        return self._round_noise.sub("", fold(name)).lower()


def judged(gold: GoldRow) -> list[str]:
    """The core columns that gold decides. An undisclosed sum has no currency to agree on."""
    if gold.kind == "date":
        return ["days"]
    keys = [key for key in CORE[gold.kind] if key in gold.values]
    if gold.kind == "funding" and gold.values.get("low") == (None,) == gold.values.get("high"):
        keys = [key for key in keys if key != "currency"]
    return keys


def _ending(rulebook: Rulebook, words: str) -> re.Pattern[str]:
    endings = sorted(rulebook.words(words), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, endings))})$" if endings else r"(?!)")


def _same_number(want: str, got: Any) -> bool:
    try:
        wanted = Decimal(want)
    except InvalidOperation:
        return False
    return abs(Decimal(got) - wanted) <= abs(wanted) * _TOLERANCE


def _same_days(gold: GoldRow, fact: Fact) -> bool:
    low, high = fact.date_low or "", fact.date_high or ""
    start, end = (gold.values.get(key, (None,))[0] or "" for key in ("start", "end"))
    if not gold.is_fuzzy:
        return (low, high) == (start, end) or (bool(low or high) and (low, high) in ((start, ""), ("", end)))
    if not start:
        return not low and not high
    width = 7 if start[:7] == end[:7] else 4
    return bool(low or high) and all(not day or start[:width] <= day[:width] <= end[:width] for day in (low, high))
