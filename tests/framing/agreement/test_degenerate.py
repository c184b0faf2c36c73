"""Data that cannot be measured give a sentence, never an exception, a silent 0 or a silent 1."""

from __future__ import annotations

import json

import pytest

from framing.agreement import MEASURES, Codes, Ledger, Structures, Study, measure
from tests.framing.agreement.tables import coded, spans

NOBODY = Study({"d": 9}, frozenset(), ())
APART = Study({"d": 9, "e": 9}, frozenset({("d", "a"), ("e", "b")}), ())
STUDIES = {
    "no documents": Study({}, frozenset(), ()),
    "no readings": NOBODY,
    "one annotator": spans(9, a="0-3"),
    "nothing shared": APART,
    "no units": spans(9, a="", b=""),
    "one side empty": spans(9, a="0-3", b=""),
    "one label everywhere": spans(9, a="0-9", b="0-9"),
    "no length": spans(0, a="", b=""),
    "anchors only": spans(9, a="3-3", b="5-5"),
    "one unit each, apart": spans(9, a="0-2", b="5-7"),
    "identical units twice": spans(9, a="0-3 0-3", b="0-3"),
}
CODES = {
    "no codes": Codes(()),
    "one annotator": coded("123"),
    "nothing shared": coded("1*", "*1"),
    "one value": coded("111", "111"),
    "one item": coded("1", "2"),
}
OTHERS = {"no structures": Structures({}, frozenset(), ()), "no ledger": Ledger((), {})}
CASES = [(id, name, data) for id in MEASURES
         for name, data in ({f"spans: {n}": d for n, d in STUDIES.items()}
                            | {f"codes: {n}": d for n, d in CODES.items()} | OTHERS).items()]


@pytest.mark.parametrize(("id", "name", "data"), CASES, ids=[f"{i}-{n}" for i, n, _ in CASES])
def test_there_is_a_value_or_a_sentence(id, name, data):
    report = measure(data, id, pool="pooled,mean", resamples=20)
    for estimate in report.pools.values():
        assert (estimate.value is None) == bool(estimate.undefined)
    assert (report.value is None) == bool(report.undefined)
    assert not report.undefined.endswith(".")
    json.dumps(report.as_dict(), allow_nan=False)
    for document, value in report.per_document.items():
        assert (value is None) == (document in report.undefined_documents)


@pytest.mark.parametrize(("data", "reason"), [
    (STUDIES["no documents"], "there are no documents"),
    (STUDIES["no readings"], "nobody has read these documents"),
    (STUDIES["one annotator"], "only one annotator, a, has read these documents"),
    (STUDIES["nothing shared"], "no document was read by two annotators"),
    (CODES["no codes"], "there are no codes"),
    (CODES["one annotator"], "only one annotator, c1, has coded these items"),
    (CODES["nothing shared"], "no item was coded by two annotators"),
    (CODES["one value"], "all annotators used one and the same value"),
])
def test_the_reason_names_what_is_missing(data, reason):
    report = measure(data, "alpha")
    assert report.undefined.startswith(reason)


def test_words_on_a_scale_of_numbers_are_said():
    report = measure(coded("ab", "ab"), "alpha", level="interval")
    assert "one value is 'a'" in report.undefined


def test_a_crowd_is_not_compared_pair_by_pair():
    codes = Codes.from_rows(("i", f"a{n}", "x") for n in range(60))
    assert "there are 60" in measure(codes, "kappa").undefined


def test_spans_have_no_scale():
    assert "does not apply to spans" in measure(spans(9, a="0-3", b="0-3"), "alpha",
                                                level="ordinal").undefined


@pytest.mark.parametrize(("options", "message"), [
    ({"pool": "median"}, "pool is one of pooled, mean; got 'median'"),
    ({"resamples": -1}, "resamples and seed must be 0 or more"),
    ({"level": "cardinal"}, "alpha takes as level one of nominal"),
])
def test_options_that_do_not_exist_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        measure(coded("ab", "ab"), "alpha", **options)


def test_an_unknown_measure_lists_those_there_are():
    with pytest.raises(ValueError, match=r"no measure 'omega'; there are: percent, alpha"):
        measure(coded("ab", "ab"), "omega")
