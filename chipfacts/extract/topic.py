"""Whom a passage is about: state set by the document's shape (story, digest by item or line, headline), asked sentence by sentence."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.org import Org
from chipfacts.extract.scene import Scene
from chipfacts.extract.section import ITEM, sections
from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention
from chipfacts.extract.story import story_starts
from chipfacts.model import Document, Span
from chipfacts.rulebook.pattern import ORG

_ARTICLE = re.compile(r" ?(?:the|a|an) ")
_LISTED = re.compile(rf", {ORG}[.]?(?:,| and )")  # in the midst of an English list
_OPENING, _OPENING_LATIN = 14, 60  # characters that may stand in front of the name that opens a sentence


@dataclass(frozen=True, slots=True)
class Filled:
    """The company of a slot: the organisation, the span it came from, whether it was stated here or carried, and how it was found.

    `how` is for people who ask: pattern, clause (in front of it), earlier clause, behind, only (one of the sentence), pronoun, pointer
    (前者, 后者), opening (of an earlier sentence), topic, owner, maker, generation, sentence or manufacturer.
    """

    org: Org
    span: Span
    is_carried: bool
    how: str = field(default="", compare=False)


class Topics:
    """The topic of every section, and the company of any place in it."""

    def __init__(self, scenes: list[Scene], document: Document, paragraphs: list[Span], lexis: Lexis) -> None:
        self.scenes = scenes
        self.lexis = lexis
        view = document.view
        starts = story_starts(scenes, document, paragraphs)
        bounds = [0, *(paragraphs[number].start for number in sorted(starts)), len(view)]
        self.stories = [Span(start, end) for start, end in itertools.pairwise(bounds)]
        self.section_of = sections(scenes, view, paragraphs, starts)
        members: dict[int, list[Scene]] = defaultdict(list)
        for scene in scenes:
            members[self.section_of[scene.sentence.index]].append(scene)
        self.topics: dict[int, Filled | None] = {}
        for section, inside in members.items():
            self.topics[section] = _dominant(inside, lexis)
        self.is_digest = len(members) > 1
        roles = ((scene.skeleton.mentions[i].value.name, role) for scene in scenes for i, role in scene.roles.items())
        self._backers = frozenset(name for name, role in roles if role in ("investor", "lead"))
        self._paragraph_subject = self._subjects()

    def section(self, scene: Scene) -> int:
        """The number of the section a sentence belongs to."""
        return self.section_of[scene.sentence.index]

    def _subjects(self) -> dict[int, Filled | None]:
        """Per sentence: the company its paragraph is about where that is not the section's topic."""
        subjects: dict[int, Filled | None] = {}
        by_paragraph: dict[int, list[Scene]] = defaultdict(list)
        for scene in self.scenes:
            by_paragraph[scene.sentence.paragraph].append(scene)
        for inside in by_paragraph.values():
            topic = self.topics[self.section(inside[0])]
            current: Filled | None = topic
            if self.section(inside[0]) != self.section(inside[-1]):
                continue  # a list in one paragraph: each item has its own topic
            is_named = False
            told: Filled | None = None  # whom a sentence that ends in a semicolon is about
            for scene in inside:
                subjects[scene.sentence.index] = told or current
                told = (self._opening(scene) or told) if scene.skeleton.text.rstrip().endswith(";") else None
                is_named = is_named or any(topic is not None and m.value.name == topic.org.name for _, m in scene.skeleton.of_kind("org"))
                current = topic if is_named else self._opening(scene) or current
        return subjects

    def _opening(self, scene: Scene) -> Filled | None:
        """The organisation that opens a sentence as its subject."""
        skeleton = scene.skeleton
        reach = _OPENING_LATIN if skeleton.is_latin else _OPENING
        for index, mention in skeleton.of_kind("org"):
            before = skeleton.text[:index].strip(' \n“"')
            if self._is_oblique(skeleton.lower, index) or self._pronoun(skeleton.lower, 0, index) is not None:
                continue
            is_other = scene.roles.get(index) != "company" and skeleton.is_latin
            if is_other and (mention.value.name in self._backers or _LISTED.match(skeleton.text, max(index - 2, 0))):
                continue  # who put the money in, or stands in a list, is not whom the article goes on to tell of
            if skeleton.lower.endswith(self.lexis.naming, 0, index) and scene.may_be_company(index):
                return Filled(mention.value, mention.span, True, "opening")  # a startup called Lyndra
            if skeleton.text[index - 1 : index] in self.lexis.joiners and index - 2 in skeleton.mentions:
                continue  # of a list, the first member opens the sentence
            if scene.may_be_company(index) and not mention.value.is_weak and (len(before) <= reach or before[-1:] in CLAUSE_ENDS):
                return Filled(mention.value, mention.span, True, "opening")
        return None

    def company_at(self, scene: Scene, index: int, *, look_right: bool = True) -> Filled | None:
        """Whose fact stands at `index`: the clause's own company, else the sentence's, else whom the passage is about."""
        skeleton = scene.skeleton
        start, end = skeleton.clause(index)
        if self.lexis.other_parties.search(skeleton.lower, start, index):
            return None
        pointed = self._pointed_at(scene, start, index) or self._named_last(scene, start, index)
        if pointed is not None:
            return pointed
        found = self._nearest(scene, start, index)
        if found is not None:
            return found if isinstance(found, Filled) else self._by_pronoun(scene, index)
        while start > 0:
            stop = start - 1
            start, _ = skeleton.clause(max(stop - 1, 0))
            if start >= stop:
                start = max(stop - 1, 0)
            found = self._subject_of_clause(scene, start, stop)
            if found is not None:
                return found if isinstance(found, Filled) else self._by_pronoun(scene, index)
        if self._is_anonymous(skeleton.lower, index):
            return None
        topic = self.topic_of(scene)
        right = self._right(scene, index, end) if look_right else None
        if topic is None:
            return right or self._anywhere(scene, index)
        return topic

    def _is_anonymous(self, lower: str, index: int) -> bool:
        """AI芯片公司创始人…获得几亿融资: the sentence speaks of a kind of company, not of the one the passage is about."""
        for match in self.lexis.anonymous.finditer(lower, 0, index):
            if not lower[max(match.start() - 4, 0) : match.start()].endswith(self.lexis.demonstratives):
                return True
        behind = self.lexis.anonymous_behind.match(lower, index + 1)
        return behind is not None

    def _pointed_at(self, scene: Scene, start: int, index: int) -> Filled | None:
        """前者 and 后者: the first and the second of the two organisations listed last before this clause."""
        clause = scene.skeleton.lower[start:index]
        number = 0 if clause.lstrip().startswith(self.lexis.former) else 1 if clause.lstrip().startswith(self.lexis.latter) else -1
        if number < 0:
            return None
        where = self.scenes.index(scene)
        for other, stop in ((scene, start), *((s, len(s.skeleton.text)) for s in reversed(self.scenes[max(where - 2, 0) : where]))):
            listed = [(i, m) for i, m in other.skeleton.of_kind("org", 0, stop) if other.may_be_company(i)]
            if len(listed) >= 2:
                mention = listed[number][1]
                return Filled(mention.value, mention.span, True, "pointer")
        return None

    def _named_last(self, scene: Scene, start: int, index: int) -> Filled | None:
        """这家公司, 后者 in the clause: the organisation of an earlier clause of the sentence that was named last and may be meant."""
        skeleton = scene.skeleton
        pronoun = self.lexis.near_pronouns.search(skeleton.lower, start, index)
        if pronoun is None or any(scene.may_be_company(i) for i, _ in skeleton.of_kind("org", pronoun.end(), index)):
            return None
        before = [(i, m) for i, m in skeleton.of_kind("org", 0, start) if self._is_candidate(scene, i)]
        return Filled(before[-1][1].value, before[-1][1].span, True, "pronoun") if before else None

    def _by_pronoun(self, scene: Scene, index: int) -> Filled | None:
        """Whom 公司 and the company stand for; an English one, 它 and 其 stand for the subject of their sentence, where it has one."""
        words = list(self.lexis.pronouns.finditer(scene.skeleton.lower, 0, index))
        called = self._called(words[-1].group()) if words else None
        if called is not None:
            return called
        is_own = bool(words) and (words[-1].group().isascii() or self._is_subject_pronoun(scene.skeleton.lower, words[-1]))
        own = self._own_subject(scene, words[-1].start()) if is_own else None
        if own is not None:
            return own
        topic = self.topic_of(scene)
        return Filled(topic.org, topic.span, topic.is_carried, "pronoun") if topic else None

    def _called(self, pronoun: str) -> Filled | None:
        """the startup: the one organisation of the text that was introduced as one (photonics startup Lyndra), if it is not the topic."""
        noun = pronoun.rsplit(" ", 1)[-1]
        found = self._introduced.get(noun, {}) if pronoun.isascii() else {}
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _introduced(self) -> dict[str, dict[str, Filled]]:
        """Telling noun → whom the text introduces with it."""
        found: dict[str, dict[str, Filled]] = defaultdict(dict)
        for scene in self.scenes:
            for index, mention in scene.skeleton.of_kind("org"):
                noun = self.lexis.telling_noun.search(scene.skeleton.lower, max(index - 24, 0), index)
                if noun is not None and scene.may_be_company(index):
                    found[noun.group(1)].setdefault(mention.value.name, Filled(mention.value, mention.span, True, "pronoun"))
        return found

    def _is_subject_pronoun(self, lower: str, word: re.Match[str]) -> bool:
        """它 and 其 that are no object: not 向其投资, 给了它."""
        return word.group() in self.lexis.own_pronouns and lower[: word.start()][-1:] not in self.lexis.before_objects

    def _own_subject(self, scene: Scene, end: int) -> Filled | None:
        """The first organisation in front of `end` that can be a subject: Lyndra in "Lyndra said the company …"."""
        skeleton = scene.skeleton
        for index, mention in skeleton.of_kind("org", 0, end):
            start, stop = skeleton.clause(index)
            if self.lexis.asides.match(skeleton.lower, start, stop):
                continue  # who previously worked for Orrin and Lyndra, the startup …
            if self._is_candidate(scene, index) and not self.lexis.dealings.match(skeleton.lower, index + 1):
                return Filled(mention.value, mention.span, False, "pronoun")
        return None

    def topic_of(self, scene: Scene) -> Filled | None:
        """Whom the passage is about just before this sentence."""
        return self._paragraph_subject.get(scene.sentence.index) or self.topics[self.section(scene)]

    def _is_candidate(self, scene: Scene, index: int) -> bool:
        """May the organisation at `index` fill a slot? One that only a weak context speaks for does not, beside a topic we are sure of."""
        if not scene.may_be_company(index):
            return False
        if scene.roles.get(index) != "company" and self._is_oblique(scene.skeleton.lower, index):
            return False
        topic = self.topic_of(scene)
        return not scene.skeleton.mentions[index].value.is_weak or topic is None or topic.org.is_weak or scene.roles.get(index) == "company"

    def _is_oblique(self, text: str, index: int) -> bool:
        """由一群瑞昱旧部创立: a name behind a preposition is not whom the clause is about, unless the clause has nothing before it."""
        english = self.lexis.english_oblique.search(text, max(index - 40, 0), index)
        if english is not None and english.start() > 0 and text[english.start() - 1] not in CLAUSE_ENDS:
            return True
        start = max(index - 4, 0)
        before = text[start:index]
        if before.endswith(self.lexis.passives):
            return True  # 被微软拆分
        cut = max((before.rfind(char) for char in CLAUSE_ENDS), default=-1)
        before = before[cut + 1 :]
        return (
            any(char in self.lexis.prepositions for char in before)
            and index - len(before) > 0
            and text[index - len(before) - 1] not in CLAUSE_ENDS
        )

    def _nearest(self, scene: Scene, start: int, index: int) -> Filled | bool | None:
        """The closest eligible organisation left of `index`; False for a pronoun in between; None for neither."""
        skeleton = scene.skeleton
        for i in range(index - 1, start - 1, -1):
            mention = skeleton.mentions.get(i)
            if mention is not None and mention.kind == "org" and self._is_candidate(scene, i):
                if self.lexis.pronouns.search(skeleton.lower, i + 1, index) and not self._is_own_noun(skeleton.lower, i + 1):
                    return False
                return Filled(mention.value, mention.span, False, "clause")
        return False if self.lexis.pronouns.search(skeleton.lower, start, index) else None

    def _is_own_noun(self, text: str, at: int) -> bool:
        """O公司: the noun belongs to the name in front of it."""
        match = self.lexis.pronouns.match(text, at)
        return match is not None

    def _subject_of_clause(self, scene: Scene, start: int, end: int) -> Filled | bool | None:
        skeleton = scene.skeleton
        if self.lexis.asides.match(skeleton.lower, start, end) or self._is_apposition(scene, start):
            return None  # Lyndra, which counts Orrin among its clients, raised …
        first = next(((i, m) for i, m in skeleton.of_kind("org", start, end) if self._is_candidate(scene, i)), None)
        pronoun = self._pronoun(skeleton.lower, start, end, first[0] if first else end)
        if first is not None and (
            pronoun is None or pronoun.start() > first[0] or skeleton.text[first[0] - 1 : first[0]] in self.lexis.particles
        ):
            return Filled(first[1].value, first[1].span, False, "earlier clause")
        return False if pronoun else None

    def _is_apposition(self, scene: Scene, start: int) -> bool:
        """Lyndra, the startup Orrin is circling, wants …: what stands between commas behind a name says more of it."""
        text = scene.skeleton.text
        return scene.skeleton.is_latin and text[start - 2 : start] == f"{ORG}," and _ARTICLE.match(scene.skeleton.lower, start) is not None

    def _pronoun(self, lower: str, start: int, end: int, name: int | None = None) -> re.Match[str] | None:
        """The first pronoun between two places; in 教育公司岚峤 and 公司控股子公司岚峤 the noun in front of a name (at `name`, or at `end`)
        is none."""
        found = self.lexis.pronouns.search(lower, start, end)
        named = end if name is None else name
        if found is not None and self.lexis.own_arm.fullmatch(lower, found.end(), named):
            return self.lexis.pronouns.search(lower, named, end)
        return found

    def _right(self, scene: Scene, index: int, end: int) -> Filled | None:
        """A name behind the sum; in English only one that is linked to it: $4 billion for Lyndra."""
        skeleton = scene.skeleton
        for i, mention in skeleton.of_kind("org", index + 1, end):
            if skeleton.is_latin:
                link = self.lexis.english_links.search(skeleton.lower, index, i)
                if link is None or not scene.may_be_company(i):
                    continue
                return Filled(mention.value, mention.span, False, "behind")
            if self._is_candidate(scene, i):
                return Filled(mention.value, mention.span, False, "behind")
        return None

    def _anywhere(self, scene: Scene, index: int) -> Filled | None:
        near = sorted(
            ((abs(i - index), i, m) for i, m in scene.skeleton.of_kind("org") if self._is_candidate(scene, i)), key=lambda t: t[:2]
        )
        return Filled(near[0][2].value, near[0][2].span, False, "only") if near else None


