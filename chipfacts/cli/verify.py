"""`chipfacts verify`: an edited sheet held against its texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Rules


def verify(
    sheet: Annotated[Path, typer.Argument(help="A CSV, TSV, JSONL, JSON or YAML sheet, perhaps edited.", metavar="SHEET")],
    paths: Paths,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Check a sheet that people edited against the texts, without the rules; exit status 1 where a cell does not hold.

    \b
    chipfacts extract seeds/ -o facts.csv           edit facts.csv in a spreadsheet, then
    chipfacts verify facts.csv seeds/
    chipfacts verify facts.yaml seeds/ --format json

    Give the texts as they were given to extract, and the same --published and --currency.
    """
    with spoken_errors():
        from chipfacts.errors import UnreadableInput
        from chipfacts.review.verify import run
        from chipfacts.run.local import load_rules, read_documents
        from chipfacts.sheet.edited import read_edited

        settings = settings_of(published, currency, encoding, rules)
        if not sheet.is_file():
            raise UnreadableInput(f"{sheet}: no such file")
        edited = read_edited(sheet)
        reporter = Reporter(quiet=True)
        documents = read_documents(inputs_of(paths, reporter), settings, reporter.tell)
        reporter.finish(run(edited, documents, load_rules(settings), currency, format))
