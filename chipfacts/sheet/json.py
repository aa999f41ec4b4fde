"""JSON: one array, a fact on each line (so that two sheets compare line by line); the rows are those of JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from chipfacts.sheet.cell import from_row, to_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.model import Fact, Sheet


def render(sheet: Sheet) -> Iterator[bytes]:
    """The array."""
    before = b"[\n"
    for fact in sheet.facts:
        yield before + orjson.dumps(to_row(fact))
        before = b",\n"
    yield b"\n]\n" if sheet.facts else b"[]\n"


def parse(data: bytes) -> tuple[Fact, ...]:
    """The facts of a rendered sheet."""
    return tuple(map(from_row, orjson.loads(data.decode("utf-8-sig"))))
