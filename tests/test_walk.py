"""Paths to inputs, and what sources.yaml says about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from chipfacts.errors import UsageError
from chipfacts.run.sources import is_reference_date
from chipfacts.run.walk import Input, Notice, walk_inputs


def walk(*paths: str | Path) -> tuple[list[Input], list[Notice]]:
    """All inputs and notices."""
    notices: list[Notice] = []
    return list(walk_inputs(map(str, paths), notices.append)), notices


def make(root: Path, *names: str) -> None:
    """Empty files."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")


def test_folder(tmp_path: Path) -> None:
    """Recursive and sorted; hidden files and folders and symlinked folders are passed over, other suffixes named."""
    make(tmp_path, "in/b.txt", "in/a.MD", "in/c/d.txt", "in/.hidden.txt", "in/.git/x.txt", "in/e.pdf", "out/f.txt")
    (tmp_path / "in/link").symlink_to(tmp_path / "out")
    (tmp_path / "in/z.txt").symlink_to(tmp_path / "out/f.txt")
    inputs, notices = walk(tmp_path / "in")
    assert [item.id for item in inputs] == ["a.MD", "b.txt", "c/d.txt", "z.txt"]
    assert [(Path(notice.name).name, notice.is_failure) for notice in notices] == [("e.pdf", False)]


def test_what_was_named_and_cannot_be_had_is_a_failure(tmp_path: Path) -> None:
    """A missing path, and a file that is no text; the others are done."""
    make(tmp_path, "a.txt", "b.pdf")
    inputs, notices = walk(tmp_path / "a.txt", tmp_path / "b.pdf", tmp_path / "none")
    assert [item.id for item in inputs] == ["a.txt"]
    assert [(notice.is_failure, notice.reason) for notice in notices] == [
        (True, "not read: only .txt and .md are read"),
        (True, "no such file or folder"),
    ]


def test_ids_do_not_depend_on_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two files of one name are called as typed, one file reached twice is one input."""
    make(tmp_path, "x/a.txt", "y/a.txt", "y/b.txt")
    monkeypatch.chdir(tmp_path)
    ids = ["b.txt", "x/a.txt", "y/a.txt"]
    assert [item.id for item in walk("x", "y")[0]] == ids
    assert [item.id for item in walk("y/", "x/a.txt", "./x", "-")[0]] == ["-", *ids]
    assert [item.id for item in walk(".", "y")[0]] == [item.id for item in walk("y", ".")[0]] == ["a.txt", "b.txt", "x/a.txt"]
    assert [item.id for item in walk("y/b.txt")[0]] == ["b.txt"]


def test_sources(tmp_path: Path) -> None:
    """Every scalar is a text; the nearest sources.yaml wins; a single file has its folder's; missing files are named."""
    make(tmp_path, "a.txt", "s/b.txt", "s/c.txt", "d.txt")
    (tmp_path / "sources.yaml").write_text(
        "a.txt: {published: 2024, title: no}\ns/b.txt: {published: 2020}\ns/c.txt: {published: 2021}\nd.txt:\nq.txt: {}\n"
    )
    (tmp_path / "s/sources.yaml").write_text('b.txt:\n  published: "2024-11-30~"\n  publisher: x\n  url:\n')
    inputs, notices = walk(tmp_path)
    assert {item.id: item.source.published for item in inputs} == {
        "a.txt": "2024",
        "d.txt": None,
        "s/b.txt": "2024-11-30~",
        "s/c.txt": "2021",
    }
    assert inputs[0].source.title == "no"
    assert [(notice.reason, notice.is_failure) for notice in notices] == [("q.txt: no such file here", False)]
    assert walk(tmp_path / "a.txt")[0][0].source.published == "2024"


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("a.txt: {published: yesterday}", r"sources\.yaml:1:20: 'published' of a\.txt must be an EDTF date such as .*, not 'yesterday'"),
        ("a.txt:\n  published: 2024-02-30", r"sources\.yaml:2:14: 'published'"),
        ("a.txt:\n  publisher: x\n  date: 2024", r"sources\.yaml:3:9: a\.txt has no key 'date'; known: published, title, publisher, url"),
        ("a.txt: {}\na.txt: {}", r"sources\.yaml:2:1: the key 'a\.txt' stands twice"),
        ("a.txt: 2024", r"sources\.yaml:1:8: a\.txt must have entries"),
        ("a.txt: {title: [x]}", r"'title' of a\.txt must be a text"),
        ("- a.txt", r"sources\.yaml: expected entries of the form"),
        ("a.txt: {", r"sources\.yaml:\d+:\d+: not valid YAML"),
    ],
)
def test_wrong_sources(tmp_path: Path, yaml: str, message: str) -> None:
    """File, line, what was expected; before any input."""
    make(tmp_path, "a.txt")
    (tmp_path / "sources.yaml").write_text(yaml + "\n")
    with pytest.raises(UsageError, match=message):
        walk(tmp_path)


@pytest.mark.parametrize("text", ["2024", "2024-11", "2024-11-30", "2024-11-30~", "2024?", "2024-33", "2024-21~", "2024-02-29"])
def test_reference_dates(text: str) -> None:
    """EDTF that says when today is."""
    assert is_reference_date(text)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2023-02-29", "2024-1-1", "2024/2025", "../2024", "2024-XX", "2024-11-30T10:00", "0000", "２０２４"]
)
def test_no_reference_dates(text: str) -> None:
    """Intervals, unknown digits, times, other spellings."""
    assert not is_reference_date(text)
