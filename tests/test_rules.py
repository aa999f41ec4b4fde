"""Every rule's own examples hold, and a broken rule file is refused with file, line and column."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import RunCli

from chipfacts.errors import RuleError, UsageError
from chipfacts.review import rules as review
from chipfacts.review.names import name_clashes, unknown_makers
from chipfacts.review.rules import Trial
from chipfacts.rulebook import load_rulebook, rules_folder
from chipfacts.rulebook.example import read_owners
from chipfacts.rulebook.source import shown_name

TRIAL = Trial()
PARTS = ("facts", "joins", "cues", "gazetteers", "names")


@pytest.mark.parametrize("owner", TRIAL.owners, ids=lambda owner: owner.id)
def test_examples_hold(owner: review.Owner) -> None:
    """Finds give what they mark, skips are silent for the reason named, wants are still missed; every pattern and veto is exercised."""
    assert [str(problem) for problem in TRIAL.problems(owner)] == []


def test_rules_as_a_whole() -> None:
    """Ids are unique, no name stands in two entries that do not say so."""
    assert [str(problem) for problem in TRIAL.problems_of_all() if not problem.is_gap] == []


def pack(folder: Path, part: str, text: str) -> Path:
    """A rules folder with one file."""
    (folder / part).mkdir(parents=True)
    (folder / part / "own.yaml").write_text(dedent(text).lstrip("\n"), "utf-8")
    return folder


GOOD = """
- id: own.bought
  says: Shares change hands.
  pattern: '{company}…换手{money}'
  set: {measure: other}
  unless: {price: {inside: 每股}}
  finds:
  - '[云岭微|company]换手[3亿元|other]'
  skips:
  - {text: '云岭微每股换手3元', by: price}
