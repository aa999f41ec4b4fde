"""`chipfacts conflicts`: what agrees, refines and contradicts, and above all what is left alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.errors import RuleError
from chipfacts.extract.pipeline import prepare
from chipfacts.review.arithmetic import Arithmetic
from chipfacts.review.arithmetic_trial import arithmetic_complaints
from chipfacts.review.conflict import find_conflicts
from chipfacts.review.ratio import find_ratios
from chipfacts.review.rules import Trial
from chipfacts.rulebook import load_rulebook

BOOK = load_rulebook()
TRIAL = Trial()
BOUGHT = "2024年5月8日,云岭微估值达到"


def verdicts(*texts: str, published: tuple[str | None, ...] = ()) -> list[tuple[str, str]]:
    """(verdict, check) of everything that these texts give."""
    dates = published or (None,) * len(texts)
    documents = [prepare(f"{n}.txt", text, date) for n, (text, date) in enumerate(zip(texts, dates, strict=True))]
    return [(found.verdict, found.check) for found in find_conflicts(documents, BOOK)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("云岭微累计融资超47亿元。", "云岭微累计融资超50亿元。", [("refine", "total")]),
        ("云岭微累计融资近40亿元。", "云岭微累计融资超50亿元。", [("contradict", "total")]),
        ("云岭微累计融资近40亿元。", "云岭微累计融资近40亿元。", [("agree", "total")]),
        ("云岭微完成2亿元B轮融资。", "云岭微完成3亿元B轮融资。", [("contradict", "round")]),
        ("云岭微完成2亿元B轮融资。", "云岭微完成超亿元B轮融资。", [("refine", "round")]),
        ("云岭微完成2亿元B轮融资。", "云岭微完成3亿元C轮融资。", []),
        ("云岭微完成2亿元B轮融资。", "云岭微完成3000万美元B轮融资。", []),  # no rate is known
        ("云岭微完成2亿元B轮融资。", "云岭微拟进行9亿元B轮融资。", []),
        ("云岭微完成2亿元B轮融资。", "据传云岭微完成9亿元B轮融资。", []),
        ("云岭微完成2亿元B轮融资。", "云岭微完成5000万元B轮首批融资。", []),
        ("云岭微完成2亿元战略融资。", "云岭微完成3亿元战略融资。", []),  # there may be two
        ("2023年3月,云岭微完成2亿元B轮融资。", "2024年3月,云岭微完成3亿元B轮融资。", []),  # two closings
        (f"{BOUGHT}100亿元。", f"{BOUGHT}150亿元。", [("contradict", "valuation")]),
        (f"{BOUGHT}100亿元。", f"{BOUGHT}超80亿元。", [("refine", "valuation")]),
        (f"{BOUGHT}100亿元。", "2025年5月8日,云岭微估值达到150亿元。", []),
        ("云岭微成立于2019年4月。", "云岭微成立于2020年3月。", [("contradict", "founded")]),
        ("云岭微成立于2019年4月。", "云岭微成立于2019年。", [("refine", "founded")]),
        ("云岭微成立于2019年4月。", "云岭微于2020年3月成立上海子公司。", []),
        ("云岭微成立于2019年4月。", "2022年8月,云岭微在成立三年后发布新品。", []),
        ("云岭微的BR104芯片采用7nm工艺。", "云岭微的BR104芯片采用5nm工艺。", [("contradict", "node")]),
        ("云岭微的BR104芯片采用7nm工艺。", "云岭微的BR104芯片采用7nm工艺。", [("agree", "node")]),
        ("云岭微的BR104芯片采用7nm工艺。", "云岭微的BR104芯片将升级到5nm工艺。", []),
    ],
)
def test_two_texts(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    """Each check once as a contradiction, and next to it what must be left alone; the order of texts means nothing."""
    assert verdicts(one, other) == expected
    assert verdicts(other, one) == expected


@pytest.mark.parametrize(
    ("first", "second", "published", "expected"),
    [
        ("近40亿元", "超50亿元", ("2022-09", "2024-11-30"), []),  # it grew
        ("超50亿元", "近40亿元", ("2022-09", "2024-11-30"), [("contradict", "total")]),  # it cannot shrink
        ("近40亿元", "超50亿元", ("2024-11-30", "2024-11-30"), [("contradict", "total")]),
        ("近40亿元", "超50亿元", (None, "2024-11-30"), []),  # nobody knows which came first
    ],
)
def test_totals_grow(first: str, second: str, published: tuple[str | None, str], expected: list[tuple[str, str]]) -> None:
    """A later total may be larger, never smaller."""
    assert verdicts(f"云岭微累计融资{first}。", f"云岭微累计融资{second}。", published=published) == expected


def test_within_one_text() -> None:
    """A text can contradict itself, on different lines."""
    assert verdicts("云岭微完成2亿元B轮融资。\n这一年很难。\n云岭微完成3亿元B轮融资。") == [("contradict", "round")]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("云岭微营收从2亿元增长至3亿元,增幅50%。", [True]),
        ("云岭微营收从2亿元增长至3亿元,增幅90%。", [False]),
        ("云岭微营收从2.04亿元增长至3.01亿元,增幅47%。", [True]),  # 47.5 cut off
        ("云岭微营收从2亿元增长至3亿元,毛利率40%。", []),
        ("云岭微营收从2亿美元增长至3亿元,增幅90%。", []),
        ("云岭微营收3亿元,同比增长90%。", []),  # the year before is not told
        ("云岭微营收从2亿元增长至3亿元,增幅30%-90%。", []),
        ("不少公司声称算力是英伟达同级别产品的2倍,实际还不到其性能的1/4。", []),
        ("云岭微估值20亿元,是两年前9亿元的2倍。", [True]),  # 2.2 begins with 2
        ("云岭微估值16亿元,是两年前10亿元的2倍。", [False]),
    ],
)
def test_arithmetic(text: str, holds: list[bool]) -> None:
    """What is claimed, and whether it holds within the rounding of its digits."""
    assert [statement.holds for statement in Arithmetic(prepare("a.txt", text), BOOK).statements()] == holds


def test_ratios() -> None:
    """Percentages and multiples with their hedge; ranges, ratios and versions are none."""
    found = [(str(r.value), r.hedge, r.is_percent) for r in find_ratios("增长47%,约2倍,三倍,超1.5倍,30%-40%,2-3倍,1/4,GPT-4,2x")]
    assert found == [
        ("0.47", "", True),
        ("2", "about", False),
        ("3", "", False),
        ("1.5", "over", False),
        ("2", "", False),
    ]


def test_rules_prove_themselves() -> None:
    """The examples of rules/arithmetic hold, every pattern and veto is exercised; a false one is told."""
    assert list(arithmetic_complaints(TRIAL.arithmetic, TRIAL.rulebook)) == []
    example = next(example for example in TRIAL.arithmetic if example.holds)
    broken = [message for _, _, message, is_gap in arithmetic_complaints([replace(example, holds=False)], TRIAL.rulebook) if not is_gap]
    assert broken and broken[0].startswith("it holds, and should be it does not hold")


GOOD = """
- id: own.grew
  says: It grew.
  relation: growth
  pattern: '从{sum}蹿到{money},涨了{pct}'
  unless: {joke: {before: 据说}}
  finds:
  - {text: '云岭微营收从2亿元蹿到3亿元,涨了50%。', holds: yes}
  skips:
  - {text: '据说云岭微营收从2亿元蹿到3亿元,涨了70%。', by: joke}
