"""All that texts say about one company, as sections of lines, each with the places it comes from.

A line that several texts state alike stands once, with all of them. The company goes by any of its listed names, in either script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import extract_document
from chipfacts.model import Document, Fact, Span
from chipfacts.review.as_of import known_by
from chipfacts.review.conflict import contrasts_of, side_of
from chipfacts.review.contrast import Contrast, Side
from chipfacts.rulebook.compile import squeeze
from chipfacts.run.select import company_key
from chipfacts.sheet.cell import plain_decimal
from chipfacts.sheet.order import by_date, by_place
from chipfacts.sheet.table import harmless, interval

if TYPE_CHECKING:
    from chipfacts.rulebook import Rulebook

_LADDER = ("pre-seed", "seed", "pre-angel", "angel")  # then the letters, then what stands before an offering
_LETTER = re.compile(r"(pre-)?([A-Z])(.*)")
_NEAR = 5  # names that are offered for an unknown one


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, and where it is made (at least once), in order of document and place."""

    says: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """The sheet of one company. `later` and `undatable` count the facts that `as_of` left out, `others` those that no section shows.

    `told` are the facts behind the page, in order of document and place, `articles` the documents they stand in.
    """

    name: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    contrasts: tuple[Contrast, ...]
    facts: int
    others: int
    documents: int
    of_documents: int
    as_of: str | None = None
    later: int = 0
    undatable: int = 0
    told: tuple[Fact, ...] = ()
    articles: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A fact in its document."""

    fact: Fact
    document: Document


def company_sheet(name: str, documents: Iterable[Document], rulebook: Rulebook, currency: str | None, as_of: str | None = None) -> Company:
    """The sheet of the company of that name, of what was known on the day `as_of`; UsageError with near names where no fact has it."""
    wanted = _Wanted(name, rulebook)
    told: list[_Told] = []
    printed: list[Line] = []
    number = 0
    for document in documents:
        number += 1
        mine = [fact for fact in extract_document(document, rulebook, currency) if wanted.is_in(fact)]
        told += (_Told(fact, document) for fact in mine)
        if mine and (as_of is None or any(_is_known(fact, as_of) for fact in mine)):
            printed += wanted.printed(document, mine)
    if not told:
        raise UsageError(_unknown(name, wanted, number))
    known = [item for item in told if as_of is None or _is_known(item.fact, as_of)]
    undatable = sum(known_by(item.fact) is None for item in told) if as_of else 0
    sections = (("Names in the texts", tuple(_names(printed))), *_sections(known, wanted))
    own = [(item.fact, item.document) for item in known if wanted.is_company(item.fact.company)]
    return Company(
        harmless(wanted.canonical(told)),
        tuple((title, lines) for title, lines in sections if lines),
        tuple(contrast for contrast in contrasts_of(own, rulebook) if contrast.verdict != "agree"),
        len(known),
        sum(wanted.is_company(fact.company) and (fact.kind == "amount" or (fact.kind == "date" and not fact.event)) for fact, _ in own),
        len({item.document.id for item in known}),
        number,
        as_of,
        len(told) - len(known) - undatable,
        undatable,
        by_place(item.fact for item in known),
        tuple(sorted({item.document.id: item.document for item in known}.values(), key=lambda document: document.id)),
    )


def _is_known(fact: Fact, as_of: str) -> bool:
    day = known_by(fact)
    return day is not None and day <= as_of


def _unknown(name: str, wanted: _Wanted, documents: int) -> str:
    keys = {squeeze(found): found for found in sorted(wanted.seen)}
    key = squeeze(name)
    near = [keys[k] for k in keys if len(k) > 1 and (k in key or (len(key) > 1 and key in k))]
    near += [keys[k] for k in get_close_matches(key, keys, n=_NEAR, cutoff=0.5)]
    near = list(dict.fromkeys(near))[:_NEAR]
    found = f"near names found: {', '.join(map(harmless, near))}" if near else "and no name near it"
    return f"no fact of {harmless(name)!r} in {documents} document{'' if documents == 1 else 's'}; {found}"


class _Wanted:
    """The company that is asked for, and the names of all others that were seen."""

    def __init__(self, name: str, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._name = name
        self._key = company_key(name, rulebook)
        self._keys: dict[str, str] = {}

    @property
    def seen(self) -> Iterable[str]:
        """Every organisation asked about so far, in the order it was first seen."""
        return self._keys

    def is_company(self, name: str | None) -> bool:
        """True where a fact's organisation is the company."""
        if not name:
            return False
        if name not in self._keys:
            self._keys[name] = company_key(name, self._rulebook)
        return self._keys[name] == self._key

    def is_in(self, fact: Fact) -> bool:
        """True where the fact is of the company, or the company has invested or makes the chip."""
        found = [self.is_company(name) for name in (fact.company, fact.foundry, *fact.investors)]  # all of them, so that all are seen
        return any(found)

    def canonical(self, told: list[_Told]) -> str:
        """The name that the rows carry; several spellings of an unlisted company: the first."""
        names = (name for item in told for name in (item.fact.company, item.fact.foundry, *item.fact.investors))
        return next((name for name in names if name and self.is_company(name)), self._name)

    def printed(self, document: Document, facts: list[Fact]) -> Iterator[Line]:
        """The names by which the document calls the company."""
        hits = self._rulebook.find_names(document.view)[0]
        places = [Span(hit.start, hit.end) for hit in hits if any(squeeze(entry.name) == self._key for entry in hit.entries)]
        if not places:  # no gazetteer knows it: what the rows stand on
            spans = {span for fact in facts if self.is_company(fact.company) for span in fact.spans.get("company", ())}
            places = sorted(span for span in spans if _is_like(squeeze(document.text[span.start : span.end]), self._key))
        for span in places:
            surface = document.text[span.start : span.end]
            line = document.text.count("\n", 0, span.start) + 1
            yield Line(harmless(surface), (Side(document.id, line, *span, surface, ""),))


