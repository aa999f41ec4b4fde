"""`chipfacts rules new`: a rule made of one marked sentence, as YAML with that sentence as its first example.

`[云岭微|company]于[2024年5月|date|2024-05]完成[3亿元|amount|300000000|CNY]融资` becomes `{company}…完成{money}融资`. Each mark is its
placeholder; a date goes, for any fact finds its date. Of the words between two marks those stay that the rulebook knows as words of the
trade, and the rest is a gap. Words it does not know stay as they are where they are few: the rule says no more than the sentence does.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chipfacts.errors import RuleError, UsageError
from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.review.generalise import PLACEHOLDERS, NoFixedWords, generalised, is_sum, role_of
from chipfacts.review.rules import Trial
from chipfacts.rulebook import Rulebook
from chipfacts.rulebook.compile import rule_files
from chipfacts.rulebook.example import Mark, read_marks
from chipfacts.rulebook.schema import MEASURE_KIND
from chipfacts.rulebook.source import Place, Text
from chipfacts.sheet.target import write_file

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)+")
_INVESTOR_MARK = re.compile(r"\[([^\[\]|]+)\|(?:lead_)?investors[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule to be: its YAML and its pattern."""

    id: str
    pattern: str
    yaml: str


def new_rule(id: str, sentence: str, book: Rulebook, *, says: str = "", published: str | None = None, is_plain: bool = False) -> NewRule:
    """The rule a marked sentence gives; `is_plain` keeps every word between the marks. UsageError names the column of a bad mark."""
    text, marks = marks_of(sentence)
    pattern = generalised(text, marks, book, is_plain)
    sets = _sets(text, marks, book, published)
    return NewRule(id, pattern, _yaml(id, says or f"As in: {text}", pattern, sets, _example(sentence, text, marks, published)))


def marks_of(sentence: str) -> tuple[str, tuple[Mark, ...]]:
    """The sentence without its marks, and the marks; UsageError with the column where one is not as it should be."""
    if not sentence.isprintable():
        at = next(i for i, char in enumerate(sentence) if not char.isprintable())
        raise _bad(sentence, at, "a rule's sentence is one line of printable characters")
    opened = -1
    for at, char in enumerate(sentence):
        if char == "[":
            if opened >= 0:
                raise _bad(sentence, at, "a mark inside a mark")
            opened = at
        elif char == "]":
            if opened < 0:
                raise _bad(sentence, at, "a ']' without its '['")
            surface, bar, rest = sentence[opened + 1 : at].partition("|")
            if not bar or not surface or not rest.split("|")[0]:
                raise _bad(sentence, opened, "a mark is [characters|column] or [characters|column|value]")
            opened = -1
    if opened >= 0:
        raise _bad(sentence, opened, "a '[' without its ']'")
    marked = Text(sentence)
    marked.place = Place("--sentence", 1, 1, sentence)
    try:
        text, marks = read_marks(marked, 0)
    except RuleError as error:
        raise UsageError(str(error)) from None
    if not marks:
        raise UsageError("the sentence marks nothing: [云岭微|company]完成[3亿元|round]融资 marks a company and a sum")
    seen: set[str] = set()
    for mark in marks:
        role = role_of(mark, text)
        if role in seen and role not in ("investor", "lead", ""):
            raise _bad(sentence, sentence.find("[" + text[mark.span.start : mark.span.end] + "|"), f"{{{role}}} can stand once in a rule")
        seen.add(role)
    if not seen - {""}:
        raise UsageError(f"a rule needs a mark that is a role: {', '.join(sorted(PLACEHOLDERS))} or a measure such as round")
    return text, marks


def _bad(sentence: str, at: int, message: str) -> UsageError:
    return UsageError(str(Place("--sentence", 1, at + 1, sentence).error(message)))


# ---- the rest of the rule


def _sets(text: str, marks: Sequence[Mark], book: Rulebook, published: str | None) -> dict[str, str]:
    """What the rule says of its match: the measure and status of the marks, else the measure that the sum has today."""
    sets: dict[str, str] = {}
    for mark in marks:
        if mark.label == "round" and not is_sum(mark, text):
            continue
        if mark.label in MEASURE_KIND:
            sets["measure"] = mark.label
        elif mark.label == "status" and mark.value:
            sets["status"] = mark.value
        elif mark.label == "event" and mark.value:
            sets["event"] = mark.value
        elif mark.label == "amount":
            facts = extract_document(prepare("new", text, published, "option" if published else ""), book)
            measure = next((f.measure for f in facts if any(s.touches(mark.span) for s in f.spans.get("amount", ()))), None)
            if measure is None or measure == "other":
                raise UsageError(
                    f"nothing says yet what {text[mark.span.start : mark.span.end]!r} is: mark it with its measure, such as "
                    f"[{text[mark.span.start : mark.span.end]}|round]; one of: {', '.join(sorted(MEASURE_KIND))}"
                )
            sets.setdefault("measure", measure)
    return sets


