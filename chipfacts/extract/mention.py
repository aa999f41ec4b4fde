"""Every mention of a document, found once: sums, dates, rounds, nodes, listed names, then unlisted names and their short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from chipfacts.extract.chip_name import find_chips
from chipfacts.extract.chip_owner import find_owners
from chipfacts.extract.name import NameFinder, heading_name, is_undone, org_of
from chipfacts.extract.name_en import find_english_names
from chipfacts.extract.name_repeat import find_repeated
from chipfacts.extract.org import Candidate, Org
from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention, Skeletons, within
from chipfacts.model import Document, Span
from chipfacts.rulebook import NameHit, Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.lexicon import load_lexicon, uncovered
from chipfacts.text.split import Sentence
from chipfacts.values.money import find_money
from chipfacts.values.node import find_nodes
from chipfacts.values.round import find_rounds

_PERCENT = re.compile(r"\d[\d.,]*(?:-\d[\d.]*)? ?%|百分之[一二三四五六七八九十百点\d]+")
# Where two readings overlap, the longer wins; at equal length the kind that comes first here.
_RANK = {"money": 0, "round": 1, "date": 2, "chip": 3, "node": 4, "org": 5, "pct": 6}
_FORM = "short form"
_TRADE = 3  # characters of a trade suffix that makes a listed name another company's: 新能源, 半导体
# Up to the end of a list's member, in a Chinese text.
_LATIN_REST = re.compile(r"(?: (?:&|of|[A-Z\u00c0-\u00de][\w.'’\u00c0-\u024f-]*)){1,4}(?= ?(?:[、,;()]|[\u4e00-\u9fff]))")
_BEFORE_MEMBER = ("", "、", ",", "和", "与", "及", ":")
_DAUGHTER = (4, 7)  # characters of a daughter's own brand and trade suffix behind its parent's name
_LATIN_WORD = re.compile(r" ([A-Z][A-Za-z.]*[A-Za-z])(?![A-Za-z-])")
_GENITIVE = re.compile(r"['’]s [A-Za-z]")
_OFTEN = 3  # times that a word with a capital stands in a text that is about the firm of that name
_SHORTEST = 4  # characters of a sentence that may name somebody
_MADE_ON = re.compile(r".{0,3}?\d[\d.]* ?(?:nm|纳米|奈米|微米)")
_NODE_BEHIND = re.compile(r"\d[\d.]* ?(?:nm|纳米|奈米)")  # 创意3奈米…
_GOES_ON = re.compile("[\u4e00-\u9fffA-Z]")
_BRAND = 3  # characters of a brand that a legal name goes on with another noun behind
_ALIAS = 2  # characters of a listed name that others' names may begin with
_REST = 4  # characters of a short name in quotes behind the listed one it begins with
_AFTER_ARM = frozenset("、,。;)和与及等领跟参联共独")


def find_values(view: str, dates: Sequence[Mention]) -> list[Mention]:
    """Sums, rounds, nodes, percentages and the given dates of a view, as they are written."""
    found = [Mention("money", Span(m.start, m.end), m) for m in find_money(view)]
    found += [Mention("round", Span(m.start, m.end), m.round) for m in find_rounds(view)]
    found += [Mention("node", Span(m.start, m.end), m) for m in find_nodes(view)]
    found += [Mention("pct", Span(m.start(), m.end()), m.group()) for m in _PERCENT.finditer(view)]
    found += dates
    return found


def find_listed(view: str, rulebook: Rulebook) -> list[Mention]:
    """Organisations and chips of the gazetteers."""
    orgs, chips = rulebook.find_names(view)
    sure = {entry.name for hit in orgs if not hit.is_weak for entry in hit.entries}
    orgs = [hit for hit in orgs if not _is_inside_a_word(view, hit, rulebook)]
    orgs = [hit for hit in orgs if not is_undone(view[hit.start : hit.end], view, hit.end, rulebook)]
    longer = _quoted_names(view, orgs, rulebook)
    orgs = [hit for hit in orgs if not any(view.startswith(name, hit.start) for name in longer if len(name) > hit.end - hit.start)]
    orgs = [hit for hit in orgs if not _is_part(view, hit)]
    namesakes = _namesakes(view, orgs, rulebook)
    orgs = [hit for hit in orgs if not any(view.startswith(name, hit.start) for name in namesakes)]
    others = {name[:_ALIAS] for name in namesakes} - {view[hit.start : hit.start + _ALIAS] for hit in orgs if hit.end - hit.start > _ALIAS}
    orgs = [hit for hit in orgs if view[hit.start : hit.end] not in others]
    told = {hit for hit in orgs if not hit.is_weak or _has_cue(view, hit, sure, rulebook)}
    names = {view[hit.start : hit.end] for hit in told}  # 世界先进(5347-TW), and then 世界先进 wherever it stands
    listed = [hit for hit in orgs if hit in told or view[hit.start : hit.end] in names]
    begins = {hit.start for hit in orgs}
    found = [
        _longer(view, hit, sure, rulebook)
        or _of_two(view, hit, begins, rulebook)
        or Mention("org", Span(hit.start, hit.end), _org(hit, sure))
        for hit in listed
    ]
    found += [Mention("chip", Span(hit.start, hit.end), hit) for hit in chips]
    return found


def _quoted_names(view: str, orgs: Sequence[NameHit], rulebook: Rulebook) -> set[str]:
    """“芯驰远” is not 芯驰: short names in quotes that begin as a listed one does and go on with no company's ending."""
    names: set[str] = set()
    for hit in orgs:
        close = view.find("”", hit.end, hit.end + _REST)
        rest = view[hit.end : close] if close > hit.end else ""
        is_short = view[hit.start - 1 : hit.start] == "“" and rest.isalpha() and not view[hit.start].isascii()
        if is_short and rest not in rulebook.words_of("company_suffix", "investor_suffix", "arm_suffix"):
            names.add(view[hit.start : close])
    return names


