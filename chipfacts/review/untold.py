"""Sums and rounds of a sentence that are no row of their own: what became of each, and every offer a sum got or missed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chipfacts.extract.funding import funding_drafts
from chipfacts.extract.offer import offers_for_money
from chipfacts.extract.pipeline import Reading
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Span
from chipfacts.review.offered import offers_of, out_of_reach
from chipfacts.review.reason import Reason, offer_lines, source_text
from chipfacts.review.why import Reasons


@dataclass(frozen=True, slots=True)
class Untold:
    """A sum or round without a row of its own. `span` is the source's."""

    kind: str
    span: Span
    surface: str
    says: str
    reasons: tuple[Reason, ...] = ()


def untold_mentions(reading: Reading, reasons: Reasons, scene: Scene, span: Span, told: set[Span]) -> Iterator[Untold]:
    """The sums and rounds that touch the source's `span`, but for those whose place (of the tidy text) is `told`."""
    for index, mention in scene.skeleton.of_kind("money"):
        if mention.span not in told and reading.source(mention.span).touches(span):
            yield _sum(reading, reasons, scene, index, mention)
    shown = {draft.round_span for draft in reading.drafts}
    for _, mention in scene.skeleton.of_kind("round"):
        if mention.span not in shown and reading.source(mention.span).touches(span):
            says = _round(reading, scene, mention)
            yield Untold("round", reading.source(mention.span), source_text(reading, mention.span), says)


def _sum(reading: Reading, reasons: Reasons, scene: Scene, index: int, mention: Mention) -> Untold:
    item = reasons.sums.get(mention.span)
    surface = source_text(reading, mention.span)
    if item is None:
        offers = offers_of(reading, scene, tuple(offers_for_money(scene, index)))
        says = "a number without a currency, a sum only where an offer of 3 or more claims it"
        reason = Reason("amount", f"{surface!r} is no sum", {"surface": surface, "offers": offers}, offer_lines(offers))
    else:
        reason = reasons.measure(item)
        owner = next((draft for draft in reading.drafts if mention.span in draft.sums), None)
        if owner is not None and owner.money is not None:
            says = f"a mention of the {owner.kind} row whose sum stands on line {reasons.line(owner.money.span)}"
        else:
            says = "it restates the sum in front of it" if item.converts else "its row was merged into another one"
    return Untold("sum", reading.source(mention.span), surface, says, (reason, *out_of_reach(reading, scene, index)))


def _round(reading: Reading, scene: Scene, mention: Mention) -> str:
    """What became of a round that no row prints from here: the raises of its sentence are asked for once more."""
    sums = reading.sums[reading.scenes.index(scene)]
    drafts = funding_drafts(scene, sums, reading.topics)
    own = next((draft for draft in drafts if draft.round_span == mention.span), None)
    if own is None:
        return (
            "no word of closing, no sum and no investor stands near enough"
            if not drafts
            else "the raise of its sentence takes another round"
        )
    if own.company is None:
        return "its raise is nobody's: no company is bound, stands near or is the topic of the passage"
    return "its raise is told more fully elsewhere, and was merged into that row"
