"""What plain 元, or a ¥ in English, means where no company's home tells: the article's usage: Taiwan's, Hong Kong's, the mainland's."""

from __future__ import annotations

from collections.abc import Sequence
from operator import ne

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.name_form import has_chinese
from chipfacts.model import Document, Span

_SURE = 3  # so many more words of Taiwan tell its usage in Simplified text


def usage_of(document: Document, span: Span, lexis: Lexis) -> str:
    """TWD where an article (a span of the document) is in Taiwan usage, HKD where it is in Hong Kong's, JPY where it is in English and on
    Japan, else CNY."""
    view = document.view
    if "¥" in view and not has_chinese(view[span.start : span.end]):
        of_japan, of_china = (len(words.findall(view, *span)) for words in (lexis.yen_usage, lexis.yuan_usage))
        return "JPY" if of_japan > of_china else "CNY"
    text = document.text[span.start : span.end]
    mainland = sum(view.count(word, *span) for word in lexis.mainland)
    taiwan = sum(view.count(word, *span) for word in lexis.taiwan)
    hongkong = sum(view.count(word, *span) for word in lexis.hongkong)
    if taiwan < hongkong >= mainland and is_traditional(text, view[span.start : span.end]):
        is_apart = any(view.find(word, *span) >= 0 for word in lexis.hongkong_money)  # who writes 港元 means another 元 by the plain one
        return "CNY" if is_apart else "HKD"
    if not mainland <= taiwan < mainland + _SURE:
        return "TWD" if taiwan >= mainland else "CNY"
    return "TWD" if is_traditional(text, view[span.start : span.end]) else "CNY"


def usages(document: Document, stories: Sequence[Span], lexis: Lexis) -> list[tuple[int, str]]:
    """For each article of a document: where it starts, and the currency of plain 元 in it."""
    return [(span.start, usage_of(document, span, lexis)) for span in stories]


def is_traditional(text: str, view: str) -> bool:
    """True where one character of twelve is another one in Simplified."""
    if sum(map(ne, text, view)) * 12 <= len(text):  # punctuation included: quick, and mostly enough
        return False
    changed = sum("\u3400" <= before <= "\u9fff" and before != after for before, after in zip(text, view, strict=True))
    return changed * 12 > len(text)
