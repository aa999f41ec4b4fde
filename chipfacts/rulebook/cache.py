"""The user's cache folder: compiled forms that are only there to start faster, never needed, never trusted beyond their digest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def cache_file(name: str) -> Path | None:
    """Where a compiled form of this name is kept, or None where there is no home for it."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "chipfacts" / name if os.path.isabs(base) else None


def keep(path: Path, data: bytes) -> None:
    """Write a cache file atomically; a cache that cannot be written is only slower."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(name, path)
    except OSError:
        return
