"""Lint of words: exceptions and vetoes that can never act, words that stand twice, cue words no example uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chipfacts.extract.mention import find_values
from chipfacts.review.lint import Finding, Node
from chipfacts.review.rules import Trial
from chipfacts.rulebook.book import Cue
from chipfacts.rulebook.pattern import elements_of
from chipfacts.rulebook.source import Place, Text
from chipfacts.text.fold import fold

_SIDES = {"both": {"before", "after"}}


def word_findings(nodes: Sequence[Node], trial: Trial) -> Iterator[Finding]:
    """Findings about the words of cues and of vetoes."""
    for node in nodes:
        if node.kind == "cues":
            yield from _of_cue(node)
        else:
            yield from _of_vetoes(node)
    yield from _shadowed_words(nodes, trial)
    yield from _unused_words(nodes, trial)


def _key(word: str) -> str:
    return fold(str(word)).lower()


def _of_cue(node: Node) -> Iterator[Finding]:
    words, exceptions = list(node.body["words"]), list(node.body.get("except") or ())
    for listed in (words, exceptions):
        yield from _twice(node, listed)
    keys = {_key(word) for word in words}
    for word in exceptions:
        if _key(word) in keys:
            yield Finding(word.place, node.id, "dead word", f"{str(word)!r} is a word and its own exception", "take it out of one of them")
        elif not any(key in _key(word) for key in keys):
            says = f"the exception {str(word)!r} holds none of the cue's words, so it never does anything"
            yield Finding(word.place, node.id, "dead veto", says, "take it out, or add the word it guards against")


def _twice(node: Node, words: Sequence[Text]) -> Iterator[Finding]:
    seen: set[str] = set()
    for word in words:
        if _key(word) in seen:
            yield Finding(word.place, node.id, "duplicate", f"{str(word)!r} stands twice in this list", "take one out")
        seen.add(_key(word))


def _of_vetoes(node: Node) -> Iterator[Finding]:
    skipped = {str(skip.get("by", "")) for skip in node.body.get("skips") or ()}
    for name, sides in (node.body.get("unless") or {}).items():
        place = node.body["unless"].place_of(name)
        if name not in skipped:
            yield Finding(place, node.id, "dead veto", f"no skip shows that {name!r} forbids anything", "add a skip, or take it out")
        for side, text in sides.items():
            words = [_key(word) for word in str(text).split("|")]
            yield from (Finding(text.place, node.id, w, s, m) for w, s, m in _of_side(node, name, side, words))


def _of_side(node: Node, name: str, side: str, words: list[str]) -> Iterator[tuple[str, str, str]]:
    for number, word in enumerate(words):
        what = f"{word!r} of the veto {name!r} ({side})"
        if word in words[:number]:
            yield "duplicate", f"{what} stands twice", "take one out"
            continue
        shorter = next((other for other in words if other != word and other in word), None)
        if shorter is not None:
            yield "dead veto", f"{what} holds {shorter!r}, which forbids the same already", "take the longer one out"
        elif any(len(word) == m.span.end - m.span.start for m in find_values(word, [])):
            yield "dead veto", f"{what} is a mention (a sum, a round, a node …), which patterns see as one character", "take it out"
        elif side == "inside" and not _may_hold(node, word):
            yield "dead veto", f"{what} cannot stand in any match: the patterns have no gap and not these characters", "take it out"


def _may_hold(node: Node, word: str) -> bool:
    """False where no pattern can match a text with this word: none has room for other text, none has these characters."""
    body = node.body
    for source in [body["pattern"]] if "pattern" in body else body.get("patterns") or ():
        elements = elements_of(_key(source))
        if any("…" in e.source or ":+" in e.source for e in elements) or set(word) <= set(_key(source)):
            return True
    return False


def _shadowed_words(nodes: Sequence[Node], trial: Trial) -> Iterator[Finding]:
    """A word of a cue that another cue has as well, offering the same at least as strongly wherever this one does."""
    cues = {cue.id: cue for cue in trial.rulebook.cues}
    for node in nodes:
        own = cues.get(node.id)
        if own is None or node.kind != "cues":
            continue
        for word in node.body["words"]:
            for other in cues.values():
                if other.id != own.id and _key(word) in other.words and _covers(other, own):
                    says = f"{str(word)!r} is a word of {other.id} as well, which offers the same at least as strongly"
                    yield Finding(word.place, node.id, "shadowed", says, "take it out here")


def _covers(other: Cue, own: Cue) -> bool:
    if other.offers != own.offers or not set(other.exceptions) <= set(own.exceptions):
        return False
    if not _SIDES.get(own.side, {own.side}) <= _SIDES.get(other.side, {other.side}):
        return False
    is_as_strong = other.weight >= own.weight and other.reach >= own.reach and other.decay <= own.decay
    is_same = (other.weight, other.reach, other.decay, other.side) == (own.weight, own.reach, own.decay, own.side)
    return is_as_strong and (not is_same or other.id < own.id)  # of two that say the same, one is shadowed


def _unused_words(nodes: Sequence[Node], trial: Trial) -> Iterator[Finding]:
    """Notes on the cue words that no example of their cue holds: many, for a cue lists synonyms and proves one."""
    texts = {owner.id: [_key(e.text) for e in (*owner.finds, *owner.skips)] for owner in trial.owners if owner.kind == "cues"}
    for node in nodes:
        if node.kind == "cues":
            for word in node.body["words"]:
                if not any(_key(word) in text for text in texts[node.id]):
                    says = f"no example uses the word {str(word)!r}"
                    yield Finding(_place(word, node), node.id, "unused", says, "an example would prove it", is_note=True)


def _place(word: object, node: Node) -> Place:
    return word.place if isinstance(word, Text) else node.body.place
