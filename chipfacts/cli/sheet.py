"""`chipfacts sheet`: one company on one page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Rules


def sheet(
    company: Annotated[str, typer.Argument(help="The company, under any of its names, in either script.", metavar="COMPANY")],
    paths: Paths,
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
    chipfacts sheet 壁仞科技 news/ > biren.md            Markdown on a pipe

    Founded, rounds, totals, valuations, chips and nodes, dated events, and what sources disagree on.
    """
    with spoken_errors():
        from chipfacts.review.as_of import check_day
        from chipfacts.review.company import company_sheet
        from chipfacts.review.company_page import markdown, print_page
        from chipfacts.run.local import load_rules, read_documents

        settings = settings_of(published, currency, encoding, rules)
        day = check_day(as_of) if as_of is not None else None
        reporter = Reporter(quiet=False)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet=False)
        found = company_sheet(company, documents, load_rules(settings), currency, day)
        if sys.stdout.isatty():
            print_page(found, sys.stdout)
        else:
            for line in markdown(found):
                typer.echo(line)
        reporter.finish()
