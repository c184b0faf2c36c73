"""What holds for every measure at once, whatever it measures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.agreement import MEASURES, Code, Codes, Study, Unit, measure, spec
from tests.framing.agreement.tables import spans

SPANS = [id for id, m in MEASURES.items() if Study in m.accepts and Codes not in m.accepts]
CODING = [id for id, m in MEASURES.items() if Codes in m.accepts]
MODELS = {"mace", "dawid-skene"}
CHARACTERS = [id for id in CODING if Study in MEASURES[id].accepts and id not in MODELS]
ON_SPANS = SPANS + CHARACTERS
OPTIONS = {"gamma": {"samples": 3}, "gamma-cat": {"samples": 3},
           "gamma-k": {"samples": 3, "label": "x"}, "ku-alpha": {"label": "x"},
           "f1-positive": {"label": "1"}}
SEGMENTED = {"boundary-similarity", "segmentation-similarity"}
TWO_ANNOTATORS = {"scott"}
LENGTH = 60


def value(data: Study | Codes, id: str) -> float | None:
    return measure(data, id, resamples=0, **OPTIONS.get(id, {})).value


def flat(marks: list[list[int]], names: str, labels: str, document: str) -> list[Unit]:
    """Return units of at least 1 and no overlap from cuts of the line."""
    units = []
    for name, cuts in zip(names, marks, strict=True):
        places = sorted(set(cuts))
        for index in range(0, len(places) - 1, 2):
            start, end = places[index], places[index + 1]
            units.append(Unit(document, name, start, end, labels[(start + end) % len(labels)]))
    return units


CUTS = st.lists(st.lists(st.integers(0, LENGTH), max_size=8), min_size=2, max_size=3)
CORPUS = st.lists(CUTS, min_size=1, max_size=3)


def study_of(corpus: list[list[list[int]]], *, names: str = "abc", labels: str = "xyz",
             reverse: bool = False) -> Study:
    units, readings = [], set()
    for number, marks in enumerate(corpus):
        readings |= {(f"d{number}", name) for name in names[: len(marks)]}
        units += flat(marks, names[: len(marks)], labels, f"d{number}")
    documents = {f"d{number}": LENGTH for number in range(len(corpus))}
    if reverse:
        units, documents = units[::-1], dict(reversed(documents.items()))
    return Study(documents, frozenset(readings), tuple(units))


def same(one: float | None, other: float | None) -> bool:
    return one is other is None or (one is not None and other is not None
                                    and one == pytest.approx(other, abs=1e-9))


@pytest.mark.parametrize("id", ON_SPANS)
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_annotators_names_do_not_matter(id, corpus):
    if id in TWO_ANNOTATORS and max(map(len, corpus)) > 2:
        return
    assert same(value(study_of(corpus), id), value(study_of(corpus, names="zyx"), id))


@pytest.mark.parametrize("id", ON_SPANS)
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_the_order_of_documents_and_units_does_not_matter(id, corpus):
    assert same(value(study_of(corpus), id), value(study_of(corpus, reverse=True), id))


@pytest.mark.parametrize("id", [id for id in ON_SPANS if "label" not in OPTIONS.get(id, {})])
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_other_names_for_the_labels_do_not_matter(id, corpus):
    assert same(value(study_of(corpus), id), value(study_of(corpus, labels="rqp"), id))


@pytest.mark.parametrize("id", SPANS)
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_a_document_in_which_nobody_marks_changes_no_match(id, corpus):
    if id.endswith("alpha") or id == "alpha-u-1995" or id in SEGMENTED:
        return  # These compare marked with unmarked text, so more unmarked text is evidence.
    study = study_of(corpus)
    more = Study({**study.documents, "e": 90},
                 study.readings | {("e", "a"), ("e", "b")}, study.units)
    assert same(value(study, id), value(more, id))


@pytest.mark.parametrize("id", ON_SPANS)
def test_perfect_agreement_is_one(id):
    names = dict.fromkeys("ab" if id in TWO_ANNOTATORS else "abc", "0-9:x 20-31:y 40-44:x")
    if id in SEGMENTED:
        names = dict.fromkeys("abc", "0-20:x 20-31:y 31-60:x")
    assert value(spans(LENGTH, **names), id) == pytest.approx(1.0)


@pytest.mark.parametrize("id", [id for id in CODING if id not in MODELS])
def test_perfect_agreement_on_items_is_one(id):
    names = "ab" if id in TWO_ANNOTATORS else "abc"
    codes = Codes.from_rows((str(i), name, "123"[i % 3]) for i in range(9) for name in names)
    assert value(codes, id) == pytest.approx(1.0)


@pytest.mark.parametrize("id", ["alpha", "kappa", "scott", "fleiss", "ac1", "s"])
def test_chance_on_items_is_near_zero(id):
    rng = np.random.default_rng(5)
    codes = Codes.from_rows((str(i), name, str(rng.integers(3))) for i in range(3000)
                            for name in "ab")
    assert abs(value(codes, id)) < 0.05


@pytest.mark.parametrize("id", ["alpha", "u-alpha", "bu-alpha", "alpha-u-1995", "gamma"])
def test_chance_on_spans_is_near_zero(id):
    rng = np.random.default_rng(7)
    units = []
    for document in range(40):
        for name in "ab":
            places = np.sort(rng.choice(600, 20, replace=False))
            units += [Unit(f"d{document}", name, int(s), int(e), "x")
                      for s, e in places.reshape(-1, 2)]
    study = Study({f"d{d}": 600 for d in range(40)}, frozenset(), tuple(units))
    assert abs(measure(study, id, resamples=0).value) < 0.12


@pytest.mark.parametrize("id", [id for id in ON_SPANS if "k" not in id.split("-")])
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_values_are_bounded_or_explained(id, corpus):
    report = measure(study_of(corpus), id, resamples=0, **OPTIONS.get(id, {}))
    assert (report.value is None) == bool(report.undefined)
    assert report.value is None or report.value <= 1.0 + 1e-9


@pytest.mark.parametrize("id", CHARACTERS)
@settings(max_examples=10, deadline=None)
@given(corpus=CORPUS)
def test_in_and_out_are_two_values_when_nothing_overlaps(id, corpus):
    study = study_of(corpus)
    marked = Study(study.documents, study.readings,
                   tuple(unit._replace(label="x") for unit in study.units))
    one, other = (measure(data, id, resamples=0, characters=characters)
                  for data, characters in ((study, "in-out"), (marked, "labels")))
    assert not any("not only by in or out" in note for note in one.notes)
    if marked.units:
        assert same(one.value, other.value)


def test_in_and_out_take_labels_where_spans_overlap_and_say_so():
    # Of 10 characters 8 are in for both; 3 of them are held by two spans of a.
    report = measure(spans(10, a="0-8 2-5", b="0-8"), "percent", characters="in-out")
    assert report.value == pytest.approx(0.7)
    assert "not only by in or out" in report.notes[0]


@pytest.mark.parametrize("id", MEASURES)
def test_every_measure_states_itself(id):
    chosen = spec(id)
    assert chosen.title
    assert set(chosen.choices) <= set(chosen.parameters)
    for name, allowed in chosen.choices.items():
        assert chosen.parameters[name] in allowed
    with pytest.raises(ValueError, match="takes no 'nonsense'"):
        measure(Codes(()), id, nonsense=1)


def test_relabelling_items_does_not_matter():
    rows = [(str(i), name, str((i * 7 + ord(name)) % 3)) for i in range(20) for name in "abc"]
    turned = Codes(tuple(Code(f"q{i}", n, {"0": "r", "1": "s", "2": "t"}[v]) for i, n, v in rows))
    for id in ("alpha", "kappa", "fleiss", "ac1", "s", "percent"):
        assert same(value(Codes.from_rows(rows), id), value(turned, id))
