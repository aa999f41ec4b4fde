"""Writing a sheet: whole or not at all, and refused before the work where it cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import new_fact

import chipfacts
from chipfacts.errors import UsageError
from chipfacts.sheet import check_target, format_named, format_of, read_rows
from chipfacts.sheet.target import FOLDER_MARK, check_folder, write_file, write_folder


def test_write_and_read_back(tmp_path: Path) -> None:
    """The public verb, format by suffix or by name."""
    fact = new_fact(company="甲")
    names = ("a.csv", "a.tsv", "a.jsonl", "a.ndjson", "a.json", "a.yaml", "a.yml", "A.CSV", "a.xlsx", "a.sqlite", "a.db", "a.parquet")
    for name in names:
        chipfacts.write([fact], tmp_path / name)
        assert read_rows(tmp_path / name) == (fact,)
    chipfacts.write([fact], f"{tmp_path}/out/")
    assert read_rows(tmp_path / "out") == (fact,)
    chipfacts.write([fact], str(tmp_path / "b.dat"), "jsonl")
    assert read_rows(tmp_path / "b.dat", "jsonl") == (fact,)


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """And no trace of the new one."""
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_file(target, pieces())
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """A replaced file keeps its mode; a link keeps pointing to its file."""
    target, link = tmp_path / "a.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, [b"new"])
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_devices_are_not_replaced() -> None:
    """/dev/null stays /dev/null."""
    write_file(Path("/dev/null"), [b"x"])
    assert not Path("/dev/null").is_file()


def test_refused(tmp_path: Path) -> None:
    """A folder, a file in no folder, an unknown suffix or name."""
    with pytest.raises(UsageError, match="is a folder"):
        check_target(tmp_path)
    with pytest.raises(UsageError, match="does not exist"):
        check_target(tmp_path / "none" / "a.csv")
    with pytest.raises(UsageError, match=r"names no format; use one of \.csv, \.tsv, \.jsonl, .*\.xlsx, .*\.parquet, a folder"):
        format_of(tmp_path / "a.doc")
    with pytest.raises(UsageError, match="an HTML page is made by chipfacts report"):
        format_of(tmp_path / "a.html")
    with pytest.raises(UsageError, match="unknown format 'doc': one of table, csv, tsv, jsonl, json, yaml"):
        format_named("doc")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable(tmp_path: Path) -> None:
    """A folder or a file without write permission."""
    target = tmp_path / "a.csv"
    target.write_bytes(b"")
    target.chmod(0o444)
    with pytest.raises(UsageError, match="permission denied"):
        check_target(target)
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(UsageError, match="permission denied"):
            check_target(tmp_path / "b.csv")
    finally:
        tmp_path.chmod(0o755)


PACKAGE = b'{"name": "chipfacts"}'


def test_a_folder_is_made_and_written_again(tmp_path: Path) -> None:
    """New, empty, or written before; what else lies in it stays."""
    out = tmp_path / "out"
    write_folder(out, [("a.csv", [b"1"]), (FOLDER_MARK, [PACKAGE])])
    (out / "notes.txt").write_bytes(b"mine")
    write_folder(out, [("a.csv", [b"2"]), (FOLDER_MARK, [PACKAGE])])
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.csv": b"2", FOLDER_MARK: PACKAGE, "notes.txt": b"mine"}


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    """No file is replaced before all are made; a folder made for nothing goes."""

    def files() -> Iterator[tuple[str, list[bytes]]]:
        yield "a.csv", [b"new"]
        raise RuntimeError

    out = tmp_path / "out"
    with pytest.raises(RuntimeError):
        write_folder(out, files())
    assert not out.exists()
    write_folder(out, [("a.csv", [b"old"]), (FOLDER_MARK, [PACKAGE])])
    with pytest.raises(RuntimeError):
        write_folder(out, files())
    assert {path.name: path.read_bytes() for path in out.iterdir()} == {"a.csv": b"old", FOLDER_MARK: PACKAGE}


@pytest.mark.parametrize("mark", [None, b"{}", b"[", b'{"name": "another"}', b"[]", b"\xff"])
def test_a_folder_of_others_is_refused(tmp_path: Path, mark: bytes | None) -> None:
    """Whatever it holds; nothing in it changes."""
    (tmp_path / "funding.csv").write_bytes(b"mine")
    if mark is not None:
        (tmp_path / FOLDER_MARK).write_bytes(mark)
    with pytest.raises(UsageError, match=r"holds files of others \(.*funding.csv\); name a new or empty folder"):
        write_folder(tmp_path, [("funding.csv", [b"ours"])])
    assert (tmp_path / "funding.csv").read_bytes() == b"mine"


def test_names_of_others_are_shown_harmlessly(tmp_path: Path) -> None:
    """A name may hold what drives a terminal."""
    (tmp_path / "a\x1b[2J\nb").write_bytes(b"")
    with pytest.raises(UsageError, match=r"\(a\?\[2J\?b\)"):
        check_folder(tmp_path)


def test_no_place_for_a_folder(tmp_path: Path) -> None:
    """A file, and a folder in no folder."""
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(UsageError, match="is a file, not a folder"):
        check_folder(tmp_path / "a")
    with pytest.raises(UsageError, match="does not exist"):
        check_folder(tmp_path / "b" / "c")
    with pytest.raises(UsageError, match="names a folder, but csv is one file"):
        chipfacts.write([], f"{tmp_path}/out/", "csv")
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        chipfacts.write([], tmp_path, "csv")
