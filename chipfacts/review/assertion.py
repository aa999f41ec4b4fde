"""Does an example hold? What its marks and rows assert, asked of the facts that came out of its text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from chipfacts.model import Fact
from chipfacts.review.pairing import pair
from chipfacts.rulebook.example import Example, Mark
from chipfacts.rulebook.schema import MEASURE_KIND
from chipfacts.text.fold import fold
from chipfacts.values.money import find_money

# Where one of these is marked, nothing else may come out under it: an example that forgets an investor asserts that there is none.
_WHOLE = ("company", "investors", "lead_investors", "chip", "foundry")
_NAMES = frozenset(_WHOLE)


def complaints(example: Example, facts: Sequence[Fact]) -> list[str]:
    """What is not as the example says, in words; empty where it holds."""
    view = fold(example.text)
    sums = find_money(view)
    found: list[str] = []
    for mark in example.marks:
        surface = example.text[mark.span.start : mark.span.end]
        is_sum = any(m.start < mark.span.end and mark.span.start < m.end for m in sums)
        if mark.label == "amount" or (mark.label in MEASURE_KIND and (is_sum or mark.label != "round")):
            found += _of_sum(mark, surface, facts)
        else:
            found += _of_column(mark, surface, view, facts)
    for label in _WHOLE:
        marked = {mark.span for mark in example.marks if mark.label == label}
        spans = {span for fact in facts for span in fact.spans.get(label, ())}
        found += [f"{label} {example.text[s.start : s.end]!r} came out and is not marked" for s in sorted(spans - marked) if marked]
    return found + _of_rows(example, facts)


def _of_sum(mark: Mark, surface: str, facts: Sequence[Fact]) -> list[str]:
    rows = [fact for fact in facts if any(span.touches(mark.span) for span in fact.spans.get("amount", ()))]
    if len(rows) != 1:
        return [f"{surface!r} is in {len(rows)} rows, not in one"]
    row = rows[0]
    if mark.span not in row.spans["amount"]:
        return [f"the sum is {[tuple(span) for span in row.spans['amount']]}, not {surface!r}"]
    if mark.label != "amount":
        return [] if row.measure == mark.label else [f"{surface!r} is {row.measure} (by {row.rule}), not {mark.label}"]
    found = []
    bounds = mark.bounds()
    if bounds is not None and bounds != (row.amount_low, row.amount_high):
        found.append(f"{surface!r} is {_text(row.amount_low)}..{_text(row.amount_high)}, not {mark.value}")
    if mark.currency and mark.currency != row.currency:
        found.append(f"{surface!r} is in {row.currency}, not in {mark.currency}")
    return found


def _of_column(mark: Mark, surface: str, view: str, facts: Sequence[Fact]) -> list[str]:
    rows = [fact for fact in facts if mark.span in fact.spans.get(mark.label, ())]
    if not rows:
        return [f"no row has its {mark.label} from {surface!r}"]
    wanted = mark.value or (view[mark.span.start : mark.span.end] if mark.label in _NAMES else "")
    if not wanted or any(_says(row, mark, wanted) for row in rows):
        return []
    return [f"{mark.label} of {surface!r} is {' / '.join(sorted({_text(getattr(row, mark.label)) for row in rows}))}, not {wanted}"]


def _says(row: Fact, mark: Mark, wanted: str) -> bool:
    value = getattr(row, mark.label)
    if isinstance(value, tuple):
        return bool(value[row.spans[mark.label].index(mark.span)] == wanted)
    return _is_equal(value, wanted)


def _of_rows(example: Example, facts: Sequence[Fact]) -> list[str]:
    """Every row asked for, each of its own; and no more rows of a kind than were asked for."""
    wanted = example.rows
    kinds = Counter(row["kind"] for row in wanted)
    pool = [fact for fact in facts if fact.kind in kinds]
    owner = pair([[all(_is_equal(getattr(fact, c), v) for c, v in row.items()) for fact in pool] for row in wanted])
    missed = [row for number, row in enumerate(wanted) if number not in owner.values()]
    extra = [fact for number, fact in enumerate(pool) if number not in owner]
    found = [f"no row {_shown(row)}" for row in missed]
    columns = sorted({column for row in wanted for column in row}, key=list(Fact.__slots__).index)
    return found + [f"not asked for: {_shown({c: _text(getattr(fact, c)) for c in columns})}" for fact in extra]


def _shown(row: dict[str, str]) -> str:
    return "{" + ", ".join(f"{column}: {value}" for column, value in row.items()) + "}"


def _is_equal(value: object, wanted: str) -> bool:
    if isinstance(value, Decimal):
        return wanted.replace(".", "", 1).isdigit() and value == Decimal(wanted)
    return _text(value) == wanted


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else str(value)
