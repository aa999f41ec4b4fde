"""YAML, the fact sheet for people: documents, then each company by kind in date order, then dates and facts of no company.

Block style but for the `[start, end]` of a span; unicode; no anchors. Written by hand: it is one fixed shape, and quoting must hold for
readers of YAML 1.1 and 1.2 alike (PyYAML leaves 1234e5678901 bare, which 1.2 reads as a number).
"""

from __future__ import annotations

import re
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from chipfacts.model import KINDS, Document, Fact, Sheet
from chipfacts.sheet.cell import from_row, to_row
from chipfacts.sheet.order import by_date, by_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Strings that stand bare: they begin with a letter and hold nothing that YAML could read as structure.
_BARE = re.compile(r"[A-Za-z\u3400-\u4dbf\u4e00-\u9fff](?:[\w.+/·-]| (?=\w))*")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def render(sheet: Sheet) -> Iterator[bytes]:
    """The sheet, section by section."""
    head = [f"chipfacts: {_scalar(sheet.version)}", f"rules: {_scalar(sheet.rules_digest)}"]
    yield _lines([*head, *_section("documents", map(_document, sheet.documents))])
    companies = sorted({fact.company for fact in sheet.facts if fact.company})
    yield b"companies:\n" if companies else b"companies: {}\n"
    of_company: dict[str | None, list[Fact]] = {}
    for fact in sheet.facts:
        of_company.setdefault(fact.company or None, []).append(fact)
    for company in companies:
        yield _lines([f"  {_scalar(company)}:"])
        for kind in KINDS:
            if rows := [to_row(fact) for fact in by_date(of_company[company]) if fact.kind == kind]:
                yield _lines("    " + line for line in _section(kind, rows))
    rest = by_date(of_company.get(None, ()))
    yield _lines(_section("dates", (to_row(fact) for fact in rest if fact.kind == "date")))
    yield _lines(_section("unattributed", (to_row(fact) for fact in rest if fact.kind != "date")))


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet, by place."""
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar stays the text it is; the column says what it means
    try:
        sheet = yaml.load(data.decode("utf-8-sig"), Loader=loader)
    except yaml.YAMLError as error:
        raise ValueError(str(error).replace("\n", " ")) from None
    rows = [row for kinds in (sheet["companies"] or {}).values() for rows in kinds.values() for row in rows]
    return by_place(from_row(row) for row in [*rows, *sheet["dates"], *sheet["unattributed"]])


def _document(document: Document) -> dict[str, Any]:
    row = {"id": document.id, "title": document.title, "url": document.url}
    row |= {"published": document.published or "", "published_from": document.published_from}
    return {key: value for key, value in row.items() if value}


def _section(name: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    """A named list of rows, each a block."""
    lines = [line for row in rows for line in _block(row)]
    return [f"{name}:", *lines] if lines else [f"{name}: []"]


def _block(row: dict[str, Any]) -> Iterator[str]:
    mark = "- "
    for key, value in row.items():
        if isinstance(value, dict):
            yield f"{mark}{key}:"
            yield from (f"    {name}: {_flow(pairs)}" for name, pairs in value.items())
        elif isinstance(value, list):
            yield f"{mark}{key}:"
            yield from (f"  - {_scalar(member)}" for member in value)
        else:
            yield f"{mark}{key}: {_scalar(value)}"
        mark = "  "


def _flow(pairs: list[Any]) -> str:
    return "[" + ", ".join(_flow(item) if isinstance(item, list) else str(item) for item in pairs) + "]"


def _scalar(value: str | int | float | bool) -> str:
    """The value so that every YAML reader gives back this type and these characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    if _BARE.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", encode_basestring(value))


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()
