"""A loaded term under consideration, and the order in which subtypes win."""

from __future__ import annotations

from dataclasses import dataclass

from framing.detectors.attribution.page import Range

SUBTYPES = (
    "lt.scare_quote", "lt.epithet", "lt.dysphemism", "lt.euphemism", "lt.charged_verb",
    "lt.presupposing", "lt.hedge", "lt.scale", "lt.metaphor", "lt.evaluative",
)  # fmt: skip
"""In the codebook's order: of several that fit the same words, the first wins."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that a rule proposes; ``alternative`` is a plainer wording, empty when none."""

    label: str
    tokens: Range
    score: float
    rule: str
    reason: str
    polarity: str = ""
    alternative: str = ""

    @property
    def rank(self) -> int:
        return SUBTYPES.index(self.label)
