"""One role for every sum: the strongest offer wins, an unclaimed sum is `other`, an anonymous or aggregate raise is demoted."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.offer import Offer, offers_for_money, reach_of
from chipfacts.extract.same_sum import bound
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Money
from chipfacts.rulebook.pattern import ORG
from chipfacts.rulebook.schema import MEASURE_KIND

_WEAK = 1.0  # below this an offer is no more than a guess: what the sentence spoke of before goes on
_LEAST_DEAL = 10_000  # no company is bought for so little: what costs that is a thing
_LEAST_VALUE, _LEAST_RAISE, _DEAREST_SHARE = 1_000_000, 50_000, 10_000
_DEAREST_OFFERING = 1_000_000_000_000  # 冲刺2万亿美元IPO: what it is to be worth, not what it is to raise
_SAME_ORDER = 100  # two prices of one kind of piece differ by less
_NO_SHARE = 10_000_000  # what no share costs in any currency
_RESULT = 5.0  # from this weight on, words for dividends and the like speak of a sum per share
_PAIR = 24  # how far apart two sums may stand that are compared with two others
_UNCLAIMED = Offer("other", 0.0, "ledger.unclaimed", 0, 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of a sentence with the offer that won it; `converts` marks the conversion in brackets behind another sum.

    `offers` are all it got, strongest first; `turns` says, in order, what else changed the winner (list, negative, compared, paired,
    continued, cheque, small, aggregate).
    """

    scene: Scene
    index: int
    mention: Mention
    offer: Offer
    converts: bool = False
    offers: tuple[Offer, ...] = field(default=(), compare=False)
    turns: tuple[str, ...] = field(default=(), compare=False)

    @property
    def measure(self) -> str:
        """What kind of sum it is: raised, post_money, revenue and the others of the fact class."""
        return self.offer.role


def sums_of(scene: Scene, lexis: Lexis, view: str, before: Sum | None = None, in_front: Scene | None = None) -> list[Sum]:
    """The sums of a sentence, each with its role; `before` is the last of the sentence in front of it in its paragraph, `in_front` that
    sentence itself. A number without a currency word counts only where something claims it."""
    found: list[Sum] = []
    previous: Sum | None = None
    for index, mention in scene.skeleton.of_kind("money"):
        if previous is not None and (mention.value.converts is not None or scene.skeleton.text[:index].endswith(lexis.included)):
            found.append(Sum(scene, index, mention, previous.offer, converts=True))
            continue
        offers = offers_for_money(scene, index)
        if mention.value.bare and (not offers or offers[0].weight < 3):
            continue
        if mention.value.per:
            offers = _per_piece(offers, index, view[mention.span.start : mention.span.end], bound(mention.value.money), lexis)
        won = offers[0] if offers else _UNCLAIMED
        offer = _in_list(scene, index, won, previous, lexis)
        turns = [] if offer is won else ["list"]
        if offer.role in ("profit", "other") and view[mention.span.start] == "-":
            offer = Offer("loss", max(offer.weight, 1.0), offer.source + "/negative", index, index + 1)
            turns.append("negative")
        left = scene.skeleton.lower[max(index - 20, 0) : index].rstrip()
        moved = _moved_to(scene, found) if left.endswith(" from") and scene.skeleton.is_latin else None
        if previous is not None and (moved or left.endswith(lexis.compared) or lexis.compared_day.search(left)):
            like = moved or _paired(scene, index, found)
            offer = Offer(like.measure, like.offer.weight, like.offer.source + "/compared", index, index + 1)
            turns += ["compared"] if like is previous else ["compared", "paired"]
        elif len(found) > 2 and previous is not None and "paired" in previous.turns:
            offer = Offer(found[-2].measure, found[-2].offer.weight, found[-2].offer.source + "/compared", index, index + 1)
            turns.append("compared")
        told = previous or before
        if offer.weight < _WEAK and told and ((told is previous and _goes_on(told, mention)) or _is_ranked(scene, index, told, mention)):
            source = told.offer.source.removesuffix("/continued") + "/continued"
            offer = Offer(told.measure, 0.5, source, index, index + 1)
            turns.append("continued")
        if offer.effect == "cheque" and any(s.measure == "round" for s in found):
            offer = Offer(
                "investment", offer.weight, offer.source, offer.start, offer.end
            )  # one investor's part of a round told with its own sum
            turns.append("cheque")
        plausible = _plausible(offer, mention.value.money, previous)
        if plausible is not offer:
            offer = plausible
            turns.append("small")
        if MEASURE_KIND[offer.role] == "funding" and _is_aggregate(scene, index, in_front):
            offer = Offer("other", offer.weight, offer.source + "/aggregate", offer.start, offer.end)
            turns.append("aggregate")
        previous = Sum(scene, index, mention, offer, offers=tuple(offers), turns=tuple(turns))
        found.append(previous)
    return found


def _moved_to(scene: Scene, found: list[Sum]) -> Sum | None:
    """The sum a figure moved to, in front of the one it moved from: Net income rose to $5m, or $2 a share, from $3m."""
    return next((s for s in reversed(found) if scene.skeleton.lower[: s.index].rstrip().endswith(" to")), None)


