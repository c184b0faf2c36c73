"""Dawid and Skene (1979), observer error rates, on a small table of five workers and tasks."""

from __future__ import annotations

import pytest

from framing.agreement import measure
from framing.agreement.dawid_skene import error_rates
from tests.framing.agreement.tables import coded

WORKERS = coded("nyyyy", "yynyn", "*ynyn", "ynyyn", "nnnyn")


def test_labels_priors_and_confusions_of_the_example():
    found = error_rates(WORKERS, iterations=10, tolerance=0)
    labels = [WORKERS.labels[index] for index in found.posterior.argmax(axis=1)]
    assert labels == ["y", "y", "n", "y", "n"]
    assert found.prior == pytest.approx([0.4, 0.6], abs=1e-3)
    fourth, fifth = found.confusion[3], found.confusion[4]
    assert fourth[0, 0] == pytest.approx(0.5, abs=1e-3)
    assert fourth[1, 0] == pytest.approx(1 / 3, abs=1e-3)
    assert fifth[0, 1] == pytest.approx(0.0, abs=1e-3)
    assert fifth[1, 1] == pytest.approx(1 / 3, abs=1e-3)


def test_the_report_names_annotators_and_labels():
    report = measure(WORKERS, "dawid-skene")
    assert report.interval is None
    assert any(note.startswith("no interval: the model is fitted") for note in report.notes)
    assert report.details["labels"]["i00000"] == "y"
    assert set(report.details["competence"]) == {"c1", "c2", "c3", "c4", "c5"}
    assert report.value == pytest.approx(sum(report.details["competence"].values()) / 5)


def test_an_annotator_who_answers_the_opposite_is_found_out():
    truth = "ynynynynynyynnyynynn"
    turned = truth.translate(str.maketrans("yn", "ny"))
    found = measure(coded(truth, truth, truth[:-1] + "y", turned), "dawid-skene")
    assert found.details["competence"]["c4"] < 0.1
    assert found.details["competence"]["c1"] > 0.9
