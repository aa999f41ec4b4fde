"""The solar terms that dates are told by → their days, 1901–2099, in China's time.

A term drifts by 0.2422 days a year and is set back by a leap day: day = ⌊slope · n + base⌋ - leap days so far, n years after 1900. The
years in which that is wrong by a day were found by comparing with the computed longitudes of the sun; they stand beside each term.
"""

from __future__ import annotations

# Term → month, slope and base in hundred thousandths of a day, and the days of the years that differ.
_TERMS: dict[str, tuple[int, int, int, dict[int, int]]] = {
    "立春": (2, 24220, 464000, {1914: 4, 1947: 4, 2079: 4}),
    "春分": (3, 24212, 2143000, {}),
    "清明": (4, 24217, 559000, {}),
    "立夏": (5, 24210, 631000, {1911: 7, 1940: 6}),
    "夏至": (6, 24210, 2219000, {1928: 22, 1957: 22, 2048: 20, 2081: 20}),
    "立秋": (8, 24210, 831000, {1911: 9, 1940: 8, 1944: 8, 1973: 8, 2097: 6}),
    "秋分": (9, 24210, 2384000, {}),
    "立冬": (11, 24228, 821000, {}),
    "冬至": (12, 24225, 2267000, {1918: 22, 2054: 22, 2087: 22}),
}
SOLAR_TERMS = frozenset(_TERMS)


def term_day(name: str, year: int) -> str | None:
    """The ISO day of a solar term in a year, or None outside 1901–2099."""
    if not 1901 <= year <= 2099:
        return None
    month, slope, base, differing = _TERMS[name]
    leap_days = (year - 1900 - (month < 3)) // 4
    day = differing.get(year) or (slope * (year - 1900) + base) // 100000 - leap_days
    return f"{year}-{month:02}-{day:02}"
