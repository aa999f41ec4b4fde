"""The shape of a text: a digest has a section per item or line; every other article of a text is one section."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from chipfacts.extract.scene import Scene
from chipfacts.model import Span
from chipfacts.rulebook.pattern import ORG

ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十\d]{1,2}[)]|\d{1,2}[.、](?!\d)|【|[•·●○▶►▎■□◆◇▲△★☆※◎➤\u2460-\u2473]|[*#-]\s|\d{1,2}\s)"
)

_NAME_HEAD = re.compile(rf"\s*[“\"]?[^,。;:!?\n]{{0,12}}{ORG}[^,。;:!?\n{ORG}]{{0,6}}(?::|——)")
_CIRCLED = re.compile(r"(?:^|[:\s])[\u2460-\u2473]")
_INLINE_ITEMS = 6  # items between semicolons that make a paragraph a list
_ITEMS = 3  # marked paragraphs that make a digest whatever they name
_SHORT_LINE = 110  # characters a line of a digest has on average, at most
_SENTENCES_A_LINE = 1.8  # … and sentences
_OPENING = 16  # how far into its line a digest names its company


def sections(scenes: Sequence[Scene], view: str, paragraphs: Sequence[Span], starts: set[int]) -> dict[int, int]:
    """Sentence index → section number. `starts` are the paragraphs that open another article: each article has its own shape."""
    found: dict[int, int] = {}
    current = 0
    for story in _stories(scenes, starts):
        numbers = sorted({scene.sentence.paragraph for scene in story})
        opens = _opens_sections(story, view, paragraphs, numbers)
        inline = _inline_items(story)
        last = -1
        for scene in story:
            paragraph = scene.sentence.paragraph
            if (paragraph != last and (paragraph in opens or last in inline)) or paragraph in inline:
                current += 1
            last = paragraph
            found[scene.sentence.index] = current
        current += 1
    return found


def _stories(scenes: Sequence[Scene], starts: set[int]) -> Iterator[list[Scene]]:
    story: list[Scene] = []
    for scene in scenes:
        if story and scene.sentence.paragraph in starts and scene.sentence.paragraph != story[-1].sentence.paragraph:
            yield story
            story = []
        story.append(scene)
    if story:
        yield story


def _opens_sections(scenes: Sequence[Scene], view: str, paragraphs: Sequence[Span], numbers: Sequence[int]) -> set[int]:
    """The paragraphs of an article that open a section; none in one that is no digest."""
    marked = [n for n in numbers if ITEM.match(view, paragraphs[n].start, paragraphs[n].end)]
    if len(marked) >= 2:
        return set(marked) | _after_short_items(view, paragraphs, numbers, marked)
    heads = _headed_by_names(scenes)
    if heads:
        return heads | _after_short_items(view, paragraphs, numbers, sorted(heads))
    return _lines_of_their_own(scenes)


def _headed_by_names(scenes: Sequence[Scene]) -> set[int]:
    """Paragraphs that open with a company and a colon or dash (岚峤:12日,…), where at least three do, each with another's name."""
    heads: dict[int, str] = {}
    for scene in _first_of_each(scenes):
        head = _NAME_HEAD.match(scene.skeleton.text)
        named = [m.value.name for i, m in scene.skeleton.of_kind("org", 0, head.end()) if scene.may_be_company(i)] if head else []
        if named:
            heads[scene.sentence.paragraph] = named[-1]
    return set(heads) if len(set(heads.values())) >= _ITEMS and len(set(heads.values())) == len(heads) else set()


def _inline_items(scenes: Sequence[Scene]) -> set[int]:
    """The paragraphs that are a list themselves: items between semicolons, most of which open with a company of their own."""
    parts: dict[int, list[Scene]] = defaultdict(list)
    for scene in scenes:
        parts[scene.sentence.paragraph].append(scene)
    return {number for number, inside in parts.items() if _is_numbered(inside) or (len(inside) >= _INLINE_ITEMS and _is_list(inside))}


def _is_numbered(inside: list[Scene]) -> bool:
    """①…。②…。③…: a paragraph whose sentences carry the numbers of its items."""
    return sum(_CIRCLED.search(scene.skeleton.text) is not None for scene in inside) >= _ITEMS


def _is_list(inside: list[Scene]) -> bool:
    ended = sum(scene.skeleton.text.rstrip()[-1:] in (";", "；") for scene in inside)
    opening = {org for scene in inside for org in [_opening_company(scene)] if org}
    return ended >= len(inside) - 1 and len(opening) * 5 >= len(inside) and len(opening) >= _ITEMS


def _opening_company(scene: Scene) -> str:
    return next(
        (
            mention.value.name
            for index, mention in scene.skeleton.of_kind("org")
            if scene.may_be_company(index) and len(scene.skeleton.text[:index].strip()) <= _OPENING
        ),
        "",
    )


def is_digest(scenes: Sequence[Scene], view: str, paragraphs: Sequence[Span], numbers: Sequence[int]) -> bool:
    """True where a run of paragraphs is a list of items, or of lines with a company each."""
    marked = [n for n in numbers if ITEM.match(view, paragraphs[n].start, paragraphs[n].end)]
    return len(marked) >= _ITEMS or bool(_lines_of_their_own(scenes))


def _after_short_items(view: str, paragraphs: Sequence[Span], numbers: Sequence[int], marked: list[int]) -> set[int]:
    """Where every item is one paragraph, the unmarked paragraphs between and behind them stand on their own."""
    filled = [n for n in numbers if view[paragraphs[n].start : paragraphs[n].end].strip()]
    order = {n: i for i, n in enumerate(filled)}
    gaps = sorted(order[b] - order[a] for a, b in itertools.pairwise(marked) if a in order and b in order)
    if not gaps or gaps[len(gaps) // 2] != 1:
        return set()
    return {n for n in filled if n > marked[0]}


def _first_of_each(scenes: Sequence[Scene]) -> Iterator[Scene]:
    """The first sentence of every paragraph."""
    last = -1
    for scene in scenes:
        if scene.sentence.paragraph != last:
            yield scene
        last = scene.sentence.paragraph


def _lines_of_their_own(scenes: Sequence[Scene]) -> set[int]:
    """Paragraphs of a digest by line: at least three, short, each opening with another company and telling of money or chips."""
    openings = ((scene, scene.book.tuple_of("en_back_references", "back_references")) for scene in _first_of_each(scenes))
    if any(scene.skeleton.lower.lstrip(' “"').startswith(references) for scene, references in openings):
        return set()  # a line that opens with "the round" goes on from the one before it
    opening: dict[int, str] = {}
    naming: dict[str, set[int]] = defaultdict(set)
    sizes: Counter[int] = Counter()
    count = 0
    for scene in scenes:
        if not scene.skeleton.text.strip():
            continue
        paragraph = scene.sentence.paragraph
        count += 1
        sizes[paragraph] += scene.sentence.span.end - scene.sentence.span.start
        for index, mention in scene.skeleton.of_kind("org"):
            naming[mention.value.name].add(paragraph)
            if paragraph not in opening and scene.may_be_company(index) and len(scene.skeleton.text[:index].strip()) <= _OPENING:
                opening[paragraph] = mention.value.name
    if len(opening) < 3 or sum(sizes.values()) > _SHORT_LINE * len(sizes) or len(opening) * 2 < len(sizes):
        return set()
    if count > _SENTENCES_A_LINE * len(sizes):
        return set()
    if max(map(len, naming.values())) * 2 >= len(sizes):
        return set()  # one company all through: a story
    return set(sizes) if len(set(opening.values())) >= 0.6 * len(opening) else set()
