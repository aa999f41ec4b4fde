"""The scorer: pairing, agreement, optional and fuzzy gold, floors; and mistakes in gold are refused with their place."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, RunCli, new_fact

from chipfacts.errors import UsageError
from chipfacts.extract.pipeline import prepare
from chipfacts.model import Fact
from chipfacts.review import score as review
from chipfacts.review.gold import read_gold
from chipfacts.review.pairing import pair
from chipfacts.review.score import Score, run, score_documents
from chipfacts.rulebook import load_rulebook

BOOK = load_rulebook()
TEXT = "云岭微完成2亿元B轮融资,溪石资本领投。估值10亿元。去年底云岭微发布X9芯片,采用7nm工艺。"


def gold_file(folder: Path, facts: str) -> Path:
    """A gold file about one document, a01."""
    path = folder / "gold.yaml"
    path.write_text(f"docs:\n- id: a01\n  published: 2024-05-01\n  facts: {facts}\n", "utf-8")
    return path


def row(kind: str, quote: str, **columns: Any) -> Fact:
    """A fact of the text whose quote stands where it stands."""
    start = TEXT.index(quote)
    sums = {key: value for key, value in columns.items() if key in ("amount_low", "amount_high")}
    numbers = {key: None if value is None else Decimal(value) for key, value in sums.items()}
    return new_fact(kind=kind, doc="a01.txt", start=start, end=start + len(quote), quote=quote, **{**columns, **numbers})


RAISE = {"company": "云岭微", "amount_low": 2 * 10**8, "amount_high": 2 * 10**8, "currency": "CNY", "round": "B"}
RAISE |= {"measure": "round", "status": "completed"}
GOLD_RAISE = "in: 完成2亿元B轮融资, company: 云岭微, low: 2.0e+8, high: 2.0e+8, currency: CNY, round: B, measure: round, status: completed"


def scored(monkeypatch: pytest.MonkeyPatch, folder: Path, facts: str, *rows: Fact) -> Score:
    """The score of these rows against this gold."""
    monkeypatch.setattr(review, "extract_document", lambda document, rulebook: list(rows))
    return score_documents(read_gold(gold_file(folder, facts)), [prepare("news/a01.txt", TEXT)], BOOK)


def counts(score: Score, name: str) -> tuple[int, int, int]:
    """Right, wrong, missed."""
    count = score.counts[name]
    return count.right, count.wrong, count.missed


@pytest.mark.parametrize(
    ("gold", "columns", "is_right"),
    [
        (GOLD_RAISE, {}, True),
        (GOLD_RAISE, {"round": "A"}, False),
        (GOLD_RAISE, {"amount_high": None}, False),
        (GOLD_RAISE, {"company": "雲嶺微股份有限公司"}, True),  # script and legal form
        (GOLD_RAISE, {"company": "岭云微"}, False),
        (GOLD_RAISE, {"round": "B轮"}, True),
        (GOLD_RAISE.replace("round: B", "round: [A, B]"), {}, True),  # alternatives
        (GOLD_RAISE.replace("round: B", "round: null"), {}, False),  # must be empty
        (GOLD_RAISE.replace("round: B", "round: [null, A]"), {"round": None}, True),
        (GOLD_RAISE.replace("round: B, ", ""), {"round": "seed"}, True),  # left out: not judged
        (GOLD_RAISE.replace("2.0e+8", "null"), {"amount_low": None, "amount_high": None, "currency": None}, True),  # no sum, no currency
    ],
)
def test_agreement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gold: str, columns: dict[str, Any], is_right: bool) -> None:
    """A row is right where every judged core column agrees."""
    score = scored(monkeypatch, tmp_path, f"{{funding: [{{{gold}}}]}}", row("funding", "完成2亿元B轮融资", **RAISE | columns))
    assert counts(score, "funding") == ((1, 0, 0) if is_right else (0, 1, 1))


@pytest.mark.parametrize(
    ("gold", "low", "high", "is_right"),
    [
        ("start: 2023-12-01, end: 2023-12-31", "2023-12-01", "2023-12-31", True),
        ("start: 2023-12-01, end: 2023-12-31", "2023-11-01", "2023-12-31", False),
        ("start: 2023-12-01, end: 2023-12-31, fuzzy: true", "2023-12-25", "2023-12-31", True),
        ("start: 2023-11-01, end: 2023-12-31, fuzzy: true", "2023-01-01", "2023-02-28", True),  # over months: anything within the year
        ("start: 2023-11-01, end: 2023-12-31, fuzzy: true", "2022-11-01", "2022-12-31", False),
        ("start: 2023-12-01, end: 2023-12-31, fuzzy: true", None, None, False),
        ("start: null, end: null", None, None, True),
        ("start: 2023-12-01, end: null", "2023-12-01", None, True),
    ],
)
def test_days(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gold: str, low: str | None, high: str | None, is_right: bool) -> None:
    """Same first and last day at the same place; fuzzy dates within their month or year."""
    facts = f"{{date: [{{in: 去年底云岭微, text: 去年底, {gold}}}]}}"
    score = scored(monkeypatch, tmp_path, facts, row("date", "去年底", date_low=low, date_high=high))
    assert counts(score, "date") == ((1, 0, 0) if is_right else (0, 1, 1))
    elsewhere = scored(monkeypatch, tmp_path, facts, row("date", "融资", date_low=low, date_high=high))
    assert counts(elsewhere, "date") == (0, 1, 1)


def test_optional_rows_neither_help_nor_hurt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Found, found wrong or not found."""
    facts = f"{{funding: [{{{GOLD_RAISE}, optional: true}}]}}"
    for rows in ((), (row("funding", "完成2亿元B轮融资", **RAISE),), (row("funding", "完成2亿元B轮融资", **RAISE | {"round": "C"}),)):
        assert counts(scored(monkeypatch, tmp_path, facts, *rows), "funding") == (0, 0, 0)
    stray = row("funding", "估值10亿元", **RAISE)
    assert counts(scored(monkeypatch, tmp_path, facts, stray, stray), "funding") == (0, 1, 0)


