"""Learn the ranker of loaded terms from a project's own labels, and compare it with what is used.

Whole groups of documents (events) are held back: articles on one event share their words, and a
model must not be praised for remembering them. Which groups is decided by a hash of their names,
so that a later training holds back the same ones, as far as new groups leave them their places.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from framing.annotations import Annotation
from framing.detectors.base import Suggestion
from framing.detectors.lessons import Lesson, TooLittle
from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.features import VERSION, features
from framing.detectors.loaded_terms.ranker import is_candidate
from framing.detectors.logistic import Weights, as_dict, fit, from_dict
from framing.evaluation import evaluate
from framing.spans import Span

LEAST_DOCUMENTS = 10
LEAST_GROUPS = 4
LEAST_WORDS = 20
HELD_BACK = 0.2
FOLDS = 5
PENALTY = 1.0
_LOWEST, _HIGHEST = 0.05, 0.95
_MARKED = 0.5

About = Mapping[str, str | int | float]
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """How a detector does on the held-back documents, by overlapping spans; None if undefined."""

    precision: float | None
    recall: float | None
    f1: float | None
    suggestions: int


@dataclass(frozen=True)
class Learned:
    """Weights, the probability from which a word is proposed, and the comparison.

    ``better`` says that F1 on the held-back documents is higher than that of the incumbent.
    """

    weights: Weights
    threshold: float
    candidate: Figures
    incumbent: Figures
    held_back: tuple[str, ...]
    labels: int

    @property
    def better(self) -> bool:
        return (self.candidate.f1 or 0.0) > (self.incumbent.f1 or 0.0)

    @property
    def figures(self) -> dict[str, dict[str, float | int | None]]:
        return {"candidate": asdict(self.candidate), "incumbent": asdict(self.incumbent)}


class LearnedTermDetector(LoadedTermDetector):
    """The detector of loaded terms with a project's own weights, and a version that says so."""

    def __init__(self, weights: Weights, *, threshold: float, name: str) -> None:
        if weights.about.get("features") != VERSION:
            raise ValueError(f"the weights {name} were made for other features: train again")
        super().__init__(weights=weights, ranker_score=threshold, excerpt_score=threshold)
        self.version = f"{LoadedTermDetector.version}+{name}"


def learn(
    lessons: Sequence[Lesson],
    *,
    parse: Callable[[str], Doc],
    incumbent: LoadedTermDetector,
    about: About,
    tell: Callable[[], None],
) -> Learned:
    """Fit weights to four fifths of the lessons and compare detectors on the rest.

    A word's target is the share of readers who marked it. The threshold has the best F1 of words
    over folds of the learning documents. ``tell`` is called between steps of some seconds at most.
    Raises TooLittle.
    """
    _check(lessons)
    train, held = split(lessons)
    rows = [_rows(lesson, parse(lesson.text), tell) for lesson in train]
    targets = np.concatenate([r.targets for r in rows])
    if (targets >= _MARKED).sum() < LEAST_WORDS:
        raise TooLittle(f"Learning needs {LEAST_WORDS} marked words; there are "
                        f"{int((targets >= _MARKED).sum())} outside the held-back articles.")
    if not any(lesson.labels for lesson in held):
        raise TooLittle("The held-back articles have no label to compare on. Annotate more events.")
    threshold = _threshold(rows, tell)
    card = {**about, "features": VERSION, "target": "share of readers", "penalty": PENALTY,
            "documents": len(train), "words": len(targets),
            "marked words": int((targets >= _MARKED).sum()), "held back documents": len(held)}
    weights = from_dict(as_dict(_fit(rows, card)), name="learned")  # rounded as they will be kept
    tell()
    candidate = LearnedTermDetector(weights, threshold=threshold, name="candidate")
    scores = _compare(held, [candidate, incumbent], parse, tell)
    return Learned(weights, threshold, scores[0], scores[1], tuple(x.document for x in held),
                   sum(len(lesson.labels) for lesson in held))