"""


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("relation: growth", "relation: growing", "relation cannot be 'growing'"),
        ("{pct}", "很多", "mentions money, pct, sum and nothing else"),
        ("{sum}蹿", "{sum}(蹿", "a '(' without its ')'"),
        ("  says: It grew.\n", "", "needs the key 'says'"),
        ("{joke: {before: 据说}}", "{joke: 据说}", "a veto says words"),
        (", holds: yes", "", "says whether it holds"),
        ("by: joke", "by: fun", "says in 'by' which veto"),
    ],
)
def test_broken_rules(old: str, new: str, message: str, tmp_path: Path) -> None:
    """File, line and what is wrong."""
    (tmp_path / "arithmetic").mkdir()
    (tmp_path / "arithmetic" / "own.yaml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(RuleError, match=r"arithmetic/own\.yaml:") as error:
        Trial([tmp_path])
    assert message in str(error.value)


def test_own_rules(run_cli: RunCli, tmp_path: Path) -> None:
    """A folder of one's own adds statements; its examples are run."""
    (tmp_path / "own" / "arithmetic").mkdir(parents=True)
    (tmp_path / "own" / "arithmetic" / "own.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "a.txt").write_text("云岭微营收从2亿元蹿到3亿元,涨了90%。", "utf-8")
    assert (
        run_cli("rules", "test", "--rule", "own.grew", "--rules", "own")
        .stdout.decode()
        .endswith("1 rules and cues, 2 examples: all hold\n")
    )
    done = run_cli("conflicts", "a.txt", "--rules", "own", "--fail-on", "contradict")
    assert done.returncode == 1 and "50.0%, the text says 90%" in done.stdout.decode()


def test_seeds(run_cli: RunCli) -> None:
    """超47亿 and 超50亿 refine each other, the doubled cost is not one, and that is all."""
    done = run_cli("conflicts", SEEDS)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.decode() == dedent(
        """\
        contradict: 002_d3f5a6e09f2dda36.txt, its own numbers: not what the numbers give: 1.75, the text says 2倍
          002_d3f5a6e09f2dda36.txt:99  2024年前三季度的研發費用甚至是2倍於整體營收  [says 2倍]
          002_d3f5a6e09f2dda36.txt:99  2.12億元
          002_d3f5a6e09f2dda36.txt:99  1.21億元
        refine: 壁仞科技, money raised so far: one sum fits both
          002_d3f5a6e09f2dda36.txt:39  累計融資額超47億元人民幣  [over 4,700,000,000.. CNY 2021-03]
          004_481d3563a41b6d2e.txt:23  累计融资金额超 50 亿元人民币  [over 5,000,000,000.. CNY]
        1 contradict, 1 refine, 1 agree
        """
    )


def test_no_wolf_in_the_gold_texts(run_cli: RunCli) -> None:
    """26 articles and snippets in which nothing contradicts anything."""
    done = run_cli("conflicts", ROOT / "tests" / "gold" / "texts", "--fail-on", "contradict", "-f", "json")
    assert done.returncode == 0, done.stdout.decode()
    assert json.loads(done.stdout)["counts"]["contradict"] == 0


@pytest.mark.parametrize(("verdict", "status"), [("contradict", 1), ("refine", 1), ("agree", 2)])
def test_fail_on(verdict: str, status: int, run_cli: RunCli) -> None:
    """Exit status 1 on that verdict or a worse one."""
    assert run_cli("conflicts", SEEDS, "--fail-on", verdict).returncode == status


def test_refinements_do_not_fail_contradict(run_cli: RunCli, tmp_path: Path) -> None:
    """--fail-on contradict passes where something is only refined."""
    (tmp_path / "a.txt").write_text("云岭微累计融资超47亿元。", "utf-8")
    (tmp_path / "b.txt").write_text("云岭微累计融资超50亿元。", "utf-8")
    assert run_cli("conflicts", "a.txt", "b.txt", "--fail-on", "contradict").returncode == 0
    assert run_cli("conflicts", "a.txt", "b.txt", "--fail-on", "refine").returncode == 1
    assert run_cli("conflicts", "a.txt", "-f", "xml").returncode == 2
