"""Sums of money in the folded view → MoneyMatch, in text order (contract, section 3). Numbers of things are not matched.

One scan stops at digits, Chinese numerals and currency signs with a unit or currency in reach; each stop is read by `amount`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from chipfacts.model import Money
from chipfacts.values.amount import Candidate, read_candidate
from chipfacts.values.number import read_number, read_words
from chipfacts.values.numeral import CJK_NUMERAL, is_neighbours
from chipfacts.values.quantity import Quantity, borrow, groups_of_three

_COUNTING = "参指位系分人次总字函倍多少大基计岁无点整常"  # what makes 数 a word's end: 参数千亿
_IN_ALL = ("累计", "合计", "共计", "总计", "预计", "估计")  # … and what does not: 累计数百万元
_CONVERTED = ("约合", "折合", "约折合", "约为")  # what a conversion in brackets opens with
# The round between a sum and the brackets that tell it once more.
_RAISED_IN = r"(?:(?:Pre-?)?[A-K]\d?\+{0,3}轮|种子轮|天使轮)?(?:系列)?"
_CEILING = 12  # characters in front of a sum that may hold a ceiling and its verb


@dataclass(frozen=True, slots=True)
class MoneyMatch:
    """A sum at [start, end) of the view, hedge and currency words included; a minus sign is in the span, not in the sum.

    `bare` is a 万/亿 number without any currency word: to be believed only beside a money cue, which the caller knows.
    `unit_word` is the currency as printed (元, 美元, $; empty if none); `per` marks a price per piece or share; `converts` is the
    index of the sum that this one restates in another currency: 150亿元(约22亿美元).
    """

    start: int
    end: int
    money: Money
    bare: bool = False
    unit_word: str = ""
    per: bool = False
    converts: int | None = None


def find_money(view: str) -> list[MoneyMatch]:
    """Every sum of money in the view, left to right, without overlaps."""
    candidates = list(_candidates(view))
    for sequence in _sequences(view, candidates):
        _share_currency(sequence)
    kept = [c for c in candidates if c.state != "count"]
    found: list[MoneyMatch] = []
    for candidate in kept:
        if found and _closes(view, found[-1], candidate):
            low = found.pop()
            money = Money(low.money.low, candidate.high, candidate.currency or low.money.currency, "range")
            found.append(MoneyMatch(low.start, candidate.end, money, low.bare and candidate.state == "bare", candidate.word, candidate.per))
            continue
        found.append(
            MoneyMatch(
                candidate.start,
                candidate.end,
                _hedged(view, candidate),
                candidate.state == "bare",
                candidate.word,
                candidate.per,
                _converted(view, found, candidate),
            )
        )
    return found


def _hedged(view: str, candidate: Candidate) -> Money:
    """The sum as hedged: 最多筹1.7亿 sets its ceiling in front of the verb, 至少筹 its floor, and is no more exact than 最多1.7亿."""
    low, hedge, start = candidate.low, candidate.hedge, candidate.start
    if hedge in ("", "about") and low == candidate.high and (bound := _bound_before().search(view, max(0, start - _CEILING), start)):
        if bound["floor"]:
            return Money(low, None, candidate.currency, "over")
        return Money(None, candidate.high, candidate.currency, "under")
    return Money(low, candidate.high, candidate.currency, hedge)


@cache
def _bound_before() -> re.Pattern[str]:
    verbs = "投资|投入|出资|斥资|筹资|筹集|筹措|筹|募资|募集资金|募集|募|集资|融资|净筹"
    words = "(?<!历史)最多|至多|最高|不超过|上限|(?P<floor>至少|最少|不少于|不低于)"
    return re.compile(f"(?:{words})(?:可|将|拟|再)?(?:{verbs})(?:总额|净额|资金)?$")


def _candidates(view: str) -> Iterator[Candidate]:
    floor = 0
    for hit in _scan().finditer(view):
        number = _number_at(view, hit)
        if number is None or number.start < floor:
            continue
        for listed in _listed_before(view, number, floor):
            yield listed
            floor = listed.end
        candidate = read_candidate(view, number, floor)
        if candidate:
            yield candidate
            floor = candidate.end


def _number_at(view: str, hit: re.Match[str]) -> Quantity | None:
    if hit["word"]:
        before = _words_before().search(view, max(0, hit.start() - 48), hit.start())
        return read_words(view, before.start() if before else hit.start())
    if hit["sign"] is not None:
        return read_number(view, hit.end())
    pos = hit.start()
    # 参数千亿, 第一亿: the first numeral belongs to the word before it
    if pos and (view[pos - 1] == "第" or (view[pos] == "数" and view[pos - 1] in _COUNTING and view[pos - 2 : pos] not in _IN_ALL)):
        return None
    if pos > 1 and view[pos - 1] == " " and view[pos - 2].isdigit() and view[pos].isdigit():
        apart = _groups_before().search(view, max(0, pos - 24), pos)
        if apart and groups_of_three(view, apart.start()):
            pos = apart.start()
    if view[pos - 1 : pos] == "、" and is_neighbours(view, pos - 2):
        pos -= 2  # 七、八亿元: one sum, and no list
    return read_number(view, pos)


def _listed_before(view: str, number: Quantity, floor: int) -> list[Candidate]:
    """The unitless members of a list that share the unit of its last one: 分别为3.2、4.5和5.6亿元."""
    if number.big == 1:
        return []
    head = _list_head().search(view, max(floor, number.start - 60), number.start)
    if not head or not (head["word"] or "." in head["list"]):
        return []
    listed = []
    for member in re.finditer(r"\d+(?:\.\d+)?", head["list"]):
        start = head.start("list") + member.start()
        quantity = read_number(view, start)
        if quantity is None or not quantity.is_plain:
            return []
        value = borrow(quantity, number.big).low
        listed.append(Candidate(start, quantity.end, value, value, "", None, "", "bare"))
    return listed


def _sequences(view: str, candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Runs of candidates with nothing but list punctuation between them."""
    run: list[Candidate] = []
    for candidate in candidates:
        if run and not _list_gap().fullmatch(view, run[-1].end, candidate.start):
            if len(run) > 1:
                yield run
            run = []
        run.append(candidate)
    if len(run) > 1:
        yield run


