"""Source lines with marks: under their characters in cells, with nothing in them that a terminal would hide or obey."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipfacts.model import Span
from chipfacts.review.marked import Label, cells, marked_lines, visible


@pytest.mark.parametrize(
    ("text", "shown", "width"),
    [
        ("云岭GPU", "云岭GPU", 7),
        ("ＧＰＵ", "ＧＰＵ", 6),
        ("e\u0301", "e<U+0301>", 9),
        ("a\tb", "a→b", 3),
        ("\x1b[31m", "<U+001B>[31m", 12),
        ("\u202eabc", "<U+202E>abc", 11),
        ("\u200b\ufeff", "<U+200B><U+FEFF>", 16),
        ("\ue000", "<U+E000>", 8),
        ("𠮷", "𠮷", 2),
        ("^`", "^`", 2),
        ("…—“”·①", "…—“”·①", 6),
    ],
)
def test_visible(text: str, shown: str, width: int) -> None:
    """Control and direction characters, combining marks and zero widths as code points, a tab as an arrow, the rest as it is."""
    assert visible(text) == shown and cells(shown) == width


def test_marks_stack_where_they_meet() -> None:
    """Marks that meet take further lines; each stands under its first cell."""
    text = "云岭微\t完成3亿元B轮融资"
    labels = [Label(Span(0, 3), "company"), Label(Span(4, 13), "quote"), Label(Span(6, 9), "amount")]
    assert marked_lines(text, Span(0, len(text)), labels) == [
        "云岭微→完成3亿元B轮融资",
        "^^^^^^ company",
        "       ^^^^^^^^^^^^^^^^ quote",
        "           ^^^^^ amount",
    ]


def test_wrapped() -> None:
    """A line wider than the terminal goes on below; a mark across the wrap is marked on both lines and labelled on the first."""
    text = "云岭微完成融资并且"
    assert marked_lines(text, Span(0, 9), [Label(Span(3, 7), "x")], width=10) == ["云岭微完成", "      ^^^^ x", "融资并且", "^^^^"]


_chars = st.sampled_from("云岭G1 ，。\t\u0301\u200b\u202e\x1b\n\r𠮷…Ａ")


@given(
    st.text(_chars, min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5), st.integers(8, 40)
)
def test_every_mark_covers_its_characters(text: str, places: list[tuple[int, int]], width: int) -> None:
    """Whatever the text: marks are as wide, in cells, as what they mark, no line is hidden or too wide, and nothing is lost."""
    labels = [Label(Span(at, min(at + size, len(text))), "") for at, size in places if at < len(text)]
    lines = marked_lines(text, Span(0, len(text)), labels, width)
    shown = [line for line in lines if not set(line) <= {"^", " "} or "^" not in line]
    assert "".join(shown) == visible("".join(char for char in text if char not in "\n\r"))
    assert all(cells(line) <= max(width, 8) for line in shown)
    marked = sum(line.count("^") for line in lines)
    assert marked == sum(cells(visible(char)) for label in labels for char in text[label.span.start : label.span.end] if char not in "\n\r")
    assert all(unicodedata.category(char)[0] != "C" for line in lines for char in line)
