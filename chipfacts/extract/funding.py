"""Financing events inside one sentence: a sum with its round, a round told without a sum, a raise told without either."""

from __future__ import annotations

import re

from chipfacts.extract.draft import Draft, as_amount, evidence_of
from chipfacts.extract.lexis import Lexis
from chipfacts.extract.money_role import Sum
from chipfacts.extract.offer import is_hearsay, reach_of, status_of
from chipfacts.extract.org import Filled
from chipfacts.extract.respective import company_of_sum, listed_runs
from chipfacts.extract.scene import RuleMatch, Scene, distance
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Topics
from chipfacts.rulebook import CueHit, Rule
from chipfacts.rulebook.pattern import DATE, MONEY, ORG, ROUND
from chipfacts.rulebook.schema import MEASURE_KIND

_FUNDING = frozenset(measure for measure, kind in MEASURE_KIND.items() if kind == "funding")
_PAIR_REACH = 26.0  # how far a round may stand from its sum
_OPEN, _ENDED = frozenset(("sought", "planned")), frozenset(("failed", "denied"))
_SAME_EVENT = 30  # characters between a raise told without its sum and a sum that tells it
_LONE_REACH = 60.0  # … where the sentence has one of each, the round first
_NEXT_REACH = 45.0  # … where the round stands in front of its sum, and no day, round or sum between them

_BY_BACKERS = re.compile(rf"由{ORG}(?:[、和与及]{ORG})*(?:等)?(?:独家|联合|共同|继续)?$")  # 由甲独家|战略投资


def funding_drafts(scene: Scene, sums: list[Sum], topics: Topics) -> list[Draft]:
    """The financing events one sentence tells."""
    raised = [s for s in sums if s.measure in _FUNDING and not s.converts]
    rounds = scene.skeleton.of_kind("round")
    pairs, listed = _pair(scene, [s for s in raised if s.measure in ("round", "debt")], rounds, topics.lexis.joiners)
    drafts = [_of_sum(scene, s, pairs.get(s.index), listed.get(s.index, False), topics) for s in raised]
    taken = {index for index, _ in pairs.values()}
    free = [(i, m) for i, m in rounds if i not in taken and not (m.value == "strategic" and _is_in_named_round(scene, i, bool(raised)))]
    drafts += [draft for index, mention in free for draft in _of_round(scene, index, mention, topics)]
    drafts += _of_rules(scene, drafts, topics)
    return sorted((d for d in drafts if d is not None), key=lambda d: d.index)


def _pair(
    scene: Scene, sums: list[Sum], rounds: list[tuple[int, Mention]], joiners: frozenset[str]
) -> tuple[dict[int, tuple[int, Mention]], dict[int, bool]]:
    """Sum index → its round, nearest first, each used once. A sum for several listed rounds gets none: it is their total."""
    text = scene.skeleton.text
    links: list[tuple[float, int, int, Mention]] = []
    for item in sums:
        for index, mention in rounds:
            low, high = sorted((item.index, index))
            between = text[low + 1 : high]
            far = distance(between) + 6.0 * between.count(ROUND)
            if index > item.index and "," in between:
                far += 6.0
            if far <= _reach(between, index < item.index, len(sums) == len(rounds) == 1):
                links.append((far, item.index, index, mention))
    pairs: dict[int, tuple[int, Mention]] = {}
    used: set[int] = set()
    for item, (index, mention) in _zipped(text, sums, rounds, joiners):
        pairs[item.index] = (index, mention)
        used.add(index)
    for _, sum_index, round_index, mention in sorted(links, key=lambda link: link[:3]):
        if sum_index not in pairs and round_index not in used:
            pairs[sum_index] = (round_index, mention)
            used.add(round_index)
    totals: dict[int, bool] = {}
    for sum_index, (round_index, _) in list(pairs.items()):
        if len(sums) == 1 and sum_index in pairs and _is_listed(text, round_index, joiners):
            del pairs[sum_index]
            totals[sum_index] = True
    return pairs, totals


def _reach(between: str, is_in_front: bool, is_lone: bool) -> float:
    """How far a round may stand from its sum, given what stands between them."""
    if not is_in_front:
        return _PAIR_REACH
    if is_lone:
        return _LONE_REACH
    return _NEXT_REACH if not any(mark in between for mark in (ROUND, MONEY, DATE)) else _PAIR_REACH


