"""docs/check.md: what its console blocks show is what the commands print."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, RunCli
from test_lock import NO_CI

PAGE = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")


def test_the_page_shows_what_is_printed(run_cli: RunCli, tmp_path: Path) -> None:
    """Every command of every block in order, both streams; other commands (sed, echo) by a shell."""
    blocks = re.findall(r"^```console\n(.*?)^```", PAGE, re.M | re.S)
    commands = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(blocks), re.M)
    assert len(commands) == 9
    (said,) = re.findall(r"`news/yunling.txt` says: (.+)", PAGE)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "yunling.txt").write_text(f"{said}\n", encoding="utf-8")
    for command, shown in commands:
        if not command.startswith("chipfacts "):
            if subprocess.run(["bash", "-c", command], cwd=tmp_path, check=False).returncode:
                pytest.skip(f"no such command here: {command}")
            continue
        run = run_cli(*command.split()[1:], **NO_CI)
        printed = run.stdout.decode() + run.stderr.decode()
        # Both streams are unbuffered on a terminal: the order of a block is that of a person's screen.
        assert sorted(printed.splitlines()) == sorted(shown.splitlines()), command


def test_the_page_names_every_class_and_limit() -> None:
    """A class or option that comes or goes must be told here."""
    from chipfacts.review.check import CLASSES
    from chipfacts.review.policy import ALLOWED_CLASSES

    assert re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.M) == ["ok", "moved", "changed", "lost", "unsupported", "ambiguous", "new",
                                                            "doc-missing", "doc-changed"]  # fmt: skip
    assert {f"--max-{name}" for name in ALLOWED_CLASSES} <= set(re.findall(r"--max-[a-z-]+", PAGE))
    assert set(re.findall(r"^\| `([a-z-]+)` .* yes \|$", PAGE, re.M)) == {"lost", "changed", "unsupported"} < set(CLASSES)
