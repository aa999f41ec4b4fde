"""The lock: what the texts said when somebody last agreed, as JSON Lines that people review and git merges.

A header (format, version, paths, settings), then for each document a line with the digest of its text and a line for each of its facts:
what it says, where, its quote with a little context, its rule. Sorted, keys in order, LF, no time and no digest of the rules, so that a
change of one fact is a change of one line. Paths are relative to the lock's folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chipfacts.errors import UnreadableInput, UsageError
from chipfacts.model import DECIMAL_COLUMNS, INTEGER_COLUMNS, KINDS, LIST_COLUMNS, Fact
from chipfacts.review.change import VALUES, Context
from chipfacts.sheet.order import by_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

VERSION = 1
_LONGEST = 1 << 20  # bytes of a line; a fact has some hundreds
_COLUMNS = ("fact_id", "kind", "doc", *(column for column in VALUES if column != "kind"), "line", "start", "end", "quote")
_NEEDED = ("fact_id", "kind", "doc", "line", "start", "end", "quote", "before", "after", "rule")
_FACT_KEYS = frozenset({*_COLUMNS, "before", "after", "rule", "spans"})
_HEADER_KEYS = {"lock": str, "version": int, "paths": list, "published": str, "currency": str, "encoding": str, "rules": list}
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_MEND = "take the line from version control, or write the lock again with `chipfacts lock`"


@dataclass(frozen=True, slots=True)
class Locked:
    """A fact of the lock, the text around its quote, and its line in the lock (0: not written yet)."""

    fact: Fact
    context: Context
    line: int = 0


@dataclass(frozen=True, slots=True)
class Lock:
    """What a lock holds. `documents` maps a document to the digest of its text; `paths` and `rules` are relative to the lock's folder."""

    paths: tuple[str, ...]
    documents: Mapping[str, str]
    facts: tuple[Locked, ...]
    published: str | None = None
    currency: str | None = None
    encoding: str | None = None
    rules: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)  # of each document's own line


def digest_of(text: str) -> str:
    """SHA-256 of a text as UTF-8: the same in whatever encoding its file is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def render_lock(lock: Lock) -> Iterator[bytes]:
    """The lock's lines; the same bytes for the same content in whatever order."""
    import orjson

    settings = {"published": lock.published, "currency": lock.currency, "encoding": lock.encoding, "rules": list(lock.rules)}
    header = {"lock": "chipfacts", "version": VERSION, "paths": sorted(set(lock.paths))}
    yield orjson.dumps(header | {key: value for key, value in settings.items() if value}, option=orjson.OPT_APPEND_NEWLINE)
    contexts = {locked.fact.fact_id: locked.context for locked in lock.facts}
    rows: dict[str, list[Fact]] = {doc: [] for doc in sorted(lock.documents)}
    for fact in by_place(locked.fact for locked in lock.facts):
        rows[fact.doc].append(fact)
    for doc, facts in rows.items():
        yield orjson.dumps({"doc": doc, "sha256": lock.documents[doc]}, option=orjson.OPT_APPEND_NEWLINE)
        for fact in facts:
            yield orjson.dumps(_row(fact, contexts[fact.fact_id]), option=orjson.OPT_APPEND_NEWLINE)


def _row(fact: Fact, context: Context) -> dict[str, Any]:
    from chipfacts.sheet.cell import to_row

    cells = to_row(fact)
    row = {column: cells[column] for column in _COLUMNS if column in cells}
    return row | {"quote": fact.quote, "before": context.before, "after": context.after, "rule": fact.rule, "spans": cells.get("spans", {})}


def read_lock(path: Path) -> Lock:
    """The lock of a file; UsageError where there is none, UnreadableInput with the line and what was expected where it is damaged."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: no such lock; write one with `chipfacts lock PATHS`, or name it with --lock FILE") from None
    except OSError as error:
        raise UnreadableInput(f"{path}: the lock cannot be read ({(error.strerror or str(error)).lower()})") from None
    return _Reader(path).read(data)


def is_lock(data: bytes) -> bool:
    """True for bytes that a lock begins with: nobody's other file is written over."""
    return not data.strip() or data.lstrip().startswith((b'{"lock":', *_CONFLICT))