def _share_currency(run: list[Candidate]) -> None:
    """A bare member takes the currency said behind it, else before it; beside counted things it is a count."""
    source: Candidate | None = None
    for candidate in reversed(run):
        if candidate.state == "bare" and source is not None:
            candidate.state, candidate.currency, candidate.word = source.state, source.currency, source.word
        elif candidate.state != "bare":
            source = candidate
    source = None
    for candidate in run:
        if candidate.state == "bare" and source is not None:
            candidate.state, candidate.currency, candidate.word = "money", source.currency, source.word
        elif candidate.state == "money":
            if candidate.currency is None and source is not None and source.currency and source.word[-1] in "币$B":
                candidate.currency = source.currency  # 港币5亿元、3亿元
            source = candidate


def _closes(view: str, low: MoneyMatch, high: Candidate) -> bool:
    """不低于2亿元且不超过5亿元: a sum from below and one from above make one interval."""
    if low.money.hedge != "over" or high.hedge != "under" or low.money.low is None or high.high is None or low.money.low >= high.high:
        return False
    return _both_bounds().fullmatch(view, low.end, high.start) is not None


def _converted(view: str, found: list[MoneyMatch], candidate: Candidate) -> int | None:
    if not found or candidate.state != "money":
        return None
    is_alone = view[found[-1].end : candidate.start].strip() == "(" and view[candidate.end : candidate.end + 1] == ")"
    if found[-1].money.currency == candidate.currency and not (is_alone and found[-1].unit_word != candidate.word):
        return None  # US$450 million ($611 million): of whom, the plain $ does not say
    if _conversion_gap().fullmatch(view, found[-1].end, candidate.start):
        return len(found) - 1
    if candidate.currency and _reported_gap().fullmatch(view, found[-1].end, candidate.start):
        return len(found) - 1  # 2800万美元种子轮融资(公开口径“数亿元人民币”)
    if view.startswith(_CONVERTED, candidate.start) and _round_gap().fullmatch(view, found[-1].end, candidate.start):
        return len(found) - 1  # 2000万美元A轮融资(约合1.3亿元)
    if found[-1].converts is not None and view[found[-1].end : candidate.start].strip() in (",", "、", "/", "或", "or", ""):
        return found[-1].converts
    return None


