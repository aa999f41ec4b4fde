"""The report in Chromium: filters, links both ways, both languages, without script, small and printed, for keyboards; and hostile texts.

A real headless Chromium (Debian's, or the one that CHROMIUM names) is driven by Playwright's Python package, which `make browser` installs
together with axe-core. Where one of them is missing the tests skip and say so.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from report_page import PAYLOADS, Page, hostile_sheet, page_of, seed_sheet

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = os.environ.get("AXE")  # the axe-core script, which make browser fetches
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: make browser")
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium, or CHROMIUM=/path/to/it")
    with sync_api.sync_playwright() as playwright:
        # In a container root has no sandbox to use; the pages are our own.
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else [])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the example articles."""
    path = tmp_path_factory.mktemp("report") / "seeds.html"
    path.write_text(page_of(seed_sheet()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of articles that are nothing but attempts to run."""
    path = tmp_path_factory.mktemp("report") / "hostile.html"
    path.write_text(page_of(hostile_sheet()), encoding="utf-8")
    return path


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file; when the test ends, the page has complained of nothing and asked for nothing."""
    opened, heard = [], []

    def open_(path: Path, **options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: heard.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (heard.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.partition("#")[0] == path.as_uri() or heard.append(f"request: {request.url}"))
        page.goto(path.as_uri())
        return page

    yield open_
    for context in opened:
        context.close()
    assert heard == []


SHOWN = "[...document.querySelectorAll('#facts [id^=f]')].filter(e => e.getClientRects().length).length"


def shown(page: Any) -> int:
    """How many facts can be seen, measured on the page."""
    return int(page.evaluate(SHOWN))


def count(page: Any) -> int:
    """How many the page says."""
    return int(page.inner_text("#shown"))


@pytest.mark.parametrize("has_script", [True, False])
def test_filters_by_kind_status_and_hearsay(open_page: Any, seeds: Path, has_script: bool) -> None:
    """Each box hides its facts and brings them back, with script or without; with it, the page counts what is left."""
    facts = seed_sheet().facts
    page = open_page(seeds, java_script_enabled=has_script)

    def is_left(expected: int) -> None:
        visible = page.locator("#facts [id^=f]").filter(visible=True).count()
        assert visible == expected
        if has_script:
            assert count(page) == expected

    is_left(len(facts))
    for code, kind in (("f", "funding"), ("c", "chip"), ("n", "process_node"), ("d", "date")):
        page.uncheck(f"#k-{code}")
        is_left(sum(fact.kind != kind for fact in facts))
        page.check(f"#k-{code}")
    page.uncheck("#s-failed")
    is_left(sum(fact.status != "failed" for fact in facts))
    page.check("#s-failed")
    page.check("#h-without")
    is_left(sum(not fact.hearsay for fact in facts))
    page.check("#h-only")
    is_left(sum(bool(fact.hearsay) for fact in facts))
    page.check("#h-all")
    is_left(len(facts))


def test_search_and_companies(open_page: Any, seeds: Path) -> None:
    """Words and ticked companies narrow down; nothing left says so; one button brings everything back."""
    facts = seed_sheet().facts
    page = open_page(seeds)
    page.fill("#search", "壁仞 7")
    page.locator("#shown", has_not_text=str(len(facts))).wait_for()
    assert 0 < shown(page) == count(page) < len(facts)
    assert page.locator(".co h2:visible").all_inner_texts()[0].startswith("壁仞科技")
    page.fill("#search", "no such word")
    page.wait_for_selector("#nothing:visible")
    assert shown(page) == count(page) == 0
    page.click("#reset")
    assert shown(page) == count(page) == len(facts)
    page.get_by_role("checkbox", name="燧原科技").check()
    assert shown(page) == count(page) == sum(fact.company == "燧原科技" for fact in facts)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.parametrize("has_script", [True, False])
def test_links_both_ways(open_page: Any, seeds: Path, has_script: bool) -> None:
    """Every fact's link shows its mark, every mark's link its fact; both ends are seen and marked."""
    page = open_page(seeds, java_script_enabled=has_script)
    for number in (1, 40, 80, 120, len(seed_sheet().facts)):
        page.locator(f"#facts a[href='#m{number}']").last.click()
        page.wait_for_timeout(50)
        assert page.locator(f"#m{number}").evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight }"
        )
        page.locator(f"#articles a[href='#f{number}']").first.click()
        page.wait_for_timeout(50)
        assert page.locator(f"#f{number}").evaluate(
            "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight }"
        )
        if has_script:
            assert page.evaluate("[...document.querySelectorAll('.on')].map(e => e.id)") == [f"f{number}", f"m{number}"]


def test_marks_are_the_quotes(open_page: Any, seeds: Path) -> None:
    """What is marked is what the row quotes; what is lit up for a chosen fact are the characters of its spans."""
    sheet = seed_sheet()
    texts = {document.id: document.text for document in sheet.documents}
    page = open_page(seeds)
    marks = page.evaluate("Object.fromEntries([...document.querySelectorAll('[id^=m]')].map(e => [e.id, e.textContent]))")
    for number, fact in enumerate(sheet.facts, 1):
        assert marks[f"m{number}"].replace("+", "") == fact.quote.replace("+", "")
    for number, fact in enumerate(sheet.facts, 1):
        page.evaluate(f"location.hash = '#f{number}'")
        page.locator(f"#f{number}.on").wait_for(state="attached")
        lit = page.evaluate("[...(CSS.highlights.get('value') ?? [])].map(r => r.toString())")
        spans = [span for found in fact.spans.values() for span in found if (span.start, span.end) != (fact.start, fact.end)]
        assert sorted(lit) == sorted(texts[fact.doc][start:end] for start, end in spans)


def test_hover_and_focus_tell(open_page: Any, seeds: Path) -> None:
    """Value, rule, how the date was read, where the company was carried from; by mouse and by keyboard, gone with Escape."""
    page = open_page(seeds)
    number = next(n for n, fact in enumerate(seed_sheet().facts, 1) if fact.round == "B+")
    page.locator(f"#m{number}").hover()
    tip = page.locator("#tipbox")
    tip.wait_for(state="visible")
    for part in ("象帝先", "B+", "funding.closing", "今年5月 → 2024-05", "2024-11-30~", "67"):
        assert part in tip.inner_text()
    page.mouse.move(0, 0)
    tip.wait_for(state="hidden")
    page.check("#zh", force=True)
    page.locator(f"#m{number}").hover()
    assert "未披露" in tip.inner_text()
    assert "已完成" in tip.inner_text()
    page.mouse.move(0, 0)
    page.locator(f"#facts a[href='#m{number}']").first.focus()
    assert tip.is_visible()
    assert page.locator("[aria-describedby=tipbox]").count() == 1
    page.keyboard.press("Escape")
    assert tip.is_hidden()


@pytest.mark.parametrize("has_script", [True, False])
def test_languages(open_page: Any, seeds: Path, has_script: bool) -> None:
    """One language is seen at a time; the switch needs no script."""
    page = open_page(seeds, java_script_enabled=has_script)
    head = page.locator("h1")
    assert head.inner_text() == "Fact report"
    page.check("#zh", force=True)
    assert head.inner_text() == "事实报告"
    assert page.locator("#facts .w-completed i").filter(visible=True).count() == 0
    assert (
        page.locator("#facts h3").first.evaluate("e => getComputedStyle(e.querySelector('span:last-of-type'), '::before').content")
        == '"融资"'
    )
    if has_script:
        assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("article").nth(2).get_attribute("lang") == "zh-Hant"


@pytest.mark.parametrize("width", [360, 768, 1100, 1440, 2560])
def test_no_width_breaks_the_page(open_page: Any, seeds: Path, width: int) -> None:
    """Nothing but a table scrolls sideways."""
    page = open_page(seeds, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for selector in ("#facts", "#articles", ".side"):
        assert page.locator(selector).evaluate("e => e.scrollWidth - e.clientWidth") <= 0


def test_small_screens_keep_the_first_column(open_page: Any, seeds: Path) -> None:
    """A table that scrolls sideways keeps its row's name in sight."""
    page = open_page(seeds, viewport={"width": 360, "height": 800})
    wide = page.locator(".wide").first
    wide.evaluate("e => { e.scrollLeft = 200 }")
    left = wide.locator("tbody th").first.evaluate("e => e.getBoundingClientRect().left")
    assert left == wide.evaluate("e => e.getBoundingClientRect().left")


def test_print(open_page: Any, seeds: Path) -> None:
    """Paper holds every fact and article, and no controls."""
    page = open_page(seeds)
    page.emulate_media(media="print")
    assert page.locator(".side").is_hidden()
    assert shown(page) == len(seed_sheet().facts)
    assert page.locator("#articles").evaluate("e => e.scrollHeight <= e.clientHeight")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_keyboard(open_page: Any, seeds: Path) -> None:
    """The first stops lead past the filters; a link is followed with Enter."""
    page = open_page(seeds)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#facts"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#facts') !== null")
    page.keyboard.press("Enter")
    assert re.fullmatch(r"#m\d+", page.evaluate("location.hash"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_serious(open_page: Any, seeds: Path, scheme: str, language: str) -> None:
    """axe-core, WCAG 2 A and AA and best practices: no serious or critical finding, in either scheme and language."""
    if not AXE or not Path(AXE).is_file():
        pytest.skip("no axe-core: make browser fetches it")
    page = open_page(seeds, color_scheme=scheme, bypass_csp=True)
    page.check(f"#{language}", force=True)
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found if item["impact"] in ("serious", "critical")]
    assert serious == []


def test_hostile_texts_stay_text(open_page: Any, hostile: Path) -> None:
    """No payload runs, none becomes an element or an attribute: the DOM has exactly the elements that the file's own tags make."""
    assert len(PAYLOADS) >= 300
    page = open_page(hostile)
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned === undefined && !('pwned' in document.body.dataset)")
    parsed = Page(hostile.read_text(encoding="utf-8")).elements
    in_template = {name: page.evaluate(f"document.querySelector('template').content.querySelectorAll('{name}').length") for name in parsed}
    for name, number in parsed.items():
        assert page.locator(name).count() + in_template[name] == number, name
    names = "[...new Set([...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()))]"
    assert [
        name for name in page.evaluate(names) if name.startswith("on") or name in ("style", "src", "srcdoc", "action", "xlink:href")
    ] == []
    links = page.evaluate("[...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))")
    assert {link.partition(":")[0].lower() for link in links if not link.startswith("#")} <= {"http", "https"}
    for number in range(0, 6 * len(PAYLOADS), 97):  # tips and choices make no markup, either
        page.evaluate(f"location.hash = '#f{number + 1}'")
        page.locator(f"#m{number + 1}").first.dispatch_event("pointerover")
    assert page.evaluate("window.pwned === undefined && !('pwned' in document.body.dataset)")


def test_the_policy_holds(browser: Any, seeds: Path, tmp_path: Path) -> None:
    """A script, a handler and a style that somebody plants in the file do nothing: the check that the check above can fail."""
    path = tmp_path / "planted.html"
    text = seeds.read_text(encoding="utf-8")
    planted = "<script>window.pwned=1</script><img src=x onerror='window.pwned=1'><p id=planted style='color:red'>x</p>"
    path.write_text(text.replace("</body>", planted + "</body>"), encoding="utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.evaluate("window.pwned === undefined")
    assert page.locator("#planted").evaluate("e => getComputedStyle(e).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in text for text in refused)
    assert page.evaluate("(() => { try { document.body.innerHTML = 'x'; return false } catch { return true } })()")
    page.close()
