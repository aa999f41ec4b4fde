"""What somebody who wrote Nov 30, 2024 where EDTF is expected meant: a hint for the error message, never a value.

dateparser reads it, behind a gate: whole English dates with the month as a word and a four-digit year. It is wrong on Chinese without an
error and guesses at 3/4/24, so neither reaches it; it is imported here alone, on the way to an error.
"""

from __future__ import annotations

import re

_WHOLE = re.compile(r"(?=.*\b(?:19|20)\d\d\b)(?=.*[A-Za-z]{3})[A-Za-z0-9 ,.]{8,30}", re.ASCII)


def hint(written: str) -> str:
    """`; did you mean 2024-11-30?` for a whole English date, else nothing."""
    if not _WHOLE.fullmatch(written.strip()) or not re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\b(?!\d)", written):
        return ""
    import dateparser

    settings = {"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
    day = dateparser.parse(written, languages=["en"], settings=settings)
    return f"; did you mean {day:%Y-%m-%d}?" if day else ""
