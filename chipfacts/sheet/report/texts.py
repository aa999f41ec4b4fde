"""The words of the interface, in both languages, from texts.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Both(NamedTuple):
    """One text in English and Chinese."""

    en: str
    zh: str


class Texts(NamedTuple):
    """`ui`: what the page says; `words`: the values of the contract's columns."""

    ui: dict[str, Both]
    words: dict[str, Both]


@lru_cache(maxsize=1)
def load_texts() -> Texts:
    """Every text of texts.yaml; KeyError later for one that is not there."""
    import yaml

    data = yaml.safe_load((HERE / "texts.yaml").read_text(encoding="utf-8"))
    return Texts(*({key: Both(*pair) for key, pair in data[part].items()} for part in ("ui", "words")))
