"""`chipfacts diff`: what changed between two sheets, or between two git revisions of the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chipfacts.cli.console import Reporter, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Published, Rules


def diff(
    old: Annotated[str, typer.Argument(help="A sheet; with PATHS, a git revision.", metavar="OLD")],
    new: Annotated[str, typer.Argument(help="The sheet or revision to compare it with.", metavar="NEW")],
    paths: Annotated[
        list[str] | None, typer.Argument(help="Texts and folders, as the two revisions have them.", metavar="[PATHS]...")
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text or json.")] = "text",
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit status 1 where there are differences.")] = False,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
) -> None:
    """Show facts gained (+), lost (-) and altered (~), by company.

    \b
    chipfacts diff old.csv new.yaml                 two sheets, in any of the formats
    chipfacts diff HEAD~1 HEAD seeds/               what a commit to the texts did to the facts
    chipfacts diff v1.0 main news/ --format json --exit-code

    With PATHS, OLD and NEW are git revisions; the facts of both are found with the rules of today.
    """
    with spoken_errors():
        from chipfacts.review.diff import check_format, print_diff

        check_format(format)
        reporter = Reporter(quiet=True)
        settings = settings_of(published, currency, encoding, rules)
        if paths:
            from chipfacts.errors import UsageError
            from chipfacts.review.diff import diff_documents
            from chipfacts.run.local import load_rules
            from chipfacts.run.revision import read_revision

            then, now = (read_revision(revision, paths, settings, reporter.tell) for revision in (old, new))
            if not then and not now:
                raise UsageError(f"no texts at {', '.join(paths)} in {old} or {new}")
            found = diff_documents(then, now, load_rules(settings), currency)
        else:
            from chipfacts.review.diff import diff_sheets
            from chipfacts.sheet.edited import read_edited

            found = diff_sheets(*(read_edited(_sheet(name)) for name in (old, new)))
        print_diff(found, format)
        reporter.finish(int(exit_code and bool(found.changes)))


def _sheet(name: str) -> Path:
    from chipfacts.errors import UnreadableInput

    path = Path(name)
    if not path.is_file():
        raise UnreadableInput(f"{name}: no such sheet; to compare git revisions, name the texts as well: chipfacts diff HEAD~1 HEAD seeds/")
    return path
