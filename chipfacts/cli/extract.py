"""`chipfacts extract`: articles to a sheet."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors, with_progress
from chipfacts.cli.options import Companies, Currency, Encoding, Kinds, Paths, Published, Quiet, Rules

if TYPE_CHECKING:
    from chipfacts.model import Sheet
    from chipfacts.sheet import Format


def extract(
    paths: Paths,
    format: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, jsonl, json, yaml, xlsx, sqlite, parquet or folder."),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write here, whole or not at all; a folder (out/) gets a CSV a kind."),
    ] = None,
    reader: Annotated[str | None, typer.Option("--for", metavar="PROGRAM", help="excel: write csv so that Excel opens it.")] = None,
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
    chipfacts extract seeds/ -o facts.xlsx                      a workbook: overview, kinds, evidence
    chipfacts extract seeds/ -o out/                            a folder: a CSV a kind, datapackage.json
    chipfacts extract seeds/ --for excel -o facts.csv           CSV as Excel wants it
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
        target, chosen = _destination(output, format, reader)
        rulebook = load_rules(settings)
        reporter = Reporter(quiet)
        inputs = inputs_of(paths, reporter)
        documents = with_progress(read_documents(inputs, settings, reporter.tell), len(inputs), quiet)
        sheet = select(extract_documents(documents, rulebook, settings), kinds, company or (), rulebook)
        _put(sheet, target, chosen)
        reporter.summarise(sheet)
        remember(recalled)
        reporter.finish()


def _destination(output: str | None, format: str | None, reader: str | None) -> tuple[str | None, Format]:
    """Where the sheet goes (None: stdout) and how; refused now rather than after the work."""
    from chipfacts.sheet import check_output, format_named, format_of

    target = None if output is None or output == "-" else output
    named = format_named(format) if format else None
    if named is None and target is not None:
        named = format_of(target)
    chosen = _for(reader, named) if reader else named
    if target is not None:
        check_output(target, _for_file(chosen or "csv"))
        return target, chosen or "csv"
    return None, _for_stdout(chosen)


def _for(reader: str, named: Format | None) -> Format:
    """The format as this program wants it."""
    from chipfacts.errors import UsageError

    if reader.lower() != "excel":
        raise UsageError(f"--for knows one program, excel, not {reader!r}")
    if named not in (None, "csv", "excel-csv"):
        raise UsageError(f"--for excel is a way to write csv, not {named}" + ("; Excel opens xlsx as it is" if named == "xlsx" else ""))
    return "excel-csv"


def _for_file(chosen: Format) -> Format:
    from chipfacts.errors import UsageError
    from chipfacts.sheet.format import FORMATS, RECORDS

    if RECORDS[chosen].is_terminal:
        files = ", ".join(name for name in FORMATS if not RECORDS[name].is_terminal)
        raise UsageError(f"the format {chosen!r} is only for a terminal: one of {files}")
    return chosen


def _for_stdout(chosen: Format | None) -> Format:
    """The format of standard output: what is no stream of text goes to a terminal or to a file, never to the other."""
    from chipfacts.errors import UsageError
    from chipfacts.sheet.format import FILE_FORMATS, RECORDS, check_extra

    is_terminal = sys.stdout.isatty()
    format = chosen or ("table" if is_terminal else "csv")
    record = RECORDS[format]
    if record.is_folder:
        raise UsageError("the format 'folder' is several files: name the folder with -o out/")
    if record.is_terminal and not is_terminal:
        raise UsageError(f"the format {format!r} is only for a terminal: one of {', '.join(FILE_FORMATS)}")
    if record.is_binary and is_terminal:
        raise UsageError(f"the format {format!r} is no text for a terminal: name a file with -o, or use a pipe")
    check_extra(format)
    return format


def _put(sheet: Sheet, target: str | None, format: Format) -> None:
    from chipfacts.sheet import write

    if target is None and format == "table":
        from chipfacts.sheet.table import print_tables

        print_tables(sheet, sys.stdout)
    else:
        write(sheet, target or sys.stdout.buffer, format)
