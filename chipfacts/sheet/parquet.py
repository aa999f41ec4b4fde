"""Parquet: one table of all facts with types that databases know; exact decimals, days as dates, lists, spans as structs.

A decimal column has the scale that its finest value needs, but at least the usual one, so that files of many runs fit together. A column
with a value that its type cannot hold (a sum of more than 76 digits, a day before the year 1) is text as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from chipfacts.model import COLUMNS, DECIMAL_COLUMNS, LIST_COLUMNS, Fact, Sheet, Span
from chipfacts.sheet.cell import BOOL_COLUMNS, from_text, new_fact, plain_decimal
from chipfacts.sheet.columns import BY_NAME, SCHEMA_VERSION

if TYPE_CHECKING:
    import pyarrow

_USUAL_SCALE = {"amount_low": 4, "amount_high": 4, "node_nm": 3}
_DIGITS = (38, 76)  # of decimal128 and decimal256


def render(sheet: Sheet) -> Iterator[bytes]:
    """The file; the same facts give the same bytes under the same version of pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fields, arrays = [], []
    for column in COLUMNS:
        values = [getattr(fact, column) for fact in sheet.facts]
        field, array = _column(column, values)
        fields.append(field)
        arrays.append(array)
    span = pa.struct([("column", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    fields.append(pa.field("spans", pa.list_(span), metadata={"meaning": "The characters of the document that each column came from."}))
    arrays.append(pa.array([_runs(fact) for fact in sheet.facts], pa.list_(span)))
    about = {"chipfacts": sheet.version, "rules": sheet.rules_digest, "schema": SCHEMA_VERSION}
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=about)), sink)
    yield sink.getvalue().to_pybytes()


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        rows = pq.read_table(pa.BufferReader(data)).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error).partition("\n")[0]) from None
    return tuple(map(_fact, rows))


def _column(name: str, values: list[Any]) -> tuple[pyarrow.Field, pyarrow.Array]:
    import pyarrow as pa

    values = [None if value in ("", ()) else value for value in values]
    type_: pa.DataType = pa.string()
    if name in LIST_COLUMNS:
        type_, values = pa.list_(pa.string()), [list(value or ()) for value in values]
    elif BY_NAME[name].type == "integer":
        type_ = pa.int64()
    elif name in BOOL_COLUMNS:
        type_ = pa.bool_()
    elif name in DECIMAL_COLUMNS:
        fitting = _decimal_type(name, values)
        type_, values = (fitting, values) if fitting else (type_, [value if value is None else plain_decimal(value) for value in values])
    elif BY_NAME[name].type == "day":
        days = [_day(value) for value in values]
        if all(day is not None or value is None for day, value in zip(days, values, strict=True)):
            type_, values = pa.date32(), days
    column = BY_NAME[name]
    metadata = {"meaning": column.meaning} | ({"unit": column.unit} if column.unit else {})
    return pa.field(name, type_, metadata=metadata), pa.array(values, type_)


def _decimal_type(name: str, values: list[Decimal | None]) -> pyarrow.DataType | None:
    """The narrowest decimal that holds all values exactly; None where none does."""
    import pyarrow as pa

    scale, whole = _USUAL_SCALE[name], 1
    for value in values:
        if value is not None:
            digits, _, fraction = plain_decimal(value.copy_abs()).partition(".")  # abs() would round
            scale, whole = max(scale, len(fraction)), max(whole, len(digits))
    for precision, type_ in zip(_DIGITS, (pa.decimal128, pa.decimal256), strict=True):
        if whole + scale <= precision:
            return type_(precision, scale)
    return None


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _runs(fact: Fact) -> list[dict[str, Any]]:
    return [{"column": column, "start": start, "end": end} for column, spans in fact.spans.items() for start, end in spans]


def _fact(row: dict[str, Any]) -> Fact:
    spans: dict[str, tuple[Span, ...]] = {}
    for run in row.pop("spans", None) or ():
        spans[run["column"]] = (*spans.get(run["column"], ()), Span(run["start"], run["end"]))
    values: dict[str, Any] = {"spans": spans}
    for column, value in row.items():
        if column not in BY_NAME:
            raise ValueError(f"unknown column {column!r}")
        if value is None or value == []:
            continue
        if isinstance(value, (bool, Decimal)):
            values[column] = value
        elif column in LIST_COLUMNS:
            values[column] = tuple(value)
        else:
            values[column] = from_text(column, value.isoformat() if isinstance(value, date) else str(value))
    return new_fact(values)
