"""Valuations and the ledger: every sum that is no financing becomes a valuation or an amount row."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft, evidence_of
from chipfacts.extract.money_role import Sum, name_in_front
from chipfacts.extract.offer import is_hearsay, reach_of, status_of
from chipfacts.extract.org import Filled
from chipfacts.extract.respective import company_of_sum
from chipfacts.extract.scene import Scene
from chipfacts.extract.topic import Topics
from chipfacts.model import Kind
from chipfacts.rulebook.schema import MEASURE_KIND


def sum_drafts(scene: Scene, sums: list[Sum], topics: Topics, raises: list[Draft]) -> list[Draft]:
    """Valuation and amount drafts of one sentence; a valuation takes the status of the raise in its sentence."""
    drafts: list[Draft] = []
    for item in sums:
        kind = MEASURE_KIND[item.measure]
        if item.converts or kind == "funding":
            continue
        listed = company_of_sum(scene, item.index, topics.lexis)
        company = listed or _bound_company(scene, item) or _ranked_company(scene, item) or topics.company_at(scene, item.index)
        if kind == "valuation" and any(reach_of(scene, hit, item.index) > 0 for hit in scene.hits("aggregate")):
            company = None
        drafts.append(_draft("valuation" if kind == "valuation" else "amount", scene, item, company, topics, raises))
    return drafts


def _ranked_company(scene: Scene, item: Sum) -> Filled | None:
    """超越日月光的1.3兆元: a value that only goes on from the one before is of the name right in front of it."""
    mention = name_in_front(scene, item.index) if item.measure == "market_cap" and "continued" in item.turns else None
    return Filled(mention.value, mention.span, False, "clause") if mention else None


def with_status_of_raise(draft: Draft, raises: list[Draft]) -> Draft:
    """A valuation told with a raise shares its fate: where a later sentence says that the raise failed or is denied, so did it."""
    if draft.kind != "valuation" or (draft.status not in ("planned", "sought") and not draft.hearsay):
        return draft
    told = next((r for r in raises if r.scene is draft.scene and r.status in ("failed", "denied")), None)
    return replace(draft, status=told.status, status_span=told.status_span, status_from="raise") if told else draft


def _draft(kind: Kind, scene: Scene, item: Sum, company: Filled | None, topics: Topics, raises: list[Draft]) -> Draft:
    places = [(item.index, item.index + 1)]
    if item.offer.end and item.offer.end - item.offer.start <= 24:
        places.append((item.offer.start, item.offer.end))
    status, hit, hearsay, stage, decided = "", None, False, None, ""
    if kind == "valuation":
        status, hit = status_of(scene, item.index)
        decided = hit.cue.id if hit else ""
        setting = next((m.rule for m in scene.matches if item.index in m.bindings.get("money", ()) and "status" in m.rule.sets), None)
        if setting is not None and setting.id == item.offer.source:
            status, hit, decided = setting.sets["status"], None, setting.id
        hearsay = is_hearsay(scene, item.index)
        near = [d for d in raises if d.company and company and d.company.org.name == company.org.name and d.status != "completed"]
        start, _ = scene.skeleton.clause(item.index)
        stage = next((m for _, m in reversed(scene.skeleton.of_kind("round", start, item.index))), None)
        is_other = stage is not None and bool(near) and stage.value != near[0].round  # 比C轮时的估值低了三成
        if status == "completed" and decided != item.offer.source and near and item.measure != "market_cap" and not is_other:
            status, decided = near[0].status, "raise"
        if stage is None and item.measure != "market_cap":
            stage = next((m for _, m in reversed(scene.skeleton.of_kind("round", 0, item.index))), None)
    return Draft(
        kind,
        scene,
        item.index,
        evidence_of(scene, *places),
        item.offer.source,
        topics.section(scene),
        company=company,
        money=item.mention,
        measure=item.measure,
        status=status,
        status_span=scene.skeleton.source(hit.start, hit.end) if hit else None,
        status_from=decided,
        hearsay=hearsay,
        round=stage.value if stage else "",
        round_span=stage.span if stage else None,
        effect=item.offer.effect,
    )


def _bound_company(scene: Scene, item: Sum) -> Filled | None:
    for match in sorted(scene.matches, key=lambda m: -m.rule.weight):
        if match.start <= item.index < match.end and item.index in match.bindings.get("money", ()):
            for role in ("company", "subsidiary", "acquirer"):
                if match.bindings.get(role):
                    mention = scene.skeleton.mentions[match.bindings[role][0]]
                    return Filled(mention.value, mention.span, False, "pattern")
    return None
