"""Which day belongs to which event: the date of a raise, what a dated clause dates, and when something was announced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chipfacts.extract.draft import Draft
from chipfacts.extract.lexis import Lexis
from chipfacts.extract.offer import is_hearsay, reach_of, status_of
from chipfacts.extract.scene import Scene, distance
from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention
from chipfacts.extract.topic import Topics
from chipfacts.model import Span
from chipfacts.rulebook import CueHit

_OPENING = 3  # sentences that open an article, its headline among them
_TELLING = 30  # characters behind a day in which its sentence says that somebody announced something
_DAY = re.compile(r"[\dX]{4}-\d{2}-\d{2}")
_BEHIND = 12.0  # how much farther a date behind its event counts …
_ENGLISH_IN = ("in ", "on ")  # … but not in English: raised €35m in 2020
_UNTIL = ("到", "至", "直到", "直至", "to", "until")
_DATE_REACH = 40.0  # how far a date may stand from the event it dates


def date_drafts(scene: Scene, topics: Topics, *, tells_raise: bool) -> list[Draft]:
    """One draft per date of the sentence, with the event its clause tells, if any; a raise only where the sentence tells one."""
    drafts: list[Draft] = []
    for index, mention in scene.skeleton.of_kind("date"):
        hit = _event(scene, index, tells_raise)
        company = topics.company_at(scene, index) if hit else None
        status, cue = status_of(scene, hit.start) if hit else ("", None)
        drafts.append(
            Draft(
                "date",
                scene,
                index,
                mention.span,
                hit.cue.id if hit else "date",
                topics.section(scene),
                company=company,
                date=mention,
                event=hit.cue.offers.partition(":")[2] if hit else "",
                event_span=scene.skeleton.source(hit.start, hit.end) if hit else None,
                status=status if hit else "",
                status_span=scene.skeleton.source(cue.start, cue.end) if cue else None,
                status_from=cue.cue.id if cue else "",
                hearsay=is_hearsay(scene, index) if hit else False,
            )
        )
    return drafts


def _event(scene: Scene, index: int, tells_raise: bool) -> CueHit | None:
    """The event word nearest to a date, in its clause or the one behind it, with no other date in between."""
    best: tuple[float, CueHit] | None = None
    for weight, hit in event_offers(scene, index, tells_raise):
        if best is None or weight > best[0]:
            best = (weight, hit)
    return best[1] if best else None


def event_offers(scene: Scene, index: int, tells_raise: bool) -> Iterator[tuple[float, CueHit]]:
    """The event words that reach a date, in text order, each with its weight there."""
    for hit in scene.cues:
        if not hit.cue.offers.startswith("event:") or (hit.cue.offers == "event:funding" and not tells_raise):
            continue
        weight = reach_of(scene, hit, index)
        low, high = (index + 1, hit.start) if hit.start > index else (hit.end, index)
        between = scene.skeleton.text[low:high]
        if weight <= 0 or "\ue002" in between or (hit.end <= index and between.strip() in _UNTIL):
            continue  # 从2019年成立到|2021年|完成B轮: the second day is the second event's
        yield weight, hit


def with_dates(draft: Draft, lexis: Lexis) -> Draft:
    """A raise or sum with the date of its clause or sentence; a date of a press report is `announced`, not `date`, however far ahead."""
    scene = draft.scene
    text = scene.skeleton.lower
    happened: list[tuple[float, int, Mention]] = []  # how far the day stands by words, by characters, and the day
    announced: list[tuple[float, int, Mention]] = []
    start = 0
    for i in range(draft.index - 1, -1, -1):
        if scene.skeleton.text[i] in ";。":
            start = i + 1
            break
    told = min((m.start for m in scene.matches if m.rule.family == "facts" and m.start <= draft.index < m.end), default=draft.index)
    for index, mention in scene.skeleton.of_kind("date"):
        if index < start or text.startswith(lexis.numbered, index + 1):
            continue
        if draft.kind == "funding" and text.endswith(scene.book.tuple_of("en_founded_in"), 0, index):
            continue  # a company founded in 2012 has not raised then
        low, high = (index, max(told, index + 1)) if index < draft.index else (draft.index, index)
        is_english_in = scene.skeleton.is_latin and text[high - 3 : high] in _ENGLISH_IN
        far = distance(text[low + 1 : high]) + (_BEHIND if index > draft.index and not is_english_in else 0.0)
        other = [d for d, m in scene.skeleton.of_kind("money", low + 1, high) if m is not draft.money]
        far += 14.0 * len(other)
        is_listed = text[index - 1 : index] in lexis.joiners and index - 2 in scene.skeleton.mentions
        near = abs(draft.index - (index - 2 if is_listed else index))  # of listed days (于9月及次年4月交割), the first
        if _announces(text, index, lexis.announcing):
            if far <= _DATE_REACH or index < draft.index:
                announced.append((far, near, mention))
        elif far <= _DATE_REACH:
            happened.append((far, near, mention))
    return replace(draft, date=draft.date or _nearest(happened), announced=draft.announced or _nearest(announced))


def _nearest(days: list[tuple[float, int, Mention]]) -> Mention | None:
    """The day at the smallest distance; of several that one rule spans, the one nearest to the event."""
    return min(days, key=lambda day: (day[0], day[1], day[2].span.start), default=(0.0, 0, None))[2]


def announced_at_opening(drafts: list[Draft], scenes: list[Scene], stories: list[Span], lexis: Lexis) -> list[Draft]:
    """Raises told without a day are announced on the day that opens their article, where it says that their company announced something:
    9月3日,X宣布…。根据协议,…. What the text calls earlier (此前) is not."""
    days: dict[int, tuple[Mention, frozenset[str]]] = {}
    for number, story in enumerate(stories):
        opening = [s for s in scenes if story.start <= s.sentence.span.start < story.end][:_OPENING]
        found = next((day for s in opening if (day := _opening_day(s, lexis.announcing))), None)
        if found:
            days[number] = found, frozenset(m.value.name for s in opening for _, m in s.skeleton.of_kind("org"))
    if not days:
        return drafts
    return [_with_opening(draft, days, stories, lexis) for draft in drafts]


def _with_opening(draft: Draft, days: dict[int, tuple[Mention, frozenset[str]]], stories: list[Span], lexis: Lexis) -> Draft:
    if draft.kind != "funding" or draft.measure == "cumulative" or draft.date or draft.announced or not draft.company:
        return draft
    if lexis.earlier.search(draft.scene.skeleton.lower):
        return draft
    at = draft.scene.sentence.span.start
    day, named = next((days[n] for n, story in enumerate(stories) if story.start <= at < story.end and n in days), (None, frozenset[str]()))
    return replace(draft, announced=day) if draft.company.org.name in named else draft


def _opening_day(scene: Scene, words: frozenset[str]) -> Mention | None:
    """The day on which a sentence says that something was announced."""
    text = scene.skeleton.lower
    for index, mention in scene.skeleton.of_kind("date"):
        is_told = any(word in text[index + 1 : index + 1 + _TELLING] for word in words)
        if _DAY.fullmatch(mention.value.edtf) and (is_told or _announces(text, index, words)):
            return mention
    return None


def _announces(text: str, index: int, words: frozenset[str]) -> bool:
    end = index + 1
    while end < len(text) and text[end] not in CLAUSE_ENDS and end - index < 8:
        end += 1
    after = text[index + 1 : end].lstrip(" 晚间早上午下")
    return any(map(after.startswith, words))
