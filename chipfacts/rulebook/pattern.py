"""The pattern language of rules: text with mentions as placeholders, compiled to one bounded regular expression.

    {company}…完成…{money}?…{round}?融资

`{role}` stands for one mention (`{money}`, `{round}`, `{date}`, `{chip}`, `{node}`, `{pct}`, or an organisation in the role that names it),
`{role:+}` for a list of them, `…` for a short gap inside the clause, `……` for a gap inside the sentence, `(a|b)` for alternatives,
`?` makes the thing before it optional, a space is optional white space, `^` is the start of a clause and `$` its end. `\\(` is a
bracket. Everything else stands for itself, whatever its case.
Gaps are bounded and nothing repeats without bound, so matching time is linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# One private-use code point per mention kind: a sentence in which mentions are single characters is a *skeleton*.
KIND_CHARS: dict[str, str] = {
    "org": "\ue000",
    "money": "\ue001",
    "date": "\ue002",
    "round": "\ue003",
    "chip": "\ue004",
    "node": "\ue005",
    "pct": "\ue006",
}
CHAR_KINDS: dict[str, str] = {char: kind for kind, char in KIND_CHARS.items()}
ORG, MONEY, DATE, ROUND, CHIP, NODE, PCT = KIND_CHARS.values()

# Roles an organisation can take in a pattern. `company` is the one a fact is about.
ORG_ROLES = frozenset(
    {"company", "investor", "lead", "adviser", "media", "foundry", "parent", "other", "acquirer", "subsidiary", "customer"}
)
_KIND_OF = dict.fromkeys(ORG_ROLES, "org") | {kind: kind for kind in KIND_CHARS if kind != "org"} | {"sum": "money"}

GAP, WIDE_GAP = 14, 48  # characters of the skeleton that … and …… may skip
GAP_ENDS, WIDE_GAP_ENDS = ",。;!?\n", "。;!?\n"  # … and those that stop them
_GAP = rf"[^,。;!?\n]{{0,{GAP}}}?"
_WIDE_GAP = rf"[^。;!?\n]{{0,{WIDE_GAP}}}?"
# A member of a list that no name finder knows, between two that are known: 溪石资本、全科科技、北川产投.
_UNKNOWN = "(?:(?<=、)[\u4e00-\u9fff]{2,8}(?:、|和|及|与|以及))?"
# … and one that ends the list: 溪石资本以及爱尔兰某局(NTMA)等, 溪石资本和数家中国汽车集团(与旗下基金).
_LAST_UNKNOWN = (
    r"(?:(?:、|以及|和|及|与)(?:[\u4e00-\u9fff]{2,10}(?:\([^()]{1,14}\))?(?=等)"
    r"|[数多几两三](?:家|位)[\u4e00-\u9fff]{2,12}(?:\([^()]{1,14}\))?))?"
)
_SEPARATOR = r"\.? ?(?:、|,|和|与|及|以及|并|以及来自|/|&|and|plus|, and)+ ?"
# What may stand before a member of a list: a few Chinese characters, or one of these words. Any other Latin word ends the list.
_FILLER = (
    r"(?:[^a-z、,。;:!?\n\ue000-\ue006]{0,8}"
    r"(?:(?:the|existing|new|fellow|backers?|investors?|shareholders?|state-backed|its|as well as|chip giant|chipmaker"
    r"|firm|fund|tech giant) ?){0,3})"
)
_OWNING = r"(?:['’]s |旗下的?)"  # Microsoft's M12, 鸿海旗下鸿扬创投: both are bound, a rule tells the parent from the arm
# Behind a member of a list: 集团, 旗下基金, (领投), (原岚峤资本); whoever stands in the brackets is no member.
_NOTE = r"(?:集团|控股|股份|公司|香港|中国|国际)?(?:旗下的?(?:基金|投资机构|投资平台|投资公司|机构))?(?:\([^()\ue001-\ue006]{1,14}\))?"
_CLAUSE_START = r"(?:(?<=[,。;:!?\n、“”()【】|丨])|(?<![\s\S]))[ \"]?"
_CLAUSE_END = r"(?=[ ]?(?:[,。;:!?\n“”()]|$))"


class PatternError(ValueError):
    """A pattern that does not compile; `column` is where in the pattern, from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern: `regex` runs on a skeleton, one named group a role; `needs` are texts one of which must be there, `marks` the
    mentions all of which must."""

    source: str
    regex: str
    needs: tuple[str, ...]
    roles: tuple[str, ...]
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One of the parts that stand in a row in a pattern, as written, with its regex: a role, a gap, an edge, a space, or words."""

    source: str
    regex: str

    @property
    def what(self) -> str:
        """role, gap, edge, space or words; a group of alternatives is words."""
        char = self.source[0]
        return {"{": "role", "…": "gap", "^": "edge", "$": "edge"}.get(char) or ("space" if char.isspace() else "words")

    @property
    def is_optional(self) -> bool:
        """True where nothing has to stand for it: a gap, an edge, a space, what a ? follows."""
        return self.what in ("gap", "edge", "space") or self.source.endswith("?")


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    needs: tuple[str, ...]  # one of these must occur for the part to match; empty: nothing is certain
    marks: frozenset[str] = frozenset()  # all of these mentions must
    texts: tuple[str, ...] = ("",)  # some skeletons it matches: every alternative is in one of them


