"""The HTML report without a browser: nothing of a text becomes markup, every link has its end, its size, its bytes, its refusals."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS, RunCli, facts, new_fact
from hypothesis import given, settings
from hypothesis import strategies as st
from report_page import ATTRIBUTES, ELEMENTS, PAYLOADS, Page, hostile_sheet, page_of, seed_sheet

from chipfacts.model import Document, Sheet, Span
from chipfacts.sheet.report.amount_words import amount_words
from chipfacts.sheet.report.article import Quote, paragraphs_of
from chipfacts.sheet.report.axis import AmountAxis, Bar, TimeAxis
from chipfacts.sheet.report.day_words import day_words
from chipfacts.sheet.report.language import language_of
from chipfacts.sheet.report.odd import visible
from chipfacts.sheet.report.page import is_web_address
from chipfacts.sheet.report.texts import HERE, load_texts

LARGEST_SEEDS = 150_000


def unresolved(page: Page) -> list[str]:
    """Links into the page that lead nowhere, and ids that stand twice."""
    return [link for link in page.links if link.startswith("#") and link[1:] not in page.ids] + [i for i, n in page.ids.items() if n > 1]


def foreign(page: Page) -> set[str]:
    """Elements and attributes that no template makes."""
    return (set(page.elements) - ELEMENTS) | (set(page.attributes) - ATTRIBUTES)


def test_seeds() -> None:
    """Small, whole, every fact once in the fact sheets and once in its article, every link resolved, the same bytes again."""
    sheet = seed_sheet()
    text = page_of(sheet)
    page = Page(text)
    assert len(text.encode()) <= LARGEST_SEEDS
    assert text == page_of(sheet)
    assert unresolved(page) == []
    assert foreign(page) == set()
    for letter in "fm":
        assert {i for i in page.ids if re.fullmatch(rf"{letter}\d+", i)} == {f"{letter}{n}" for n in range(1, len(sheet.facts) + 1)}
    for number in range(1, len(sheet.facts) + 1):
        assert f"#m{number}" in page.links
        assert f"#f{number}" in page.links


def test_the_whole_text_is_there() -> None:
    """Each line of each article, character by character."""
    sheet = seed_sheet()
    shown = Page(page_of(sheet)).text
    for document in sheet.documents:
        for line in document.text.split("\n"):
            assert line.strip("\r") in shown


def test_same_bytes_in_any_process(tmp_path: Path, run_cli: RunCli) -> None:
    """Another hash seed and locale change nothing."""
    for name, seed in (("a.html", "1"), ("b.html", "2")):
        run = run_cli("report", SEEDS, "-o", name, "--quiet", PYTHONHASHSEED=seed, LC_ALL="C")
        assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert run_cli("report", SEEDS, "-o", "-", "--quiet").stdout == (tmp_path / "a.html").read_bytes()


def test_policy_names_style_and_script() -> None:
    """The hashes of the policy are those of the page's one style and one script; nothing inline is let through."""
    text = page_of(seed_sheet())
    policy = re.search(r'Content-Security-Policy content="([^"]+)"', text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "default-src 'none'" in policy[1]
    for element in ("style", "script"):
        sources = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert len(sources) == 1
        digest = base64.b64encode(hashlib.sha256(sources[0].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL))
    assert not re.search(r"url\(|@import|//[a-z]", re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1])  # type: ignore[index]


def test_no_text_becomes_markup() -> None:
    """300 payloads in every column, title and address."""
    assert len(PAYLOADS) >= 300
    page = Page(page_of(hostile_sheet()))
    assert foreign(page) == set()
    assert page.elements["script"] == page.elements["style"] == page.elements["template"] == 1
    assert unresolved(page) == []
    assert all(link.startswith("#") or is_web_address(link) for link in page.links)
    assert not re.search("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]", page_of(hostile_sheet()))


