"""One sentence, looked at once: its skeleton, the cue words in it, the patterns that match, and the role each organisation plays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention, Skeleton
from chipfacts.rulebook import CueHit, Rule, Rulebook
from chipfacts.rulebook.book import Trigger
from chipfacts.rulebook.pattern import ORG_ROLES
from chipfacts.text.split import Sentence

# Roles in which an organisation is not whom the sentence's facts are about.
BYSTANDERS = ORG_ROLES - {"company", "subsidiary", "acquirer"}
# Listed organisations that never are: brokers, media, exchanges and funds.
_NEVER_SUBJECT = frozenset({"broker", "media", "exchange", "investor"})
_REPORTERS = frozenset({"media", "exchange"})


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """A rule's pattern at a place of a skeleton; `bindings` are the indices each placeholder stands for."""

    rule: Rule
    start: int
    end: int
    bindings: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Veto:
    """A veto that forbids a match: its name in the rule, the side its words stand on, the word that did it and where that stands."""

    name: str
    side: str
    word: str
    start: int


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """A match that gives the organisation at `index` a role; the heaviest claim wins, the earlier one at equal weight."""

    index: int
    role: str
    match: RuleMatch


@dataclass(frozen=True)
class Scene:
    """A sentence with all that was seen in it, each thing looked for when first asked: most sentences name nothing and are never asked."""

    sentence: Sentence
    skeleton: Skeleton
    book: Rulebook

    @cached_property
    def _triggers(self) -> list[Trigger]:
        return self.book.triggers(self.skeleton.lower)

    @cached_property
    def cues(self) -> list[CueHit]:
        """The cue words, in order."""
        return self.book.cues_in(self.skeleton.lower, self._triggers)

    @cached_property
    def matches(self) -> tuple[RuleMatch, ...]:
        """The patterns that match, in order."""
        if not self.skeleton.mentions and not self.book.may_match_bare(self.skeleton.lower):
            return ()
        return tuple(_matches(self.skeleton, self.book.patterns_in(self.skeleton.lower, self._triggers), self.book))

    @cached_property
    def roles(self) -> Mapping[int, str]:
        """The role of the organisation at each index of the skeleton."""
        return _roles(self.skeleton, self.matches)

    def claims(self, index: int) -> list[RoleClaim]:
        """Every role that patterns give the organisation at `index`, the winner first."""
        return sorted((c for c in _claims(self.skeleton, self.matches) if c.index == index), key=lambda c: -c.match.rule.weight)

    def vetoed(self) -> list[tuple[RuleMatch, Veto]]:
        """The patterns that fit and are forbidden, each with the first veto that does it."""
        rules = self.book.patterns_in(self.skeleton.lower, self._triggers)
        return [(_bound(rule, self.skeleton, found), veto) for rule, found, veto in _attempts(self.skeleton, rules, self.book) if veto]

    def excepted(self) -> list[tuple[CueHit, tuple[int, int]]]:
        """The cue words that do not count, for a longer word at [start, end) means something else."""
        return self.book.cues_excepted(self.skeleton.lower, self._triggers)

    def near_patterns(self) -> list[tuple[int, int]]:
        """The (rule, pattern) numbers of which a fixed text stands here, whether or not their mentions do."""
        return self.book.patterns_near(self.skeleton.lower, self._triggers)

    def may_be_company(self, index: int) -> bool:
        """True where the organisation at `index` can be the one a fact is about."""
        org = self.skeleton.mentions[index].value
        role = self.roles.get(index)
        if role == "company":
            return True
        if self.skeleton.lower.startswith(self.book.tuple_of("en_origin_nouns"), index + 1):
            return False  # a Philips spinout
        if role in BYSTANDERS or (org.roles and org.roles <= _NEVER_SUBJECT) or org.is_fund:
            return False
        return org.entry is not None or not self._is_fund(org.name)

    def _is_fund(self, name: str) -> bool:
        """True for a name that only funds have; a property trust raises money like a company."""
        lowered = name.lower()
        return lowered.endswith(self.book.tuple_of("fund_suffix")) and not lowered.endswith(self.book.tuple_of("trust_suffix"))

    def hits(self, offers: str) -> list[CueHit]:
        """The cue words that offer one thing."""
        return [hit for hit in self.cues if hit.cue.offers == offers]


def _matches(skeleton: Skeleton, rules: list[tuple[int, int]], rulebook: Rulebook) -> list[RuleMatch]:
    """Run patterns over one skeleton."""
    found = (_bound(rule, skeleton, place) for rule, place, veto in _attempts(skeleton, rules, rulebook) if veto is None)
    matches = [match for match in found if not any(_only_reports(skeleton, i) for i in match.bindings.get("company", ()))]
    matches.sort(key=lambda m: (m.start, -m.rule.weight, m.rule.id))
    return matches


def _attempts(
    skeleton: Skeleton, rules: list[tuple[int, int]], rulebook: Rulebook
) -> Iterator[tuple[Rule, re.Match[str], Veto | None]]:
    """Wherever a pattern fits, with the veto that forbids it there, if any."""
    for number, pattern in rules:
        rule = rulebook.rule(number, pattern)
        at = 0
        while (found := rule.regex.search(skeleton.lower, at)) is not None:
            found = _nearest(rule, skeleton.lower, found)
            at = _next_start(rule, found)
            if not _ends_inside_a_word(skeleton.lower, found.end(), rulebook):
                yield rule, found, veto_of(rule, skeleton, found.start(), found.end())


