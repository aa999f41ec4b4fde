"""The ledger: every sum of a text is in one row, repeats one, or converts one; what is not is shown and fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import ROOT, SEEDS, RunCli

from chipfacts.extract.draft import Draft
from chipfacts.extract.pipeline import find_drafts, prepare
from chipfacts.model import Document
from chipfacts.review import ledger as review
from chipfacts.review.ledger import keep_ledger, run
from chipfacts.rulebook import load_rulebook

BOOK = load_rulebook()
TEXTS = [*sorted(SEEDS.glob("*.txt")), *sorted((ROOT / "tests" / "gold" / "texts").glob("*.txt"))]


def document(text: str) -> Document:
    """A text as the ledger takes it."""
    return prepare("a.txt", text)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_sum_of_our_texts_is_used_once(path: Any) -> None:
    """Found = used, over the seeds and the gold texts."""
    ledger = keep_ledger(prepare(path.name, path.read_bytes().decode("utf-8")), BOOK)
    assert [path.read_bytes().decode("utf-8")[start:end] for start, end in (*ledger.lost, *ledger.doubled)] == []
    assert ledger.used == len(ledger.found)


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("云岭微完成2亿元B轮融资。", ["2亿元"]),
        ("云岭微完成2亿元B轮融资。云岭微去年营收3亿元。", ["2亿元", "3亿元"]),
        ("云岭微完成超亿元B轮融资。\n近日,云岭微宣布完成1.4亿元B轮融资。", ["超亿元", "1.4亿元"]),  # one row, two mentions
        ("云岭微完成2亿美元(约14亿元人民币)B轮融资。", ["2亿美元", "14亿元人民币"]),  # one row, one conversion
        ("云岭微融了3亿。仓库里有3亿颗芯片。", ["3亿"]),  # without a currency word only where a cue claims it
        ("今天天气很好。", []),
    ],
)
def test_what_counts_as_a_sum(text: str, sums: list[str]) -> None:
    """Repeats and conversions count; numbers of things do not."""
    ledger = keep_ledger(document(text), BOOK)
    assert [text[start:end].lstrip("约") for start, end in ledger.found] == sums
    assert ledger.used == len(sums)


def test_lost_and_doubled_sums_fail(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A sum that no row has, or two rows have, is named with its line, and the status is 1."""

    def tampered(document: Document, rulebook: Any) -> tuple[list[Any], list[Draft]]:
        scenes, drafts = find_drafts(document, rulebook)
        kept = [draft for draft in drafts if draft.measure != "revenue"]
        return scenes, [*kept, *(replace(draft, measure="other") for draft in kept if draft.measure == "loss")]

    monkeypatch.setattr(review, "find_drafts", tampered)
    text = "云岭微完成2亿元B轮融资。\n云岭微去年营收3亿元。\n云岭微去年亏损1亿元。"
    assert run([document(text)], BOOK) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("a.txt: 3 sums found, 1 used")
    assert "  line 2: in no row: 3亿元" in out and "  line 3: in two rows: 1亿元" in out
    assert out[-1] == "3 sums found, 1 used"


def test_others_are_listed_with_line_and_quote(capsys: pytest.CaptureFixture[str]) -> None:
    """What no rule claims is shown in its surroundings."""
    assert run([document("芯片很贵。\n没有10亿元连门都摸不到。")], BOOK) == 0
    assert capsys.readouterr().out.splitlines()[1] == "  line 2: other: 没有[10亿元]连门都摸不到。"


def test_command(run_cli: RunCli) -> None:
    """`chipfacts ledger` on a folder: a line a document, and the total."""
    done = run_cli("ledger", SEEDS)
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert len([line for line in lines if not line.startswith(" ")]) == 6
    found, used = (int(word) for word in lines[-1].replace(",", "").split() if word.isdigit())
    assert found == used > 30