@settings(max_examples=12)
@given(rows=st.lists(facts, max_size=6))
def test_any_rows(rows: list) -> None:  # type: ignore[type-arg]
    """Rows whose document is not there, with quotes that are not in it, without a sum, a node, a chip: shown, and linked to nothing."""
    text = "甲完成融资"
    sheet = Sheet(tuple(replace(row) for row in rows), (Document("a.txt", text, text),))
    page = Page(page_of(sheet))
    assert unresolved(page) == []
    assert foreign(page) == set()
    assert sum(bool(re.fullmatch(r"f\d+", i)) for i in page.ids) == len(rows)


def test_empty(tmp_path: Path, run_cli: RunCli) -> None:
    """No facts, or no articles at all, is a page that says so."""
    (tmp_path / "a.txt").write_text("没有什么可说的。", encoding="utf-8")
    run = run_cli("report", "a.txt", "-o", "r.html")
    assert (run.returncode, run.stderr) == (0, b"0 facts from 1 document\n")
    page = Page((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert "No facts were found." in page.text
    assert "没有什么可说的。" in page.text
    page = Page(page_of(Sheet(())))
    assert "No articles." in page.text
    assert unresolved(page) == []


def test_refused_before_any_work(tmp_path: Path, run_cli: RunCli) -> None:
    """A target that is no HTML file or cannot be made; an unknown language, extent or kind: exit 2, a sentence, no file."""
    for arguments, sentence in (
        (["-o", "r.csv"], "r.csv: a report is an HTML file; its name ends in .html"),
        (["-o", "none/r.html"], "does not exist"),
        (["-o", "."], "a report is an HTML file"),
        (["-o", "r.html", "--language", "fr"], "--language must be one of en, zh, not 'fr'"),
        (["-o", "r.html", "--text", "some"], "--text must be one of auto, full, facts, not 'some'"),
        (["-o", "r.html", "--kind", "x"], "unknown kind 'x'"),
    ):
        run = run_cli("report", SEEDS, *arguments)
        assert run.returncode == 2
        assert sentence in run.stderr.decode()
        assert run.stderr.count(b"\n") == 1
    (tmp_path / "d.html").mkdir()
    run = run_cli("report", SEEDS, "-o", "d.html")
    assert (run.returncode, "is a folder" in run.stderr.decode()) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["d.html"]


def test_unreadable_input_costs_no_other(tmp_path: Path, run_cli: RunCli) -> None:
    """Exit 3, and the report of the rest."""
    (tmp_path / "a.txt").write_text("云岭微完成2亿元B轮融资。", encoding="utf-8")
    run = run_cli("report", "a.txt", "none.txt", "-o", "r.html")
    assert run.returncode == 3
    assert "云岭微" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_missing_extra(tmp_path: Path) -> None:
    """Without Jinja2 the command says what to install, before any work; an old report stays."""
    (tmp_path / "r.html").write_bytes(b"old")
    code = "import sys; sys.modules['jinja2'] = None; from chipfacts.cli import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, "report", str(SEEDS), "-o", "r.html"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "chipfacts: an HTML report needs Jinja2, which is not installed: pip install 'chipfacts[report]'\n"
    assert (tmp_path / "r.html").read_bytes() == b"old"


def test_excerpts() -> None:
    """`facts` leaves out paragraphs that state nothing, says how many, and keeps every link."""
    sheet = seed_sheet()
    text = page_of(sheet, extent="facts")
    page = Page(text)
    assert unresolved(page) == []
    assert len(text) < len(page_of(sheet))
    assert "⋯" in page.text
    assert "⋯" not in Page(page_of(sheet)).text


def test_both_languages() -> None:
    """The page opens in either; every text and every word has both, and no text is left that no template asks for."""
    page = page_of(Sheet(()), language="zh")
    assert "<html lang=zh-Hans>" in page
    assert re.search(r"id=zh checked", page)
    texts = load_texts()
    used = "".join(path.read_text(encoding="utf-8") for path in (HERE / "templates").iterdir())
    for key, both in texts.ui.items():
        assert both.en and both.zh
        computed = key.startswith(("legend_", "hearsay_")) or key in ("option", "sources", "dateline", "body")
        assert (
            computed
            or f'"{key}"' in used
            or f"ui.{key}" in used
            or f"{key}" in ("funding", "valuation", "chip", "process_node", "date", "amount")
        )
    assert not re.search("[\u3400-\u9fff]", used.replace("中文", "").replace("、", ""))


def test_templates_quote_what_they_do_not_know() -> None:
    """An attribute without quotes holds a number or a name of ours; everything else stands in quotes, where escaping holds."""
    known = re.compile(
        r"(?:view|view\.fact|sheet|article|paragraph|piece|sheet\.finest|tick|bar)\.(?:number|article|language|line|mentions|x|end|width|kind)"
        r"|value\|word_class|kinds.*|code|status|choice|grid|id|\"m\" if (?:view|sheet\.finest)\.article else \"f\""
        r"|\"zh-Hans\" if language == \"zh\" else \"en\""
    )
    for path in (HERE / "templates").iterdir():
        for expression in re.findall(r"=[#\w-]*\{\{ (.*?) \}\}", path.read_text(encoding="utf-8")):
            assert known.fullmatch(expression), f"{path.name}: {expression}"


def test_files_travel() -> None:
    """What the page is made of lies in the package."""
    for name in ("report.css", "report.js", "texts.yaml", "templates/report.html", "templates/company.html", "templates/macros.html"):
        assert (HERE / name).is_file()


@pytest.mark.parametrize(
    ("low", "high", "hedge", "en", "zh"),
    [
        ("4700000000", None, "over", "> 4.7 billion", "> 47.0亿"),
        ("5000000000", None, "over", "> 5 billion", "> 50.0亿"),
        (None, "30000000000", "under", "< 30 billion", "< 300.0亿"),
        ("4000000000", "4000000000", "nearly", "nearly 4 billion", "近40.0亿"),
        ("125000000", "125000000", "about", "about 125 million", "约1.25亿"),
        ("500000000", "1000000000", "range", "500 million – 1 billion", "5.0亿–10.0亿"),
        ("1000000000", "5000000000", "several", "1–5 billion", "10.0–50.0亿"),
        ("1000000000000", "10000000000000", "several", "1–10 trillion", "1.0–10.0万亿"),
        ("500000", "500000", None, "500,000", "50万"),
        ("12.345", "12.345", None, "12.345", "12.345"),
        ("0", "0", None, "0", "0"),
        ("1234567890123456789012345678901", None, "over", "> 1,234,567,890,123,456,789.012345678901 trillion", None),
    ],
)
def test_amounts(low: str | None, high: str | None, hedge: str | None, en: str, zh: str | None) -> None:
    """Exact in both languages, with the side that is open."""
    words = amount_words(Decimal(low) if low else None, Decimal(high) if high else None, hedge)
    assert words is not None
    assert words.en.replace("\u00a0", " ") == en
    if zh:
        assert words.zh.replace("\u00a0", " ").replace("5.0亿–10.0亿", "5.0亿–10.0亿") in (zh, zh.replace("亿–", "–"))


def test_no_amount() -> None:
    """Nothing stated, nothing said."""
    assert amount_words(None, None, None) is None


@pytest.mark.parametrize(
    ("edtf", "en", "zh"),
    [
        ("2023-12-25", "2023-12-25", None),
        ("2024-34", "2024 Q2", None),
        ("2024-40", "2024 H1", None),
        ("2024-21", "2024 spring", "2024春"),
        ("2016~", "≈ 2016", None),
        ("2023-11~/2023-12~", "≈ 2023-11 – 2023-12", None),
        ("../2019", "… – 2019", None),
        ("2023-06/..", "2023-06 – …", None),
        ("XXXX-09-12", "XXXX-09-12", None),
        ("whatever", "whatever", None),
    ],
)
def test_days(edtf: str, en: str, zh: str | None) -> None:
    """Quarters, halves, seasons and open sides in words."""
    assert day_words(edtf) == (en, zh or en)


def test_axes() -> None:
    """A year is a bar, a day a point, an open side has no end; sums stand on powers of ten; currencies each have their own."""
    time = TimeAxis.over([("2020-01-01", "2020-12-31"), ("2023-05-01", "2023-05-01")])
    assert time == TimeAxis(2020, 2023)
    assert time is not None
    assert [tick.en for tick in time.ticks()] == ["2020", "2022"]
    assert time.bar("2020-01-01", "2020-12-31") == Bar("4", "23", "27", "")
    assert time.bar("2023-05-01", "2023-05-01") == Bar("80.6", "", "", "")
    assert time.bar("2021-01-01", None) == Bar("27", "", "100", "high")
    assert time.bar(None, None) is None
    sums = AmountAxis.over([Decimal(200_000_000), None, Decimal(1_000_000_000)])
    assert sums == AmountAxis(8, 10)
    assert sums is not None
    assert [tick.en for tick in sums.ticks()] == ["100m", "1bn", "10bn"]
    assert sums.bar(Decimal(1_000_000_000), None) == Bar("50", "", "100", "high")
    assert sums.bar(None, Decimal(1_000_000_000)) == Bar("50", "", "0", "low")
    assert sums.bar(Decimal(0), Decimal(0)) is None
    assert AmountAxis.over([None, Decimal(0)]) is None
    rows = [
        new_fact(
            fact_id=f"{n:012}", kind="valuation", company="甲", amount_low=Decimal(10**9), amount_high=Decimal(10**9), currency=currency
        )
        for n, currency in enumerate(("CNY", "USD", "CNY"))
    ]
    text = page_of(Sheet(tuple(rows)))
    assert re.findall(r"<th class=r>([A-Z]{3})<", text) == ["CNY", "USD"]
    assert len(re.findall(r"<g id=a1-\d>", text)) == 2


def shown(text: str, quotes: list[Quote], **options: list[Span]) -> str:
    """Paragraphs in a small notation: [1: … ] a mark, <1: … > a link, + a link without text."""
    signs = {"mark": "[{}:", "link": "<{}:", "more": "+{}", "end_mark": "]", "end_link": ">"}
    lines = []
    for paragraph in paragraphs_of(text, quotes, **options):  # type: ignore[arg-type]
        parts = [signs[p.what].format(p.number) if p.what in signs else p.text for p in paragraph.pieces]
        lines.append("".join(parts) or f"…{paragraph.left_out}")
    return "|".join(lines)


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        ("abcdef", [(1, 3, 1)], "a<1:bc>def"),
        ("abcdef", [(0, 6, 1), (2, 4, 2)], "[1:<1:ab><2:cd><1:ef>]"),
        ("abcdef", [(1, 3, 1), (1, 3, 2)], "a[1:<2:bc>+1]def"),
        ("abcdef", [(0, 4, 1), (2, 6, 2)], "[1:<1:ab><2:cd>]<2:ef>"),
        ("ab\n\ncd", [(0, 6, 1)], "<1:ab>|<1:cd>"),
        ("a\u202eb", [(0, 3, 1)], "<1:aU+202Eb>"),
        ("ab\r\ncd\r\n", [], "ab|cd"),
        ("", [], ""),
    ],
)
def test_marks(text: str, quotes: list[tuple[int, int, int]], expected: str) -> None:
    """Nested, equal, crossing and broken quotes: every character once, every fact reachable."""
    assert shown(text, [Quote(start, end, number, "f") for start, end, number in quotes]) == expected