@cache
def _scan() -> re.Pattern[str]:
    """Stops where a number with a unit or a currency begins; the first character class keeps the search fast."""
    heads = "元块圆角毛分美港新台欧日韩英澳加瑞泰卢越印马人刀林令菲巴墨南土里兰挪丹兹福谢迪沙葡纽坡铢捷阿"
    heads += "円法哥埃缅智秘尼斯伊塞老基柬文蒙坚哈格乌罗冰奈肯摩朝叙黎苏克镑孟塔俄匈星披突坦白帕波保雷卡利"
    pairs = "比索|第纳|便士|科威|约旦|图格|列[弗伊]|先令|也门|以色|戈比"  # their first characters are everyday words
    unit = rf"(?:[万亿兆千百十多余几来个半$€£¥₩₽฿₫₹{heads}]|{pairs})"
    numeral = rf"[{CJK_NUMERAL}多余来个点\d., 至到~把儿上-]"
    letters = "[kKmMbBtTlcCdDeEyYrRhHuUSNAGIJPVw+]"
    signs = "$€£¥₩₹₽฿₫₪₺₱币"
    words = "pen[cn]|pounds|shek|forint|zlot|naira|[LOQZ][A-Z]{2}"
    behind = rf"(?= ?{unit}| ?-?{letters}| (?:{words})|(?: ?[-~–—至到和] ?| to | and )[\d{CJK_NUMERAL}$€£¥HNRU])"
    sign = rf"(?<=[{signs}]) ?(?=[\d{CJK_NUMERAL}])|(?<=R)s\.? ?(?=\d)|(?<![A-Za-z].)(?<=[A-Z])(?:[A-Z]{{2}}|mb) ?(?=\d)|(?<=N)T(?=\d)"
    word = "(?<=h)undred|(?<=t)(?:housand|rillion)|(?<=m)illion|(?<=b)illion|(?<=d)ollar|(?<=e)uro|(?<=y)uan"
    return re.compile(
        rf"[{CJK_NUMERAL}\dA-Z{signs}hmbtdey若]"
        rf"(?:(?<=\d)(?<![\dA-Za-z_].)(?<!\d\..)[\d,.]{{0,30}}{behind}"
        rf"|(?<=[{CJK_NUMERAL}])(?={numeral}{{0,24}}(?:[{heads}]|{pairs}))|(?<=若)(?=干个?[十百千万亿元])|(?<=[{CJK_NUMERAL}])(?={numeral}{{0,24}}[万亿兆])|(?<=[万亿兆])(?![万亿兆])"
        rf"|(?P<sign>{sign})|(?P<word>(?<![A-Za-z].)(?:{word})))"
    )


@cache
def _groups_before() -> re.Pattern[str]:
    """The first groups of a number whose last three digits were found: 1 000 before 000元; no model's name (iPhone 15 500元)."""
    return re.compile(r"(?a:(?<![\w.,%第图表-])(?<![A-Za-z] )(?<!\d )\d{1,3}(?: \d{3})* $)")


@cache
def _words_before() -> re.Pattern[str]:
    number = (
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
        "|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|several|few|tens|dozens|dozen|multi|half|an|a"
    )
    return re.compile(rf"(?<![A-Za-z])(?i:(?:{number})(?:[ -](?:and |of |a )?(?:{number})){{0,8}})[ -](?:of )?$")


@cache
def _list_head() -> re.Pattern[str]:
    return re.compile(r"(?P<word>分别[为是达有]?约?)?(?<![\dA-Za-z.])(?P<list>(?:\d+(?:\.\d+)?(?:、|和|及|与|,(?=\d+\.)))+)$")


@cache
def _list_gap() -> re.Pattern[str]:
    return re.compile(r" ?(?:[、,/]|和|及|与|以及|或|and|, and|or|[、,](?:和|及|以及)) ?")


@cache
def _conversion_gap() -> re.Pattern[str]:
    """Between a sum and its conversion: an opened bracket (after another short one), or a comma with 折合."""
    rate = "(?:现|按)?(?:现|当前|最新)?汇率(?:约合|折合|约|合)?"
    english = "i\\.e\\.,?|or|equivalent to|equal to|about|worth"
    words = f"{rate}|约?折合(?:人民币)?|约合|合|相当于|等值于?|折|即|或|按[^()]{{1,12}}[折计]算?|{english}|="
    return re.compile(rf"(?:\([^()]{{1,8}}\))? ?[(\[] ?(?:{words})? ?|, ?(?:折合|合|相当于|约合|折) ?")


@cache
def _reported_gap() -> re.Pattern[str]:
    """Between a sum and the same in other words: what a report or the company calls it."""
    told = "公开口径|官方口径|对外口径|口径|按报道|据报道|按"
    return re.compile(rf"{_RAISED_IN}(?:融资|投资|募资)? ?[(\[](?:{told})(?:合计)?(?:筹得|融得|为|称)?[“\"]?")


@cache
def _both_bounds() -> re.Pattern[str]:
    """Between the floor and the ceiling of one sum: 不低于2亿元(含)且不超过5亿元."""
    return re.compile(r" ?(?:\(含[^()]{0,4}\))?[ ,、]{0,2}(?:且|并且|and|(?<=[,、]))[ ,]{0,2}")


@cache
def _round_gap() -> re.Pattern[str]:
    """Between a sum and its conversion behind the round it was raised in."""
    return re.compile(rf"{_RAISED_IN}(?:融资|投资|募资) ?[(\[] ?")