def split(lessons: Sequence[Lesson]) -> tuple[list[Lesson], list[Lesson]]:
    """Return lessons to learn from and held-back ones: about a fifth, and never none."""
    held: set[str] = set()
    count = 0
    for group in sorted({lesson.group for lesson in lessons}, key=_hash):
        if count >= HELD_BACK * len(lessons):
            break
        held.add(group)
        count += sum(lesson.group == group for lesson in lessons)
    return ([x for x in lessons if x.group not in held], [x for x in lessons if x.group in held])


@dataclass(frozen=True)
class _Rows:
    group: str
    names: list[list[str]]
    targets: Vector


def _check(lessons: Sequence[Lesson]) -> None:
    groups = len({lesson.group for lesson in lessons})
    if len(lessons) < LEAST_DOCUMENTS or groups < LEAST_GROUPS:
        raise TooLittle(
            f"Learning needs {LEAST_DOCUMENTS} articles of {LEAST_GROUPS} events with gold or with "
            f"two finished readings; there are {len(lessons)} of {groups}."
        )


def _hash(group: str) -> str:
    return hashlib.sha256(group.encode()).hexdigest()


def _rows(lesson: Lesson, doc: Doc, tell: Callable[[], None]) -> _Rows:
    """Return features and target of each word the ranker looks at; names are shared strings."""
    tell()
    words = [token for token in doc if is_candidate(token)]
    names = [[sys.intern(name) for name in features(token)] for token in words]
    spans = [Span(token.idx, token.idx + len(token)) for token in words]
    shares = [
        np.mean([any(span.overlap(mark) for mark in marks) for marks in lesson.readers])
        for span in spans
    ]
    return _Rows(lesson.group, names, np.array(shares, dtype=float))


def _fit(rows: Sequence[_Rows], about: About) -> Weights:
    names = [row for one in rows for row in one.names]
    targets = np.concatenate([one.targets for one in rows])
    return fit(names, targets.tolist(), penalty=PENALTY, about=about)


def _threshold(rows: Sequence[_Rows], tell: Callable[[], None]) -> float:
    """Return the probability with the best F1 on words that the fold's model has not seen."""
    groups = sorted({one.group for one in rows}, key=_hash)
    fold = {group: place % min(FOLDS, len(groups)) for place, group in enumerate(groups)}
    found, wanted = [], []
    for number in sorted(set(fold.values())):
        seen = [one for one in rows if fold[one.group] != number]
        if len(np.unique(np.concatenate([one.targets for one in seen]))) < 2:
            continue
        weights = _fit(seen, {})
        unseen = [one for one in rows if fold[one.group] == number]
        found += [weights.probability(row) for one in unseen for row in one.names]
        wanted += [one.targets >= _MARKED for one in unseen]
        tell()
    if not found or not np.concatenate(wanted).any():
        raise TooLittle("All marked words lie in one event. Annotate more events.")
    return _best(np.array(found), np.concatenate(wanted))


def _best(probabilities: Vector, wanted: NDArray[np.bool_]) -> float:
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted.sum())
    best = float(probabilities[order][int(np.argmax(f1))])
    return round(min(max(best, _LOWEST), _HIGHEST), 3)


def _compare(
    held: Sequence[Lesson],
    detectors: Sequence[LoadedTermDetector],
    parse: Callable[[str], Doc],
    tell: Callable[[], None],
) -> list[Figures]:
    found: list[list[Annotation]] = [[] for _ in detectors]
    for lesson in held:
        doc = parse(lesson.text)
        for place, detector in enumerate(detectors):
            found[place] += [_annotation(s, lesson.document) for s in detector.detect(doc)]
        tell()
    texts = {lesson.document: lesson.text for lesson in held}
    gold = [label for lesson in held for label in lesson.labels]
    return [_figures(gold, predicted, texts) for predicted in found]


def _annotation(found: Suggestion, document: str) -> Annotation:
    return Annotation("", document, "", found.device, found.label, found.parts)


def _figures(
    gold: Sequence[Annotation], predicted: Sequence[Annotation], texts: Mapping[str, str]
) -> Figures:
    scores = evaluate(gold, predicted, texts, measures=("overlap",), by_label=False)
    score = next(s for s in scores if s.role == "span")
    f1 = 0.0 if score.f1 is None and score.gold else score.f1
    return Figures(score.precision, score.recall, f1, len(predicted))
