"""The tidy data: who read what, which units were marked, and what is refused."""

from __future__ import annotations

import pytest

from framing.agreement import Code, Codes, DataError, Study, Unit, measure
from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.spans import Span

TEXT = "The so-called plan failed, a clerk said on Monday."
ARTICLE = Document("d", TEXT)


def marked(id: str, annotator: str, device: str, label: str, *parts: tuple[str, int, int, str]
           ) -> Annotation:
    return Annotation(id, "d", annotator, device, label, tuple(
        Part(role, Span(start, end), TEXT[start:end], document)
        for role, start, end, document in parts))


TERM = marked("1", "Ada", "loaded_terms", "lt.scare_quote", ("span", 4, 13, ""))
TRIPLE = marked("2", "Ada", "attribution", "at.attribution", ("source", 27, 34, ""),
                ("cue", 35, 39, ""), ("content", 0, 25, ""))
GAP = marked("3", "Bo", "omission", "om.source", ("anchor", 25, 25, ""), ("evidence", 3, 9, "e"))


def study_of(device: str, **options: str) -> Study:
    readings = [Reading("d", "Cy", "loaded_terms"), Reading("d", "Di", "loaded_terms", State.OPEN)]
    return Study.from_annotations([ARTICLE], [TERM, TRIPLE, GAP], readings, device=device,
                                  **options)


@pytest.mark.parametrize(("device", "options", "units"), [
    ("loaded_terms", {}, [(4, 13, "lt.scare_quote")]),
    ("loaded_terms", {"level": "device"}, [(4, 13, "loaded_terms")]),
    ("attribution", {}, [(0, 25, "content"), (27, 34, "source"), (35, 39, "cue")]),
    ("attribution", {"role": "cue"}, [(35, 39, "at.attribution")]),
    ("attribution", {"level": "device", "role": "source"}, [(27, 34, "attribution")]),
    ("omission", {}, [(25, 25, "om.source")]),
    ("omission", {"role": "evidence"}, []),
])
def test_units_of_a_device(device, options, units):
    found = sorted((u.start, u.end, u.label) for u in study_of(device, **options).units)
    assert found == units


def test_annotations_and_finished_readings_make_readers():
    assert study_of("loaded_terms").readings == {("d", "Ada"), ("d", "Cy")}
    assert study_of("omission").readings == {("d", "Bo")}


@pytest.mark.parametrize(("unit", "sentence"), [
    (Unit("d", "a", 5, 3, "x"), "unit 1: the end 3 lies before the start 5."),
    (Unit("d", "a", 5, 60, "x"), "unit 1: [5, 60) does not fit document 'd' of 50 code points."),
    (Unit("d", "a", -1, 3, "x"), "unit 1: [-1, 3) does not fit document 'd' of 50 code points."),
    (Unit("e", "a", 1, 3, "x"), "unit 1: the document 'e' is not known."),
])
def test_units_that_do_not_fit_are_refused_by_number(unit, sentence):
    with pytest.raises(DataError) as refused:
        Study({"d": 50}, frozenset(), (unit,))
    assert str(refused.value.problems[0]).startswith(sentence)


def test_a_part_beyond_the_text_names_its_annotation():
    far = Annotation("7", "d", "Ada", "loaded_terms", "lt.hedge",
                     (Part("span", Span(40, 99), "beyond"),))
    with pytest.raises(DataError, match=r"annotation 7: \[40, 99\) does not fit"):
        Study.from_annotations([ARTICLE], [far], [], device="loaded_terms")


def test_a_reading_of_an_unknown_document_is_refused():
    with pytest.raises(DataError, match="reading by Ada: the document 'x' is not known"):
        Study({"d": 9}, frozenset({("x", "Ada")}), ())


def test_restricting_labels_keeps_readings():
    study = Study({"d": 9}, frozenset({("d", "b")}),
                  (Unit("d", "a", 0, 3, "x"), Unit("d", "a", 4, 5, "y")))
    kept = study.restricted(labels={"y"})
    assert [unit.label for unit in kept.units] == ["y"]
    assert kept.readings == study.readings
    assert kept.restricted(annotators={"b"}).units == ()


def test_a_cell_coded_twice_is_refused_by_number():
    with pytest.raises(DataError, match="code 2: 'a' has coded item 'i' before"):
        Codes((Code("i", "a", "x"), Code("i", "a", "y")))


def test_items_of_one_document_are_resampled_together():
    codes = [Code(f"{d}{i}", a, str((d + i) % 2 or (a == "b" and i % 2)), f"doc{d}")
             for d in range(12) for i in range(5) for a in "abc"]
    grouped = measure(Codes(tuple(codes)), "alpha")
    alone = measure(Codes(tuple(Code(c.item, c.annotator, c.value) for c in codes)), "alpha")
    assert grouped.value == pytest.approx(alone.value)
    assert grouped.interval != alone.interval
    assert set(grouped.per_document) == {f"doc{d}" for d in range(12)}