class _Reader:
    """One reading of a lock; knows the line it is at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = 0
        self._documents: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._facts: dict[str, Locked] = {}

    def read(self, data: bytes) -> Lock:
        """The lock in the bytes of its file; UnreadableInput names the line that is not as it should be."""
        header: dict[str, Any] | None = None
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            self._number = number
            if not line.strip():
                continue
            row = self._parsed(line)
            if header is None:
                header = self._header(row)
            elif "fact_id" in row:
                self._take_fact(row)
            else:
                self._take_document(row)
        if header is None:
            raise self._error('the file is empty; expected {"lock":"chipfacts","version":1,"paths":[…]} on line 1')
        for locked in self._facts.values():
            if locked.fact.doc not in self._documents:
                self._number = locked.line
                raise self._error(f"the document {locked.fact.doc!r} of this fact has no line of its own")
        header |= {key: tuple(header.get(key, ())) for key in ("paths", "rules")}
        settings = {key: header.get(key) for key in ("paths", "published", "currency", "encoding", "rules")}
        return Lock(documents=self._documents, facts=tuple(self._facts.values()), lines=self._lines, **settings)  # type: ignore[arg-type]

    def _error(self, reason: str) -> UnreadableInput:
        return UnreadableInput(f"{self._path}: line {self._number}: {reason}; {_MEND}")

    def _parsed(self, line: bytes) -> dict[str, Any]:
        if line.startswith(_CONFLICT):
            raise self._error("a merge conflict; expected one JSON object a line: settle the conflict first")
        if len(line) > _LONGEST:
            raise self._error(f"{len(line)} bytes long; expected at most {_LONGEST}")
        import json

        try:
            row = json.loads(line.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
        except UnicodeDecodeError as error:
            raise self._error(f"not UTF-8 (byte {error.start + 1} of the line)") from None
        except json.JSONDecodeError as error:
            raise self._error(f"not JSON ({error.msg.lower()} at column {error.colno}); expected one JSON object a line") from None
        except (ValueError, RecursionError) as error:
            raise self._error(str(error) if isinstance(error, ValueError) else "nested too deeply; expected one flat JSON object") from None
        if not isinstance(row, dict):
            raise self._error(f"expected a JSON object, not {_named(row)}")
        if b"\\u" in line and any("\ud800" <= char <= "\udfff" for char in json.dumps(row, ensure_ascii=False)):
            raise self._error("half a surrogate pair, which no text holds")
        return row

    def _header(self, row: dict[str, Any]) -> dict[str, Any]:
        if row.get("lock") != "chipfacts":
            raise self._error('expected the header {"lock":"chipfacts","version":1,"paths":[…]}')
        if row.get("version") != VERSION or isinstance(row.get("version"), bool):
            raise self._error(f"version {row.get('version')!r} of the lock is unknown; this chipfacts reads version {VERSION}")
        for key, value in row.items():
            if key not in _HEADER_KEYS:
                raise self._error(f"unknown key {key!r}; known: {', '.join(_HEADER_KEYS)}")
            if not isinstance(value, _HEADER_KEYS[key]) or (isinstance(value, list) and not _are_texts(value)):
                expected = "a list of texts" if _HEADER_KEYS[key] is list else "a text"
                raise self._error(f"{key!r} must be {expected}, not {_named(value)}")
        if not row.get("paths"):
            raise self._error("'paths' must name at least one file or folder")
        return dict(row)

    def _take_document(self, row: dict[str, Any]) -> None:
        doc, digest = row.get("doc"), row.get("sha256")
        if set(row) != {"doc", "sha256"} or not isinstance(doc, str) or not isinstance(digest, str):
            raise self._error('expected a fact (with "fact_id") or a document, {"doc":…,"sha256":…}')
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise self._error("'sha256' must be 64 hexadecimal digits")
        if doc in self._documents:
            raise self._error(f"the document {doc!r} is already on line {self._lines[doc]}")
        self._documents[doc] = digest
        self._lines[doc] = self._number

    def _take_fact(self, row: dict[str, Any]) -> None:
        from chipfacts.sheet.cell import from_row

        for key, value in row.items():
            if key not in _FACT_KEYS:
                raise self._error(f"unknown key {key!r}")
            if expected := _misfit(key, value):
                raise self._error(f"{key!r} must be {expected}, not {_named(value)}")
        for key in _NEEDED:
            if key not in row:
                raise self._error(f"{key!r} is missing")
        if row["start"] > row["end"] or len(row["quote"]) != row["end"] - row["start"]:
            raise self._error("'quote' must be as long as 'start' and 'end' say")
        context = Context(row.pop("before"), row.pop("after"))
        try:
            fact = from_row(row)
        except (ValueError, ArithmeticError, TypeError) as error:
            raise self._error(f"not a fact ({error})") from None
        if fact.fact_id in self._facts:
            raise self._error(f"the fact_id {fact.fact_id!r} is already on line {self._facts[fact.fact_id].line}")
        self._facts[fact.fact_id] = Locked(fact, context, self._number)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, value in pairs:
        if key in row:
            raise ValueError(f"the key {key!r} stands twice")
        row[key] = value
    return row


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _misfit(key: str, value: Any) -> str:
    """What was expected of the key's value, or nothing where it fits."""
    if key == "spans":
        fits = isinstance(value, dict) and all(isinstance(spans, list) and _are_spans(spans) for spans in value.values())
        return "" if fits else "a mapping of columns to [start, end]"
    if key in LIST_COLUMNS:
        return "" if isinstance(value, list) and _are_texts(value) else "a list of texts"
    if key in INTEGER_COLUMNS:
        return "" if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else "a whole number, zero or more"
    if key in DECIMAL_COLUMNS:
        return "" if isinstance(value, int | float | str) and not isinstance(value, bool) and _is_number(str(value)) else "a number"
    if key == "hearsay":
        return "" if isinstance(value, bool) else "true or false"
    if key == "kind":
        return "" if value in KINDS else f"one of {', '.join(KINDS)}"
    return "" if isinstance(value, str) else "a text"


def _is_number(text: str) -> bool:
    from decimal import Decimal, InvalidOperation

    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _are_spans(spans: list[Any]) -> bool:
    pairs = spans if spans and isinstance(spans[0], list) else [spans]
    return all(isinstance(pair, list) and len(pair) == 2 and all(type(end) is int and end >= 0 for end in pair) for pair in pairs)


def _named(value: Any) -> str:
    """A wrong value as a sentence may show it: short, and on one line."""
    text = ascii(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
