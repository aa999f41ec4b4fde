"""`chipfacts extract`: articles to a sheet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Companies, Currency, Encoding, Kinds, Paths, Published, Quiet, Rules

if TYPE_CHECKING:
    from chipfacts.model import Sheet
    from chipfacts.sheet import Format


def extract(
    paths: Paths,
    format: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, jsonl, json or yaml.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all.")] = None,
    kind: Kinds = None,
    company: Companies = None,
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
    with spoken_errors():
        from chipfacts.run.patterns import recall, remember

        recalled = recall()
        from chipfacts.run.local import extract_documents, load_rules, read_documents
        from chipfacts.run.select import check_kinds, select

        settings = settings_of(published, currency, encoding, rules)
        kinds = check_kinds(kind or ())
        target, chosen = _destination(output, format)
        rulebook = load_rules(settings)
        reporter = Reporter(quiet)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet)
        sheet = select(extract_documents(documents, rulebook, settings), kinds, company or (), rulebook)
        _put(sheet, target, chosen)
        reporter.summarise(sheet)
        remember(recalled)
        reporter.finish()


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
