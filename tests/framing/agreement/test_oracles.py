"""The same numbers as well-known packages, on random data."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
from nervaluate import Evaluator
from nltk.metrics import masi_distance
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support
from statsmodels.stats.inter_rater import fleiss_kappa

from framing.agreement import Codes, Study, Unit, measure, pairwise

SEEDS = range(5)


def table(seed: int, *, annotators: int = 4, items: int = 40, missing: float = 0.3) -> np.ndarray:
    """Return annotators x items of 1..5 that lean towards a common value, NaN for missing."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(1, 6, items)
    noise = rng.integers(1, 6, (annotators, items))
    values = np.where(rng.random((annotators, items)) < 0.6, truth, noise).astype(float)
    values[rng.random((annotators, items)) < missing] = np.nan
    return values


def codes_of(values: np.ndarray) -> Codes:
    return Codes.from_rows((f"i{item:03}", f"a{a}", str(int(value)))
                           for a, row in enumerate(values) for item, value in enumerate(row)
                           if not math.isnan(value))


def value(data: Codes | Study, id: str, **options: str) -> float:
    return measure(data, id, resamples=0, **options).value


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_as_krippendorff_computes_it(seed, level):
    values = table(seed)
    expected = krippendorff.alpha(reliability_data=values, level_of_measurement=level)
    assert value(codes_of(values), "alpha", level=level) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("missing", [0.0, 0.5])
def test_a_crowd_has_the_same_alpha_and_fleiss_kappa(seed, missing):
    values = table(seed, annotators=20, missing=missing)
    codes = codes_of(values)
    expected = krippendorff.alpha(reliability_data=values, level_of_measurement="nominal")
    assert value(codes, "alpha") == pytest.approx(expected, abs=1e-12)
    if not missing:
        counts = np.stack([(values == label).sum(axis=0) for label in range(1, 6)], axis=1)
        assert value(codes, "fleiss") == pytest.approx(fleiss_kappa(counts), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_of_sets_as_nltk_computes_it(seed):
    rng = np.random.default_rng(seed)
    rows = []
    for item in range(30):
        common = {str(v) for v in rng.integers(0, 4, 2)}
        for name in "abc":
            own = common if rng.random() < 0.5 else {str(v) for v in rng.integers(0, 4, 2)}
            rows.append((name, f"i{item:02}", frozenset(own)))
    expected = AnnotationTask(data=rows, distance=masi_distance).alpha()
    codes = Codes.from_rows((item, name, "|".join(sorted(own))) for name, item, own in rows)
    assert value(codes, "alpha", level="masi") == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_kappa_as_scikit_learn_computes_it(seed, weights):
    values = table(seed, annotators=2, missing=0).astype(int)
    expected = cohen_kappa_score(*values, weights=None if weights == "none" else weights)
    assert value(codes_of(values), "kappa", weights=weights) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_kappa_of_several_annotators_is_the_mean_over_pairs(seed):
    values = table(seed, missing=0).astype(int)
    expected = np.mean([cohen_kappa_score(values[a], values[b])
                        for a in range(4) for b in range(a + 1, 4)])
    assert value(codes_of(values), "kappa") == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_and_free_marginal_kappa_as_statsmodels_compute_them(seed):
    values = table(seed, missing=0).astype(int)
    counts = np.stack([(values == label).sum(axis=0) for label in range(1, 6)], axis=1)
    codes = codes_of(values)
    assert value(codes, "fleiss") == pytest.approx(fleiss_kappa(counts), abs=1e-12)
    assert value(codes, "s") == pytest.approx(fleiss_kappa(counts, method="rand"), abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_pi_and_s_of_two_annotators_as_nltk_computes_them(seed):
    values = table(seed, annotators=2, missing=0).astype(int)
    task = AnnotationTask(data=[(f"a{a}", str(i), str(v)) for a, row in enumerate(values)
                                for i, v in enumerate(row)])
    assert value(codes_of(values), "scott") == pytest.approx(task.pi(), abs=1e-12)
    assert value(codes_of(values), "s") == pytest.approx(task.S(), abs=1e-12)


def corpus(seed: int, *, annotators: int = 3, documents: int = 4) -> Study:
    rng = np.random.default_rng(seed)
    units = [
        Unit(f"d{d}", f"a{a}", int(start), int(start + length), "xy"[label])
        for d in range(documents) for a in range(annotators)
        for start, length, label in zip(np.arange(0, 100, 10) + rng.integers(0, 4, 10),
                                        rng.integers(1, 6, 10), rng.integers(0, 2, 10),
                                        strict=True) if rng.random() < 0.5]
    readings = frozenset((f"d{d}", f"a{a}") for d in range(documents) for a in range(annotators))
    return Study({f"d{d}": 110 for d in range(documents)}, readings, tuple(units))


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_on_characters_is_alpha_of_items_that_are_characters(seed):
    study = corpus(seed)
    painted = np.zeros((3, 4 * 110))
    for u in study.units:
        begin = int(u.document[1]) * 110
        painted[int(u.annotator[1]), begin + u.start:begin + u.end] = 1 + "xy".index(u.label)
    expected = krippendorff.alpha(reliability_data=painted, level_of_measurement="nominal")
    assert value(study, "alpha") == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_strict_f1_as_scikit_learn_counts_it(seed):
    study = corpus(seed, annotators=2)
    marked = [{(u.document, u.start, u.end, u.label) for u in study.units if u.annotator == name}
              for name in ("a0", "a1")]
    every = sorted(marked[0] | marked[1])
    truth, found = ([unit in side for unit in every] for side in marked)
    precision, recall, f1, _ = precision_recall_fscore_support(truth, found, average="binary",
                                                               zero_division=0)
    report = pairwise(study, "f1-strict")["a0", "a1"]
    assert report.value == pytest.approx(f1)
    assert (report.precision, report.recall) == (pytest.approx(precision), pytest.approx(recall))


def as_entities(study: Study, annotator: str) -> list[list[dict[str, object]]]:
    return [[{"label": u.label, "start": u.start, "end": u.end - 1}
             for u in sorted(study.units) if (u.document, u.annotator) == (document, annotator)]
            for document in study.documents]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("scheme", "theirs"), [
    ("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("type", "ent_type"),
])
def test_muc_classes_as_nervaluate_counts_them(seed, scheme, theirs):
    study = corpus(seed, annotators=2)
    found = Evaluator(as_entities(study, "a0"), as_entities(study, "a1"), tags=["x", "y"],
                      loader="dict").evaluate()["overall"][theirs]
    report = measure(study, "f1-muc", scheme=scheme, resamples=0)
    assert report.value == pytest.approx(found.f1)
    assert report.details == {"correct": found.correct, "incorrect": found.incorrect,
                              "partial": found.partial, "missing": found.missed,
                              "spurious": found.spurious}