def test_excerpt_of_a_text() -> None:
    """The first line, lines with a quote and lines with a value are kept; the others counted."""
    assert shown("a\nb\nc\nd\ne\nf", [Quote(4, 5, 1, "f")], kept=[Span(6, 7)]) == "a|…1|<1:c>|d|…2"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12))
def test_marks_lose_nothing(spans: list[tuple[int, int]]) -> None:
    """Any quotes: the text is whole, what is opened is closed, each fact has its id once and a link to itself."""
    text = "壁仞科技完成B轮融资，累计\n超47亿元人民币，估值10亿美元。"
    quotes = [Quote(start, min(start + length, len(text)), n, "f") for n, (start, length) in enumerate(spans, 1) if start < len(text) - 1]
    quotes = [quote for quote in quotes if text[quote.start : quote.end].strip()]
    pieces = [piece for paragraph in paragraphs_of(text, quotes) for piece in paragraph.pieces]
    assert "".join(piece.text for piece in pieces) == text.replace("\n", "")
    assert sum(p.what == "mark" for p in pieces) == sum(p.what == "end_mark" for p in pieces)
    assert sorted(piece.number for piece in pieces if piece.is_first) == sorted(quote.number for quote in quotes)
    assert {piece.number for piece in pieces if piece.what in ("link", "more")} == {quote.number for quote in quotes}


