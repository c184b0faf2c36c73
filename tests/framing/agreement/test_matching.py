"""F1 of spans: strict, overlap, fractional, and the classes of MUC-5."""

from __future__ import annotations

import pytest

from framing.agreement import measure, pairwise
from tests.framing.agreement.tables import spans

MUC = spans(60, gold="2-5:PER 10-13:LOC 20-26:LOC", other="2-5:PER 10-14:LOC 20-26:ORG 30-32:LOC")


@pytest.mark.parametrize(("scheme", "classes", "precision", "recall"), [
    ("strict", (1, 2, 0), 0.25, 1 / 3), ("partial", (2, 0, 1), 0.625, 5 / 6),
    ("type", (2, 1, 0), 0.5, 2 / 3), ("exact", (2, 1, 0), 0.5, 2 / 3),
])
def test_muc_classes(scheme, classes, precision, recall):
    report = measure(MUC, "f1-muc", scheme=scheme)
    correct, incorrect, partial = classes
    assert report.details == {"correct": correct, "incorrect": incorrect, "partial": partial,
                              "missing": 0, "spurious": 1}
    assert report.precision == pytest.approx(precision)
    assert report.recall == pytest.approx(recall)
    assert report.value == pytest.approx(2 * precision * recall / (precision + recall))


def test_muc_pairs_equal_units_before_others():
    report = measure(spans(60, a="0-20 2-5", b="0-20 8-10"), "f1-muc")
    assert report.details["correct"] == report.details["missing"] == 1
    assert report.value == 0.5


def test_fractional_f1_by_hand():
    report = measure(spans(60, a="0-10 20-30", b="5-15 20-24 40-50"), "f1-fractional")
    assert (report.precision, report.recall) == (pytest.approx(0.5), pytest.approx(0.45))
    assert report.value == pytest.approx(0.4736842, abs=1e-7)


def test_fractional_f1_merges_what_touches_before_it_counts():
    assert measure(spans(60, a="0-10 10-20", b="0-20"), "f1-fractional").value == 1.0


def test_fractional_f1_compares_what_is_covered_twice_on_its_own():
    # The second level of a is [5, 10), that of b is empty: precision 1/1, recall 1/2.
    report = measure(spans(60, a="0-15 5-10", b="0-15"), "f1-fractional")
    assert (report.precision, report.recall) == (1.0, 0.5)


def test_fractional_f1_counts_what_crosses_as_spans_of_that_length_too():
    # Levels do not tell [0, 10) and [5, 15) from [0, 15) and [5, 10).
    assert measure(spans(60, a="0-10 5-15", b="0-15 5-10"), "f1-fractional").recall \
        == pytest.approx(2 / 3)


def test_equal_anchors_count_each_by_itself():
    report = measure(spans(60, a="3-3 3-3", b="3-3"), "f1-fractional")
    assert (report.precision, report.recall) == (1.0, 0.5)


@pytest.mark.parametrize(("one", "other", "strict", "overlap"), [
    ("0-5", "0-5", 1, 1),
    ("0-5", "0-6", 0, 1),
    ("0-5:x", "0-5:y", 0, 0),
    ("0-9", "0-3 4-8", 0, 2 / 3),
    ("0-5 0-5", "0-5", 2 / 3, 2 / 3),
    ("0-5 5-9", "4-6", 0, 2 / 3),
    ("3-3", "3-3", 1, 1),
    ("3-3", "0-9", 0, 0),
    ("0-5", "5-9", 0, 0),
    # A greedy pairing takes 0-10 with 8-12 and leaves 2-4 alone.
    ("0-10 10-14", "2-4 8-12", 0, 1),
    # As many as possible would match each one's inner unit with the other's outer.
    ("0-20 2-5", "0-20 8-10", 0.5, 0.5),
    ("0-20 0-20 2-5", "0-20 8-10", 0.4, 0.4),
    ("0-10 5-15", "0-15", 0, 2 / 3),
])
def test_strict_and_overlap_f1(one, other, strict, overlap):
    study = spans(30, a=one, b=other)
    assert measure(study, "f1-strict").value == pytest.approx(strict)
    assert measure(study, "f1-overlap").value == pytest.approx(overlap)


def test_mean_over_pairs_equals_the_mean_of_pairwise_reports():
    study = spans(40, a="0-5 10-15", b="0-5", c="10-15 20-25 30-31")
    pairs = pairwise(study, "f1-strict")
    assert list(pairs) == [("a", "b"), ("a", "c"), ("b", "c")]
    mean = sum(report.value for report in pairs.values()) / 3
    assert measure(study, "f1-strict").value == pytest.approx(mean)
    assert pairs["a", "b"].precision == 1.0
    assert pairs["a", "b"].recall == 0.5


@pytest.mark.parametrize("id", ["f1-strict", "f1-overlap", "f1-fractional", "f1-muc"])
def test_one_empty_side_is_zero_and_two_are_undefined(id):
    assert measure(spans(9, a="0-5", b=""), id).value == 0.0
    assert "neither annotator marked" in measure(spans(9, a="", b=""), id).undefined
