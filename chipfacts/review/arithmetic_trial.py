"""The arithmetic rules tried by their own examples: what holds, what does not, and that every pattern and veto is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chipfacts.extract.pipeline import extract_document, prepare
from chipfacts.review.arithmetic import Arithmetic

if TYPE_CHECKING:
    from chipfacts.rulebook import ArithmeticRule, Rulebook
    from chipfacts.rulebook.arithmetic import ArithmeticExample
    from chipfacts.rulebook.source import Place


def arithmetic_complaints(examples: Sequence[ArithmeticExample], rulebook: Rulebook) -> Iterator[tuple[Place, str, str, bool]]:
    """(place, rule, what is wrong, whether it is only a gap) of everything that is not as the examples say."""
    for rule in rulebook.arithmetic:
        own = [example for example in examples if example.rule == rule.id]
        if not own:
            continue  # not asked about: every rule has examples
        for example in own:
            for message in _complaints(rule, example, rulebook):
                yield example.place, rule.id, f"{message}    in: {example.text}", False
        finds = [example for example in own if example.holds is not None]
        for number, pattern in enumerate(rule.patterns, 1):
            alone = replace(rule, patterns=(pattern,))
            if all(_outcome(alone, example, rulebook) is None for example in finds):
                yield rule.place, rule.id, f"no example of its own matches pattern {number}", True
        for veto in rule.unless:
            if all(example.by != veto for example in own):
                yield rule.place, rule.id, f"the veto {veto!r} has no skip", True


def _complaints(rule: ArithmeticRule, example: ArithmeticExample, rulebook: Rulebook) -> Iterator[str]:
    outcome = _outcome(rule, example, rulebook)
    if outcome is not example.holds:
        yield f"{_told(outcome)}, and should be {_told(example.holds)}"
    if example.holds is None and outcome is None:
        without = replace(rule, unless={name: veto for name, veto in rule.unless.items() if name != example.by})
        if _outcome(without, example, rulebook) is None:
            yield f"it would say nothing without {example.by!r} either, so this proves nothing"


def _outcome(rule: ArithmeticRule, example: ArithmeticExample, rulebook: Rulebook) -> bool | None:
    """Whether the rule's first statement about the text holds; None where it makes none."""
    document = prepare("example", example.text)
    facts = extract_document(document, rulebook) if rule.relation == "measures" else []
    return next((statement.holds for statement in Arithmetic(document, rulebook, [rule]).statements(facts)), None)


def _told(outcome: bool | None) -> str:
    return {True: "it holds", False: "it does not hold", None: "it says nothing"}[outcome]
