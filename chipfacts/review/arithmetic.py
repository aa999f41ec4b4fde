"""What a text says about its own numbers, computed again: growth, multiples, totals. Which words say so is data (rules/arithmetic).

Every number is taken as an interval: what it may have been before it was rounded to the digits that are printed. A statement fails only
where no numbers in the intervals make it true. A percentage may be cut off instead of rounded; a whole multiple is said of all that begins
with it (2倍 of 2.3) and, by custom, of a tenth less.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention, Skeleton, build_skeleton
from chipfacts.model import Fact, Money, Span
from chipfacts.review.ratio import Interval, Ratio, bounds, find_ratios, of_money
from chipfacts.rulebook.schema import MEASURE_KIND
from chipfacts.sheet.cell import plain_decimal
from chipfacts.text.split import split_paragraphs, split_sentences
from chipfacts.text.tidy import tidy
from chipfacts.values.money import MoneyMatch, find_money

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from chipfacts.model import Document
    from chipfacts.rulebook import ArithmeticRule, Rulebook

_ONE = Decimal(1)
_BY_CUSTOM = Decimal("0.9")
_VETO_REACH = 20


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about numbers: where it stands, the sums it is about, what it says and what they come to."""

    rule: str
    span: Span
    sums: tuple[Span, ...]
    says: str
    computed: str
    holds: bool


class Arithmetic:
    """The statements of one document."""

    def __init__(self, document: Document, rulebook: Rulebook, rules: Sequence[ArithmeticRule] | None = None) -> None:
        self._rules = rulebook.arithmetic if rules is None else rules
        self._tidied = tidy(document)
        self._view = self._tidied.document.view if self._tidied else document.view
        self._rulebook = rulebook

    def statements(self, facts: Sequence[Fact] = ()) -> list[Statement]:
        """Every statement that can be recomputed, in text order; `facts` are the document's, for statements about measures."""
        lowered = self._view.lower()
        rules = [(rule, pattern) for rule in self._rules for pattern, needs in rule.patterns if any(need in lowered for need in needs)]
        found: dict[Span, Statement] = {}
        for sentence in self._sentences if rules else ():
            if sentence is None:
                continue
            for rule, pattern in rules:
                for match in pattern.finditer(sentence.text):
                    if not _is_vetoed(rule, sentence, match):
                        statement = self._statement(rule, sentence, match, facts)
                        if statement is not None and not any(statement.span.touches(known) for known in found):
                            found[statement.span] = statement
        return sorted(found.values(), key=lambda statement: statement.span)

    @cached_property
    def _sentences(self) -> list[Skeleton]:
        """The sentences that print a ratio or two sums, with sums and ratios as single characters."""
        ratios = [Mention("pct", Span(ratio.start, ratio.end), ratio) for ratio in find_ratios(self._view)]
        sums = [Mention("money", Span(match.start, match.end), match) for match in find_money(self._view)]
        mentions = sorted(_apart([*sums, *ratios]), key=lambda mention: mention.span)
        found = []
        for sentence in split_sentences(self._view, split_paragraphs(self._view)):
            inside = [mention for mention in mentions if sentence.span.covers(mention.span)]
            if inside:
                found.append(build_skeleton(self._view, sentence.span, inside, frozenset()))
        return found

    def _statement(self, rule: ArithmeticRule, sentence: Skeleton, match: re.Match[str], facts: Sequence[Fact]) -> Statement | None:
        ratio: Ratio | None = sentence.mentions[match.start("pct")].value if "pct" in match.re.groupindex else None
        if rule.relation == "measures" and ratio is not None:
            return self._of_measures(rule, sentence, match, ratio, facts)
        now, before = (
            sentence.mentions[match.start("money")],
            [sentence.mentions[index] for index in range(match.start("sum"), match.end("sum")) if index in sentence.mentions],
        )
        if len({_currency(mention.value) for mention in (now, *before)} - {""}) > 1:
            return None
        arrived, *parts = [self._interval(mention) for mention in (now, *before)]
        if arrived is None or None in parts:
            return None
        known = [part for part in parts if part is not None]
        if rule.relation == "total":
            total = _add(known)
            says, computed, holds = self._printed(now.span), plain_decimal(_sum(before)), arrived.meets(total)
        else:
            wanted = _wanted(rule.relation, ratio) if ratio is not None else None
            if ratio is None or wanted is None or not known[0].low:
                return None
            quotient = _divide(arrived, known[0])
            says, computed, holds = (
                self._printed(Span(ratio.start, ratio.end)),
                _told(rule.relation, _sum([now]) / _sum(before)),
                wanted.meets(quotient),
            )
        span = sentence.source(match.start(), match.end())
        return self._placed(rule, span, (now.span, *(mention.span for mention in before)), says, computed, holds)

    def _of_measures(
        self, rule: ArithmeticRule, sentence: Skeleton, match: re.Match[str], ratio: Ratio, facts: Sequence[Fact]
    ) -> Statement | None:
        """研发费用是2倍于营收, where one sentence of the paragraph tells both of one company."""
        start = match.start()
        while start > 0 and sentence.text[start - 1] not in CLAUSE_ENDS:
            start -= 1
        end = match.end()
        while end < len(sentence.text) and sentence.text[end] not in CLAUSE_ENDS:
            end += 1
        measures = self._measures_in(sentence.lower[start:end])
        wanted = _wanted("multiple", ratio)
        if (
            len(measures) != 2
            or wanted is None
            or any(mention.kind == "money" for i, mention in sentence.mentions.items() if start <= i < end)
        ):
            return None
        span = sentence.source(start, end)
        pairs = [pair for pair in self._told_together(measures, facts, self._placed_span(span)) if pair is not None]
        if len(pairs) != 1:
            return None
        first, second = (_of_fact(fact) for fact in pairs[0])
        if first is None or second is None or not second.low:
            return None
        quotient = _divide(first, second)
        says, computed = self._printed(Span(ratio.start, ratio.end)), _told("multiple", _value(pairs[0][0]) / _value(pairs[0][1]))
        sums = tuple(fact.spans["amount"][0] for fact in pairs[0])
        return Statement(rule.id, self._placed_span(span), sums, says, computed, wanted.meets(quotient))

    def _measures_in(self, clause: str) -> list[str]:
        """The measures that cue words of a clause name, each once, in order; the longest word at a place counts."""
        hits = []
        for cue in self._rulebook.cues:
            if MEASURE_KIND.get(cue.offers) != "amount" and cue.offers not in ("valuation", "market_cap"):
                continue
            for word in cue.words:
                at = clause.find(word)
                while at >= 0:
                    hits.append((at, -len(word), cue.offers))
                    at = clause.find(word, at + 1)
        found: list[str] = []
        free = 0
        for at, size, measure in sorted(hits):
            if at >= free:
                free = at - size
                if measure not in found:
                    found.append(measure)
        return found

    def _told_together(self, measures: list[str], facts: Sequence[Fact], near: Span) -> Iterator[tuple[Fact, Fact]]:
        """Pairs of facts with these measures, of one company, in one line and within a few words of each other beside the statement."""
        for one in facts:
            for other in facts:
                if (one.measure, other.measure) == tuple(measures) and one.company == other.company and one.currency == other.currency:
                    is_near = min(abs(one.start - near.end), abs(near.start - one.end)) < 80 and abs(one.start - other.end) < 60
                    dates = {one.date, other.date} - {None}
                    if is_near and one.line == other.line and len(dates) < 2 and "amount" in one.spans and "amount" in other.spans:
                        yield one, other

    def _interval(self, mention: Mention) -> Interval | None:
        match: MoneyMatch = mention.value
        return of_money(match.money, self._view[match.start : match.end])

    def _printed(self, span: Span) -> str:
        return self._view[span.start : span.end].strip()

    def _placed_span(self, span: Span) -> Span:
        return self._tidied.span(span) if self._tidied else span

    def _placed(self, rule: ArithmeticRule, span: Span, sums: tuple[Span, ...], says: str, computed: str, holds: bool) -> Statement:
        return Statement(rule.id, self._placed_span(span), tuple(map(self._placed_span, sums)), says, computed, holds)


