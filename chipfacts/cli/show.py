"""`chipfacts show`: an article with its facts in it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Published, Rules


def show(
    file: Annotated[str, typer.Argument(help="An article (.txt, .md), or - for standard input.", metavar="FILE")],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only this kind: funding, valuation, chip, process_node, date, amount. May be repeated."
        ),
    ] = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Show an article with its facts marked in it, then the facts line by line.

    \b
    chipfacts show a.txt                            colours on a terminal, marks on a pipe
    chipfacts show a.txt --kind funding --kind valuation
    cat a.txt | chipfacts show - --published 2024-11-30 | less

    Control characters are written out: <U+001B>.
    """
    with spoken_errors():
        from chipfacts.errors import UsageError
        from chipfacts.extract.pipeline import extract_document
        from chipfacts.review.shown import marked, print_article
        from chipfacts.run.local import load_rules, read_documents
        from chipfacts.run.select import check_kinds

        kinds = check_kinds(kind or ())
        settings = settings_of(published, currency, encoding, rules)
        reporter = Reporter(quiet=False)
        inputs = inputs_of([file], reporter)
        if len(inputs) > 1:
            raise UsageError(f"{file} is a folder: name one article of it")
        rulebook = load_rules(settings)
        for document in read_documents(inputs, settings, reporter.tell):
            facts = [fact for fact in extract_document(document, rulebook, currency) if not kinds or fact.kind in kinds]
            if sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
                print_article(document, facts, sys.stdout)
            else:
                for line in marked(document, facts):
                    typer.echo(line)
        reporter.finish()
