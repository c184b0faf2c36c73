"""Sums by document: pooling both ways, intervals by re-weighting, stored and updated rows."""

from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from framing.agreement import (
    MEASURES,
    Code,
    Codes,
    Statistics,
    Study,
    Unit,
    from_statistics,
    measure,
    statistics,
)
from framing.agreement.spec import Additive
from tests.framing.agreement.tables import coded

ADDITIVE = [id for id, m in MEASURES.items() if isinstance(m, Additive) and Study in m.accepts]
OPTIONS = {"gamma-k": {"label": "x"}, "ku-alpha": {"label": "x"}}


def corpus(documents: int, seed: int = 3) -> Study:
    rng = np.random.default_rng(seed)
    units = [Unit(f"d{d:03}", name, int(place), int(place + rng.integers(2, 8)), "xy"[place % 2])
             for d in range(documents) for name in "ab"
             for place in range(0, 90, 10) if rng.random() < 0.6]
    readings = frozenset((f"d{d:03}", name) for d in range(documents) for name in "ab")
    return Study({f"d{d:03}": 100 for d in range(documents)}, readings, tuple(units))


def prepared(study: Study, id: str) -> Study:
    """Return a study the measure can take: for segmentations, texts cut where units begin."""
    if "similarity" not in id:
        return study
    units = []
    for document, name in sorted(study.readings):
        starts = {u.start for u in study.units if (u.document, u.annotator) == (document, name)}
        places = sorted(starts | {0, study.documents[document]})
        units += [Unit(document, name, *place, "x") for place in pairwise(places)]
    return Study(study.documents, study.readings, tuple(units))


STUDY = corpus(12)


@pytest.mark.parametrize("id", ADDITIVE)
def test_stored_rows_give_the_same_report(id):
    options, study = OPTIONS.get(id, {}), prepared(STUDY, id)
    report = measure(study, id, pool="pooled,mean", **options)
    stored = json.loads(json.dumps(statistics(study, id, **options).rows()))
    again = from_statistics(Statistics.from_rows(stored), id, pool="pooled,mean", **options)
    assert again.value == pytest.approx(report.value)
    assert again.interval == pytest.approx(report.interval)
    assert again.per_document == pytest.approx(report.per_document)


@pytest.mark.parametrize("id", ADDITIVE)
def test_one_saved_document_updates_the_corpus_without_the_others(id):
    options = OPTIONS.get(id, {})
    changed = prepared(Study(STUDY.documents, STUDY.readings,
                             (*STUDY.units, Unit("d004", "a", 95, 99, "z"))), id)
    before = statistics(prepared(STUDY, id), id, **options)
    alone = statistics(changed.restricted(documents={"d004"}), id, **options)
    updated = from_statistics(before.updated(alone), id, resamples=0, **options)
    assert updated.value == pytest.approx(measure(changed, id, resamples=0, **options).value)


RARE = Study(STUDY.documents, STUDY.readings,
             (*(u for u in STUDY.units if u.document != "d004"),
              *(Unit("d004", name, 10, 15, "rare") for name in "ab")))
WAYS = [*((id, OPTIONS.get(id, {})) for id in ADDITIVE if "similarity" not in id),
        ("u-alpha", {"layers": "label"}), ("bu-alpha", {"layers": "label"})]


@pytest.mark.parametrize(("id", "options"), WAYS)
def test_sums_of_documents_that_never_met_add_up(id, options):
    """A label that one document alone has is in nobody else's sums."""
    stored = {}
    for document in RARE.documents:
        stored |= statistics(RARE.restricted(documents={document}), id, **options).rows()
    found = from_statistics(Statistics.from_rows(stored), id, resamples=0, **options)
    whole = measure(RARE, id, resamples=0, **options)
    assert found.value == pytest.approx(whole.value)
    assert found.per_document == pytest.approx(whole.per_document)


@pytest.mark.parametrize(("id", "options"), WAYS)
def test_a_label_that_its_last_document_gives_up_no_longer_counts(id, options):
    before = statistics(RARE, id, **options)
    alone = statistics(STUDY.restricted(documents={"d004"}), id, **options)
    whole = measure(STUDY, id, resamples=0, **options)
    assert from_statistics(before.updated(alone), id, resamples=0, **options
                           ).value == pytest.approx(whole.value)
    rest = STUDY.restricted(documents=set(STUDY.documents) - {"d004"})
    assert from_statistics(before.without(["d004"]), id, resamples=0, **options
                           ).value == pytest.approx(measure(rest, id, resamples=0,
                                                            **options).value)


