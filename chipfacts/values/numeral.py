"""Chinese and mixed numerals of the folded view → Quantity: 两千三百万, 5亿2千万, 三四千万, 数十亿, 40多亿, 两万五."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from chipfacts.values.quantity import ASCII_NUMBER, MAX_DIGITS, ONE, ZERO, Quantity, ascii_value, groups_of_three, place_of, plain

DIGITS: dict[str, int] = {
    **{c: n for n, c in enumerate("零一二三四五六七八九")},
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "参": 3,
    "弍": 2,
    "俩": 2,
}
SMALL: dict[str, int] = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
BIG: dict[str, Decimal] = {"万": Decimal(10**4), "亿": Decimal(10**8), "兆": Decimal(10**12)}
_MAX_UNITS = 12  # 一千一百一十一万亿一千… is longer than any sum, and a run of units must end
_MAX_BIG = Decimal(10**16)
TENS: dict[str, int] = {"廿": 20, "卅": 30, "卌": 40}
CJK_NUMERAL = "".join(DIGITS) + "".join(SMALL) + "".join(TENS) + "万亿兆几数半"


def read_numeral(view: str, pos: int) -> Quantity | None:
    """The longest numeral that starts exactly at `pos`, or None."""
    return _Reader(view, pos).read()


def is_neighbours(view: str, at: int) -> bool:
    """True where two digits that follow each other stand at `at` for about so many: 七、八亿元.

    At the beginning of a line 二、 numbers an item, and 第七、 a member of a series.
    """
    if at < 1 or view[at - 1] in "\n第" or view[at - 1] in DIGITS:
        return False
    first, last = DIGITS.get(view[at], 0), DIGITS.get(view[at + 2 : at + 3], 0)
    return 0 < first == last - 1


class _Reader:
    """Reads one Chinese or mixed numeral left to right; every quantity is a (low, high) pair."""

    __slots__ = (
        *("bare", "big", "end", "hedge", "last", "num", "num_cjk", "pos"),
        *("open", "section", "start", "total", "unit", "units", "view", "zero"),
    )

    def __init__(self, view: str, pos: int) -> None:
        self.view, self.start, self.pos, self.end = view, pos, pos, pos
        self.total = self.section = (ZERO, ZERO)
        self.num: tuple[Decimal, Decimal] | None = None
        self.num_cjk = False
        self.hedge = ""
        self.unit = ONE  # the unit read last: a colloquial tail is a tenth of it
        self.last = ONE  # the step of 多 behind it
        self.units = 0
        self.big = ONE
        self.zero = False
        self.bare = True  # no digit so far
        self.open = False  # 1000+亿: no upper bound

    def read(self) -> Quantity | None:
        if spaced := groups_of_three(self.view, self.start):
            value = ascii_value(spaced[0])
            self.num, self.bare, self.pos, self.end = (value, value), False, spaced.end(), spaced.end()
        while self._step():
            pass
        if self.end == self.start:
            return None
        if self.num is not None:
            self._close_tail()
        num = self.num or (ZERO, ZERO)
        low = high = plain(self.total[0] + self.section[0] + num[0])
        if self.hedge:
            high = plain(self.total[1] + self.section[1] + num[1])
        if high <= 0 and not self.view[self.start].isdigit() and not _nothing().match(self.view, self.start):
            return None
        return Quantity(
            self.start,
            self.end,
            low,
            high,
            "over" if self.open else self.hedge if low != high or self.hedge == "about" else "",
            self.big,
            self.bare,
            is_plain=not self.units,
        )

    def _step(self) -> bool:
        """Takes one token; False where the numeral ends."""
        token = _token().match(self.view, self.pos)
        if not token:
            return False
        if self.units > _MAX_UNITS:
            return False
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        taken = False
        if kind == "ascii":
            taken = self._ascii(text)
        elif kind == "digits":
            taken = self._digits(text)
        elif kind == "small":
            taken = self._small(text)
        elif kind == "tens":
            taken = self._tens(text)
        elif kind == "big":
            taken = self._big(text)
        elif kind == "vague":
            taken = self._vague(text)
        elif kind == "plus":
            taken = self.open = self.num is not None and not self.hedge
        elif kind == "half":
            taken = self._half(token.end())
        elif kind == "point":
            taken = self._point(text)
        if taken:
            self.pos = token.end()
            # a dangling "2亿3" keeps its end before the 3 until _close_tail has judged it
            self.end = self.pos
        return taken

    def _ascii(self, text: str) -> bool:
        if self.num is not None or len(text) > MAX_DIGITS or self.view[self.pos] == " ":
            return False
        value = ascii_value(text)
        self.num, self.num_cjk, self.bare = (value, value), False, False
        return True

    def _digits(self, text: str) -> bool:
        if self.num is not None or self.view[self.pos] == " ":
            return False
        if text[1:2] == "、":
            if not is_neighbours(self.view, self.pos):
                return False
            text = text[0] + text[2]
        if text[0] in "零〇" and self.units and len(text) > 1:
            text, self.zero = text[1:], True
        values = [DIGITS[c] for c in text]
        if len(values) == 2 and 0 < values[0] < values[1] and (values[1] - values[0] <= 2):
            self.num, self.hedge = (Decimal(values[0]), Decimal(values[1])), "range"  # 三四千万, 三五亿
        elif len(values) == 1:
            self.zero = self.zero or (values[0] == 0 and self.units > 0)
            self.num = (Decimal(values[0]), Decimal(values[0]))
        elif len(values) > MAX_DIGITS:
            return False
        else:
            whole = Decimal("".join(map(str, values)))  # 二〇二三, 一二〇亿
            self.num = (whole, whole)
        self.num_cjk, self.bare = True, False
        if self.num == (ZERO, ZERO) and self.units:
            self.num = None
        return True

    def _small(self, text: str) -> bool:
        unit = Decimal(SMALL[text])
        if self.num is None and self.unit in (10, 100, 1000) and self.units and unit != 10:
            return False  # 百千: no numeral
        if self.num is None and self.unit == 100 and unit == 10 and self.bare:
            self.section, self.hedge, self.unit = (Decimal(100), Decimal(200)), "several", unit  # 百十万
            return True
        low, high = self.num or (ONE, ONE)
        self.section = (self.section[0] + low * unit, self.section[1] + high * unit)
        if self.num is None and text in "十拾":
            self.bare = False
        self.num, self.unit, self.units, self.zero = None, unit, self.units + 1, False
        return True

    def _tens(self, text: str) -> bool:
        if self.num is not None or self.unit == 10:
            return False  # 五卅: a day, no number
        value = Decimal(TENS[text])
        self.section = (self.section[0] + value, self.section[1] + value)
        self.unit, self.units, self.zero, self.bare = Decimal(10), self.units + 1, False, False
        return True

    def _big(self, text: str) -> bool:
        unit = BIG[text]
        low, high = self.num or (ZERO, ZERO)
        low, high = low + self.section[0], high + self.section[1]
        if low == high == 0 and self.unit >= 10**4:
            if unit < self.unit or self.big * unit > _MAX_BIG:
                return False  # 亿万: an idiom
            self.total = (self.total[0] * unit, self.total[1] * unit)  # 万亿
            self.big *= unit
        elif unit > self.big > 1 and unit <= _MAX_BIG:
            self.total = ((self.total[0] + low) * unit, (self.total[1] + high) * unit)
            self.big = unit
        else:
            if low == high == 0:
                if not self.bare:
                    return False
                low = high = ONE
            self.total = (self.total[0] + low * unit, self.total[1] + high * unit)
            self.big = unit
        # 3亿多 reaches to 4亿, 1.5亿多 to 1.6亿
        self.last = unit * (min(ONE, place_of(self.num[0], self.num_cjk)) if self.num else ONE)
        self.section, self.num, self.unit, self.units, self.zero = (ZERO, ZERO), None, unit, self.units + 1, False
        return True

    def _vague(self, text: str) -> bool:
        if text in "几数":
            if self.num is not None:
                return False
            self.num, self.bare = (ONE, Decimal(10)), False
            self.hedge = "several"
            if self.units and self.unit == 10:  # 十几, 二十几
                self.num, self.hedge = (ZERO, Decimal(10)), "over"
            return True
        if self.end == self.start or self.hedge in ("over", "about"):
            return False
        if text == "来":
            self.hedge = self.hedge or "about"
            if self.num is None:
                return self.unit in (10, 100, 1000)  # 三百来块, but not 2亿来
            return self.num[0] >= 10 and not self.num_cjk
        place = self.last if self.num is None else place_of(self.num[0], self.num_cjk)
        if self.num is not None:
            self.num = (self.num[0], self.num[1] + place)
        elif self.unit >= 10**4:
            self.total = (self.total[0], self.total[1] + place)
        else:
            self.section = (self.section[0], self.section[1] + self.unit)
        self.hedge = "over" if self.hedge != "several" else "several"
        return True

    def _half(self, end: int) -> bool:
        if self.end == self.start:
            self.num, self.num_cjk, self.bare = (Decimal("0.5"), Decimal("0.5")), True, False
        elif self.num is not None and self.view[end - 2] == "个":
            self.num = (self.num[0] + Decimal("0.5"), self.num[1] + Decimal("0.5"))  # 三个半亿
        elif self.num is None and self.unit >= 10**4:
            self.total = (self.total[0] + self.unit / 2, self.total[1] + self.unit / 2)  # 两亿半
        else:
            return False
        return True

    def _point(self, text: str) -> bool:
        if not self.num_cjk and not self.section[0]:
            return False
        whole = (self.num or (ZERO, ZERO))[0] + self.section[0]
        value = whole + Decimal("0." + "".join(str(DIGITS[c]) for c in text[1:]))
        self.num, self.section, self.num_cjk = (value, value), (ZERO, ZERO), True
        return True

    def _close_tail(self) -> None:
        """A last digit without its unit: two-and-a-half ten thousands (两万五), a literal rest (1万2000) or not ours (5亿3家)."""
        if not self.units or self.num is None or self.unit == 10 or self.zero or self.hedge == "over":
            return
        digits = self.view[self.start : self.end]
        at = self.end
        while at > self.start and (digits[at - 1 - self.start] in DIGITS or digits[at - 1 - self.start] in "0123456789.,"):
            at -= 1
        is_single = self.end - at == 1
        follows = _tail_end().match(self.view, self.end) if self.num_cjk else _currency_ahead().match(self.view, self.end)
        if is_single and follows and self.num[0] < 10:
            tenth = self.unit / 10
            self.num = (self.num[0] * tenth, self.num[1] * tenth)
        elif not follows or self.num[0] >= self.unit:
            self.num, self.end = None, at


@cache
def _token() -> re.Pattern[str]:
    digit = "".join(DIGITS)
    return re.compile(
        rf" ?(?:(?P<ascii>{ASCII_NUMBER})|(?P<digits>[{digit}](?:、[{digit}](?=[十百千万亿])|[{digit}]{{0,23}}))"
        r"|(?P<small>[十百千拾佰仟])|(?P<tens>[廿卅卌])|个?(?P<big>[万亿兆])"
        rf"|(?P<plus>\+(?=[十百千万亿]))|(?P<vague>[几数多余]|个多(?=[万亿])|来(?= ?[万亿块元个美港]))"
        r"|(?P<half>个?半(?=个?[万亿]|[元块亿的美港欧左以]|人民币|$|[^\w]))"
        rf"|(?P<point>点[{digit}]{{1,9}}))"
    )


@cache
def _nothing() -> re.Pattern[str]:
    return re.compile("零[元块]")


@cache
def _tail_end() -> re.Pattern[str]:
    """What may follow a colloquial tail (两万五): the end, punctuation, a currency; never a noun (五万一片)."""
    return re.compile(r" ?(?:$|[^\w ]|[元块圆美港日韩欧英澳加新台卢泰人的左上以钱])")


@cache
def _currency_ahead() -> re.Pattern[str]:
    return re.compile(r" ?(?:[元块圆]|[美港日韩欧澳加台新]元|美金|港币|台币|新台币|人民币|日圆|英镑|$)")
