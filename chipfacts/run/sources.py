"""sources.yaml: what the user knows about the articles of a folder, `<file>: {published: EDTF, title, publisher, url}`, all optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chipfacts.errors import RuleError, UsageError
from chipfacts.run.spoken_date import hint

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = ("published", "title", "publisher", "url")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
# Reference dates: a year, month, quarter, half, season or day, perhaps uncertain. Intervals and unknown digits fix no "today".
_EDTF = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]|2[1-4]|3[3-9]|4[01])(?:-(\d{2}))?)?[~?%]?", re.ASCII)
EDTF_EXPECTED = "an EDTF date such as 2024-11-30, 2024-11, 2024 or 2024-11-30~"


@dataclass(frozen=True, slots=True)
class Source:
    """One article's entry; `published` is a valid reference date or None."""

    published: str | None = None
    title: str = ""
    publisher: str = ""
    url: str = ""


NO_SOURCE = Source()


def is_reference_date(text: str) -> bool:
    """True for an EDTF date that relative dates can be resolved against."""
    match = _EDTF.fullmatch(text)
    if match is None:
        return False
    year, month, day = match[1], match[2] or "01", match[3]
    if day is None:
        return year != "0000"
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def read_sources(path: Path) -> dict[str, Source]:
    """The entries by file name (`/`-separated, relative to the folder); UsageError names file, line and what was expected."""
    from chipfacts.rulebook.source import read_yaml

    try:
        return _entries(read_yaml(path, str(path)))
    except RuleError as error:  # the reader is the rulebook's, the mistake is not in a rule
        raise UsageError(str(error)) from None
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from None


def _entries(root: object) -> dict[str, Source]:
    from chipfacts.rulebook.source import Mapping

    if root is None:
        return {}
    if not isinstance(root, Mapping):
        raise ValueError("expected entries of the form `article.txt: {published: 2024-11-30, title: …}`")
    return {name: _entry(name, value, root) for name, value in root.items()}


def _entry(name: str, value: object, root: object) -> Source:
    from chipfacts.rulebook.source import Mapping, Text

    place = value.place if isinstance(value, Mapping | Text) else root.place if isinstance(root, Mapping) else None
    if isinstance(value, Text) and value in _EMPTY:
        return NO_SOURCE
    if not isinstance(value, Mapping):
        message = f"{name} must have entries such as `published: 2024-11-30`; known: {', '.join(_KEYS)}"
        raise place.error(message) if place else ValueError(message)
    values: dict[str, str] = {}
    for key, text in value.items():
        if key not in _KEYS:
            where = text.place if hasattr(text, "place") else value.place
            raise where.error(f"{name} has no key {key!r}; known: {', '.join(_KEYS)}")
        if not isinstance(text, Text):
            raise value.place.error(f"{key!r} of {name} must be a text")
        if text in _EMPTY:
            continue
        if key == "published" and not is_reference_date(text):
            raise text.place.error(f"'published' of {name} must be {EDTF_EXPECTED}, not {str(text)!r}{hint(str(text))}")
        values[key] = str(text)
    return Source(**values)
