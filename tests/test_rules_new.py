"""`chipfacts rules new`: a marked sentence becomes a rule that loads, passes its own test and finds the fact."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import RunCli

from chipfacts.errors import UsageError
from chipfacts.review.new_rule import marks_of, new_rule
from chipfacts.rulebook import load_rulebook, rules_folder
from chipfacts.rulebook.source import read_yaml

BOOK = load_rulebook([rules_folder() / "examples"])
ISSUE = "[云岭微|company]于[2024年5月|date|2024-05]完成[3亿元|amount|300000000|CNY]融资"


@pytest.mark.parametrize(
    ("sentence", "pattern", "sets"),
    [
        (ISSUE, "{company}…完成{money}融资", {"measure": "round"}),
        ("[云岭微|company]换手[3亿元|other]", "{company}换手{money}", {"measure": "other"}),
        ("[云岭微|company]于[2024年5月|date]悄然落袋[3亿元|round]", "{company}…悄然落袋{money}", {"measure": "round"}),
        ("据悉,[云岭微|company]的[3亿元|round]终于到账。", "{company}的{money}终于到账", {"measure": "round"}),
        (
            "[溪石资本|investors]、[南麓创投|investors]投给[云岭微|company][3亿元|round]",
            "{investor:+}投给{company}{money}",
            {"measure": "round"},
        ),
        (
            "[云岭微|company]官宣获得由[溪石资本|lead_investors]领投的[3亿元|round][B轮|round|B]融资",
            "{company}官宣获得…{lead}领投…{money}{round}融资",
            {"measure": "round"},
        ),
        (
            "[云岭微|company],去年发布业绩后获得投资者认可,拿到[3亿元|order]",
            "{company}……发布…获得……拿到{money}",
            {"measure": "order"},
        ),
        ("[Lyndra Chips|company] closed a [$30 million|round] round", "{company} closed…{money} round", {"measure": "round"}),
        ("[云岭微|company]换手(老股)[3亿元|other]", r"{company}换手\(老股\){money}", {"measure": "other"}),
    ],
)
def test_generalised(sentence: str, pattern: str, sets: dict[str, str]) -> None:
    """Marks are placeholders, known words stay, a date and unknown words between them are a gap; the YAML reads back as just that."""
    rule = new_rule("own.rule", sentence, BOOK)
    assert rule.pattern == pattern
    assert f"pattern: '{pattern}'" in rule.yaml
    assert "  set: {" + ", ".join(f"{key}: {value}" for key, value in sets.items()) + "}\n" in rule.yaml


def test_plain_keeps_every_word() -> None:
    """Where the words known do not do, all of them stay but for a date."""
    rule = new_rule("own.rule", "[云岭微|company]于[2024年5月|date|2024-05]悄悄拿到了[3亿元|round]", BOOK, is_plain=True)
    assert rule.pattern == "{company}…悄悄拿到了{money}"
    rule = new_rule("own.rule", "[云岭微|company]不声不响就把[3亿元|round]装进口袋", BOOK, is_plain=True)
    assert rule.pattern == "{company}不声不响就把{money}装进口袋"


@pytest.mark.parametrize("text", ["it's: [云岭微|company]换手[3亿元|other] # no", "“[云岭微|company]”换手[3亿元|other]: {a: b}"])
def test_yaml_of_any_text(tmp_path: Path, text: str) -> None:
    """Quotes, colons, braces and hashes of a sentence stay text."""
    (tmp_path / "a.yaml").write_text(new_rule("own.rule", text, BOOK).yaml, "utf-8")
    (node,) = read_yaml(tmp_path / "a.yaml", "a.yaml")
    assert node["finds"] == [text] and node["says"].startswith("As in: ")


BAD = {
    "[云岭微|company]换手[3亿元": (16, "a '[' without its ']'"),
    "云岭微]换手": (4, "a ']' without its '['"),
    "[云岭[微|company]]换手": (4, "a mark inside a mark"),
    "[云岭微]换手[3亿元|other]": (1, "a mark is [characters|column]"),
    "换手[|other]": (3, "a mark is [characters|column]"),
    "[云岭微|firm]换手": (1, "no label 'firm'"),
    "[云岭微|company]换手[3亿元|amount|much]": (16, "is no amount"),
    "[云岭微|company]与[溪石电子|company]换手": (15, "{company} can stand once"),
    "[云岭微|company]\x07换手": (14, "one line of printable characters"),
}


@pytest.mark.parametrize("sentence", BAD)
def test_bad_mark_names_its_column(sentence: str) -> None:
    """The column, counted from 1, and the sentence with a mark under it."""
    column, message = BAD[sentence]
    with pytest.raises(UsageError) as caught:
        marks_of(sentence)
    shown = str(caught.value)
    assert shown.startswith(f"--sentence:1:{column}: ") and message in shown and shown.splitlines()[-1].strip() == "^"


def test_round_trip(run_cli: RunCli, tmp_path: Path) -> None:
    """Written where -o says, it passes `rules test` and makes the row; a second time it is not overwritten."""
    target = tmp_path / "my-rules" / "facts" / "x.yaml"
    sentence = "[云岭微|company]于[2024年5月|date|2024-05]悄然落袋[3亿元|round]"
    (tmp_path / "a.txt").write_text("寒武纪于2024年6月悄然落袋5亿元。\n", "utf-8")
    make = ("rules", "new", "--id", "funding.mine", "--sentence", sentence, "-o", target)
    run = run_cli(*make)
    assert run.returncode == 0, run.stderr.decode()
    written = target.read_bytes()
    assert written.decode().startswith("- id: funding.mine\n") and run.stdout == b""
    run = run_cli("rules", "test", "--rules", tmp_path / "my-rules", "--only", target)
    assert run.returncode == 0, run.stdout.decode()
    run = run_cli("extract", "a.txt", "-f", "csv", "-q", "--rules", tmp_path / "my-rules")
    assert ",funding.mine" in run.stdout.decode()
    run = run_cli(*make)
    assert run.returncode == 2 and "is not overwritten" in run.stderr.decode() and target.read_bytes() == written


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--id", "funding.mine", "--sentence", "[没有名字|company]换手[3亿元|other]"], "no row has its company from '没有名字'"),
        (["--id", "funding.mine", "--sentence", "[云岭微|company][3亿元|other]"], "holds no fixed words"),
        (["--id", "funding.mine", "--sentence", "[云岭微|company]换手[3亿元|amount|300000000]"], "mark it with its measure"),
        (["--id", "funding.mine", "--sentence", "云岭微换手3亿元"], "marks nothing"),
        (["--id", "funding.got", "--sentence", "[云岭微|company]换手[3亿元|other]"], "already used at rules/facts/funding.yaml:"),
        (["--id", "Mine", "--sentence", "[云岭微|company]换手[3亿元|other]"], "the id 'Mine' is none: an id is a family and a name"),
        (["--id", "funding.mine", "--sentence", "[云岭微|company]换手[3亿元|other]", "-o", "x.yaml"], "FOLDER/facts/NAME.yaml"),
    ],
)
def test_refused(run_cli: RunCli, tmp_path: Path, args: list[str], message: str) -> None:
    """A sentence, exit status 2, nothing written."""
    run = run_cli("rules", "new", *args)
    assert run.returncode == 2 and run.stdout == b"" and b"Traceback" not in run.stderr
    assert message in run.stderr.decode() and list(tmp_path.iterdir()) == []