def _yaml(id: str, says: str, pattern: str, sets: dict[str, str], example: str) -> str:
    lines = [f"- id: {id}", f"  says: {_quoted(says)}", f"  pattern: {_quoted(pattern)}"]
    if sets:
        lines.append("  set: {" + ", ".join(f"{key}: {value}" for key, value in sets.items()) + "}")
    return "\n".join((*lines, "  finds:", f"  - {example}", ""))


def _example(sentence: str, text: str, marks: Sequence[Mark], published: str | None) -> str:
    """The sentence as an example. Leads are investors as well, which marks cannot say: where there are leads, a row names both."""
    row = ""
    if any(mark.label == "lead_investors" for mark in marks):
        lists = {"lead_investors": ("lead_investors",), "investors": ("lead_investors", "investors")}
        names = {column: [text[m.span.start : m.span.end] for m in marks if m.label in labels] for column, labels in lists.items()}
        row = "{kind: funding, " + ", ".join(f"{column}: {_quoted('; '.join(found))}" for column, found in names.items()) + "}"
        sentence = _INVESTOR_MARK.sub(r"\1", sentence)
    if not row and not published:
        return _quoted(sentence)
    parts = [f"text: {_quoted(sentence)}"] + ([f"published: {_quoted(published)}"] if published else [])
    return "{" + ", ".join(parts + ([f"rows: [{row}]"] if row else [])) + "}"


def _quoted(text: str) -> str:
    """A single-quoted YAML scalar: nothing in it is YAML."""
    return "'" + text.replace("'", "''") + "'"


# ---- written


def make(id: str, sentence: str, rules: Sequence[Path], output: Path | None, *, says: str = "", published: str | None = None) -> NewRule:
    """The rule, proven by its own example on top of the shipped rules and `rules`, and written to `output` where that is given.

    UsageError where the file exists, is in no rules folder, or no generalisation of the sentence holds.
    """
    if not _ID.fullmatch(id):
        raise UsageError(f"the id {id!r} is none: an id is a family and a name in lower case, such as funding.mine")
    marks_of(sentence)
    family = _family(output)
    folders = [*rules, *([output.parent.parent] if output is not None and output.parent.parent.is_dir() else [])]
    folders = list({folder.resolve(): folder for folder in folders}.values())
    trial = Trial(folders)
    if any(owner.id == id for owner in trial.owners):
        owner = next(owner for owner in trial.owners if owner.id == id)
        raise UsageError(f"the id {id!r} is already used at {owner.place.file}:{owner.place.line}: choose another one")
    told: list[str] = []
    for is_plain in (False, True):
        try:
            rule = new_rule(id, sentence, trial.rulebook, says=says, published=published, is_plain=is_plain)
        except NoFixedWords as error:
            told.append(str(error))
            continue
        problems = _problems(rule, folders, family)
        if not problems:
            if output is not None:
                _make_folder(output.parent)
                write_file(output, [rule.yaml.encode()])
            return rule
        told.append(f"{rule.pattern}\n    " + "\n    ".join(problems))
    hint = "a name must be in a gazetteer or, for examples, in examples/gazetteers/ of a rules folder; chipfacts explain shows what is seen"
    raise UsageError("no rule made of this sentence finds what it marks:\n  " + "\n  ".join(dict.fromkeys(told)) + f"\n  ({hint})")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({(error.strerror or str(error)).lower()})") from None


def _family(output: Path | None) -> str:
    if output is None:
        return "facts"
    if output.exists():
        raise UsageError(f"{output}: is there already and is not overwritten: name a new file (without -o the rule is shown)")
    if output.suffix != ".yaml" or output.parent.name not in ("facts", "joins"):
        raise UsageError(f"{output}: a rule's file is FOLDER/facts/NAME.yaml or FOLDER/joins/NAME.yaml, FOLDER being what --rules takes")
    return output.parent.name


def _problems(rule: NewRule, folders: Sequence[Path], family: str) -> list[str]:
    """What `rules test` says about the rule in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        pack = Path(name, "new")
        (pack / family).mkdir(parents=True)
        (pack / family / "new.yaml").write_text(rule.yaml, "utf-8")
        if not rule_files(pack):
            raise RuleError("the new rule could not be read back")
        trial = Trial([*folders, pack])
        owner = next(owner for owner in trial.owners if owner.id == rule.id)
        return [problem.message.partition("    in: ")[0] for problem in trial.problems(owner) if not problem.is_gap]
