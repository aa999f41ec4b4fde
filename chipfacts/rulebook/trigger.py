"""Words of several kinds in one automaton: where a text speaks of something, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Automaton:
    """Plain words, looked for all at once."""

    def __init__(self, words: Iterable[str]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._automaton = AhoCorasick(sorted(words), matchkind=MatchKind.LeftmostLongest)

    def ends(self, text: str) -> Iterator[int]:
        """Where the words end that stand in `text`, leftmost and longest, none overlapping."""
        return (end for _, _, end in self._automaton.find_matches_as_indexes(text))

    def is_in(self, text: str) -> bool:
        """True where one of the words stands in `text`."""
        return bool(self._automaton.find_matches_as_indexes(text))


class Triggers:
    """Context words of several kinds in one automaton; of words that begin at one place the longest of a kind counts."""

    def __init__(self, kinds: dict[str, frozenset[str]]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        table: dict[str, list[str]] = {}
        for kind, words in kinds.items():
            for word in words:
                table.setdefault(word, []).append(kind)
        self.kinds = list(table.values())
        self.automaton = AhoCorasick(list(table), matchkind=MatchKind.Standard)

    def find(self, lower: str) -> list[tuple[str, int, int]]:
        """(kind, start, end) in text order."""
        found = self.automaton.find_matches_as_indexes(lower, overlapping=True)
        if not found:
            return []
        best: dict[tuple[int, str], int] = {}
        for index, start, end in found:
            for kind in self.kinds[index]:
                best[start, kind] = max(best.get((start, kind), 0), end)
        return [(kind, start, end) for (start, kind), end in sorted(best.items())]
