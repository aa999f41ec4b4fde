"""Facts to what people open, and back: one module per format, all from the same rows, all with the contract's columns in order.

`write(sheet, target, format)` writes a file or a folder (each file in one step, never half of it) or a binary stream; `read_rows` gives
its facts again. `format.py` says which formats there are.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from chipfacts.errors import UsageError
from chipfacts.sheet.format import FILE_FORMATS, FORMATS, RECORDS, Format, check_extra, format_named, format_of, names_folder
from chipfacts.sheet.target import check_folder, check_target, write_file, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chipfacts.model import Fact, Sheet

__all__ = [
    "FILE_FORMATS",
    "FORMATS",
    "Format",
    "check_output",
    "check_target",
    "format_named",
    "format_of",
    "read_rows",
    "render",
    "write",
]


class _StreamModule(Protocol):
    """What the module of a format offers that is one run of bytes. What it raises for a foreign sheet is in `_FOREIGN`."""

    def render(self, sheet: Sheet) -> Iterator[bytes]: ...

    def parse(self, data: bytes) -> tuple[Fact, ...]: ...


class _FolderModule(Protocol):
    """What the module of a format offers that is several files."""

    def render(self, sheet: Sheet) -> Iterator[tuple[str, Iterable[bytes]]]: ...

    def parse(self, folder: Path) -> tuple[Fact, ...]: ...


_FOREIGN = (ValueError, ArithmeticError, LookupError, TypeError, AttributeError)


def render(sheet: Sheet, format: Format) -> Iterator[bytes]:
    """The sheet piece by piece, text as UTF-8 with LF line ends; every format but `table` and `folder`."""
    if not RECORDS[format].is_stream:
        raise UsageError(f"the format {format!r} is only for {_place(format)}: one of {', '.join(FILE_FORMATS)}")
    check_extra(format)
    return cast("_StreamModule", _module(format)).render(sheet)


def check_output(target: Path | str, format: Format) -> None:
    """UsageError where that format cannot be written there: asked before the work, so that no work is lost."""
    check_extra(format)
    path = Path(target)
    if RECORDS[format].is_folder:
        check_folder(path)
    elif names_folder(target):
        raise UsageError(f"{target}: names a folder, but {format} is one file; name a file in it, or leave out --format")
    else:
        check_target(path)


def write(sheet: Sheet, target: Path | str | BinaryIO, format: Format | None = None) -> None:
    """Write the sheet; a path's format may come from its suffix, and an existing file is replaced in one step; streams get CSV."""
    if not isinstance(target, (Path, str)):
        for piece in render(sheet, format or "csv"):
            target.write(piece)
        return
    chosen = format or format_of(target)
    check_output(target, chosen)
    if RECORDS[chosen].is_folder:
        write_folder(Path(target), cast("_FolderModule", _module(chosen)).render(sheet))
    else:
        write_file(Path(target), render(sheet, chosen))


def read_rows(source: Path | bytes, format: Format | None = None) -> tuple[Fact, ...]:
    """The facts of a written sheet, in their own order; CSV and TSV carry no spans. UsageError for what is no such sheet."""
    chosen = format or ("csv" if isinstance(source, bytes) else format_of(source))
    record = RECORDS[chosen]
    if record.is_terminal or (record.is_folder and isinstance(source, bytes)):
        raise UsageError(f"the format {chosen!r} is only for {_place(chosen)}: one of {', '.join(FILE_FORMATS)}")
    check_extra(chosen, to_read=True)
    name = "the sheet" if isinstance(source, bytes) else str(source)
    try:
        if record.is_folder:
            return cast("_FolderModule", _module(chosen)).parse(cast("Path", source))
        return cast("_StreamModule", _module(chosen)).parse(source if isinstance(source, bytes) else source.read_bytes())
    except _FOREIGN as error:
        raise UsageError(f"{name}: not a {chosen} sheet of chipfacts: {error}") from None


def _place(format: Format) -> str:
    return "a terminal" if RECORDS[format].is_terminal else "a folder"


def _module(format: Format) -> object:
    """Loaded when used: orjson and yaml are a good part of a cold start."""
    return import_module(f"chipfacts.sheet.{format.replace('-', '_')}")
