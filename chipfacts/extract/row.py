"""A finished draft becomes a row: values, currency, spans, quote and a stable id."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from chipfacts.extract.draft import Draft
from chipfacts.extract.identity import digest_of, numbered
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.usage import Usage
from chipfacts.model import Document, Fact, Span

Stated = dict[tuple[Decimal | None, Decimal | None], set[str]]


# What is paid and quoted where a share is traded: its market's currency, not that of the company's home.
_TRADED = frozenset({"share_price", "market_cap", "ipo", "price"})


def rows_of(document: Document, drafts: list[Draft], usages: Sequence[Usage]) -> list[tuple[Draft, Fact]]:
    """The facts of a document in text order, each with the draft it was. `usages`, in order, say what plain 元 means from where on."""
    seen: Counter[str] = Counter()
    stated = _stated(drafts)
    facts: list[tuple[Draft, Fact]] = []
    breaks = [match.start() for match in re.finditer("\n", document.text)]
    for draft in sorted(drafts, key=lambda d: (d.evidence, d.kind, d.index)):
        at = bisect_right(usages, draft.money.span.start if draft.money else draft.evidence.start, key=lambda usage: usage.start)
        facts.append((draft, _row(document, draft, usages[max(at - 1, 0)], stated, seen, breaks)))
    return facts


def _row(document: Document, draft: Draft, usage: Usage, stated: Stated, seen: Counter[str], breaks: list[int]) -> Fact:
    money = draft.money.value.money if draft.money else None
    unit, unit_from = _currency(draft, usage, stated)
    start, end = draft.evidence
    day = draft.date.value if draft.date else None
    is_event = draft.kind in ("funding", "valuation") or (draft.kind == "date" and draft.event != "")
    return Fact(
        fact_id=_fact_id(document, draft, unit, seen),
        kind=draft.kind,
        doc=document.id,
        company=draft.company.org.name if draft.company else None,
        amount_low=money.low if money else None,
        amount_high=money.high if money else None,
        currency=unit,
        currency_from=unit_from,
        hedge=(money.hedge or None) if money else None,
        measure=draft.measure or None,
        round=draft.round or None,
        status=draft.status or None,
        hearsay=draft.hearsay if is_event else None,
        date=day.edtf if day else None,
        date_low=day.low if day else None,
        date_high=day.high if day else None,
        announced=draft.announced.value.edtf if draft.announced else None,
        lead_investors=tuple(_investor(document, m) for m in draft.leads),
        investors=tuple(_investor(document, m) for m in draft.investors),
        chip=draft.chip or None,
        node_nm=draft.node.value.nm if draft.node else None,
        foundry=draft.foundry.value.name if draft.foundry else None,
        event=draft.event or None,
        published=document.published,
        mentions=draft.mentions,
        line=bisect_left(breaks, start) + 1,
        start=start,
        end=end,
        quote=document.text[start:end],
        rule=draft.rule,
        spans=_spans(draft),
    )


def _fact_id(document: Document, draft: Draft, unit: str | None, seen: Counter[str]) -> str:
    """The row's id: rows that state the same are numbered in text order."""
    money = draft.money.value.money if draft.money else None
    digest = digest_of(
        document.id,
        draft.kind,
        draft.company.org.name if draft.company else "",
        (money.low, money.high) if money else None,
        unit or "",
        draft.measure,
        draft.round,
        draft.status,
        draft.chip,
        draft.node.value.nm if draft.node else None,
        draft.date.value.edtf if draft.date and draft.kind == "date" else "",
    )
    seen[digest] += 1
    return numbered(digest, seen[digest])


def _spans(draft: Draft) -> dict[str, tuple[Span, ...]]:
    """Where each value of the row stands in the text; keys without a place are left out."""
    found: dict[str, tuple[Span | None, ...]] = {
        "company": (draft.company.span if draft.company else None,),
        "amount": (draft.money.span if draft.money else None,),
        "round": ((draft.round_span or (draft.money.span if draft.money else draft.evidence)) if draft.round else None,),
        "status": ((draft.status_span or draft.evidence) if draft.status else None,),
        "date": (draft.date.span if draft.date else None,),
        "announced": (draft.announced.span if draft.announced else None,),
        "chip": (draft.chip_span,),
        "node_nm": (draft.node.span if draft.node else None,),
        "foundry": (draft.foundry.span if draft.foundry else None,),
        "event": (draft.event_span,),
        "investors": tuple(m.span for m in draft.investors),
        "lead_investors": tuple(m.span for m in draft.leads),
    }
    given = {key: tuple(span for span in spans if span is not None) for key, spans in found.items()}
    return {key: spans for key, spans in given.items() if spans}


def _investor(document: Document, mention: Mention) -> str:
    """A fund's name as the text prints it (folded); a company's by its canonical name."""
    if mention.value.roles == frozenset({"investor"}):
        return " ".join(document.view[mention.span.start : mention.span.end].split())
    return str(mention.value.name)


def _stated(drafts: list[Draft]) -> Stated:
    """Interval → the currencies a document states with it."""
    found: Stated = {}
    for draft in drafts:
        if draft.money and draft.money.value.money.currency:
            money = draft.money.value.money
            found.setdefault((money.low, money.high), set()).add(money.currency)
    return found


def _are_new_shares(draft: Draft) -> bool:
    """True of shares sold in their market: no backers are told, or the sum is called what an issue brings in (集资512亿元)."""
    before = draft.scene.skeleton.text[: draft.index].rstrip("约近超逾")
    return not draft.investors or before.endswith(draft.scene.book.tuple_of("issue_words"))


def _currency(draft: Draft, usage: Usage, stated: Stated) -> tuple[str | None, str | None]:
    """The currency and where it comes from: stated, or inferred from the same number told with one (2万亿估值 beside 2万亿美元), from the
    company's home, or from the option or the document's usage."""
    if draft.money is None:
        return None, None
    money = draft.money.value.money
    if money.currency == "CNY" and usage.currency == "JPY" and draft.money.value.unit_word == "¥":
        return usage.currency, "inferred"
    if money.currency:
        return money.currency, "stated"
    twins = stated.get((money.low, money.high), set())
    if draft.money.value.bare and money.hedge != "several" and len(twins) == 1:
        return next(iter(twins)), "inferred"
    home = draft.company.org.entry.home if draft.company and draft.company.org.entry else ""
    is_issue = draft.measure == "round" and not draft.round and _are_new_shares(draft)
    is_quoted = draft.measure in _TRADED or is_issue or (draft.measure == "other" and usage.currency == usage.traded)
    if draft.measure == "investment":
        is_quoted = any(word in draft.scene.skeleton.text for word in draft.scene.book.words("anchor_investors"))
    if usage.is_declared:
        return usage.currency, "inferred"
    if usage.traded and is_quoted:
        return usage.traded, "inferred"
    if draft.measure == "price" and usage.currency != "TWD":
        return usage.currency, "inferred"  # 手机卖2099元起: what a thing costs is told in the money of the readers
    return {"TW": "TWD", "CN": "CNY"}.get(home, usage.currency), "inferred"
