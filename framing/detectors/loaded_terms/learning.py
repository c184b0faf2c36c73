"""The ranker of loaded terms, taught by the words that a project's readers marked."""

from __future__ import annotations

from spacy.tokens import Doc

from framing.detectors.lessons import Lesson
from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.features import READABLE, VERSION, features
from framing.detectors.loaded_terms.ranker import is_candidate
from framing.detectors.logistic import Weights
from framing.spans import Span


class LearnedTermDetector(LoadedTermDetector):
    """The detector of loaded terms with a project's own weights, and a version that says so."""

    strict = False  # The threshold was chosen on this project's words.

    def __init__(self, weights: Weights, *, threshold: float, name: str) -> None:
        if weights.about.get("features") not in READABLE:
            raise ValueError(f"the weights {name} were made for other features: train again")
        super().__init__(weights=weights, ranker_score=threshold, excerpt_score=threshold)
        self.version = f"{LoadedTermDetector.version}+{name}"


class TermCourse:
    """A row is a word that the ranker looks at; its target the share of readers who marked it."""

    detector = LoadedTermDetector.id
    role = "span"
    version = VERSION
    target = "share of readers"
    examples = "marked words"

    def rows(self, lesson: Lesson, doc: Doc) -> tuple[list[list[str]], list[float]]:
        words = [token for token in doc if is_candidate(token)]
        spans = [Span(token.idx, token.idx + len(token)) for token in words]
        marks = [[span for label in labels for span in label.spans("span")]
                 for labels in lesson.readers]
        shares = [sum(any(map(span.overlap, own)) for own in marks) / len(marks) for span in spans]
        return [list(features(token)) for token in words], shares

    def taught(self, weights: Weights, *, threshold: float, name: str) -> LearnedTermDetector:
        return LearnedTermDetector(weights, threshold=threshold, name=name)
