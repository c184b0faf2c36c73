"""A filter behind the rules of attribution, learned from the relations that readers kept."""

from __future__ import annotations

from itertools import product

import pytest

from framing.annotations import Annotation, Part
from framing.detectors.attribution.detector import AttributionDetector
from framing.detectors.attribution.learning import (
    AttributionCourse,
    LearnedAttributionDetector,
    features,
    same,
)
from framing.detectors.courses import COURSES
from framing.detectors.learning import Learned, learn
from framing.detectors.lessons import Lesson, TooLittle
from framing.detectors.logistic import Weights, as_dict, from_dict
from framing.detectors.pipeline import DETECTORS, Pipeline
from framing.spans import Span

PEOPLE = ["mayor", "engineer", "farmer", "teacher", "driver", "baker", "painter", "clerk"]
PLACES = ["bridge", "harbour", "school"]


def text(person: str, place: str) -> str:
    return (
        f"The {person} said that the {place} was closed. The {person} wants to leave the town.\n\n"
        f'"The {place} will open again," the {person} told visitors. '
        f"The {person} hopes to see the {place}."
    )


def lesson(pipeline: Pipeline, number: int, person: str, place: str) -> Lesson:
    """Readers keep what somebody said and never what somebody wants."""
    content = text(person, place)
    kept = tuple(
        Annotation(f"{number}.{n}", str(number), "", "attribution", "at.attribution", one.parts)
        for n, one in enumerate(AttributionDetector().detect(pipeline.parse(content)))
        if one.attributes["attitude"] == "assertion"
    )
    return Lesson(str(number), person, content, (kept, kept), kept)


@pytest.fixture(scope="module")
def lessons(pipeline: Pipeline) -> list[Lesson]:
    return [lesson(pipeline, n, *pair) for n, pair in enumerate(product(PEOPLE, PLACES))]


@pytest.fixture(scope="module")
def learned(pipeline: Pipeline, lessons: list[Lesson]) -> Learned:
    return learn(lessons, course=AttributionCourse(), parse=pipeline.parse,
                 incumbent=AttributionDetector(), about={}, tell=lambda: None)  # fmt: skip


def test_what_readers_never_keep_is_left_out_where_it_was_never_seen(
    pipeline: Pipeline, learned: Learned
) -> None:
    doc = pipeline.parse(text("nurse", "ward"))
    detector = LearnedAttributionDetector(learned.weights, threshold=learned.threshold, name="d.1")
    before, after = AttributionDetector().detect(doc), detector.detect(doc)
    assert {one.attributes["attitude"] for one in after} == {"assertion"}
    assert 0 < len(after) < len(before)
    assert {one.parts for one in after} < {one.parts for one in before}
    assert all(learned.threshold <= one.score <= 1 for one in after)
    assert all("kept here with probability" in one.reason for one in after)


def test_precision_rises_on_held_back_events_and_recall_stays(learned: Learned) -> None:
    assert learned.better
    assert (learned.candidate.precision, learned.candidate.recall) == (1.0, 1.0)
    assert learned.incumbent.recall == 1.0
    assert learned.incumbent.precision is not None
    assert learned.incumbent.precision < 0.8


def test_weights_survive_plain_data_and_name_their_version(
    pipeline: Pipeline, learned: Learned
) -> None:
    kept = from_dict(as_dict(learned.weights), name="kept")
    one, two = (LearnedAttributionDetector(w, threshold=0.5, name="d.1")
                for w in (learned.weights, kept))  # fmt: skip
    doc = pipeline.parse(text("nurse", "ward"))
    assert (one.detect(doc), one.config) == (two.detect(doc), two.config)
    assert one.version == f"{AttributionDetector.version}+d.1"
    assert one.config != AttributionDetector().config
    with pytest.raises(ValueError, match="other features"):
        LearnedAttributionDetector(Weights(0.0, {}, {"features": "0"}), threshold=0.5, name="d.1")


def test_if_everything_is_kept_there_is_nothing_to_learn(
    pipeline: Pipeline, lessons: list[Lesson]
) -> None:
    every = []
    for one in lessons:
        found = AttributionDetector().detect(pipeline.parse(one.text))
        kept = tuple(Annotation(f"{n}", one.document, "", "attribution", "at.attribution", s.parts)
                     for n, s in enumerate(found))  # fmt: skip
        every.append(Lesson(one.document, one.group, one.text, (kept,), kept))
    with pytest.raises(TooLittle, match="nothing to learn"):
        learn(every, course=AttributionCourse(), parse=pipeline.parse,
              incumbent=AttributionDetector(), about={}, tell=lambda: None)  # fmt: skip


def part(role: str, start: int, end: int) -> Part:
    return Part(role, Span(start, end), "x" * (end - start))


@pytest.mark.parametrize(
    ("mine", "theirs", "are"),
    [
        ([part("cue", 0, 4), part("content", 5, 20)], [part("content", 5, 20)], True),
        ([part("cue", 0, 4), part("content", 5, 20)], [part("content", 14, 60)], False),
        ([part("cue", 0, 4), part("content", 5, 20)],
         [part("cue", 2, 4), part("content", 14, 60)], True),
        ([part("cue", 0, 4), part("content", 5, 20)],
         [part("cue", 0, 4), part("content", 30, 60)], False),
        ([part("content", 5, 9), part("content", 20, 40)], [part("content", 20, 40)], True),
        ([part("source", 0, 4)], [part("source", 0, 4)], False),
    ],
)  # fmt: skip
def test_relations_are_one_by_cue_or_by_most_of_their_content(
    mine: list[Part], theirs: list[Part], are: bool
) -> None:
    assert same(mine, theirs) is same(theirs, mine) is are


def test_features_name_rule_cue_and_shape(pipeline: Pipeline) -> None:
    (one,) = AttributionDetector().detect(pipeline.parse("The clerk has said that it rained."))
    names = set(features(one))
    assert {f"rule={one.rule}", "cue word=said", "quote_type=indirect", "sources=1",
            "order=source-cue-content"} <= names  # fmt: skip


def test_what_can_learn_is_named_after_a_shipped_detector() -> None:
    assert list(COURSES) == ["loaded_terms", "attribution"]
    assert set(COURSES) <= {detector.id for detector in DETECTORS}
