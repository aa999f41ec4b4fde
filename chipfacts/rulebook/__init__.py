"""rules/ on disk → checked, compiled objects."""

from __future__ import annotations

from chipfacts.rulebook.book import ArithmeticRule, Cue, CueHit, Rule, Rulebook
from chipfacts.rulebook.gazetteer import Entry, NameHit
from chipfacts.rulebook.load import load_rulebook, rules_folder

__all__ = ["ArithmeticRule", "Cue", "CueHit", "Entry", "NameHit", "Rule", "Rulebook", "load_rulebook", "rules_folder"]
