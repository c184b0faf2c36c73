"""Learn a table of weights from a project's own labels, and compare it with what is used.

Whole groups of documents (events) are held back: articles on one event share their words, and a
model must not be praised for remembering them. Which groups is decided by a hash of their names,
so that a later training holds back the same ones, as far as new groups leave them their places.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from framing.annotations import Annotation
from framing.detectors.base import Detector, Suggestion
from framing.detectors.lessons import Lesson, TooLittle
from framing.detectors.logistic import Weights, as_dict, fit, from_dict
from framing.evaluation import evaluate

LEAST_DOCUMENTS = 10
LEAST_GROUPS = 4
LEAST_EXAMPLES = 20
HELD_BACK = 0.2
FOLDS = 5
PENALTY = 1.0
_LOWEST, _HIGHEST = 0.05, 0.95
_MARKED = 0.5

About = Mapping[str, str | int | float]
Vector = NDArray[np.float64]


class Course(Protocol):
    """What is learned for one detector: which rows a document gives, what weights make of it.

    ``version`` names the features and goes into the weights. ``role`` is what detectors are
    compared on, ``target`` and ``examples`` say in words what the numbers are of.
    """

    detector: str
    role: str
    version: str
    target: str
    examples: str

    def rows(self, lesson: Lesson, doc: Doc) -> tuple[list[list[str]], list[float]]:
        """Return names of features and a target in 0..1 for each row of a document."""
        ...

    def taught(self, weights: Weights, *, threshold: float, name: str) -> Detector:
        """Return the detector with these weights; raises ValueError for another version's."""
        ...


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


def learn(
    lessons: Sequence[Lesson],
    *,
    course: Course,
    parse: Callable[[str], Doc],
    incumbent: Detector,
    about: About,
    tell: Callable[[], None],
) -> Learned:
    """Fit weights to four fifths of the lessons and compare detectors on the rest.

    The threshold has the best F1 of rows over folds of the learning documents. ``tell`` is called
    between steps of some seconds at most. Raises TooLittle.
    """
    _check(lessons)
    train, held = split(lessons)
    rows = [_rows(course, lesson, parse(lesson.text), tell) for lesson in train]
    targets = np.concatenate([r.targets for r in rows])
    _check_targets(targets, course)
    if not any(lesson.labels for lesson in held):
        raise TooLittle("The held-back articles have no label to compare on. Annotate more events.")
    threshold = _threshold(rows, tell)
    card = {**about, "features": course.version, "target": course.target, "penalty": PENALTY,
            "documents": len(train), "rows": len(targets),
            course.examples: int((targets >= _MARKED).sum()), "held back documents": len(held)}
    weights = from_dict(as_dict(_fit(rows, card)), name="learned")  # rounded as they will be kept
    tell()
    candidate = course.taught(weights, threshold=threshold, name="candidate")
    scores = _compare(held, [candidate, incumbent], course.role, parse, tell)
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


def _check_targets(targets: Vector, course: Course) -> None:
    examples = int((targets >= _MARKED).sum())
    if examples < LEAST_EXAMPLES:
        raise TooLittle(f"Learning needs {LEAST_EXAMPLES} {course.examples}; there are "
                        f"{examples} outside the held-back articles.")
    if examples == len(targets):
        raise TooLittle("Everything that could be proposed was marked: there is nothing to learn.")


def _hash(group: str) -> str:
    return hashlib.sha256(group.encode()).hexdigest()


def _rows(course: Course, lesson: Lesson, doc: Doc, tell: Callable[[], None]) -> _Rows:
    """Return features and target of each row; names are shared strings."""
    tell()
    names, targets = course.rows(lesson, doc)
    shared = [[sys.intern(name) for name in row] for row in names]
    return _Rows(lesson.group, shared, np.array(targets, dtype=float))


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
        raise TooLittle("All examples lie in one event. Annotate more events.")
    return _best(np.array(found), np.concatenate(wanted))


def _best(probabilities: Vector, wanted: NDArray[np.bool_]) -> float:
    order = np.argsort(-probabilities, kind="stable")
    hits = np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted.sum())
    best = float(probabilities[order][int(np.argmax(f1))])
    return round(min(max(best, _LOWEST), _HIGHEST), 3)


def _compare(
    held: Sequence[Lesson],
    detectors: Sequence[Detector],
    role: str,
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
    return [_figures(gold, predicted, texts, role) for predicted in found]


def _annotation(found: Suggestion, document: str) -> Annotation:
    return Annotation("", document, "", found.device, found.label, found.parts)


def _figures(
    gold: Sequence[Annotation], predicted: Sequence[Annotation], texts: Mapping[str, str], role: str
) -> Figures:
    scores = evaluate(gold, predicted, texts, measures=("overlap",), by_label=False)
    score = next(s for s in scores if s.role == role)
    f1 = 0.0 if score.f1 is None and score.gold else score.f1
    return Figures(score.precision, score.recall, f1, len(predicted))
