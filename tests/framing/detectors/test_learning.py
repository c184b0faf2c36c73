"""What a project's readers mark is learned, held-back events decide whether that is any better."""

from __future__ import annotations

from itertools import product

import pytest

from framing.annotations import Annotation, Part
from framing.detectors.learning import (
    LEAST_DOCUMENTS,
    Learned,
    learn,
    split,
)
from framing.detectors.lessons import Lesson, TooLittle
from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.learning import LearnedTermDetector, TermCourse
from framing.detectors.logistic import Weights, as_dict, from_dict
from framing.detectors.pipeline import Pipeline
from framing.spans import Span

MARKED = "wooden"
PEOPLE = ["mayor", "engineer", "farmer", "teacher", "driver", "baker", "painter", "clerk"]
PLAIN = "The council met at noon and the vote was held. " * 8  # too long for an excerpt
PLACES = ["bridge", "harbour", "school"]


def lesson(number: int, person: str, place: str, *, group: str = "", readers: int = 2) -> Lesson:
    text = (
        f"The {MARKED} {person} opened the {place} on Monday. The {person} walked home later. "
        f"One {MARKED} crowd watched the {place}. Rain fell on the small town. "
        + PLAIN
    )
    starts = [n for n in range(len(text)) if text.startswith(MARKED, n)]
    spans = tuple(Span(n, n + len(MARKED)) for n in starts)
    labels = tuple(
        Annotation(str(n), str(number), "", "loaded_terms", "lt.evaluative",
                   (Part("span", span, MARKED),))
        for n, span in enumerate(spans)
    )  # fmt: skip
    return Lesson(str(number), group or person, text, (labels,) * readers, labels)


LESSONS = [lesson(n, *pair) for n, pair in enumerate(product(PEOPLE, PLACES))]


@pytest.fixture(scope="module")
def learned(pipeline: Pipeline) -> Learned:
    return learned_from(LESSONS, pipeline)


def learned_from(lessons: list[Lesson], pipeline: Pipeline) -> Learned:
    return learn(lessons, course=TermCourse(), parse=pipeline.parse,
                 incumbent=LoadedTermDetector(), about={"data": "a test"},
                 tell=lambda: None)  # fmt: skip


def test_a_word_that_readers_always_mark_is_found_where_it_was_never_seen(
    learned: Learned, pipeline: Pipeline
) -> None:
    detector = LearnedTermDetector(learned.weights, threshold=learned.threshold, name="dam.1")
    text = "The wooden nurse left the hall, and the young nurse stayed in the large ward."
    assert [s.parts[0].quote for s in detector.detect(pipeline.parse(text))] == ["wooden"]


def test_it_is_better_when_held_back_events_say_so(learned: Learned) -> None:
    assert learned.better
    assert learned.candidate.f1 == 1.0
    assert learned.incumbent.f1 is not None
    assert learned.incumbent.f1 < 0.5
    assert learned.labels == 2 * len(learned.held_back) > 0


def test_nothing_of_a_held_back_event_is_learned_from(learned: Learned) -> None:
    train, held = split(LESSONS)
    assert {x.document for x in held} == set(learned.held_back)
    assert not {x.group for x in train} & {x.group for x in held}
    assert 0.2 <= len(held) / len(LESSONS) <= 0.4
    assert learned.weights.about["documents"] == len(train)


def test_learning_is_repeatable_and_does_not_depend_on_order(
    learned: Learned, pipeline: Pipeline
) -> None:
    again = learned_from(LESSONS[::-1], pipeline)
    assert as_dict(again.weights) == as_dict(learned.weights)
    assert again.threshold == learned.threshold


def test_weights_survive_plain_data(learned: Learned, pipeline: Pipeline) -> None:
    kept = from_dict(as_dict(learned.weights), name="kept")
    doc = pipeline.parse(LESSONS[0].text)
    one, two = (
        LearnedTermDetector(w, threshold=learned.threshold, name="x")
        for w in (learned.weights, kept)
    )
    assert one.detect(doc) == two.detect(doc)
    assert one.config == two.config


def test_its_version_and_configuration_are_its_own(learned: Learned) -> None:
    detector = LearnedTermDetector(learned.weights, threshold=0.5, name="dam.1")
    shipped = LoadedTermDetector()
    assert detector.version == f"{shipped.version}+dam.1"
    assert (detector.id, detector.device) == (shipped.id, shipped.device)
    assert detector.config["weights"] != shipped.config["weights"]


def test_weights_for_other_features_are_refused() -> None:
    with pytest.raises(ValueError, match=r"dam\.1 were made for other features"):
        LearnedTermDetector(Weights(0.0, {}, {"features": "0"}), threshold=0.5, name="dam.1")


def test_what_is_no_better_is_called_no_better(learned: Learned, pipeline: Pipeline) -> None:
    best = LearnedTermDetector(learned.weights, threshold=learned.threshold, name="dam.1")
    again = learn(LESSONS, course=TermCourse(), parse=pipeline.parse, incumbent=best, about={},
                  tell=lambda: None)  # fmt: skip
    assert again.candidate.f1 == again.incumbent.f1
    assert not again.better


@pytest.mark.parametrize(
    ("lessons", "says"),
    [
        ([], "10 articles of 4 events .* there are 0 of 0"),
        (LESSONS[: LEAST_DOCUMENTS - 1], "there are 9 of 3"),
        ([lesson(n, p, "hall", group="one") for n, p in enumerate(PEOPLE * 2)], "16 of 1"),
        ([Lesson(x.document, x.group, x.text, ((), ()), ()) for x in LESSONS], "20 marked words"),
    ],
)
def test_too_little_is_said_in_one_sentence(
    pipeline: Pipeline, lessons: list[Lesson], says: str
) -> None:
    with pytest.raises(TooLittle, match=says):
        learned_from(lessons, pipeline)


def test_held_back_articles_without_a_label_compare_nothing(pipeline: Pipeline) -> None:
    _, held = split(LESSONS)
    bare = [
        Lesson(x.document, x.group, x.text, x.readers, () if x in held else x.labels)
        for x in LESSONS
    ]
    with pytest.raises(TooLittle, match="held-back articles have no label"):
        learned_from(bare, pipeline)
