"""A filter behind the rules of attribution, taught by the relations that readers kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from framing.annotations import Part
from framing.detectors.attribution.detector import AttributionDetector
from framing.detectors.base import Suggestion
from framing.detectors.lessons import Lesson
from framing.detectors.logistic import Weights, fingerprint
from framing.spans import Span

VERSION = "1"
"""Changes whenever the same suggestion could give other features: weights name theirs."""

SAME = 0.5
"""Share of characters from which two contents are one, as in the evaluation's `jaccard`."""


class LearnedAttributionDetector(AttributionDetector):
    """The rules, with each relation scored by what a project kept; the unlikely are left out."""

    def __init__(self, weights: Weights, *, threshold: float, name: str) -> None:
        if weights.about.get("features") != VERSION:
            raise ValueError(f"the weights {name} were made for other features: train again")
        super().__init__()
        self.weights = weights
        self.threshold = threshold
        self.version = f"{AttributionDetector.version}+{name}"
        self.config = {**self.config, "weights": fingerprint(weights),
                       "threshold": threshold}

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the relations that are likely enough to be kept, with that as their score."""
        found = []
        for one in super().detect(doc):
            probability = self.weights.probability(features(one))
            if probability >= self.threshold:
                why = f"{one.reason}; kept here with probability {probability:.2f}"
                found.append(replace(one, score=round(probability, 4), reason=why))
        return found


class AttributionCourse:
    """A row is a relation that the rules propose; its target the share of readers who have it."""

    detector = AttributionDetector.id
    role = "content"
    version = VERSION
    target = "share of readers who kept it"
    examples = "kept relations"

    def __init__(self) -> None:
        self._rules = AttributionDetector()

    def rows(self, lesson: Lesson, doc: Doc) -> tuple[list[list[str]], list[float]]:
        found = self._rules.detect(doc)
        shares = [
            sum(any(same(one.parts, label.parts) for label in labels) for labels in lesson.readers)
            / len(lesson.readers)
            for one in found
        ]
        return [list(features(one)) for one in found], shares

    def taught(
        self, weights: Weights, *, threshold: float, name: str
    ) -> LearnedAttributionDetector:
        return LearnedAttributionDetector(weights, threshold=threshold, name=name)


def same(parts: Sequence[Part], others: Sequence[Part]) -> bool:
    """Tell whether two relations have a cue in common and meet in content, or share most of it."""
    mine, theirs = _spans(parts, "content"), _spans(others, "content")
    shared = sum(a.overlap(b) for a in mine for b in theirs)
    cues = any(a.overlap(b) for a in _spans(parts, "cue") for b in _spans(others, "cue"))
    union = sum(map(len, mine)) + sum(map(len, theirs)) - shared
    return shared > 0 and (cues or shared >= SAME * union)


def features(one: Suggestion) -> Iterator[str]:
    """Yield the names of what holds of a proposed relation; each counts once."""
    cue = " ".join(part.quote.lower() for part in one.parts if part.role == "cue")
    yield f"rule={one.rule}"
    yield f"cue={cue}"
    for word in cue.split():
        yield f"cue word={word}"
    for name in ("quote_type", "source_type", "cue_stance", "attitude"):
        value = one.attributes.get(name, "none")
        yield f"{name}={value}"
        yield f"rule+{name}={one.rule}+{value}"
    yield f"score={int(one.score * 20)}"
    yield from _shape(one.parts)


def _shape(parts: Sequence[Part]) -> Iterator[str]:
    counts = {role: [p for p in parts if p.role == role] for role in ("source", "cue", "content")}
    words = sum(len(part.quote.split()) for part in counts["content"])
    yield f"sources={min(len(counts['source']), 2)}"
    yield f"contents={min(len(counts['content']), 3)}"
    yield f"content words={min(words, 32).bit_length()}"
    yield f"source words={min(sum(len(p.quote.split()) for p in counts['source']), 16) // 3}"
    order = sorted(parts, key=lambda part: part.span)
    yield "order=" + "-".join(dict.fromkeys(part.role for part in order))


def _spans(parts: Sequence[Part], role: str) -> list[Span]:
    return [part.span for part in parts if part.role == role and not part.document]