@pytest.mark.parametrize("id", ["ac1", "ac2", "s", "kappa"])
def test_a_grade_that_nobody_gives_any_longer_does_not_count(id):
    options = {"weights": "quadratic"} if id in ("ac2", "kappa") else {}
    rows = [("1", "2"), ("2", "2"), ("3", "2"), ("1", "1")]

    def codes(graded: list[tuple[str, str]]) -> Codes:
        return Codes(tuple(Code(f"i{d}", who, value, f"d{d}") for d, pair in enumerate(graded)
                           for who, value in zip("ab", pair, strict=True)))

    stored = statistics(codes([*rows, ("9", "9")]), id, **options).without(["d4"])
    assert from_statistics(stored, id, resamples=0, **options).value == pytest.approx(
        measure(codes(rows), id, resamples=0, **options).value)


@pytest.mark.parametrize(("id", "options"), WAYS)
def test_a_document_of_one_reader_adds_no_row(id, options):
    alone = Study({"d": 20}, frozenset(), (Unit("d", "a", 0, 5, "x"),))
    assert statistics(alone, id, **options).rows() == {}


def test_a_withdrawn_document_is_subtracted():
    kept = statistics(STUDY, "gamma").without(["d004"])
    rest = STUDY.restricted(documents=set(STUDY.documents) - {"d004"})
    assert from_statistics(kept, "gamma").value == pytest.approx(measure(rest, "gamma").value)


def test_pooling_is_named_and_differs():
    report = measure(STUDY, "alpha", pool="mean,pooled")
    defined = [value for value in report.per_document.values() if value is not None]
    assert report.value == report.pools["mean"].value == pytest.approx(np.mean(defined))
    assert report.pools["pooled"].value == measure(STUDY, "alpha").value != report.value


@pytest.mark.parametrize("id", ["alpha", "f1-overlap"])
def test_the_interval_equals_recomputing_drawn_corpora(id):
    rng, n, resamples = np.random.default_rng(0), len(STUDY.documents), 60
    drawn = rng.integers(0, n, size=(resamples, n))
    values = []
    for row in drawn:
        units, readings, documents = [], set(), {}
        for copy, d in enumerate(row):
            documents[f"c{copy}"] = 100
            readings |= {(f"c{copy}", "a"), (f"c{copy}", "b")}
            units += [Unit(f"c{copy}", u.annotator, u.start, u.end, u.label)
                      for u in STUDY.units if u.document == f"d{d:03}"]
        study = Study(documents, frozenset(readings), tuple(units))
        values.append(measure(study, id, resamples=0).value)
    report = measure(STUDY, id, resamples=resamples, seed=0)
    assert report.interval == pytest.approx(tuple(np.percentile(values, [2.5, 97.5])))


def test_items_are_resampled_by_their_patterns():
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 3, 400)
    rows = [[str(t if rng.random() < 0.8 else rng.integers(3)) for t in truth] for _ in "ab"]
    report = measure(coded(*("".join(row) for row in rows)), "alpha", resamples=500)
    low, high = report.interval
    assert low < report.value < high
    assert 0.05 < high - low < 0.2


@pytest.mark.parametrize(("documents", "note"), [
    (1, "resampling needs at least two documents"), (4, "it rests on 4 documents only"),
])
def test_few_documents_are_marked(documents, note):
    report = measure(corpus(documents), "f1-strict")
    assert any(note in line for line in report.notes)
    assert (report.interval is None) == (documents == 1)


def test_seed_resamples_and_documents_are_stored_beside_the_interval():
    report = measure(STUDY, "gamma", resamples=200, seed=7)
    assert report.parameters["resamples"] == 200
    assert report.parameters["seed"] == 7
    assert report.parameters["samples"] == 30
    assert report.n_documents == 12


def test_documents_without_a_value_are_named_with_their_reason():
    readings = STUDY.readings | {("e", "a"), ("e", "b"), ("f", "a")}
    study = Study({**STUDY.documents, "e": 50, "f": 50}, readings, STUDY.units)
    report = measure(study, "f1-strict", pool="mean")
    assert report.per_document["e"] is report.per_document["f"] is None
    assert "neither annotator marked" in report.undefined_documents["e"]
    assert "only one annotator, a," in report.undefined_documents["f"]
    assert any(note.startswith("1 document of 13 without a value") for note in report.notes)


def test_codes_have_no_mean_per_document():
    report = measure(coded("ab", "aa"), "alpha", pool="mean")
    assert "codes have items" in report.undefined
    assert isinstance(coded("ab"), Codes)
