"""Why a fact is as it is: for every column what decided it and what lost, asked of the objects the fact was made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chipfacts.extract.draft import Draft
from chipfacts.extract.money_role import Sum
from chipfacts.extract.offer import status_offers
from chipfacts.extract.org import Filled
from chipfacts.extract.pipeline import Reading
from chipfacts.extract.scene import RuleMatch, Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.when import event_offers
from chipfacts.model import Fact, Span
from chipfacts.review.offered import offers_of, turned
from chipfacts.review.reason import Reason, Why, base_of, number, offer_lines, source_text

_FILLED = {
    "pattern": "the rule binds it",
    "clause": "it stands in front, in the same clause",
    "earlier clause": "the subject of an earlier clause of the sentence",
    "behind": "nothing before tells whose it is; it stands behind, in the same clause",
    "only": "the passage is about nobody; it is the nearest of the sentence",
    "pronoun": "a pronoun or a noun such as 'the company' stands for whom the passage is about",
    "pointer": "'the former' or 'the latter' points at it",
    "opening": "carried: it opened the last sentence that named a subject in this paragraph",
    "topic": "carried: whom the passage is about (named most, first, and as the one that gets the money)",
    "owner": "it stands right in front of the chip, or the process is called by its name",
    "maker": "the gazetteer lists it as the chip's maker",
    "generation": "another generation of this chip is listed, and this is its maker",
    "sentence": "it is the subject of the sentence",
    "manufacturer": "the manufacturer speaks of its own process",
}
_STATUS = {
    "": "nothing else is said",
    "ceiling": "a ceiling (up to, at most) is set before the money comes",
    "raise": "it shares the fate of the raise told in the same sentence",
    "later sentence": "the next sentence says so",
}
_RULES = {
    "ledger.unclaimed": "nothing offers this sum a role: it stays in the ledger",
    "ledger.per-share": "the unit itself says that it is a price per share",
    "ledger.per-piece": "the unit itself says that it is a price for one",
    "date": "a calendar value; no event word reaches it",
    "chip.listed": "the gazetteers list this chip",
    "chip.named": "no gazetteer lists it: a code or name beside a chip word",
    "node.chip": "a node told of a chip",
    "node.company": "a node told of a company, no chip is told with it",
}
_HOW = {"unlisted": "found by its context", "short form": "a context points at this name, or at a fuller form of it"}


class Reasons:
    """Reasons for the facts of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sums = {item.mention.span: item for items in reading.sums for item in items}
        self._raising = {id(draft.scene) for draft in reading.drafts if draft.kind == "funding"}

    def why(self, draft: Draft, fact: Fact) -> Why:
        """Everything that decided one fact."""
        reasons = (
            *self._rule(draft),
            *self._chip(draft),
            *self._node(draft),
            *self._amount(draft),
            *self._currency(draft, fact),
            *self._company(draft),
            *self._round(draft),
            *self._status(draft),
            *self._event(draft),
            *self._date(draft),
            *self._investors(draft),
            *self._said_again(draft),
        )
        return Why(fact, reasons)

    def _rule(self, draft: Draft) -> Iterator[Reason]:
        book, id = self.reading.rulebook, base_of(draft.rule)
        place = book.places.get(id, "")
        if not place:
            yield Reason("rule", f"{draft.rule}: {_RULES.get(id, 'decided by the extractor')}", {"rule": draft.rule})
            return
        match = next((m for m in draft.scene.matches if m.rule.id == id and m.start <= draft.index < m.end), None)
        match = match or next((m for m in draft.scene.matches if m.rule.id == id), None)
        if match is None:
            yield Reason("rule", f"{draft.rule} ({place}), a cue", {"rule": draft.rule, "place": place})
            return
        pattern = book.source(match.rule.regex.pattern, id)
        text = self.text(draft.scene, match.start, match.end)
        bound = {role: [self.of(draft.scene.skeleton.mentions[i]) for i in places] for role, places in match.bindings.items() if places}
        more = (pattern, f"fits {text!r}", *(f"{role} is {', '.join(map(repr, names))}" for role, names in bound.items()))
        data = {"rule": draft.rule, "place": place, "pattern": pattern, "text": text, "bound": bound}
        yield Reason("rule", f"{draft.rule} ({place}): {book.says.get(id, '')}", data, more)

    def _amount(self, draft: Draft) -> Iterator[Reason]:
        item = self.sums.get(draft.money.span) if draft.money else None
        if item is None:
            return
        yield self.measure(item)
        if draft.measure != item.measure:
            yield Reason("measure", f"{draft.measure}, not {item.measure}: {_changed(draft, item)}", {"measure": draft.measure})

    def measure(self, item: Sum) -> Reason:
        """Which offers a sum got and which won."""
        offers = offers_of(self.reading, item.scene, item.offers)
        surface = self.of(item.mention)
        steps = [turned(turn) for turn in item.turns]
        says = f"{surface!r} is {item.measure}" + (": the strongest of its offers" if offers and not steps else "")
        says += "" if offers else ": nothing offers it a role"
        data = {"surface": surface, "measure": item.measure, "offers": offers, "then": steps}
        return Reason("amount", says + "".join(f"; {step}" for step in steps), data, offer_lines(offers))

    def _company(self, draft: Draft) -> Iterator[Reason]:
        filled = draft.company
        if filled is None:
            if draft.kind in ("amount", "valuation", "chip"):
                yield Reason("company", "none: no organisation is bound, stands near or is the topic of the passage")
            return
        own = draft.scene.sentence.span.covers(filled.span)
        where = "" if own else f" on line {self.line(filled.span)}"
        how = _FILLED.get(filled.how, "decided by the extractor")
        says = f"{filled.org.name}, from {source_text(self.reading, filled.span)!r}{where}: {how}; {_known(filled)}"
        data = {"company": filled.org.name, "how": filled.how, "carried": filled.is_carried, "line": self.line(filled.span)}
        yield Reason("company", says, data)
        yield from self.roles(draft.scene)

    def roles(self, scene: Scene) -> Iterator[Reason]:
        """The role of each organisation of a sentence that a pattern gives one, and what it won against."""
        for index, mention in scene.skeleton.of_kind("org"):
            claims = scene.claims(index)
            if not claims and scene.may_be_company(index):
                continue
            if claims:
                told = [f"{c.role} {number(c.match.rule.weight)} by {c.match.rule.id}" for c in claims]
                says = f"{self.of(mention)!r} is {'; against '.join(dict.fromkeys(told))}"
            else:
                says = f"{self.of(mention)!r} is nobody's subject: listed as {', '.join(sorted(mention.value.roles)) or 'a fund'}"
            data = {"surface": self.of(mention), "claims": [_claim(c.role, c.match) for c in claims]}
            yield Reason("named", says, data)

    def _currency(self, draft: Draft, fact: Fact) -> Iterator[Reason]:
        if fact.currency_from != "inferred" or draft.company is None:
            if fact.currency_from == "inferred":
                yield Reason("currency", f"{fact.currency}: none is stated; --currency, or what the document's usage means by it")
            return
        home = draft.company.org.entry.home if draft.company.org.entry else ""
        why = f"{draft.company.org.name} is listed with home {home}" if home in ("TW", "CN") else "--currency, or the document's usage"
        yield Reason("currency", f"{fact.currency}: none is stated; {why}", {"home": home})

    def _round(self, draft: Draft) -> Iterator[Reason]:
        if not draft.round:
            return
        if draft.round_span is None:
            yield Reason("round", f"{draft.round}: said by the rule or the measure")
            return
        own = draft.scene.sentence.span.covers(draft.round_span)
        how = "the nearest round of the sentence that no other sum took" if own else f"told on line {self.line(draft.round_span)}"
        yield Reason("round", f"{draft.round}, from {source_text(self.reading, draft.round_span)!r}: {how}")

    def _status(self, draft: Draft) -> Iterator[Reason]:
        if not draft.status:
            return
        at = draft.index
        if draft.kind == "date":
            at = draft.scene.skeleton.at.get(draft.event_span.start, at) if draft.event_span else at
        cues = sorted(status_offers(draft.scene, at), key=lambda offer: -offer[0])
        offers: list[dict[str, Any]] = [
            {"role": status, "weight": round(weight, 2), "by": hit.cue.id, "words": self.text(draft.scene, hit.start, hit.end)}
            for weight, status, hit in cues
            if weight > 0
        ]
        decided = _STATUS.get(draft.status_from)
        if decided is None:
            place = self.reading.rulebook.places.get(draft.status_from, "")
            decided = f"by {draft.status_from} ({place})"
        data = {"status": draft.status, "from": draft.status_from, "offers": offers}
        yield Reason("status", f"{draft.status}: {decided}", data, offer_lines(offers))
        if draft.hearsay:
            words = [self.text(draft.scene, hit.start, hit.end) for hit in draft.scene.hits("hearsay")]
            yield Reason("hearsay", f"attributed to rumour: {', '.join(words) or 'in every place that tells it'}", {"words": words})

    def _event(self, draft: Draft) -> Iterator[Reason]:
        if draft.kind != "date":
            return
        found = sorted(event_offers(draft.scene, draft.index, id(draft.scene) in self._raising), key=lambda offer: -offer[0])
        offers = [
            {"role": h.cue.offers.partition(":")[2], "weight": round(w, 2), "by": h.cue.id, "words": self.text(draft.scene, h.start, h.end)}
            for w, h in found
        ]
        if offers:
            yield Reason("event", f"{draft.event}: the nearest event word, by weight", {"offers": offers}, offer_lines(offers))

    def _date(self, draft: Draft) -> Iterator[Reason]:
        for part, mention in (("date", draft.date), ("announced", draft.announced)):
            if mention is not None:
                yield Reason(part, f"{mention.value.edtf}, from {self.of(mention)!r}: {self._anchored(mention)}", self._anchor(mention))

    def _anchored(self, mention: Mention) -> str:
        day, document = mention.value, self.reading.document
        lent = f"{source_text(self.reading, day.source)!r} on line {self.line(day.source)}" if day.source else "the text"
        if day.how == "stated":
            return "the year is said"
        if day.how == "antecedent":
            return f"what it does not say is taken from {lent}"
        if day.how == "same period":
            return f"the text gives this period its year elsewhere: {lent}"
        if day.how == "published":
            before = "; the year before, for it would lie ahead and the sentence tells of the past" if day.is_year_before else ""
            return f"resolved against the reference date {document.published} ({document.published_from}){before}"
        return "nothing says the year: give a reference date (--published)" if not document.published else "nothing says the rest"

    def _anchor(self, mention: Mention) -> dict[str, object]:
        day = mention.value
        antecedent = source_text(self.reading, day.source) if day.source else None
        line = self.line(day.source) if day.source else None
        return {"date": day.edtf, "surface": self.of(mention), "how": day.how, "antecedent": antecedent, "antecedent_line": line}

    def _investors(self, draft: Draft) -> Iterator[Reason]:
        for mention in draft.investors:
            match = self._joining(mention.span)
            role = "lead" if any(m.span == mention.span for m in draft.leads) else "investor"
            by = f"{match.rule.id} ({self.reading.rulebook.places.get(match.rule.id, '')})" if match else "the raise told first"
            says = f"{self.of(mention)!r} on line {self.line(mention.span)} is {role} by {by}"
            yield Reason("investors", says, {"surface": self.of(mention), "role": role, "rule": match.rule.id if match else None})

    def _joining(self, span: Span) -> RuleMatch | None:
        """The heaviest match that binds an organisation as one that put money in."""
        scene = next(s for s in self.reading.scenes if s.sentence.span.covers(span))
        index = scene.skeleton.at.get(span.start)
        found = [c.match for c in scene.claims(index) if c.role in ("lead", "investor")] if index is not None else []
        return found[0] if found else None

    def _chip(self, draft: Draft) -> Iterator[Reason]:
        if draft.chip and draft.chip_span:
            index = draft.scene.skeleton.at.get(draft.chip_span.start)
            mention = draft.scene.skeleton.mentions.get(index) if index is not None else None
            how = _HOW.get(mention.how, "listed in the gazetteers") if mention else "told elsewhere"
            yield Reason("chip", f"{draft.chip}, from {source_text(self.reading, draft.chip_span)!r}: {how}")

    def _node(self, draft: Draft) -> Iterator[Reason]:
        if draft.node is None:
            return
        node = draft.node.value
        code = "; a code: a process word, a foundry or another node stands near" if node.code else ""
        yield Reason("node_nm", f"{node.nm} nm, from {self.of(draft.node)!r}{code}")
        if draft.foundry is not None:
            says = f"{draft.foundry.value.name}, from {self.of(draft.foundry)!r} on line {self.line(draft.foundry.span)}"
            listed = "listed as a foundry" if "foundry" in draft.foundry.value.roles else "a pattern says who makes it"
            yield Reason("foundry", f"{says}: {listed}")

    def _said_again(self, draft: Draft) -> Iterator[Reason]:
        if draft.mentions > 1:
            lines = sorted({self.line(span) for span in draft.sums})
            where = f"; the sum stands on line {', '.join(map(str, lines))}" if draft.money else ""
            yield Reason("mentions", f"told {draft.mentions} times, the fullest is shown{where}", {"lines": lines})

    def of(self, mention: Mention) -> str:
        """What the text prints for a mention."""
        return source_text(self.reading, mention.span)

    def text(self, scene: Scene, start: int, end: int) -> str:
        """What the text prints for a run of a skeleton."""
        return source_text(self.reading, scene.skeleton.source(start, end))

    def line(self, span: Span) -> int:
        """The source's line on which a span of the tidy text begins."""
        source = self.reading.tidied.source if self.reading.tidied else self.reading.document
        return source.text.count("\n", 0, self.reading.source(span).start) + 1


def _changed(draft: Draft, item: Sum) -> str:
    """Why a row does not say of its sum what the sum's strongest offer says."""
    if draft.kind == "amount" and draft.company is None:
        return "it is told of nobody in particular, so it stays in the ledger as an amount"
    if draft.measure == "cumulative":
        return "several rounds are listed with it: it is their total"
    if draft.measure == "ipo":
        return "the sentence before speaks of going public"
    return "another mention of the same sum says so"


def _known(filled: Filled) -> str:
    if filled.org.entry is not None:
        return "listed in the gazetteers"
    return "no gazetteer lists it, " + ("only a weak context speaks for it" if filled.org.is_weak else "its context names it")


def _claim(role: str, match: RuleMatch) -> dict[str, object]:
    return {"role": role, "weight": match.rule.weight, "rule": match.rule.id}
