"""Organisations and chips of the gazetteers in a text: which of their names stand for themselves, and which go on to be others'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chipfacts.extract.name import is_undone
from chipfacts.extract.org import Org
from chipfacts.extract.skeleton import CLAUSE_ENDS, Mention
from chipfacts.model import Span
from chipfacts.rulebook import NameHit, Rulebook
from chipfacts.rulebook.compile import squeeze
from chipfacts.rulebook.lexicon import load_lexicon, uncovered
from chipfacts.values.node import NODE_UNIT

_TRADE = 3  # characters of a trade suffix that makes a listed name another company's: 新能源, 半导体
# Up to the end of a list's member, in a Chinese text.
_LATIN_REST = re.compile(r"(?: (?:&|of|[A-Z\u00c0-\u00de][\w.'’\u00c0-\u024f-]*)){1,4}(?= ?(?:[、,;()]|[\u4e00-\u9fff]))")
_BEFORE_MEMBER = ("", "、", ",", "和", "与", "及", ":")
_DAUGHTER = (4, 7)  # characters of a daughter's own brand and trade suffix behind its parent's name
_LEGAL_FORM = re.compile(r"(\w{0,4}?)(?:\(\w{2,6}\))?(?:集团)?(?:股份)?有限(?:责任)?公司")
_LEGAL_END = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_LATIN_WORD = re.compile(r" ([A-Z][A-Za-z.]*[A-Za-z])(?![A-Za-z-])")
_GENITIVE = re.compile(r"['’]s [A-Za-z]")
_OFTEN = 3  # times that a word with a capital stands in a text that is about the firm of that name
_NODE_BEHIND = re.compile(rf"\d[\d.]* ?{NODE_UNIT}")  # 创意3奈米…
_MADE_ON = re.compile(rf".{{0,3}}?{_NODE_BEHIND.pattern}")
_GOES_ON = re.compile("[\u4e00-\u9fffA-Z]")
_BRAND = 4  # characters of a brand; a longer alias, 云岭微电子, has a trade's word in it
_ALIAS = 2  # characters of a listed name that others' names may begin with
_REST = 4  # characters of a short name in quotes behind the listed one it begins with
_ADVERBS = 3  # of them between a name and its predicate, at most
_AFTER_ARM = frozenset("、,。;)和与及等领跟参联共独")


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
    arms = {hit: arm for hit in listed if (arm := _longer(view, hit, sure, rulebook)) is not None}
    of_groups = rulebook.tuple_of("group_arms")
    told_arms = {arm.value.name: arm.value for arm in arms.values() if arm.value.entry is None and arm.value.name.endswith(of_groups)}
    found = [
        arms.get(hit)
        or _told_arm(view, hit.start, told_arms)
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
    strong, plain = rulebook.tuple_of("strong_predicates"), rulebook.words("plain_suffix")
    form = _LEGAL_FORM.match(view, hit.end)
    is_told_long = hit.end - hit.start > _BRAND
    if form and (not form[1] or form[1] in plain or (form[1] in trades and is_told_long)):
        return Mention("org", Span(hit.start, form.end()), _org(hit, sure))  # 岚峤智能科技有限公司, in full
    for size in (6, 5, 4, 3, 2):
        ending = view[hit.end : hit.end + size]
        if is_given and ending in rulebook.words("list_verbs"):
            continue  # 由溪石资本、腾讯投资: a verb
        if len(ending) == size and ending in arms and view[hit.end + size : hit.end + size + 1] in _AFTER_ARM:
            return Mention("org", Span(hit.start, hit.end + size), Org(view[hit.start : hit.end + size]))
        if ending.startswith(rulebook.tuple_of("legal_openings")):
            return None  # the listed company in full
        if ending in rulebook.words("group_arms") and view.startswith(strong, _behind_adverbs(view, hit.end + size, rulebook)):
            return Mention("org", Span(hit.start, hit.end + size), Org(view[hit.start : hit.end + size]))
        if ending in plain and view.startswith(predicates, hit.end + size):
            return Mention("org", Span(hit.start, hit.end + size), _org(hit, sure))
        if len(ending) == size >= _TRADE and ending in trades and view.startswith(predicates, hit.end + size):
            return Mention("org", Span(hit.start, hit.end + size), Org(_LEGAL_END.sub("", view[hit.start : hit.end + size])))
    return None


def _behind_adverbs(view: str, at: int, rulebook: Rulebook) -> int:
    """Where the predicate may stand behind a name: past 今日, 近日 and the like."""
    for _ in range(_ADVERBS):
        at += max((len(w) for w in rulebook.tuple_of("days_told") if view.startswith(w, at)), default=0)
    return at


def _told_arm(view: str, start: int, arms: dict[str, Org]) -> Mention | None:
    """京东健康预计…: an arm that the text elsewhere names for sure."""
    name = max((name for name in arms if view.startswith(name, start)), key=len, default="")
    return Mention("org", Span(start, start + len(name)), arms[name]) if name else None


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
    after = view[_behind_adverbs(view, hit.end, rulebook) :][:4]
    if _NODE_BEHIND.match(view, hit.end) or _opens_headline(view, hit):
        return True
    if view[hit.start].isupper() and _GENITIVE.match(after):
        return True  # Apple's M4
    is_foundry = any("foundry" in entry.roles for entry in hit.entries)
    if is_foundry and after[:1].isdigit():
        return True  # 采世界先进0.15微米
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
    """A listed name glued into a Latin compound (Intel-based) stands for something else."""
    is_glued = view[hit.end : hit.end + 1] == "-" and view[hit.end + 1 : hit.end + 2].isalnum()
    return is_glued and view[hit.start : hit.end].isascii()
