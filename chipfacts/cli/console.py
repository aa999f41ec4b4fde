"""What every command does alike: errors as sentences, notices on standard error, exit codes, a bar for long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from chipfacts.errors import ChipfactsError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from chipfacts.model import Document, Sheet
    from chipfacts.run.local import Settings
    from chipfacts.run.walk import Input, Notice

_PROGRESS_FROM = 20  # documents; fewer are done before a bar could be read


class Reporter:
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
def spoken_errors() -> Iterator[None]:
    """Errors of the user as a sentence with their exit code; a closed pipe as a quiet end."""
    try:
        yield
        sys.stdout.flush()
    except ChipfactsError as error:
        typer.echo(f"chipfacts: {error}", err=True)
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:
        _flush_nowhere()  # the reader has what it wanted
        raise typer.Exit(0) from None
    except OSError as error:  # a full disk behind standard output, above all: what is read and written by name has sentences of its own
        _flush_nowhere()
        typer.echo(f"chipfacts: {error.filename or 'standard output'}: {(error.strerror or str(error)).lower()}", err=True)
        raise typer.Exit(UsageError.exit_code) from None
    except KeyboardInterrupt:
        typer.echo("chipfacts: interrupted", err=True)
        raise typer.Exit(130) from None


def _flush_nowhere() -> None:
    """Python would complain once more when it flushes at exit: give it somewhere to flush to."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def open_streams() -> None:
    """Streams that can take what is written: a closed one takes nothing, one that is not UTF-8 shows what it lacks as \\u escapes."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for as long as the process runs
        elif mode == "w" and stream.encoding.lower().replace("-", "") != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def settings_of(published: str | None, currency: str | None, encoding: str | None, rules: list[Path] | None) -> Settings:
    """The settings of a run; UsageError where one is none."""
    from chipfacts.run.local import Settings

    return Settings(published, currency, encoding, tuple(rules or ()))


def inputs_of(paths: Iterable[str], reporter: Reporter) -> list[Input]:
    """The articles that the paths name; what is none of them is told."""
    from chipfacts.run.walk import walk_inputs

    return list(walk_inputs(paths, reporter.tell))


def with_progress(documents: Iterable[Document], total: int, quiet: bool) -> Iterable[Document]:
    """The documents, counted on a bar where somebody watches and there are many."""
    if quiet or total <= _PROGRESS_FROM or not sys.stderr.isatty():
        return documents
    from rich.console import Console
    from rich.progress import track

    return track(documents, description="chipfacts", total=total, console=Console(stderr=True), transient=True)