def _goes_on(previous: Sum, mention: Mention) -> bool:
    """A sum that nothing claims is of the kind of the one before it: a piece's price only where they are near (每股125元,总额37亿元)."""
    if MEASURE_KIND[previous.measure] != "amount" or previous.offer.weight <= 0:
        return False
    return previous.measure not in ("share_price", "price") or _is_same_order(previous.mention, mention)


def _is_ranked(scene: Scene, index: int, previous: Sum, mention: Mention) -> bool:
    """甲市值4.5兆元;乙3.1兆元、丙的2.3兆元: a sum right behind a name goes on telling what companies are worth."""
    return previous.measure == "market_cap" and name_in_front(scene, index) is not None and _is_same_order(previous.mention, mention)


def name_in_front(scene: Scene, index: int) -> Mention | None:
    """The organisation right in front of a sum: 乙3.1兆元, 丙的约2.3兆元."""
    mention = scene.skeleton.mentions.get(len(scene.skeleton.text[:index].rstrip("的约")) - 1)
    return mention if mention is not None and mention.kind == "org" else None


def _is_same_order(first: Mention, second: Mention) -> bool:
    one, two = bound(first.value.money), bound(second.value.money)
    return one is None or two is None or max(one, two) < _SAME_ORDER * min(one, two)


def _paired(scene: Scene, index: int, found: list[Sum]) -> Sum:
    """Which sum one behind "compared with" is held against: the last, or, where two stand on either side (M on M compared to M on M), the
    one before it."""
    text = scene.skeleton.lower
    behind = scene.skeleton.of_kind("money", index + 1, index + 8)
    if len(found) < 2 or not behind or not found[-1].index - found[-2].index < _PAIR:
        return found[-1]
    word = text[index + 1 : behind[0][0]]
    return found[-2] if word.strip() and text.startswith(word, found[-2].index + 1) else found[-1]


def _plausible(offer: Offer, money: Money, previous: Sum | None) -> Offer:
    """No company is worth, and no round raises, a few thousand: such a sum is what the one before it was (EPS上修至6元,最高估值7元), else a
    share's price or some other sum."""
    top = money.high if money.high is not None else money.low
    if offer.role == "share_price" and top is not None and top >= _NO_SHARE:
        return Offer("other", offer.weight, offer.source + "/large", offer.start, offer.end)
    if offer.role == "acquisition" and top is not None and top < _LEAST_DEAL:
        return Offer("price", offer.weight, offer.source + "/small", offer.start, offer.end)
    kind = MEASURE_KIND[offer.role]
    if offer.role == "ipo" and top is not None and top >= _DEAREST_OFFERING:
        return Offer("valuation", offer.weight, offer.source + "/large", offer.start, offer.end)
    if top is None or kind == "amount" or top >= (_LEAST_VALUE if kind == "valuation" else _LEAST_RAISE):
        return offer
    role = "share_price" if top < _DEAREST_SHARE else "other"
    if previous is not None and MEASURE_KIND[previous.measure] == "amount":
        role = previous.measure
    return Offer(role, offer.weight, offer.source + "/small", offer.start, offer.end)


def _per_piece(offers: list[Offer], index: int, surface: str, top: Decimal | None, lexis: Lexis) -> list[Offer]:
    """元/股 is a share's price, or its earnings, whatever the words around it; any other 元/… is a price where nothing says otherwise and
    pieces cost so little."""
    if any(word in surface for word in lexis.share_words):
        # Earnings of 24 cents per share, a dividend of $4.50 per share.
        is_result = bool(offers) and (offers[0].role in ("profit", "loss") or (offers[0].role == "other" and offers[0].weight > _RESULT))
        share = Offer("other" if is_result else "share_price", 18.0, "ledger.per-share", index, index + 1)
        return sorted([share, *offers], key=lambda offer: -offer.weight)
    is_piece = top is None or top < _NO_SHARE
    return offers or ([Offer("price", 1.0, "ledger.per-piece", index, index + 1)] if is_piece else [])


def _in_list(scene: Scene, index: int, offer: Offer, previous: Sum | None, lexis: Lexis) -> Offer:
    """Sums listed side by side (6.8万元和2.4万元) share the role of the first."""
    if previous is None:
        return offer
    between = scene.skeleton.text[previous.index + 1 : index]
    if between.strip() in lexis.joiners and previous.offer.weight > offer.weight:
        if between.strip() == "," and offer.weight >= 3:
            return offer
        source = previous.offer.source.removesuffix("/negative")
        # 净利润分别为-1823万元、2640万元: the sign is the first's
        role = "profit" if source != previous.offer.source else previous.offer.role
        return Offer(role, previous.offer.weight, source, offer.start or index, offer.end or index + 1)
    return offer


def _is_aggregate(scene: Scene, index: int, in_front: Scene | None) -> bool:
    """True where the sum belongs to a trade or crowd, with no company named between the words for it and the sum; the words may stand in
    front of a semicolon that ends the sentence before."""
    text = scene.skeleton.text
    if in_front is not None and in_front.skeleton.text.rstrip().endswith(";") and ORG not in text[:index]:
        before = in_front.skeleton.text
        if any(ORG not in before[hit.end :] for hit in in_front.hits("aggregate")):
            return True
    return any(
        (reach_of(scene, hit, index) > 0 or hit.end <= index <= hit.end + hit.cue.reach) and ORG not in text[hit.end : index]
        for hit in scene.hits("aggregate")
    )