def test_a_sum_that_may_be_another_kind_is_excused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Gold calls it a valuation, and allows an amount: an amount is neither wrong nor a missed valuation."""
    sums = "in: 估值10亿元, low: 1.0e+9, high: 1.0e+9, currency: CNY"
    facts = f"{{valuation: [{{{sums}, measure: valuation}}], amount: [{{{sums}, measure: other, optional: true}}]}}"
    found = row("amount", "10亿元", amount_low=10**9, amount_high=10**9, currency="CNY", measure="revenue")
    score = scored(monkeypatch, tmp_path, facts, found)
    assert counts(score, "valuation") == counts(score, "amount") == (0, 0, 0)


def test_members_are_counted_among_right_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Precision and recall of investors; nothing where the row itself is wrong."""
    facts = f"{{funding: [{{{GOLD_RAISE}, investors: [溪石资本, 南麓创投], lead_investors: [溪石资本]}}]}}"
    members = {"investors": ("溪石资本", "北川产投"), "lead_investors": ("溪石资本",)}
    score = scored(monkeypatch, tmp_path, facts, row("funding", "完成2亿元B轮融资", **RAISE, **members))
    assert counts(score, "investors") == (1, 1, 1) and counts(score, "lead_investors") == (1, 0, 0)
    wrong = scored(monkeypatch, tmp_path, facts, row("funding", "完成2亿元B轮融资", **RAISE | {"round": "A"}, **members))
    assert counts(wrong, "investors") == (0, 0, 0)


