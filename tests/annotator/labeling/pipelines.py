"""A pipeline without a language model: it suggests every capital letter, or fails on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from framing.annotations import Part
from framing.detectors.base import Suggestion
from framing.detectors.ghosts import Ghost
from framing.detectors.layer import TextLayer
from framing.detectors.pipeline import Run
from framing.spans import Span


def capitals(text: str) -> list[Suggestion]:
    return [
        Suggestion(
            device="loaded_terms",
            label="lt.epithet",
            parts=(Part("span", Span(place, place + 1), letter),),
            score=0.5,
            rule="test.capital",
            reason="a capital",
            judged=Span(0, len(text)),
        )
        for place, letter in enumerate(text)
        if letter.isupper()
    ]


@dataclass
class Detector:
    id: str
    find: Callable[[str], Sequence[Suggestion]] = capitals
    calls: int = 0

    def detect(self, doc: str) -> Sequence[Suggestion]:
        self.calls += 1
        return self.find(doc)


@dataclass
class Pipeline:
    detectors: Sequence[Any] = field(default_factory=lambda: (Detector("first"),))
    version: str = "1"
    model: str = "test-1.0"
    unusable: str = ""
    parses: int = 0

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(
            Run(d.id, self.version, "loaded_terms", "0" * 16, self.model) for d in self.detectors
        )

    def parse(self, text: str) -> str:
        self.parses += 1
        return text

    def parse_many(self, texts: Iterable[str]) -> Iterator[str]:
        return map(self.parse, texts)

    def layer(self, doc: str) -> TextLayer:
        return TextLayer(tokens=[(0, len(doc))], sentences=[(0, len(doc))], entities=[])

    def ghosts(self, doc: str) -> list[Ghost]:
        """The first word is a cue, and all that follows is said."""
        first = doc.index(" ")
        said = Span(first + 1, len(doc))
        return [Ghost(Span(0, first), (("content", said),))]
