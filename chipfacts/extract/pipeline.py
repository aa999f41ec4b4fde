"""From text to facts: the only module that knows the order of the stages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from chipfacts.extract.anchor import anchor_dates
from chipfacts.extract.cheque import parts_of_rounds
from chipfacts.extract.chip import chip_drafts
from chipfacts.extract.converted import absorb_converted
from chipfacts.extract.draft import Draft, as_amount
from chipfacts.extract.funding import funding_drafts
from chipfacts.extract.headline import absorb_headline, merge_headline_sums, yield_to_body
from chipfacts.extract.investor import join_investors
from chipfacts.extract.lexis import Lexis
from chipfacts.extract.mention import find_mentions
from chipfacts.extract.merge import absorb_repeats, merge_drafts
from chipfacts.extract.money_role import Sum, sums_of
from chipfacts.extract.name import NameFinder
from chipfacts.extract.node import node_drafts
from chipfacts.extract.refer_back import refer_back
from chipfacts.extract.row import rows_of
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention, Skeletons, within
from chipfacts.extract.sum_fact import sum_drafts, with_status_of_raise
from chipfacts.extract.time_words import TimeWords, time_words
from chipfacts.extract.topic import Topics
from chipfacts.extract.usage import Usage, usages
from chipfacts.extract.when import announced_at_opening, date_drafts, with_dates
from chipfacts.model import Document, Fact, Span
from chipfacts.rulebook import Rulebook
from chipfacts.text.fold import fold
from chipfacts.text.split import Sentence, split_paragraphs, split_sentences
from chipfacts.text.tidy import Tidy, tidy
from chipfacts.values.date import find_dates
from chipfacts.values.dateline import has_dateline, infer_reference


def prepare(id: str, text: str, published: str | None = None, published_from: str = "", title: str = "", url: str = "") -> Document:
    """A Document: the text with its folded view and its reference date (given, or inferred from a dateline)."""
    view = fold(text)
    if published is None and has_dateline(view):
        inferred = infer_reference(view, find_dates(view))
        if inferred:
            published, published_from = inferred
    return Document(id, text, view, published, published_from, title, url)


@lru_cache(maxsize=8)
def _lexis(rulebook: Rulebook) -> Lexis:
    return Lexis(rulebook)


@lru_cache(maxsize=8)
def _finder(rulebook: Rulebook) -> NameFinder:
    return NameFinder(rulebook)


def extract_document(document: Document, rulebook: Rulebook, currency: str | None = None) -> list[Fact]:
    """The facts of one document, in text order. `currency` is used where a sum states none and the company's home is unknown."""
    return [fact for _, fact in read_closely(document, rulebook).rows(currency)]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was seen in one document on the way to its facts: what review/ looks at. Places are those of the tidy text,
    `document`; `source` gives the place in the text as it came."""

    document: Document
    tidied: Tidy | None
    rulebook: Rulebook
    scenes: list[Scene]
    sums: list[list[Sum]]  # of each sentence
    topics: Topics
    drafts: list[Draft]

    def source(self, span: Span) -> Span:
        """The source's span of a span of `document`."""
        return self.tidied.span(span) if self.tidied else span

    def rows(self, currency: str | None = None) -> list[tuple[Draft, Fact]]:
        """Each draft with its fact, in text order; the facts' places are those of the source."""
        lexis = _lexis(self.rulebook)
        found = [Usage(0, currency)] if currency else usages(self.document, self.topics.stories, lexis)
        rows = rows_of(self.document, self.drafts, found)
        return [(draft, self.tidied.fact(fact)) for draft, fact in rows] if self.tidied else rows


def read_closely(document: Document, rulebook: Rulebook) -> Reading:
    """The reading of one document, from the very objects its facts are made of."""
    tidied = tidy(document)
    inner = tidied.document if tidied else document
    return Reading(inner, tidied, rulebook, *_seen(inner, rulebook))


def find_drafts(document: Document, rulebook: Rulebook) -> tuple[list[Scene], list[Draft]]:
    """The sentences of a tidy document as seen, with the cues and patterns that hit, and the drafts before they become rows."""
    scenes, _, _, drafts = _seen(document, rulebook)
    return scenes, drafts


