"""Commands for people who check: `ledger`, `score`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Rules


def ledger(paths: Paths, published: Published = None, currency: Currency = None, encoding: Encoding = None, rules: Rules = None) -> None:
    """Show every sum of money and the row that uses it: found = used, or exit status 1.

    \b
    chipfacts ledger seeds/
    """
    with spoken_errors():
        from chipfacts.review.ledger import run
        from chipfacts.run.local import load_rules, read_documents

        settings = settings_of(published, currency, encoding, rules)
        reporter = Reporter(quiet=False)
        rulebook = load_rules(settings)
        documents = read_documents(inputs_of(paths, reporter), settings, reporter.tell)
        reporter.finish(run(documents, rulebook, settings.currency))


def score(
    paths: Annotated[list[str], typer.Argument(help="Gold (.yaml), and files and folders of its texts.", metavar="GOLD... PATHS...")],
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what is wrong, with file and line.")] = False,
    floor: Annotated[list[str] | None, typer.Option(metavar="KIND=F1", help="Exit status 1 below this F1. May be repeated.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    rules: Rules = None,
) -> None:
    """Measure precision, recall and F1 of each kind against gold.

    \b
    chipfacts score tests/gold/*.yaml seeds/ tests/gold/texts/
    chipfacts score my-gold.yaml my-texts/ --errors --floor funding=0.8
    """
    with spoken_errors():
        from chipfacts.review.score import run
        from chipfacts.run.local import load_rules, read_documents

        settings = settings_of(None, None, None, rules)
        reporter = Reporter(quiet=False)
        gold = [Path(path) for path in paths if path.endswith((".yaml", ".yml"))]
        rulebook = load_rules(settings)
        documents = read_documents(inputs_of((path for path in paths if Path(path) not in gold), reporter), settings, reporter.tell)
        reporter.finish(run(gold, documents, rulebook, errors=errors, floors=floor or (), format=format))
