"""Scores worked out by hand, and what must hold for any two annotators."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.annotations import Annotation, Part
from framing.evaluation import MEASURES, Score, evaluate
from framing.spans import Span

TEXT = "Ilse Tor said the old dam was safe. Critics say no."


def marked(number: int, label: str = "at.attribution", **roles: list[str]) -> Annotation:
    parts = tuple(
        Part(role, Span(TEXT.index(q), TEXT.index(q) + len(q)), q)
        for role, quotes in roles.items() for q in quotes)
    return Annotation(str(number), "d", "ada", label[:2], label, parts)


def score(gold: list[Annotation], predicted: list[Annotation], measure: str, role: str,
          label: str = "") -> Score:
    found = evaluate(gold, predicted, {"d": TEXT})
    return next(s for s in found if (s.measure, s.role, s.label) == (measure, role, label))


GOLD = [marked(1, source=["Ilse Tor"], content=["the old dam was safe"]),
        marked(2, source=["Critics"], content=["no"])]
HALF = [marked(3, source=["Tor"], content=["old dam was"]),
        marked(4, source=["safe"], content=["no"]), marked(5, content=["Ilse"])]


@pytest.mark.parametrize(("measure", "role", "precision", "recall"), [
    ("strict", "content", 1 / 3, 1 / 2),
    ("overlap", "content", 2 / 3, 1),
    ("jaccard", "content", 2 / 3, 1),  # 3 of 5 tokens are shared
    ("sourced", "content", 1 / 3, 1 / 2),  # the second has another source
    ("tokens", "content", 4 / 5, 4 / 6),
    # Predicted: 11 of 11 and 2 of 2 characters, 0 of 4. Gold: 11 of 20, 2 of 2.
    ("fractional", "content", 2 / 3, (11 / 20 + 1) / 2),
    ("overlap", "source", 1 / 2, 1 / 2),
])
def test_hand_made_scores(measure: str, role: str, precision: float, recall: float) -> None:
    found = score(GOLD, HALF, measure, role)
    assert found.precision == pytest.approx(precision)
    assert found.recall == pytest.approx(recall)
    assert found.f1 == pytest.approx(2 * precision * recall / (precision + recall))


def test_two_predictions_do_not_match_one_gold_unit() -> None:
    twice = [marked(n, content=["the old dam was safe"]) for n in (3, 4)]
    assert score(GOLD[:1], twice, "strict", "content").precision == 0.5


def test_labels_are_told_apart_and_taken_together() -> None:
    gold, other = [marked(1, "lt.scale", span=["old"])], [marked(2, "lt.epithet", span=["old"])]
    assert score(gold, other, "strict", "span").f1 == 1.0
    alone = score(gold, other, "strict", "span", "lt.scale")
    assert (alone.f1, alone.undefined) == (None, "nothing was predicted")


def test_documents_nobody_marked_count_in_the_interval_only() -> None:
    texts = {"d": TEXT, "empty": "Nothing here."}
    found = evaluate(GOLD, HALF, texts, bootstrap=200, seed=1)
    one = next(s for s in found if s.measure == "overlap" and s.role == "content" and not s.label)
    assert one.documents == 2
    assert one.interval is not None
    assert one.interval[0] <= 0.8 <= one.interval[1]
    assert found == evaluate(GOLD, HALF, texts, bootstrap=200, seed=1)


def test_a_part_outside_the_text_is_refused() -> None:
    far = Annotation("9", "d", "ada", "lt", "lt.scale", (Part("span", Span(90, 95), "x"),))
    with pytest.raises(ValueError, match="'9' reaches beyond"):
        evaluate([far], [], {"d": TEXT})


ANNOTATIONS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6).map(
    lambda spans: [Annotation(str(n), "d", "ada", "lt", "lt.scale",
                              (Part("span", Span(a, a + w), TEXT[a : a + w]),))
                   for n, (a, w) in enumerate(spans)])


@given(ANNOTATIONS, ANNOTATIONS)
def test_swapping_sides_swaps_precision_and_recall(
    one: list[Annotation], two: list[Annotation]
) -> None:
    for here, there in zip(evaluate(one, two, {"d": TEXT}), evaluate(two, one, {"d": TEXT}),
                           strict=True):
        assert (here.precision, here.recall) == (there.recall, there.precision)


@given(ANNOTATIONS, ANNOTATIONS)
def test_measures_stay_in_bounds_and_in_order(
    one: list[Annotation], two: list[Annotation]
) -> None:
    found = {s.measure: s for s in evaluate(one, two, {"d": TEXT}) if not s.label}
    assert set(found) <= set(MEASURES)
    for s in found.values():
        assert all(v is None or 0 <= v <= 1 + 1e-12 for v in (s.precision, s.recall, s.f1))
    if found and found["strict"].precision is not None:
        assert found["strict"].precision <= found["overlap"].precision + 1e-12  # type: ignore[operator]


@given(ANNOTATIONS)
def test_an_annotator_agrees_with_herself(one: list[Annotation]) -> None:
    for s in evaluate(one, one, {"d": TEXT}):
        assert s.f1 is None or math.isclose(s.f1, 1.0)


def test_fewer_measures_and_labels_give_the_same_numbers() -> None:
    texts = {"d": TEXT}
    full = evaluate(GOLD, HALF, texts)
    for measure in MEASURES:
        some = evaluate(GOLD, HALF, texts, measures=[measure], by_label=False)
        assert some == [s for s in full if s.measure == measure and not s.label]
        assert some
