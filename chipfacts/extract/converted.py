"""A headline's sum in its readers' money is the body's in another: $80.5M above, 110 billion won ($80.5 million) below."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft
from chipfacts.extract.same_sum import bound, is_rounded
from chipfacts.model import Money

_ONE_TOLD_LOOSELY = ({"round", "ipo"}, {"valuation", "post_money"})
_NEAR = 12  # characters of the skeleton behind a sum that may hold its conversion


def absorb_converted(drafts: list[Draft]) -> list[Draft]:
    """Raises and values of the first paragraph that a later one tells in another currency, theirs in brackets, are mentions of those."""
    told = [(d, money) for d in drafts if d.scene.sentence.paragraph > 0 and (money := _conversion(d)) is not None]
    twins = {id(head): body for head in drafts if (body := next((b for b, money in told if _is_told_in(head, b, money)), None)) is not None}
    heads: dict[int, list[Draft]] = {}
    for head in drafts:
        if id(head) in twins:
            heads.setdefault(id(twins[id(head)]), []).append(head)
    return [_with_heads(d, heads.get(id(d), [])) for d in drafts if id(d) not in twins]


def _conversion(draft: Draft) -> Money | None:
    """The sum in brackets behind a draft's own."""
    if draft.money is None or draft.kind not in ("funding", "valuation"):
        return None
    behind = draft.scene.skeleton.of_kind("money", draft.index + 1, draft.index + _NEAR)
    return behind[0][1].value.money if behind and behind[0][1].value.converts is not None else None


def _is_told_in(head: Draft, body: Draft, money: Money) -> bool:
    if head is body or head.kind != body.kind or head.money is None or head.scene.sentence.paragraph != 0:
        return False
    if head.company is None or body.company is None or head.company.org.name != body.company.org.name:
        return False
    if head.measure != body.measure and {head.measure, body.measure} not in _ONE_TOLD_LOOSELY:
        return False
    mine, full = bound(head.money.value.money), bound(money)
    if mine is None or full is None or head.money.value.money.currency not in (None, money.currency):
        return False
    return is_rounded(mine, full)


def _with_heads(body: Draft, heads: list[Draft]) -> Draft:
    for head in heads:
        body = replace(
            body,
            measure="ipo" if "ipo" in (head.measure, body.measure) else body.measure,
            round=body.round or head.round,
            round_span=body.round_span or head.round_span,
            mentions=body.mentions + head.mentions,
            repeats=body.sums + head.sums,
        )
    return body