def _dominant(scenes: list[Scene], lexis: Lexis) -> Filled | None:
    """The organisation that a run of sentences is about: named often, in the first line, as subject, as the one that gets the money."""
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, Mention] = {}
    for scene in scenes:
        skeleton = scene.skeleton
        if not skeleton.of_kind("org"):
            continue
        first = scene.sentence.paragraph == scenes[0].sentence.paragraph
        bound = {i for m in scene.matches for i in m.bindings.get("company", ())}
        for index, mention in skeleton.of_kind("org"):
            if not scene.may_be_company(index):
                continue
            name = mention.value.name
            opens = not skeleton.text[:index].strip(' \n“"') or skeleton.text[index - 1] in CLAUSE_ENDS
            is_shown = opens and first and not lexis.may_be_person(name)
            if mention.value.is_weak and not is_shown and index not in bound:
                continue  # what only a weak context takes for a name is not carried to other sentences
            seen.setdefault(name, mention)
            if index <= 3 and first and ITEM.match(skeleton.text) and len(skeleton.text) > index + 1:
                scores[name] += 4.0  # the name an item opens with
            scores[name] += 1.0 + (2.0 if first else 0.0) + (1.0 if opens else 0.0) + (3.0 if index in bound else 0.0)
            if mention.value.is_weak:
                scores[name] -= 0.5
    if not scores:
        return None
    best = max(scores, key=lambda name: (scores[name], -seen[name].span.start))
    return Filled(seen[best].value, seen[best].span, True, "topic")
