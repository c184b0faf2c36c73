"""Krippendorff (2019), Content Analysis, ch. 12, figure 12.11, and small cases of the family."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from tests.framing.agreement.tables import spans

BOOK = spans(
    60,
    Alex="0-7:1 7-13:2 30-32:5 32-37:6 37-44:6 44-60:7",
    Paul="0-7:1 7-13:3 13-21:5 32-44:6",
    Suzan="0-7:1 7-13:4 13-21:5 32-37:6 37-41:6 41-44:6",
)
SPARSE = spans(60, Alex="2-5:1", Paul="2-5:1 10-20:2", Susan="2-5:2 15-20:2")
ONE_LABEL = spans(24, G="2-8 10-12 14-18 20-22", H="0-2 4-8 10-14 16-18 20-22")


@pytest.mark.parametrize(("study", "id", "expected", "tolerance"), [
    (BOOK, "u-alpha", 0.5099819077921268, 1e-12),
    (BOOK, "bu-alpha", 0.4135992304489525, 1e-12),
    (BOOK, "cu-alpha", 0.72417, 5e-6),
    (SPARSE, "u-alpha", 0.3982981423791392, 1e-12),
    (SPARSE, "bu-alpha", 0.5238010446343782, 1e-12),
    (ONE_LABEL, "u-alpha", 0.3511904761904763, 1e-12),
    (ONE_LABEL, "bu-alpha", 0.3511904761904763, 1e-12),
])
def test_the_family_on_known_continua(study, id, expected, tolerance):
    assert measure(study, id).value == pytest.approx(expected, abs=tolerance)


def test_cu_alpha_of_one_label_is_undefined_with_its_coverage():
    report = measure(ONE_LABEL, "cu-alpha")
    assert report.value is None
    assert "one label" in report.undefined
    assert 0 < report.coverage < 1


def test_ku_alpha_names_each_label():
    report = measure(BOOK, "ku-alpha")
    assert report.value is None
    assert set(report.details) == {"1", "2", "3", "4", "5", "6", "7"}
    assert report.details["1"] == {"value": 1.0, "coverage": 1.0, "undefined": ""}
    assert report.details["7"]["undefined"] == "no unit of one annotator meets a unit of another"
    assert measure(BOOK, "ku-alpha", label="6").value == report.details["6"]["value"] == 1.0
    assert measure(BOOK, "ku-alpha", label="2").value == 0.0


def test_ku_alpha_of_an_unknown_label_says_so():
    assert measure(BOOK, "ku-alpha", label="9").undefined == "no unit has the label '9'"


@pytest.mark.parametrize("id", ["u-alpha", "bu-alpha", "cu-alpha", "ku-alpha"])
def test_overlap_within_one_annotator_is_refused_with_the_places(id):
    report = measure(spans(30, Ada="0-10:a 5-15:b", Bo="0-10:a"), id)
    assert report.refused
    assert "Ada has overlapping units in document 'd', [0, 10) (unit 1)" in report.undefined
    assert "gamma" in report.undefined


def test_layers_give_each_label_its_own_line():
    study = spans(30, Ada="0-10:a 5-15:b", Bo="0-10:a 5-15:b")
    assert measure(study, "u-alpha", layers="label").value == 1.0
    nested = spans(30, Ada="0-10:a 2-4:a", Bo="0-10:a")
    assert measure(nested, "u-alpha", layers="label").refused


def test_layers_equal_the_single_line_when_there_is_one_label():
    one, layered = (measure(ONE_LABEL, "u-alpha", layers=layers) for layers in ("one", "label"))
    assert layered.value == pytest.approx(one.value)


@pytest.mark.parametrize(("study", "reason"), [
    (spans(10, Ada="", Bo=""), "nobody marked anything"),
    (spans(10, Ada="0-10", Bo="0-10"), "cover all of the text"),
    (spans(10, Ada="0-10"), "only one annotator, Ada,"),
])
def test_nothing_to_tell_from_chance_is_said(study, reason):
    assert reason in measure(study, "u-alpha").undefined
