"""A column's value as a cell, and back: exact decimals without exponent, lists joined by "; ", formulas neutralised in text cells.

An empty cell is None, "" or (); False and 0 are values. Text cells are those that carry words of an article or a name somebody chose.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.model import COLUMNS, DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, LIST_COLUMNS, Fact, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | bool | Decimal | tuple[str, ...] | None

BOOL_COLUMNS = frozenset({"hearsay"})
TEXT_COLUMNS = frozenset({"doc", "company", "round", "lead_investors", "investors", "chip", "foundry", "event", "quote", "rule"})
# What Excel, LibreOffice and Google Sheets run: a leading = + - @ (half or full width, white space before it ignored), TAB or CR.
# A sign alone runs nothing. Apostrophes before it are counted in, so that the guard can be taken off again.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]\s*\S|[\t\r])")
_MEMBER = re.compile(r"(?:[^\\;]|\\.)+", re.S)
_LARGEST_EXACT = 2**53


def guard_formula(text: str) -> str:
    """The text, with one apostrophe before it where a spreadsheet would run it."""
    return "'" + text if _FORMULA.match(text) else text


def unguard_formula(text: str) -> str:
    """The inverse of `guard_formula`: an apostrophe that stood in the original survives."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def plain_decimal(number: Decimal) -> str:
    """The number in digits: no exponent, no trailing zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_cell(column: str, value: Value) -> str:
    """The cell of a CSV or TSV row, not yet quoted."""
    if value is None or value == () or value == "":
        return ""
    if column in LIST_COLUMNS and isinstance(value, tuple):
        return guard_formula(join_members(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_decimal(value)
    text = str(value)
    return guard_formula(text) if column in TEXT_COLUMNS else text


def from_cell(column: str, cell: str) -> Value:
    """The inverse of `to_cell`; ValueError or ArithmeticError for a cell that its column cannot hold."""
    if column in TEXT_COLUMNS:
        cell = unguard_formula(cell)
    if column in LIST_COLUMNS:
        return split_members(cell)
    return from_text(column, cell)


def from_text(column: str, text: str) -> Value:
    """The value that a scalar's text has in its column."""
    if column in DECIMAL_COLUMNS:
        return Decimal(text)
    if column in INTEGER_COLUMNS:
        return int(text)
    if column in BOOL_COLUMNS:
        if text not in ("true", "false"):
            raise ValueError(f"{column} must be true or false, not {text!r}")
        return text == "true"
    return text


def join_members(members: tuple[str, ...]) -> str:
    r"""One cell for a list: joined by "; "; inside a member a semicolon is \; and a backslash \\."""
    return "; ".join(member.replace("\\", "\\\\").replace(";", "\\;") for member in members)


def split_members(cell: str) -> tuple[str, ...]:
    """The inverse of `join_members`."""
    parts = _MEMBER.findall(cell)
    return tuple(re.sub(r"\\(.)", r"\1", part if place == 0 else part[1:], flags=re.S) for place, part in enumerate(parts))


def to_row(fact: Fact) -> dict[str, Any]:
    """The fact as JSON and YAML carry it: filled columns in order, numbers where they are exact, then `spans`."""
    row: dict[str, Any] = {}
    for column in COLUMNS:
        value = getattr(fact, column)
        if value is None or value == "" or value == ():
            continue
        if isinstance(value, Decimal):
            row[column] = exact_number(value)
        else:
            row[column] = list(value) if isinstance(value, tuple) else value
    if fact.spans:
        row["spans"] = {key: _pairs(key, spans) for key, spans in fact.spans.items() if spans}
    return row


def from_row(row: Mapping[str, Any]) -> Fact:
    """The inverse of `to_row`, also where every scalar is a string; ValueError for an unknown column or kind."""
    values: dict[str, Any] = {}
    for column, value in row.items():
        if column == "spans":
            values[column] = {key: _spans(value[key]) for key in value}
        elif column not in COLUMNS:
            raise ValueError(f"unknown column {column!r}")
        elif column in LIST_COLUMNS:
            values[column] = tuple(map(str, value))
        elif isinstance(value, bool):
            values[column] = value
        else:
            values[column] = from_text(column, str(value))
    return new_fact(values)


def new_fact(values: Mapping[str, Any]) -> Fact:
    """A fact of checked kind."""
    if values.get("kind") not in KINDS:
        raise ValueError(f"unknown kind {values.get('kind')!r}")
    return Fact(**values)


def exact_number(number: Decimal) -> int | float | str:
    """A JSON number that every reader holds exactly, else the digits as a string."""
    text = plain_decimal(number)
    if abs(number) > _LARGEST_EXACT:
        return text
    if "." not in text:
        return int(text)
    return float(text) if repr(float(text)) == text else text


def _pairs(key: str, spans: tuple[Span, ...]) -> list[Any]:
    """`[start, end]`; a list of them in list columns, and where a value came from several places."""
    pairs = [[span.start, span.end] for span in spans]
    return pairs if key in LIST_COLUMNS or len(pairs) > 1 else pairs[0]


def _spans(pairs: list[Any]) -> tuple[Span, ...]:
    if pairs and not isinstance(pairs[0], list):
        pairs = [pairs]
    return tuple(Span(int(start), int(end)) for start, end in pairs)
