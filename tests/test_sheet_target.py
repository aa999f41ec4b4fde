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
from chipfacts.sheet.target import write_file


def test_write_and_read_back(tmp_path: Path) -> None:
    """The public verb, format by suffix or by name."""
    fact = new_fact(company="甲")
    for name in ("a.csv", "a.tsv", "a.jsonl", "a.ndjson", "a.json", "a.yaml", "a.yml", "A.CSV"):
        chipfacts.write([fact], tmp_path / name)
        assert read_rows(tmp_path / name) == (fact,)
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
    with pytest.raises(UsageError, match=r"names no format; use one of \.csv, \.tsv, \.jsonl, \.json, \.yaml"):
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
