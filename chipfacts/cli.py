"""The command, thin: options to arguments, results to streams, errors to one sentence and an exit code.

0 done; 1 a check failed; 2 wrong usage; 3 some input could not be read (the others are done); 4 a rule is invalid; 130 interrupted.
Data goes to stdout, everything else to stderr. Each command imports what it needs, so that --help stays quick.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chipfacts import __version__
from chipfacts.errors import ChipfactsError, UnreadableInput

if TYPE_CHECKING:
    from chipfacts.model import Document, Sheet
    from chipfacts.run.local import Settings
    from chipfacts.run.walk import Input, Notice
    from chipfacts.sheet import Format

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False)
rules_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Check and show the rules.")
app.add_typer(rules_app, name="rules")

_PROGRESS_FROM = 20  # documents; fewer are done before a bar could be read

Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .md), folders, or - for standard input.", metavar="PATHS...")]
Published = Annotated[str | None, typer.Option(metavar="EDTF", help="Reference date for relative dates: 2024-11-30, 2024-11 or 2024.")]
Currency = Annotated[str | None, typer.Option(metavar="ISO", help="Currency of sums that state none: CNY, TWD, USD …")]
Encoding = Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of all inputs; recognised where it is not given.")]
Rules = Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Your own rules, added to the shipped ones. May be repeated.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]


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
    cat a.txt | chipfacts extract - --published 2024-11-30 -f jsonl
    """


@app.command()
def extract(
    paths: Paths,
    format: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, jsonl, json or yaml.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="KIND", help="Only this kind: funding, valuation, chip, process_node, date, amount. May be repeated."
        ),
    ] = None,
    company: Annotated[
        list[str] | None, typer.Option("--company", metavar="NAME", help="Only this company, under any name. May be repeated.")
    ] = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Extract the facts of articles: one row a fact.

    \b
    chipfacts extract seeds/                                    tables on a terminal, CSV on a pipe
    chipfacts extract seeds/ --format csv > facts.csv
    chipfacts extract seeds/ -o facts.yaml                      the fact sheet, by company
    chipfacts extract a.txt news/ --kind funding --kind valuation --company 壁仞科技
    cat a.txt | chipfacts extract - --published 2024-11-30 -f jsonl

    A sources.yaml in an input folder gives reference dates: `a.txt: {published: 2024-11-30}`.
    """
    with _spoken_errors():
        from chipfacts.run.patterns import recall, remember

        recalled = recall()
        from chipfacts.run.local import extract_documents, load_rules, read_documents
        from chipfacts.run.select import check_kinds, select

        settings = _settings(published, currency, encoding, rules)
        kinds = check_kinds(kind or ())
        target, chosen = _destination(output, format)
        rulebook = load_rules(settings)
        reporter = _Reporter(quiet)
        inputs = _inputs(paths, reporter)
        documents = _with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet)
        sheet = select(extract_documents(documents, rulebook, settings), kinds, company or (), rulebook)
        _put(sheet, target, chosen)
        reporter.summarise(sheet)
        remember(recalled)
        reporter.finish()


@app.command()
def ledger(paths: Paths, published: Published = None, currency: Currency = None, encoding: Encoding = None, rules: Rules = None) -> None:
    """Show every sum of money and the row that uses it: found = used, or exit status 1.

    \b
    chipfacts ledger seeds/
    """
    with _spoken_errors():
        from chipfacts.review.ledger import run
        from chipfacts.run.local import load_rules, read_documents

        settings = _settings(published, currency, encoding, rules)
        reporter = _Reporter(quiet=False)
        rulebook = load_rules(settings)
        documents = read_documents(_inputs(paths, reporter), settings, reporter.tell)
        reporter.finish(run(documents, rulebook, settings.currency))


@app.command()
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
    with _spoken_errors():
        from chipfacts.review.score import run
        from chipfacts.run.local import load_rules, read_documents

        settings = _settings(None, None, None, rules)
        reporter = _Reporter(quiet=False)
        gold = [Path(path) for path in paths if path.endswith((".yaml", ".yml"))]
        rulebook = load_rules(settings)
        documents = read_documents(_inputs((path for path in paths if Path(path) not in gold), reporter), settings, reporter.tell)
        reporter.finish(run(gold, documents, rulebook, errors=errors, floors=floor or (), format=format))


@rules_app.command("test")
def rules_test(
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule or cue.")] = None,
    rules: Rules = None,
) -> None:
    """Run every example of every rule; exit status 1 where one fails.

    \b
    chipfacts rules test
    chipfacts rules test --rule funding.got
    chipfacts rules test --rules my-rules/
    """
    with _spoken_errors():
        from chipfacts.review.rules import test

        raise typer.Exit(test(tuple(rules or ()), rule=rule))


@rules_app.command("list")
def rules_list(
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    rules: Rules = None,
) -> None:
    """Show the rules: id, what it says, where it stands.

    \b
    chipfacts rules list | grep funding
    """
    with _spoken_errors():
        from chipfacts.review.rules import show

        raise typer.Exit(show(tuple(rules or ()), format=format))


def main() -> None:
    """The entry point; never returns."""
    try:
        app()
    except KeyboardInterrupt:  # outside a command: while importing, while showing help
        sys.exit(130)


class _Reporter:
    """What goes to stderr, and the exit status that comes of it."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._failures = 0

    def tell(self, notice: Notice) -> None:
        """One line on standard error for an input that was refused or guessed; failures are counted."""
        self._failures += notice.is_failure
        if notice.is_failure or not self._quiet:
            typer.echo(f"chipfacts: {notice.name}: {notice.reason}", err=True)

    def summarise(self, sheet: Sheet) -> None:
        """How many facts from how many documents, on standard error."""
        if not self._quiet:
            from chipfacts.sheet.table import summary

            typer.echo(summary(len(sheet.facts), len(sheet.documents)), err=True)

    def finish(self, code: int = 0) -> None:
        """End the command: unreadable input weighs more than a failed check."""
        raise typer.Exit(UnreadableInput.exit_code if self._failures else code)


