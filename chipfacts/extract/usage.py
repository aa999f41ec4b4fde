"""What plain 元, or a ¥ in English, means: what the article declares, or its usage: Taiwan's, Hong Kong's, the mainland's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import ne

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.name_form import has_chinese
from chipfacts.model import Document, Span
from chipfacts.values.currency import CHINESE

_HONGKONG_CODE = re.compile(r"\(0\d{3,4}(?:\.hk)?\)", re.IGNORECASE)
_DECLARATION = re.compile(r"\((?:单位:)?([\u4e00-\u9fff]{2,4})[,.;·、 ]{0,2}下同\)")
_SURE = 3  # so many more words of Taiwan tell its usage in Simplified text


@dataclass(frozen=True, slots=True)
class Usage:
    """What plain 元 means from `start` on, and, where that is another thing, in prices and proceeds of shares (`traded`); `is_declared`
    where the text says so itself (港元,下同): then nobody's home says otherwise."""

    start: int
    currency: str
    traded: str = ""
    is_declared: bool = False


def usage_of(document: Document, span: Span, lexis: Lexis) -> Usage:
    """TWD where an article (a span of the document) is in Taiwan usage, HKD where it is in Hong Kong's, JPY where it is in English and on
    Japan, else CNY. Who writes 港元 beside plain 元 in Hong Kong means 元 of the mainland, but for what is traded there."""
    view = document.view
    if "¥" in view and not has_chinese(view[span.start : span.end]):
        of_japan, of_china = (len(words.findall(view, *span)) for words in (lexis.yen_usage, lexis.yuan_usage))
        return Usage(span.start, "JPY" if of_japan > of_china else "CNY")
    text = document.text[span.start : span.end]
    mainland = sum(view.count(word, *span) for word in lexis.mainland)
    taiwan = sum(view.count(word, *span) for word in lexis.taiwan)
    hongkong = sum(view.count(word, *span) for word in lexis.hongkong) + len(_HONGKONG_CODE.findall(view, *span))
    common = sum(view.count(word, *span) for word in lexis.traditional)  # what Hong Kong's papers write, too
    if taiwan - common < hongkong >= mainland and is_traditional(text, view[span.start : span.end]):
        is_apart = any(view.find(word, *span) >= 0 for word in lexis.hongkong_money)
        return Usage(span.start, "CNY" if is_apart else "HKD", traded="HKD")
    is_taiwan = taiwan >= mainland if not mainland <= taiwan < mainland + _SURE else is_traditional(text, view[span.start : span.end])
    return Usage(span.start, "TWD" if is_taiwan else "CNY")


def usages(document: Document, stories: Sequence[Span], lexis: Lexis) -> list[Usage]:
    """For each article of a document, and behind each declaration in it, what plain 元 means; in order."""
    found: list[Usage] = []
    for span in stories:
        found.append(usage_of(document, span, lexis))
        found += _declared(document.view, span)
    return found


def _declared(view: str, span: Span) -> Iterator[Usage]:
    """5.93亿元(人民币,下同): from the clause of the sum it is told with, to the end of the article or the next declaration."""
    for match in _DECLARATION.finditer(view, *span):
        currency = CHINESE.get(match[1])
        if currency:
            clause = max(view.rfind(mark, span.start, match.start()) for mark in ",。;:\n") + 1
            yield Usage(max(clause, span.start), currency, is_declared=True)


def is_traditional(text: str, view: str) -> bool:
    """True where one character of twelve is another one in Simplified."""
    if sum(map(ne, text, view)) * 12 <= len(text):  # punctuation included: quick, and mostly enough
        return False
    changed = sum("\u3400" <= before <= "\u9fff" and before != after for before, after in zip(text, view, strict=True))
    return changed * 12 > len(text)
