"""What a text's own characters say, found without rules: sums, dates, nodes, rounds and listed names, at the source's offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.usage import usage_of
from chipfacts.model import Document, Span
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.gazetteer import Squeezed
from chipfacts.text.tidy import tidy
from chipfacts.values.date import find_dates
from chipfacts.values.money import find_money
from chipfacts.values.node import find_nodes
from chipfacts.values.round import find_rounds

if TYPE_CHECKING:
    from decimal import Decimal

    from chipfacts.model import Money
    from chipfacts.rulebook import Entry, Rulebook
    from chipfacts.values.date_part import DateExpr

T = TypeVar("T")
_BRACKET = re.compile(r"\([^()\n]{1,12}\)")
_AROUND = 16  # characters beside a span that may belong to the name
_HEAD = 4  # of a name, by which a longer one printed here is it


@dataclass(frozen=True, slots=True)
class Name:
    """A listed name in the text, and the entries it may stand for."""

    span: Span
    entries: tuple[Entry, ...]


class Surface:
    """One document, read for what its characters say; each list is made when first asked for, in text order."""

    def __init__(self, document: Document, rulebook: Rulebook) -> None:
        self.document = document
        self._rulebook = rulebook
        self._tidied = tidy(document)
        self._view = self._tidied.document.view if self._tidied else document.view

    @cached_property
    def sums(self) -> list[tuple[Span, Money]]:
        """Every sum, also numbers that only a cue makes a sum (3亿)."""
        return self._placed((match.start, match.end, match.money) for match in find_money(self._view))

    @cached_property
    def dates(self) -> list[tuple[Span, DateExpr]]:
        """Every calendar mention, unresolved."""
        return self._placed((expr.start, expr.end, expr) for expr in find_dates(self._view))

    @cached_property
    def nodes(self) -> list[tuple[Span, Decimal]]:
        """Every process node, in nanometres."""
        return self._placed((match.start, match.end, match.nm) for match in find_nodes(self._view))

    @cached_property
    def rounds(self) -> list[tuple[Span, str]]:
        """Every named round."""
        return self._placed((match.start, match.end, match.round) for match in find_rounds(self._view))

    @cached_property
    def names(self) -> list[Name]:
        """Every name of the gazetteers, organisations and chips."""
        orgs, chips = self._rulebook.find_names(self._view)
        return [Name(self._source(hit.start, hit.end), hit.entries) for hit in (*orgs, *chips)]

    def usages(self, place: Span) -> frozenset[str]:
        """What a plain 元 may mean at a place: by the usage of the text, of what comes before, or of what follows, for a text may hold
        several articles."""
        text = self.document.text
        low, high = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
        high = len(text) if high < 0 else high
        parts = (Span(0, len(text)), Span(0, high), Span(low, len(text)))
        return frozenset(usage_of(self.document, part, self._lexis).currency for part in parts)

    @cached_property
    def _lexis(self) -> Lexis:
        return Lexis(self._rulebook)

    def home(self, company: str) -> str:
        """Where a listed company is at home; empty where nobody knows."""
        entry = self._rulebook.org(squeeze(company))
        return entry.home if entry else ""

    @cached_property
    def _entries(self) -> set[str]:
        return {entry.name for name in self.names for entry in name.entries}

    @cached_property
    def _makers(self) -> set[str]:
        return {entry.maker for name in self.names for entry in name.entries if entry.maker}

    @cached_property
    def _squeezed(self) -> str:
        """The text as names are looked up in it; then again without its short brackets: 云岭(苏州)半导体 is 云岭半导体."""
        return "\n".join(Squeezed(view).text for view in (self._view, _BRACKET.sub("", self._view)))

    def has_name(self, name: str) -> bool:
        """True where the text prints the name, or one that the gazetteer knows for it, whatever script, case and spaces."""
        return name in self._entries or squeeze(name) in self._squeezed

    def has_maker(self, name: str) -> bool:
        """True where the text names a listed chip of that maker."""
        return name in self._makers

    def gives_name(self, span: Span, name: str) -> bool:
        """True where these characters are the name or a part of it, or a name that the gazetteer knows for it or for its chip."""
        view = self.document.view
        printed, around = (
            squeeze(_BRACKET.sub("", view[low:high]))
            for low, high in ((span.start, span.end), (max(0, span.start - _AROUND), span.end + _AROUND))
        )
        wanted = squeeze(name)
        if printed and (printed in wanted or wanted in around or (len(wanted) > _HEAD and wanted[:_HEAD] in printed)):
            return True
        return any(name in (entry.name, entry.maker) for hit in self.names if hit.span.touches(span) for entry in hit.entries)

    def _placed(self, found: Any) -> list[tuple[Span, Any]]:
        return [(self._source(start, end), value) for start, end, value in found]

    def _source(self, start: int, end: int) -> Span:
        span = Span(start, end)
        return self._tidied.span(span) if self._tidied else span


def inside(found: list[tuple[Span, T]], region: Span) -> list[tuple[Span, T]]:
    """Those that lie in a region."""
    return [(span, value) for span, value in found if region.covers(span)]


def at(found: list[tuple[Span, T]], spans: tuple[Span, ...]) -> list[tuple[Span, T]]:
    """Those that stand at exactly one of these places."""
    return [(span, value) for span, value in found if span in spans]
