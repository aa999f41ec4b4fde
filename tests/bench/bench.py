"""Cold start and bulk speed as ratios, so that they mean the same on every machine: `make bench`.

B        median of 5 of `python -c "import typer, rich, yaml"`
cold     medians of 5, as multiples of B: `chipfacts --help` (at most 2), `chipfacts extract seeds/` (at most 5), `chipfacts check` of
         their lock (at most 6)
bulk     one process over 2,000 texts made from the seeds, as a multiple of opencc t2s alone over the same files (at most 20)
linear   2,000 texts against 1,000 (2 is linear)
report   bytes of the seeds' HTML report and of one of 300 texts (at most 150 KB and 4 MB); where Chromium and Playwright are,
         how soon the latter's first paint comes (at most a second) and how long it loads

With --check the exit status is 1 where a ratio is missed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
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
REPORT_COUNT = 300
REPORT_LIMITS = {"seeds": 150_000, f"{REPORT_COUNT} texts": 4_000_000}
FIRST_PAINT = 1_000
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


def report() -> bool:
    """Sizes and load of the HTML report; True where one is beyond its limit."""
    is_missed = False
    with tempfile.TemporaryDirectory() as scratch:
        texts = Path(scratch, "texts")
        make_texts(texts, REPORT_COUNT)
        for (name, limit), folder in zip(REPORT_LIMITS.items(), (SEEDS, texts), strict=True):
            target = Path(scratch, f"{folder.name}.html")
            process("-m", "chipfacts", "report", str(folder), "--published", "2024-11-30", "-o", str(target), "--quiet")()
            size = target.stat().st_size
            is_missed |= size > limit
            print(f"report, {name:18} {size / 1000:7.0f} KB  (at most {limit / 1000:,.0f}){'   MISSED' if size > limit else ''}")
        paint, load = in_chromium(target) or (None, None)
        if paint is None:
            print("report in Chromium         not measured: it needs chromium, and Playwright (make browser)")
        else:
            is_missed |= paint > FIRST_PAINT
            print(f"first paint of the latter  {paint:7.0f} ms  (at most {FIRST_PAINT:,}){'   MISSED' if paint > FIRST_PAINT else ''}")
            print(f"loaded                     {load:7.0f} ms")
    return is_missed


def in_chromium(path: Path) -> tuple[float, float] | None:
    """First paint and end of loading in milliseconds, medians of 3; None where there is no browser to ask."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    script = "[performance.getEntriesByName('first-paint')[0].startTime, performance.getEntriesByType('navigation')[0].loadEventEnd]"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        seen = []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(path.as_uri())
            page.wait_for_timeout(100)
            seen.append(page.evaluate(script))
            page.close()
        browser.close()
    return median(paint for paint, _ in seen), median(load for _, load in seen)


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
    is_missed = report() or any(ratio > LIMITS[name] for name, ratio in ratios.items())
    return int("--check" in sys.argv and is_missed)


if __name__ == "__main__":
    sys.exit(main())