def test_columns_of_rows_that_stand_where_gold_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong row still says which of its columns were right."""
    score = scored(monkeypatch, tmp_path, f"{{funding: [{{{GOLD_RAISE}}}]}}", row("funding", "2亿元", **RAISE | {"round": "A"}))
    rates = score.counts["funding"].row()["columns"]
    assert rates == {"company": 1, "low": 1, "high": 1, "currency": 1, "round": 0, "measure": 1, "status": 1}


def test_pairs_are_as_many_as_can_be() -> None:
    """A row that fits two leaves its seat to the one that has no other."""
    assert pair([[True, True], [True, False]]) == {0: 1, 1: 0}
    assert pair([[False], [True]]) == {0: 1}
    assert pair([]) == {}


def test_errors_and_floors(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Misses and wrongs are listed with their places; a floor that is missed gives 1."""
    wrong = row("funding", "完成2亿元B轮融资", **RAISE | {"round": "A"})
    monkeypatch.setattr(review, "extract_document", lambda document, rulebook: [wrong])
    gold = gold_file(tmp_path, f"{{funding: [{{{GOLD_RAISE}}}]}}")
    documents = [prepare("a01.txt", TEXT)]
    assert run([gold], documents, BOOK, errors=True) == 0
    out = capsys.readouterr().out
    assert f"MISSED funding {gold}:4: in: 完成2亿元B轮融资" in out and "WRONG  funding a01.txt:1: company: 云岭微" in out
    assert run([gold], documents, BOOK, floors=["funding=0.5"]) == 1
    assert "below the floor: funding 0.000 < 0.5" in capsys.readouterr().out
    assert run([gold], documents, BOOK, floors=["date=0.9"], format="json") == 0
    assert json.loads(capsys.readouterr().out)["funding"]["missed"] == 1


@pytest.mark.parametrize("floor", ["funding", "funding=high", "funding=2", "sums=0.5"])
def test_bad_floor(floor: str) -> None:
    """What is no floor is wrong usage."""
    with pytest.raises(UsageError, match="a floor is KIND=F1"):
        run([], [], BOOK, floors=[floor])


@pytest.mark.parametrize(
    ("facts", "place", "message"),
    [
        ("{funding: [{in: 未完成2亿元}]}", "4:21", "occurs 0 times in the text, not once"),
        ("{funding: [{in: 云岭微}]}", "4:21", "occurs 2 times in the text, not once"),
        ("{date: [{in: 去年底云岭微, text: 今年}]}", "4:18", "does not stand in"),
        ("{funding: [{in: 完成2亿元, firm: 云岭微}]}", "4:33", "no key 'firm'"),
        ("{funding: [{company: 云岭微}]}", "4:21", "needs 'in'"),
        ("{raises: []}", "4:11", "no kind 'raises'"),
        ("{funding: 3}", "4:10", "must be a list"),
    ],
)
def test_mistakes_in_gold_name_their_place(tmp_path: Path, facts: str, place: str, message: str) -> None:
    """File, line and column, as for a rule."""
    path = gold_file(tmp_path, facts)
    with pytest.raises(UsageError) as caught:
        score_documents(read_gold(path), [prepare("a01.txt", TEXT)], BOOK)
    assert str(caught.value).startswith(f"{path}:{place}: ") and message in str(caught.value)


def test_text_that_is_not_there(tmp_path: Path) -> None:
    """A document of gold without its text is wrong usage; two texts of one name are, too."""
    gold = read_gold(gold_file(tmp_path, "{}"))
    with pytest.raises(UsageError, match=r"neither a01\.txt nor a01\.md"):
        score_documents(gold, [], BOOK)
    with pytest.raises(UsageError, match="two different texts are named a01"):
        score_documents(gold, [prepare("x/a01.txt", "甲"), prepare("y/a01.md", "乙")], BOOK)


def test_command_on_our_gold(run_cli: RunCli) -> None:
    """Every context of tests/gold stands once in its text, and the six kinds are scored."""
    done = run_cli("score", *sorted((ROOT / "tests" / "gold").glob("*.yaml")), SEEDS, ROOT / "tests" / "gold" / "texts")
    assert done.returncode == 0, done.stderr.decode()
    assert [line.split()[0] for line in done.stdout.decode().splitlines()[1:]] == [*review.KINDS, "lead_investors", "investors"]
