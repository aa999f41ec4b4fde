"""Regular expressions kept compiled between runs: compiling them is a third of the time in which a few articles are read.

`re` looks into its own cache before it compiles, and what its compiler makes is a list of integers. The list of every pattern a run used is
kept in the user's cache folder and put there before the next run. All of it is private to CPython: where a name is missing, the version is
another one or the file is damaged, nothing is put there and `re` compiles as ever.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from chipfacts.rulebook.cache import cache_file, keep

_ROOM = 1024  # `re` forgets the oldest beyond 512 of its own accord: too few for the rules and the words around names
_MOST = 960
_SPARE = 50  # room that a file of patterns still in use leaves
_NEW = 16  # so many patterns compiled anew are worth another file


def recall() -> int:
    """Put the kept patterns where `re` finds them; how many."""
    if hasattr(re, "_MAXCACHE"):
        re._MAXCACHE = max(re._MAXCACHE, _ROOM)
    path = cache_file(_name())
    if path is None or not path.is_file():
        return 0
    try:
        from re import _compiler  # type: ignore[attr-defined]

        known: list[Any] = _unpacked(path.read_bytes())
        for pattern, flags, compiled, code, groups, names, indices in known:
            made = _compiler._sre.compile(pattern, compiled, code, groups, names, tuple(indices))
            re._cache[str, pattern, flags] = made  # type: ignore[attr-defined]
    except Exception:  # whatever a strange file or another interpreter may raise: then patterns are compiled
        return 0
    return len(known)


def remember(recalled: int) -> None:
    """Keep the patterns that `re` holds now, where they are many more than were recalled."""
    path = cache_file(_name())
    if path is None:
        return
    try:
        used = [key for key, kept in re._cache.items() if key[0] is str and not kept.flags & re.DEBUG]  # type: ignore[attr-defined]
        if len(used) > _MOST and recalled > _MOST - _SPARE:
            path.unlink()  # patterns of rules that are no more fill it: the next run begins anew
        if not recalled + _NEW <= len(used) <= _MOST:
            return
        keep(path, _packed([_compiled(pattern, flags) for _, pattern, flags in used]))
    except Exception:
        return


def _compiled(pattern: str, flags: int) -> list[Any]:
    """The arguments of `_sre.compile` for a pattern, as re._compiler.compile finds them."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(pattern, flags)
    indices: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        indices[number] = name
    return [
        pattern,
        flags,
        int(flags | parsed.state.flags),
        list(map(int, _compiler._code(parsed, flags))),
        parsed.state.groups - 1,
        parsed.state.groupdict,
        indices,
    ]


def _name() -> str:
    return f"patterns-{sys.implementation.cache_tag}-{sys.hexversion:x}-{sys.byteorder}.bin"


def _packed(known: list[Any]) -> bytes:
    import hashlib
    import marshal

    data = marshal.dumps(known)
    return hashlib.sha256(data).digest() + data


def _unpacked(data: bytes) -> list[Any]:
    import hashlib
    import marshal

    if hashlib.sha256(data[32:]).digest() != data[:32]:
        raise ValueError("a damaged file")
    known: list[Any] = marshal.loads(data[32:])
    return known
