"""A fact's id: a digest of what the row states, not of where, so that it is stable when the text around it moves."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def digest_of(
    doc: str,
    kind: str,
    company: str,
    amount: tuple[Decimal | None, Decimal | None] | None,
    currency: str,
    measure: str,
    round: str,
    status: str,
    chip: str,
    node_nm: Decimal | None,
    date: str,
) -> str:
    """Twelve hex digits. `amount` is the sum's interval, None where there is no sum; `date` is that of a row of kind date, else empty."""
    low, high = ("", "") if amount is None else (str(amount[0]), str(amount[1]))
    node = str(node_nm) if node_nm is not None else ""
    core = (doc, kind, company, low, high, currency, measure, round, status, chip, node, date)
    return _short("\x1f".join(core))


def numbered(digest: str, number: int) -> str:
    """The id of the `number`th row of a document that states the same."""
    return digest if number == 1 else _short(f"{digest}#{number}")


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
