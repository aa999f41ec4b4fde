"""`chipfacts conflicts`: what texts say about one subject, held against each other."""

from __future__ import annotations

from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Rules


def conflicts(
    paths: Paths,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    all: Annotated[bool, typer.Option("--all", help="Show agreements, too (JSON always has them).")] = False,
    fail_on: Annotated[str | None, typer.Option(metavar="VERDICT", help="Exit status 1 on contradict, or on refine as well.")] = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Hold facts of one subject against each other, and compute again what texts say about their own numbers.

    \b
    chipfacts conflicts seeds/
    chipfacts conflicts news/ --fail-on contradict        for CI
    chipfacts conflicts news/ --format json | jq '.contrasts[]'

    Totals, named rounds, valuations of one date, nodes of a chip, founding dates: they agree, refine or contradict each other.
    """
    with spoken_errors():
        from chipfacts.review.conflict import run
        from chipfacts.run.local import load_rules, read_documents

        settings = settings_of(published, currency, encoding, rules)
        reporter = Reporter(quiet=True)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet=False)
        rulebook = load_rules(settings)
        reporter.finish(run(documents, rulebook, currency, format=format, shows_all=all, fail_on=fail_on))
