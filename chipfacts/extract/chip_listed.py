"""Chips of the gazetteer in a text: which may be believed, whose a shared name is, and under which name each is shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from chipfacts.extract.chip_words import ChipWords
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Span
from chipfacts.rulebook import Entry, NameHit
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.lexicon import uncovered

# Words behind a name that make it another chip (A17|Pro), and numbers behind a series (骁龙|8 Gen 3).
VARIANT = r" ?(?:Pro|Max|Ultra|Lite|Plus|Mini|Nano|Ti|Super|SE|Elite|Turbo|Edge(?! AI)|NX|AGX|Gen ?\d)(?![A-Za-z])"
_SERIES_NUMBER = re.compile(
    r"[ -]?[A-Z]{0,3}\d{1,5}[A-Za-z]{0,3}(?: \d{3}[A-Z]{0,3}(?![A-Za-z0-9]))?(?:\s?Gen\s?\d)?"
    rf"(?:{VARIANT})?" r"\+?(?![A-Za-z0-9.%])"
)
_LISTED_VARIANT = re.compile(VARIANT + r"|(?<=[a-z])-X(?![A-Za-z0-9])|(?<=[a-z]) \d(?![\dA-Za-z.%,])")  # 骁龙8 Elite| 2
_SHORT_CODE = re.compile(r"[A-Z]\d{1,2}")  # M3: anybody's, where its listed maker is named nowhere
_OWN_CODE = re.compile(r"[A-Z]{1,3}-?(?:\d{3,5}[A-Za-z]{0,2}|\d{1,2}[A-Z]{1,2})")
_SIBLING = re.compile(r"[A-Z]{2,3}\d{1,2}")
_LONG_CODE = re.compile(r"[A-Za-z]-?\d{3}")
_SENTENCE_END = re.compile(r"[。;!?\n]")
_SEVERAL = 3  # codes of one maker in a sentence that speak for each other
_CODE_REACH, _WORD_REACH = 120, 40  # how far in front the maker of a weak name may stand in its sentence


def believed_chips(view: str, listed: Sequence[Mention], doubtful: set[Span], words: ChipWords) -> list[Mention]:
    """The gazetteers' chips that stand for themselves; `listed` holds organisations too, `doubtful` spans that are nodes."""
    orgs = [m for m in listed if m.kind == "org"]
    candidates = [m for m in listed if m.kind == "chip" and m.span not in doubtful]
    chips = [m for m in candidates if _is_believed(view, m, orgs, words)]
    named = {o.value.name for o in orgs}
    chips += [m for m in candidates if m not in chips and _is_one_of_several(view, m, candidates, named)]
    chips += [m for m in candidates if m not in chips and _is_kin(view, m, chips, orgs, words)]
    chips.sort(key=lambda m: m.span.start)
    return _as_printed(view, [_with_number(view, _resolved(m, orgs), words) for m in chips])


def is_foundry_talk(view: str, span: Span, orgs: Sequence[Mention]) -> bool:
    """A14, A16: a node where a manufacturer stands near and no other firm right in front (苹果|A16)."""
    near = [
        o
        for o in orgs
        if abs(o.span.start - span.start) < _WORD_REACH and "\n" not in view[min(o.span.start, span.start) : max(o.span.start, span.start)]
    ]
    owned = any(0 <= span.start - o.span.end <= 2 and "foundry" not in o.value.roles for o in near)
    return not owned and any("foundry" in o.value.roles for o in near)


def _is_believed(view: str, mention: Mention, orgs: Sequence[Mention], words: ChipWords) -> bool:
    """A weak listed name needs its maker in the sentence or a product noun beside it."""
    hit: NameHit = mention.value
    start, end = mention.span
    if words.is_architecture(view, end) or words.goes_on_as_firm(view, end):
        return False
    if not hit.is_weak:
        return not view[start:end].isdigit()
    if words.is_other_thing(view, start, end) or (view[start].isascii() and _has_brand(view, view[start:end], orgs, words)):
        return False
    makers = {entry.maker for entry in hit.entries}
    if words.has_noun_before(view, start) or words.has_noun_behind(view, end):
        is_part = _OWN_CODE.fullmatch(view, start, end) is not None and all(entry.name != view[start:end] for entry in hit.entries)
        is_anybodys = is_part or _SHORT_CODE.fullmatch(view, start, end) is not None  # X9; A2000 of 华山A2000
        return not is_anybodys or any(o.value.name in makers for o in orgs) or (not orgs and not is_part)
    reach = _CODE_REACH if _LONG_CODE.search(view, start, end) else _WORD_REACH
    return any(
        o.value.name in makers and 0 <= start - o.span.end < reach and not _SENTENCE_END.search(view, o.span.end, start) for o in orgs
    )


