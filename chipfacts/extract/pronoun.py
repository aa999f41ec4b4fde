"""Whom a pronoun means: 前者 and 后者, 这家公司, 公司 and 它, the company, the startup, it and its."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.org import Filled
from chipfacts.extract.scene import Scene

if TYPE_CHECKING:
    from chipfacts.extract.topic import Topics


class Pronouns:
    """Answers for the sentences of one document; `topics` knows whom each of them is about."""

    def __init__(self, topics: Topics, lexis: Lexis) -> None:
        self._topics = topics
        self._lexis = lexis

    def pointed_at(self, scene: Scene, start: int, index: int) -> Filled | None:
        """前者 and 后者: the first and the second of the two organisations listed last before this clause."""
        clause = scene.skeleton.lower[start:index]
        number = 0 if clause.lstrip().startswith(self._lexis.former) else 1 if clause.lstrip().startswith(self._lexis.latter) else -1
        if number < 0:
            return None
        where = self._topics.scenes.index(scene)
        for other, stop in ((scene, start), *((s, len(s.skeleton.text)) for s in reversed(self._topics.scenes[max(where - 2, 0) : where]))):
            listed = [(i, m) for i, m in other.skeleton.of_kind("org", 0, stop) if other.may_be_company(i)]
            if len(listed) >= 2:
                mention = listed[number][1]
                return Filled(mention.value, mention.span, True, "pointer")
        return None

    def named_last(self, scene: Scene, start: int, index: int) -> Filled | None:
        """这家公司, 后者 in the clause: the organisation of an earlier clause of the sentence that was named last and may be meant."""
        skeleton = scene.skeleton
        pronoun = self._lexis.near_pronouns.search(skeleton.lower, start, index)
        if pronoun is None or any(scene.may_be_company(i) for i, _ in skeleton.of_kind("org", pronoun.end(), index)):
            return None
        before = [(i, m) for i, m in skeleton.of_kind("org", 0, start) if self._topics.is_candidate(scene, i)]
        return Filled(before[-1][1].value, before[-1][1].span, True, "pronoun") if before else None

    def told(self, scene: Scene, index: int) -> Filled | None:
        """Whom 公司 and the company stand for; an English one, 它 and 其 stand for the subject of their sentence, where it has one."""
        words = list(self._lexis.pronouns.finditer(scene.skeleton.lower, 0, index))
        called = self._called(words[-1].group()) if words else None
        if called is not None:
            return called
        is_own = bool(words) and (words[-1].group().isascii() or self._is_subject_pronoun(scene.skeleton.lower, words[-1]))
        own = self._own_subject(scene, words[-1].start()) if is_own else None
        topic = self._topics.topic_of(scene)
        if own is None and words and topic is not None and all(m.value.name != topic.org.name for _, m in scene.skeleton.of_kind("org")):
            own = self._raiser(scene, words[-1].start())  # of a sentence that does not name the topic
        if own is not None:
            return own
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
        for scene in self._topics.scenes:
            for index, mention in scene.skeleton.of_kind("org"):
                noun = self._lexis.telling_noun.search(scene.skeleton.lower, max(index - 24, 0), index)
                if noun is not None and scene.may_be_company(index):
                    found[noun.group(1)].setdefault(mention.value.name, Filled(mention.value, mention.span, True, "pronoun"))
        return found

    def _is_subject_pronoun(self, lower: str, word: re.Match[str]) -> bool:
        """它 and 其 that are no object: not 向其投资, 给了它."""
        return word.group() in self._lexis.own_pronouns and lower[: word.start()][-1:] not in self._lexis.before_objects

    def _own_subject(self, scene: Scene, end: int) -> Filled | None:
        """The first organisation in front of `end` that can be a subject: Lyndra in "Lyndra said the company …"; before it the one that
        a rule says the sentence tells of: Lyndra in "Orrin discusses an investment in Lyndra as part of a round …"."""
        skeleton = scene.skeleton
        raiser = self._raiser(scene, end) if skeleton.is_latin else None
        if raiser is not None:
            return raiser
        for index, mention in skeleton.of_kind("org", 0, end):
            start, stop = skeleton.clause(index)
            if self._lexis.asides.match(skeleton.lower, start, stop):
                continue  # who previously worked for Orrin and Lyndra, the startup …
            if self._topics.is_candidate(scene, index) and not self._lexis.dealings.match(skeleton.lower, index + 1):
                return Filled(mention.value, mention.span, False, "pronoun")
        return None

    def _raiser(self, scene: Scene, end: int) -> Filled | None:
        """The one organisation in front of `end` that a rule says the sentence tells of: Ledgar in Ledgar完成C轮融资,…,公司估值…."""
        told = {m.value.name: m for i, m in scene.skeleton.of_kind("org", 0, end) if scene.roles.get(i) == "company"}
        mention = next(iter(told.values())) if len(told) == 1 else None
        return Filled(mention.value, mention.span, False, "pronoun") if mention else None
