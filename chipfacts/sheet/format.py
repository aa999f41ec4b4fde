"""The formats a sheet has: which suffixes name one, whether it is text, bytes or a folder, and which extra it needs.

One record a format; everything that differs between formats in the hands of a caller is a field of it. The work is done by the module of
that name: `render(sheet)` gives the bytes piece by piece and `parse(data)` the facts again. A folder's `render` gives files (name, pieces),
its `parse` takes the folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, cast, get_args

from chipfacts.errors import UsageError

Format = Literal["table", "csv", "tsv", "jsonl", "json", "yaml", "excel-csv", "xlsx", "sqlite", "parquet", "folder"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True, slots=True)
class FormatRecord:
    """What a caller must know of a format before it is rendered or parsed."""

    suffixes: tuple[str, ...] = ()
    is_terminal: bool = False  # for eyes only: neither written to a file nor read
    is_binary: bool = False  # would garble a terminal
    is_folder: bool = False  # several files, never a stream
    extra: str = ""  # of chipfacts[…], with the packages below, as imported
    writes_with: tuple[str, ...] = ()
    reads_with: tuple[str, ...] = ()

    @property
    def is_stream(self) -> bool:
        """True where the sheet is one run of bytes, so that a pipe can carry it."""
        return not (self.is_terminal or self.is_folder)


RECORDS: dict[Format, FormatRecord] = {
    "table": FormatRecord(is_terminal=True),
    "csv": FormatRecord((".csv",)),
    "tsv": FormatRecord((".tsv",)),
    "jsonl": FormatRecord((".jsonl", ".ndjson")),
    "json": FormatRecord((".json",)),
    "yaml": FormatRecord((".yaml", ".yml")),
    "excel-csv": FormatRecord(),
    "xlsx": FormatRecord((".xlsx",), is_binary=True, extra="xlsx", writes_with=("xlsxwriter",)),
    "sqlite": FormatRecord((".sqlite", ".sqlite3", ".db"), is_binary=True),
    "parquet": FormatRecord((".parquet",), is_binary=True, extra="parquet", writes_with=("pyarrow",), reads_with=("pyarrow",)),
    "folder": FormatRecord(is_folder=True),
}
FILE_FORMATS: tuple[Format, ...] = tuple(name for name, record in RECORDS.items() if record.is_stream)
_SUFFIXES: dict[str, Format] = {suffix: name for name, record in RECORDS.items() for suffix in record.suffixes}


def format_named(name: str) -> Format:
    """The format of that name, in any case; UsageError with the list where there is none."""
    if name.lower() not in FORMATS:
        raise UsageError(f"unknown format {name!r}: one of {', '.join(FORMATS)}")
    return cast("Format", name.lower())


def format_of(target: Path | str) -> Format:
    """The format of a target by its suffix, a folder by its last / or by being one; UsageError with the list where nothing says."""
    if names_folder(target) or Path(target).is_dir():
        return "folder"
    found = _SUFFIXES.get(Path(target).suffix.lower())
    if found is None and Path(target).suffix.lower() in (".html", ".htm"):
        raise UsageError(f"{target}: an HTML page is made by chipfacts report; a sheet's suffix is one of {', '.join(_SUFFIXES)}")
    if found is None:
        known = ", ".join(_SUFFIXES)
        raise UsageError(f"{target}: the suffix names no format; use one of {known}, a folder (its name ends with /), or --format")
    return found


def names_folder(target: Path | str) -> bool:
    """True where the name itself says so. A Path forgets its last slash, so this wants the words of the user."""
    return str(target).endswith(("/", os.sep))


def check_extra(format: Format, *, to_read: bool = False) -> None:
    """UsageError, naming the command that mends it, where the packages of a format are not installed."""
    record = RECORDS[format]
    missing = [package for package in (record.reads_with if to_read else record.writes_with) if find_spec(package) is None]
    if missing:
        raise UsageError(f"the format {format} needs {' and '.join(missing)}: pip install 'chipfacts[{record.extra}]'")
