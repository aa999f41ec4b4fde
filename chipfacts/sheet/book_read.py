"""A workbook (XLSX) to grids of values: the cells of each worksheet as text, number or boolean, wherever it was saved last.

Read from the XML itself, not through openpyxl: that drops the escape before `_x0041_` in a text, so such words would come back as others
(tests/test_xlsx.py shows it). Untrusted: no entities, no formula's result, bounded size.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | bool | Decimal

LARGEST = 1 << 30  # bytes of the whole workbook, unpacked
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BOOLEANS = ("TRUE()", "FALSE()")  # how LibreOffice writes a boolean
_ESCAPE = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)|_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"([A-Z]{1,3})[1-9][0-9]*")


class Book:
    """The worksheets of a workbook by name; ValueError for what is none. `days_from` is the day that number 0 stands for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            if sum(part.file_size for part in self._zip.infolist()) > LARGEST:
                raise ValueError(f"unpacks to more than {LARGEST >> 20} MiB")
            book = self._xml("xl/workbook.xml")
            targets = {item.get("Id"): item.get("Target", "") for item in self._xml("xl/_rels/workbook.xml.rels").iter(_RELATION)}
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
            raise ValueError(f"no workbook: {error}") from None
        self._parts = {
            sheet.get("name", ""): _part_name(targets.get(sheet.get(_OFFICE + "id"), "")) for sheet in book.iter(_MAIN + "sheet")
        }
        properties = book.find(_MAIN + "workbookPr")
        self.days_from = "1904-01-01" if properties is not None and properties.get("date1904") in ("1", "true") else "1899-12-30"
        self._strings: list[str] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def rows(self, name: str) -> Iterator[Mapping[int, Value]]:
        """The rows of a worksheet that hold something: column number (from 0) to value."""
        for row in self._xml(self._parts[name]).iter(_MAIN + "row"):
            cells: dict[int, Value] = {}
            for place, cell in enumerate(row.iter(_MAIN + "c")):
                value = self._value(cell, name)
                if value is not None and value != "":
                    cells[_column(cell.get("r"), place)] = value
            if cells:
                yield cells

    def _value(self, cell: Element, sheet: str) -> Value | None:
        formula = cell.find(_MAIN + "f")
        if formula is not None and formula.text not in _BOOLEANS:
            raise ValueError(f"cell {cell.get('r')} of {sheet} holds a formula; a sheet of chipfacts holds none")
        kind, raw = cell.get("t", "n"), cell.findtext(_MAIN + "v")
        if kind == "inlineStr":
            inline = cell.find(_MAIN + "is")
            return None if inline is None else _text(inline)
        if raw is None:
            return None
        if kind == "s":
            return self._shared[int(raw)]
        if kind == "b":
            return raw == "1"
        if kind == "n":
            number = Decimal(repr(float(raw)))  # what a spreadsheet computes with, in its shortest words
            if not number.is_finite():
                raise ValueError(f"cell {cell.get('r')} of {sheet} holds no number: {raw!r}")
            return number
        return _unescape(raw)

    @property
    def _shared(self) -> list[str]:
        if self._strings is None:
            self._strings = [_text(item) for item in self._xml("xl/sharedStrings.xml").iter(_MAIN + "si")]
        return self._strings

    def _xml(self, part: str) -> Element:
        data = self._zip.read(part)
        if b"<!DOCTYPE" in data:  # entities could grow without end; no spreadsheet writes one
            raise ValueError(f"{part} declares a document type")
        try:
            return fromstring(data, XMLParser(encoding="utf-8"))
        except ParseError as error:
            raise ValueError(f"{part}: {error}") from None


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _column(place: str | None, position: int) -> int:
    """A1 is 0, AA7 is 26; without a place, by position."""
    if place is None:
        return position
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(f"no cell is called {place!r}")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(item: Element) -> str:
    """The text of a string, its runs joined, how it is read aloud (rPh) left out."""
    runs = [run for run in item if run.tag in (_MAIN + "t", _MAIN + "r")]
    return _unescape("".join((run.text or "") if run.tag == _MAIN + "t" else run.findtext(_MAIN + "t") or "" for run in runs))


def _unescape(text: str) -> str:
    r"""_x0001_ is the control character; _x005F_x0001_ is the word _x0001_. (XlsxWriter writes _x005F\x01 no other way: it is misread.)"""
    return _ESCAPE.sub(lambda found: found[1] or chr(int(found[2], 16)), text)