def test_a_thousand_quotes_in_each_other() -> None:
    """No recursion without end, no nesting that a browser would flatten; every fact still has its place."""
    text = "x" * 2000
    pieces = paragraphs_of(text, [Quote(n, 2000, n + 1, "n") for n in range(1000)])[0].pieces
    depth = deepest = 0
    for piece in pieces:
        depth += (piece.what in ("mark", "link")) - piece.what.startswith("end")
        deepest = max(deepest, depth)
    assert deepest <= 25
    assert sum(piece.is_first for piece in pieces) == 1000


def test_odd_characters() -> None:
    """What would act is shown; what is text stays."""
    assert visible("a\x00\u202e\u200b\ufeff\x85") == "a⟦U+0000⟧⟦U+202E⟧⟦U+200B⟧⟦U+FEFF⟧⟦U+0085⟧"
    for text in ("寒武紀　A\tB\n", "é", "😀", "𠮷"):
        assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "view", "language"),
    [
        ("國產晶片融資", "国产晶片融资", "zh-Hant"),
        ("国产芯片", "国产芯片", "zh-Hans"),
        ("A chip on a 7nm node, 芯", "A chip on a 7nm node, 芯", "en"),
        ("", "", "zh-Hans"),
    ],
)
def test_language(text: str, view: str, language: str) -> None:
    """By the characters that folding changes."""
    assert language_of(Document("a", text, view)) == language


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://a.example", "HTTPS://A.EXAMPLE/芯片"])
def test_web_address(url: str) -> None:
    """http and https, in any case."""
    assert is_web_address(url)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " https://a.example", "https://a b", "data:,x", "//a.example", "https://", "https://a\u202e", "x"]
)
def test_no_web_address(url: str) -> None:
    """Everything else stays text."""
    assert not is_web_address(url)


def test_every_value_is_shown() -> None:
    """Each name, word and date of every row; what is left out is what the place in the text says better."""
    words = load_texts().words
    sheet = seed_sheet()
    text = Page(page_of(sheet)).text
    announced = new_fact(
        company="甲", round="C", date="2024-34", announced="2024-40", lead_investors=("乙",), investors=("乙", "丙; 丁"), chip="x"
    )
    text += Page(page_of(Sheet((announced,)))).text
    for column in (
        "company",
        "currency",
        "round",
        "measure",
        "status",
        "lead_investors",
        "investors",
        "chip",
        "foundry",
        "event",
        "date",
        "announced",
    ):
        values = [getattr(fact, column) for fact in (*sheet.facts, announced)]
        for value in {member for cell in values if cell for member in (cell if isinstance(cell, tuple) else (cell,))}:
            said = words[value].en if value in words else day_words(value).en if column in ("date", "announced") else value
            assert said in text, (column, value)
