"""Rows of a sheet that the user asked for, by kind and by company."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from chipfacts.errors import UsageError
from chipfacts.model import KINDS, Kind, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chipfacts.rulebook import Rulebook


def check_kinds(names: Iterable[str]) -> frozenset[Kind]:
    """The kinds of those names; UsageError with the list for an unknown one."""
    names = list(names)
    for name in names:
        if name not in KINDS:
            raise UsageError(f"unknown kind {name!r}: one of {', '.join(KINDS)}")
    return frozenset(cast("list[Kind]", names))


def select(sheet: Sheet, kinds: frozenset[Kind], companies: Iterable[str], rulebook: Rulebook) -> Sheet:
    """The sheet with only these kinds and companies (none given: all). A company goes by any of its listed names, in either script."""
    wanted = {company_key(name, rulebook) for name in companies}
    keys: dict[str, str] = (
        {name: company_key(name, rulebook) for name in {fact.company for fact in sheet.facts if fact.company}} if wanted else {}
    )
    facts = tuple(
        fact
        for fact in sheet.facts
        if (not kinds or fact.kind in kinds) and (not wanted or (fact.company is not None and keys[fact.company] in wanted))
    )
    return replace(sheet, facts=facts)


def company_key(name: str, rulebook: Rulebook) -> str:
    """The name by which two spellings of one company are equal: its listed name, else its own, folded."""
    from chipfacts.rulebook.compile import squeeze

    key = squeeze(name)
    entry = rulebook.org(key)
    return squeeze(entry.name) if entry else key
