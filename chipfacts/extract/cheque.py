"""Sums that are a part of a raise told with its own sum: an investor's cheque, and what an issue leaves once its costs are paid."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from chipfacts.extract.draft import Draft, as_amount
from chipfacts.extract.same_sum import bound
from chipfacts.extract.skeleton import Mention

_COSTS = Decimal("1.25")  # an issue brings in so many times, at most, what it leaves
_REACH = 2  # sentences behind the one that tells the round


def parts_of_rounds(raises: list[Draft]) -> list[Draft]:
    """Drafts in text order; a cheque behind the larger round it belongs to becomes an investment, and so does a headline's in front of it;
    who wrote it joins the round."""
    found = list(raises)
    for number, draft in enumerate(raises):
        if draft.effect == "net" and any(_is_gross(draft, other) for other in raises):
            found[number] = as_amount(draft, "other")
        if draft.effect != "cheque":
            continue
        is_headline = draft.scene.sentence.paragraph == 0
        places = [*range(number - 1, -1, -1), *(range(number + 1, len(found)) if is_headline else ())]
        whole = next((n for n in places if _is_part(draft, found[n], is_headline)), None)
        if whole is None:
            continue
        told = found[whole]
        found[whole] = replace(told, leads=_joined(told.leads, draft.leads), investors=_joined(told.investors, draft.investors))
        found[number] = as_amount(draft, "investment")
    return found


def _is_gross(net: Draft, other: Draft) -> bool:
    """True where the other raise is the same company's, a little larger: the whole of what the net sum is left of."""
    if other.kind != "funding" or other.effect == "net" or not other.money or not net.money or not other.company or not net.company:
        return False
    small, large = bound(net.money.value.money), bound(other.money.value.money)
    is_near = bool(small and large and small < large < small * _COSTS)
    return is_near and other.section == net.section and other.company.org.name == net.company.org.name


def _is_part(cheque: Draft, whole: Draft, is_headline: bool) -> bool:
    if whole.effect == "cheque" or whole.kind != "funding" or whole.measure != "round" or not whole.money or not cheque.money:
        return False
    far = cheque.scene.sentence.index - whole.scene.sentence.index
    if whole.section != cheque.section or not (0 <= far <= _REACH or (is_headline and far < 0)):
        return False
    if not whole.company or not cheque.company or whole.company.org.name != cheque.company.org.name:
        return False
    if cheque.date and whole.date and cheque.date.value != whole.date.value:
        return False
    if cheque.round and whole.round and cheque.round != whole.round:
        return False
    part, total = cheque.money.value.money, whole.money.value.money
    small, large = bound(part), bound(total)
    return (not part.currency or not total.currency or part.currency == total.currency) and bool(small and large and small < large)


def _joined(first: tuple[Mention, ...], second: tuple[Mention, ...]) -> tuple[Mention, ...]:
    names = {mention.value.name for mention in first}
    return first + tuple(mention for mention in second if mention.value.name not in names)
