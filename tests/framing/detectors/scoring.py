"""Compare gold relations with suggestions."""

from __future__ import annotations

from framing.detectors.base import Suggestion
from framing.spans import Span
from tests.framing.detectors.gold import Relation, Sentence


def places(text: str, spans: list[Span]) -> set[int]:
    """Return the letters and digits that spans hold: marks and commas at their ends are free."""
    return {i for s in spans for i in range(s.start, s.end) if text[i].isalnum()}


def wrong(sentence: Sentence, found: list[Suggestion]) -> list[str]:
    """Say what differs between the gold relations of a text and the suggestions."""
    problems, left = [], list(found)
    for gold in sentence.relations:
        match = next((s for s in left if same(sentence.text, gold, s)), None)
        if match is None:
            problems.append(f"not found: {gold.parts}")
            continue
        left.remove(match)
        values = tuple(match.attributes[k] for k in ("source_type", "quote_type", "cue_stance"))
        if values != gold.values:
            problems.append(f"{values} instead of {gold.values}")
    return problems + [f"not there: {[(p.role, p.quote) for p in s.parts]}" for s in left]


def same(text: str, gold: Relation, suggestion: Suggestion) -> bool:
    return all(
        places(text, gold.parts.get(role, []))
        == places(text, [p.span for p in suggestion.parts if p.role == role])
        for role in ("source", "cue", "content"))


def alike(text: str, gold: Relation, suggestion: Suggestion) -> bool:
    one = places(text, gold.parts["content"])
    two = places(text, [p.span for p in suggestion.parts if p.role == "content"])
    return len(one & two) >= len(one | two) / 2
