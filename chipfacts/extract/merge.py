"""The same fact said again is one row: policies of what counts as the same, and which statement is the fullest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chipfacts.extract.draft import Draft
from chipfacts.extract.same_sum import bound, is_rounded, is_same_sum, only_hedge_differs, overlap, precision
from chipfacts.model import Money

_OPEN_STATUS = frozenset({"planned", "sought"})
_ROUNDING_OVER = 12  # a headline that says over rounds by a twelfth of the sum, at most: 逾800亿 of 826亿
_WEEKS_BEFORE = 45  # days between an older round and the news of another
# Rules whose sums may be no more than a raise said again: unclaimed ones, plain investing, and raises of nobody in particular.
_LOOSE = ("ledger.unclaimed", "amount.investment", "amount.fund", "funding.", "sums.valuation-of", "valuation.")


def merge_drafts(drafts: list[Draft]) -> list[Draft]:
    """Drafts in text order, each event, valuation or sum once, with its fullest statement and the count of its mentions."""
    rows: list[Draft] = []
    for draft in drafts:
        for number, known in enumerate(rows):
            if _is_same(known, draft):
                rows[number] = _union(known, draft)
                break
        else:
            rows.append(draft)
    return _specific(rows)


def absorb_repeats(told: list[Draft], ledger: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """A loose sum of the ledger that repeats a told raise or valuation is a mention of it; returns both lists anew."""
    rows = list(told)
    rest: list[Draft] = []
    for draft in ledger:
        number = next((n for n, row in enumerate(rows) if _repeats(row, draft)), None)
        if number is None:
            rest.append(draft)
        else:
            rows[number] = replace(rows[number], mentions=rows[number].mentions + draft.mentions, repeats=rows[number].sums + draft.sums)
    return rows, rest


def _repeats(row: Draft, loose: Draft) -> bool:
    first, second = money_of(row), money_of(loose)
    if first is None or second is None or loose.measure not in ("other", "investment", "fund"):
        return False
    if loose.rule.partition("/")[0] not in _LOOSE and not loose.rule.startswith(_LOOSE):
        return False
    same_currency = first.currency == second.currency or first.currency is None or second.currency is None
    return (
        same_currency
        and ((first.low, first.high) == (second.low, second.high) or (first.hedge == "under" and bound(first) == bound(second)))
        and (company_of(loose) in (None, company_of(row), *(m.value.name for m in row.investors)) or loose.company is None)
    )


def _specific(rows: list[Draft]) -> list[Draft]:
    """A raise told plainly (募资6亿元) is the total, issue or loan that the text elsewhere calls by its kind with the same sum."""
    kept = list(rows)
    for plain in rows:
        if plain.kind != "funding" or plain.measure != "round" or plain.round or not plain.money:
            continue
        for number, other in enumerate(kept):
            if other is plain or other.kind != "funding" or other.measure == "round" or company_of(other) != company_of(plain):
                continue
            if other.measure == "cumulative" and not (plain.scene.sentence.paragraph == 0 < other.scene.sentence.paragraph):
                continue  # a first round's sum is also the total so far; only a headline's is the total said loosely
            if money_of(other) and _sums_agree(other, plain):
                kept[number] = replace(
                    other,
                    mentions=other.mentions + plain.mentions,
                    investors=other.investors or plain.investors,
                    repeats=other.sums + plain.sums,
                )
                kept.remove(plain)
                break
    return kept


def _is_same(a: Draft, b: Draft) -> bool:
    if a.kind != b.kind or a.kind in ("date", "chip", "process_node") or company_of(a) != company_of(b):
        return False
    if a.kind == "funding":
        return _is_same_event(a, b)
    if not _measures_agree(a, b) or not _statuses_agree(a, b) or (_dates_differ(a, b) and not _is_telling(a)):
        return False
    if a.kind == "valuation" and same_currency(a, b) and is_rounded_headline(a, b):
        return True
    return is_same_sum(money_of(a), money_of(b)) or _is_rounded_again(a, b)


def same_currency(a: Draft, b: Draft) -> bool:
    """True where both tell a sum, in one currency or in one that only one of them states."""
    first, second = money_of(a), money_of(b)
    return first is not None and second is not None and (not first.currency or not second.currency or first.currency == second.currency)


def _measures_agree(a: Draft, b: Draft) -> bool:
    """The same measure, a headline's plain 估值 for what the body calls 投后估值, or the same sum told plainly once more."""
    if a.measure == b.measure:
        return True
    if a.kind == "valuation" and {a.measure, b.measure} == {"valuation", "post_money"} and is_same_sum(money_of(a), money_of(b)):
        return True
    head, body = sorted((a, b), key=lambda d: d.scene.sentence.paragraph)
    return a.kind == "valuation" and head.measure == "valuation" and head.scene.sentence.paragraph == 0 < body.scene.sentence.paragraph