@contextmanager
def _spoken_errors() -> Iterator[None]:
    """Errors of the user as a sentence with their exit code; a closed pipe as a quiet end."""
    try:
        yield
        sys.stdout.flush()
    except ChipfactsError as error:
        typer.echo(f"chipfacts: {error}", err=True)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it flushes at exit: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    except KeyboardInterrupt:
        typer.echo("chipfacts: interrupted", err=True)
        raise typer.Exit(130) from None


def _settings(published: str | None, currency: str | None, encoding: str | None, rules: list[Path] | None) -> Settings:
    from chipfacts.run.local import Settings

    return Settings(published, currency, encoding, tuple(rules or ()))


def _inputs(paths: Iterable[str], reporter: _Reporter) -> list[Input]:
    from chipfacts.run.walk import walk_inputs

    return list(walk_inputs(paths, reporter.tell))


def _destination(output: Path | None, format: str | None) -> tuple[Path | None, Format]:
    """Where the sheet goes (None: stdout) and how; refused now rather than after the work."""
    from chipfacts.errors import UsageError
    from chipfacts.sheet import FILE_FORMATS, check_target, format_named, format_of

    named = format_named(format) if format else None
    is_terminal = sys.stdout.isatty()
    if output is None or str(output) == "-":
        if named == "table" and not is_terminal:
            raise UsageError(f"the format 'table' is only for a terminal: one of {', '.join(FILE_FORMATS)}")
        return None, named or ("table" if is_terminal else "csv")
    if named == "table":
        raise UsageError(f"the format 'table' is only for a terminal: one of {', '.join(FILE_FORMATS)}")
    chosen = named or format_of(output)
    check_target(output)
    return output, chosen


def _put(sheet: Sheet, target: Path | None, format: Format) -> None:
    from chipfacts.sheet import write

    if target is None and format == "table":
        from chipfacts.sheet.table import print_tables

        print_tables(sheet, sys.stdout)
    else:
        write(sheet, target or sys.stdout.buffer, format)


def _with_progress(documents: Iterable[Document], total: int, quiet: bool) -> Iterable[Document]:
    """The documents, counted on a bar where somebody watches and there are many."""
    if quiet or total <= _PROGRESS_FROM or not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, description="chipfacts", total=total, console=Console(stderr=True), transient=True)
