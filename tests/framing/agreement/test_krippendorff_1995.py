"""Krippendorff (1995; 2004, p. 254): the first alpha for units, and codes from its example."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from framing.agreement.layout import laid_out
from framing.agreement.unitizing_1995 import count_units_1995
from tests.framing.agreement.tables import coded, spans

# The printed continuum begins at 150; its places are moved there by 150.
CONTINUUM = spans(300, i="75-145:c 220-250:c 30-90:k 150-200:k",
                  j="70-150:c 205-225:c 250-270:c 30-90:k 150-200:k")


def test_the_printed_continuum():
    report = measure(CONTINUUM, "alpha-u-1995")
    assert report.value == pytest.approx(0.8591, abs=5e-4)
    assert report.details["c"] == pytest.approx(0.7286, abs=5e-4)
    assert report.details["k"] == 1.0


@pytest.mark.parametrize(("label", "observed", "expected"), [
    ("c", 0.0144, 0.0532), ("k", 0.0, 0.0490),
])
def test_its_disagreements_by_label(label, observed, expected):
    counted = count_units_1995(laid_out(CONTINUUM))
    sums = dict(zip(counted.columns, counted.table[0] / 300, strict=True))
    assert sums["observed", label] == pytest.approx(observed, abs=5e-5)
    assert sums["expected", label] == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("one", "other", "squared"), [
    ("5-11", "4-6", 26), ("5-11", "5-7", 16), ("5-11", "6-8", 10), ("5-11", "7-9", 8),
    ("5-11", "6-10", 2), ("5-11", "5-11", 0), ("225-295", "220-300", 50),
    ("370-400", "355-375", 850), ("", "400-420", 400), ("1-9", "2-3", 37),
])
def test_squared_differences_of_two_sections(one, other, squared):
    counted = count_units_1995(laid_out(spans(500, i=one, j=other)))
    sums = dict(zip(counted.columns, counted.table[0], strict=True))
    assert sums["observed", "x"] * 500 == pytest.approx(squared)


@pytest.mark.parametrize(("id", "expected"), [("kappa", 0.385), ("scott", 0.314),
                                              ("alpha", 0.329)])
def test_coefficients_of_the_digitised_pair(id, expected):
    bertha = "00" + "1" * 8 + "0000" + "1" * 6 + "0000"
    bill = "0000" + "1111" + "0" * 7 + "11" + "0" * 7
    assert measure(coded(bertha, bill), id).value == pytest.approx(expected, abs=5e-4)


def test_no_units_and_units_without_length_are_undefined():
    assert "nobody marked" in measure(spans(20, i="", j=""), "alpha-u-1995").undefined
    assert "anchors" in measure(spans(20, i="3-3", j="5-5"), "alpha-u-1995").undefined


def test_one_short_unit_by_one_of_three_annotators_is_chance():
    assert measure(spans(20, i="0-1", j="", k=""), "alpha-u-1995").value == pytest.approx(0.0)


def test_labels_may_overlap_each_other_but_not_themselves():
    assert measure(spans(20, i="0-9:a 5-9:b", j="0-9:a 5-9:b"), "alpha-u-1995").value == 1.0
    assert measure(spans(20, i="0-9:a 5-12:a", j="0-9:a"), "alpha-u-1995").refused
