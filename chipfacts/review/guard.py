"""Guarding facts: a lock made from texts, and texts checked against a lock; both extract again with the lock's own settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError
from chipfacts.review.accept import accept
from chipfacts.review.change import Context, contexts_of
from chipfacts.review.check import Report, judge
from chipfacts.review.lock import Lock, Locked, digest_of, is_lock, read_lock, render_lock
from chipfacts.review.scope import Found, Scope, absolute, recorded_paths, relative
from chipfacts.run.local import Settings, extract_documents, load_rules
from chipfacts.sheet.target import check_target, write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from chipfacts.model import Fact
    from chipfacts.run.walk import Notice

    Tell = Callable[[Notice], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A report and what it was made from, so that findings can be accepted."""

    path: Path
    lock: Lock
    scope: Scope
    report: Report


def make_lock(paths: Sequence[str], target: Path, settings: Settings, tell: Tell) -> tuple[Lock, int]:
    """The lock of all articles at the paths, and how many of them could not be read; nothing is written."""
    folder = Path(absolute(target.parent))
    scope = Scope(folder, recorded_paths(paths, folder), tuple(paths))
    rulebook = load_rules(settings)
    unreadable = 0

    def count(notice: Notice) -> None:
        nonlocal unreadable
        unreadable += notice.is_failure
        tell(notice)

    found = scope.read(scope.inputs(count), settings, count)
    if not found.documents and not unreadable:
        raise UsageError(f"nothing to lock: no .txt or .md at {', '.join(paths)}")
    facts = extract_documents(found.documents.values(), rulebook, settings).facts
    lock = Lock(
        paths=scope.recorded,
        documents={doc: digest_of(document.text) for doc, document in found.documents.items()},
        facts=tuple(_locked(facts, found)),
        published=settings.published,
        currency=settings.currency,
        encoding=settings.encoding,
        rules=tuple(relative(rules, folder) for rules in settings.rules),
    )
    return lock, unreadable


def write_lock(lock: Lock, target: Path) -> None:
    """Write the lock in one step; UsageError where the target is a file of another kind."""
    check_lock_target(target)
    write_file(target, render_lock(lock))


def check_lock_target(target: Path) -> None:
    """UsageError where a lock cannot be written there: asked before the work."""
    check_target(target)
    if target.is_file():
        with target.open("rb") as stream:
            if not is_lock(stream.read(1 << 10)):
                raise UsageError(f"{target}: is no lock of chipfacts and is not written over; name another file with --lock")


def check_lock(path: Path, paths: Sequence[str] | None, settings: Settings, tell: Tell, *, is_accepting_all: bool = False) -> Checked:
    """The report of a lock's facts (None: all; else those of these paths). Settings that are given outrank the lock's own."""
    lock = read_lock(path)
    folder = Path(absolute(path.parent))
    chosen = Settings(
        settings.published or lock.published,
        settings.currency or lock.currency,
        settings.encoding or lock.encoding,
        settings.rules or tuple(Path(relative(folder / rules, Path.cwd())) for rules in lock.rules),
    )
    scope = Scope(folder, lock.paths, tuple(paths) if paths else None)
    walked = replace(scope, recorded=tuple(set(lock.paths) - set(scope.missing_paths()))) if is_accepting_all else scope
    rulebook = load_rules(chosen)
    found = scope.read(walked.inputs(tell), chosen, tell)
    facts = extract_documents(found.documents.values(), rulebook, chosen).facts
    return Checked(path, lock, scope, judge(lock, scope, found, facts, relative(path, Path.cwd())))


def accept_into(checked: Checked, ids: Iterable[str] | None) -> None:
    """Write the lock with these findings (None: all) accepted."""
    write_lock(accept(checked.lock, checked.scope, checked.report, ids), checked.path)


def _locked(facts: Sequence[Fact], found: Found) -> Iterable[Locked]:
    contexts = contexts_of(facts, {doc: document.text for doc, document in found.documents.items()})
    for fact, context in zip(facts, contexts, strict=True):
        yield Locked(fact, context or Context("", ""))
