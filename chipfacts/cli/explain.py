"""`chipfacts explain`: why a fact is as it is, and why another is not there."""

from __future__ import annotations

from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Published, Rules


def explain(
    what: Annotated[str, typer.Argument(help="FILE:LINE, a fact's id, or FILE with --at.", metavar="WHAT")],
    paths: Annotated[
        list[str] | None, typer.Argument(help="With a fact's id: the files and folders it is from.", metavar="[PATHS]...")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TEXT", help="Where this text stands in FILE (or on FILE:LINE).")] = None,
    show_all: Annotated[bool, typer.Option("--all", help="Every rule that came near, not only the ten nearest.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Explain facts: the rule, what each offer weighed, whose it is, when, and which rules came near and did not fire.

    \b
    chipfacts explain news/a.txt:12                 the facts of a line, and why not
    chipfacts explain 1f3c5a7b9d02 news/            one fact of a sheet
    chipfacts explain a.txt --at 完成融资            where a text stands
    cat a.txt | chipfacts explain - --at 完成融资 --published 2024-11-30 -f json
    """
    with spoken_errors():
        import shutil
        import sys

        from chipfacts.errors import UsageError
        from chipfacts.review.explain import FORMATS, answer, question_of, shown_as_json, shown_as_text
        from chipfacts.run.local import load_rules, read_documents

        if format not in FORMATS:
            raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
        question = question_of(what, paths or (), at)
        settings = settings_of(published, currency, encoding, rules)
        reporter = Reporter(quiet=False)
        inputs = inputs_of(question.paths, reporter)
        if question.fact_id is None and len(inputs) > 1:
            raise UsageError(f"{question.paths[0]} is a folder: name one article of it")
        rulebook = load_rules(settings)
        found = answer(question, read_documents(inputs, settings, reporter.tell), rulebook, currency, is_all=show_all)
        if found is not None:
            width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 100
            lines = [shown_as_json(found)] if format == "json" else shown_as_text(found, width)
            for line in lines:
                typer.echo(line)
        reporter.finish()
