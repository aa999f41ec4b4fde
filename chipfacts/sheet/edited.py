"""A sheet that people may have edited, read as text: every row with its place in the file, nothing interpreted, nothing lost.

Spreadsheets leave a byte order mark, CRLF, another delimiter or encoding, reordered, dropped and added columns, empty rows at the end:
all of that is read. What is damaged (a quote that never ends, a row longer than the header, a key twice) is UnreadableInput with its place.
A workbook, database or typed table is read by its own format first, which types every cell: one that cannot be read is damage there.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from chipfacts.errors import RuleError, UnreadableInput, UsageError
from chipfacts.model import COLUMNS, DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, LIST_COLUMNS, Fact, Span
from chipfacts.sheet import Format, format_of, read_rows
from chipfacts.sheet.cell import BOOL_COLUMNS, TEXT_COLUMNS, Value, from_text, plain_decimal, split_members, unguard_formula
from chipfacts.text.read import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

# What every fact has: a sheet of objects in which no row has one of these was cut down on purpose.
_ALWAYS = frozenset({"fact_id", "kind", "doc", "mentions", "line", "start", "end", "quote", "rule"})
_DELIMITERS = (",", "\t", ";")
_MOST_DIGITS = 60
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class EditedRow:
    """One row: `place` as its file counts (row 12, line 40), the filled cells as text, lists apart, spans where the format has them."""

    place: str
    cells: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] | None = None


@dataclass(frozen=True, slots=True)
class EditedSheet:
    """The rows of a file, and the columns that it has, known and unknown, in its own order."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[EditedRow, ...]


def read_edited(path: Path) -> EditedSheet:
    """The sheet of a file, its format by the suffix; UnreadableInput names the row that is damaged and what was expected."""
    try:
        format = format_of(path)
    except UsageError:
        raise UnreadableInput(f"{path}: expected a sheet, a file that ends in .csv, .tsv, .jsonl, .json, .yaml or .xlsx") from None
    try:
        if format in ("csv", "tsv"):
            return _read_delimited(str(path), _text(path), format)
        if format not in _READERS:
            return _read_typed(path, format)
        return _of_objects(str(path), _READERS[format](path))
    except RecursionError:
        raise UnreadableInput(f"{path}: nested deeper than any sheet") from None


def _text(path: Path) -> str:
    try:
        return read_text(path)
    except UnreadableInput as error:
        raise UnreadableInput(f"{path}: {error}") from None


def _read_delimited(name: str, text: str, format: Format) -> EditedSheet:
    first = text.split("\n", 1)[0]
    usual = "\t" if format == "tsv" else ","
    # Excel writes the list separator of the machine's locale, whatever the file is called.
    delimiter = max((usual, *_DELIMITERS), key=lambda mark: sum(cell.strip('"\r ') in COLUMNS for cell in first.split(mark)))
    return _table(name, _records(name, csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))


def _read_typed(path: Path, format: Format) -> EditedSheet:
    """The rows of a format that knows types, named by their place among the facts and their id."""
    try:
        facts = read_rows(path, format)
    except UsageError as error:
        raise UnreadableInput(str(error)) from None
    rows = []
    for number, fact in enumerate(facts, 1):
        values = {column: getattr(fact, column) for column in COLUMNS}
        cells = {c: _plain(v) for c, v in values.items() if c not in LIST_COLUMNS and v not in (None, "")}
        lists = {column: values[column] for column in LIST_COLUMNS if values[column]}
        rows.append(EditedRow(f"fact {number} ({fact.fact_id})", cells, lists, fact.spans or None))
    return EditedSheet(str(path), COLUMNS, tuple(rows))


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain_decimal(value) if isinstance(value, Decimal) else str(value)


def _records(name: str, reader: Any) -> Iterator[tuple[str, list[str]]]:
    """Each record with its place: the row as a spreadsheet counts it, and the line where cells hold line ends."""
    number = 0
    while True:
        number, line = number + 1, reader.line_num + 1
        place = f"row {number}" if number == line else f"row {number} (line {line})"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableInput(f"{name}: {place}: {error}; expected cells with each opening double quote closed") from None
        if cells is None:
            return
        yield place, cells


