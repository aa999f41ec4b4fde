"""`chipfacts report`: articles to one HTML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Companies, Currency, Encoding, Kinds, Paths, Published, Quiet, Rules

if TYPE_CHECKING:
    from chipfacts.sheet.report.page import Extent, Language


def report(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file, whole or not at all; - is standard output.")
    ],
    language: Annotated[str, typer.Option(metavar="LANG", help="Language it opens in, en or zh; the page has a switch.")] = "en",
    text: Annotated[
        str, typer.Option(metavar="EXTENT", help="full articles, only paragraphs that state facts, or auto: full up to about 100 articles.")
    ] = "auto",
    kind: Kinds = None,
    company: Companies = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Make an HTML report: fact sheets, charts and the articles, every number linked to its source.

    \b
    chipfacts report seeds/ -o report.html
    chipfacts report news/ -o report.html --language zh
    chipfacts report news/ -o one.html --company 壁仞科技 --text facts

    One file that loads nothing: it can be mailed, printed and read offline, with JavaScript or without.
    """
    with spoken_errors():
        from chipfacts.run.patterns import recall, remember

        recalled = recall()
        from chipfacts.run.local import extract_documents, load_rules, read_documents
        from chipfacts.run.select import check_kinds, select
        from chipfacts.sheet.report.page import check_report, write_report

        chosen = _language(language), _extent(text)
        settings = settings_of(published, currency, encoding, rules)
        kinds = check_kinds(kind or ())
        target = check_report(output)
        rulebook = load_rules(settings)
        reporter = Reporter(quiet)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet)
        sheet = select(extract_documents(documents, rulebook, settings), kinds, company or (), rulebook)
        write_report(sheet, target or sys.stdout.buffer, *chosen)
        reporter.summarise(sheet)
        remember(recalled)
        reporter.finish()


def _language(name: str) -> Language:
    return cast("Language", _one_of("language", name, ("en", "zh")))


def _extent(name: str) -> Extent:
    return cast("Extent", _one_of("text", name, ("auto", "full", "facts")))


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        from chipfacts.errors import UsageError

        raise UsageError(f"--{option} must be one of {', '.join(known)}, not {value!r}")
    return value
