"""Two statements of a sum: do they agree, do they overlap, which says it more precisely?"""

from __future__ import annotations

from decimal import Decimal

from chipfacts.model import Money

# Hedges from the least to the most precise statement of a sum.
_PRECISION = {"several": 0, "range": 1, "over": 2, "under": 2, "nearly": 3, "about": 3, "": 4}
_ROUNDING = 33  # a headline rounds by a thirty-third of the sum, at most
_OPEN_RATIO = 2  # an open interval (超3亿元) is taken to reach so many times its bound,
_EXACT_RATIO = Decimal("1.3")  # … one told to two digits or more (more than $350 million) not so far


def is_rounded(short: Decimal, full: Decimal, share: int = _ROUNDING) -> bool:
    """Could a headline's number be the body's, rounded? By a `share`-th of it, at most."""
    return abs(short - full) * share <= full


def bound(money: Money) -> Decimal | None:
    """The sum's one number: its lower bound, or the upper where it has no lower."""
    return money.low if money.low is not None else money.high


def precision(money: Money | None) -> int:
    """From 0 (several) to 4 (a plain number); -1 for no sum."""
    return _PRECISION.get(money.hedge, 0) if money else -1


def is_same_sum(first: Money | None, second: Money | None) -> bool:
    """The same interval, in the same currency or one that only one of the two states."""
    if first is None or second is None or (first.low, first.high, first.hedge) != (second.low, second.high, second.hedge):
        return False
    return first.currency == second.currency or first.currency is None or second.currency is None


def only_hedge_differs(first: Money | None, second: Money | None) -> bool:
    """True of 3亿元 and 超3亿元."""
    return first is not None and second is not None and first != second and bound(first) == bound(second)


def overlap(first: Money, second: Money) -> bool:
    """True where both could be the same sum: 近亿元 and 9000万元."""
    return max(_low(first), _low(second)) <= min(_high(first), _high(second))


def _low(money: Money) -> Decimal:
    if money.low is None:
        return Decimal(0)
    return money.low * {"nearly": Decimal("0.85"), "about": Decimal("0.93")}.get(money.hedge, Decimal(1))


def _high(money: Money) -> Decimal:
    if money.high is None:
        low = money.low or Decimal(0)
        return low * (_EXACT_RATIO if len(str(int(low)).rstrip("0")) > 1 else _OPEN_RATIO)
    return money.high * Decimal("1.07") if money.hedge == "about" else money.high
