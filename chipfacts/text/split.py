"""Where paragraphs, sentences and clauses end: spans that tile the view, no character lost.

A newline ends a paragraph unless the text is hard-wrapped (lines broken at one width, mid-sentence); so does a headline in 【】 that
opens one. Sentences end at
。！？; and at an English full stop before a capital; never inside a number, an abbreviation or a pair of brackets opened on the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from chipfacts.model import Span

_TERMINAL = "。!?！？…;；"
_CLOSERS = "”\"'’)）】》」』]"
# English abbreviations whose full stop ends nothing; single capitals (U.S., J. Doe) are handled by the pattern itself.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Ltd|Co|Mr|Mrs|Ms|Dr|Prof|vs|No|St|Jr|Sr|approx|est|al|fig|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z])$"
)
_WRAP_MIN, _WRAP_MAX = 16, 110
_HEADLINE = 9  # characters a headline in brackets has at least
_NEARLY = (17, 20)  # of the width: Latin words are kept whole


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `span` in the document, the index of its paragraph, and its clauses (split at commas, tiling the span)."""

    index: int
    span: Span
    paragraph: int


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(r"[。!?！？;；]+[”\"'’)）】》」』\]]*|(?<=\S) ·(?= \S)|\.(?=[”\"')\]]*\s+[A-Z“\"'(])[”\"')\]]*")


def split_paragraphs(view: str) -> list[Span]:
    """Spans of the paragraphs of `view`, tiling it; hard-wrapped lines are joined, a headline in 【】 is a paragraph of its own."""
    return [part for paragraph in _joined_lines(view) for part in _headed(view, paragraph)]


def _headed(view: str, paragraph: Span) -> tuple[Span, ...]:
    """【云岭微:拟定增募资不超3亿元】云岭微公告…: the headline and its text; a source in brackets (【本报讯】) heads nothing."""
    head = _headline().match(view, paragraph.start, paragraph.end)
    return (Span(paragraph.start, head.end()), Span(head.end(), paragraph.end)) if head else (paragraph,)


@cache
def _headline() -> re.Pattern[str]:
    return re.compile(rf"\s*【[^【】\n]{{{_HEADLINE},120}}】(?=[^\n]*\S)")


def _joined_lines(view: str) -> list[Span]:
    """The lines of `view`, those joined that are hard-wrapped."""
    lines: list[Span] = []
    start = 0
    for match in re.finditer(r"\r\n|\n|\r|\u2028|\u2029", view):
        lines.append(Span(start, match.end()))
        start = match.end()
    if start < len(view):
        lines.append(Span(start, len(view)))
    if not lines:
        return [Span(0, len(view))] if view else []
    width = _wrap_width(view, lines)
    if not width:
        return lines
    is_parted = sum(not view[line.start : line.end].strip() for line in lines) >= 2
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _is_broken(view, before, line, width, is_parted):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _columns(text: str) -> int:
    return sum(2 if char >= "\u2e80" else 1 for char in text)


def _wrap_width(view: str, lines: list[Span]) -> int:
    """The width (in columns) at which the text was wrapped, or 0 where it was not."""
    bodies = [view[line.start : line.end].rstrip() for line in lines]
    if max(map(len, bodies)) > _WRAP_MAX:  # no character is narrower than a column
        return 0
    if sum(not body for body in bodies) >= 2:
        return _width_between_blanks(bodies)
    widths = [_columns(body) for body in bodies if body]
    if len(widths) < 3 or max(widths) > _WRAP_MAX or max(widths) < _WRAP_MIN:
        return 0
    top = max(widths)
    full = [body for body in bodies if body and _columns(body) >= top - _slack(body)]
    open_ended = [body for body in full if body[-1] not in _TERMINAL + _CLOSERS + ".:："]
    return top if len(full) >= 2 and len(open_ended) * 2 > len(full) and len(full) * 5 >= len(widths) * 3 else 0


def _width_between_blanks(bodies: list[str]) -> int:
    """The same where blank lines part the paragraphs: nearly every line that another one follows is nearly full."""
    top = max(map(_columns, bodies))
    inner = [body for body, after in pairwise(bodies) if body.strip() and after.strip()]
    full = [body for body in inner if _columns(body) * _NEARLY[1] >= top * _NEARLY[0]]
    return top if _WRAP_MIN <= top <= _WRAP_MAX and len(full) >= 3 and len(full) * 3 >= len(inner) * 2 else 0


def _slack(body: str) -> int:
    """How much shorter than the width a broken line may be: Chinese breaks anywhere, Latin words are kept whole."""
    latin = sum(char.isascii() and char.isalpha() for char in body)
    return 14 if latin * 2 > len(body) else 4


def _is_broken(view: str, before: Span, line: Span, width: int, is_parted: bool) -> bool:
    """True where the line goes on in the next; where blank lines part the paragraphs, also behind a full stop."""
    body, after = view[before.start : before.end].rstrip(), view[line.start : line.end].strip()
    if is_parted:
        return bool(after) and _columns(body) * _NEARLY[1] >= width * _NEARLY[0]
    if not body or not after or _columns(body) < width - _slack(body):
        return False
    return body[-1] not in _TERMINAL + ":：" and not re.match(r"[一二三四五六七八九十]+、|\d+[.、]\s|[-•·*#【]", after)


def _is_numbered(view: str, start: int, end: int) -> bool:
    """1. at the head of an item ends no sentence."""
    head = view[start:end].strip()
    return len(head) <= 2 and head.isdigit()


def split_sentences(view: str, paragraphs: list[Span]) -> list[Sentence]:
    """The sentences of every paragraph, in order; together they tile the paragraphs."""
    sentences: list[Sentence] = []
    stop = _stop()
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        for match in stop.finditer(view, paragraph.start, paragraph.end):
            if match.group()[0] == "." and (
                _ABBREVIATION.search(view, max(start, match.start() - 8), match.start()) or _is_numbered(view, start, match.start())
            ):
                continue
            if match.end() < paragraph.end:
                sentences.append(Sentence(len(sentences), Span(start, match.end()), number))
                start = match.end()
        if start < paragraph.end:
            sentences.append(Sentence(len(sentences), Span(start, paragraph.end), number))
    return sentences