def _zipped(
    text: str, sums: list[Sum], rounds: list[tuple[int, Mention]], joiners: frozenset[str]
) -> list[tuple[Sum, tuple[int, Mention]]]:
    """B轮及B+轮…分别…5.2亿元及8000万美元: as many sums in a row as rounds in a row before or behind them, in order."""
    pairs: list[tuple[Sum, tuple[int, Mention]]] = []
    of_sums = [run for run in listed_runs(text, [s.index for s in sums], joiners) if len(run) > 1]
    of_rounds = [run for run in listed_runs(text, [i for i, _ in rounds], joiners) if len(run) > 1]
    for low in of_sums:
        high = next((run for run in of_rounds if len(run) == len(low)), None)
        if high is not None:
            of_rounds.remove(high)
            pairs += zip(sums[low.start : low.stop], rounds[high.start : high.stop], strict=True)
    return pairs


def _is_listed(text: str, index: int, joiners: frozenset[str]) -> bool:
    """True for a round that stands in a list of rounds: R、R or R和R."""
    before, after = text[max(index - 2, 0) : index], text[index + 1 : index + 3]
    if before.endswith(ROUND) or after.startswith(ROUND):
        return True
    return (before[:1] == ROUND and before[1:] in joiners) or (after[1:] == ROUND and after[:1] in joiners)


def _of_sum(scene: Scene, item: Sum, pair: tuple[int, Mention] | None, is_total: bool, topics: Topics) -> Draft:
    status, hit, decided = _status(scene, item.index, _status_set(scene, item.index))
    if status == "completed" and hit is None and item.mention.value.money.hedge == "under" and item.measure != "cumulative":
        status, decided = "planned", "ceiling"  # a ceiling is set before the money comes
    measure = "cumulative" if is_total and item.measure == "round" else item.measure
    places = [(item.index, item.index + 1)]
    if item.offer.end:
        near = (item.offer.start, item.offer.end)
        if item.offer.end - item.offer.start <= 24:
            places.append(near)
    if pair:
        places.append((pair[0], pair[0] + 1))
    company = (
        company_of_sum(scene, item.index, topics.lexis)
        or _bound(scene, item.index, "company", topics.lexis)
        or topics.company_at(scene, item.index)
    )
    draft = Draft(
        "funding",
        scene,
        item.index,
        evidence_of(scene, *places),
        item.offer.source,
        topics.section(scene),
        company=company,
        money=item.mention,
        measure=measure,
        round="ipo" if measure == "ipo" else pair[1].value if pair and measure == "round" else "",
        round_span=pair[1].span if pair and measure == "round" else None,
        status=status,
        status_span=scene.skeleton.source(hit.start, hit.end) if hit else None,
        status_from=decided,
        hearsay=is_hearsay(scene, item.index),
        effect=item.offer.effect,
    )
    return as_amount(draft, "investment") if company and company.how != "pattern" and _is_its_own(scene, item.index, company) else draft


def _is_its_own(scene: Scene, index: int, company: Filled) -> bool:
    """True where the investor a pattern over this place binds is the very company that would get the money: it puts it elsewhere."""
    return any(
        scene.skeleton.mentions[at].value.name == company.org.name
        for match in scene.matches
        if match.start <= index < match.end and match.rule.family == "facts"
        for role in ("investor", "lead")
        for at in match.bindings.get(role, ())
    )


def _bound(scene: Scene, index: int, role: str, lexis: Lexis) -> Filled | None:
    """The organisation a pattern over this place binds to a role."""
    for match in sorted(scene.matches, key=lambda m: -m.rule.weight):
        if match.start <= index < match.end and match.bindings.get(role) and match.rule.family == "facts":
            at = match.bindings[role][0]
            if scene.roles.get(at) in ("media", "adviser"):
                continue  # 岚峤快讯:云岭微获得…: a heavier pattern says who only reports
            if match.start == at and scene.skeleton.text[at - 1 : at] in lexis.prepositions:
                continue  # 从溪石获得…: who gives it
            mention = scene.skeleton.mentions[at]
            return Filled(mention.value, mention.span, False, "pattern")
    return None


def _status_set(scene: Scene, index: int) -> Rule | None:
    """The first rule over this place that sets a status."""
    return next((m.rule for m in scene.matches if m.start <= index < m.end and "status" in m.rule.sets), None)


def _status(scene: Scene, index: int, setting: Rule | None) -> tuple[str, CueHit | None, str]:
    """The status of what stands at `index`, its strongest cue, and what decided: a rule that sets one, unless it all came to nothing."""
    status, hit = status_of(scene, index)
    if setting is None or (setting.sets["status"] in _OPEN and status in _ENDED):
        return status, hit, hit.cue.id if hit else ""
    return setting.sets["status"], hit, setting.id


