"""Where a sheet goes: refused before any work where it cannot be written, and written in one step.

The bytes go to a temporary file in the same folder, which then takes the target's place: a reader sees the old sheet or the new one.
What is no regular file (/dev/null, a named pipe) is written to directly.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from chipfacts.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


def check_target(path: Path) -> None:
    """UsageError where `path` cannot become a file, with the reason."""
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file in it")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise UsageError(f"{path}: the folder {folder} does not exist")
    # A file may be unwritable and still be replaced, but whoever protected it would not expect that.
    if not os.access(path if path.exists() else folder, os.W_OK) or not (_is_special(path) or os.access(folder, os.W_OK)):
        raise UsageError(f"{path}: cannot be written (permission denied)")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write all pieces to `path` or leave it as it was; UsageError with the system's reason."""
    check_target(path)
    try:
        if _is_special(path):
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path.resolve(), pieces)  # a link keeps pointing to the file it names
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({(error.strerror or str(error)).lower()})") from None


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _replace(path: Path, pieces: Iterable[bytes]) -> None:
    # The name is unique among running processes; "x" refuses what a crashed one of the same number left, so that goes first.
    temporary = path.with_name(f".{path.name[:200]}.{os.getpid()}.part")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        with temporary.open("xb") as stream:
            stream.writelines(pieces)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
