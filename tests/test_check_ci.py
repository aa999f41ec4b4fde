"""The pre-commit hook and the GitHub action, each run as its runner would: an own environment, a scratch repository, no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, SEEDS
from test_check import FIRST, paragraph_deleted, replaced

SOURCES = ("chipfacts", "rules", "pyproject.toml", "constraints.txt", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml")
# What a new environment needs is taken from this one: nothing is fetched, chipfacts itself is built and installed for real.
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PYTHONPATH": sysconfig.get_path("purelib")}
pytestmark = pytest.mark.skipif(shutil.which("git") is None or shutil.which("bash") is None, reason="needs git and bash")


def run(folder: Path, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder, its output read."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**clean, **env}, timeout=300)


def commit(folder: Path) -> str:
    """The folder as a repository of one more commit; its id."""
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "state"]):
        done = run(folder, "git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *command)
        assert done.returncode == 0, done.stderr
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """chipfacts as a repository of its own, the way a tag of it is fetched."""
    folder = tmp_path / "published"
    folder.mkdir()
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A scratch repository of articles with their lock."""
    folder = tmp_path / "articles"
    shutil.copytree(SEEDS, folder / "news")
    return folder


def test_pre_commit_hook(published: Path, articles: Path, tmp_path: Path) -> None:
    """pre-commit installs it and runs it: passes, fails with the finding, and rests where no article is touched."""
    revision = commit(published)
    (articles / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {published}\n  rev: {revision}\n  hooks:\n"
        "  - id: chipfacts-check\n    args: [--lock, news/facts.lock.jsonl]\n",
        encoding="utf-8",
    )  # fmt: skip
    commit(articles)
    places = OFFLINE | {"PRE_COMMIT_HOME": str(tmp_path / "home"), "CI": ""}
    hook = (sys.executable, "-m", "pre_commit", "run", "--color", "never")
    good = run(articles, *hook, "--all-files", **places)
    assert good.returncode == 0 and "chipfacts check" in good.stdout and "Passed" in good.stdout, good.stdout + good.stderr
    replaced(FIRST, "规模超过2亿元", "规模超过3亿元")(articles / "news")
    run(articles, "git", "add", "-A")
    bad = run(articles, *hook, **places)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert f"news/{FIRST}:98:85: changed: funding 希姆计算: amount_low 200000000 → 300000000" in bad.stdout
    run(articles, "git", "reset", "-q", "--hard")
    (articles / "code.py").write_text("pass\n", encoding="utf-8")
    run(articles, "git", "add", "-A")
    assert "no files to check" in run(articles, *hook, **places).stdout


class Runner:
    """The steps of a composite action, as GitHub's runner runs them."""

    def __init__(self, action: Path, workspace: Path, temporary: Path, **inputs: str) -> None:
        self._action = yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))
        unknown = inputs.keys() - {name.replace("-", "_") for name in self._action["inputs"]}
        assert not unknown
        self._inputs = {name: inputs.get(name.replace("-", "_"), spec["default"]) for name, spec in self._action["inputs"].items()}
        self._workspace, self.summary = workspace, temporary / "summary.md"
        self._env = OFFLINE | {
            "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(action), "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_STEP_SUMMARY": str(self.summary), "RUNNER_TEMP": str(temporary),
        }  # fmt: skip

    def step(self, number: int) -> subprocess.CompletedProcess[str]:
        """Run one step with the shell's own options."""
        step = self._action["runs"]["steps"][number]
        assert step["shell"] == "bash" and self._action["runs"]["using"] == "composite"
        assert "${{" not in step["run"], "an input in the script's text could be a command"
        script = Path(self._env["RUNNER_TEMP"], f"step{number}.sh")
        script.write_text(step["run"], encoding="utf-8")
        env = {name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: self._inputs[m[1]], value) for name, value in step["env"].items()}
        return run(self._workspace, "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **self._env, **env)


def test_github_action(published: Path, articles: Path, tmp_path: Path) -> None:
    """Installed once; passes; fails with annotations, SARIF and JUnit; takes paths, rules and allowances; runs no input as a command."""
    temporary = tmp_path / "runner"
    temporary.mkdir()
    lock = "news/facts.lock.jsonl"

    def action(**inputs: str) -> subprocess.CompletedProcess[str]:
        return Runner(published, articles, temporary, **{"lock": lock, **inputs}).step(1)

    installed = Runner(published, articles, temporary, python=sys.executable).step(0)
    assert installed.returncode == 0, installed.stderr
    good = action()
    assert (good.returncode, good.stdout) == (0, "chipfacts check: 157 ok: passed\n"), good.stderr
    paragraph_deleted(articles / "news")
    bad = action(sarif="out.sarif", junit="out.xml")
    assert bad.returncode == 1
    assert bad.stdout.count("::error file=news/001_") == 2 and bad.stdout.count("::error") == 2
    assert (articles / "out.sarif").stat().st_size and (articles / "out.xml").stat().st_size
    assert "2 unsupported" in (temporary / "summary.md").read_text("utf-8")
    assert action(fail_on="lost,changed", max_lost="amount=1\ndate=2").returncode == 0
    assert action(paths=f"news/{FIRST}\n").returncode == 0
    (articles / "my rules" / "gazetteers").mkdir(parents=True)
    (articles / "my rules" / "gazetteers" / "chips.yaml").write_text("- {id: x}\n", encoding="utf-8")
    assert action(rules="my rules").returncode == 4
    assert action(sarif="none/out.sarif").returncode == 2  # no report is no passed check
    hostile = action(paths='$(touch owned); "`touch owned`"')
    assert hostile.returncode == 3 and not (articles / "owned").exists()


def test_the_hook_says_what_it_reads() -> None:
    """Articles, their sources and the lock wake the hook, code does not."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for name, wakes in (("a/b.txt", 1), ("b.md", 1), ("sources.yaml", 1), ("n/facts.lock.jsonl", 1), ("b.py", 0), ("my_sources.yaml", 0)):
        assert bool(re.search(hook["files"], name)) is bool(wakes), name