def _of_round(scene: Scene, index: int, mention: Mention, topics: Topics) -> list[Draft]:
    """A round without a sum is a row where its closing, its date or its investors are stated."""
    skeleton = scene.skeleton
    start, end = skeleton.clause(index)
    closing = [hit for hit in scene.hits("event:funding") if reach_of(scene, hit, index) > 0]
    investors = [m for m in scene.matches if (m.bindings.get("investor") or m.bindings.get("lead")) and m.start <= end and start <= m.end]
    if skeleton.text.startswith(topics.lexis.book.tuple_of("round_totals"), index + 1) or (not closing and not investors):
        return []  # C轮融资总额至此达9亿美元: a total, no round of its own
    if any(reach_of(scene, hit, index) > 0 for hit in scene.hits("aggregate")):
        return []
    status, hit, decided = _status(scene, index, _status_set(scene, index))
    best = max(closing, key=lambda h: reach_of(scene, h, index)) if closing else None
    places = [(index, index + 1)] + ([(best.start, best.end)] if best else [])
    bound = _bound(scene, index, "company", topics.lexis)
    return [
        Draft(
            "funding",
            scene,
            index,
            evidence_of(scene, *places),
            best.cue.id if best else investors[0].rule.id,
            topics.section(scene),
            company=bound or topics.company_at(scene, index),
            measure="round",
            round=mention.value,
            round_span=mention.span,
            status=status,
            status_span=skeleton.source(hit.start, hit.end) if hit else None,
            status_from=decided,
            hearsay=is_hearsay(scene, index),
        )
    ]


def _is_in_named_round(scene: Scene, index: int, has_sum: bool) -> bool:
    """A+轮由某大厂战略投资: how the round that its clause names was invested in, no round of its own; neither, in a sentence that tells a
    raise with its sum, 甲、乙等战略入股 or 由丙领投,丁战略投资."""
    start, _ = scene.skeleton.clause(index)
    text = scene.skeleton.text
    is_member = start > 0 and text[start] == ORG and text[start + 1 : index] in {"", *scene.book.words_of("company_suffix", "own_words")}
    is_investors = text[index - 1] == "等" or is_member or _BY_BACKERS.search(text, start, index) is not None
    if has_sum and is_investors:
        return True
    return any(mention.value != "strategic" for _, mention in scene.skeleton.of_kind("round", start, index))


def _of_rules(scene: Scene, drafts: list[Draft], topics: Topics) -> list[Draft]:
    """Raises told without a sum or a round (完成新一轮融资, 新增股东), from the patterns that say `event: funding`."""
    found: list[Draft] = []
    for match in scene.matches:
        if match.rule.sets.get("event") != "funding" or match.rule.family != "facts":
            continue
        if any(match.start <= d.index < match.end or _same_clause(scene, d.index, match) for d in [*drafts, *found]):
            continue
        if MONEY in scene.skeleton.text[match.start : match.end]:
            continue
        if any(d.money and d.measure != "cumulative" and abs(d.index - match.end) < _SAME_EVENT for d in drafts):
            continue
        anchor = match.end - 1
        status, hit, decided = _status(scene, anchor, match.rule if "status" in match.rule.sets else None)
        mentions = [scene.skeleton.mentions[index] for index in match.bindings.get("company", ())]
        companies: list[Filled | None] = [Filled(mention.value, mention.span, False, "pattern") for mention in mentions]
        named = next((m for _, m in scene.skeleton.of_kind("round", match.start, match.end)), None)
        found += [
            Draft(
                "funding",
                scene,
                anchor,
                evidence_of(scene, (match.start, match.end)),
                match.rule.id,
                topics.section(scene),
                company=company,
                measure=match.rule.sets.get("measure", "round"),
                round=match.rule.sets.get("round", named.value if named else ""),
                round_span=named.span if named else None,
                status=status,
                status_span=scene.skeleton.source(hit.start, hit.end) if hit else None,
                status_from=decided,
                hearsay=is_hearsay(scene, anchor),
            )
            for company in companies or [topics.company_at(scene, match.start, look_right=False)]
        ]
    return found


def _same_clause(scene: Scene, index: int, match: RuleMatch) -> bool:
    start, end = scene.skeleton.clause(index)
    return start <= match.start < end or start < match.end <= end
_SAME_EVENT = 30  # characters between a raise told without its sum and a sum that tells it