def _is_rounded_again(a: Draft, b: Draft) -> bool:
    """市值突破3万亿美元 … 3万亿美元的市值: a value told with a hedge, and once more without it."""
    first, second = money_of(a), money_of(b)
    if a.kind != "valuation" or first is None or second is None or first.currency != second.currency:
        return False
    return bound(first) == bound(second) and (not first.hedge or not second.hedge)


def _is_telling(draft: Draft) -> bool:
    """A sum of three digits or more said twice is the same sum, whatever days stand nearby."""
    money = money_of(draft)
    value = bound(money) if money else None
    return value is not None and len(str(int(value)).rstrip("0")) >= 3


def _is_same_event(a: Draft, b: Draft) -> bool:
    if a.measure != b.measure or not _statuses_agree(a, b) or _dates_differ(a, b):
        return False
    if a.round and b.round and a.round != b.round and not _is_round_of_headline(a, b):
        return False
    if a.money and b.money:
        return _sums_agree(a, b)
    if a.round and b.round:
        return True
    if _is_plain_headline(a, b):
        return True
    if a.scene is b.scene or _are_far_apart(a, b):
        return False
    return a.measure in ("round", "ipo", "debt") and (not a.money or not b.money) and _is_headline_pair(a, b)


def _is_round_of_headline(a: Draft, b: Draft) -> bool:
    """天使轮 in the headline is the body's 天使+轮, and Pre-IPO its 战略融资, where both tell the same sum."""
    first, second = sorted(d.scene.sentence.paragraph for d in (a, b))
    is_like = a.round.rstrip("+") == b.round.rstrip("+") or "strategic" in (a.round, b.round)
    return first == 0 < second and is_like and a.money is not None and money_of(a) == money_of(b)


def _is_plain_headline(a: Draft, b: Draft) -> bool:
    """完成新一轮融资 in the headline is the raise that the next paragraph tells in full."""
    head, body = sorted((a, b), key=lambda d: d.scene.sentence.paragraph)
    is_plain = head.measure == "round" and not head.money and not head.round and head.status == body.status == "completed"
    return is_plain and head.scene.sentence.paragraph == 0 and body.scene.sentence.paragraph == 1


def _are_far_apart(a: Draft, b: Draft) -> bool:
    """True where one of the two is an older raise, and the other the news."""
    return _is_long_ago(a, b) or _is_long_ago(b, a)


def _is_long_ago(old: Draft, new: Draft) -> bool:
    """去年9月的过亿元B轮 is not the raise of today's news: told with its own day, of last year or weeks before the news."""
    if old.date is None or new.date is not None or (new.round and new.round == old.round):
        return False
    told = new.announced.value.low if new.announced else None
    is_before = bool(told and old.date.value.high and _days_between(old.date.value.high, told) > _WEEKS_BEFORE)
    return is_before or old.date.value.is_last_year


def _days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _is_headline_pair(a: Draft, b: Draft) -> bool:
    """A raise told without round or sum is the one told with them in its section; so are a bare sum and a bare round."""
    if (a.money and not a.round and b.round and not b.money) or (b.money and not b.round and a.round and not a.money):
        if a.status != b.status:
            return False
        return min(a.scene.sentence.paragraph, b.scene.sentence.paragraph) == 0 and a.scene.sentence.paragraph != b.scene.sentence.paragraph
    return a.section == b.section


def _sums_agree(a: Draft, b: Draft) -> bool:
    first, second = money_of(a), money_of(b)
    if first is None or second is None or (first.currency and second.currency and first.currency != second.currency):
        return False
    if (first.low, first.high) == (second.low, second.high):
        is_vague = first.hedge == second.hedge == "several" and not (a.round and b.round)
        return not (is_vague and (_are_far_apart(a, b) or _have_other_backers(a, b)))
    if bound(first) == bound(second):
        return _is_past(a) == _is_past(b)
    if first.hedge == second.hedge == "under" and first.high and second.high:
        return abs(first.high - second.high) * 10 <= max(first.high, second.high)
    if is_rounded_headline(a, b):
        return True
    if a.measure == "round" and {first.hedge, second.hedge} & {"over", "several", "nearly", "about"}:
        return overlap(first, second) and not _are_far_apart(a, b) and _is_past(a) == _is_past(b)
    return False


def _have_other_backers(a: Draft, b: Draft) -> bool:
    """数亿元 from one list of investors and 数亿元 from another: two raises, though the sums are told alike."""
    first, second = ({m.value.name for m in d.investors} for d in (a, b))
    return bool(first) and bool(second) and first.isdisjoint(second)


def _is_past(draft: Draft) -> bool:
    """True where a clause tells of a raise before the news, with its own day and round: 2023年6月,公司曾完成近亿元天使轮."""
    start, _ = draft.scene.skeleton.clause(draft.index)
    words = draft.scene.book.tuple_of("once_words")
    return draft.date is not None and bool(draft.round) and any(word in draft.scene.skeleton.lower[start : draft.index] for word in words)