def _namesakes(view: str, orgs: Sequence[NameHit], rulebook: Rulebook) -> set[str]:
    """恒玄电子 is not 恒玄科技: names that begin as a listed one's two characters do and go on with a trade no alias of it has. They stand
    twice or in quotes, so that they are no slip."""
    names: set[str] = set()
    follows = rulebook.tuple_of("strong_predicates", "subject_predicates", "edge_right", "own_words", "relative_particles")
    for hit in orgs:
        if hit.end - hit.start != _ALIAS or view[hit.start].isascii():
            continue
        suffix = max((s for s in rulebook.words("namesake_suffix") if view.startswith(s, hit.end)), key=len, default="")
        name, end = view[hit.start : hit.end] + suffix, hit.end + len(suffix)
        if not suffix or rulebook.org(squeeze(name)) is not None:
            continue
        is_whole = not "\u4e00" <= view[end : end + 1] <= "\u9fff" or view.startswith(follows, end)
        if is_whole and (f"“{name}”" in view or view.count(name) > 1):
            names.add(name)
    return names


def _is_inside_a_word(view: str, hit: NameHit, rulebook: Rulebook) -> bool:
    """曦图芯源 is not 芯源: before a two-character alias stands a boundary or an everyday word, not the rest of a longer name."""
    start = hit.start
    if any("foundry" in entry.roles for entry in hit.entries):
        return False
    if hit.end - start > 2 or view[start].isascii() or start == 0 or not "\u4e00" <= view[start - 1] <= "\u9fff":
        return False
    if view[start - 1] in rulebook.words("edge_left") or view[start - 1] in rulebook.words("alias_left"):
        return False
    lexicon = load_lexicon()
    for size in (2, 3, 4):
        word = view[max(start - size, 0) : start]
        if len(word) == size and (word in lexicon or word in rulebook.words_of("generic_nouns", "places", "edge_left")):
            return False
    return True


