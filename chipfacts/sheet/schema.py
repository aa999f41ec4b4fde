"""The JSON Schema (2020-12) that every line of JSON Lines meets, and so every row of JSON and YAML; made of the columns' descriptions."""

from __future__ import annotations

from typing import Any

from chipfacts.model import KINDS, Kind
from chipfacts.sheet.columns import BY_NAME, SCHEMA_VERSION, Column

REQUIRED = ("fact_id", "kind", "doc", "mentions", "line", "start", "end", "quote", "rule")
SPAN_COLUMNS = (
    *("company", "amount", "round", "status", "date", "announced", "chip", "node_nm", "foundry", "event"),
    *("investors", "lead_investors"),
)
_TYPES: dict[str, dict[str, Any]] = {
    # A number where every reader of JSON holds it exactly, else its digits.
    "decimal": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}]},
    "integer": {"type": "integer", "minimum": 0},
    "boolean": {"type": "boolean"},
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "list": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
}
# What a kind must have beside the columns of all, and its measures.
_NEEDS: dict[Kind, tuple[str, ...]] = {
    "funding": ("company", "measure", "status"),
    "valuation": ("company", "measure", "status", "currency"),
    "chip": ("chip",),
    "process_node": ("node_nm",),
    "date": ("date",),
    "amount": ("measure", "currency"),
}
_MEASURES: dict[Kind, tuple[str, ...]] = {
    "funding": ("round", "cumulative", "ipo", "debt"),
    "valuation": ("valuation", "pre_money", "post_money", "market_cap"),
}


def json_schema() -> dict[str, Any]:
    """The schema of one fact. `$id` carries the version that also stands in workbooks, databases and datapackages."""
    measures = BY_NAME["measure"].values
    of_amount = tuple(measure for measure in measures if not any(measure in named for named in _MEASURES.values()))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:chipfacts:fact:{SCHEMA_VERSION}",
        "title": "A fact of chipfacts",
        "description": "One line of JSON Lines. A column that does not apply is absent.",
        "type": "object",
        "properties": {name: _property(column) for name, column in BY_NAME.items()} | {"spans": _spans()},
        "required": list(REQUIRED),
        "additionalProperties": False,
        "allOf": [_of_kind(kind, (_MEASURES | {"amount": of_amount}).get(kind, ())) for kind in KINDS],
    }


def _property(column: Column) -> dict[str, Any]:
    shape = dict(_TYPES.get(column.type, {"type": "string", "minLength": 1}))
    if column.values:
        shape = {"enum": list(column.values)}
    elif column.pattern:
        shape["pattern"] = f"^{column.pattern}$"
    return {"description": column.meaning + (f" Unit: {column.unit}." if column.unit else "")} | shape


def _spans() -> dict[str, Any]:
    pair = {"type": "array", "prefixItems": [{"type": "integer", "minimum": 0}] * 2, "items": False, "minItems": 2}
    return {
        "description": "For each filled column the [start, end] of the characters it came from, or several of them.",
        "type": "object",
        "propertyNames": {"enum": list(SPAN_COLUMNS)},
        "additionalProperties": {"anyOf": [pair, {"type": "array", "items": pair, "minItems": 1}]},
    }


def _of_kind(kind: Kind, measures: tuple[str, ...]) -> dict[str, Any]:
    then: dict[str, Any] = {"required": list(_NEEDS[kind])}
    if measures:
        then["properties"] = {"measure": {"enum": list(measures)}}
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}