def _is_like(one: str, other: str) -> bool:
    return bool(one) and (one in other or other in one)


# ---- sections


def _sections(known: list[_Told], wanted: _Wanted) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The sections in the order in which people read about a company."""
    documents = {item.document.id: item.document for item in known}
    ordered = by_date(item.fact for item in known)
    own = [fact for fact in ordered if wanted.is_company(fact.company)]
    funding = [fact for fact in own if fact.kind == "funding"]
    dated = [fact for fact in own if fact.kind == "date" and fact.event]
    founded = _foundings(dated)
    backed = [fact for fact in ordered if fact not in own and any(map(wanted.is_company, fact.investors))]
    made = [fact for fact in ordered if fact not in own and wanted.is_company(fact.foundry)]

    def lines(facts: Iterable[Fact], says: Callable[[Fact], str]) -> tuple[Line, ...]:
        return tuple(_merged(Line(harmless(says(fact)), (side_of(fact, documents[fact.doc]),)) for fact in facts))

    yield "Founded", lines(founded, lambda fact: fact.date or "")
    yield "Rounds", lines(sorted((f for f in funding if f.measure != "cumulative"), key=_step), _raise)
    yield "Money raised so far", lines((f for f in funding if f.measure == "cumulative"), _raise)
    yield "Valuations", lines((f for f in own if f.kind == "valuation"), _value)
    yield "Chips and nodes", lines(_chips(own), _chip)
    yield "Dated events", lines((f for f in dated if f not in founded), _event)
    yield "Has invested in", lines(backed, lambda fact: f"{fact.company or 'no company'}: {_raise(fact)}")
    yield "Makes for others", lines(made, lambda fact: _joined(fact.company, _chip(fact)))


def _names(printed: Iterable[Line]) -> Iterator[Line]:
    """Each spelling with its first place and how often it is used."""
    for line in _merged(printed):
        times = len(line.sides)
        yield Line(line.says if times == 1 else f"{line.says}, {times:,} times", line.sides[:1])


def _foundings(dated: list[Fact]) -> list[Fact]:
    """What may be the day of its founding, in whatever precision. A company is founded once: a later day is that of something else."""
    found = [fact for fact in dated if fact.event == "founded" and fact.date_low and fact.date_high]
    end = min((fact.date_high or "" for fact in found), default="")
    return [fact for fact in found if (fact.date_low or "") <= end]


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines that say the same as one, at the place of the first, its sides in order."""
    found: dict[str, list[Side]] = {}
    for line in lines:
        found.setdefault(line.says, []).extend(line.sides)
    for says, sides in found.items():
        yield Line(says, tuple(sorted(dict.fromkeys(sides), key=lambda side: (side.doc, side.start))))


def _step(fact: Fact) -> tuple[int, str, int, str, str]:
    """Where a round stands on the ladder seed, angel, A, B …; what has no rung of its own (strategic) comes last, by its day."""
    name, day = fact.round or "", fact.date_low or fact.date_high or "~"
    if name in _LADDER:
        return 0, "", _LADDER.index(name), "", day
    if match := _LETTER.fullmatch(name):
        return 1, match[2], 0 if match[1] else 1, match[3], day
    return 3 if name == "ipo" else 2, "" if name else "~", 0, name, day


def _chips(own: list[Fact]) -> list[Fact]:
    """A row for each node, and for each chip of which no node is told; by chip."""
    nodes = [fact for fact in own if fact.kind == "process_node"]
    told = {fact.chip for fact in nodes}
    chips = [fact for fact in own if fact.kind == "chip" and fact.chip not in told]
    return sorted(
        (*nodes, *chips), key=lambda fact: (not fact.chip, fact.chip or "", fact.node_nm or 0, fact.foundry or "", fact.doc, fact.start)
    )


def _raise(fact: Fact) -> str:
    label = "" if fact.measure == "cumulative" else fact.round or ("IPO" if fact.measure == "ipo" else fact.measure or "")
    amount = interval(fact) or ("" if fact.measure == "cumulative" else "sum not told")
    leads = set(fact.lead_investors)
    backers = ", ".join(f"{name} (lead)" if name in leads else name for name in fact.investors)
    return _joined(label, amount, _how(fact), fact.date, f"investors: {backers}" if backers else "")


def _value(fact: Fact) -> str:
    measure = (fact.measure or "").replace("_", " ")
    return _joined(interval(fact), measure, f"at round {fact.round}" if fact.round else "", _how(fact), fact.date)


def _chip(fact: Fact) -> str:
    node = f"{plain_decimal(fact.node_nm)} nm" if fact.node_nm is not None else ""
    return _joined(fact.chip or "company", node, f"made by {fact.foundry}" if fact.foundry else "")


def _event(fact: Fact) -> str:
    name = (fact.event or "").replace("_", " ")
    if fact.event == "founded":
        name = "something founded"  # later than the company itself, or on no known day
    return _joined(fact.date, name, fact.chip, _how(fact))


def _how(fact: Fact) -> str:
    """What is no plain deed: planned, sought, failed …, and hearsay."""
    return _joined("" if fact.status == "completed" else fact.status, "hearsay" if fact.hearsay else "")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
