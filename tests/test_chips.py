"""Chips and their makers: listed, found by what stands around them, families, lists, and what is no chip."""

from __future__ import annotations

import pytest

from chipfacts import load_rules
from chipfacts.extract.pipeline import extract_document, prepare
