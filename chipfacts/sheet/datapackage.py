"""The description that travels with a folder of tables: a Frictionless data package with types, units and constraints of every column."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chipfacts.sheet.columns import BY_NAME, SCHEMA_VERSION, Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chipfacts.model import Sheet

_TYPES = {"decimal": "number", "integer": "integer", "boolean": "boolean", "day": "date"}


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file of the folder."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    data: bytes


def describe(sheet: Sheet, tables: Sequence[Table]) -> dict[str, Any]:
    """`datapackage.json`: tables in order, each with its bytes and hash, so that a reader can tell whether it is the file described."""
    return {
        "name": "chipfacts",
        "title": "Facts of articles about semiconductors, each tied to its characters",
        "version": SCHEMA_VERSION,
        "chipfacts": {"version": sheet.version, "rules": sheet.rules_digest},
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": f"{table.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.data),
        "hash": "sha256:" + hashlib.sha256(table.data).hexdigest(),
        "schema": {"fields": [_field(column, column.name in table.key) for column in table.columns], "primaryKey": list(table.key)},
    }


def _field(column: Column, is_key: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, "string"), "description": _description(column)}
    constraints: dict[str, Any] = {"required": True} if is_key else {}
    if column.values:
        constraints["enum"] = list(column.values)
    elif column.pattern:
        constraints["pattern"] = column.pattern
    elif column.type == "integer":
        constraints["minimum"] = 0
    if constraints:
        field["constraints"] = constraints
    if column.unit:
        field["unit"] = column.unit
    return field


def _description(column: Column) -> str:
    if column.type == "list":
        return column.meaning + r" Members are joined by '; '; inside a member a semicolon is \; and a backslash \\."
    if column.type == "text" and not column.pattern and column.name in BY_NAME:
        return column.meaning + " An apostrophe stands before text that a spreadsheet would run."
    return column.meaning