def _is_one_of_several(view: str, mention: Mention, candidates: Sequence[Mention], named: set[str]) -> bool:
    """处理器——智能座舱X9、自动驾驶V9、中央网关G9: codes of one maker, which the text names, three or more in a sentence."""
    hit: NameHit = mention.value
    makers = {entry.maker for entry in hit.entries} & named
    if not makers or not view[mention.span.start].isascii():
        return False
    near = {
        other.value.entries[0].name
        for other in candidates
        if makers & {entry.maker for entry in other.value.entries} and not _SENTENCE_END.search(view, *_between(mention, other))
    }
    return len(near) >= _SEVERAL


def _between(one: Mention, other: Mention) -> tuple[int, int]:
    first, second = sorted((one.span, other.span))
    return min(first.end, second.start), second.start


def _is_kin(view: str, mention: Mention, believed: Sequence[Mention], orgs: Sequence[Mention], words: ChipWords) -> bool:
    """A weak name whose chip is told in full or for sure elsewhere (华山A2000 …, A2000), or a code beside other chips of its maker
    (昆仑芯M100 …, M300)."""
    hit: NameHit = mention.value
    start, end = mention.span
    if not hit.is_weak or not view[start].isascii() or words.is_other_thing(view, start, end) or words.is_architecture(view, end):
        return False
    own = {e.name for e in hit.entries if squeeze(e.name).endswith(squeeze(view[start:end]))}
    if any(own & {e.name for e in m.value.entries} for m in believed if not m.value.is_weak):
        return True
    entries = {e.name for e in hit.entries}
    if view[start].isupper() and any(
        view[slice(*m.span)] == view[start:end] and entries & {e.name for e in m.value.entries} for m in believed
    ):
        return True  # an ASIC called Tendon …, Tendon is built on …
    kin = [m for m in believed if {e.maker for e in hit.entries} & {e.maker for e in m.value.entries}]
    if not kin or _has_brand(view, view[start:end], orgs, words):
        return False
    if _SHORT_CODE.fullmatch(view, start, end):
        return any(not _SENTENCE_END.search(view, *_between(m, mention)) for m in kin)
    if _SIBLING.fullmatch(view, start, end):
        letters = view[start:end].rstrip("0123456789")
        return any(view[slice(*m.span)].rstrip("0123456789") == letters for m in kin)  # AI6 …, AI5
    return _OWN_CODE.fullmatch(view, start, end) is not None


def _has_brand(view: str, code: str, orgs: Sequence[Mention], words: ChipWords) -> bool:
    """曜石K20 somewhere in the text: a bare K20 is that one, whatever a gazetteer says."""
    ends = [0, *sorted(o.span.end for o in orgs)]
    at = view.find(code)
    while at >= 0:
        start = words.prefix_start(view, at, ends[bisect_right(ends, at) - 1])
        if start < at and uncovered(view[start:at]):
            return True
        at = view.find(code, at + len(code))
    return False


def _resolved(mention: Mention, orgs: Sequence[Mention]) -> Mention:
    """Of a shared name, the entry whose maker stands nearest."""
    hit: NameHit = mention.value
    if len(hit.entries) < 2:
        return mention
    near = sorted((abs(o.span.start - hit.start), n) for n, e in enumerate(hit.entries) for o in orgs if o.value.name == e.maker)
    entry = hit.entries[near[0][1]] if near else hit.entries[0]
    return Mention("chip", mention.span, NameHit(hit.start, hit.end, (entry,), hit.is_weak), mention.how)


def _with_number(view: str, mention: Mention, words: ChipWords) -> Mention:
    """A listed series with a number behind it, or a listed chip with a variant's word, is a chip of its own."""
    entry = mention.value.entries[0]
    end = mention.span.end
    match = (_SERIES_NUMBER if entry.kind == "series" else _LISTED_VARIANT).match(view, end)
    if match is None or words.counts(view, match.end()) or words.is_noise(view[mention.span.start : match.end()]):
        return mention  # CDNA|5: a generation of an architecture
    return new_chip(mention.span.start, match.end(), view[mention.span.start : match.end()], entry.maker)


def _as_printed(view: str, mentions: list[Mention]) -> list[Mention]:
    """A chip printed under another name than the entry's (a part number, another script) keeps the fullest one printed."""
    surfaces: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        surfaces[mention.value.entries[0].name].append(" ".join(view[mention.span.start : mention.span.end].split()))
    shown: dict[str, str] = {}
    for name, printed in surfaces.items():
        own = squeeze(name)
        has_own = any(own in squeeze(surface) or squeeze(surface) in own for surface in printed)
        shown[name] = name if has_own else max(printed, key=len)
    rows = []
    for mention in mentions:
        hit: NameHit = mention.value
        entry = replace(hit.entries[0], name=shown[hit.entries[0].name])
        rows.append(Mention("chip", mention.span, NameHit(hit.start, hit.end, (entry,), hit.is_weak), mention.how))
    return rows


def new_chip(start: int, end: int, name: str, maker: str = "") -> Mention:
    """A mention of a chip under its printed name."""
    return Mention("chip", Span(start, end), NameHit(start, end, (Entry(" ".join(name.split()), maker, "chip"),), False), "unlisted")
