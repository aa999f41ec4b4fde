"""An edited sheet held against its texts, without the rules: is each quote still there, and do the characters give the values?

What characters cannot show (whether a sum is a plan, whose round it was) is held by the row's id, a digest of its core values.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.extract.identity import digest_of, numbered
from chipfacts.model import COLUMNS, Span
from chipfacts.review.claim import Claim, unreadable_cells
from chipfacts.review.evidence import Evidence
from chipfacts.review.finding import Finding, Verdict, print_verdict
from chipfacts.review.quote import line_of, locate
from chipfacts.review.surface import Surface

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from chipfacts.model import Document
    from chipfacts.rulebook import Rulebook
    from chipfacts.sheet.edited import EditedSheet

FORMATS = ("text", "json")
# The columns that a fact's id is made of: one finding about one of them explains an id that does not fit.
_OF_ID = frozenset({"kind", "company", "amount_low", "amount_high", "currency", "measure", "round", "status", "chip", "node_nm", "date"})
_NEEDED = _OF_ID | {"fact_id", "doc"}
_MOST_ALIKE = 999  # rows of one document that state the same


def run(sheet: EditedSheet, documents: Iterable[Document], rulebook: Rulebook, currency: str | None = None, format: str = "text") -> int:
    """Print what does not hold; 0, or 1 where anything was found."""
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
    verdict = verify(sheet, documents, rulebook, currency)
    print_verdict(verdict, format)
    return int(bool(verdict.findings))


def verify(sheet: EditedSheet, documents: Iterable[Document], rulebook: Rulebook, currency: str | None = None) -> Verdict:
    """The findings of every row, in order. `currency` is that of sums which state none, if the sheet was made with one."""
    trial = _Trial(sheet, {document.id: document for document in documents}, rulebook, currency)
    findings = tuple(chain.from_iterable(map(trial.findings, trial.claims)))
    return Verdict(sheet.name, len(sheet.rows), findings, tuple(chain(_strange_columns(sheet), trial.warnings)))


@dataclass
class _Trial:
    """The state of one verification: surfaces made so far, ids seen so far."""

    sheet: EditedSheet
    documents: dict[str, Document]
    rulebook: Rulebook
    currency: str | None
    warnings: list[str] = field(default_factory=list)
    _surfaces: dict[str, Surface] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = frozenset(self.sheet.columns)
        self.claims = [Claim(row, columns) for row in self.sheet.rows]
        if "doc" not in columns and len(self.documents) != 1:
            raise UsageError(
                f"{self.sheet.name}: without the column 'doc' a sheet can be checked against one text only, not {len(self.documents)}"
            )
        self._published = self._reference_dates()

    def findings(self, claim: Claim) -> Iterator[Finding]:
        """Everything about one row that does not hold."""
        yield from self._duplicate(claim)
        document = self._document(claim)
        if document is None:
            expected = "the path of a text below PATHS"
            yield claim.finding("no document", "doc", f"{expected}, such as {min(self.documents)}" if self.documents else expected)
            return
        found = list(unreadable_cells(claim))
        if not any(finding.column == "kind" for finding in found):
            unread = {finding.column for finding in found}
            found += [finding for finding in self._of_text(claim, document) if finding.column not in unread]
        if not any(finding.column in _OF_ID for finding in found):
            found += self._id(claim, document)
        is_other_day = any(finding.column == "date" for finding in found)  # whose first and last day follow
        yield from (f for f in found if not (is_other_day and f.column in ("date_low", "date_high")))

    def _document(self, claim: Claim) -> Document | None:
        return self.documents.get(claim.text("doc")) if claim.has("doc") else next(iter(self.documents.values()))

    def _of_text(self, claim: Claim, document: Document) -> Iterator[Finding]:
        if document.id not in self._surfaces:
            self._surfaces[document.id] = Surface(document, self.rulebook)
        regions, finding = locate(claim, document.text)
        is_moved = finding is not None and finding.problem == "drifted"
        if finding is not None:
            yield finding
        elif regions and claim.has("line") and claim.integer("line") != (line := line_of(document.text, regions[0].start)):
            yield claim.finding("drifted", "line", str(line))
        published = self._published.get(document.id)
        if claim.has("published") and (claim.text("published") or None) != published:
            yield claim.finding("invented", "published", published or "nothing: the text has no reference date")
        surface = self._surfaces[document.id]
        places: list[Span | None] = [*regions] or [None]
        tried = (list(Evidence(claim, surface, region, is_moved, published, self.currency).findings()) for region in places)
        first = next(tried)
        # Where a sheet says only what stands there and not where, one place that gives its values is enough.
        if not first or all(tried):
            yield from first

    def _duplicate(self, claim: Claim) -> Iterator[Finding]:
        id = claim.text("fact_id")
        if not id:
            return
        if id in self._seen:
            yield claim.finding("duplicate id", "fact_id", f"an id of its own; {self._seen[id]} has this one")
        self._seen.setdefault(id, claim.row.place)

    def _id(self, claim: Claim, document: Document) -> Iterator[Finding]:
        """The id must be the digest of the row's core values."""
        if not all(map(claim.has, _NEEDED - {"doc"})):
            return
        low, high = claim.number("amount_low"), claim.number("amount_high")
        kind = claim.text("kind")
        digest = digest_of(
            document.id, kind, claim.text("company"), None if low is None and high is None else (low, high), claim.text("currency"),
            claim.text("measure"), claim.text("round"), claim.text("status"), claim.text("chip"), claim.number("node_nm"),
            claim.text("date") if kind == "date" else "",
        )  # fmt: skip
        id = claim.text("fact_id")
        if not id:
            self.warnings.append(f"{claim.row.place}: no fact_id; the row's values give {digest}")
        elif not any(id == numbered(digest, number) for number in range(1, _MOST_ALIKE + 1)):
            yield claim.finding("changed", "fact_id", f"{digest}, the id of these core values")

    def _reference_dates(self) -> dict[str, str | None]:
        """Each document's reference date: its own, unless all rows agree on another one, which an option may have given."""
        said: dict[str, Counter[str | None]] = {}
        for claim in self.claims:
            document = self._document(claim)
            if document is not None and claim.has("published"):
                said.setdefault(document.id, Counter())[claim.text("published") or None] += 1
        found = {id: document.published for id, document in self.documents.items()}
        for id, dates in said.items():
            if found[id] not in dates and len(dates) == 1 and dates.total() > 1:
                (date,) = dates
                self.warnings.append(f"{id}: every row has the reference date {date or '(none)'}, the text here {found[id] or 'none'}")
                found[id] = date
        return found


def _strange_columns(sheet: EditedSheet) -> Iterator[str]:
    """Columns that are not of the contract, and those that are gone."""
    for column in sheet.columns:
        if column not in COLUMNS:
            close = get_close_matches(column, COLUMNS, 1, 0.8)
            yield f"unknown column {column!r}" + (f"; did you mean {close[0]!r}?" if close else ": not checked")
    missing = [column for column in COLUMNS if column not in sheet.columns]
    if missing:
        yield f"not in the sheet, so not checked: {', '.join(missing)}"
