"""Every mention of a document, found once: sums, dates, rounds, nodes, listed names, then unlisted names and their short forms."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chipfacts.extract.chip_name import find_chips
from chipfacts.extract.chip_owner import find_owners
from chipfacts.extract.listed import find_listed
from chipfacts.extract.name import NameFinder, heading_name, is_undone, org_of
from chipfacts.extract.name_en import find_english_names
from chipfacts.extract.name_form import has_chinese
from chipfacts.extract.name_repeat import find_repeated
from chipfacts.extract.org import Candidate, Org
from chipfacts.extract.skeleton import Mention, Skeletons, within
from chipfacts.model import Document, Span
from chipfacts.text.split import Sentence
from chipfacts.values.money import find_money
from chipfacts.values.node import find_nodes
from chipfacts.values.round import find_rounds

_PERCENT = re.compile(r"\d[\d.,]*(?:-\d[\d.]*)? ?%|百分之[一二三四五六七八九十百点\d]+")
# Where two readings overlap, the longer wins; at equal length the kind that comes first here.
_RANK = {"money": 0, "round": 1, "date": 2, "chip": 3, "node": 4, "org": 5, "pct": 6}
_FORM = "short form"
_CALLED = re.compile(r"(?P<form>(?:股份)?有限(?:责任)?公司)\((?:以下|下)?(?:统称|简称|称)(?:为)?:?[“\"](?P<alias>[^”\"]{2,12})[”\"]")
_SHORTEST = 4  # characters of a sentence that may name somebody
_BRAND = 3  # characters of a brand that a legal name goes on with another noun behind


def find_values(view: str, dates: Sequence[Mention]) -> list[Mention]:
    """Sums, rounds, nodes, percentages and the given dates of a view, as they are written."""
    found = [Mention("money", Span(m.start, m.end), m) for m in find_money(view)]
    found += [Mention("round", Span(m.start, m.end), m.round) for m in find_rounds(view)]
    found += [Mention("node", Span(m.start, m.end), m) for m in find_nodes(view)]
    found += [Mention("pct", Span(m.start(), m.end()), m.group()) for m in _PERCENT.finditer(view)]
    found += dates
    return found


def settle(mentions: list[Mention]) -> list[Mention]:
    """Sorted mentions without overlaps: the longest reading wins, then the kind's rank."""
    taken = bytearray(max((m.span.end for m in mentions), default=0))
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start - m.span.end, _RANK[m.kind], m.span.start)):
        start, end = mention.span
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.span.start)


def find_mentions(
    document: Document, sentences: list[Sentence], dates: Sequence[Mention], skeletons: Skeletons, finder: NameFinder
) -> list[Mention]:
    """All mentions of a document, sorted, none overlapping."""
    view, rulebook = document.view, finder.book
    values = find_values(view, dates)
    listed = find_listed(view, rulebook)
    known = settle(values + [m for m in listed if m.kind == "org"] + find_chips(view, listed, values, rulebook))
    boundaries = [m for m in known if m.kind != "chip" or not (m.value.is_weak or m.value.entries[0].kind == "series")]
    starts = [m.span.start for m in boundaries]
    candidates: list[Candidate] = []
    for sentence in sentences:
        if sentence.span.end - sentence.span.start < _SHORTEST:
            continue
        skeleton = skeletons.of(sentence.span, within(boundaries, starts, sentence.span))
        candidates += finder.find(skeleton)
        candidates += find_english_names(finder, skeleton)
        candidates += find_owners(finder, skeleton)
        heading = heading_name(finder, skeleton)
        if heading:
            candidates.append(heading)
    candidates += find_repeated(view, known, finder)
    return _in_both_scripts(settle(known + _unlisted(view, known, candidates, finder)), view, finder)


