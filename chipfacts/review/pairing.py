"""Maximum one-to-one pairing of what was wanted with what came out."""

from __future__ import annotations

from collections.abc import Sequence


def pair(fits: Sequence[Sequence[bool]]) -> dict[int, int]:
    """Got index → wanted index, as many pairs as can be; `fits[wanted][got]`. Earlier wanted rows keep their seat (augmenting paths)."""
    owner: dict[int, int] = {}

    def seat(wanted: int, tried: set[int]) -> bool:
        for got, does_fit in enumerate(fits[wanted]):
            if does_fit and got not in tried:
                tried.add(got)
                if got not in owner or seat(owner[got], tried):
                    owner[got] = wanted
                    return True
        return False

    for wanted in range(len(fits)):
        seat(wanted, set())
    return owner
