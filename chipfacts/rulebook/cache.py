"""The user's cache folder: compiled forms that are only there to start faster, never needed, never trusted beyond their digest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_KEPT = 8


def cache_file(name: str) -> Path | None:
    """Where a compiled form of this name is kept, or None where there is no home for it, or none that may be entered."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        if not base.is_absolute():
            return None
        path = base / "chipfacts" / name
        path.is_file()  # somebody else's home (HOME=/root for another user) forbids even to ask
    except (RuntimeError, OSError):
        return None
    return path


def keep(path: Path, data: bytes) -> None:
    """Write a cache file atomically; a cache that cannot be written is only slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(name).replace(path)
        _prune(path)
    except OSError:
        return


def _prune(path: Path) -> None:
    """Of the files of this kind only the newest stay: each change of a rule leaves one behind."""
    kind = path.name.partition("-")[0]
    kept = sorted(path.parent.glob(f"{kind}-*{path.suffix}"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for old in kept[_KEPT:]:
        old.unlink(missing_ok=True)
