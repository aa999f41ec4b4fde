"""`chipfacts schema`: what a row is, for programs."""

from __future__ import annotations

import sys

from chipfacts.cli.console import spoken_errors


def schema() -> None:
    """Print the JSON Schema (2020-12) that every line of JSON Lines meets; its $id carries the version.

    \b
    chipfacts schema > fact.schema.json
    """
    with spoken_errors():
        import json

        from chipfacts.sheet.schema import json_schema

        sys.stdout.buffer.write(json.dumps(json_schema(), ensure_ascii=False, indent=2).encode() + b"\n")
