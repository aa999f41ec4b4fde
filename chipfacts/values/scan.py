"""Looking for a grammar only where it can begin: the same matches as `grammar.finditer`, at a fraction of its cost in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator


def find_at(starts: re.Pattern[str], grammar: re.Pattern[str], view: str) -> Iterator[re.Match[str]]:
    """The matches of `grammar`, left to right. `starts` matches one character wherever `grammar` may begin; it should open with one
    character class, over which a search runs many times faster than over alternatives."""
    end = 0
    for place in starts.finditer(view):
        at = place.start()
        if at >= end and (match := grammar.match(view, at)) is not None:
            end = match.end()
            yield match
