"""Gwet (2008, 2014): AC1, AC2 and the tables that show the paradoxes of kappa."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from tests.framing.agreement.tables import matrix

SKEWED = matrix((8, 1), (0, 1))
GRADED = matrix((20, 5, 1, 0), (4, 15, 6, 1), (0, 5, 18, 4), (0, 1, 3, 12))


@pytest.mark.parametrize(("id", "expected"), [
    ("ac1", 0.86577), ("scott", 0.6078431), ("kappa", 0.6153846), ("alpha", 0.6274510),
])
def test_ten_items_with_one_rare_label(id, expected):
    assert measure(SKEWED, id).value == pytest.approx(expected, abs=5e-6)


def test_chance_of_ac1_is_small_when_one_label_dominates():
    assert measure(SKEWED, "ac1").expected == pytest.approx(0.255)


def test_ac1_does_not_sink_where_kappa_does():
    codes = matrix((80, 7), (8, 5))
    report = measure(codes, "ac1")
    assert report.value == pytest.approx(0.808)
    assert (report.observed, report.expected) == (pytest.approx(0.85), pytest.approx(0.21875))
    assert measure(codes, "kappa").value < 0.4


def test_graded_scale_with_and_without_weights():
    assert measure(GRADED, "ac1").value == pytest.approx(0.58046, abs=5e-6)
    assert measure(GRADED, "ac2", weights="quadratic").value == pytest.approx(0.84028, abs=5e-6)
