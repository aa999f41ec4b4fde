"""YAML of the rulebook, read as plain strings with the place of every node, so that an error can name file, line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chipfacts.errors import RuleError


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: file, 1-based line and column, and the line itself."""

    file: str
    line: int
    column: int
    text: str

    def error(self, message: str) -> RuleError:
        """A RuleError that shows this place and marks the column."""
        mark = " " * (self.column - 1) + "^"
        return RuleError(f"{self.file}:{self.line}:{self.column}: {message}\n    {self.text}\n    {mark}")


class Text(str):
    """A scalar with its place; always a string, whatever YAML would make of it."""

    place: Place

    __slots__ = ("place",)


class Mapping(dict[str, Any]):
    """A mapping with its place and those of its keys, which are plain strings, unique."""

    place: Place
    key_places: dict[str, Place]

    __slots__ = ("key_places", "place")

    def place_of(self, key: str) -> Place:
        """Where the key stands; the mapping's own place for one that was not read from a file."""
        return self.key_places.get(key, self.place) if hasattr(self, "key_places") else self.place


class Sequence(list[Any]):
    """A sequence with its place."""

    place: Place

    __slots__ = ("place",)


def shown_name(folder: Path, path: Path) -> str:
    """What a rule file is called: the shipped rules are `rules/` in a checkout and an installed package alike: both share a cache."""
    return f"{folder.name.removeprefix('_')}/{path.relative_to(folder).as_posix()}"


def read_yaml(path: Path, shown: str) -> Any:
    """The YAML file as Mapping, Sequence and Text; RuleError for what is not YAML, aliases, tags or duplicate keys."""
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{shown}: cannot be read as UTF-8: {error}") from None
    lines = source.split("\n")

    def place(mark: Any) -> Place:
        text = lines[mark.line] if mark.line < len(lines) else ""
        return Place(shown, mark.line + 1, mark.column + 1, text)

    for number, line in enumerate(lines):
        # libyaml resolves aliases before we see a node; an anchor is refused where it is defined.
        stripped = line.lstrip(" -")
        if stripped.startswith(("&", "*", "!!")):
            raise Place(shown, number + 1, len(line) - len(stripped) + 1, line).error(
                "anchors, aliases and tags are not used here: write it out"
            )
    try:
        loader = loader_class(source)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark) if mark else Place(shown, 1, 1, "")
        raise where.error(f"not valid YAML: {error.problem or error.context}") from None
    return _convert(root, place) if root is not None else None


def _convert(node: Any, place: Any) -> Any:
    where = place(node.start_mark)
    if node.id == "scalar":
        text = Text(node.value)
        text.place = where
        return text
    if node.id == "sequence":
        items = Sequence(_convert(child, place) for child in node.value)
        items.place = where
        return items
    mapping = Mapping()
    mapping.place = where
    mapping.key_places = {str(key.value): place(key.start_mark) for key, _ in node.value}
    for key, value in node.value:
        name = str(key.value)
        if name in mapping:
            raise place(key.start_mark).error(f"the key {name!r} stands twice")
        mapping[name] = _convert(value, place)
    return mapping
