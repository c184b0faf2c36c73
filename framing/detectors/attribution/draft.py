"""A relation under construction, in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Range


@dataclass
class Draft:
    """Who said what. ``region`` is the cue's own stretch: source, cue and what circles them.

    ``speaks`` says that a quotation can be given to this cue.
    """

    rule: str
    score: float
    cue: Range | None
    entry: Cue | None
    sources: list[Range] = field(default_factory=list)
    contents: list[Range] = field(default_factory=list)
    region: Range = (0, 0)
    head: Token | None = None
    person: Token | None = None
    passive: bool = False
    speaks: bool = False
    quotes: set[int] = field(default_factory=set)

    @property
    def size(self) -> int:
        return sum(b - a for a, b in self.contents)

    def copy(self) -> Draft:
        """Return a draft that can be settled without touching this one."""
        return replace(self, sources=[*self.sources], contents=[*self.contents],
                       quotes={*self.quotes})

    def holds(self, index: int) -> bool:
        return any(a <= index < b for a, b in self.contents)