def _in_both_scripts(mentions: list[Mention], view: str, finder: NameFinder) -> list[Mention]:
    """高通Qualcomm Ventures, 腾讯Tencent: a listed name and a Latin one right behind it are one: an arm, if the words say so."""
    found: list[Mention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if last is None or last.kind != "org" or mention.kind != "org" or last.span.end != mention.span.start:
            found.append(mention)
            continue
        words = view[slice(*mention.span)].lower().split()
        is_arm = len(words) > 1 and words[-1] in finder.book.words("en_arm_words")
        if not last.value.entry or (mention.value.entry and not is_arm) or view[last.span.end - 1].isascii():
            found.append(mention)
            continue
        found[-1] = Mention("org", Span(last.span.start, mention.span.end), mention.value if is_arm else last.value, _FORM)
    return found


def _unlisted(view: str, known: list[Mention], candidates: list[Candidate], finder: NameFinder) -> list[Mention]:
    """Mentions of the names the candidates point at, wherever they and their short forms stand."""
    names: dict[str, Org] = {}
    votes: Counter[str] = Counter()
    subjects: set[str] = set()
    for candidate in candidates:
        surface = " ".join(view[candidate.span.start : candidate.span.end].split())
        votes[surface] += 2 if candidate.is_strong else 1
        if not candidate.is_investor:
            subjects.add(surface)
    for surface in [s for s in votes if s in subjects and finder.is_person(s, view)]:
        del votes[surface]  # people invest, but they are no companies
    for surface in sorted(votes, key=lambda s: (-len(s), s)):
        weak = votes[surface] < 2 and view.count(finder.short_form(surface)) < 2 and not finder.shows_by_form(surface)
        names[surface] = org_of(surface, finder, weak, surface not in subjects)
    names = {s: org for s, org in names.items() if votes[s] > 1 or not finder.is_kind(s, view)}
    sure = {s for s in names if votes[s] >= 2} | {finder.short_form(s) for s in names if votes[s] >= 2}
    names = {s: org for s, org in names.items() if not _is_overlong(s, sure, finder)}
    names = _with_one_name(names, view, finder)
    forms = _forms(view, known, names, finder)
    found: list[Mention] = []
    for form, org in forms.items():
        for span in _places(form, view):
            if _stands_alone(view, *span) and not is_undone(form, view, span.end, finder.book):
                found.append(Mention("org", span, org, _FORM))
    return found


def _with_one_name(names: dict[str, Org], view: str, finder: NameFinder) -> dict[str, Org]:
    """岚峤生物Lyndra, Lyndra(岚峤生物): a name told in both scripts side by side is one organisation's, by the name told first; a company
    with a bracket that says what it is called from here on (简称“岚峤”) goes by that."""
    latin = [s for s in names if not has_chinese(s)]
    chinese = [s for s in names if has_chinese(s)]
    for one, other in [*itertools.product(chinese, latin), *itertools.product(latin, chinese)]:
        if names[one] != names[other] and any(pair in view for pair in (f"{one}({other})", f"{one} ({other})", f"{one}{other}")):
            names = names | {other: names[one]}
    for match in _CALLED.finditer(view):
        alias = match["alias"]
        full = [s for s in names if view.endswith(s, 0, match.end("form")) or view.endswith(s, 0, match.start("form"))]
        if full and (alias in names or finder.is_name(alias, is_strong=True)):
            org = names.get(alias) or org_of(alias, finder, False, all(names[s].is_fund for s in full))
            names = names | dict.fromkeys((alias, *full), org)
    return names


def _places(form: str, view: str) -> Iterator[Span]:
    """Where a name stands, whatever white space is between its words."""
    if " " in form:
        yield from (Span(*match.span()) for match in re.finditer(re.escape(form).replace(r"\ ", r"\s+"), view))
        return
    at = view.find(form)
    while at >= 0:
        yield Span(at, at + len(form))
        at = view.find(form, at + len(form))


def _is_overlong(surface: str, sure: set[str], finder: NameFinder) -> bool:
    """True where the run begins with a name we are sure of and goes on with something that ends no company's name; or where a headline's
    传 stands in front of one."""
    if surface[1:] in sure and surface[0] in finder.book.words("headline_verbs"):
        return True
    return any(surface[:size] in sure and not finder.ends_as_company(surface[size:]) for size in range(2, len(surface)))


def _forms(view: str, known: list[Mention], names: dict[str, Org], finder: NameFinder) -> dict[str, Org]:
    """Every surface to look for → its organisation; a short form stands for the fullest name that begins with it."""
    forms: dict[str, Org] = {}
    full = dict(names.items())
    listed = {m.value.name: m.value for m in known if m.kind == "org" and m.value.entry}
    for surface, org in full.items():
        longer = [s for s in full if s != surface and surface in s and _is_brand_of(surface, s, finder)]
        longer = [s for s in longer if not _is_arm(s, surface, view, finder)]
        owner = next(
            (
                o
                for o in listed.values()
                if o.name == surface or (o.name.startswith(surface) and surface.startswith(finder.short_form(o.name)))
            ),
            None,
        )
        first = min(longer, key=lambda s: (view.find(s), -len(s)), default="")
        forms[surface] = owner or (full[first] if first else org)
        if org.name != surface:
            forms.setdefault(org.name, forms[surface])
    for surface, org in [*full.items(), *((o.name, o) for o in listed.values())]:
        short = finder.short_form(finder.canonical(surface))
        if short != surface and len(short) >= 2 and finder.is_short_name(short) and not _is_common(short, finder):
            forms.setdefault(short, forms.get(surface, org))
    return forms


def _is_brand_of(surface: str, full: str, finder: NameFinder) -> bool:
    """True where `full` goes on behind `surface` with nothing but what companies' names end with: 翼舟, of 翼舟航空科技."""
    is_legal = any(word in full for word in finder.book.words("legal_openings"))
    if is_legal and len(surface) >= _BRAND and finder.canonical(full).startswith(surface):
        return True  # 追锋汽车, of 上海追锋汽车系统有限公司
    if not full.startswith(surface):
        return False
    return surface.startswith(finder.short_form(full)) or finder.ends_as_company(full[len(surface) :])


def _is_arm(fund: str, surface: str, view: str, finder: NameFinder) -> bool:
    """True where `fund` is told of later than the company it belongs to: Quorvex Ventures, of a text on Quorvex."""
    return fund.lower().endswith(finder.book.tuple_of("fund_suffix")) and 0 <= view.find(surface) < view.find(fund)


def _is_common(short: str, finder: NameFinder) -> bool:
    """A short form that is an everyday word cannot stand for a company."""
    return short.lower() in finder.book.words("common_words")


def _stands_alone(view: str, start: int, end: int) -> bool:
    def word(index: int) -> bool:
        return 0 <= index < len(view) and view[index].isascii() and view[index].isalnum()

    return not (word(start) and word(start - 1)) and not (word(end - 1) and word(end))
