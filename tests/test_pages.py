"""What README and docs show is true: the commands of these pages are run, page by page, in a copy of the seeds.

A console block is `$ command` lines with their output below them (both streams);
a line `…` stands for any number of lines.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from typer.main import get_command

from chipfacts.cli import app

PAGES = ("README.md", "README.zh-CN.md", "docs/first-sheet.md", "docs/archive.md")


def steps(page: str) -> Iterator[tuple[str, str]]:
    """(command, output) of every console block, in order."""
    for block in re.findall(r"```console\n(.*?)```", page, re.S):
        for part in re.split(r"(?m)^\$ ", block)[1:]:
            command, _, output = part.partition("\n")
            yield command, output.strip("\n")


def run(command: str, folder: Path) -> str:
    """What a command prints to a pipe, as a user of a shell would see it; `chipfacts` is this one."""
    python = f'chipfacts() {{ {shlex.quote(sys.executable)} -m chipfacts "$@"; }}\n'
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", python + command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=environment,
        timeout=120,
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def fits(shown: str, printed: str) -> bool:
    """True where the page shows what was printed, but for what `…` leaves out."""
    pieces = [re.escape(piece) for piece in re.split(r"(?m)^…$\n?", shown)]
    return re.fullmatch(r"(?:.*\n)*?".join(pieces) + (r"(?:\n?.*)*" if shown.endswith("…") else ""), printed) is not None


@pytest.mark.parametrize("name", PAGES)
def test_commands_print_what_the_page_shows(name: str, tmp_path: Path) -> None:
    """Each page from its beginning, as a reader would follow it."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    found = list(steps((ROOT / name).read_text("utf-8")))
    assert found, "the page shows no command"
    for command, shown in found:
        printed = run(command, tmp_path)
        assert fits(shown, printed), f"{name}: $ {command}\n{printed}"


@pytest.mark.parametrize(
    ("shown", "is_fitting"),
    [("a\nb", True), ("a", False), ("a\nc", False), ("a\n…", True), ("…\nb", True), ("…\na", False), ("a\n…\nb", True), ("", False)],
)
def test_a_wrong_page_is_seen(shown: str, is_fitting: bool) -> None:
    """The comparison can fail."""
    assert fits(shown, "a\nb") is is_fitting


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_is_told(name: str) -> None:
    """Nobody has to find a command by chance."""
    text = (ROOT / name).read_text("utf-8")
    commands = getattr(get_command(app), "commands", {})
    assert [command for command in commands if f"`chipfacts {command}" not in text] == []


def test_every_page_is_in_the_index() -> None:
    """docs/README.md names each page of docs/."""
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if page.name != "README.md" and f"({page.name})" not in index] == []


def test_docs_travel_with_the_source() -> None:
    """The source distribution has what the README links to."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '"/docs"' in text and '"/README.zh-CN.md"' in text
