"""An organisation as a document names it, and the candidates that contexts point at before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from chipfacts.model import Span
from chipfacts.rulebook import Entry


@dataclass(frozen=True, slots=True)
class Org:
    """An organisation: canonical name, entry if listed, whether only a weak context or alias speaks for it, if it only invests."""

    name: str
    entry: Entry | None = None
    is_weak: bool = False
    is_fund: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """The roles its gazetteer entry gives it (investor, media); none for a name no gazetteer holds."""
        return self.entry.roles if self.entry else frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name some context points at: its source span and how sure the context is (strong contexts are believed)."""

    span: Span
    is_strong: bool
    is_investor: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """The company of a slot: the organisation, the span it came from, whether it was stated here or carried, and how it was found.

    `how` is for people who ask: pattern, clause (in front of it), earlier clause, behind, only (one of the sentence), pronoun, pointer
    (前者, 后者), opening (of an earlier sentence), topic, owner, maker, generation, sentence or manufacturer.
    """

    org: Org
    span: Span
    is_carried: bool
    how: str = field(default="", compare=False)
