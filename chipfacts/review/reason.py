"""What an answer to "why" and "why not" is made of: plain records that print as text and as JSON alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chipfacts.extract.offer import Offer
from chipfacts.extract.pipeline import Reading
from chipfacts.model import Fact, Span


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that decided: the column it speaks of, a sentence with what lost below it, and the same as data."""

    part: str
    says: str
    data: Mapping[str, Any] = field(default_factory=dict)
    more: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {"part": self.part, "says": self.says, **self.data}


@dataclass(frozen=True, slots=True)
class Why:
    """A fact with what decided each of its columns."""

    fact: Fact
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule or cue that came near and did not decide: what of it was found, and what stopped it.

    `by`: veto, exception, outdone (it fits, and another row tells it), reach or missing.
    """

    id: str
    place: str
    pattern: str
    by: str
    found: str
    says: str
    share: float  # of its parts that were found; a vetoed one has them all
    data: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """As JSON."""
        rest = {"by": self.by, "found": self.found, "says": self.says, "share": round(self.share, 2)}
        return {"rule": self.id, "place": self.place, "pattern": self.pattern, **rest, **self.data}


def base_of(source: str) -> str:
    """The rule or cue of a row's `rule`, without what was done to its offer afterwards (amount.revenue/continued)."""
    return source.partition("/")[0]


def source_text(reading: Reading, span: Span) -> str:
    """What the article prints for a span of the tidy text."""
    place = reading.source(span)
    return (reading.tidied.source if reading.tidied else reading.document).text[place.start : place.end]


def offer_record(offer: Offer, words: str) -> dict[str, Any]:
    """An offer as JSON."""
    return {"role": offer.role, "weight": round(offer.weight, 2), "by": offer.source, "words": words}


def offer_lines(offers: list[dict[str, Any]]) -> tuple[str, ...]:
    """Offers one below the other, the winner first."""
    rows = [(number(o["weight"]), o["role"], o["by"], f"({o['words']})" if o["words"] else "") for o in offers]
    wide = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    return tuple(f"{row[0]:>{wide[0]}}  {row[1]:<{wide[1]}}  {row[2]:<{wide[2]}}  {row[3]}".rstrip() for row in rows)


def number(weight: float) -> str:
    """A weight for people: 9, 8.4."""
    return f"{weight:.2f}".rstrip("0").rstrip(".")
