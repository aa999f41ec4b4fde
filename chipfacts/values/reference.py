"""The reference date: what is known of the day a text was published."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of the reference date; each None where it is not."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """The day, where all three are known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


def reference_of(published: str | None) -> Reference:
    """The reference date's year, month and day, as far as an EDTF string gives them; an impossible part is unknown."""
    match = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", published or "")
    if not match or match[1] == "0000":
        return Reference()
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not 1 <= month <= 12:
        return Reference(year)
    return Reference(year, month, day if 1 <= day <= monthrange(year, month)[1] else None)


def nearest(day: date, number: int | None) -> date:
    """The date nearest to `day` with that number, at most a week away: 今(25)日 in an article of the 26th."""
    near = (day + timedelta(days=sign * distance) for distance in range(8) for sign in (-1, 1))
    return next((d for d in near if d.day == number), day) if number else day
