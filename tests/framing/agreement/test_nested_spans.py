"""Who agrees on a span and differs in a span inside it never gets 1, whatever the measure."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from framing.agreement import MEASURES, Structures, Study, Unit, measure
from framing.annotations import Annotation, Part
from framing.spans import Span
from tests.framing.agreement.tables import spans

LENGTH = 60
EXTRA = {"gamma": [{"samples": 3}, {"samples": 3, "beta": 0.0}], "gamma-cat": [{"samples": 3}],
         "gamma-k": [{"samples": 3, "label": "x"}], "ku-alpha": [{"label": "x"}]}
WAYS = [(id, {**dict(zip(m.choices, values, strict=True)), **extra})
        for id, m in MEASURES.items() if Study in m.accepts
        for values in product(*m.choices.values()) for extra in EXTRA.get(id, [{}])]
NAMES = [" ".join(map(str, (id, *way.values()))) for id, way in WAYS]

Place = tuple[int, int, str]
Marks = tuple[list[Place], list[Place], list[Place]]


@st.composite
def marks(draw: st.DrawFn) -> Marks:
    """Draw spans that two people share, and what each marked inside them, which differs."""
    cuts = sorted(draw(st.lists(st.integers(0, LENGTH), min_size=2, max_size=4, unique=True)))
    outer = [(a, b, draw(st.sampled_from("xy"))) for a, b in pairwise(cuts)
             if draw(st.booleans())]
    assume(outer)

    def inside() -> list[Place]:
        found = []
        for _ in range(draw(st.integers(0, 3))):
            first, last, _ = draw(st.sampled_from(outer))
            start = draw(st.integers(first, last - 1))
            found.append((start, draw(st.integers(start, last)), draw(st.sampled_from("xyz"))))
        return sorted(found)

    one, other = inside(), inside()
    assume(one != other)
    return outer, one, other


def study_of(found: Marks, names: str = "abc") -> Study:
    """Let the first two marks belong to two people, and a third say what the first says."""
    outer, one, other = found
    return Study({"d": LENGTH}, frozenset(), tuple(
        Unit("d", name, *place) for name, own in zip(names, (one, other, one), strict=False)
        for place in outer + own))


@pytest.mark.parametrize("names", ["ab", "abc"])
@pytest.mark.parametrize(("id", "way"), WAYS, ids=NAMES)
@settings(max_examples=12, deadline=None)
@given(found=marks())
def test_every_measure_sees_the_difference_or_is_refused(id, way, names, found):
    report = measure(study_of(found, names), id, resamples=0, pool="pooled,mean", **way)
    for estimate in report.pools.values():
        if estimate.value is None:
            assert estimate.undefined
        else:
            assert estimate.value < 1 - 1e-9


@pytest.mark.parametrize("match", ["overlap", "strict"])
@settings(max_examples=40, deadline=None)
@given(found=marks())
def test_annotations_inside_others_are_seen_as_wholes(match, found):
    outer, one, other = found
    annotations = tuple(
        Annotation(f"{name}{number}", "d", name, "attribution", label,
                   (Part("content", Span(start, end), ""),))
        for name, own in (("a", one), ("b", other))
        for number, (start, end, label) in enumerate([(s, e, "own") for s, e, _ in outer] + own))
    data = Structures({"d": LENGTH}, frozenset(), annotations)
    assert measure(data, "f1-triple", match=match, resamples=0).value < 1


@pytest.mark.parametrize(("one", "other"), [
    ("0-20:x 2-5:y", "0-20:x"), ("0-20:x 2-5:y", "0-20:x 2-5:z"),
    ("0-20:x 2-5:y", "0-20:x 2-6:y"), ("0-20:x 2-5:y", "0-19:x 2-6:y"),
    ("0-20:x 2-5:y 5-8:y", "0-20:x 2-8:y"), ("0-20:x 3-3:y", "0-20:x 5-5:y"),
    ("0-30:x 0-20:x 5-10:x", "0-30:x 0-10:x 5-20:x"), ("0-20:x 0-20:x", "0-20:x 0-20:y"),
])
@pytest.mark.parametrize(("id", "way"), WAYS, ids=NAMES)
def test_known_ways_to_differ_inside(id, way, one, other):
    report = measure(spans(LENGTH, a=f"{one} 40-45:y", b=f"{other} 40-45:y"), id, resamples=0,
                     **way)
    assert report.value < 1 - 1e-9 if report.value is not None else report.undefined


@pytest.mark.parametrize(("id", "way"), WAYS, ids=NAMES)
def test_equal_nested_spans_are_perfect_agreement_or_refused(id, way):
    study = spans(LENGTH, **dict.fromkeys("ab", "0-20:x 2-8:y 3-5:y 3-5:z 40-45:y"))
    report = measure(study, id, resamples=0, **way)
    assert report.refused if report.value is None else report.value == pytest.approx(
        1.0, abs=0.2 if id == "mace" else 1e-9)


@pytest.mark.parametrize(("id", "way", "remedy"), [
    ("gamma", {"beta": 0.0}, "take beta > 0, or compare devices instead of labels"),
    ("gamma-cat", {}, "take gamma or f1-overlap, which count it"),
    ("f1-muc", {"scheme": "type"}, "differ in boundaries; take scheme='strict', f1-strict or"),
    ("f1-muc", {"scheme": "partial"}, "differ in labels; take scheme='strict', f1-strict or"),
    ("u-alpha", {}, "layers='label', or take gamma or an F1, which accept overlap"),
])
def test_a_refusal_names_the_places_and_what_to_take(id, way, remedy):
    reason = measure(spans(30, Ada="0-9:x 2-5:y", Bo="0-9:x"), id, **way).undefined
    assert "Ada has overlapping units in document 'd', [0, 9) (unit 1) and [2, 5) (unit 2)" \
        in reason
    assert remedy in reason


def test_an_anchor_inside_a_span_is_refused_where_only_lengths_count():
    reason = measure(spans(30, a="0-9:x 4-4:y", b="0-9:x"), "alpha-u-1995").undefined
    assert reason.endswith("would not see a unit without one inside another; take gamma or an F1, "
                           "which count it")


def test_a_span_inside_another_is_matched_with_an_equal_one_only():
    study = spans(LENGTH, a="0-20 2-5 30-35", b="0-19 2-6 30-36")
    report = measure(study, "f1-overlap")
    assert report.value == pytest.approx(2 / 3)
    assert any("matched only with an equal one" in note for note in report.notes)
    flat = measure(spans(LENGTH, a="0-20 30-35", b="0-19 30-36"), "f1-overlap")
    assert (flat.value, len(flat.notes)) == (1.0, 1)


def test_models_judge_a_span_inside_another_by_itself():
    study = spans(LENGTH, a="0-20:x 2-5:y", b="0-20:x 2-6:y")
    labels = measure(study, "dawid-skene").details["labels"]
    assert [item.rsplit(" ", 1)[0] for item in labels] == ["d [0, 20)", "d [2, 5)", "d [2, 6)"]
