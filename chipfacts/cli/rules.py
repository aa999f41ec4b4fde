"""`chipfacts rules …`: the rules, shown and checked."""

from __future__ import annotations

from typing import Annotated

import typer

from chipfacts.cli.console import spoken_errors
from chipfacts.cli.options import Rules

rules_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Check and show the rules.")


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
    with spoken_errors():
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
    with spoken_errors():
        from chipfacts.review.rules import show

        raise typer.Exit(show(tuple(rules or ()), format=format))
