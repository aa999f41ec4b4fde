"""The command, thin: options to arguments, results to streams, errors to one sentence and an exit code.

0 done; 1 a check failed; 2 wrong usage; 3 some input could not be read (the others are done); 4 a rule is invalid; 130 interrupted.
Data goes to stdout, everything else to stderr. Each command imports what it needs, so that --help stays quick.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from chipfacts import __version__
from chipfacts.cli.check import check, lock
from chipfacts.cli.conflicts import conflicts
from chipfacts.cli.console import open_streams
from chipfacts.cli.diff import diff
from chipfacts.cli.explain import explain
from chipfacts.cli.extract import extract
from chipfacts.cli.report import report
from chipfacts.cli.review import ledger, score
from chipfacts.cli.rules import rules_app
from chipfacts.cli.schema import schema
from chipfacts.cli.sheet import sheet
from chipfacts.cli.show import show
from chipfacts.cli.verify import verify

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"chipfacts {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)] = False,
) -> None:
    """Facts from Chinese articles about semiconductors: financing, valuations, chips, process nodes, dates, sums.

    \b
    chipfacts extract seeds/                        a terminal: tables; a pipe: CSV
    chipfacts extract seeds/ -o facts.yaml          the format from the suffix
    chipfacts report seeds/ -o report.html          one page: fact sheets, charts, sources
    chipfacts show seeds/004_481d3563a41b6d2e.txt   an article with its facts marked
    chipfacts sheet 壁仞科技 seeds/                  one company on one page
    chipfacts explain seeds/004_481d3563a41b6d2e.txt:23
    cat a.txt | chipfacts extract - --published 2024-11-30 -f jsonl
    """


for command in (extract, report, sheet, show, explain, lock, check, verify, conflicts, diff, ledger, score, schema):
    app.command()(command)
app.add_typer(rules_app, name="rules")


def main() -> None:
    """The entry point; never returns."""
    open_streams()
    try:
        app()
    except KeyboardInterrupt:  # outside a command: while importing, while showing help
        sys.exit(130)
