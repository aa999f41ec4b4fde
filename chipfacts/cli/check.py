"""`chipfacts lock` and `chipfacts check`: facts that were agreed on, kept and checked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chipfacts.cli.console import Reporter, settings_of, spoken_errors
from chipfacts.cli.options import Currency, Encoding, Paths, Published, Quiet, Rules

if TYPE_CHECKING:
    from chipfacts.review.lock import Lock

LockFile = Annotated[Path, typer.Option("--lock", metavar="FILE", help="The lock.")]
_Limit = Annotated[list[str] | None, typer.Option(metavar="[KIND=]N", help="Let so many pass. May be repeated.")]
_LOCK = Path("facts.lock.jsonl")


def lock(
    paths: Paths,
    lock: LockFile = _LOCK,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Write the lock: the facts of articles as they are now, for `chipfacts check` to hold them to.

    \b
    chipfacts lock news/                                 writes facts.lock.jsonl; commit it
    chipfacts lock . --lock news/facts.lock.jsonl        the lock beside the articles
    chipfacts lock news/ --published 2024-11-30          settings go into the lock

    All or nothing: where an article cannot be read, the lock stays as it was.
    """
    with spoken_errors():
        from chipfacts.errors import UsageError
        from chipfacts.review.guard import check_lock_target, make_lock, write_lock
        from chipfacts.run.patterns import recall, remember

        recalled = recall()
        settings = settings_of(published, currency, encoding, rules)
        check_lock_target(lock)
        if _is_ci() and lock.exists():
            raise UsageError(f"{lock} is not written over where CI is set: write the lock where somebody reads it, and commit it")
        reporter = Reporter(quiet)
        made, unreadable = make_lock(paths, lock, settings, reporter.tell)
        if unreadable:
            typer.echo(f"chipfacts: {lock} was not written: a lock without these inputs would forget their facts", err=True)
            reporter.finish()
        write_lock(made, lock)
        if not quiet:
            _tell_written(lock, made)
        remember(recalled)
        reporter.finish()


def check(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Check only these files and folders; without any, all that the lock names.", metavar="[PATHS]..."),
    ] = None,
    lock: LockFile = _LOCK,
    fail_on: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLASSES", help="Classes that fail, by comma, or none. [default: lost,changed,unsupported]", show_default=False
        ),
    ] = None,
    max_lost: _Limit = None,
    max_changed: _Limit = None,
    max_unsupported: _Limit = None,
    max_ambiguous: _Limit = None,
    max_new: _Limit = None,
    max_moved: _Limit = None,
    max_doc_missing: _Limit = None,
    accept: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Write this finding into the lock. May be repeated, or by comma.")
    ] = None,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Write every finding into the lock.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, github, sarif or junit.")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report here.")] = None,
    published: Published = None,
    currency: Currency = None,
    encoding: Encoding = None,
    rules: Rules = None,
    quiet: Quiet = False,
) -> None:
    """Check that articles still give the facts of the lock; exit status 1 where they do not.

    \b
    chipfacts check                                      everything that facts.lock.jsonl names
    chipfacts check --lock news/facts.lock.jsonl news/a.txt
    chipfacts check --fail-on lost,changed,unsupported,doc-missing --max-lost date=2
    chipfacts check --accept 0a1b2c3d4e5f                 the lock takes what was read and found right
    chipfacts check --format github                      annotations; also sarif, junit, json

    \b
    ok           as the lock has it
    moved        the same quote and values at another place
    changed      a value or the quote is another one: old → new
    lost         the quote still stands in the text, the fact is found no more
    unsupported  the quote is no longer in the text
    ambiguous    the quote stands in several places; which was meant cannot be told
    new          a fact or document that the lock does not have
    doc-missing  the document is gone; doc-changed: its text is another one
    """
    with spoken_errors():
        from chipfacts.review.guard import accept_into, check_lock
        from chipfacts.review.policy import judge_by, policy_of
        from chipfacts.review.report import check_format, render_report
        from chipfacts.run.patterns import recall, remember
        from chipfacts.sheet.target import check_target

        recalled = recall()
        settings = settings_of(published, currency, encoding, rules)
        limits = {"lost": max_lost, "changed": max_changed, "unsupported": max_unsupported, "ambiguous": max_ambiguous}
        limits |= {"new": max_new, "moved": max_moved, "doc-missing": max_doc_missing}
        policy = policy_of(fail_on, {name: given or () for name, given in limits.items()})
        check_format(format)
        if output is not None:
            check_target(output)
        _refuse_acceptance(accept, accept_all)
        reporter = Reporter(quiet)
        checked = check_lock(lock, paths, settings, reporter.tell, is_accepting_all=accept_all)
        if accept or accept_all:
            accept_into(checked, None if accept_all else accept)
            checked = check_lock(lock, paths, settings, lambda notice: None)
            if not quiet:
                _tell_written(lock, checked.lock)
        verdict = judge_by(policy, checked.report)
        _put(render_report(checked.report, verdict, format), output)
        if not verdict.is_passed and not quiet:
            typer.echo(
                "chipfacts: read the findings; `chipfacts check --accept ID` or --accept-all takes what is right into the lock", err=True
            )
        remember(recalled)
        reporter.finish(int(not verdict.is_passed))


def _tell_written(path: Path, lock: Lock) -> None:
    from chipfacts.sheet.table import summary

    typer.echo(f"{path}: {summary(len(lock.facts), len(lock.documents))}", err=True)


def _refuse_acceptance(accept: list[str] | None, accept_all: bool) -> None:
    from chipfacts.errors import UsageError

    if accept and accept_all:
        raise UsageError("--accept and --accept-all: only one of them")
    if (accept or accept_all) and _is_ci():
        raise UsageError("nothing is accepted where CI is set: accept where somebody reads the findings, and commit the lock")


def _is_ci() -> bool:
    """True where the environment says that no person is there."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def _put(report: str, output: Path | None) -> None:
    from chipfacts.sheet.target import write_file

    data = report.encode("utf-8", "replace")
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        write_file(output, [data])
