"""What a sentence leaves to its neighbours: the round of 本轮, an offering told before, a round named or a failure told behind."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft
from chipfacts.extract.lexis import Lexis
from chipfacts.extract.scene import Scene
from chipfacts.rulebook.pattern import MONEY, ORG, ROUND

_OFFERING_REACH = 4  # sentences that hold something behind one about going public in which proceeds are the offering's
_NAMED_BEHIND = 4  # sentences behind a raise in which its round may be named
_SUM_WORDS = 10  # characters in front of a sum that may call it proceeds


def refer_back(drafts: list[Draft], scenes: list[Scene], lexis: Lexis) -> list[Draft]:
    """Resolve what points back: 本轮 takes the round told last; a raise that the next sentence says came to nothing has failed."""
    found: list[Draft] = []
    last: dict[int, Draft] = {}
    by_index = {scene.sentence.index: scene for scene in scenes}
    filled = [scene for scene in scenes if scene.skeleton.text.strip()]
    place = {id(scene): number for number, scene in enumerate(filled)}
    for draft in drafts:
        if draft.measure == "round" and draft.money and not draft.round:
            draft = _with_round_told(draft, last.get(draft.section), by_index, lexis.round_references)
        if draft.status in ("planned", "sought") or draft.hearsay:
            draft = _with_failure(draft, by_index.get(draft.scene.sentence.index + 1), lexis)
        draft = _as_offering(draft, by_index.get(draft.scene.sentence.index - 1), lexis)
        number = place[id(draft.scene)]
        draft = _as_proceeds(draft, filled[max(number - _OFFERING_REACH, 0) : number][::-1], lexis)
        draft = _with_round_named(draft, [by_index.get(draft.scene.sentence.index + n) for n in range(1, _NAMED_BEHIND + 1)])
        if draft.round and draft.measure == "round":
            last[draft.section] = draft
        found.append(draft)
    return found


def _as_offering(draft: Draft, before: Scene | None, lexis: Lexis) -> Draft:
    """A planned raise in front of words of going public is the offering's; so is a plain one right behind a sentence about it."""
    if draft.measure != "round" or draft.round or not draft.money or draft.status == "completed":
        return draft
    behind = next((hit.start for hit in draft.scene.hits("ipo") if hit.start > draft.index), 0)
    if draft.status == "planned" and behind and not lexis.afterwards.search(draft.scene.skeleton.lower, draft.index, behind):
        return replace(draft, measure="ipo", round="ipo")  # 拟募资25亿元,…计划递交招股书
    if before is None or any(word in before.skeleton.lower for word in lexis.other_issues):
        return draft
    is_near = before.sentence.paragraph == draft.scene.sentence.paragraph and not before.skeleton.of_kind("money")
    if (
        is_near
        and before.hits("ipo")
        and (draft.company is None or draft.company.is_carried or draft.company.span.start < draft.scene.sentence.span.start)
    ):
        return replace(draft, measure="ipo", round="ipo")
    return draft


def _as_proceeds(draft: Draft, earlier: list[Scene], lexis: Lexis) -> Draft:
    """本次募集资金50亿元, in a sentence about going public or a few sentences behind one, with no other issue told in between; behind one
    about convertibles it is their sum."""
    if draft.measure != "round" or draft.round or not draft.money:
        return draft
    lower = draft.scene.skeleton.lower
    is_named = any(word in lower[max(draft.index - _SUM_WORDS, 0) : draft.index] for word in lexis.issue_words)
    if not is_named and draft.effect not in ("proceeds", "net"):
        return draft
    paragraphs = list(dict.fromkeys(scene.sentence.paragraph for scene in (draft.scene, *earlier)))  # those that hold something
    for scene in (draft.scene, *earlier):
        text = scene.skeleton.lower
        if scene is not draft.scene and any(word in text for word in lexis.convertibles):
            return replace(draft, measure="debt")
        is_far = paragraphs.index(scene.sentence.paragraph) > 1
        rounds = {mention.value for _, mention in scene.skeleton.of_kind("round")}
        if is_far or rounds - {"ipo"} or any(word in text for word in lexis.other_issues):
            return draft
        if rounds or scene.hits("ipo"):
            status = "planned" if draft.status == "sought" else draft.status  # going public is the company's own decision
            return replace(draft, measure="ipo", round="ipo", status=status)
    return draft


def _with_round_named(draft: Draft, after: list[Scene | None]) -> Draft:
    """該輪為C輪 in one of the next sentences names the round just told; so does The Series A round was led by … at a paragraph's head."""
    if draft.measure != "round" or draft.round or not draft.money:
        return draft
    for scene in after:
        if scene is None or scene.sentence.paragraph > draft.scene.sentence.paragraph + scene.skeleton.is_latin:
            break
        is_next = scene.sentence.paragraph != draft.scene.sentence.paragraph
        for match in scene.matches:
            if match.rule.sets.get("effect") == "names_round" and match.bindings.get("round") and not (is_next and match.start):
                if scene.skeleton.of_kind("money", 0, match.start):
                    return draft  # the other €25.7m is equity: the Series A was led by …
                mention = scene.skeleton.mentions[match.bindings["round"][0]]
                return replace(draft, round=mention.value, round_span=mention.span)
    return draft


def _with_round_told(draft: Draft, last: Draft | None, scenes: dict[int, Scene], references: frozenset[str]) -> Draft:
    text = draft.scene.skeleton.lower
    start = max((text.rfind(char, 0, draft.index) + 1 for char in ";。"), default=0)
    if last and last.status == draft.status and any(word in text[start : draft.index] for word in references):
        return replace(draft, round=last.round, round_span=last.round_span)
    before = scenes.get(draft.scene.sentence.index - 1)
    if before is None or before.sentence.paragraph != draft.scene.sentence.paragraph:
        return draft
    rounds = before.skeleton.of_kind("round")
    if rounds and not before.skeleton.of_kind("money") and (last is None or last.scene is not before):
        return replace(draft, round=rounds[-1][1].value, round_span=rounds[-1][1].span)
    return draft


def _with_failure(draft: Draft, after: Scene | None, lexis: Lexis) -> Draft:
    if after is None or after.sentence.paragraph != draft.scene.sentence.paragraph:
        return draft
    if after.skeleton.text.startswith(after.book.tuple_of("sentence_turns")):
        return draft  # 此外,公司终止了…: of something else
    for status in ("failed", "denied"):
        for hit in after.hits(f"status:{status}"):
            before = after.skeleton.text[: hit.start]
            if draft.measure != "ipo" and any(word in before for word in lexis.listing_words):
                continue  # 公司曾申请上市,之后撤回
            if MONEY not in before and ROUND not in before and (ORG not in before or status == "denied") and len(before) <= 20:
                return replace(draft, status=status, status_span=after.skeleton.source(hit.start, hit.end), status_from="later sentence")
    return draft
