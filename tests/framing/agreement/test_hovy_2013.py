"""Hovy et al. (2013), MACE: labels and trust."""

from __future__ import annotations

import numpy as np
import pytest

from framing.agreement import Codes, measure
from tests.framing.agreement.tables import coded, spans

WORKERS = coded("nyyyy", "yynyn", "*ynyn", "ynyyn", "nnnyn")


@pytest.mark.parametrize("method", ["vb", "em"])
def test_labels_of_the_small_table(method):
    report = measure(WORKERS, "mace", method=method)
    assert list(report.details["labels"].values()) == ["y", "y", "n", "y", "n"]


def simulated(trust: list[float], items: int, seed: int) -> tuple[Codes, list[str]]:
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, 3, items)
    rows = [(f"i{i:04}", f"a{a}", str(truth[i] if rng.random() < t else rng.integers(0, 3)))
            for a, t in enumerate(trust) for i in range(items)]
    return Codes.from_rows(rows), [str(value) for value in truth]


@pytest.mark.parametrize("method", ["vb", "em"])
def test_trust_and_truth_are_recovered_from_simulated_annotators(method):
    trust = [0.9, 0.8, 0.7, 0.5, 0.05]
    codes, truth = simulated(trust, 400, 1)
    report = measure(codes, "mace", method=method)
    assert list(report.details["competence"].values()) == pytest.approx(trust, abs=0.1)
    right = np.mean([a == b for a, b in zip(report.details["labels"].values(), truth,
                                            strict=True)])
    assert right > 0.9


def test_the_seed_fixes_the_random_starts():
    codes, _ = simulated([0.9, 0.6, 0.3], 50, 2)
    values = [measure(codes, "mace", seed=3).value for _ in range(2)]
    assert values[0] == values[1]


@pytest.mark.parametrize("id", ["mace", "dawid-skene"])
def test_units_are_matched_before_annotators_are_judged(id):
    study = spans(90, a="0-9:x 20-29:y 40-49:x", b="0-9:x 20-30:y 40-49:x", c="1-9:y")
    report = measure(study, id)
    assert len(report.details["labels"]) == 3
    competence = report.details["competence"]
    assert competence["a"] > competence["c"]


@pytest.mark.parametrize("id", ["mace", "dawid-skene"])
def test_without_units_there_is_nobody_to_judge(id):
    assert "nobody marked" in measure(spans(9, a="", b=""), id).undefined
