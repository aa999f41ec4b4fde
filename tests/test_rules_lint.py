"""`chipfacts rules lint`: a planted instance of each fault is found with its place and a cure, and the shipped rules have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import RunCli

from chipfacts.review.lint import Finding, findings

CUE = "- {id: own.cue, offers: other, words: [转赠, 赠与], finds: ['云岭微转赠[3亿元|other]', '云岭微赠与[3亿元|other]']%s}\n"
RULE = """- id: own.rule
  says: Shares change hands.
  pattern: '{company}…换手{money}'
  set: {measure: other}
  unless: {price: {inside: 每股}}
  finds:
  - '[云岭微|company]换手[3亿元|other]'
  skips:
  - {text: '云岭微每股换手3元', by: price}
"""
SHADOWED = """- id: own.rule
  says: The price of one.
  pattern: '{money} apiece'
  set: {measure: price}
  weight: 5
  finds:
  - 'The card sells at [$38|price] apiece'
"""
WEAKER = "- {id: own.cue.weaker, offers: other, words: [转赠], weight: 7, finds: ['云岭微转赠[3亿元|other]']}\n"


def swap(old: str, new: str) -> str:
    """The rule with one thing wrong."""
    assert RULE.count(old) == 1
    return RULE.replace(old, new)


def two(second: str) -> str:
    """The rule with a second pattern."""
    return swap("pattern: '{company}…换手{money}'", f"patterns: ['{{company}}…换手{{money}}', '{second}']")


# name: (file's text, line, kind of fault, what is said)
FAULTS = {
    "exception without a word": (CUE % ", except: [基金会]", 1, "dead veto", "'基金会' holds none of the cue's words"),
    "word that is its exception": (CUE % ", except: [转赠]", 1, "dead word", "is a word and its own exception"),
    "word twice": ((CUE % "").replace("赠与], ", "赠与, 转赠], "), 1, "duplicate", "' stands twice in this list"),
    "word of another cue": (CUE % ", weight: 9" + WEAKER, 2, "shadowed", "is a word of own.cue"),
    "veto without a skip": (RULE[: RULE.index("  skips")], 5, "dead veto", "no skip shows that 'price' forbids"),
    "veto word within another": (swap("每股}", "每股|每股价}"), 5, "dead veto", "'每股价' of the veto 'price' (inside)"),
    "veto word that is a mention": (swap("每股}", "每股|3亿元}"), 5, "dead veto", "is a mention"),
    "veto word without room": (
        swap("每股}", "每股|订单}").replace("…换手", "每股?换手"),
        5,
        "dead veto",
        "'订单' of the veto 'price' (inside) cannot stand in any match",
    ),
    "pattern twice": (two("{company}…换手{money}"), 3, "duplicate", "also stands in own.rule"),
    "alternative twice": (swap("…换手{", "…(换手|易手|换手){"), 3, "duplicate", "stands twice in a group"),
    "text that is a mention": (swap("…换手{money}'", "…换手3亿元'"), 3, "cannot match", "is always read as a mention"),
    "end of clause inside": (swap("…换手{money}'", "…换手${money}'"), 3, "cannot match", "no text made of its own parts"),
    "veto of itself": (swap("每股}", "每股|换手}"), 3, "cannot match", "the veto 'price' forbids whatever it matches"),
    "shadowed": (SHADOWED, 3, "shadowed", "sums.apiece (rules/facts/business.yaml:"),
    "gaps that meet": (swap("…换手{", "…(曾)?…(又)?…换手{"), 3, "super-linear", "3 gaps meet"),
    "pattern without an example": (two("{money}易手"), 3, "unused", "no example of its own matches '{money}易手"),
}
NOTES = {
    "alternative": (swap("…换手{", "…(换手|易手){"), 3, "unused", "no example takes the alternative '易手"),
    "word": ((CUE % "").replace("赠与], ", "赠与, 馈赠], "), 1, "unused", "no example uses the word '馈赠"),
}
CLEAN = {"clean rule": (RULE, 0, "", ""), "clean cue": (CUE % "", 0, "", "")}
ALL = FAULTS | NOTES | CLEAN
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"  # an ending of its own for the words of each, so that none is another's double


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """Every planted file in one folder, linted once: the findings of each."""
    pack = tmp_path_factory.mktemp("lint") / "pack"
    names = {}
    for mark, (name, (text, *_)) in zip(MARKS, ALL.items(), strict=False):
        family = "cues" if "own.cue" in text else "facts"
        slug = name.replace(" ", "-")
        for word in ("换手", "易手", "转赠", "赠与", "馈赠"):
            text = text.replace(word, word + mark)
        (pack / family).mkdir(parents=True, exist_ok=True)
        (pack / family / f"{slug}.yaml").write_text(text.replace("own.", f"{slug}."), "utf-8")
        names[f"pack/{family}/{slug}.yaml"] = name
    assert len(names) == len(ALL)
    told: dict[str, list[Finding]] = {name: [] for name in ALL}
    for finding in findings([pack], [pack]):
        told[names[finding.place.file]].append(finding)
    return told


@pytest.mark.parametrize("name", ALL)
def test_planted(found: dict[str, list[Finding]], name: str) -> None:
    """Line, column, the rule, what is wrong and how to mend it; a clean rule has no fault."""
    _, line, what, says = ALL[name]
    slug = name.replace(" ", "-")
    told = [f for f in found[name] if f.is_note == (name in NOTES)]
    if name in CLEAN:
        assert told == []
        return
    matching = [f for f in told if f.what == what and says.replace("own.", f"{slug}.") in f.says]
    assert len(matching) == 1, [str(f) for f in found[name]]
    (finding,) = matching
    assert finding.id.startswith(slug) and finding.mend
    assert finding.place.line == line
    shown = finding.place.text[finding.place.column - 1 :]
    assert shown.startswith(("基金会", "转赠", "馈赠", "price", "每股", "'{company}", "'{money}")), shown


def test_command(run_cli: RunCli, tmp_path: Path) -> None:
    """The shipped rules are clean: 0. A planted fault: 1, with its place, as JSON as well; an invalid rule: 4."""
    run = run_cli("rules", "lint")
    assert run.returncode == 0 and run.stdout.decode().startswith("nothing to mend; "), run.stdout.decode()
    (tmp_path / "pack" / "facts").mkdir(parents=True)
    own = tmp_path / "pack" / "facts" / "own.yaml"
    own.write_text(swap("每股}", "每股|换手}"), "utf-8")
    run = run_cli("rules", "lint", "--rules", tmp_path / "pack", "--only", own)
    assert run.returncode == 1 and run.stdout.decode().startswith("pack/facts/own.yaml:3:12: own.rule: cannot match: ")
    assert "1 to mend; 0 notes" in run.stdout.decode()
    run = run_cli("rules", "lint", "--rules", tmp_path / "pack", "--only", own, "-f", "json")
    (record,) = json.loads(run.stdout)
    assert run.returncode == 1 and (record["level"], record["line"], record["id"]) == ("error", 3, "own.rule")
    own.write_text("- id: own.rule\n", "utf-8")
    run = run_cli("rules", "lint", "--rules", tmp_path / "pack")
    assert run.returncode == 4 and b"Traceback" not in run.stderr
