"""What a rule file may say: required and optional keys, types and closed vocabularies, checked with the place of every mistake."""

from __future__ import annotations

from chipfacts.rulebook.source import Mapping, Sequence, Text

MEASURE_KIND: dict[str, str] = {
    **dict.fromkeys(("round", "cumulative", "ipo", "debt"), "funding"),
    **dict.fromkeys(("valuation", "pre_money", "post_money", "market_cap"), "valuation"),
    **dict.fromkeys(
        (
            "revenue",
            "profit",
            "loss",
            "rnd_expense",
            "cost",
            "price",
            "share_price",
            "order",
            "investment",
            "acquisition",
            "fund",
            "salary",
            "market_size",
            "other",
        ),
        "amount",
    ),
}
STATUSES = frozenset({"completed", "planned", "sought", "failed", "committed", "denied"})
EVENTS = frozenset(
    [
        "founded",
        "funding",
        "released",
        "tape_out",
        "mass_production",
        "shipped",
        "order",
        "listed",
        "ipo_filed",
        "layoffs",
        "acquired",
        "dissolved",
        "sanctioned",
        "moved",
        "hired",
        "left",
    ]
)
# What a cue may offer beside a measure.
CUE_OFFERS = frozenset(MEASURE_KIND) | {f"status:{s}" for s in STATUSES} | {f"event:{e}" for e in EVENTS} | {"hearsay", "aggregate"}

RULE_KEYS = {
    "required": frozenset({"id", "says"}),
    "optional": frozenset({"pattern", "patterns", "set", "unless", "finds", "skips", "wants", "weight"}),
}
CUE_KEYS = {
    "required": frozenset({"id", "offers", "words"}),
    "optional": frozenset({"says", "side", "reach", "weight", "decay", "except", "stops", "finds", "skips", "wants"}),
}
ENTRY_KEYS = {
    "required": frozenset({"id", "name"}),
    "optional": frozenset({"aliases", "weak", "shared", "roles", "home", "ticker", "kind", "maker", "source", "not_in"}),
}


def check_keys(node: object, keys: dict[str, frozenset[str]], what: str) -> Mapping:
    """`node` as a mapping with the required keys and no unknown ones."""
    if not isinstance(node, Mapping):
        place = getattr(node, "place", None)
        raise place.error(f"{what} must be a mapping") if place else ValueError(f"{what} must be a mapping")
    for name in node:
        if name not in keys["required"] | keys["optional"]:
            raise node.place_of(name).error(f"{what} has no key {name!r}; known: {', '.join(sorted(keys['required'] | keys['optional']))}")
    for name in sorted(keys["required"]):
        if name not in node:
            raise node.place.error(f"{what} needs the key {name!r}")
    return node


def check_text(node: object, owner: Mapping, name: str) -> Text:
    """A non-empty string."""
    if not isinstance(node, Text) or not node:
        raise owner.place.error(f"{name!r} must be a text")
    return node


def check_texts(node: object, owner: Mapping, name: str) -> list[Text]:
    """A list of non-empty strings."""
    if not isinstance(node, Sequence) or not all(isinstance(item, Text) and item for item in node):
        raise owner.place.error(f"{name!r} must be a list of texts")
    return list(node)


def check_choice(node: Text, allowed: frozenset[str] | set[str], name: str) -> str:
    """One of a closed vocabulary."""
    if node not in allowed:
        raise node.place.error(f"{name} cannot be {str(node)!r}; it is one of: {', '.join(sorted(allowed))}")
    return str(node)


def check_number(node: object, owner: Mapping, name: str, default: float) -> float:
    """A number, or the default where the key is absent."""
    if node is None:
        return default
    try:
        return float(str(node))
    except ValueError:
        raise owner.place.error(f"{name!r} must be a number, not {str(node)!r}") from None
