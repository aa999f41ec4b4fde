"""Two lists told in the same order: 甲和乙分别获得3亿元和2亿元, A and B raised $3m and $2m, respectively."""

from __future__ import annotations

from collections.abc import Collection

from chipfacts.extract.lexis import Lexis
from chipfacts.extract.org import Filled
from chipfacts.extract.scene import Scene

_ENDS = "。;!?\n"
_BEHIND = 16  # characters behind the last sum in which English says that the lists belong together


def company_of_sum(scene: Scene, index: int, lexis: Lexis) -> Filled | None:
    """The organisation at the place of the sum at `index` in the list of as many organisations that stands before the sums."""
    skeleton = scene.skeleton
    text = skeleton.text
    start = max(text.rfind(mark, 0, index) for mark in _ENDS) + 1
    end = min((at for mark in _ENDS if (at := text.find(mark, index)) >= 0), default=len(text))
    if not lexis.each.search(text, start, end):
        return None
    sums = [i for i, _ in skeleton.of_kind("money", start, end)]
    listed = next((run for run in listed_runs(text, sums, lexis.joiners) if index in (sums[n] for n in run)), range(0))
    if len(listed) < 2:
        return None
    first, last = sums[listed.start], sums[listed.stop - 1]
    orgs = [i for i, _ in skeleton.of_kind("org", start, first) if scene.may_be_company(i)]
    for run in reversed(listed_runs(text, orgs, lexis.joiners)):
        is_told = lexis.each.search(text, orgs[run.stop - 1], first) or lexis.each.search(text, last, last + _BEHIND)
        if len(run) == len(listed) and is_told:
            mention = skeleton.mentions[orgs[run.start + sums.index(index) - listed.start]]
            return Filled(mention.value, mention.span, False, "list")
    return None


def listed_runs(text: str, places: list[int], joiners: Collection[str]) -> list[range]:
    """The stretches of a list of places in which only joiners stand between one and the next."""
    runs: list[range] = []
    for number, place in enumerate(places):
        if runs and text[places[number - 1] + 1 : place].strip() in joiners:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return runs