"""
BROKEN = {
    "unknown key": ("facts", GOOD.replace("says:", "tells:"), "2:3", "no key 'tells'"),
    "missing key": ("facts", GOOD.replace("  says: Shares change hands.\n", ""), "1:3", "needs the key 'says'"),
    "key twice": ("facts", GOOD.replace("  says:", "  id: own.other\n  says:"), "2:3", "stands twice"),
    "id twice": ("facts", GOOD + GOOD.lstrip("\n"), "10:7", "already used at"),
    "not YAML": ("facts", "- id: [a\n", "2:1", "not valid YAML"),
    "alias": ("facts", "- &a\n  id: own.bought\n", "1:3", "anchors, aliases and tags"),
    "open bracket": ("facts", GOOD.replace("{company}…换手", "{company}…(换手"), "3:12", "a '(' without its ')'"),
    "no such placeholder": ("facts", GOOD.replace("{company}", "{firm}"), "3:12", "no placeholder {firm}"),
    "no fixed text": ("facts", GOOD.replace("{company}…换手{money}", "{company}…{money}"), "3:12", "at least one fixed text"),
    "not in the language": ("facts", GOOD.replace("{company}…换手", "{company}.*换手"), "3:12", "not part of the pattern language"),
    "no such measure": ("facts", GOOD.replace("measure: other", "measure: gift"), "4:18", "cannot be 'gift'"),
    "no examples": ("facts", GOOD[: GOOD.index("  finds")], "1:3", "needs 'finds'"),
    "no such offer": ("cues", "- {id: own.gift, offers: gift, words: [赠]}\n", "1:26", "cannot be 'gift'"),
    "words of a cue": ("cues", "- {id: own.gift, offers: other, words: 赠}\n", "1:3", "must be a list of texts"),
    "entry without name": ("gazetteers", "- {id: own}\n", "1:3", "needs the key 'name'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_names_its_place(tmp_path: Path, name: str) -> None:
    """File, line and column, what was expected, and the line itself."""
    part, text, place, message = BROKEN[name]
    folder = pack(tmp_path / "pack", part, text)
    with pytest.raises(RuleError) as caught:
        load_rulebook([folder])
    shown = str(caught.value)
    assert shown.startswith(f"pack/{part}/own.yaml:{place}: ") and message in shown
    assert shown.splitlines()[-1].strip() == "^"


MARKED = "'[云岭微|company]换手[3亿元|other]'"
BAD_EXAMPLES = {
    "unknown label": (GOOD.replace("|company]", "|firm]"), "7:6", "no label 'firm'"),
    "bad amount": (GOOD.replace("|other]", "|amount|much]"), "7:21", "is no amount"),
    "asserts nothing": (GOOD.replace(MARKED, "云岭微换手3亿元"), "7:5", "asserts nothing"),
    "skip by nobody": (GOOD.replace("by: price", "by: prize"), "9:5", "which veto forbids it: price"),
    "unknown key": (GOOD.replace("by: price", "why: price"), "9:25", "no key 'why'"),
    "unknown column": (GOOD.replace(MARKED, "{text: 换手, rows: [{kind: amount, sum: 3}]}"), "7:38", "no column 'sum'"),
    "no kind": (GOOD.replace(MARKED, "{text: 换手, rows: [{measure: other}]}"), "7:23", "says its kind"),
}


@pytest.mark.parametrize("name", BAD_EXAMPLES)
def test_unreadable_example_names_its_place(tmp_path: Path, name: str) -> None:
    """Examples are read when they are run, with the same kind of error."""
    text, place, message = BAD_EXAMPLES[name]
    with pytest.raises(RuleError) as caught:
        read_owners([pack(tmp_path / "pack", "facts", text)])
    assert str(caught.value).startswith(f"pack/facts/own.yaml:{place}: ") and message in str(caught.value)


def told(folder: Path, rule: str = "own.bought") -> list[str]:
    """What the trial says about one rule of a pack, gaps marked."""
    trial = Trial([folder])
    (owner,) = (owner for owner in trial.owners if owner.id == rule)
    return [("gap: " if problem.is_gap else "") + problem.message.partition("    in: ")[0] for problem in trial.problems(owner)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("", "", []),
        ("[3亿元|other]", "[3亿元|order]", ["'3亿元' is other (by own.bought), not order"]),
        ("[3亿元|other]", "[3亿元|amount|400000000]", ["'3亿元' is 300000000..300000000, not 400000000"]),
        ("换手[3亿元|other]'", "易手[3亿元|other]'", None),
        ("云岭微每股换手3元", "云岭微换手3元", ["it fires, though 'price' should forbid it"]),
        ("云岭微每股换手3元", "云岭微每股3元", ["it would not fire without 'price' either, so this proves nothing"]),
        ("  skips:\n  - {text: '云岭微每股换手3元', by: price}\n", "", ["gap: the veto 'price' has no skip"]),
        (
            "pattern: '{company}…换手{money}'",
            "patterns: ['{company}…换手{money}', '{money}换手']",
            ["gap: no example of its own matches this pattern: {money}换手"],
        ),
        ("  skips:", "  wants:\n  - '[云岭微|company]换手[5亿元|other]'\n  skips:", ["a want that is fulfilled: move it to finds"]),
        ("  skips:", "  wants:\n  - '云岭微花[5亿元|fund]'\n  skips:", []),
    ],
)
def test_trial_sees(tmp_path: Path, old: str, new: str, complaint: list[str] | None) -> None:
    """What does not hold is told in words; what holds is not mentioned."""
    assert old in GOOD
    found = told(pack(tmp_path / "pack", "facts", GOOD.replace(old, new) if old else GOOD))
    assert found == complaint if complaint is not None else any("does not fire" in message for message in found)


def test_except_of_a_cue_is_a_veto(tmp_path: Path) -> None:
    """A cue's exceptions are proven live like a rule's vetoes."""
    cue = "- {id: own.gift, offers: other, words: [转赠], except: [转赠与], finds: ['云岭微转赠[3亿元|other]'], %s}\n"
    cue %= "skips: [{text: 云岭微转赠与3亿元, by: except}]"
    assert told(pack(tmp_path / "pack", "cues", cue), "own.gift") == []


def test_names_in_two_entries(tmp_path: Path) -> None:
    """A name may stand in two entries only where both say so."""
    entry = "- {id: own-a, name: 甲芯甲, aliases: [Jiaxin]%s}\n- {id: own-b, name: 乙芯乙, aliases: [Jiaxin]%s}\n"
    silent = pack(tmp_path / "a", "gazetteers", entry % ("", ", shared: [Jiaxin]"))
    assert ["'jiaxin' also names 'own-a'" in message for _, _, message in name_clashes([silent])] == [True]
    agreed = pack(tmp_path / "b", "gazetteers", entry % (", shared: [Jiaxin]", ", shared: [Jiaxin]"))
    assert list(name_clashes([agreed])) == []


def test_makers_nobody_lists(tmp_path: Path) -> None:
    """A chip's maker that is no entry's name is told once."""
    chips = "- {id: own-1, name: YL1, maker: 甲芯甲}\n- {id: own-2, name: YL2, maker: 甲芯甲}\n"
    assert [id for _, id, _ in unknown_makers([pack(tmp_path / "a", "gazetteers", chips)])] == ["own-1"]
    assert list(unknown_makers([pack(tmp_path / "b", "gazetteers", chips + "- {id: own-a, name: 甲芯甲}\n")])) == []


def test_one_rule_by_id(capsys: pytest.CaptureFixture[str]) -> None:
    """`--rule` runs one rule; an unknown id is wrong usage."""
    owner = TRIAL.owners[0]
    assert review.test(rule=owner.id) == 0
    assert capsys.readouterr().out.startswith("1 rules and cues, ")
    with pytest.raises(UsageError, match=r"no rule or cue 'nobody\.here'"):
        review.test(rule="nobody.here")


def test_list_shows_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a rule, with file and line; counts of names on stderr."""
    assert review.show() == 0
    out, err = capsys.readouterr()
    assert "organisations" in err
    assert [line.split()[0] for line in out.splitlines()] == [rule.id for rule in (*TRIAL.owners, *TRIAL.rulebook.arithmetic)]
    with pytest.raises(UsageError, match="unknown format"):
        review.show(format="xml")


