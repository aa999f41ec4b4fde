"""Round numbers in fixed words of the folded view → Quantity: 千把(块), 百八十(块), 若干亿, 成千上万, 几十上百(元)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from chipfacts.values.numeral import BIG, SMALL
from chipfacts.values.quantity import ONE, Quantity

_TENS: dict[str, Decimal] = {"十": Decimal(10), "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8)}

_FIRST = frozenset("百千万若几数十")


def read_idiom(view: str, pos: int) -> Quantity | None:
    """The idiom whose numeral starts at `pos`, or None: 千把 is about 1000, 若干亿 one to ten of it.

    What reaches up (几十上百) is `over` its lower unit, with low == high. 成千上万 is found at its 千 and begins before it.
    """
    match = _idiom().match(view, pos) if view[pos : pos + 1] in _FIRST else None
    if not match:
        return None
    big = BIG.get(match["big"] or "", ONE)
    start = pos
    if match["about"]:
        value, hedge = _TENS[match["about"]], "about"
    elif match["some"]:
        value, hedge = Decimal(SMALL.get(match["step"] or "", 1)), "several"
        if match["big"] is None and match["step"] is None and match["piece"] is None:
            return None
    elif match["between"]:
        return Quantity(pos, match.end(), 10 * big, 20 * big, "range", max(big, ONE))
    else:
        value, hedge = _TENS[match["from"] or match["many"]], "over"
        if match["many"]:
            if view[pos - 1 : pos] != "成":
                return None
            start = pos - 1
    value *= big
    return Quantity(start, match.end(), value, value * 10 if hedge == "several" else value, hedge, max(big, ONE))


@cache
def _idiom() -> re.Pattern[str]:
    # 百八十 and 千八百 say "about"; 万八千 without 儿 may be 18,000
    about = "(?:(?P<about>[百千万])(?:把|(?<=百)儿?八十|(?<=千)儿?八百|(?<=万)儿八千))"
    some = "(?P<some>若干)个?(?P<step>[十百千])?(?P<piece>(?=[元块]))?"
    reach = "[几数](?P<from>[十百千])上[百千万]|(?P<many>[百千])上[千万]"
    return re.compile(rf"(?:{about}|{some}|{reach}|(?P<between>十几二十))(?P<big>[万亿])?(?![一二三四五六七八九\d])")
