"""Errors that speak to the person: where, what was expected, how to mend it."""

from __future__ import annotations


class ChipfactsError(Exception):
    """Base of everything chipfacts raises on purpose; `exit_code` is the command's exit status."""

    exit_code = 2


class UsageError(ChipfactsError):
    """A wrong option, format or path of the caller."""

    exit_code = 2


class UnreadableInput(ChipfactsError):
    """An input that cannot be read as text; the others are still done."""

    exit_code = 3


class RuleError(ChipfactsError):
    """An invalid rule, gazetteer entry or example: file, line, column and the YAML itself."""

    exit_code = 4
