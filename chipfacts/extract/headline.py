"""What a headline tells again: of the body's raise, of its sums, in its words or in the readers' money."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft
from chipfacts.extract.merge import company_of, is_rounded_headline, money_of, same_currency
from chipfacts.extract.same_sum import is_same_sum, only_hedge_differs


def absorb_headline(drafts: list[Draft]) -> list[Draft]:
    """A raise of the first paragraph that the body tells of another company, sum and round alike, is the body's: headlines often name only
    the founders' former employer or an investor."""
    body = [d for d in drafts if d.scene.sentence.paragraph > 0 and d.kind == "funding" and d.money]
    kept: list[Draft] = []
    extra: dict[int, Draft] = {}
    for draft in drafts:
        twins = [b for b in body if draft.scene.sentence.paragraph == 0 and _is_headline_of(draft, b)]
        if len(twins) == 1 and not any(company_of(b) == company_of(draft) for b in body):
            extra[id(twins[0])] = draft
        else:
            kept.append(draft)
    return [_with_mention(d, extra[id(d)]) if id(d) in extra else d for d in kept]


def _is_headline_of(head: Draft, body: Draft) -> bool:
    if head.kind != "funding" or not head.money or head is body or company_of(head) == company_of(body) or head.measure != body.measure:
        return False
    if head.status != body.status or head.date is not None:
        return False  # an event of its own
    rounds_agree = not head.round or not body.round or head.round == body.round or "strategic" in (head.round, body.round)
    return rounds_agree and money_of(head) == money_of(body)


def _with_mention(draft: Draft, other: Draft) -> Draft:
    return replace(draft, mentions=draft.mentions + other.mentions)


def yield_to_body(told: list[Draft], ledger: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """拟9.9亿元向X增资 above, 向全资子公司X增资 below: what the body says is no raise is none in the headline; returns both lists anew."""
    rows = list(told)
    kept: list[Draft] = []
    for draft in ledger:
        heads = [row for row in rows if draft.effect == "own" and _is_above(row, draft) and is_same_sum(money_of(row), money_of(draft))]
        for head in heads:
            rows.remove(head)
            draft = replace(draft, mentions=draft.mentions + head.mentions, repeats=draft.sums + head.sums)
        kept.append(draft)
    return rows, kept


def _is_above(head: Draft, body: Draft) -> bool:
    return head.kind == "funding" and head.scene.sentence.paragraph == 0 < body.scene.sentence.paragraph


def merge_headline_sums(rows: list[Draft]) -> list[Draft]:
    """A ledger sum of the headline that the body repeats is one row: the body says what it is, unless only the headline does."""
    kept = list(rows)
    for head in rows:
        if head.kind != "amount" or head.scene.sentence.paragraph != 0:
            continue
        body_sums = ((n, r) for n, r in enumerate(kept) if r.kind == "amount" and r.scene.sentence.paragraph > 0)
        number = next((n for n, r in body_sums if _is_said_again(head, r)), None)
        if number is None:
            continue
        body = kept[number]
        is_loose = body.rule.startswith("ledger.unclaimed")
        measure, rule = (head.measure, head.rule) if is_loose else (body.measure, body.rule)
        kept[number] = replace(
            body,
            measure=measure,
            rule=rule,
            company=body.company or head.company,
            mentions=body.mentions + head.mentions,
            repeats=body.sums + head.sums,
        )
        kept.remove(head)
    return kept


def _is_said_again(head: Draft, body: Draft) -> bool:
    """The same sum, or the same of one measure: with another hedge, or rounded."""
    if is_same_sum(money_of(head), money_of(body)) or _is_short_for(head, body):
        return True
    return head.measure == body.measure and same_currency(head, body) and only_hedge_differs(money_of(head), money_of(body))


def _is_short_for(head: Draft, body: Draft) -> bool:
    """营收突破72亿美元 above, 营收72.7亿美元 below: one measure of one company, rounded."""
    is_same = head.measure == body.measure != "other" and company_of(head) == company_of(body)
    return is_same and same_currency(head, body) and is_rounded_headline(head, body)
