"""Lint of patterns: those that cannot match, stand twice, never decide, or try too many ways; alternatives no example uses.

Each pattern is tried on texts made of itself (rulebook.pattern.texts_of), by the scene that tries it on articles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from chipfacts.extract.mention import find_values
from chipfacts.extract.org import Org
from chipfacts.extract.scene import RuleMatch, Scene
from chipfacts.extract.skeleton import Mention, Skeleton
from chipfacts.model import Span
from chipfacts.review.lint import Finding, Node
from chipfacts.review.rules import Trial
from chipfacts.rulebook.book import Rule, Rulebook
from chipfacts.rulebook.example import Owner
from chipfacts.rulebook.pattern import CHAR_KINDS, GAP, ORG_ROLES, WIDE_GAP, elements_of, options_of, texts_of
from chipfacts.rulebook.source import Text
from chipfacts.text.fold import fold
from chipfacts.text.split import Sentence

_MOST_WAYS = 1000  # in which gaps that meet may share the characters between two parts
_TEXTS = 60  # of one pattern are tried: its alternatives one by one


def pattern_findings(nodes: Sequence[Node], trial: Trial) -> Iterator[Finding]:
    """Findings about the patterns of rules."""
    rules = [node for node in nodes if node.kind != "cues"]
    yield from _duplicates(rules)
    for node in rules:
        for number, pattern in enumerate(_patterns(node)):
            yield from _ways(node, pattern)
            yield from _dead_or_shadowed(node, number, pattern, trial.rulebook)
    yield from _unused(trial, {node.id for node in rules})


def _patterns(node: Node) -> list[Text]:
    return [node.body["pattern"]] if "pattern" in node.body else list(node.body["patterns"])


def _source(pattern: Text) -> str:
    return fold(str(pattern)).lower()


def _duplicates(rules: Sequence[Node]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], tuple[str, Text]] = {}
    for node in rules:
        for pattern in _patterns(node):
            first = seen.setdefault((node.kind, _source(pattern)), (node.id, pattern))
            if first[1] is not pattern:
                says = f"the pattern {str(pattern)!r} also stands in {first[0]} ({first[1].place.file}:{first[1].place.line})"
                yield Finding(pattern.place, node.id, "duplicate", says, "take one out")
            for option in _twice(_source(pattern)):
                yield Finding(pattern.place, node.id, "duplicate", f"the alternative {option!r} stands twice in a group", "take one out")


def _twice(source: str) -> Iterator[str]:
    """Alternatives that a group of the pattern has twice."""
    _, options = options_of(source)
    groups: dict[int, list[str]] = defaultdict(list)
    for begin, end in sorted(options.values()):
        opened = begin - 1
        while source[opened] == "|":  # the group's first alternative begins behind its bracket
            opened = next(b for b, e in options.values() if e == opened) - 1
        groups[opened].append(source[begin:end])
    for listed in groups.values():
        yield from sorted({option for option in listed if listed.count(option) > 1})


def _ways(node: Node, pattern: Text) -> Iterator[Finding]:
    """Gaps that meet (only optional parts between them) share the same characters in ever more ways."""
    ways = 1
    gaps = 0
    for element in elements_of(_source(pattern)):
        if element.what == "gap":
            gaps += 1
            ways *= (WIDE_GAP if "……" in element.source else GAP) + 1
        elif not element.is_optional:
            gaps, ways = 0, 1
        if gaps > 1 and (element.what == "gap") and ways > _MOST_WAYS:
            says = f"{gaps} gaps meet in {str(pattern)!r}: {ways} ways to try at every place, and more with every gap"
            yield Finding(pattern.place, node.id, "super-linear", says, "leave out what is optional between them and keep one gap")
            return


def _dead_or_shadowed(node: Node, number: int, pattern: Text, book: Rulebook) -> Iterator[Finding]:
    source = _source(pattern)
    texts = texts_of(source)[:_TEXTS]
    plain = [text for text in texts if not _hides(text)]
    scenes = [_scene(text, book) for text in plain]
    own = [next((m for m in scene.matches if _is(m.rule, node, source, book)), None) for scene in scenes]
    if not plain:
        says = f"a part of {str(pattern)!r} is always read as a mention (a sum, round, node …), so its text is never there"
        yield Finding(pattern.place, node.id, "cannot match", says, "write the placeholder: {money}, {round}, {node}, {date}")
    elif not any(own):
        vetoes = {veto.name for scene in scenes for match, veto in scene.vetoed() if _is(match.rule, node, source, book)}
        why = f"the veto {sorted(vetoes)[0]!r} forbids whatever it matches" if vetoes else "no text made of its own parts fits it"
        mend = "take that word out of the veto" if vetoes else "^ must open a clause, $ must close one, and a Latin word begins no other"
        yield Finding(pattern.place, node.id, "cannot match", f"{str(pattern)!r}: {why}", mend)
    else:
        found = [(scene, match) for scene, match in zip(scenes, own, strict=True) if match is not None]
        other = _shadow(found)
        if other is not None:
            place = book.places[other.id]
            says = f"wherever {str(pattern)!r} fits, {other.id} ({place}) fits as well, weighs more and says as much"
            yield Finding(pattern.place, node.id, "shadowed", says, "take it out, or give the rule more weight")


def _is(rule: Rule, node: Node, source: str, book: Rulebook) -> bool:
    return rule.id == node.id and book.source(rule.regex.pattern, rule.id) == source


def _hides(text: str) -> bool:
    """True where a part of the text would be a mention of its own, one character of a skeleton."""
    return any(len(text[m.span.start : m.span.end]) > 1 for m in find_values(text, []))


def _scene(text: str, book: Rulebook) -> Scene:
    """A sentence whose skeleton is `text`."""
    found = {i: Mention(CHAR_KINDS[char], Span(i, i + 1), Org("?")) for i, char in enumerate(text) if char in CHAR_KINDS}
    kinds: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for index, mention in found.items():
        kinds[mention.kind].append((index, mention))
    span = Span(0, len(text))
    return Scene(Sentence(0, span, 0), Skeleton(span, text, text, range(len(text)), found, {i: i for i in found}, dict(kinds)), book)


def _shadow(found: list[tuple[Scene, RuleMatch]]) -> Rule | None:
    """The rule that outweighs this one wherever it fits, if there is one: only what gives a sum its measure can be judged so."""
    rule = found[0][1].rule
    if "measure" not in rule.sets or rule.sets.get("effect") or rule.sets.get("event"):
        return None
    shared: dict[str, Rule] | None = None
    for scene, match in found:
        heavier = {other.rule.id: other.rule for other in scene.matches if _outdoes(other, match)}
        shared = heavier if shared is None else {id: rule for id, rule in shared.items() if id in heavier}
        if not shared:
            return None
    return next(iter(shared.values())) if shared else None


def _outdoes(other: RuleMatch, match: RuleMatch) -> bool:
    if other.rule.id == match.rule.id or other.rule.weight <= match.rule.weight or "measure" not in other.rule.sets:
        return False
    if match.rule.sets.keys() - other.rule.sets.keys() or not _forbids_less(other.rule, match.rule):
        return False
    roles = {role: places for role, places in match.bindings.items() if places and (role in ORG_ROLES or role == "money")}
    return all(set(places) <= set(other.bindings.get(role, ())) for role, places in roles.items())


def _forbids_less(other: Rule, rule: Rule) -> bool:
    """True where whatever forbids the other one forbids this one, too."""
    own = {(side, word) for veto in rule.unless.values() for side, words in veto.items() for word in words}
    return all((side, word) in own for veto in other.unless.values() for side, words in veto.items() for word in words)


def _unused(trial: Trial, ids: set[str]) -> Iterator[Finding]:
    """Patterns that no example of their rule matches; notes on the alternatives that none takes."""
    for owner in trial.owners:
        if owner.kind == "cues" or owner.id not in ids:
            continue
        skeletons = [scene.skeleton.lower for example in (*owner.finds, *owner.skips) for scene in trial.scenes(example)]
        for pattern in owner.patterns:
            yield from _unused_in(owner, pattern, skeletons)


def _unused_in(owner: Owner, pattern: Text, skeletons: list[str]) -> Iterator[Finding]:
    source = _source(pattern)
    regex, options = options_of(source)
    compiled = re.compile(regex)
    used: set[str] = set()
    is_used = False
    for skeleton in skeletons:
        for match in compiled.finditer(skeleton):
            is_used = True
            used |= {name for name in options if match.group(name) is not None}
    if not is_used:
        says = f"no example of its own matches {str(pattern)!r}"
        yield Finding(pattern.place, owner.id, "unused", says, "add one to finds, or take the pattern out")
        return
    for name, (begin, end) in sorted(options.items(), key=lambda item: item[1]):
        if name not in used:
            says = f"no example takes the alternative {source[begin:end]!r} of {str(pattern)!r}"
            yield Finding(pattern.place, owner.id, "unused", says, "an example would prove it", is_note=True)
