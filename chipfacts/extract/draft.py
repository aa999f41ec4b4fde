"""A fact under construction: typed slots that still point at mentions, before merging and before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chipfacts.extract.org import Filled
from chipfacts.extract.scene import Scene
from chipfacts.extract.skeleton import Mention
from chipfacts.model import Kind, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """One fact told in one sentence. `index` is its anchor in the skeleton; `evidence` the source span that states it."""

    kind: Kind
    scene: Scene
    index: int
    evidence: Span
    rule: str
    section: int = 0
    company: Filled | None = None
    money: Mention | None = None
    measure: str = ""
    round: str = ""
    round_span: Span | None = None
    status: str = ""
    status_span: Span | None = None
    hearsay: bool = False
    date: Mention | None = None
    announced: Mention | None = None
    leads: tuple[Mention, ...] = ()
    investors: tuple[Mention, ...] = ()
    chip: str = ""
    chip_span: Span | None = None
    node: Mention | None = None
    foundry: Mention | None = None
    event: str = ""
    event_span: Span | None = None
    mentions: int = 1
    # What else its rule says of the sum: cheque (what investors put in: a part of a round, where that is told with its own sum), net (what
    # an issue leaves: another sum where the text tells the whole), proceeds (an offering's, where one is told).
    effect: str = ""
    # Who decided the status: the id of a cue or rule, `ceiling`, `raise` (of its sentence), `later sentence`; empty: nothing else is said.
    status_from: str = field(default="", compare=False)
    repeats: tuple[Span, ...] = ()  # the same sum, where the text says it again

    @property
    def sums(self) -> tuple[Span, ...]:
        """Every place where the text says the sum, the one the row prints first."""
        return (self.money.span, *(span for span in self.repeats if span != self.money.span)) if self.money else self.repeats


def as_amount(draft: Draft, measure: str) -> Draft:
    """The draft as a sum of the ledger: what only events have (round, status, investors) left out."""
    return replace(
        draft,
        kind="amount",
        measure=measure,
        round="",
        round_span=None,
        status="",
        status_span=None,
        status_from="",
        leads=(),
        investors=(),
        hearsay=False,
    )


def evidence_of(scene: Scene, *places: tuple[int, int]) -> Span:
    """The source span from the first to the last of some skeleton ranges [start, end), white space at its ends left out."""
    start, end = min(start for start, _ in places), max(end for _, end in places)
    text = scene.skeleton.text
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return scene.skeleton.source(start, end)
