"""From text to facts: the only module that knows the order of the stages."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from operator import ne

from chipfacts.extract.anchor import anchor_dates, infer_reference
from chipfacts.extract.chip import chip_drafts
from chipfacts.extract.draft import Draft
from chipfacts.extract.funding import funding_drafts, join_investors, refer_back
from chipfacts.extract.mention import find_mentions
from chipfacts.extract.merge import absorb_headline, absorb_repeats, merge_drafts, merge_headline_sums
from chipfacts.extract.money_role import Sum, sums_of
from chipfacts.extract.name import NameFinder
from chipfacts.extract.node import node_drafts
from chipfacts.extract.row import rows_of
from chipfacts.extract.scene import Scene, build_scene
from chipfacts.extract.skeleton import Mention, build_skeleton, within
from chipfacts.extract.sum_fact import sum_drafts, with_status_of_raise
from chipfacts.extract.topic import Topics
from chipfacts.extract.when import date_drafts, with_dates
from chipfacts.model import Document, Fact, Span
from chipfacts.rulebook import Rulebook
from chipfacts.text.fold import fold
from chipfacts.text.split import Sentence, split_paragraphs, split_sentences
from chipfacts.values.date import find_dates


def prepare(id: str, text: str, published: str | None = None, published_from: str = "", title: str = "", url: str = "") -> Document:
    """A Document: the text with its folded view and its reference date (given, or inferred from a dateline)."""
    view = fold(text)
    if published is None:
        inferred = infer_reference(view, find_dates(view))
        if inferred:
            published, published_from = inferred
    return Document(id, text, view, published, published_from, title, url)


@lru_cache(maxsize=8)
def _finder(rulebook: Rulebook) -> NameFinder:
    return NameFinder(rulebook)


def extract_document(document: Document, rulebook: Rulebook, currency: str | None = None) -> list[Fact]:
    """The facts of one document, in text order. `currency` is used where a sum states none and the company's home is unknown."""
    _, drafts = find_drafts(document, rulebook)
    return rows_of(document, drafts, currency or _usage(document, rulebook))


def find_drafts(document: Document, rulebook: Rulebook) -> tuple[list[Scene], list[Draft]]:
    """The sentences as they were seen, with the cues and patterns that hit, and the drafts before they become rows: what review/ looks at."""
    paragraphs = split_paragraphs(document.view)
    sentences = split_sentences(document.view, paragraphs)
    dates = _dates(document, paragraphs, sentences)
    mentions = find_mentions(document, sentences, dates, rulebook, _finder(rulebook))
    scenes = _scenes(document, sentences, mentions, rulebook)
    topics = Topics(scenes, document.view, paragraphs, rulebook)
    drafts = _money_drafts(document, scenes, topics, rulebook)
    raising = {id(draft.scene) for draft in drafts if draft.kind == "funding"}
    for scene in scenes:
        drafts += date_drafts(scene, topics, tells_raise=id(scene) in raising)
    chips = chip_drafts(scenes, topics, rulebook)
    drafts += chips + node_drafts(scenes, topics, chips, rulebook)
    return scenes, drafts


def _dates(document: Document, paragraphs: list[Span], sentences: list[Sentence]) -> list[Mention]:
    found = anchor_dates(document.view, find_dates(document.view), paragraphs, [s.span for s in sentences], document.published)
    return [Mention("date", Span(d.start, d.end), d) for d in found]


def _scenes(document: Document, sentences: list[Sentence], mentions: list[Mention], rulebook: Rulebook) -> list[Scene]:
    starts = [m.span.start for m in mentions]
    kept = rulebook.words("kept_brackets")
    scenes: list[Scene] = []
    for sentence in sentences:
        skeleton = build_skeleton(document.view, sentence.span, within(mentions, starts, sentence.span), kept)
        scenes.append(build_scene(sentence, skeleton, rulebook))
    return scenes


def find_sums(document: Document, scenes: list[Scene], rulebook: Rulebook) -> list[list[Sum]]:
    """The sums of every sentence, each with the role that won it; numbers that nothing claims are none."""
    included = tuple(sorted(rulebook.words("inclusion_words")))
    compared = tuple(sorted(rulebook.words("comparison_words")))
    return [sums_of(scene, compared, included, document.view) for scene in scenes]


def _money_drafts(document: Document, scenes: list[Scene], topics: Topics, rulebook: Rulebook) -> list[Draft]:
    raises: list[Draft] = []
    sums: list[Draft] = []
    for scene, roles in zip(scenes, find_sums(document, scenes, rulebook), strict=True):
        told = funding_drafts(scene, roles, topics)
        raises += told
        sums += sum_drafts(scene, roles, topics, told)
    raises = refer_back(raises, scenes, rulebook.words("round_references"))
    sums = [with_status_of_raise(d, raises) for d in sums]
    raises = join_investors(raises, scenes, topics)
    announcing = rulebook.words("announcing")
    named = [with_dates(d, announcing) for d in raises if d.company]
    anonymous = [_demoted(d) for d in [*raises, *sums] if not d.company and d.money and d.kind != "amount"]
    rest = [with_dates(d, announcing) for d in sums if d.company or d.kind == "amount"]
    told = absorb_headline(merge_drafts(named)) + [d for d in merge_drafts(rest) if d.kind == "valuation"]
    told, ledger = absorb_repeats(told, [d for d in merge_drafts([*rest, *anonymous]) if d.kind == "amount"])
    return told + merge_headline_sums(ledger)


def _demoted(draft: Draft) -> Draft:
    """A raise or valuation of nobody in particular stays in the ledger as an amount."""
    return replace(draft, kind="amount", measure="other", round="", round_span=None, status="", status_span=None, leads=(), investors=(), hearsay=False)


def _usage(document: Document, rulebook: Rulebook) -> str:
    """What plain 元 means in this document: TWD in Taiwan usage, else CNY."""
    mainland = sum(document.view.count(word) for word in rulebook.words("mainland_usage"))
    taiwan = sum(document.view.count(word) for word in rulebook.words("taiwan_usage"))
    is_traditional = sum(map(ne, document.text, document.view)) * 12 > len(document.text)
    return "TWD" if is_traditional and taiwan >= mainland else "CNY"