def _apart(mentions: list[Mention]) -> Iterator[Mention]:
    """Without those that overlap an earlier or longer one."""
    end = -1
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if mention.span.start >= end:
            yield mention
            end = mention.span.end


def _is_vetoed(rule: ArithmeticRule, sentence: Skeleton, match: re.Match[str]) -> bool:
    zones = {
        "before": sentence.lower[max(0, match.start() - _VETO_REACH) : match.start()],
        "inside": sentence.lower[match.start() : match.end()],
        "after": sentence.lower[match.end() : match.end() + _VETO_REACH],
    }
    return any(word in zones[side] for veto in rule.unless.values() for side, words in veto.items() for word in words)


def _wanted(relation: str, ratio: Ratio) -> Interval | None:
    """The quotients of which the statement is true; None where the ratio is of the other sort."""
    if ratio.is_percent is not (relation in ("growth", "decline")):
        return None
    if not ratio.is_percent:
        whole = ratio.step == 1
        if ratio.hedge:
            times = bounds(ratio.value, ratio.value, ratio.step / 2, ratio.hedge)
        else:
            times = Interval(ratio.value * _BY_CUSTOM if whole else ratio.value - ratio.step, ratio.value + ratio.step)
        more = times.high + 1 if times.high is not None and relation == "growth_by_times" else times.high
        return Interval(times.low, more)
    share = bounds(ratio.value, ratio.value, ratio.step, ratio.hedge)
    if relation == "growth":
        return Interval(_ONE + share.low, None if share.high is None else _ONE + share.high)
    return Interval(max(Decimal(0), _ONE - share.high) if share.high is not None else Decimal(0), _ONE - share.low)


def _divide(one: Interval, other: Interval) -> Interval:
    low = one.low / other.high if other.high else Decimal(0)
    return Interval(low, one.high / other.low if one.high is not None and other.low > 0 else None)


def _add(parts: list[Interval]) -> Interval:
    highs = [part.high for part in parts]
    return Interval(
        sum((part.low for part in parts), Decimal(0)), None if None in highs else sum((h for h in highs if h is not None), Decimal(0))
    )


def _of_fact(fact: Fact) -> Interval | None:
    return of_money(Money(fact.amount_low, fact.amount_high, fact.currency, fact.hedge or ""), fact.quote)


def _currency(match: MoneyMatch) -> str:
    """The currency, the bare 元 that states none, or nothing for a number that takes its neighbour's."""
    return match.money.currency or match.unit_word


def _sum(mentions: Sequence[Mention]) -> Decimal:
    """The printed sums, added up."""
    return sum((mention.value.money.low or mention.value.money.high or Decimal(0) for mention in mentions), Decimal(0))


def _value(fact: Fact) -> Decimal:
    return fact.amount_low or fact.amount_high or Decimal(0)


def _told(relation: str, quotient: Decimal) -> str:
    """The quotient of the printed sums in the words of the statement: growth in percent, or a multiple."""
    return f"{abs(quotient - 1) * 100:.1f}%" if relation in ("growth", "decline") else f"{quotient:.2f}"
