"""The gazetteers looked over as a whole: one name, one entry, unless both say that they share it; a chip's maker is somebody listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from chipfacts.rulebook.compile import rule_files, squeeze
from chipfacts.rulebook.source import Mapping, Place, read_yaml, shown_name
from chipfacts.rulebook.source import Sequence as Items

Finding = tuple[Place, str, str]


def unknown_makers(folders: Sequence[Path]) -> Iterator[Finding]:
    """Each maker of chips that no entry of a company is named, at its first chip."""
    entries = list(_entries(folders))
    known = {squeeze(str(entry["name"])) for entry in entries if "maker" not in entry}
    for entry in entries:
        key = squeeze(str(entry.get("maker", "")))
        if key and key not in known:
            known.add(key)
            yield entry["maker"].place, str(entry["id"]), f"the maker {str(entry['maker'])!r} is no name of a listed company"


def name_clashes(folders: Sequence[Path]) -> Iterator[Finding]:
    """(place, entry id, what is wrong) of every entry that has a name which another one has as well, unless both say so."""
    entries = list(_entries(folders))
    for is_chip in (False, True):
        yield from _clashes([entry for entry in entries if ("maker" in entry) is is_chip])


def _entries(folders: Sequence[Path]) -> Iterator[Mapping]:
    """Entries by id, a later folder's instead of an earlier one's."""
    found: dict[tuple[bool, str], Mapping] = {}
    for folder in folders:
        for path in rule_files(folder):
            root = read_yaml(path, shown_name(folder, path)) if path.parent.name == "gazetteers" else None
            for entry in root if isinstance(root, Items) else ():
                found["maker" in entry, str(entry["id"])] = entry
    yield from found.values()


def _clashes(entries: list[Mapping]) -> Iterator[Finding]:
    owners: dict[str, list[Mapping]] = defaultdict(list)
    for entry in entries:
        for key in _keys(entry, "name", "aliases", "weak", "shared"):
            owners[key].append(entry)
    for key, sharing in owners.items():
        for other in sharing[1:]:
            silent = [entry for entry in (sharing[0], other) if key not in _keys(entry, "shared")]
            if silent:
                first = sharing[0].place
                message = f"{key!r} also names {str(sharing[0]['id'])!r} ({first.file}:{first.line})"
                message += "; take it from one, or say 'shared' in both: the names they share, or true"
                yield other.place, str(other["id"]), message


def _keys(entry: Mapping, *columns: str) -> set[str]:
    keys: set[str] = set()
    for column in columns:
        value = entry.get(column)
        if column == "shared" and value == "true":
            keys |= _keys(entry, "name", "aliases", "weak")
        names = value if isinstance(value, Items) else [value] if column == "name" else []
        keys |= {squeeze(str(name)) for name in names}
    return keys
