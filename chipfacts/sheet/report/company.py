"""Fact sheets: a company's rows by kind, with the scales of their charts, its matrix of chips and nodes, and the figures at its head."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from chipfacts.sheet.report.axis import AmountAxis, TimeAxis
from chipfacts.sheet.report.language import is_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chipfacts.sheet.report.fact_view import FactView


class CurrencyGroup(NamedTuple):
    """Sums of one currency (empty: none stated), and the scale they share with no other."""

    currency: str
    views: list[FactView]
    axis: AmountAxis | None


class ChipRow(NamedTuple):
    """A chip (empty: the company as a whole) and the facts in each column of the matrix."""

    chip: str
    cells: list[list[FactView]]


class ChipGroup(NamedTuple):
    """A chip and the facts that name it, one a document."""

    chip: str
    views: list[FactView]


@dataclass(frozen=True)
class CompanySheet:
    """The facts of one company, or of none (`name` empty)."""

    number: int
    name: str
    views: Sequence[FactView] = field(repr=False)

    @property
    def is_chinese(self) -> bool:
        """True where the name holds Chinese characters."""
        return any(map(is_chinese, self.name))

    def of_kind(self, kind: str) -> list[FactView]:
        """The rows of one kind, by date, undated ones last."""
        return self._by_kind.get(kind, [])

    @cached_property
    def time_axis(self) -> TimeAxis | None:
        """One time scale for funding and valuations, so that they can be read against each other."""
        return TimeAxis.over((view.fact.date_low, view.fact.date_high) for kind in ("funding", "valuation") for view in self.of_kind(kind))

    @cached_property
    def valuations(self) -> list[CurrencyGroup]:
        """The valuations, a group for each currency."""
        ordered = sorted(self.of_kind("valuation"), key=lambda view: view.fact.currency or "~")  # stable: by date within a currency
        groups = []
        for currency, members in groupby(ordered, key=lambda view: view.fact.currency or ""):
            views = list(members)
            axis = AmountAxis.over(bound for view in views for bound in (view.fact.amount_low, view.fact.amount_high))
            groups.append(CurrencyGroup(currency, views, axis))
        return groups

    @cached_property
    def chips(self) -> list[ChipGroup]:
        """The chips named, in the order of their names."""
        return [ChipGroup(chip, views) for chip, views in sorted(_by_chip(self.of_kind("chip")).items())]

    @cached_property
    def nodes(self) -> list[Decimal | None]:
        """The columns of the matrix, coarse to fine."""
        found = {view.fact.node_nm for view in self.of_kind("process_node")}
        return [*sorted((node for node in found if node is not None), reverse=True), *([None] if None in found else [])]

    @cached_property
    def matrix(self) -> list[ChipRow]:
        """A row for each chip with a node; the company as a whole last."""
        rows = []
        for chip, views in sorted(_by_chip(self.of_kind("process_node")).items(), key=lambda item: (not item[0], item[0])):
            rows.append(ChipRow(chip, [[view for view in views if view.fact.node_nm == node] for node in self.nodes]))
        return rows

    @cached_property
    def totals(self) -> list[FactView]:
        """The largest running total of each currency."""
        return _largest(view for view in self.of_kind("funding") if view.fact.measure == "cumulative")

    @cached_property
    def peaks(self) -> list[FactView]:
        """The largest valuation of each currency."""
        return _largest(self.of_kind("valuation"))

    @cached_property
    def finest(self) -> FactView | None:
        """The finest node."""
        stated = [view for view in self.of_kind("process_node") if view.fact.node_nm is not None]
        return min(stated, key=lambda view: view.fact.node_nm or 0, default=None)

    @cached_property
    def _by_kind(self) -> dict[str, list[FactView]]:
        found: dict[str, list[FactView]] = {}
        for view in sorted(self.views, key=lambda view: (view.fact.date_low or view.fact.date_high or "~", view.number)):
            found.setdefault(view.fact.kind, []).append(view)
        return found


def sheets_of(views: Iterable[FactView]) -> list[CompanySheet]:
    """A sheet for each company, those with most funding and valuations first; the facts of no company last."""
    found: dict[str, list[FactView]] = {}
    for view in views:
        found.setdefault(view.fact.company or "", []).append(view)
    ordered = sorted(found.items(), key=lambda item: (not item[0], -_weight(item[1]), -len(item[1]), item[0]))
    return [CompanySheet(number, name, members) for number, (name, members) in enumerate(ordered, 1)]


def _weight(views: list[FactView]) -> int:
    return sum(view.fact.kind in ("funding", "valuation") for view in views)


def _by_chip(views: Iterable[FactView]) -> dict[str, list[FactView]]:
    found: dict[str, list[FactView]] = {}
    for view in views:
        found.setdefault(view.fact.chip or "", []).append(view)
    return found


def _largest(views: Iterable[FactView]) -> list[FactView]:
    """The largest completed sum of each currency that is no hearsay, and whose floor is stated."""
    best: dict[str, FactView] = {}
    for view in views:
        fact = view.fact
        if fact.amount_low is None or not fact.currency or fact.hearsay or fact.status != "completed":
            continue
        known = best.get(fact.currency)
        if known is None or fact.amount_low > (known.fact.amount_low or 0):
            best[fact.currency] = view
    return [best[currency] for currency in sorted(best)]
