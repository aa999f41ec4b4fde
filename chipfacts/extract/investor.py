"""Who put the money in: every stated investor goes to the event it belongs to."""

from __future__ import annotations

from dataclasses import replace

from chipfacts.extract.draft import Draft
from chipfacts.extract.scene import RuleMatch, Scene, distance
from chipfacts.extract.skeleton import Mention
from chipfacts.extract.topic import Topics

_EXCHANGE = frozenset(("exchange",))


def join_investors(drafts: list[Draft], scenes: list[Scene], topics: Topics) -> list[Draft]:
    """Give every stated investor to the event it belongs to: the one in its sentence, else the one told last in its section."""
    joined = list(drafts)
    for scene in scenes:
        for match in scene.matches:
            leads, others, advisers = (_mentions(scene, match, role) for role in ("lead", "investor", "adviser"))
            if (not leads and not others) or match.rule.sets.get("effect") == "no_join":
                continue
            number = _owner(joined, scene, match, topics)
            for place in _told_together(joined, number, match):
                joined[place] = _backed(joined[place], leads, others, advisers)
    return joined


def _told_together(drafts: list[Draft], number: int | None, match: RuleMatch) -> list[int]:
    """The event at `number`, and those of the other companies that one match tells of: 溪石资本先后入股了云岭微和岚峤科技."""
    if number is None:
        return []
    told = drafts[number]
    if len(match.bindings.get("company", ())) < 2:
        return [number]
    return [place for place, draft in enumerate(drafts) if draft.scene is told.scene and draft.index == told.index]


def _backed(draft: Draft, leads: list[Mention], others: list[Mention], advisers: list[Mention]) -> Draft:
    company = draft.company.org.name if draft.company else ""
    leads, others = ([m for m in found if m.value.name != company and m not in advisers] for found in (leads, others))
    return replace(draft, leads=_more(draft.leads, leads), investors=_more(_more(draft.investors, leads), others))


def _mentions(scene: Scene, match: RuleMatch, role: str) -> list[Mention]:
    """Those a match binds to a role, unless a heavier pattern gives them another."""
    return [scene.skeleton.mentions[i] for i in match.bindings.get(role, ()) if _may_be(scene, i, role)]


def _may_be(scene: Scene, index: int, role: str) -> bool:
    """A lead is an investor, too, but no investor is a lead; somebody's arm (subsidiary) may be either; an exchange is neither."""
    if scene.skeleton.mentions[index].value.roles == _EXCHANGE:
        return False
    fitting = ("lead", "subsidiary") if role == "lead" else (role, "lead", "investor", "subsidiary")
    return scene.roles.get(index) in fitting


def _more(known: tuple[Mention, ...], new: list[Mention]) -> tuple[Mention, ...]:
    names = {m.value.name for m in known}
    added: list[Mention] = []
    for mention in new:
        if mention.value.name not in names:
            names.add(mention.value.name)
            added.append(mention)
    return (*known, *added)


def _owner(drafts: list[Draft], scene: Scene, match: RuleMatch, topics: Topics) -> int | None:
    """The number of the event a list of investors belongs to."""
    here = [(n, d) for n, d in enumerate(drafts) if d.scene is scene and d.measure != "cumulative"]
    if here:
        text = scene.skeleton.text

        def far(item: tuple[int, Draft]) -> tuple[float, int]:
            index = item[1].index
            if match.start <= index < match.end:
                return 0.0, item[0]
            low, high = (index, match.start) if index < match.start else (match.end, index)
            return distance(text[low:high]) + (4.0 if index > match.end else 0.0), item[0]

        return min(here, key=far)[0]
    section = topics.section(scene)
    earlier = [
        (n, d)
        for n, d in enumerate(drafts)
        if d.section == section and d.scene.sentence.index < scene.sentence.index and d.measure != "cumulative"
    ]
    if not earlier:
        return None
    last = [item for item in earlier if item[1].scene is earlier[-1][1].scene]
    of_now = [item for item in last if item[1].effect != "total"] or last
    of_now = [item for item in of_now if item[1].date is None or not item[1].date.value.is_last_year] or of_now
    number, draft = max(of_now, key=lambda item: item[1].index)  # 新一轮融资…,较去年9月B轮…: the new one's
    return number if scene.sentence.index - draft.scene.sentence.index <= 4 else None
