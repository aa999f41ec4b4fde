"""What could be known on a day: facts that are datable on it or before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.run.sources import EDTF_EXPECTED, is_reference_date
from chipfacts.values.edtf import days_of

if TYPE_CHECKING:
    from chipfacts.model import Fact


def check_day(text: str) -> str:
    """The last day of an EDTF date as an ISO day; UsageError for what is none."""
    day = days_of(text)[1] if is_reference_date(text) else None
    if day is None:
        raise UsageError(f"--as-of must be {EDTF_EXPECTED}, not {text!r}")
    return day


def known_by(fact: Fact) -> str | None:
    """The last day (ISO) of the fact's own date, else of its announcement, else of its document's; None where there is none."""
    return fact.date_high or days_of(fact.announced or "")[1] or days_of(fact.published or "")[1]