def test_command_exit_codes(run_cli: RunCli, tmp_path: Path) -> None:
    """1 where an example fails, 4 where a rule is invalid."""
    failing = pack(tmp_path / "failing", "facts", GOOD.replace("[3亿元|other]", "[3亿元|order]"))
    run = run_cli("rules", "test", "--rules", failing)
    assert run.returncode == 1 and "failing/facts/own.yaml:7:5: own.bought: " in run.stdout.decode()
    invalid = pack(tmp_path / "invalid", "facts", GOOD.replace("says:", "tells:"))
    run = run_cli("rules", "test", "--rules", invalid)
    assert run.returncode == 4 and b"Traceback" not in run.stderr and "invalid/facts/own.yaml:2:3" in run.stderr.decode()


def test_parts_of_a_rules_folder() -> None:
    """The shipped folder has every part, and the cast of the examples beside them."""
    assert {path.name for path in rules_folder().iterdir() if path.is_dir()} >= {*PARTS, "examples"}


def test_readme_examples_hold(tmp_path: Path) -> None:
    """The cue, the rule and the check that rules/README.md shows are valid, and their examples hold."""
    blocks = re.findall(r"```yaml\n(.*?)```", (rules_folder() / "README.md").read_text("utf-8"), re.S)
    for part, block in zip(("gazetteers", "cues", "facts", "arithmetic"), blocks, strict=True):
        pack(tmp_path, part, block)
    trial = Trial([tmp_path])
    owners = [owner for owner in trial.owners if owner.place.file.startswith(tmp_path.name)]
    assert [owner.id for owner in owners] == ["amount.licence-fee", "funding.put-in"]
    assert [str(problem) for owner in owners for problem in trial.problems(owner)] == []
    own = [example for example in trial.arithmetic if example.place.file.startswith(tmp_path.name)]
    assert len(own) == 3 and [str(problem) for problem in trial.problems_of_arithmetic(own)] == []


def test_installed_rules_have_the_names_of_a_checkout(tmp_path: Path) -> None:
    """An installed package keeps its rules in `_rules`; it shares its compiled form, places and all, with a checkout of the same rules."""
    folder = tmp_path / "_rules"
    (folder / "cues").mkdir(parents=True)
    assert shown_name(folder, folder / "cues" / "amount.yaml") == "rules/cues/amount.yaml"
    assert shown_name(rules_folder(), rules_folder() / "cues" / "amount.yaml") == "rules/cues/amount.yaml"
