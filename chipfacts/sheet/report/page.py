"""The report file: rows and articles through the templates. Whatever is not a template is escaped, and what acts is shown as U+XXXX.

The page may load nothing and run only its own script: its policy names style and script by their hashes, and forbids markup from text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from chipfacts.errors import UsageError
from chipfacts.sheet.cell import plain_decimal
from chipfacts.sheet.report.article import Paragraph, paragraphs_of
from chipfacts.sheet.report.company import sheets_of
from chipfacts.sheet.report.fact_view import KIND_CODES, STATUSES, FactView, quotes_of, views_of
from chipfacts.sheet.report.language import language_of
from chipfacts.sheet.report.odd import visible
from chipfacts.sheet.report.texts import HERE, Texts, load_texts
from chipfacts.sheet.target import check_target, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

    from chipfacts.model import Document, Sheet, Span

Language = Literal["en", "zh"]
Extent = Literal["auto", "full", "facts"]
_SUFFIXES = frozenset({".html", ".htm"})
_LONGEST_FULL = 400_000  # characters of all articles together; above, a report shows the paragraphs that state facts
_MISSING = "an HTML report needs Jinja2, which is not installed: pip install 'chipfacts[report]'"


class ArticleView(NamedTuple):
    """One document as shown."""

    number: int
    document: Document
    language: str
    marks: int
    paragraphs: list[Paragraph]


def check_report(path: Path) -> Path | None:
    """The path, or None for - (standard output); UsageError where it cannot become a report, or what makes one is not installed."""
    _environment()
    if str(path) == "-":
        return None
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(f"{path}: a report is an HTML file; its name ends in .html")
    check_target(path)
    return path


def write_report(sheet: Sheet, target: Path | BinaryIO, language: Language = "en", extent: Extent = "auto") -> None:
    """Write the report of a sheet, to a path in one step; `extent` says whether articles are shown whole."""
    if isinstance(target, Path):
        write_file(target, render_report(sheet, language, extent))
        return
    for piece in render_report(sheet, language, extent):
        target.write(piece)


def render_report(sheet: Sheet, language: Language = "en", extent: Extent = "auto") -> Iterator[bytes]:
    """The report as UTF-8, piece by piece."""
    environment = _environment()
    texts = load_texts()
    languages = {document.id: language_of(document) for document in sheet.documents}
    views = views_of(sheet.facts, sheet.documents, languages)
    is_excerpt = extent == "facts" or (extent == "auto" and sum(len(document.text) for document in sheet.documents) > _LONGEST_FULL)
    style = _read("report.css") + _word_style(texts)
    script = _read("report.js")
    template = environment.get_template("report.html")
    pieces = template.generate(
        sheet=sheet,
        views=views,
        companies=sheets_of(views),
        articles=list(_articles(sheet, views, languages, is_excerpt)),
        is_excerpt=is_excerpt,
        language=language,
        ui=texts.ui,
        words=texts.words,
        kinds=KIND_CODES,
        statuses=[status for status in STATUSES if any(view.status == status for view in views)],
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    for piece in pieces:
        yield piece.encode()


def _articles(sheet: Sheet, views: list[FactView], languages: dict[str, str], is_excerpt: bool) -> Iterator[ArticleView]:
    quotes = quotes_of(views)
    spans: dict[int, list[Span]] = {}
    for view in views:
        if view.article:
            spans.setdefault(view.article, []).extend(span for found in view.fact.spans.values() for span in found)
    for number, document in enumerate(sheet.documents, 1):
        marked = quotes.get(number, [])
        kept = spans.get(number, []) if is_excerpt else None
        yield ArticleView(number, document, languages[document.id], len(marked), paragraphs_of(document.text, marked, kept))


def _environment() -> Environment:
    """Jinja2, imported here alone: strict about names, and no expression reaches the page unescaped but style and script."""
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup
    except ModuleNotFoundError:
        raise UsageError(_MISSING) from None

    def finalize(value: object) -> object:
        return visible(value) if type(value) is str else value  # Markup is what a macro of ours made

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
    )
    environment.filters |= {"raw": Markup, "word_class": word_class, "plain": plain_decimal, "grouped": "{:,}".format}
    environment.tests["web_address"] = is_web_address
    return environment


def is_web_address(url: str) -> bool:
    """True for http and https: nothing else becomes a link (javascript:, data:, file: stay text)."""
    return re.match(r"https?://[^\s\\]+\Z", url, re.IGNORECASE) is not None and visible(url) == url


def _word_style(texts: Texts) -> str:
    """The Chinese words of column values: a row carries its value once, in English."""
    rules = "".join(f'.{word_class(key)}::before{{content:"{both.zh}"}}\n' for key, both in texts.words.items())
    return f"html:has(#zh:checked){{\n{rules}}}\n"


def word_class(key: str) -> str:
    """The class of a column's value."""
    return "w-" + key.replace("+", "-plus")


def _read(name: str) -> str:
    """A style sheet or script of ours without its indentation and the lines that are comments."""
    lines = (line.strip() for line in (HERE / name).read_text(encoding="utf-8").splitlines())
    return "".join(line + "\n" for line in lines if line and not line.startswith(("//", "/*")))


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
