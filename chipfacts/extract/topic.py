"""Whom a passage is about: state set by the document's shape (story, digest by item or line, headline), asked sentence by sentence."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.org import Filled
from chipfacts.extract.pronoun import Pronouns
from chipfacts.extract.scene import Scene
from chipfacts.extract.section import ITEM, sections
from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention
from chipfacts.extract.story import story_starts
from chipfacts.model import Document, Span
from chipfacts.rulebook.pattern import ORG

_ARTICLE = re.compile(r" ?(?:the|a|an) ")
_LISTED = re.compile(rf", {ORG}[.]?(?:,| and )")  # in the midst of an English list
_CODE_BEHIND = re.compile(r" ?\((?:[A-Za-z]{2,6}[:. ]? ?)?\d{4,6}(?:[.,)]|-[A-Z]{2}\))")
_HEADING = re.compile(rf"\s*(?:\d{{1,2}}[.、)] ?)?{ORG}(?: ?\([^()]{{1,12}}\))?\s*")
_OPENING, _OPENING_LATIN = 14, 60  # characters that may stand in front of the name that opens a sentence


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
        self._pronouns = Pronouns(self, lexis)
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
        head: Filled | None = None  # the company whose name alone is the line above
        for inside in by_paragraph.values():
            topic = head or self.topics[self.section(inside[0])]
            current: Filled | None = topic
            head = _heading(inside)
            if self.section(inside[0]) != self.section(inside[-1]):
                continue  # a list in one paragraph: each item has its own topic
            is_named = False
            told: Filled | None = None  # whom a sentence that ends in a semicolon is about
            for scene in inside:
                subjects[scene.sentence.index] = told or current
                told = (self._opening(scene) or told) if scene.skeleton.text.rstrip().endswith(";") else None
                is_named = is_named or (topic is not None and self._tells_of(scene, topic.org.name))
                current = topic if is_named else self._opening(scene) or current
        return subjects

    def _tells_of(self, scene: Scene, name: str) -> bool:
        """Does the sentence say something of `name`, beyond setting another company against it (与云岭微不同)?"""
        skeleton = scene.skeleton
        return any(
            skeleton.is_latin or not self._is_oblique(skeleton.lower, index)
            for index, mention in skeleton.of_kind("org")
            if mention.value.name == name and scene.may_be_company(index)
        )

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
        if self.lexis.other_parties.search(skeleton.lower, start, index) or self.lexis.unnamed.search(skeleton.lower, start, index):
            return None
        pointed = self._pronouns.pointed_at(scene, start, index) or self._pronouns.named_last(scene, start, index)
        if pointed is not None:
            return pointed
        found = self._nearest(scene, start, index)
        if found is not None:
            return found if isinstance(found, Filled) else self._pronouns.told(scene, index)
        while start > 0:
            stop = start - 1
            start, _ = skeleton.clause(max(stop - 1, 0))
            if start >= stop:
                start = max(stop - 1, 0)
            found = self._subject_of_clause(scene, start, stop)
            if found is not None:
                return found if isinstance(found, Filled) else self._pronouns.told(scene, index)
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

    def topic_of(self, scene: Scene) -> Filled | None:
        """Whom the passage is about just before this sentence."""
        return self._paragraph_subject.get(scene.sentence.index) or self.topics[self.section(scene)]

    def is_candidate(self, scene: Scene, index: int) -> bool:
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
        if self.lexis.agents.match(text, max((text.rfind(char, 0, index) for char in CLAUSE_ENDS), default=-1) + 1):
            return True  # 由鸿海旗下鸿扬创投领投
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
            if mention is not None and mention.kind == "org" and self.is_candidate(scene, i):
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
        first = next(((i, m) for i, m in skeleton.of_kind("org", start, end) if self.is_candidate(scene, i)), None)
        pronoun = self._pronoun(skeleton.lower, start, end, first[0] if first else end)
        if first is not None and (
            pronoun is None
            or pronoun.start() > first[0]
            or skeleton.text[first[0] - 1 : first[0]] in self.lexis.particles
            or scene.roles.get(first[0]) == "company"  # 其竞争对手岚峤科技于5月2日上市
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
            if self.is_candidate(scene, i):
                return Filled(mention.value, mention.span, False, "behind")
        return None

    def _anywhere(self, scene: Scene, index: int) -> Filled | None:
        near = sorted(
            ((abs(i - index), i, m) for i, m in scene.skeleton.of_kind("org") if self.is_candidate(scene, i)), key=lambda t: t[:2]
        )
        return Filled(near[0][2].value, near[0][2].span, False, "only") if near else None


def _heading(inside: list[Scene]) -> Filled | None:
    """The company whose name is all that a paragraph consists of, a code in brackets behind it or not."""
    scene = inside[0]
    if len(inside) > 1 or not _HEADING.fullmatch(scene.skeleton.text):
        return None
    index, mention = scene.skeleton.of_kind("org")[0]
    return Filled(mention.value, mention.span, True, "opening") if scene.may_be_company(index) else None


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
            if index <= 3 and scene is scenes[0] and _CODE_BEHIND.match(skeleton.text, index + 1):
                scores[name] += 6.0  # a listed company that opens the news with its code
            if index <= 3 and first and ITEM.match(skeleton.text) and len(skeleton.text) > index + 1:
                scores[name] += 4.0  # the name an item opens with
            scores[name] += 1.0 + (2.0 if first else 0.0) + (1.0 if opens else 0.0) + (3.0 if index in bound else 0.0)
            if mention.value.is_weak:
                scores[name] -= 0.5
    if not scores:
        return None
    best = max(scores, key=lambda name: (scores[name], -seen[name].span.start))
    return Filled(seen[best].value, seen[best].span, True, "topic")
