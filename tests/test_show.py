"""`chipfacts show`: the article as it is, its facts marked in it and listed; nothing in it drives the terminal."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from conftest import RunCli
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.model import Span
from chipfacts.review.marked import Label, marked_lines
from chipfacts.review.shown import marked, print_article
from chipfacts.rulebook import load_rulebook

BOOK = load_rulebook()
ARTICLE = "云岭微完成2亿元A轮融资。\x1b[31m\r\n\r\n\t估值\u202e超10亿元。\n"
SHOWN = """\
-
1 | 云岭微完成2亿元A轮融资。<U+001B>[31m
  |           ^^^^^^^^^^^^ funding
2 |
3 | →估值<U+202E>超10亿元。
  |  ^^^^^^^^^^^^^^^^^^^^ valuation
"""


def test_marks_on_a_pipe(run_cli: RunCli) -> None:
    """Numbered lines, marks under the characters, double width counted; then the facts by line."""
    done = run_cli("show", "-", stdin=ARTICLE.encode())
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    assert text.startswith(SHOWN)
    assert re.search(r"\n1  funding  云岭微  200000000 CNY  round  A  completed  \[[0-9a-f]{12}\]\n3  valuation ", text)


def test_kinds(run_cli: RunCli) -> None:
    """Only the kinds asked for, in the text and in the list."""
    text = run_cli("show", "-", "--kind", "valuation", stdin=ARTICLE.encode()).stdout.decode()
    assert "valuation" in text and "funding" not in text
    text = run_cli("show", "-", "--kind", "chip", stdin=ARTICLE.encode()).stdout.decode()
    assert text.endswith("\nno fact is stated here\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "folder"], 2, "folder is a folder: name one article of it"),
        (["show", "none.txt"], 3, "none.txt: no such file or folder"),
        (["show", "folder/a.txt", "--kind", "loan"], 2, "unknown kind 'loan'"),
    ],
)
def test_errors(run_cli: RunCli, tmp_path: Path, arguments: list[str], code: int, message: str) -> None:
    """A sentence and the promised exit code."""
    (tmp_path / "folder").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "folder" / name).write_text(ARTICLE, "utf-8")
    done = run_cli(*arguments)
    assert (done.returncode, done.stdout) == (code, b"")
    assert message in done.stderr.decode() and "Traceback" not in done.stderr.decode()


class _Terminal(io.StringIO):
    """A stream that rich takes for a terminal."""

    def isatty(self) -> bool:
        return True


def test_colours_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each fact in its kind's colour, over the right characters; escapes of the article are written out, markup is words."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    document = prepare("a.txt", f"[red]x[/red] {ARTICLE}")
    stream = _Terminal()
    print_article(document, extract_document(document, BOOK), stream)
    shown = stream.getvalue()
    assert "\x1b[1;32m2亿元A轮融资\x1b[0m" in shown
    assert "\x1b[1;35m估值<U+202E>超10亿元\x1b[0m" in shown
    assert "<U+001B>[31m" in shown and "\x1b[31m" not in shown and "[red]x[/red]" in shown


@given(st.text("云岭微完成融资AB轮2亿元。,\n\r\t\x1b\x85\u2028\u202e", max_size=60))
def test_no_character_is_lost_or_obeyed(text: str) -> None:
    """The lines hold the text's own characters in order, control characters written out; as many numbered lines as the text has."""
    lines = list(marked(prepare("a.txt", text), []))[1:-2]
    assert len(lines) == len(re.findall(r"(?m)^[ \d]+ \|", "\n".join(lines)))
    numbers = [int(line.split(" |")[0]) for line in lines if line.split(" |")[0].strip()]
    assert numbers == list(range(1, max(text.count("\n") + (not text.endswith("\n")), 1) + 1))
    shown = "".join(line.partition("|")[2].removeprefix(" ") for line in lines)
    assert all(char.isprintable() for char in shown)
    kept = [char for char in text if char not in "\n\r\t\x1b\x85\u2028\u202e"]
    assert list(re.sub(r"<U\+[0-9A-F]{4}>|→", "", shown)) == kept


def test_a_long_line_keeps_every_mark() -> None:
    """Marks are looked for near their row only; a hundred thousand characters on one line, with a mark in each twenty."""
    text = "云岭微完成2亿元A轮融资,前天天气好。" * 5000
    labels = [Label(Span(at, at + 10), "x") for at in range(0, len(text), 20)]
    rows = marked_lines(text, Span(0, len(text)), labels)
    assert sum(row.count("^ x") for row in rows) == len(labels)
