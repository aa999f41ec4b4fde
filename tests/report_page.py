"""What tests of the report share: a page read by Python's own parser, hostile texts, a sheet of the seeds."""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from chipfacts.model import Document, Fact, Sheet, Span
from chipfacts.sheet.report.page import render_report

ROOT = Path(__file__).resolve().parent.parent

# Every element and attribute that the templates make. Anything else came out of a text.
_ELEMENTS = """
html head meta title style body header h1 h2 h3 p b i em small a fieldset legend input label div nav details summary span ul ol li dl dt dd
main section table thead tbody tr th td svg g defs use line rect circle path text tspan aside article mark footer code template script
button
"""
_ATTRIBUTES = """
lang charset http-equiv content name class href type id checked for aria-label aria-labelledby aria-hidden open autocomplete spellcheck role
hidden value title data-s data-n data-l rel target tabindex x y x1 x2 y1 y2 cx cy r rx d width height
"""
ELEMENTS, ATTRIBUTES = frozenset(_ELEMENTS.split()), frozenset(_ATTRIBUTES.split())

# Ways in which text has become code somewhere: tags, broken comments, entities, quotes, templates, style, script schemes, bidi, controls.
_SCRIPTS = ("alert(1)", "window.pwned=1", "document.body.dataset.pwned=1")
_SHAPES: list[str] = json.loads((ROOT / "tests" / "cases" / "markup.json").read_text(encoding="utf-8"))
PAYLOADS = tuple(shape.replace("{}", script) for shape in _SHAPES for script in _SCRIPTS)


class Page(HTMLParser):
    """Elements, ids, links and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.attributes: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.values: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        for name, value in attrs:
            self.attributes[name] += 1
            self.values.setdefault(name, []).append(value or "")
            if name == "id":
                self.ids[value or ""] += 1
            if name == "href":
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All character data."""
        return "".join(self.words)


def page_of(sheet: Sheet, **options: object) -> str:
    """The report as text."""
    return b"".join(render_report(sheet, **options)).decode()  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def seed_sheet() -> Sheet:
    """The sheet of the example articles."""
    from chipfacts.run.local import Settings, extract_documents, load_rules, read_documents
    from chipfacts.run.walk import walk_inputs

    settings = Settings()
    documents = read_documents(walk_inputs([str(ROOT / "seeds")], print), settings, print)
    return extract_documents(documents, load_rules(settings), settings)


def hostile_sheet() -> Sheet:
    """Every payload as title, address, article text and quote, and in every column of text, of a fact of each kind."""
    documents, facts = [], []
    for number, payload in enumerate(PAYLOADS):
        name = f"{number:03}-{payload}"
        text = f"甲公司{payload}完成融资\n{payload}"
        documents.append(Document(name, text, text, payload, payload, title=payload, url=payload))
        start, end = text.index(payload), text.index(payload) + len(payload)
        for kind in ("funding", "valuation", "chip", "process_node", "date", "amount"):
            facts.append(
                Fact(
                    f"{number:012x}", kind, name, company=payload, currency=payload, currency_from=payload, hedge=payload, measure=payload,  # type: ignore[arg-type]
                    round=payload, status=payload, hearsay=True, date=payload, announced=payload, lead_investors=(payload,),
                    investors=(payload, payload + "2"), chip=payload, foundry=payload, event=payload, published=payload,
                    start=start, end=end, quote=text[start:end], rule=payload, spans={"date": (Span(start, end),), payload: (Span(0, 2),)},
                )
            )  # fmt: skip
    return Sheet(tuple(facts), tuple(documents), "<b>0</b>", "<i>1</i>")