def _seen(document: Document, rulebook: Rulebook) -> tuple[list[Scene], list[list[Sum]], Topics, list[Draft]]:
    lexis = _lexis(rulebook)
    paragraphs = split_paragraphs(document.view)
    sentences = split_sentences(document.view, paragraphs)
    dates = _dates(document, paragraphs, sentences, time_words(rulebook))
    skeletons = Skeletons(document.view, rulebook.words("kept_brackets"))
    mentions = find_mentions(document, sentences, dates, skeletons, _finder(rulebook))
    scenes = _scenes(sentences, mentions, skeletons, rulebook)
    topics = Topics(scenes, document, paragraphs, lexis)
    sums = find_sums(document, scenes, rulebook)
    drafts = _money_drafts(scenes, sums, topics, lexis)
    raising = {id(draft.scene) for draft in drafts if draft.kind == "funding"}
    for scene in scenes:
        if scene.skeleton.of_kind("date"):
            drafts += date_drafts(scene, topics, tells_raise=id(scene) in raising)
    chips = chip_drafts(scenes, topics, rulebook)
    drafts += chips + node_drafts(scenes, topics, chips, rulebook)
    return scenes, sums, topics, drafts


def _dates(document: Document, paragraphs: list[Span], sentences: list[Sentence], words: TimeWords) -> list[Mention]:
    found = anchor_dates(document.view, find_dates(document.view), paragraphs, [s.span for s in sentences], document.published, words)
    return [Mention("date", Span(d.start, d.end), d) for d in found]


def _scenes(sentences: list[Sentence], mentions: list[Mention], skeletons: Skeletons, rulebook: Rulebook) -> list[Scene]:
    starts = [m.span.start for m in mentions]
    return [Scene(sentence, skeletons.of(sentence.span, within(mentions, starts, sentence.span)), rulebook) for sentence in sentences]


def find_sums(document: Document, scenes: list[Scene], rulebook: Rulebook) -> list[list[Sum]]:
    """The sums of every sentence, each with the role that won it; numbers that nothing claims are none."""
    lexis = _lexis(rulebook)
    found: list[list[Sum]] = []
    for number, scene in enumerate(scenes):
        in_front = scenes[number - 1] if number and scenes[number - 1].sentence.paragraph == scene.sentence.paragraph else None
        before = found[-1][-1] if in_front and found[-1] else None
        found.append(sums_of(scene, lexis, document.view, before, in_front))
    return found


def _money_drafts(scenes: list[Scene], found: list[list[Sum]], topics: Topics, lexis: Lexis) -> list[Draft]:
    raises: list[Draft] = []
    sums: list[Draft] = []
    for scene, roles in zip(scenes, found, strict=True):
        if not scene.skeleton.mentions and not scene.matches:
            continue  # most sentences name nothing
        told = funding_drafts(scene, roles, topics)
        raises += told
        sums += sum_drafts(scene, roles, topics, told)
    raises = refer_back(raises, scenes, lexis)
    sums = [with_status_of_raise(d, raises) for d in sums]
    raises = join_investors(raises, scenes, topics)
    raises = parts_of_rounds(announced_at_opening([with_dates(d, lexis) for d in raises], scenes, topics.stories, lexis))
    named = [d for d in raises if d.company and d.kind == "funding"]
    sums += [d for d in raises if d.kind == "amount"]
    # A raise or valuation of nobody in particular stays in the ledger as an amount.
    anonymous = [as_amount(d, "other") for d in [*raises, *sums] if not d.company and d.money and d.kind != "amount"]
    rest = [with_dates(d, lexis) for d in sums if d.company or d.kind == "amount"]
    values = absorb_converted([d for d in merge_drafts(rest) if d.kind == "valuation"])
    told = absorb_headline(absorb_converted(merge_drafts(named))) + values
    told, ledger = yield_to_body(told, [d for d in merge_drafts([*rest, *anonymous]) if d.kind == "amount"])
    told, ledger = absorb_repeats(told, ledger)
    return told + merge_headline_sums(ledger)
