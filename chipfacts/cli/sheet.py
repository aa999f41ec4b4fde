"""`chipfacts sheet`: one company on one page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Rules

if TYPE_CHECKING:
    from chipfacts.review.company import Company


def sheet(
    company: Annotated[str, typer.Argument(help="The company, under any of its names, in either script.", metavar="COMPANY")],
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here: .md the page, .html a report, .xlsx or another format the facts."),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="EDTF", help="Only what is datable on this day or before.")] = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Show all that articles say about one company on one page, every line with its source and quote.

    \b
    chipfacts sheet 壁仞科技 seeds/
    chipfacts sheet Biren seeds/ --as-of 2022-12-31     what was known at the end of 2022
    chipfacts sheet 壁仞科技 seeds/ > biren.md           Markdown on a pipe
    chipfacts sheet 壁仞科技 seeds/ -o biren.xlsx        the facts behind it; biren.html is a report of them

    Founded, rounds, totals, valuations, chips and nodes, dated events, and what sources disagree on.
    """
    with spoken_errors():
        from chipfacts.review.as_of import check_day
        from chipfacts.review.company import company_sheet
        from chipfacts.review.company_page import markdown, print_page
        from chipfacts.run.local import load_rules, read_documents

        write_to = _writer(output) if output is not None else None
        settings = settings_of(published, currency, encoding, rules)
        day = check_day(as_of) if as_of is not None else None
        reporter = Reporter(quiet=False)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet=False)
        rulebook = load_rules(settings)
        found = company_sheet(company, documents, rulebook, currency, day)
        if write_to is not None:
            write_to(found, rulebook.digest)
        elif sys.stdout.isatty():
            print_page(found, sys.stdout)
        else:
            for line in markdown(found):
                typer.echo(line)
        reporter.finish()


def _writer(target: Path) -> Callable[[Company, str], None]:
    """What writes a company, with the rules' digest, to that file; UsageError where it cannot, before the work."""
    from chipfacts import __version__
    from chipfacts.model import Sheet
    from chipfacts.sheet import check_output, format_of, write
    from chipfacts.sheet.target import check_target, write_file

    suffix = target.suffix.lower()
    if suffix == ".md":
        from chipfacts.review.company_page import markdown

        check_target(target)
        return lambda found, _: write_file(target, (f"{line}\n".encode() for line in markdown(found)))
    if suffix in (".html", ".htm"):
        from chipfacts.sheet.report.page import check_report, write_report

        check_report(target)
        return lambda found, digest: write_report(Sheet(found.told, found.articles, __version__, digest), target)
    format = format_of(target)
    check_output(target, format)
    return lambda found, digest: write(Sheet(found.told, found.articles, __version__, digest), target, format)
