"""English calendar mentions → unresolved dates: March 10, 2025; early 2024; Q3 2023; last August; Monday; the 1990s.

Months and days of the week are read with their capital only: may and march are verbs. A bare month needs a preposition in front of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from chipfacts.values.date_part import DateExpr

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)(?![A-Za-z])"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?(?![\d%])"
_YEAR_WORDS = {"this year": 0, "the year": 0, "next year": 1, "last year": -1}
_OF_YEAR = rf"(?:,? (?:of |in )?(?:calendar (?:year )?)?({_YEAR}|(?:this|next|last|the) year))"
_OF_NAMED_YEAR = _OF_YEAR.replace(f"({_YEAR}", f"(?P<year>{_YEAR}")
_MONTHS_PART = {"three": "Q1", "six": "H1", "nine": "M9"}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_SEASON = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
_OPEN = {"since": "after", "after": "after", "before": "before", "prior to": "before"}
# What a bare year or month may stand behind.
_PREPOSITION = re.compile(
    r"(?<![A-Za-z])(in|into|due|since|by|until|till|from|of|during|through|before|after|for|late|as of|back in|prior to|fiscal|year|to|and"
    r"|or|than|around|circa|about|between|with|versus|vs|over|FY|its|their|the|a|early as|late as|soon as) ?$", re.IGNORECASE
)
_NOT_A_YEAR = re.compile(r"[\d%]|[.,]\d|[ -]?(?:million|billion|nm|units|chips|people|engineers|employees|gpus|bit|wafers|cores|cards|mAh"
    r"|MHz|W\b|V\b)| ?[年×x]", re.IGNORECASE)
# What a year or month stands in front of without a preposition, and what a year does behind an article.
_REPORTED = (
    r"[Rr]evenue|[Ss]ales|[Cc]apex|[Cc]apital (?:[Ss]pending|[Ee]xpenditure)|[Gg]uidance|[Ff]orecast|[Rr]esults|[Ee]arnings|[Oo]utlook"
)
_OF_A_YEAR = (
    r"Series|Seed|round|IPO|funding|financing|tape-?out|launch|debut|listing|annual|seed|raise|budget|interview|report|deal|investment"
    r"|acquisition|spin-?out|spin-?off|startup|total"
)
# What other dates begin with; today, yesterday and tomorrow stand alone, the others before a blank or a hyphen.
_BEGINNINGS = (
    "early mid late end start beginning middle first second third fourth final 1st 2nd 3rd 4th last next this later earlier previous "
    "spring summer autumn fall winter the that a year three six nine"
)
_ALONE = "today yesterday tomorrow"


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


@cache
def _scan() -> re.Pattern[str]:
    """Where an English date may begin: literal first characters, so that the search skips quickly."""
    names = [*(m[:3].capitalize() for m in _MONTHS), *(m[:3].upper() for m in _MONTHS), *(d.capitalize() for d in _DAYS)]
    words = [form + "(?=[ -])" for word in _BEGINNINGS.split() for form in (word, word.capitalize())]
    words += [word.upper() + " QUARTER" for word in ("first", "second", "third", "fourth")]
    words += [form for word in _ALONE.split() for form in (word, word.capitalize())]
    return re.compile("|".join(sorted([*names, *words, "Q(?=[1-4])", "H(?=[12])", "FY(?=[ '0-9])"], key=len, reverse=True)))


@cache
def _digits() -> re.Pattern[str]:
    """A day before its month, or a year."""
    return re.compile(rf"[0-9]+(?:(?<=[12][0-9]{{3}})|(?:st|nd|rd|th)? (?:of )?(?={_MONTH}))")


def find_english(view: str) -> list[DateExpr]:
    """Every English calendar mention of a view, unresolved, in order."""
    places = {m.start() for pattern in (_scan(), _digits()) for m in pattern.finditer(view)}
    found: list[DateExpr] = []
    end = 0
    for at in sorted(places):
        if at < end or (at and view[at - 1].isascii() and view[at - 1].isalnum()):
            continue
        expr = _read(view, at)
        if expr is not None:
            found.append(expr)
            end = expr.end
    return found


def _read(view: str, at: int) -> DateExpr | None:
    """The date that begins at `at`."""
    readers = (_read_day_month, _read_year) if view[at].isdigit() else (_read_month, _read_edge, _read_period, _read_relative, _read_simple)
    for reader in readers:
        expr = reader(view, at)
        if expr is not None:
            is_since = view[max(expr.start - 6, 0) : expr.start].lower() == "since "
            return replace(expr, open="after") if is_since else expr
    return None


def _month(text: str) -> int:
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(text.lower()[:3]))


def _with_year(expr: DateExpr, text: str | None) -> DateExpr:
    """A year or this/next/last year on an expression."""
    if text is None:
        return expr
    return replace(expr, year=int(text)) if text.isdigit() else replace(expr, year_shift=_YEAR_WORDS[text.lower()])


def _opened(view: str, expr: DateExpr) -> DateExpr:
    """since, after and before in front of a date."""
    before = re.search(r"(?<![A-Za-z])(since|after|before|prior to) $", view[max(expr.start - 10, 0) : expr.start], re.IGNORECASE)
    return replace(expr, open=_OPEN[before[1].lower()]) if before else expr


def _read_month(view: str, at: int) -> DateExpr | None:
    """March 10, 2025; March 3-5; March 3 to April 5, 2024; March 2024; in March."""
    match = _pattern(rf"({_MONTH})(?: {_NUMBER}(?![,.]\d| ?nm))?").match(view, at)
    if match is None:
        return None
    base = DateExpr(at, match.end(), month=_month(match[1]), day=int(match[2]) if match[2] else None)
    if base.day is not None:
        if not 1 <= base.day <= 31:
            return None
        until = _pattern(rf" ?(?:-|–|—|to|through|until) ?(?:({_MONTH}) )?{_NUMBER}(?: ?nm)?").match(view, base.end)
        if until and 1 <= int(until[2]) <= 31 and not until[0].endswith("nm"):
            last = replace(base, month=_month(until[1]) if until[1] else base.month, day=int(until[2]))
            base = replace(base, end=until.end(), to=last)
        year = _pattern(rf",? ({_YEAR})").match(view, base.end)
        if year:
            last_to = replace(base.to, year=int(year[1])) if base.to else None
            base = replace(base, end=year.end(), year=int(year[1]), to=last_to)
        return _opened(view, base)
    year = _pattern(rf"{_OF_YEAR}").match(view, base.end)
    if year:
        expr = _opened(view, _with_year(replace(base, end=year.end()), year[1]))
        until = _pattern(rf" ?(?:-|–|—|to|through|until) ?({_MONTH}) ({_YEAR})").match(view, expr.end)
        return replace(expr, end=until.end(), to=DateExpr(at, until.end(), year=int(until[2]), month=_month(until[1]))) if until else expr
    until = _pattern(rf" ?(?:-|–|—|to|through|until) ?({_MONTH}) ({_YEAR})").match(view, base.end)
    if until:
        return replace(base, end=until.end(), year=int(until[2]), to=DateExpr(at, until.end(), year=int(until[2]), month=_month(until[1])))
    span = _pattern(rf" ?(?:-|–|—|to|through) ?({_MONTH})(?! \d)(?= (?:quarter|period|half|months)|{_OF_YEAR})").match(view, base.end)
    if span:  # the July-September quarter
        of = _pattern(_OF_YEAR).match(view, span.end())
        last = DateExpr(at, span.end(), month=_month(span[1]))
        return replace(base, end=span.end(), to=last) if of is None else _both_of_year(replace(base, end=of.end(), to=last), of[1])
    before = _PREPOSITION.search(view, max(at - 9, 0), at)
    until = _pattern(rf" (?:to|through|until|and) ({_MONTH})(?! \d)").match(view, base.end)
    if until and before and before[1].lower() in ("from", "between"):
        return replace(base, end=until.end(), to=DateExpr(at, until.end(), month=_month(until[1])))
    if _pattern(rf" (?:{_REPORTED})").match(view, base.end):
        return base  # reports April revenue
    if before is None or before[1].lower() in ("fiscal", "year", "to", "and", "than", "the", "its", "their", "fy", "a") or _pattern(
        r" ?\d| [A-Z]").match(view, base.end):
        return None
    return _opened(view, base)


def _both_of_year(expr: DateExpr, text: str) -> DateExpr:
    """A stretch of months, its year on both ends."""
    assert expr.to is not None
    return replace(_with_year(expr, text), to=_with_year(expr.to, text))


def _read_day_month(view: str, at: int) -> DateExpr | None:
    """10 March 2025; the 10th of March."""
    match = _pattern(rf"{_NUMBER} (?:of )?({_MONTH})(?:,? ({_YEAR}))?").match(view, at)
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    return _opened(view, DateExpr(at, match.end(), month=_month(match[2]), day=int(match[1]), year=int(match[3]) if match[3] else None))


def _read_year(view: str, at: int) -> DateExpr | None:
    """A bare year behind a preposition: in 2018, since 2019, by 2027, from 2019 to 2021; the 1990s."""
    match = _pattern(_YEAR).match(view, at)
    if match is None or (at and view[at - 1] in "-.,$€¥£"):
        return None
    expr = DateExpr(at, match.end(), year=int(match[0]))
    if match[0].endswith("0") and _pattern("'?s(?![A-Za-z])").match(view, expr.end):
        return replace(expr, end=view.index("s", expr.end) + 1, part="decade")
    if match[0] < "2000" and view.endswith("Act of ", 0, at):
        return None  # the Securities Act of 1933: a name
    if _pattern(r"'s [a-z]").match(view, expr.end):
        return expr  # 2022's first offering
    before = _PREPOSITION.search(view, max(at - 9, 0), at)
    if _NOT_A_YEAR.match(view, expr.end):
        return None
    if before is None:
        return expr if _pattern(rf" (?:{_REPORTED})").match(view, expr.end) else None  # cuts 2025 capex
    word = before[1].lower()
    if word in ("its", "their", "the", "a") and not _pattern(rf" (?:{_OF_A_YEAR}|{_REPORTED})").match(view, expr.end):
        return None
    until = _pattern(rf" (?:to|through|until|till|and) ({_YEAR})").match(view, expr.end)
    if until and word in ("from",
        "between", "of", "for", "in") and int(until[1]) > int(match[0]) and (word != "in" or " and " not in until[0]):
        return replace(expr, end=until.end(), to=DateExpr(at, until.end(), year=int(until[1])))
    return replace(expr, open=_OPEN.get(word, ""), is_fiscal=word in ("fiscal", "fy"), approximate=word in ("around", "circa", "about"))


def _read_edge(view: str, at: int) -> DateExpr | None:
    """early 2024, mid-March, end of this month, the early 2020s, year-end, the week of March 3."""
    week = _pattern(rf"[Tt]he week of ({_MONTH}) {_NUMBER}(?:,? ({_YEAR}))?").match(view, at)
    if week:
        return DateExpr(at, week.end(), month=_month(week[1]), day=int(week[2]), year=int(week[3]) if week[3] else None, part="week")
    ends = r"(?:[Tt]he )?(?:year[ -]end(?![A-Za-z])|end of the year|end of (this|next|last) year)"
    close = _pattern(ends + "(?: (" + _YEAR + "))?").match(view, at)
    if close:
        expr = DateExpr(at, close.end(), part="late")
        if close[1]:
            return replace(expr, year_shift={"this": 0, "next": 1, "last": -1}[close[1]])
        return _with_year(expr, close[2])
    match = _pattern(
        r"(?:[Tt]he )?([Ee]arly|[Mm]id(?:dle of)?|[Ll]ate|[Ee]nd(?: of)?|[Bb]eginning of|[Ss]tart of)(?:[ -]| of )(?:the |calendar )?"
        rf"(?:((?:19|20)\d0)'?s(?![A-Za-z])|({_YEAR}|(?:this|next|last|the) year)|({_MONTH}){_OF_YEAR}?|((?:this|next|last) month))"
    ).match(view, at)
    if match is None:
        return None
    return _edge(DateExpr(at, match.end()), match)


def _edge(base: DateExpr, match: re.Match[str]) -> DateExpr:
    word = match[1].lower()
    part = "early" if word.startswith(("early", "beginning", "start")) else "mid" if word.startswith("mid") else "late"
    if match[2]:
        return replace(base, year=int(match[2]), part="decade")
    if match[3]:
        return _with_year(replace(base, part=part), match[3])
    third = "end" if word.startswith("end") else {"early": "first", "mid": "second", "late": "third"}[part]
    if match[4]:
        return _with_year(replace(base, month=_month(match[4]), part=third), match[5])
    shift = {"this": 0, "next": 1, "last": -1}[match[6].split()[0].lower()]
    return replace(base, month_shift=shift, part="end" if part == "late" else third)


def _read_period(view: str, at: int) -> DateExpr | None:
    """Q3 2023, third quarter of last year, the second half, H1, summer of 2023, FY25."""
    match = _pattern(
        r"(?:Q(?P<q>[1-4])|(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]inal|[Ll]ast|1st|2nd|3rd|4th)[ -](?:fiscal )?[Qq]uarter"
        r"|(?P<capitals>FIRST|SECOND|THIRD|FOURTH) QUARTER|(?P<half>[Ff]irst|[Ss]econd|1st|2nd)[ -][Hh]alf|H(?P<h>[12])"
        r"|[Ff]irst (?P<months>three|six|nine) months)"
        rf"(?![A-Za-z0-9.]\d|\d|[A-Za-z])(?:{_OF_NAMED_YEAR}| ?'(?P<short>\d\d))?"
    ).match(view, at)
    fiscal = _pattern(r"(?:of |in )?(?:FY|fiscal(?: year)?) ?'?(?:20)?\d\d").match(view, match.end() + 1) if match else None
    if match and fiscal:
        return DateExpr(at, fiscal.end(), part="Q1", is_fiscal=True)
    if match and not ((match["quarter"] or "").lower() == "last" and match["year"] is None):
        expr = DateExpr(at, match.end(), part=_part_of(match), is_fiscal="fiscal" in match[0])
        return replace(expr, year=2000 + int(match["short"])) if match["short"] else _with_year(expr, match["year"])
    season = _pattern(rf"([Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?: of)? (?:({_YEAR})|((?:this|next|last) year))").match(view, at)
    if season:
        return _with_year(DateExpr(at, season.end(), part=f"S{_SEASON[season[1].lower()]}"), season[2] or season[3])
    spans = r"([Tt]hree|[Ss]ix|[Nn]ine) months (?:ended|ending|to|through)"
    months = _pattern(rf"{spans} ({_MONTH})(?!\.? \d\d?(?!\d)){_OF_YEAR}?").match(view, at)
    if months:
        last = _month(months[2])
        first = last + 1 - {"three": 3, "six": 6, "nine": 9}[months[1].lower()]
        if first < 1:
            return None  # across New Year: whose year is told?
        expr = DateExpr(at, months.end(), month=first, to=DateExpr(at, months.end(), month=last))
        return _both_of_year(expr, months[3]) if months[3] else expr
    fiscal = _pattern(r"FY ?'?((?:20)?\d\d)(?!\d)").match(view, at)
    if fiscal:
        year = int(fiscal[1])
        return DateExpr(at, fiscal.end(), year=year if year > 99 else 2000 + year, is_fiscal=True)
    return None


def _part_of(match: re.Match[str]) -> str:
    """Q3 of a third quarter, H1 of a first half, M9 of the first nine months."""
    if match["months"]:
        return _MONTHS_PART[match["months"]]
    word = (match["quarter"] or match["capitals"] or match["half"] or "").lower()
    number = int(match["q"] or match["h"] or _ORDINAL[word])
    return f"{'H' if match['half'] or match['h'] else 'Q'}{number}"


def _read_relative(view: str, at: int) -> DateExpr | None:
    """last month, this fall, next Monday, last August, the previous November."""
    match = _pattern(
        rf"((?:[Tt]he )?[Pp]revious|[Tt]hat|[Ll]ast|[Nn]ext|[Tt]his"
        rf"|[Ll]ater this|[Ee]arlier this|[Tt]he following) (year|month|week|weekend"
        rf"|quarter|{_MONTH}|{_DAY}|spring|summer|fall|autumn|winter)(?![A-Za-z])"
    ).match(view, at)
    if match is None:
        return None
    word, unit = match[1].lower(), match[2]
    if word == "that":
        return DateExpr(at, match.end(), month=_month(unit), year_ref=0) if re.fullmatch(_MONTH, unit) else None
    base = DateExpr(at, match.end())
    lowered = unit.lower()
    if word.endswith(("previous", "following")) and lowered in ("year", "month", "week", "weekend", "quarter", *_SEASON, *_DAYS):
        if lowered == "year":
            return replace(base, year_ref=-1 if word.endswith("previous") else 1)
        return replace(base, month_ref=-1 if word.endswith("previous") else 1) if lowered == "month" else None
    shift = -1 if word in ("last", "previous", "the previous") else 1 if word in ("next", "the following") else 0
    if lowered in ("year", "month", "quarter"):
        return replace(base, **{f"{lowered}_shift": shift})  # type: ignore[arg-type]
    if lowered in ("week", "weekend"):
        return replace(base, week_shift=shift, part="weekend" if lowered == "weekend" else "")
    if lowered in _SEASON:
        return replace(base, part=f"S{_SEASON[lowered]}", year_shift=shift)
    if lowered in _DAYS:
        return replace(base, weekday=_DAYS.index(lowered), week_shift=0 if shift == -1 else shift, is_bare_weekday=shift == -1)
    return replace(base, month=_month(unit), is_last_month=shift == -1, is_previous=word.endswith(
        "previous"), year_shift=None if shift == -1 else max(shift, 0))


def _read_simple(view: str, at: int) -> DateExpr | None:
    """the following year, that year, a year later; today; Monday."""
    current = _pattern(r"[Tt]h(?:e current|is) (?:calendar )?(year|quarter|month)(?![A-Za-z])").match(view, at)
    if current:
        return DateExpr(at, current.end(), **{f"{current[1]}_shift": 0})  # type: ignore[arg-type]
    year = _pattern(r"[Tt]he (?:next|same) year|[Tt]hat (?:same )?year|[Aa] year later|[Tt]he year (?:after|before)").match(view, at)
    if year:
        text = year[0].lower()
        return DateExpr(at, year.end(), year_ref=-1 if "before" in text else 0 if "same" in text or "that" in text else 1)
    far = _pattern(r"[Tt]he day (?:before yesterday|after tomorrow)").match(view, at)
    if far:
        return DateExpr(at, far.end(), day_shift=-2 if "before" in far[0] else 2)
    word = _pattern(r"([Tt]oday|[Yy]esterday|[Tt]omorrow)(?![A-Za-z])(?!'s (?:announcement|world|most))").match(view, at)
    if word and view.endswith(" of ", 0, at):
        return None  # the car of tomorrow
    if word:
        return DateExpr(at, word.end(), day_shift={"today": 0, "yesterday": -1, "tomorrow": 1}[word[1].lower()])
    day = _pattern(rf"({_DAY})(?!s?[A-Za-z]|\.[a-z])(?!,? (?:{_MONTH}) {_NUMBER}|,? {_NUMBER} (?:{_MONTH}))").match(view, at)
    return DateExpr(at, day.end(), weekday=_DAYS.index(day[1].lower()), week_shift=0, is_bare_weekday=True) if day else None