def _table(name: str, records: Iterator[tuple[str, list[str]]]) -> EditedSheet:
    """A sheet from a header and rows of cells."""
    _, header = next(records, ("", []))
    columns = [cell.strip() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    if not set(columns) & set(COLUMNS):
        raise UnreadableInput(f"{name}: row 1: expected a header with columns such as fact_id, kind, doc, quote")
    if twice := next((column for n, column in enumerate(columns) if column and column in columns[:n]), None):
        raise UnreadableInput(f"{name}: row 1: the column {twice!r} stands twice")
    rows = []
    for place, cells in records:
        if not any(cells):
            continue  # a spreadsheet's empty rows
        while len(cells) > len(columns) and not cells[-1]:
            cells.pop()
        if len(cells) != len(columns):
            raise UnreadableInput(f"{name}: {place}: {len(cells)} cells; expected {len(columns)}, as in the header")
        rows.append(_table_row(place, dict(zip(columns, cells, strict=True))))
    return EditedSheet(name, tuple(column for column in columns if column), tuple(rows))


def _table_row(place: str, row: dict[str, str]) -> EditedRow:
    cells, lists = {}, {}
    for column, cell in row.items():
        if column in TEXT_COLUMNS:
            cell = unguard_formula(cell)
        if column in LIST_COLUMNS:
            lists[column] = split_members(cell)
        elif kept := cell if column == "quote" else cell.strip():
            cells[column] = kept
    return EditedRow(place, cells, lists)


def _json(path: Path) -> Iterator[tuple[str, Any]]:
    rows = _parsed(path, _text(path), "")
    if not isinstance(rows, list):
        raise UnreadableInput(f"{path}: expected a list of facts, [{{…}}, {{…}}]")
    for number, row in enumerate(rows, 1):
        yield f"fact {number}", row


def _jsonl(path: Path) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            yield f"line {number}", _parsed(path, line, f"line {number}: ")


def _parsed(path: Path, text: str, place: str) -> Any:
    """JSON with every number as its digits; a key twice, NaN and Infinity are refused."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if place else f"line {error.lineno}, column {error.colno}"
        raise UnreadableInput(f"{path}: {place}{where}: not JSON: {error.msg.lower()}") from None
    except ValueError as error:
        raise UnreadableInput(f"{path}: {place}{error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the key {next(key for key in keys if keys.count(key) > 1)!r} stands twice in one object")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no number of a sheet")


def _yaml(path: Path) -> Iterator[tuple[str, Any]]:
    from chipfacts.rulebook.source import Mapping as Node
    from chipfacts.rulebook.source import read_yaml

    try:
        root = read_yaml(path, str(path))
    except RuleError as error:  # the reader is the rulebook's, the mistake is not in a rule
        # The line is shown as far as anybody reads; a sheet is no rule, and its line may be a megabyte.
        raise UnreadableInput("\n".join(line[:_LONGEST].rstrip() for line in str(error).split("\n")).rstrip()) from None
    if not isinstance(root, Node):
        raise UnreadableInput(f"{path}: expected a fact sheet: companies, dates, unattributed")
    companies = root.get("companies")
    sections = [*_values(path, companies, "companies"), {"": root.get("dates")}, {"": root.get("unattributed")}]
    for rows in chain.from_iterable(_values(path, section, "a company") for section in sections):
        if rows not in (None, "", "~", "null") and not isinstance(rows, list):
            raise UnreadableInput(f"{path}: line {rows.place.line}: expected a list of facts")
        for row in rows or ():
            yield f"line {row.place.line}", row


def _values(path: Path, node: Any, what: str) -> Iterable[Any]:
    if node in (None, "", "~", "null", []):
        return ()
    if not isinstance(node, dict):
        raise UnreadableInput(f"{path}: line {node.place.line}: expected {what} to be a mapping")
    return node.values()


_READERS = {"json": _json, "jsonl": _jsonl, "yaml": _yaml}


def _of_objects(name: str, found: Iterator[tuple[str, Any]]) -> EditedSheet:
    """A sheet from rows that are objects: an absent column is an empty cell, unless no row has what every fact has."""
    rows: list[EditedRow] = []
    seen: dict[str, None] = {}
    for place, row in found:
        if not isinstance(row, dict):
            raise UnreadableInput(f"{name}: {place}: expected a fact: {{fact_id: …, kind: …}}")
        rows.append(_object_row(name, place, row))
        seen |= dict.fromkeys(row)
    dropped = _ALWAYS - seen.keys() if rows else frozenset()
    extra = tuple(column for column in seen if column not in COLUMNS and column != "spans")
    return EditedSheet(name, (*(column for column in COLUMNS if column not in dropped), *extra), tuple(rows))


def _object_row(name: str, place: str, row: dict[str, Any]) -> EditedRow:
    cells, lists, spans = {}, {}, None
    for column, value in row.items():
        where = f"{name}: {place}: {column}"
        if column == "spans":
            spans = _spans(where, value)
        elif column in LIST_COLUMNS:
            given = value if isinstance(value, list) else split_members(_scalar(where, value))
            lists[column] = tuple(_scalar(where, member) for member in given)
        elif cell := _scalar(where, value):
            cells[column] = cell
    return EditedRow(place, cells, lists, spans)


def _scalar(where: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        raise UnreadableInput(f"{where}: expected one value, not a list or mapping")
    return str(value)


def _spans(where: str, node: Any) -> dict[str, tuple[Span, ...]]:
    if not isinstance(node, dict):
        raise UnreadableInput(f"{where}: expected a mapping from columns to [start, end]")
    found = {}
    for key, value in node.items():
        pairs = value if isinstance(value, list) and value and isinstance(value[0], list) else [value]
        if not all(isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, str) and n.isdecimal() for n in pair) for pair in pairs):
            raise UnreadableInput(f"{where}: expected [start, end] for {key!r}")
        found[key] = tuple(Span(int(start[:12]), int(end[:12])) for start, end in pairs)
    return found


def facts_of(sheet: EditedSheet) -> tuple[Fact, ...]:
    """The rows as facts; UnreadableInput names the row and column of a cell that cannot be read. Unknown columns are left out."""
    return tuple(_fact(sheet.name, row) for row in sheet.rows)


def _fact(name: str, row: EditedRow) -> Fact:
    values: dict[str, Any] = {column: members for column, members in row.lists.items() if column in LIST_COLUMNS}
    for column, cell in row.cells.items():
        if column in COLUMNS:
            values[column] = _value(f"{name}: {row.place}: {column}", column, cell)
    if values.get("kind") not in KINDS:
        raise UnreadableInput(f"{name}: {row.place}: kind: expected one of {', '.join(KINDS)}, not {row.cells.get('kind', '')!r}")
    return Fact(**{"fact_id": "", "doc": ""} | values, spans=row.spans or {})


def _value(where: str, column: str, cell: str) -> Value:
    try:
        value = from_text(column, cell.lower() if column in BOOL_COLUMNS else cell)
    except (ValueError, ArithmeticError):
        value = None
    if value is None or (isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS)):
        expected = "a number" if column in DECIMAL_COLUMNS | INTEGER_COLUMNS else "true or false"
        raise UnreadableInput(f"{where}: expected {expected}, not {cell[:40]!r}")
    return value
