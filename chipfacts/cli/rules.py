"""`chipfacts rules …`: the rules, shown, checked, made and counted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, inputs_of, settings_of, spoken_errors
from chipfacts.cli.options import Encoding, Paths, Published, Rules

Only = Annotated[list[Path] | None, typer.Option("--only", metavar="PATH", help="Only the rules of this file or folder. May be repeated.")]

rules_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@rules_app.callback()
def _rules() -> None:
    """Make, check and show the rules.

    \b
    chipfacts rules list | grep funding
    chipfacts rules test --only rules/facts/funding.yaml
    chipfacts rules lint --rules my-rules/ --only my-rules/
    """



@rules_app.command("test")
def rules_test(
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule or cue.")] = None,
    only: Only = None,
    rules: Rules = None,
) -> None:
    """Run every example of every rule; exit status 1 where one fails.

    \b
    chipfacts rules test                                         all of them
    chipfacts rules test --rule funding.got                      one rule or cue
    chipfacts rules test --only rules/facts/funding.yaml         one file
    chipfacts rules test --rules my-rules/ --only my-rules/      your own, on top of the shipped ones
    """
    with spoken_errors():
        from chipfacts.review.rules import test

        raise typer.Exit(test(tuple(rules or ()), rule=rule, only=tuple(only or ())))


@rules_app.command("lint")
def rules_lint(
    notes: Annotated[bool, typer.Option("--notes", help="Also what no example uses: words of cues, alternatives of patterns.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    only: Only = None,
    rules: Rules = None,
) -> None:
    """Find what in the rules can never act, stands twice or costs too much; exit status 1 where there is something to mend.

    \b
    chipfacts rules lint
    chipfacts rules lint --rules my-rules/ --only my-rules/ --notes
    """
    with spoken_errors():
        from chipfacts.review.lint import lint

        raise typer.Exit(lint(tuple(rules or ()), only=tuple(only or ()), show_notes=notes, format=format))


@rules_app.command("new")
def rules_new(
    id: Annotated[str, typer.Option("--id", metavar="ID", help="The rule's id: a family and a name.")],
    sentence: Annotated[
        str, typer.Option("--sentence", metavar="TEXT", help="A sentence with its fact marked: [characters|column|value].")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="FOLDER/facts/NAME.yaml; never overwritten.")
    ] = None,
    says: Annotated[str, typer.Option("--says", metavar="TEXT", help="What the rule states, in a sentence.")] = "",
    published: Published = None,
    rules: Rules = None,
) -> None:
    """Make a rule of one marked sentence: its YAML, with that sentence as the first example, proven before it is shown or written.

    \b
    chipfacts rules new --id funding.mine --sentence '[云岭微|company]完成[3亿元|round]融资'
    chipfacts rules new --id funding.mine -o my-rules/facts/mine.yaml \\
        --sentence '[云岭微|company]于[2024年5月|date|2024-05]完成[3亿元|amount|300000000|CNY]融资'
    """
    with spoken_errors():
        from chipfacts.review.new_rule import make

        settings = settings_of(published, None, None, rules)
        rule = make(id, sentence, settings.rules, output, says=says, published=published)
        if output is None:
            typer.echo(rule.yaml, nl=False)
        else:
            typer.echo(f"chipfacts: {output}: {rule.pattern}", err=True)


@rules_app.command("coverage")
def rules_coverage(
    paths: Paths,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    published: Published = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Count which rules and cues fired on articles, how many rows are theirs, and which never did.

    \b
    chipfacts rules coverage news/
    chipfacts rules coverage news/ --rules my-rules/ -f json
    """
    with spoken_errors():
        from chipfacts.errors import UsageError
        from chipfacts.review.coverage import FORMATS, coverage, show
        from chipfacts.run.local import load_rules, read_documents

        if format not in FORMATS:
            raise UsageError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
        settings = settings_of(published, None, encoding, rules)
        reporter = Reporter(quiet=False)
        inputs = inputs_of(paths, reporter)
        rulebook = load_rules(settings)
        show(*coverage(read_documents(inputs, settings, reporter.tell), rulebook), format)
        reporter.finish()


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
