"""Artstein and Poesio (2008), Inter-coder agreement for computational linguistics, table 1."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from tests.framing.agreement.tables import coded, matrix

TABLE = matrix((20, 20), (10, 50))


@pytest.mark.parametrize(("id", "expected"), [
    ("percent", 0.7),
    ("kappa", 0.3478260869565216),
    ("scott", 0.3406593406593405),
    ("s", 0.4),
    ("alpha", 0.34395604395604396),
])
def test_coefficients_of_the_two_coder_table(id, expected):
    assert measure(TABLE, id, resamples=0).value == pytest.approx(expected, abs=1e-12)


def test_the_interval_is_as_wide_as_the_standard_error_of_kappa_says():
    low, high = measure(TABLE, "kappa", resamples=4000).interval
    assert (high - low) / (2 * 1.96) == pytest.approx(0.0950082, rel=0.05)


def test_kappa_of_three_sentiments():
    codes = coded("neg pos neg neu pos", "neg pos neg neu neg")
    assert measure(codes, "kappa", resamples=0).value == pytest.approx(0.6875, abs=1e-12)


def test_scott_asks_for_two_annotators():
    report = measure(coded("ab", "ab", "aa"), "scott")
    assert report.value is None
    assert "there are 3" in report.undefined
