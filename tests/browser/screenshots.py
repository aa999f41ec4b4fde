"""The pictures of docs/report.md, taken of the example articles' report: `make docs`, or screenshots.py FOLDER."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from report_page import page_of, seed_sheet

LARGEST = 200_000
SIZE = {"width": 1280, "height": 600}


def take(browser: Any, page_file: Path, target: Path, scheme: str, language: str) -> None:
    """A company's sheet with one fact chosen and the next one explained."""
    context = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(page_file.as_uri())
    page.check(f"#{language}", force=True)
    link = page.locator(".co", has=page.locator("h2", has_text="壁仞科技")).locator(".block.k-f td[lang] a").nth(2)
    link.click()
    page.locator(".on").first.wait_for()
    page.locator("#facts").evaluate("e => { e.scrollTop = document.querySelector('.on').closest('section').offsetTop - e.offsetTop }")
    page.mouse.move(0, 0)
    page.wait_for_timeout(200)
    link.hover()
    page.screenshot(path=target)
    context.close()


def main() -> int:
    """Both pictures; exit status 1 where one has grown too large."""
    from playwright.sync_api import sync_playwright
    from test_report_page import CHROMIUM

    if CHROMIUM is None:
        print("no Chromium: apt-get install chromium, or CHROMIUM=/path/to/it", file=sys.stderr)
        return 1
    folder = Path(sys.argv[1])
    targets = {folder / "report.png": ("light", "en"), folder / "report-dark-zh.png": ("dark", "zh")}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        page_file = Path(scratch, "report.html")
        page_file.write_text(page_of(seed_sheet()), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        for target, (scheme, language) in targets.items():
            take(browser, page_file, target, scheme, language)
        browser.close()
    sizes = {target: target.stat().st_size for target in targets}
    for target, size in sizes.items():
        print(f"{target}  {size:,} bytes{'' if size < LARGEST else '  TOO LARGE'}")
    return int(any(size >= LARGEST for size in sizes.values()))


if __name__ == "__main__":
    sys.exit(main())
