"""Find rules/, compile it once, and keep the compiled form in the user's cache folder under the digest of the files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from chipfacts.errors import RuleError
from chipfacts.rulebook.book import Rulebook
from chipfacts.rulebook.cache import cache_file, keep
from chipfacts.rulebook.compile import compile_rules, rule_files

_FORMAT = "13"  # of the compiled form: raise it when the dictionary changes its shape or the pattern language its meaning


def rules_folder() -> Path:
    """The folder of the rules that came with the package, or of the checkout it runs from."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "_rules"
    return shipped if shipped.is_dir() else package.parent / "rules"


def load_rulebook(extra: Sequence[Path] = ()) -> Rulebook:
    """The rulebook of the shipped rules and of `extra` folders, in order; RuleError names file, line and column of a mistake."""
    folders = [rules_folder(), *(Path(folder) for folder in extra)]
    for folder in folders:
        if not folder.is_dir():
            raise RuleError(f"{folder}: not a folder of rules (it holds gazetteers/, names/, cues/, facts/, joins/, arithmetic/)")
    return _load(tuple(folders), digest(folders))


def digest(folders: Sequence[Path]) -> str:
    """A hash of every rule file's name and bytes."""
    seen = hashlib.sha256(_FORMAT.encode())
    for folder in folders:
        for path in rule_files(folder):
            data = path.read_bytes()
            seen.update(f"{path.parent.name}/{path.name}:{len(data)}\n".encode())
            seen.update(data)
    return seen.hexdigest()


@lru_cache(maxsize=8)
def _load(folders: tuple[Path, ...], key: str) -> Rulebook:
    import orjson

    cached = cache_file(f"rules-{key[:32]}.json")
    book: dict[str, Any] | None = None
    if cached is not None and cached.is_file():
        try:
            book = orjson.loads(cached.read_bytes())
        except (OSError, ValueError):
            book = None
    if book is None:
        book = compile_rules(list(folders))
        if cached is not None:
            keep(cached, orjson.dumps(book))
    return Rulebook(book, key)
