"""Imports point one way: cli → review, run → sheet → extract → rulebook → text → values → model → errors; and the front door is light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "chipfacts"
# Lower numbers know nothing of higher ones; equal numbers (review and run) not of each other, but review may use run's inputs.
LAYERS = {
    "errors": 0,
    "model": 1,
    "values": 2,
    "text": 3,
    "rulebook": 4,
    "extract": 5,
    "sheet": 6,
    "run": 7,
    "review": 8,
    "cli": 9,
    "__main__": 10,
}
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("yaml", "opencc", "rich", "orjson", "ahocorasick_rs", "re2", "jieba", "dateparser", "jinja2")


def layer_of(path: Path) -> str:
    """The first name below the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> set[str]:
    """The layers a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found |= {parts[1] for name in names if (parts := name.split("."))[0] == "chipfacts" and len(parts) > 1 and parts[1] in LAYERS}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    """Every import of every module, lazy ones and those for types included."""
    layer = layer_of(path)
    if layer == "__init__":  # the public verbs sit on top
        return
    assert layer in LAYERS, f"{path}: a new layer needs its place"
    assert [name for name in imported(path) if LAYERS[name] > LAYERS[layer]] == []


def test_no_drawers() -> None:
    """A module is named after its noun."""
    assert [path for path in MODULES if path.stem in {"util", "utils", "helper", "helpers", "common", "misc"}] == []


@pytest.mark.parametrize("arguments", [["-c", "import chipfacts"], ["-m", "chipfacts", "--help"], ["-m", "chipfacts", "extract", "--help"]])
def test_front_door_is_light(arguments: list[str]) -> None:
    """Importing the package, and help, load nothing heavy."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines() if line.startswith("import time:")}
    assert "chipfacts" in loaded
    assert loaded & set(HEAVY) == set()


def test_the_verb_keeps_its_name() -> None:
    """`chipfacts.extract` is the verb also after the package extract/ was loaded."""
    code = "import chipfacts; from chipfacts.extract.pipeline import prepare; import chipfacts.extract; assert callable(chipfacts.extract)"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
