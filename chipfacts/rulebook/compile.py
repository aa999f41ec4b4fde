"""rules/ on disk → one plain, JSON-able dictionary: names with their entries, word lists, cues and compiled patterns."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from chipfacts.errors import RuleError
from chipfacts.rulebook import schema
from chipfacts.rulebook.arithmetic import read_arithmetic
from chipfacts.rulebook.gazetteer import pack
from chipfacts.rulebook.pattern import ORG_ROLES, PatternError, compile_pattern
from chipfacts.rulebook.source import Mapping, Sequence, Text, read_yaml, shown_name
from chipfacts.text.fold import fold

_SQUEEZE = re.compile(r"[\s\-‐·_]+")


def squeeze(name: str) -> str:
    """The key under which a name is looked up: folded, lower case, without spaces and hyphens."""
    return _SQUEEZE.sub("", fold(name)).lower()


def rule_files(folder: Path) -> list[Path]:
    """The YAML files of a rules folder in reading order."""
    parts = ("gazetteers", "names", "cues", "facts", "joins", "arithmetic")
    return sorted(path for part in parts for path in (folder / part).glob("*.yaml"))


def compile_rules(folders: list[Path]) -> dict[str, Any]:
    """All rules of the folders as one dictionary; a later folder adds to, or by id replaces, what an earlier one says."""
    book: dict[str, Any] = {"orgs": {}, "chips": {}, "words": {}, "cues": {}, "rules": {}, "arithmetic": {}}
    for folder in folders:
        for path in rule_files(folder):
            shown = shown_name(folder, path)
            _read_file(book, path, shown, path.parent.name)
    return {
        "orgs": pack(list(book["orgs"].values())),
        "chips": pack(list(book["chips"].values())),
        "words": book["words"],
        "cues": list(book["cues"].values()),
        "rules": list(book["rules"].values()),
        "arithmetic": list(book["arithmetic"].values()),
    }


def _read_file(book: dict[str, Any], path: Path, shown: str, family: str) -> None:
    root = read_yaml(path, shown)
    if root is None:
        return
    if isinstance(root, Mapping):
        _read_words(book["words"], root)
        return
    if not isinstance(root, Sequence):
        raise RuleError(f"{shown}: expected a list of entries or a mapping of word lists")
    for node in root:
        if family == "gazetteers":
            _read_entry(book, node, path.stem)
        elif family == "cues":
            cue = _read_cue(node)
            _add(book["cues"], cue, node)
        elif family == "arithmetic":
            _add(book["arithmetic"], read_arithmetic(node), node)
        else:
            rule = _read_rule(node, family)
            _add(book["rules"], rule, node)


def _add(table: dict[str, Any], item: dict[str, Any], node: Mapping) -> None:
    known = table.get(item["id"])
    if known is not None and known["file"].split("/")[0] == item["file"].split("/")[0]:
        raise node["id"].place.error(f"the id {item['id']!r} is already used at {known['file']}:{known['line']}")
    table[item["id"]] = item


def _read_words(words: dict[str, list[str]], root: Mapping) -> None:
    if "id" in root and "words" in root:
        name = str(schema.check_text(root["id"], root, "id"))
        words.setdefault(name, []).extend(fold(str(word)).lower() for word in schema.check_texts(root["words"], root, "words"))
        return
    for name, node in root.items():
        if isinstance(node, Sequence):
            words.setdefault(name, []).extend(fold(str(word)).lower() for word in schema.check_texts(node, root, name))
        elif isinstance(node, Mapping):
            for inner, child in node.items():
                key = inner if name in ("org_suffix",) else f"{name}.{inner}"
                if name == "tail_veto":
                    words.setdefault("tail_veto", []).append(inner)
                words.setdefault(key, []).extend(fold(str(word)).lower() for word in schema.check_texts(child, node, inner))
        else:
            raise root.place.error(f"{name!r} must be a list of words")


def _read_entry(book: dict[str, Any], node: object, stem: str) -> None:
    entry = schema.check_keys(node, schema.ENTRY_KEYS, "an entry")
    name = schema.check_text(entry["name"], entry, "name")
    is_chip = "maker" in entry
    aliases = [name, *schema.check_texts(entry.get("aliases", Sequence()), entry, "aliases")]
    aliases += schema.check_texts(entry.get("shared"), entry, "shared") if isinstance(entry.get("shared"), Sequence) else []
    weak_node = entry.get("weak")
    weak = schema.check_texts(weak_node, entry, "weak") if isinstance(weak_node, Sequence) else []
    item: dict[str, Any] = {
        "id": str(entry["id"]),
        "file": entry.place.file,
        "line": entry.place.line,
        "name": str(name),
        "keys": sorted({squeeze(alias) for alias in aliases} - {squeeze(alias) for alias in weak}),
        "shown": {squeeze(alias): fold(str(alias)) for alias in [*aliases, *weak]},
        "weak": sorted({squeeze(alias) for alias in weak}),
        "kind": str(entry.get("kind", "")),
        "not_in": [fold(str(word)) for word in entry.get("not_in", [])],
    }
    if is_chip:
        if isinstance(weak_node, Text) and weak_node == "true":
            item["weak"], item["keys"] = item["keys"], []
        item["maker"] = str(entry["maker"])
        _add(book["chips"], item, entry)
        return
    roles = [str(role) for role in entry.get("roles", [])]
    if stem == "investors":
        roles = ["investor"]
    if stem == "foundries" and "foundry" not in roles:
        roles.append("foundry")
    item |= {"roles": roles, "home": str(entry.get("home", ""))}
    _add(book["orgs"], item, entry)


def _read_cue(node: object) -> dict[str, Any]:
    cue = schema.check_keys(node, schema.CUE_KEYS, "a cue")
    offers = schema.check_choice(schema.check_text(cue["offers"], cue, "offers"), schema.CUE_OFFERS, "offers")
    side = str(cue.get("side", "both"))
    if side not in ("before", "after", "both", "clause", "sentence"):
        raise cue["side"].place.error("side is before, after, both, clause or sentence")
    return {
        "id": str(schema.check_text(cue["id"], cue, "id")),
        "file": cue.place.file,
        "line": cue.place.line,
        "offers": offers,
        "words": [fold(str(word)).lower() for word in schema.check_texts(cue["words"], cue, "words")],
        "except": [fold(str(word)).lower() for word in schema.check_texts(cue.get("except", Sequence()), cue, "except")],
        "side": side,
        "reach": schema.check_number(cue.get("reach"), cue, "reach", 16),
        "weight": schema.check_number(cue.get("weight"), cue, "weight", 8),
        "decay": schema.check_number(cue.get("decay"), cue, "decay", 0.3),
    }


def _read_rule(node: object, family: str) -> dict[str, Any]:
    rule = schema.check_keys(node, schema.RULE_KEYS, "a rule")
    texts = [rule["pattern"]] if "pattern" in rule else list(rule.get("patterns", []))
    if not texts:
        raise rule.place.error("a rule needs 'pattern' or 'patterns'")
    if "finds" not in rule:
        raise rule.place.error("a rule needs 'finds': examples that prove it")
    patterns = []
    for text in texts:
        try:
            compiled = compile_pattern(fold(str(text)).lower())
        except PatternError as error:
            raise text.place.error(f"in the pattern, at character {error.column + 1}: {error}") from None
        patterns.append(
            {
                "source": compiled.source,
                "regex": compiled.regex,
                "needs": list(compiled.needs),
                "roles": list(compiled.roles),
                "marks": compiled.marks,
            }
        )
    sets = {str(key): str(value) for key, value in (rule.get("set") or {}).items()}
    _check_sets(rule, sets)
    unless = {}
    for name, veto in (rule.get("unless") or {}).items():
        unless[name] = {str(side): [fold(w).lower() for w in str(words).split("|")] for side, words in veto.items()}
    return {
        "id": str(schema.check_text(rule["id"], rule, "id")),
        "file": rule.place.file,
        "line": rule.place.line,
        "family": family,
        "says": str(rule["says"]),
        "patterns": patterns,
        "set": sets,
        "unless": unless,
        "weight": schema.check_number(rule.get("weight"), rule, "weight", 20),
    }


def _check_sets(rule: Mapping, sets: dict[str, str]) -> None:
    node = rule.get("set") or {}
    for name, value in sets.items():
        place = node[name]
        if name == "measure":
            schema.check_choice(place, set(schema.MEASURE_KIND), "measure")
        elif name == "status":
            schema.check_choice(place, set(schema.STATUSES), "status")
        elif name == "event":
            schema.check_choice(place, set(schema.EVENTS), "event")
        elif name in ORG_ROLES or name in ("round", "names", "effect", "adds"):
            continue
        else:
            raise rule.place.error(f"set cannot say {name!r}; it says measure, status, event, round or effect ({value!r})")