def _longer(view: str, hit: NameHit, sure: set[str], rulebook: Rulebook) -> Mention | None:
    """京东健康、腾讯投资: a listed name with an arm's ending, where a list or a verb of investing follows, is the arm; 北汽新能源拟…:
    one with a trade suffix, where a predicate follows, is a company of its own."""
    if view[hit.end - 1].isascii():
        return _with_latin_words(view, hit, sure, rulebook)
    arms = rulebook.words_of("investor_suffix", "arm_suffix")
    is_given = view[hit.start : hit.end].endswith(rulebook.tuple_of("investor_suffix")) or _is_by(view, hit.start, rulebook)
    trades, predicates = rulebook.words("company_suffix"), rulebook.tuple_of("strong_predicates", "subject_predicates")
    for size in (6, 5, 4, 3, 2):
        ending = view[hit.end : hit.end + size]
        if is_given and ending in rulebook.words("list_verbs"):
            continue  # 由溪石资本、腾讯投资: a verb
        if len(ending) == size and ending in arms and view[hit.end + size : hit.end + size + 1] in _AFTER_ARM:
            return Mention("org", Span(hit.start, hit.end + size), Org(view[hit.start : hit.end + size]))
        if len(ending) == size >= _TRADE and ending in trades and view.startswith(predicates, hit.end + size):
            return Mention("org", Span(hit.start, hit.end + size), Org(view[hit.start : hit.end + size]))
    return None


def _of_two(view: str, hit: NameHit, begins: set[int], rulebook: Rulebook) -> Mention | None:
    """山东高速信联科技完成…: a listed name that goes on with a brand and a trade suffix, where a predicate follows, is its daughter's.
    Nomura Strategic Ventures in a Chinese list: one that goes on with Latin words up to the next member is a house of its own."""
    if view[hit.end - 1].isascii():
        words = _LATIN_REST.match(view, hit.end)
        is_member = view[max(hit.start - 1, 0) : hit.start] in _BEFORE_MEMBER or view[hit.start - 1] > "\u2e7f"
        is_arm = is_member and words is not None and words.group().split()[-1].lower() in rulebook.words("en_arm_words")
        return Mention("org", Span(hit.start, words.end()), Org(view[hit.start : words.end()])) if words and is_arm else None
    predicates = rulebook.tuple_of("strong_predicates", "subject_predicates")
    for size in range(_DAUGHTER[0], _DAUGHTER[1] + 1):
        end = hit.end + size
        if not view.startswith(predicates, end):
            continue
        brand = view[hit.end : end]
        trade = max((s for s in rulebook.words("opening_suffix") if brand.endswith(s)), key=len, default="")
        brand = brand.removesuffix(trade)
        if trade and len(brand) >= 2 and uncovered(brand) == len(brand) and begins.isdisjoint(range(hit.end, end)):
            return Mention("org", Span(hit.start, end), Org(view[hit.start : end]))
    return None


def _with_latin_words(view: str, hit: NameHit, sure: set[str], rulebook: Rulebook) -> Mention | None:
    """Lyndra Semiconductor Holdings: the words of a company's name behind a listed one belong to it."""
    end = hit.end
    while (word := _LATIN_WORD.match(view, end)) and word.group(1).lower().rstrip(".") in rulebook.words("en_company_words"):
        end = word.end()
    return Mention("org", Span(hit.start, end), _org(hit, sure)) if end > hit.end else None


def _is_by(view: str, start: int, rulebook: Rulebook) -> bool:
    """由甲、乙…: a preposition stands in front of the list that a name is in."""
    clause = max(view.rfind(end, 0, start) for end in CLAUSE_ENDS) + 1
    listed = view[clause:start].rpartition("由")[2]
    return view[start - 1 : start] in rulebook.words("prepositions") or (len(listed) < start - clause and "、" in listed)


