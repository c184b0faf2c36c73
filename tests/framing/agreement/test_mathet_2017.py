"""Mathet (2017), gamma-cat and gamma-k: labels on the alignment that gamma found."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from tests.framing.agreement.tables import spans


def test_a_unit_left_alone_does_not_change_the_disorder_of_labels():
    both = spans(60, A="0-9:a 20-29:b", B="0-9:a 20-29:b")
    more = spans(60, A="0-9:a 20-29:b 40-49:a", B="0-9:a 20-29:b")
    assert measure(both, "gamma-cat").observed == measure(more, "gamma-cat").observed == 0.0
    assert measure(more, "gamma-cat").value == 1.0


def test_pairs_count_by_how_well_they_lie_on_each_other():
    report = measure(spans(60, A="0-10:a 20-30:b", B="0-10:a 22-32:a"), "gamma-cat")
    # d_pos = (4 / 20)² = 0.04, so the differing pair weighs 0.96 against 1.
    assert report.observed == pytest.approx(0.96 / 1.96)


def test_a_group_of_three_shares_its_weight():
    study = spans(30, A="0-10:a", B="0-10:a", C="0-10:b")
    assert measure(study, "gamma-cat").observed == pytest.approx(2 / 3)


def test_gamma_k_keeps_the_pairs_with_that_label():
    study = spans(90, A="0-10:a 20-30:b 50-60:c", B="0-10:a 20-30:c 50-60:c")
    report = measure(study, "gamma-k")
    assert report.value is None
    assert report.details["a"] == {"value": 1.0, "undefined": ""}
    assert measure(study, "gamma-k", label="b").observed == 1.0
    assert measure(study, "gamma-k", label="c").observed == pytest.approx(0.5)


@pytest.mark.parametrize(("study", "reason"), [
    (spans(60, A="0-9:a", B="40-49:a"), "no unit of one annotator is aligned"),
    (spans(60, A="0-9:a 20-30:a", B="0-9:a"), "never differ in label"),
])
def test_labels_that_cannot_be_compared_are_said(study, reason):
    assert reason in measure(study, "gamma-cat").undefined
