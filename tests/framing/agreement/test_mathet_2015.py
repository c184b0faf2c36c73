"""Mathet, Widlöcher and Métivier (2015), gamma: distances, best alignments, values."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from framing.agreement import Study, Unit, measure
from framing.agreement.gamma import sampling
from framing.agreement.gamma.alignment import aligned
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from tests.framing.agreement.tables import spans

EXAMPLE = spans(
    60,
    Alex="2-9:1 11-17:2 24-30:5 32-36:6 36-44:6 44-60:7",
    Paul="2-9:1 11-17:3 19-25:5 32-44:6",
    Suzan="2-9:1 11-17:4 21-27:5 32-36:6 36-40:6 40-44:6",
)
MOVED = spans(
    63,
    Alex="2-9:1 11-17:2 24-30:5 32-36:6 36-44:6 47-63:7",
    Paul="2-9:1 11-17:3 19-25:5 32-44:6 48-58:7",
    Suzan="2-9:1 11-17:4 21-27:5 32-36:6 36-40:6 42-46:6 48-58:7",
)
FIGURE_10 = spans(50, Joe="4-14:A 20-30:B", Jack="4-14:A 20-25:B", William="14-24:A 40-44:B")
FIGURE_19 = spans(30, Joe="0-20:A", Jack="0-5:A 5-10:A 10-15:A 15-20:A")
CHAIN = spans(20, A1="1-5:a 6-10:b 11-15:a", A2="2-6:a 7-11:b 12-16:a")
MISSING = spans(40, A1="1-5:a 6-10:b 20-24:a 30-34:b", A2="2-6:a 31-35:b")
THREE = spans(20, A1="1-5:a 10-14:b", A2="2-6:a 11-15:b", A3="1-4:a 9-14:c")
TURNED = spans(20, A1="1-5:a 6-10:b 11-15:c", A2="2-7:a 8-12:b 11-15:a")

CLAIMS = spans(300, A="100-150:Claim 160-210:Example", B="102-152:Claim 162-212:Explanation")
SPEECH = spans(
    180,
    Annotator1="25-43:Maureen 46-74:Marvin 82-114:Marvin 135-160:Robin",
    Annotator2="23-45:Maureen 43-72:Marvin 79-112:Robin 130-161:Maureen",
    Annotator3="25-43:Maureen 46-115:Marvin 131-171:Robin",
)


def pair(one: tuple[int, int], other: tuple[int, int]) -> Continua:
    start, end = np.array([one, other], dtype=float).T
    return Continua(1, 2, 1, np.zeros(2, int), np.arange(2), start, end, np.zeros(2, int))


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((4, 14), (40, 44), 22.224), ((4, 14), (20, 25), 3.24), ((4, 14), (14, 24), 1),
    ((20, 30), (20, 25), 0.1111), ((20, 25), (14, 24), 0.2178), ((0, 7), (0, 10), 0.0311),
    ((0, 21), (0, 30), 0.0311), ((3, 3), (3, 3), 0), ((3, 3), (5, 5), np.inf),
])
def test_positions_of_figures_10_and_20(one, other, expected):
    found = Dissimilarity().positional(pair(one, other), np.array([0]), np.array([1]))[0]
    assert found == pytest.approx(expected, abs=5e-4)


LIZA = ((1, 5), (6, 8), (7, 20), (12, 18))
PIERROT = ((2, 6), (7, 8), (7, 19), (8, 10), (12, 18))
HALVED = """
0.03125 1.62 0.78125 2 2.88
0.5 0.0555556 0.3673469 0.5 2
0.6245675 0.3673469 0.0008 0.2688889 0.0678670
2.42 2.2959184 0.0555556 1.125 0
"""


def test_positions_between_two_annotators_at_half_delta():
    dissimilarity = Dissimilarity(alpha=1, beta=0, delta=0.5)
    found = [[dissimilarity.between(pair(a, b), np.array([0]), np.array([1]))[0] for b in PIERROT]
             for a in LIZA]
    expected = [[float(cell) for cell in row.split()] for row in HALVED.strip().splitlines()]
    assert np.allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize(("study", "alpha", "beta", "expected"), [
    (EXAMPLE, 3, 1, 0.960625), (EXAMPLE, 1, 1, 0.6535417),
    (MOVED, 3, 1, 0.7049737), (MOVED, 1, 1, 0.5312875),
    (FIGURE_10, 3, 1, 1.5111111), (FIGURE_10, 1, 1, 1.1851852),
    (FIGURE_19, 3, 1, 1.632), (FIGURE_19, 1, 1, 1.344),
    (CHAIN, 1, 1, 0.0625), (MISSING, 1, 1, 0.7083333), (THREE, 1, 1, 0.4087564),
    (TURNED, 3, 2, 1.0277778), (SPEECH, 1, 2, 0.7746666),
    # By hand: the positions are (4/100)² apart in both pairs, and one pair differs in label.
    (CLAIMS, 0.5, 0.5, (0.0008 + 0.5008) / 2),
])
def test_disorder_of_the_best_alignment(study, alpha, beta, expected):
    report = measure(study, "gamma", alpha=alpha, beta=beta, samples=1)
    assert report.observed == pytest.approx(expected, abs=5e-8)


@pytest.mark.parametrize(("sampler", "low", "high"), [
    ("shift", 0.43, 0.48), ("statistical", 0.40, 0.44),
])
def test_value_of_the_example_by_sampler(sampler, low, high):
    report = measure(EXAMPLE, "gamma", sampler=sampler, samples=300)
    assert low < report.value < high
    assert report.parameters["sampler"] == sampler
    assert report.details["samples"] == 300


def test_precision_asked_for_is_reached_and_said():
    report = measure(EXAMPLE, "gamma", precision=0.02)
    assert report.details["samples"] > 30
    assert report.details["relative_precision"] == pytest.approx(0.02, rel=0.2)


def test_the_same_seed_gives_the_same_value_and_another_seed_another():
    values = [measure(EXAMPLE, "gamma", seed=seed).value for seed in (1, 1, 2)]
    assert values[0] == values[1] != values[2]


def test_equal_annotators_agree_by_definition():
    assert measure(spans(30, A="3-9:a 4-6:b", B="3-9:a 4-6:b"), "gamma").value == 1.0


def test_a_document_measured_with_others_keeps_its_value():
    alone = measure(EXAMPLE, "gamma")
    units = (*EXAMPLE.units, *spans(50, document="e", Joe="1-9", Jack="2-9").units)
    together = measure(Study({"d": 60, "e": 50, "f": 9},
                             frozenset({("f", "Joe"), ("f", "Jack")}), units), "gamma")
    assert together.per_document["d"] == pytest.approx(alone.value)
    assert together.per_document["f"] is None
    assert "nobody marked" in together.undefined_documents["f"]


def test_weights_that_make_no_distance_are_refused():
    with pytest.raises(ValueError, match="alpha > 0"):
        measure(EXAMPLE, "gamma", alpha=0)


STORED = json.loads((Path(__file__).parent / "gamma_disorder.json").read_text())


@pytest.mark.parametrize("weights", ["3 1", "1 1", "1 2"])
@pytest.mark.parametrize("case", STORED, ids=[f"{i}" for i in range(len(STORED))])
def test_disorder_that_pygamma_agreement_finds(case, weights):
    study = Study({"d": case["length"]}, frozenset(), tuple(
        Unit("d", f"a{annotator}", start, end, label)
        for annotator, start, end, label in case["units"]))
    alpha, beta = map(float, weights.split())
    report = measure(study, "gamma", alpha=alpha, beta=beta, samples=1, resamples=0)
    assert report.observed == pytest.approx(case["disorder"][weights], abs=1e-6)


RANDOM = json.loads((Path(__file__).parent / "gamma_random.json").read_text())


@pytest.mark.parametrize("case", RANDOM, ids=[f"{i}" for i in range(len(RANDOM))])
def test_disorder_of_continua_that_pygamma_agreement_draws(case):
    names = sorted({name for name, *_ in case["units"]})
    labels = sorted({label for *_, label in case["units"]})
    slot, start, end, label = zip(*((names.index(a), s, e, labels.index(k))
                                    for a, s, e, k in case["units"]), strict=True)
    continua = Continua(1, len(names), len(labels), np.zeros(len(slot), int), np.array(slot),
                        np.array(start), np.array(end), np.array(label))
    found = aligned(continua, Dissimilarity(case["alpha"], case["beta"])).cost[0]
    assert found / (len(slot) / len(names)) == pytest.approx(case["disorder"], abs=1e-6)


@pytest.mark.parametrize("sampler", ["shift", "statistical"])
def test_a_document_draws_the_same_beside_any_others(monkeypatch, sampler):
    monkeypatch.setattr(sampling, "UNITS_AT_ONCE", 600)
    rng = np.random.default_rng(0)
    sizes = {f"d{number}": int(rng.integers(1, 30)) for number in range(12)}
    units = tuple(Unit(name, who, start, start + int(rng.integers(1, 30)), "xy"[start % 2])
                  for name, many in sizes.items() for who in "ab"
                  for start in rng.integers(0, 300, many).tolist())
    study = Study(dict.fromkeys(sizes, 400), frozenset(), units)
    together = measure(study, "gamma", sampler=sampler, samples=10).per_document
    for name in sizes:
        alone = measure(study.restricted(documents={name}), "gamma", sampler=sampler, samples=10)
        assert alone.value == together[name]
