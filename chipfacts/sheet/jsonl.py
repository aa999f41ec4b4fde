"""JSON Lines: one fact a line, filled columns only, with `spans`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from chipfacts.sheet.cell import from_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.model import Fact, Sheet


def render(sheet: Sheet) -> Iterator[bytes]:
    """A line for each fact."""
    for fact in sheet.facts:
        yield orjson.dumps(to_row(fact), option=orjson.OPT_APPEND_NEWLINE)


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet; empty lines are passed over."""
    return tuple(from_row(orjson.loads(line)) for line in data.decode("utf-8-sig").split("\n") if line.strip())
