"""A fact as the report shows it: its number, its place, its words, where its values stand. No value that the row does not hold."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chipfacts.model import Document, Fact
from chipfacts.sheet.cell import plain_decimal
from chipfacts.sheet.report.amount_words import AmountWords, amount_words
from chipfacts.sheet.report.article import Quote
from chipfacts.sheet.report.day_words import DayWords, day_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# One letter each, for ids and class names.
KIND_CODES = {"funding": "f", "valuation": "v", "chip": "c", "process_node": "n", "date": "d", "amount": "a"}
STATUSES = ("completed", "planned", "sought", "committed", "failed", "denied")
_SPAN_CODES = {
    "company": "c", "amount": "a", "round": "r", "status": "s", "date": "d", "announced": "n", "chip": "p", "node_nm": "o",
    "foundry": "y", "event": "e", "lead_investors": "l", "investors": "i",
}  # fmt: skip
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class FactView:
    """One row. `article` is the number of its document, 0 where the report does not hold that text; then nothing links to it."""

    number: int
    fact: Fact
    article: int
    language: str
    surface: str
    spans: str

    @property
    def kind(self) -> str:
        """The kind's letter."""
        return KIND_CODES[self.fact.kind]

    @property
    def status(self) -> str:
        """The status, empty where there is none that the contract knows."""
        status = self.fact.status or ""
        return status if status in STATUSES else ""

    @property
    def amount(self) -> AmountWords | None:
        """The sum in words."""
        return amount_words(self.fact.amount_low, self.fact.amount_high, self.fact.hedge)

    @property
    def currency(self) -> str:
        """The currency, with ? where it is inferred."""
        mark = "?" if self.fact.currency_from == "inferred" else ""
        return (self.fact.currency or "") + mark

    @property
    def day(self) -> DayWords | None:
        """The date in words."""
        return day_words(self.fact.date) if self.fact.date else None

    @property
    def announced(self) -> DayWords | None:
        """The day of the announcement in words, where it is another."""
        return day_words(self.fact.announced) if self.fact.announced else None

    @property
    def node(self) -> str:
        """7 nm."""
        return f"{plain_decimal(self.fact.node_nm)}\u00a0nm" if self.fact.node_nm is not None else ""

    @property
    def others(self) -> list[str]:
        """Investors who did not lead."""
        return [name for name in self.fact.investors if name not in self.fact.lead_investors]

    @property
    def quote(self) -> str:
        """The quote on one line, cut where it is long: the article has all of it."""
        text = " ".join(self.fact.quote.split())
        return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"

    @property
    def hint(self) -> str:
        """The rule, and the date as the text has it where the quote is another: funding.closing · 今年5月 → 2024-05."""
        if self.fact.date and self.surface and self.surface != self.fact.quote:
            return f"{self.fact.rule} · {self.surface} → {self.fact.date}"
        return self.fact.rule


def views_of(facts: Iterable[Fact], documents: Iterable[Document], languages: Mapping[str, str]) -> list[FactView]:
    """The facts, numbered from 1 in their order; `languages` are those of the documents, by id."""
    articles = {document.id: (number, document, Places(document.text)) for number, document in enumerate(documents, 1)}
    return [_view(number, fact, articles.get(fact.doc), languages.get(fact.doc, "zh-Hans")) for number, fact in enumerate(facts, 1)]


def quotes_of(views: Iterable[FactView]) -> dict[int, list[Quote]]:
    """The quotes to be marked, by article."""
    quotes: dict[int, list[Quote]] = {}
    for view in views:
        if view.article:
            quotes.setdefault(view.article, []).append(Quote(view.fact.start, view.fact.end, view.number, view.kind))
    return quotes


def _view(number: int, fact: Fact, source: tuple[int, Document, Places] | None, language: str) -> FactView:
    if source is None or not fact.quote.strip() or source[1].text[fact.start : fact.end] != fact.quote:
        return FactView(number, fact, 0, language, "", "")  # a row of another text: shown, but nothing here is its source
    article, document, places = source
    dated = fact.spans.get("date")
    surface = " ".join(document.text[dated[0].start : dated[0].end].split()) if dated else ""
    return FactView(number, fact, article, language, surface, places.of(fact))


class Places:
    """Offsets of a text as line.column."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def of(self, fact: Fact) -> str:
        """Where each value stands, unless it is the quote itself: c12.5+2 d12.7+2 (line, column, length)."""
        own = (fact.start, fact.end)
        found = []
        for column, spans in fact.spans.items():
            for start, end in spans:
                if column in _SPAN_CODES and (start, end) != own:
                    line = bisect_right(self._starts, start)
                    found.append(f"{_SPAN_CODES[column]}{line}.{start - self._starts[line - 1]}+{end - start}")
        return " ".join(found)