def _has_cue(view: str, hit: NameHit, sure: set[str], rulebook: Rulebook) -> bool:
    """A weak alias counts where its entry is named in full elsewhere, or where a company word stands beside it."""
    if any(entry.name in sure for entry in hit.entries):
        return True
    after = view[hit.end : hit.end + 4]
    if _NODE_BEHIND.match(view, hit.end) or _opens_headline(view, hit):
        return True
    if view[hit.start].isupper() and _GENITIVE.match(after):
        return True  # Apple's M4
    if after[:1].isdigit() and any("foundry" in entry.roles for entry in hit.entries):
        return True  # 采世界先进0.15微米
    is_foundry = any("foundry" in entry.roles for entry in hit.entries)
    if is_foundry and _MADE_ON.match(view, hit.end) and view[hit.start - 1 : hit.start] in rulebook.words("prepositions"):
        return True  # 委由世界先进以0.18微米制程
    if after.startswith(rulebook.tuple_of("strong_predicates", "generic_nouns")):
        return True
    if view[hit.start].isupper() and _times(view, view[hit.start : hit.end]) >= _OFTEN:
        return True  # Mythic, said again and again with its capital
    return view[max(hit.start - 6, 0) : hit.start].endswith(rulebook.tuple_of("generic_nouns"))


def _times(view: str, word: str) -> int:
    """How often a Latin word stands by itself."""
    return len(re.findall(rf"(?<![A-Za-z0-9-]){re.escape(word)}(?![A-Za-z0-9-])", view))


def _opens_headline(view: str, hit: NameHit) -> bool:
    """达发蓝牙音讯芯片…: an unusual word that opens the text is the firm it is short for."""
    return hit.start == 0 and not view[0].isascii() and uncovered(view[: hit.end]) == hit.end and _GOES_ON.match(view, hit.end) is not None


def _org(hit: NameHit, sure: set[str]) -> Org:
    """The entry a hit stands for: of a shared alias, the one the document names in full, else the first."""
    entry = next((e for e in hit.entries if e.name in sure), hit.entries[0])
    return Org(entry.name, entry)  # a weak alias is here only where a cue speaks for it


def _is_part(view: str, hit: NameHit) -> bool:
    """A listed name inside quotes of a longer name, or glued into a Latin compound, stands for something else."""
    return (
        hit.end < len(view)
        and view[hit.end] in "-"
        and view[hit.start : hit.end].isascii()
        and hit.end + 1 < len(view)
        and view[hit.end + 1].isalnum()
    )


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
    return settle(known + _unlisted(view, known, candidates, finder))


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
    sure = {s for s in names if votes[s] >= 2} | {finder.short_form(s) for s in names if votes[s] >= 2}
    names = {s: org for s, org in names.items() if not _is_overlong(s, sure, finder)}
    forms = _forms(view, known, names, finder)
    found: list[Mention] = []
    for form, org in forms.items():
        for span in _places(form, view):
            if _stands_alone(view, *span) and not is_undone(form, view, span.end, finder.book):
                found.append(Mention("org", span, org, _FORM))
    return found


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
    """True where the run begins with a name we are sure of and goes on with something that ends no company's name."""
    return any(surface[:size] in sure and not finder.ends_as_company(surface[size:]) for size in range(2, len(surface)))


def _forms(view: str, known: list[Mention], names: dict[str, Org], finder: NameFinder) -> dict[str, Org]:
    """Every surface to look for → its organisation; a short form stands for the fullest name that begins with it."""
    forms: dict[str, Org] = {}
    full = dict(names.items())
    listed = {m.value.name: m.value for m in known if m.kind == "org" and m.value.entry}
    for surface, org in full.items():
        longer = [s for s in full if s != surface and surface in s and _is_brand_of(surface, s, finder)]
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
    if "有限" in full and len(surface) >= _BRAND and finder.canonical(full).startswith(surface):
        return True  # 追锋汽车, of 上海追锋汽车系统有限公司
    if not full.startswith(surface):
        return False
    return surface.startswith(finder.short_form(full)) or finder.ends_as_company(full[len(surface) :])


def _is_common(short: str, finder: NameFinder) -> bool:
    """A short form that is an everyday word cannot stand for a company."""
    return short.lower() in finder.book.words("common_words")


def _stands_alone(view: str, start: int, end: int) -> bool:
    def word(index: int) -> bool:
        return 0 <= index < len(view) and view[index].isascii() and view[index].isalnum()

    return not (word(start) and word(start - 1)) and not (word(end - 1) and word(end))