def is_rounded_headline(a: Draft, b: Draft) -> bool:
    """定增募资5亿元 above, 募集资金不超过5.02亿元 below: a headline's sum of fewer digits, near the body's."""
    head, body = sorted((a, b), key=lambda d: d.scene.sentence.paragraph)
    first, second = money_of(head), money_of(body)
    short, full = first and bound(first), second and bound(second)
    if head.scene.sentence.paragraph != 0 or body.scene.sentence.paragraph == 0 or not short or not full:
        return False
    is_over = first is not None and first.hedge == "over" and short <= full
    is_near = is_rounded(short, full, _ROUNDING_OVER) if is_over else is_rounded(short, full)
    return is_near and len(str(short.normalize())) <= len(str(full.normalize()))


def _statuses_agree(a: Draft, b: Draft) -> bool:
    if a.status == b.status or (a.status in _OPEN_STATUS and b.status in _OPEN_STATUS):
        return True
    head, body = sorted((a, b), key=lambda d: d.scene.sentence.paragraph)
    is_headline = head.scene.sentence.paragraph == 0 < body.scene.sentence.paragraph
    if not is_headline:
        return False
    if head.status in _OPEN_STATUS and body.status == "completed" and not body.status_from:
        return body.date is None or head.date is not None or head.money is not None
        # 拟配售6亿元 above, 配售…集资 below; but 即将完成新一轮 above is not what was raised in a year told below
    if head.status == "failed" and body.status in _OPEN_STATUS:
        return True  # 撤回…曾拟募资 above, 原计划募资 below
    is_said = head.status_from.startswith("status.")  # a rule that calls 入股 done does not know of the body's 将
    return not is_said and body.status_from != "" and body.status != "failed"  # a headline leaves out 拟


def _dates_differ(a: Draft, b: Draft) -> bool:
    """True where both say when, and the days cannot be the same."""
    if a.date is None or b.date is None:
        return False
    one, two = a.date.value, b.date.value
    if not (one.low and one.high and two.low and two.high):
        return False
    return bool(one.high < two.low or two.high < one.low)


def company_of(draft: Draft) -> str | None:
    """The name of the company a draft is about."""
    return draft.company.org.name if draft.company else None


def money_of(draft: Draft) -> Money | None:
    """The sum a draft tells."""
    return draft.money.value.money if draft.money else None


def _fullness(draft: Draft) -> tuple[int, int, int]:
    money = money_of(draft)
    return (1 if money else 0) + (1 if draft.round else 0), precision(money), 1 if draft.company and not draft.company.is_carried else 0


def _union(a: Draft, b: Draft) -> Draft:
    """The fuller statement, completed by the other's slots."""
    hedges_differ = only_hedge_differs(money_of(a), money_of(b))
    best, rest = (b, a) if _fullness(b) > _fullness(a) or (_fullness(b) == _fullness(a) and hedges_differ) else (a, b)
    rounded = a.money is not None and b.money is not None and money_of(a) != money_of(b) and is_rounded_headline(a, b)
    if rounded or (a.kind == "valuation" and hedges_differ):
        best, rest = (b, a) if a.scene.sentence.paragraph == 0 < b.scene.sentence.paragraph else (a, b)
    if _fullness(best) == _fullness(rest) and rest.scene.sentence.paragraph > best.scene.sentence.paragraph == 0:
        best, rest = rest, best  # a headline rounds
    money = best.money or rest.money
    if best.money and rest.money and precision(money_of(rest)) > precision(money_of(best)) and not hedges_differ and not rounded:
        money = rest.money
    if money and rest.money and not money.value.money.currency and is_same_sum(money_of(best), money_of(rest)):
        money = rest.money
    told = best if best.status_from or not rest.status_from else rest  # who says how it stands
    told = rest if rest.status == "failed" else told
    named = rest if not best.round or (best.round == "strategic" and rest.round) else best  # 战略融资 may be said of any round
    investors = {m.value.name: m for m in (*rest.investors, *best.investors)}
    leads = {m.value.name: m for m in (*rest.leads, *best.leads)}
    order = list(dict.fromkeys(m.value.name for m in (*best.investors, *rest.investors)))
    lead_order = list(dict.fromkeys(m.value.name for m in (*best.leads, *rest.leads)))
    return replace(
        best,
        money=money,
        measure=best.measure if best.measure != "valuation" or best.kind != rest.kind else rest.measure,
        status=told.status,
        status_span=told.status_span,
        status_from=told.status_from,
        round=named.round,
        round_span=named.round_span,
        date=best.date or rest.date,
        announced=best.announced or rest.announced,
        investors=tuple(investors[n] for n in order),
        leads=tuple(leads[n] for n in lead_order),
        mentions=a.mentions + b.mentions,
        hearsay=a.hearsay and b.hearsay,
        repeats=a.sums + b.sums,
    )