def _nearest(rule: Rule, text: str, found: re.Match[str]) -> re.Match[str]:
    """控股公司O:子公司O获得…: of the companies that could open a match, the one nearest to what follows."""
    if rule.roles[:1] != ("company",) or found.start("company") > found.start() + 1:
        return found
    while (later := rule.regex.search(text, found.start() + 1, found.end())) is not None and later.end() == found.end():
        found = later
    return found


def _bound(rule: Rule, skeleton: Skeleton, found: re.Match[str]) -> RuleMatch:
    bindings = {}
    for role in rule.roles:
        low, high = found.span(role)
        if low >= 0:
            members = [i for i in range(low, high) if i in skeleton.mentions and not _is_noted(skeleton.text, low, i)]
            bindings[role] = _listed(skeleton.text, members)
    return RuleMatch(rule, found.start(), found.end(), bindings)


def _is_noted(text: str, low: int, index: int) -> bool:
    """True inside the brackets behind a member of a list: 溪石资本(原岚峤资本)."""
    return text.rfind("(", low, index) > text.rfind(")", low, index)


def _listed(text: str, indices: list[int]) -> tuple[int, ...]:
    """The members of a list; an English one ends with what stands behind its "and": led by A and B, C is …"""
    for at in range(2, len(indices)):
        if text[indices[at - 2] + 1 : indices[at - 1]].strip(" ,") == "and" and text[indices[at - 1] + 1 : indices[at]] == ", ":
            return tuple(indices[:at])
    return tuple(indices)


def _ends_inside_a_word(text: str, end: int, rulebook: Rulebook) -> bool:
    """引入战略投资者 is no 战略投资: the match would end inside one of the longer words that hold a predicate and mean something else."""
    return any(
        text.startswith(word, end - size) for word in rulebook.tuple_of("no_predicates") for size in range(2, len(word)) if size <= end
    )


def _only_reports(skeleton: Skeleton, index: int) -> bool:
    """True for a medium or an exchange: 《彭博》:台积电将发行… is no issue of Bloomberg's, whatever the pattern says."""
    roles = skeleton.mentions[index].value.roles
    return bool(roles) and roles <= _REPORTERS


def _next_start(rule: Rule, found: re.Match[str]) -> int:
    """Where to look on: behind the last organisation bound where a list was, for a gap may have swallowed the next list's head."""
    if rule.family == "joins":
        bound = max((found.end(role) for role in rule.roles), default=-1)
        if bound > found.start():
            return bound
    return found.start() + 1 if found.end() == found.start() else max(found.start() + 1, found.end() - 1)


def veto_of(rule: Rule, skeleton: Skeleton, start: int, end: int) -> Veto | None:
    """The first veto whose words stand in front of the match (same clause), behind it (same clause) or inside it; None where none does."""
    for name, veto in rule.unless.items():
        for side, words in veto.items():
            low = start
            if side == "before":
                while low > 0 and skeleton.text[low - 1] not in CLAUSE_ENDS and start - low < 20:
                    low -= 1
                zone = skeleton.lower[low:start]
            elif side == "after":
                high = end
                while high < len(skeleton.text) and skeleton.text[high] not in "。;!?\n" and high - end < 20:
                    high += 1
                low, zone = end, skeleton.lower[end:high]
            else:
                zone = skeleton.lower[start:end]
            for word in words:
                if word in zone:
                    return Veto(name, side, word, low + zone.index(word))
    return None


def _roles(skeleton: Skeleton, matches: Sequence[RuleMatch]) -> dict[int, str]:
    """Each organisation's role: of the heaviest match that binds it, the earlier one at equal weight."""
    best: dict[int, RoleClaim] = {}
    for claim in _claims(skeleton, matches):
        if claim.index not in best or claim.match.rule.weight > best[claim.index].match.rule.weight:
            best[claim.index] = claim
    return {index: claim.role for index, claim in best.items()}


def _claims(skeleton: Skeleton, matches: Sequence[RuleMatch]) -> Iterator[RoleClaim]:
    for match in matches:
        for role, indices in match.bindings.items():
            if role not in ORG_ROLES:
                continue
            for index in indices:
                if skeleton.mentions[index].kind == "org":
                    yield RoleClaim(index, match.rule.sets.get(role, role), match)


def distance(text: str, comma: float = 7.0) -> float:
    """How far apart two things are with `text` between them: Chinese characters, Latin letters at a third; punctuation weighs more."""
    far = 0.0
    for char in text:
        if char == ",":
            far += comma
        elif char in "。;!?\n":
            far += 60.0
        elif char in "/|":
            far += comma
        elif char in ":、":
            far += 3.0
        elif char == "\ue001":
            far += comma + 2.0
        elif char in "()“”":
            far += 1.0
        elif char < "\u2e80":
            far += 0.3
        else:
            far += 1.0
    return far


__all__ = ["BYSTANDERS", "CueHit", "Mention", "RuleMatch", "Scene", "distance"]
