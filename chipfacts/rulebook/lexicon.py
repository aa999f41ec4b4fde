"""Everyday Chinese words: jieba's dictionary, cut down to what the judgement of a name needs, kept beside the compiled rules.

jieba itself takes 0.3 s to import and 0.6 s to load; its dictionary is a plain text file and the one part we need.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from chipfacts.rulebook.cache import cache_file, keep

_MIN_COUNT = 40
_LONGEST = 5


@cache
def load_lexicon() -> dict[str, int]:
    """Word (2 to 5 characters) → how often jieba's corpus has it, for words seen at least 40 times."""
    import orjson

    source = _dictionary()
    if source is None:
        return {}
    cached = cache_file(f"lexicon-{source.stat().st_size}-{_MIN_COUNT}.json")
    if cached is not None and cached.is_file():
        try:
            known: dict[str, int] = orjson.loads(cached.read_bytes())
            return known
        except (OSError, ValueError):
            pass  # a damaged cache is rebuilt below
    words: dict[str, int] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if 2 <= len(word) <= _LONGEST and int(count) >= _MIN_COUNT:
            words[word] = int(count)
    if cached is not None:
        keep(cached, orjson.dumps(words))
    return words


def _dictionary() -> Path | None:
    spec = find_spec("jieba")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    path = Path(folders[0]) / "dict.txt" if folders else None
    return path if path is not None and path.is_file() else None


def holds_word(text: str) -> bool:
    """True where an everyday word of two characters or more stands in `text`: not all of it is left uncovered."""
    lexicon = load_lexicon()
    size = len(text)
    return any(text[start:end] in lexicon for start in range(size - 1) for end in range(start + 2, min(start + _LONGEST, size) + 1))


def uncovered(text: str) -> int:
    """How many characters of `text` are left over when everyday words of two characters or more are laid over it as well as can be."""
    lexicon = load_lexicon()
    size = len(text)
    fewest = [0] + [size] * size
    for start in range(size):
        fewest[start + 1] = min(fewest[start + 1], fewest[start] + 1)
        for end in range(start + 2, min(start + _LONGEST, size) + 1):
            if text[start:end] in lexicon:
                fewest[end] = min(fewest[end], fewest[start])
    return fewest[size]
