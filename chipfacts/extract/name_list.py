"""Names in lists: investors in front of a verb (…、…和…领投) or behind a head (投资方包括…), member by member."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from chipfacts.extract.name_judge import NameJudge, alternation
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import CLAUSE_ENDS, Skeleton
from chipfacts.rulebook.pattern import CHAR_KINDS, DATE, ORG

_MENTION = "".join(CHAR_KINDS)
_SEPARATORS = re.compile(r"、|,|;|和|与|及|以及|/|&| and | plus |\s{2,}")
_CHINESE_SEPARATORS = re.compile(r"、|,|;|和|与|及|以及|\s{2,}")  # seed + speed Ventures、Graham & Walker、D1
_LATIN_MEMBER = re.compile(r"(?=[^,]*[A-Za-z])[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f .&+'’-]{1,44}")
_JOINERS = frozenset(("和", "与", "及"))
_BETWEEN = ("、", "和", "与", "及", "以及")
_COUNTS = ("数", "多", "几", "两", "三", "四", "五")  # … of unnamed ones: 数家汽车集团
_UNKNOWN = 8  # characters of a list's member that nobody knows
_NOTE = re.compile(r"\s*\([^()]{0,24}\)$")


class ListFinder(NameJudge):
    """Judging runs of a skeleton, one by one and in lists."""

    @cached_property
    def _list_end(self) -> re.Pattern[str]:
        return re.compile(alternation(self.book.words("list_ends")))

    def _candidate(
        self, skeleton: Skeleton, start: int, end: int, strong: bool, investor: bool = False, certain: bool = False
    ) -> Candidate | None:
        """Judge text[start:end]; the candidate's span is of the source."""
        start = self._behind_dateline(skeleton.text, start)
        run = skeleton.text[start:end]
        found = self.judge(run, is_strong=strong, is_certain=certain)
        if not found or (investor and self.phrases.is_plain(run[slice(*found)]) and not self._suffix_size(run[slice(*found)], 2)):
            return None
        before = skeleton.text[: start + found[0]]
        if before.endswith(self._anonymous) or (run[found[0]] == "家" and before.endswith(_COUNTS)):
            return None
        return Candidate(skeleton.source(start + found[0], start + found[1]), strong, investor)

    def _behind_dateline(self, text: str, start: int) -> int:
        """4月12日讯|岚峤科技: where a name may begin behind a day."""
        ends_line = text[start - 1 : start] == DATE and text[start : start + 1] in self.book.words("dateline_ends")
        return start + 1 if ends_line else start

    @cached_property
    def _anonymous(self) -> tuple[str, ...]:
        return tuple(sorted(self.book.words("anonymous_marks")))

    def _list_left(self, skeleton: Skeleton, verb: int, *, investor: bool = True) -> Iterator[Candidate]:
        """Members of a list that ends at a verb (…、…和…领投), from the right until one is no name."""
        text = skeleton.text
        start = verb
        while start > 0 and text[start - 1] not in "。;:!?\n【】" and verb - start < 160:
            start -= 1
        end = self._without_tail(text, start, verb)
        pieces = list(split_list(text, start, end))
        is_behind_unknown = False
        for low, high in reversed(pieces):
            if text[low:high].strip(" ") in ("", ORG):
                if not text[low:high].strip():
                    break
                continue
            piece_end = self._without_tail(text, low, high)
            has_org = ORG in text[low:piece_end]
            if has_org and text[low:piece_end].strip().endswith(ORG):
                if len(text[low:piece_end].strip()) > 8 or "由" in text[low:piece_end]:
                    break
                continue
            stop = max((i + 1 for i in range(low, piece_end) if text[i] in _MENTION), default=low)
            opener = max((m.end() for m in self._list_end.finditer(skeleton.lower, low, piece_end)), default=stop)
            begin = max(stop, opener) if piece_end - max(stop, opener) >= 2 else stop
            candidate = self._candidate(skeleton, begin, piece_end, strong=investor, investor=investor)
            if candidate and is_behind_unknown and not self._suffix_size(text[begin:piece_end].strip(), 2):
                break
            if candidate:
                yield candidate
            if not candidate and investor and not is_behind_unknown and text[low - 1 : low] == "、" and piece_end - low <= _UNKNOWN:
                is_behind_unknown = True  # 溪石资本、上海电气香港: one that is no name ends no list of funds
                continue
            if not candidate or begin > low:
                break

    def _list_right(self, skeleton: Skeleton, at: int) -> Iterator[Candidate]:
        """Members of a list behind a head (投资方包括…), until one is no name or the list ends."""
        text = skeleton.text
        end = at
        while end < len(text) and text[end] not in "。;!?\n" and end - at < 200:
            end += 1
        for stop in self._list_end.finditer(skeleton.lower, at, end):
            if text.rfind("(", at, stop.start()) > text.rfind(")", at, stop.start()):
                continue  # X、Y(共同领投)、Z: what a note says of a member
            is_name = stop.group() in self._suffix_set and self._ends_name(text, at, *stop.span())
            if not is_name:
                end = stop.start()
                break
        for low, high in split_list(text, at, end):
            piece = text[low:high].strip()
            if not piece:
                continue
            high = self._without_tail(text, low, high)
            if text[low:high].rstrip()[-1:] == ORG and len(piece) <= 16:
                continue
            low = max((i + 1 for i in range(low, high) if text[i] in _MENTION), default=low)
            candidate = self._latin_member(skeleton, low, high) or self._candidate(skeleton, low, high, strong=True, investor=True)
            if not candidate:
                break
            yield candidate

    def _latin_member(self, skeleton: Skeleton, low: int, high: int) -> Candidate | None:
        """Whatever stands in Latin letters between the members of a Chinese list: xdeck, 50partners, First Round."""
        run = skeleton.text[low:high]
        start = low + len(run) - len(run.lstrip())
        run = run.strip()
        is_listed = skeleton.text[:low].endswith("、") or skeleton.text[high:].lstrip().startswith("、")
        if not is_listed or not _LATIN_MEMBER.fullmatch(run) or run.lower() in self.book.words("never_latin"):
            return None
        return Candidate(skeleton.source(start, start + len(run)), True, True)

    def _ends_name(self, text: str, at: int, start: int, end: int) -> bool:
        """甲投资、乙投资。: 投资 ends a name in front of a joiner, and at the end of a list that nothing opens which asks for a verb
        (由甲、乙投资。获甲投资。)."""
        if text.startswith(_BETWEEN, end):
            return True
        is_last = end == len(text) or text[end] in CLAUSE_ENDS
        return is_last and not text[:at].endswith(self._verb_heads) and not text[at:start].endswith((*self._suffixes, ORG))

    @cached_property
    def _verb_heads(self) -> tuple[str, ...]:
        """The heads of lists that end with a verb: 由 … 投资, 获 … 投资."""
        return self.book.tuple_of("prepositions", "getting_heads")

    def _without_tail(self, text: str, start: int, end: int) -> int:
        """`end` moved left over 等, 等机构, 等N家老股东 and the like."""
        match = self._tail.search(text.lower(), start, end)
        end = match.start() if match else end
        note = _NOTE.search(text, start, end)
        return note.start() if note else end

    @cached_property
    def _tail(self) -> re.Pattern[str]:
        words = alternation(self.book.words("list_tails"))
        return re.compile(rf"(?:等(?:[^、,。;]{{0,14}})?|{words}|[ ,、])+$")

    def may_be_in_name(self, char: str) -> bool:
        """A Chinese character that is no particle or function word."""
        return "\u4e00" <= char <= "\u9fff" and char not in self._left_chars and char not in self.book.words("never_chars")


def split_list(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The half-open places of a list's items, between its separators."""
    at = start
    separators = _CHINESE_SEPARATORS if text.find("、", start, end) >= 0 else _SEPARATORS
    for match in separators.finditer(text, start, end):
        if text.rfind("(", at, match.start()) > text.rfind(")", at, match.start()):
            continue  # X(及若干天使)、Y: what a note says of a member
        is_short = match.start() - at < 2 or end - match.end() < 2
        if match.group() in _JOINERS and is_short and ORG not in (text[at : match.start()], text[match.end() : end]):
            continue  # 和玉资本: a joiner that opens a name joins nothing
        yield at, match.start()
        at = match.end()
    yield at, end
