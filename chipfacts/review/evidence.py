"""A claim's values held against the characters they came from: recomputed where a grammar can, looked for in the text where they are names.

Spans say where a value stands (JSON, YAML); without them (CSV, TSV) it is looked for in the quote, then in its paragraph, then in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from chipfacts.model import Money, Span
from chipfacts.review.day import gives_date, says_date
from chipfacts.review.surface import Surface, at, inside
from chipfacts.sheet.cell import plain_decimal
from chipfacts.values.edtf import is_edtf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from chipfacts.review.claim import Claim
    from chipfacts.review.finding import Finding

T = TypeVar("T")
_HOMES = {"TW": "TWD", "CN": "CNY"}
_SUM = ("amount_low", "amount_high", "currency", "hedge", "currency_from")


@dataclass(frozen=True)
class Evidence:
    """One claim and the place in its document where the quote stands. `is_moved`: the text has changed, so spans mean nothing."""

    claim: Claim
    surface: Surface
    region: Span | None
    is_moved: bool
    published: str | None
    currency: str | None

    def findings(self) -> Iterator[Finding]:
        """Every cell that its characters do not give."""
        if self._are_spans_outside():
            yield self.claim.finding(
                "invented", "spans", f"places within the {len(self.surface.document.text)} characters of the text", "places beyond"
            )
            return
        yield from self._sum()
        yield from self._date("date", is_needed=self.claim.text("kind") == "date")
        yield from self._date("announced")
        yield from self._node()
        yield from self._round()
        for column in ("company", "chip", "foundry"):
            if name := self.claim.text(column):
                yield from self._name(column, name, self._spans(column))
        for column in ("lead_investors", "investors"):
            yield from self._members(column)

    def _are_spans_outside(self) -> bool:
        size = len(self.surface.document.text)
        spans = [] if self.is_moved or not self.claim.row.spans else [s for found in self.claim.row.spans.values() for s in found]
        return any(not 0 <= span.start < span.end <= size for span in spans)

    def _spans(self, column: str) -> tuple[Span, ...]:
        return () if self.is_moved else self.claim.spans(column)

    def _here(self, found: list[tuple[Span, T]], column: str) -> list[tuple[Span, T]]:
        """The values at the column's own characters; without spans those in the quote."""
        if spans := self._spans(column):
            return at(found, spans)
        return inside(found, self.region) if self.region else []

    @cached_property
    def _paragraph(self) -> Span:
        """The lines that the quote stands on; the whole text where nobody knows."""
        text = self.surface.document.text
        if self.region is None:
            return Span(0, len(text))
        end = text.find("\n", self.region.end)
        return Span(text.rfind("\n", 0, self.region.start) + 1, end if end >= 0 else len(text))

    def _sum(self) -> Iterator[Finding]:
        claim = self.claim
        if not (claim.has("amount_low") or claim.has("amount_high")):
            return
        here = [money for _, money in self._here(self.surface.sums, "amount")]
        is_filled = bool(claim.text("amount_low") or claim.text("amount_high"))
        if not is_filled and not self._spans("amount") and claim.text("kind") not in ("valuation", "amount"):
            if claim.text("currency") and claim.has("currency"):
                yield claim.finding("invented", "currency", "nothing: the row has no sum")
            return
        if not here and not self._spans("amount"):
            here = [money for _, money in self.surface.sums]
        elif not self._spans("amount") and not any(self._is_given(money) for money in here):
            # A row whose fullest sentence says 超亿元 may print the 1.4亿元 that the text says elsewhere.
            here = [m for _, m in self.surface.sums if self._is_given(m) and any(_may_be(m, other) for other in here)] or here
        if not here:
            yield claim.finding("invented", "amount_low", "a sum of money in these characters")
            return
        wrong = min((self._wrong_cells(money) for money in here), key=len)
        yield from (claim.finding("invented", column, expected or "nothing") for column, expected in wrong)

    def _is_given(self, money: Money) -> bool:
        return not self._wrong_cells(money)

    def _wrong_cells(self, money: Money) -> list[tuple[str, str]]:
        """(column, what the sum says) for each cell that says otherwise."""
        claim = self.claim
        inferred = _HOMES.get(self.surface.home(claim.text("company"))) or self.currency or self._usage(money)
        expected = (
            _digits(money.low),
            _digits(money.high),
            money.currency or inferred,
            money.hedge,
            "stated" if money.currency else "inferred",
        )
        wrong = []
        for column, value in zip(_SUM, expected, strict=True):
            number = claim.number(column) if column in ("amount_low", "amount_high") else None
            said = _digits(number) if number is not None else claim.text(column)
            if claim.has(column) and said != value:
                wrong.append((column, value))
        return wrong

    def _usage(self, money: Money) -> str:
        """What plain 元 means here: what the row says where the text allows it, else the text's own usage."""
        if money.currency:
            return ""
        usages = self.surface.usages(self.region or Span(0, 0))
        said = self.claim.text("currency")
        return said if said in usages else min(usages)

    def _date(self, column: str, is_needed: bool = False) -> Iterator[Finding]:
        claim = self.claim
        value = claim.text(column)
        if (not value and not is_needed) or not claim.has(column) or not is_edtf(value or "2000"):
            return
        places = self._here(self.surface.dates, column)
        if not self._spans(column) and not is_needed:
            places = inside(self.surface.dates, self._paragraph)
            if not any(gives_date(expr, value, self.published) for _, expr in places):
                places = [(span, expr) for span, expr in self.surface.dates if gives_date(expr, value, self.published)] or places
        if value and any(gives_date(expr, value, self.published) for _, expr in places):
            return
        said = next((text for _, expr in places if (text := says_date(expr, self.published))), "")
        yield claim.finding("invented", column, said or ("another day" if places else "a date in these characters"))

    def _node(self) -> Iterator[Finding]:
        claim = self.claim
        size = claim.number("node_nm")
        if not claim.has("node_nm") or (size is None and (claim.text("kind") != "process_node" or claim.text("node_nm"))):
            return
        here = [nm for _, nm in self._here(self.surface.nodes, "node_nm")]
        if not here and not self._spans("node_nm"):
            here = [nm for _, nm in self.surface.nodes]
        if size not in here:
            yield claim.finding("invented", "node_nm", plain_decimal(here[0]) if here else "a node in these characters")

    def _round(self) -> Iterator[Finding]:
        claim = self.claim
        value = claim.text("round")
        if not value or (value == "ipo" and claim.text("measure") == "ipo"):
            return
        here = [name for _, name in self._here(self.surface.rounds, "round")]
        everywhere = [name for _, name in self.surface.rounds]
        if value not in here and value not in everywhere:
            yield claim.finding("invented", "round", next(iter(here or everywhere), "a round in the text"))

    def _name(self, column: str, name: str, spans: tuple[Span, ...]) -> Iterator[Finding]:
        surface = self.surface
        is_made = column == "company" and self.claim.text("kind") in ("chip", "process_node") and surface.has_maker(name)
        if not surface.has_name(name) and not is_made:
            yield self.claim.finding(
                "invented", column, "a name that stands in the text, or that the gazetteer knows for one that does", name
            )
        elif spans and not any(surface.gives_name(span, name) for span in spans):
            said = surface.document.text[spans[0].start : spans[0].end]
            yield self.claim.finding("invented", column, said, name)

    def _members(self, column: str) -> Iterator[Finding]:
        spans = self._spans(column)
        for member in self.claim.members(column):
            yield from self._name(column, member, spans)


def _digits(number: Decimal | None) -> str:
    return plain_decimal(number) if number is not None else ""


def _may_be(one: Money, other: Money) -> bool:
    """True where the vaguer of two sums does not exclude the other."""
    low, high = other.low or 0, other.high
    value = one.low if one.low is not None else one.high
    return value is not None and value >= low * 8 / 10 and (high is None or value <= high * 12 / 10)
