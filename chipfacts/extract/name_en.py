"""Unlisted names in English sentences: capitalised runs beside the verbs and nouns of raising, buying and making."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from chipfacts.extract.name import NameFinder
from chipfacts.extract.org import Candidate
from chipfacts.extract.skeleton import Skeleton
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.pattern import CHAR_KINDS, CHIP, MONEY, ORG, ROUND

_MENTION = "".join(CHAR_KINDS)
_MENTION_CHARS = frozenset(CHAR_KINDS)
_WORD = r"[A-ZÀ-Þ0-9][A-Za-zÀ-ÿ0-9&'’.+\-]*[A-Za-zÀ-ÿ0-9+]|[a-z]+[A-Z][A-Za-z0-9]*|[A-Z]"
_WEAK = frozenset(("apposed", "object", "weak subject"))  # contexts that are not believed by themselves
_SUBJECTS = frozenset(("subject", "weak subject"))
_NAME = rf"(?:{_WORD})(?: (?:(?:of|&|the) (?=[A-Z]))?(?:{_WORD})){{0,4}}"

# … of a list: an unknown name or a listed one, with its legal form, or somebody's: Temasek's Pavilion Capital.
_MEMBER = rf"(?:{ORG}(?: (?:Inc|Corp|Co|Ltd)\.)?(?:['’]s (?:{_NAME}|{ORG}))?|{_NAME})"

_SAID_WHOLE = re.compile(r"The [A-Z][\w-]+ Company")  # its article is part of the name
_SOMEBODYS = re.compile(r"['’]s (?=The [A-Z])")  # Ada Sorel's The Lyndra Company
_CHIP_CODE = re.compile(r"[A-Z]{1,2}-?\d{1,4}")  # X1, DX-9: a chip's name, no company's

# In front of a name these take it out of the subject's place: a startup in Silicon Valley has raised …
_BEFORE = 24  # characters in front of a name that may say whose it is
_OBLIQUE = re.compile(rf"[^,;:.] (?:in|at|from|by|with|against|near|like|than|outside) (?:the )?$|{ORG} of $")
_OWNED = re.compile(rf" ?[{_MENTION}]['’]s ")  # Microsoft's M12: the arm is the member


@lru_cache(maxsize=8)
def _contexts(book: Rulebook) -> list[tuple[re.Pattern[str], str]]:
    def alternatives(name: str, capital: bool = False) -> str:
        words = sorted(book.words(name), key=lambda w: (-len(w), w))
        return "|".join(re.escape(w.capitalize() if capital else w).replace(r"\ ", " ") for w in words)

    auxiliary = (
        r"has|have|had|is|was|so far|already|now|since|previously|quietly|also"
        r"|recently|today|just|reportedly|says it|said it|on [A-Z]\w+day|said on [A-Z]\w+day it had"
        r"|said (?:on |in )?\ue002 (?:that )?it (?:had|has)"
    )
    adverb = rf"(?:(?:,[^,;.]{{2,80}},)? ?(?:{auxiliary}| |\ue002)){{0,4}}"
    called = alternatives("en_naming_words")
    return [
        (re.compile(rf"(?P<name>{_NAME}){adverb} ?(?i:{alternatives('en_subject_verbs')})\b"), "subject"),
        (re.compile(rf"(?i:{alternatives('en_list_heads')}) (?P<list>(?:[^.;()]|\.(?=, | and )){{2,220}})"), "list"),
        (
            re.compile(
                rf"(?:^|\n|[.;] )(?P<list>{_MEMBER}(?:, {_MEMBER}){{0,10}},? and {_MEMBER}) (?:were |all |itself |each )?"
                rf"(?i:{alternatives('en_joining_verbs')})\b"
            ),
            "list",
        ),
        (
            re.compile(
                rf"\b(?i:{alternatives('en_backer_nouns')})(?: [a-z][\w-]*){{0,8}}? (?:include|included|are|were) "
                r"(?P<list>[^.;()]{2,160})"
            ),
            "list",
        ),
        (re.compile(rf"\b(?i:{alternatives('en_object_verbs')}) (?:the |a |an )?(?:[a-z][\w-]* )?(?P<name>{_NAME})"), "object"),
        (re.compile(rf"\b(?i:{alternatives('en_company_nouns')}) (?:(?:{called}) )?(?P<name>{_NAME})"), "apposition"),
        (re.compile(rf"\b(?i:{alternatives('en_giving_verbs')}) {MONEY} (?:in|into) (?P<name>{_NAME})"), "apposition"),
        (re.compile(rf"(?:^|\n|: )(?P<name>{_NAME}) (?:[a-z-]+ ){{1,3}}{MONEY} (?:in )?{ROUND}"), "headline"),
        (re.compile(rf"{MONEY} (?:[a-z]+ )?(?:investment|round|stake) in (?P<name>{_NAME})"), "object"),
        (re.compile(rf"(?P<name>{_NAME}){adverb} ?(?i:{alternatives('en_weak_subject_verbs')})\b"), "weak subject"),
        (re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}(?i:{alternatives('en_company_nouns')}), (?P<name>{_NAME}),"), "apposition"),
        (
            re.compile(
                rf"(?P<name>{_NAME}), (?:a|an|the) [^,.;]{{0,60}}?(?i:\b(?:{alternatives('en_company_nouns')}))"
                rf"(?:(?=[,.]|$)| (?:{alternatives('en_noun_links')})\b)"
            ),
            "described",
        ),
        (re.compile(rf"(?P<name>{_NAME}) (?:has |have |had )?(?:{alternatives('en_money_verbs')}) {MONEY}"), "apposition"),
        (re.compile(rf"(?P<name>{_NAME}(?i:,? (?:{alternatives('en_legal_forms')})))(?![A-Za-z])"), "legal"),
        (
            re.compile(
                rf"(?<![A-Za-z0-9] )(?P<name>(?:{_WORD}) (?:(?:{_WORD}) )?(?:{alternatives('en_trade_words', capital=True)}))(?! ?[A-Z])"
            ),
            "trade",
        ),
        (re.compile(rf"\b(?i:{alternatives('en_titles')}) (?:of|at) (?P<name>{_NAME})"), "title"),
        (re.compile(rf"(?P<name>{_NAME})(?:['’]s?)? (?i:{alternatives('en_titles')})\b"), "title"),
        (re.compile(rf"(?P<name>{_NAME}), (?:a|an|the|whose|which) [^,.;]{{2,80}}"), "apposed"),
        (
            re.compile(
                rf"(?:^|\n)[^A-Za-z0-9]{{0,4}}(?P<name>{_NAME}), an? [^;:]{{10,200}}?,? (?:has |is |had |just |recently )*"
                rf"(?:{alternatives('en_raising_verbs')})\b"
            ),
            "described",
        ),
        (
            re.compile(rf"(?P<name>{_NAME})['’]s? (?:(?:[a-z-]+ ){{0,2}}{CHIP}|{ROUND}|{MONEY}|(?i:{alternatives('en_belongings')})\b)"),
            "owner",
        ),
    ]


@lru_cache(maxsize=8)
def _latin_appositives(book: Rulebook) -> re.Pattern[str]:
    ends = tuple(sorted(book.words("company_noun_ends")))
    chinese = "|".join(sorted(noun for noun in book.words("generic_nouns") if noun.endswith(ends)))
    return re.compile(rf"(?:{chinese}) ?(?P<name>{_NAME})(?![A-Za-z0-9 ]*[A-Za-z0-9])")


def find_english_names(finder: NameFinder, skeleton: Skeleton) -> Iterator[Candidate]:
    """Latin names right behind 芯片公司 and the like; all names of a sentence whose words are mostly Latin."""
    text = skeleton.text
    book = finder.book
    for match in _latin_appositives(book).finditer(text):
        candidate = _candidate(finder, skeleton, match.start("name"), match.end("name"), True)
        if candidate:
            yield candidate
    if not skeleton.is_latin:
        return
    for pattern, how in _contexts(book):
        for match in pattern.finditer(text):
            if how == "list":
                yield from _members(finder, skeleton, match.start("list"), match.end("list"))
            elif how in _SUBJECTS and text.endswith(", the ", 0, match.start("name")):
                continue  # Lyndra, the Inference Cloud, announced: what it calls itself
            elif how != "subject" or _OBLIQUE.search(text, max(match.start() - 20, 0), match.start()) is None:
                candidate = _candidate(finder, skeleton, match.start("name"), match.end("name"), how not in _WEAK)
                if candidate:
                    yield candidate


def _members(finder: NameFinder, skeleton: Skeleton, start: int, end: int) -> Iterator[Candidate]:
    text = skeleton.text
    at = start
    for piece in re.finditer(r"(?:, and |, | and | plus |$)", text[start:end]):
        low, high = at, start + piece.start()
        at = start + piece.end()
        owned = _OWNED.match(text, low, high)
        low = owned.end() if owned else low
        before = re.split(rf"[{_MENTION}]", text[low:high], maxsplit=1)
        name = re.search(rf"(?:^|[a-z’'] )(?P<name>{_NAME})(?=[ .]|$)", before[0])
        if not name and len(before) > 1:
            continue
        if not name:
            break
        candidate = _candidate(finder, skeleton, low + name.start("name"), low + name.end("name"), True)
        if candidate:
            yield candidate


def _candidate(finder: NameFinder, skeleton: Skeleton, start: int, end: int, strong: bool) -> Candidate | None:
    text = skeleton.text
    run = text[start:end]
    run = re.sub(r"['’]s$", "", run)
    owner = _SOMEBODYS.search(run)
    if owner:
        start, run = start + owner.end(), run[owner.end() :]
    words = run.split()
    while words and _is_in_front(words[0], len(words), finder.book) and not _SAID_WHOLE.fullmatch(" ".join(words)):
        start += len(words[0]) + 1
        words = words[1:]
    if text[max(start - _BEFORE, 0) : start].rstrip().lower().endswith(finder.book.tuple_of("en_person_nouns")):
        return None
    if len(words) > 2 and words[-2] == "of" and words[-3].lower() not in finder.book.words("en_of_heads"):
        words = words[:-2]  # Lyndra of Dresden
    run = " ".join(words)
    if (
        not run
        or not any(map(str.isalpha, words[0]))
        or _is_relation(run, finder.book)
        or (len(words[-1]) == 1 and text.startswith(".", start + len(run)))  # Thomas Tull's U.S. …
        or words[-1].lower() in finder.book.words("en_product_ends")
        or (len(words) > 1 and words[-1].lower() in finder.book.words("en_kind_ends"))  # Valuing GaN Chip Maker at …
        or _CHIP_CODE.fullmatch(run)
        or any(c in _MENTION for c in run)
        or not finder.is_name(run, is_strong=strong)
    ):
        return None
    return Candidate(skeleton.source(start, start + len(run)), strong)


def _is_relation(word: str, book: Rulebook) -> bool:
    """Singapore-based: what a name is told by."""
    owner, mark, relation = word.rpartition("-")
    return mark == "-" and relation.lower() in book.words("en_relations") and bool(owner)


def _is_in_front(word: str, count: int, book: Rulebook) -> bool:
    """UK's, Microsoft-backed and words that no name begins with stand in front of a name."""
    return word.lower() in book.words("never_latin") or (count > 1 and (_is_relation(word, book) or word.endswith(("'s", "’s"))))
