"""Facts to what people open, and back: one module per format, all with the contract's columns in order.

`write(sheet, target, format)` writes a file (in one step, never half of it) or a binary stream; `read_rows` gives its facts again.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, cast, get_args

from chipfacts.errors import UsageError
from chipfacts.sheet.target import check_target, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chipfacts.model import Fact, Sheet

__all__ = ["FILE_FORMATS", "FORMATS", "Format", "check_target", "format_named", "format_of", "read_rows", "render", "write"]

Format = Literal["table", "csv", "tsv", "jsonl", "json", "yaml"]
FORMATS: tuple[Format, ...] = get_args(Format)
FILE_FORMATS: tuple[Format, ...] = tuple(name for name in FORMATS if name != "table")
_SUFFIXES: dict[str, Format] = {f".{name}": name for name in FILE_FORMATS} | {".yml": "yaml", ".ndjson": "jsonl"}


class _FormatModule(Protocol):
    """What each format's module offers."""

    def render(self, sheet: Sheet) -> Iterator[bytes]: ...

    def parse(self, text: str) -> tuple[Fact, ...]: ...


def format_named(name: str) -> Format:
    """The format of that name, in any case; UsageError with the list where there is none."""
    if name.lower() not in FORMATS:
        raise UsageError(f"unknown format {name!r}: one of {', '.join(FORMATS)}")
    return cast("Format", name.lower())


def format_of(path: Path) -> Format:
    """The format of a file by its suffix; UsageError with the list where the suffix says nothing."""
    found = _SUFFIXES.get(path.suffix.lower())
    if found is None and path.suffix.lower() in (".html", ".htm"):
        raise UsageError(f"{path}: an HTML page is made by chipfacts report; a sheet's suffix is one of {', '.join(_SUFFIXES)}")
    if found is None:
        raise UsageError(f"{path}: the suffix names no format; use one of {', '.join(_SUFFIXES)}, or --format")
    return found


def render(sheet: Sheet, format: Format) -> Iterator[bytes]:
    """The sheet as UTF-8 with LF line ends, piece by piece; every format but `table`, which needs a terminal."""
    return _module(format).render(sheet)


def write(sheet: Sheet, target: Path | BinaryIO, format: Format | None = None) -> None:
    """Write the sheet; a path's format may come from its suffix, and an existing file is replaced in one step; streams get CSV."""
    if isinstance(target, Path):
        write_file(target, render(sheet, format or format_of(target)))
        return
    for piece in render(sheet, format or "csv"):
        target.write(piece)


def read_rows(source: Path | bytes, format: Format | None = None) -> tuple[Fact, ...]:
    """The facts of a written sheet, in their own order; CSV and TSV carry no spans. UsageError for what is no such sheet."""
    if isinstance(source, bytes):
        name, data, chosen = "the sheet", source, format or "csv"
    else:
        name, data, chosen = str(source), source.read_bytes(), format or format_of(source)
    module = _module(chosen)
    try:
        return module.parse(data.decode("utf-8-sig"))
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        raise UsageError(f"{name}: not a {chosen} sheet of chipfacts: {error}") from None


def _module(format: Format) -> _FormatModule:
    """Loaded when used: orjson and yaml are a good part of a cold start."""
    if format not in FILE_FORMATS:
        raise UsageError(f"the format {format!r} is only for a terminal: one of {', '.join(FILE_FORMATS)}")
    return cast("_FormatModule", import_module(f"chipfacts.sheet.{format}"))