def compile_pattern(source: str) -> Pattern:
    """The compiled form of one pattern; raises PatternError with the column where it goes wrong."""
    reader = _Reader(source)
    part = reader.sequence("")
    if reader.at < len(source):
        raise PatternError("a ')' without its '('", reader.at)
    if not part.needs:
        raise PatternError("a pattern needs at least one fixed text that must be there", 0)
    return Pattern(source, part.regex, part.needs, tuple(reader.roles), "".join(sorted(part.marks)))


def elements_of(source: str) -> tuple[Element, ...]:
    """The elements of a pattern that compiles; their regexes, joined, are the pattern's."""
    reader = _Reader(source)
    return tuple(Element(source[start:end], part.regex) for start, end, part in reader.parts(""))


def texts_of(source: str) -> tuple[str, ...]:
    """Skeletons that a pattern is meant to match, the plainest first: each alternative is in one of them, gaps are empty or short."""
    return _Reader(source).sequence("").texts


def options_of(source: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The pattern's regex with a named group for each alternative of its groups, and where in `source` each of them stands."""
    reader = _Reader(source, is_traced=True)
    return reader.sequence("").regex, reader.options


def _best(options: list[tuple[str, ...]]) -> tuple[str, ...]:
    options = [option for option in options if option]
    return max(options, key=lambda needs: (min(map(len, needs)), -len(needs)), default=())


class _Reader:
    """Recursive descent over one pattern."""

    def __init__(self, source: str, *, is_traced: bool = False) -> None:
        self.source = source
        self.at = 0
        self.roles: list[str] = []
        self.is_traced = is_traced
        self.options: dict[str, tuple[int, int]] = {}

    def sequence(self, closing: str) -> _Part:
        """Parts up to `|`, `)` or the end, as one."""
        parts = [part for _, _, part in self.parts(closing)]
        marks = frozenset[str]().union(*(p.marks for p in parts))
        return _Part("".join(p.regex for p in parts), _best([p.needs for p in parts]), marks, _joined([p.texts for p in parts]))

    def parts(self, closing: str) -> list[tuple[int, int, _Part]]:
        """Parts up to `|`, `)` or the end, each with where it stands."""
        parts: list[tuple[int, int, _Part]] = []
        literal = ""
        begin = self.at  # of the literal
        while self.at < len(self.source) and self.source[self.at] not in (closing and "|)") + (")" if not closing else ""):
            char = self.source[self.at]
            if char in "{…(^$" or char.isspace():
                if literal:
                    parts.append((begin, self.at, _literal(literal)))
                    literal = ""
                start = self.at
                part = self.optional(self.special(char))
                parts.append((start, self.at, part))
                begin = self.at
                continue
            if char == "\\" and self.source[self.at + 1 : self.at + 2] in ("(", ")"):
                literal += self.source[self.at + 1]
                self.at += 2
                continue
            if char in "\\[]*+":
                raise PatternError(f"{char!r} is not part of the pattern language", self.at)
            if char == "?":
                raise PatternError("'?' must follow a placeholder, a group or a character", self.at)
            self.at += 1
            if self.at < len(self.source) and self.source[self.at] == "?":
                start = self.at - 1
                if literal:
                    parts.append((begin, start, _literal(literal)))
                    literal = ""
                part = self.optional(_literal(char))
                parts.append((start, self.at, part))
                begin = self.at
            else:
                literal += char
        if literal:
            parts.append((begin, self.at, _literal(literal)))
        return parts

    def optional(self, part: _Part) -> _Part:
        if self.at < len(self.source) and self.source[self.at] == "?":
            self.at += 1
            return _Part(f"(?:{part.regex})?", (), texts=(*part.texts, ""))
        return part

    def special(self, char: str) -> _Part:
        if char == "{":
            return self.placeholder()
        if char == "(":
            return self.group()
        self.at += 1
        if char == "…":
            if self.at < len(self.source) and self.source[self.at] == "…":
                self.at += 1
                return _Part(_WIDE_GAP, (), texts=("", "、", ","))
            return _Part(_GAP, (), texts=("", "、"))
        if char == "^":
            return _Part(_CLAUSE_START, ())
        if char == "$":
            return _Part(_CLAUSE_END, ())
        return _Part(r"\s?", (), texts=(" ", ""))

    def group(self) -> _Part:
        opened = self.at
        self.at += 1
        options: list[_Part] = []
        while True:
            begin = self.at
            option = self.sequence(")")
            if self.is_traced:
                name = f"at{begin}"
                self.options[name] = (begin, self.at)
                option = replace(option, regex=f"(?P<{name}>{option.regex})")
            options.append(option)
            if self.at >= len(self.source):
                raise PatternError("a '(' without its ')'", opened)
            self.at += 1
            if self.source[self.at - 1] == ")":
                break
        needs = tuple(n for o in options for n in o.needs) if all(o.needs for o in options) else ()
        marks = frozenset.intersection(*(o.marks for o in options))
        texts = tuple(text for o in options for text in o.texts)
        return _Part("(?:" + "|".join(o.regex for o in options) + ")", needs, marks, texts)

    def placeholder(self) -> _Part:
        end = self.source.find("}", self.at)
        if end < 0:
            raise PatternError("a '{' without its '}'", self.at)
        name, _, mode = self.source[self.at + 1 : end].partition(":")
        kind = _KIND_OF.get(name)
        if kind is None or mode not in ("", "+"):
            raise PatternError(
                f"no placeholder {{{name}{':' + mode if mode else ''}}}; known: {', '.join(sorted(_KIND_OF))}, each with :+", self.at
            )
        if name in self.roles:
            raise PatternError(f"{{{name}}} stands twice in one pattern", self.at)
        self.roles.append(name)
        self.at = end + 1
        char = KIND_CHARS[kind]
        if mode == "+":
            one = f"{_FILLER}?(?:{char}{_OWNING})?{char}{_NOTE}" if kind == "org" else f" ?{char}"
            last = _LAST_UNKNOWN if kind == "org" else ""
            regex = f"(?P<{name}>{one}(?:{_SEPARATOR}{_UNKNOWN}{one}){{0,24}}){last} ?"
            return _Part(regex, (), frozenset(char), (char, f"{char}、{char}"))
        return _Part(f" ?(?P<{name}>{char}) ?", (), frozenset(char), (char,))


def _literal(text: str) -> _Part:
    return _Part(re.escape(text), (text.lower(),), texts=(text,))


def _joined(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Texts of parts in a row: the first of each, then every other one of each beside the first of the rest."""
    first = [texts[0] for texts in rows]
    found = ["".join(first)]
    for number, texts in enumerate(rows):
        found += ["".join((*first[:number], text, *first[number + 1 :])) for text in texts[1:]]
    return tuple(found)
