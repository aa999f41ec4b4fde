"""Cold start and bulk speed as ratios, so that they mean the same on every machine: `make bench`.

B        median of 5 of `python -c "import typer, rich, yaml"`
cold     medians of 5, as multiples of B: `chipfacts --help` (at most 2), `chipfacts extract seeds/` (at most 5), `chipfacts check` of
         their lock (at most 6)
bulk     one process over 2,000 texts made from the seeds, as a multiple of opencc t2s alone over the same files (at most 20)
linear   2,000 texts against 1,000 (2 is linear)

With --check the exit status is 1 where a ratio is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = ROOT / "seeds"
COUNT = 2_000
LIMITS = {"help": 2.0, "extract": 5.0, "check": 6.0, "bulk": 20.0, "linear": 2.4}


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def process(*arguments: str) -> Callable[[], object]:
    """A Python process with its output thrown away, in another folder; it may keep bytecode, as an installed package does."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> object:
        command = [sys.executable, *arguments]
        nowhere = subprocess.DEVNULL
        return subprocess.run(command, stdout=nowhere, stderr=nowhere, check=True, cwd=tempfile.gettempdir(), env=env)

    return run


def cold(*arguments: str) -> float:
    """Median of 5, after one run that fills the disk's cache and ours."""
    run = process(*arguments)
    run()
    return median(seconds(run) for _ in range(5))


def make_texts(folder: Path, count: int) -> None:
    """`count` texts: the seeds' paragraphs, rotated, with every number's last digit and each year moved; no randomness."""
    articles = [path.read_text(encoding="utf-8").split("\n") for path in sorted(SEEDS.glob("*.txt"))]
    folder.mkdir()
    for number in range(count):
        lines = articles[number % len(articles)]
        turn = number * 7 % len(lines)
        digits = str.maketrans("3456789", "".join(str((int(digit) - 3 + number) % 7 + 3) for digit in "3456789"))
        text = "\n".join(lines[turn:] + lines[:turn]).translate(digits)
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8", newline="")


def t2s_alone(folder: Path) -> float:
    """Reading and converting every text, the converter loaded beforehand."""
    import opencc

    convert = opencc.OpenCC("t2s").convert
    convert("")
    return seconds(lambda: [convert(path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())])


def extract(folder: Path) -> float:
    """The whole command in this process: walk, read, extract, sort, write JSON Lines; rules loaded beforehand."""
    from chipfacts.run.local import Settings, extract_documents, load_rules, read_documents
    from chipfacts.run.walk import Notice, walk_inputs
    from chipfacts.sheet import write

    settings = Settings(published="2024-11-30")
    rulebook = load_rules(settings)

    def tell(notice: Notice) -> None:
        raise SystemExit(f"{notice.name}: {notice.reason}")

    def run(inputs: list[str]) -> None:
        documents = read_documents(walk_inputs(inputs, tell), settings, tell)
        with tempfile.TemporaryFile() as target:
            write(extract_documents(documents, rulebook, settings), target, "jsonl")

    run([str(SEEDS)])  # patterns compiled, dictionaries loaded
    return seconds(lambda: run([str(folder)]))


def main() -> int:
    """Print every figure beside its limit."""
    base = cold("-c", "import typer, rich, yaml")
    ratios = {
        "help": cold("-m", "chipfacts", "--help") / base,
        "extract": cold("-m", "chipfacts", "extract", str(SEEDS)) / base,
        "check": cold("-m", "chipfacts", "check", "--lock", str(SEEDS / "facts.lock.jsonl")) / base,
    }
    with tempfile.TemporaryDirectory() as scratch:
        whole, half = Path(scratch, "whole"), Path(scratch, "half")
        make_texts(whole, COUNT)
        make_texts(half, COUNT // 2)
        size = sum(path.stat().st_size for path in whole.iterdir())
        alone = min(t2s_alone(whole) for _ in range(3))
        bulk, half_bulk = (min(extract(folder) for _ in range(2)) for folder in (whole, half))
        ratios |= {"bulk": bulk / alone, "linear": bulk / half_bulk}
    print(f"B                          {base * 1000:7.0f} ms")
    print(f"opencc t2s, {COUNT:,} texts    {alone:7.2f} s   ({size / 1e6:.1f} MB)")
    print(f"chipfacts,  {COUNT:,} texts    {bulk:7.2f} s   ({size / bulk / 1e6:.1f} MB/s)")
    for name, ratio in ratios.items():
        print(f"{name:26} {ratio:7.2f} x   (at most {LIMITS[name]:g}){'' if ratio <= LIMITS[name] else '   MISSED'}")
    return int("--check" in sys.argv and any(ratio > LIMITS[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
