"""What the help shows is true: every example of every command is run, in a copy that has the files which it names.

Not run: what stands behind a pipe or `>` (less, jq), and `rules test` without arguments, which test_rules.py runs as a whole.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from typer.main import get_command
from typer.testing import CliRunner

import chipfacts
from chipfacts.cli import app
from chipfacts.sheet import read_rows

ARTICLE = "云岭微于2024年5月宣布完成超3亿元B+轮融资。公司估值约20亿美元。壁仞科技的BR100芯片采用台积电7nm工艺。溯岭科技完成融资。\n"
RULE = "- id: funding.example\n  says: An example.\n  pattern: '{company}落袋{money}'\n  set: {status: completed}\n"
RULE += "  finds: ['[云岭微|company]落袋[3亿元|round]']\n"
_COMMENT = re.compile(r" {3,}(?! *--).*")  # what an example is for


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command by the words that call it, groups as well, with its help."""
    yield path, group.help or ""
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


COMMANDS = dict(commands(get_command(app)))


def examples(help: str) -> list[str]:
    """The example lines of a help text; a line that ends with a backslash goes on."""
    text = re.sub(r"\\\n\s*", "", help)
    lines = [_COMMENT.sub("", line.strip()) for line in text.splitlines()]
    return [line for line in lines if re.match(r"chipfacts |cat \S+ \| chipfacts ", line)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything that examples name: articles, sheets, gold, rules, and a history of two commits."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(SEEDS, folder / "seeds")
    (folder / "rules").symlink_to(ROOT / "rules")  # the very rules, for --only asks whether a file is one of them
    (folder / "tests" / "gold" / "texts").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "gold" / "seeds.yaml", folder / "tests" / "gold")
    (folder / "my-gold.yaml").write_text((ROOT / "tests" / "gold" / "seeds.yaml").read_text("utf-8"), "utf-8")
    shutil.copytree(SEEDS, folder / "my-texts")
    (folder / "my-rules" / "facts").mkdir(parents=True)
    (folder / "my-rules" / "facts" / "own.yaml").write_text(RULE, "utf-8")
    (folder / "news").mkdir()
    for name in ("a.txt", "news/a.txt"):
        (folder / name).write_text(f"{ARTICLE}\n" * 12, "utf-8")
    facts = read_rows(ROOT / "tests" / "golden" / "seeds.jsonl")
    for name in ("old.csv", "new.yaml", "facts.csv", "facts.yaml"):
        chipfacts.write(facts, folder / name)
    chipfacts.write(chipfacts.extract((folder / "a.txt").read_text("utf-8"), doc="a.txt"), folder / "news.csv")
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for words in (
        ["init", "-q", "-b", "main", "."],
        ["add", "seeds", "news"],
        [*name, "commit", "-qm", "one"],
        ["tag", "v1.0"],
        [*name, "commit", "-q", "--allow-empty", "-m", "two"],
    ):
        subprocess.run(["git", *words], cwd=folder, check=True)
    for lock in ([], ["--lock", "news/facts.lock.jsonl"]):
        command = [sys.executable, "-m", "chipfacts", "lock", "news/", *lock]
        subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True)
    return folder


def real_id(path: tuple[str, ...]) -> str:
    """An id that `explain` and `check --accept` find where their help shows a made-up one."""
    if path == ("explain",):
        return Path("news.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    with Path("news/a.txt").open("a", encoding="utf-8") as article:
        article.write("6月,溪石资本又向云岭微注资3000万元。\n")
    found = json.loads(CliRunner().invoke(app, ["check", "--format", "json"]).stdout)["facts"]
    return next(fact["id"] for fact in found if fact["class"] == "new")


@functools.cache
def outcome(line: str) -> tuple[int, str]:
    """(exit status, errors) of an example, run in this process and in the current folder: forty processes would take a minute."""
    source, _, rest = line.partition(" | ")
    is_fed = source.startswith("cat ")
    words = shlex.split((rest if is_fed else source).partition(" | ")[0].partition(" > ")[0])
    arguments = [name for word in words[1:] for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]
    done = CliRunner().invoke(app, arguments, input=Path(source.split()[1]).read_bytes() if is_fed else None)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stderr


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "chipfacts")
def test_examples(path: tuple[str, ...], copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are some, they name this command, and none of them is wrong usage, unreadable input or an invalid rule."""
    monkeypatch.chdir(copy)
    monkeypatch.delenv("CI", raising=False)  # where a lock is not written
    found = examples(COMMANDS[path])
    assert any(" ".join(("chipfacts", *path)) in line for line in found), "the help shows no example"
    for line in found:
        if line == "chipfacts rules test":
            continue
        if id := re.search(r"\b[0-9a-f]{12}\b", line):
            line = line.replace(id[0], real_id(path))
        code, errors = outcome(line)
        assert code in (0, 1), f"{line}\n{errors}"


def test_a_wrong_example_is_seen(copy: Path) -> None:
    """The check can fail: an option that does not exist; what an example is for is no part of it."""
    (wrong,) = examples("\b\nchipfacts extract seeds/ --sideways      a comment\nno example")
    assert wrong == "chipfacts extract seeds/ --sideways"
    assert outcome(wrong)[0] == 2
    assert examples("chipfacts rules new --id x \\\n    --sentence y") == ["chipfacts rules new --id x --sentence y"]


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "chipfacts")
def test_help_is_shown(path: tuple[str, ...]) -> None:
    """Examples stand in the printed help as they are written, none wrapped or joined."""
    shown = CliRunner().invoke(app, [*path, "--help"]).output.splitlines()
    for line in (line.strip() for line in COMMANDS[path].splitlines()):
        if line.startswith(("chipfacts ", "cat ")):
            assert line in map(str.strip, shown)
