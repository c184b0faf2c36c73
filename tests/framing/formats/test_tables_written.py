"""Annotations as tables, for people, spreadsheets and agreement programs."""

import csv
import io

from hypothesis import given

from framing.agreement.study import Study
from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.formats import annotation_table, units
from framing.spans import Span

from .strategies import corpora, quick, wrongly_quoted

TEXT = "=Tor= said the flood of visitors will go on."
DAM = Document(id="dam", text=TEXT)
LOADED = Annotation(
    "a1", "dam", "ada", "loaded_terms", "lt.metaphor", (Part("span", Span(15, 20), "flood"),),
    attributes={"polarity": "neg"},
)  # fmt: skip
SAID = Annotation(
    "a2", "dam", "ben", "attribution", "at.attribution",
    (Part("source", Span(0, 5), "=Tor="), Part("cue", Span(6, 10), "said")),
)  # fmt: skip


def written(write, records):
    stream = io.BytesIO()
    report = write([records], stream)
    return stream.getvalue().decode("utf-8"), report


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_part_has_a_row():
    text, report = written(annotation_table.write, [DAM, SAID, LOADED])
    rows = table(text)
    assert [(r["annotation"], r["role"], r["start"], r["end"], r["quote"]) for r in rows] == [
        ("a1", "span", "15", "20", "flood"),
        ("a2", "source", "0", "5", "=Tor="),
        ("a2", "cue", "6", "10", "said"),
    ]
    assert rows[0]["attributes"] == '{"polarity": "neg"}'
    assert report.kept == {"lt.metaphor": 1, "at.attribution": 1}
    assert report.dropped == {"document": 1}


def test_only_the_table_for_spreadsheets_guards_against_formulas():
    plain, _ = written(annotation_table.write, [DAM, SAID])
    guarded, report = written(annotation_table.write_for_spreadsheets, [DAM, SAID])
    assert table(plain)[0]["quote"] == "=Tor="
    assert table(guarded.removeprefix("\ufeff"))[0]["quote"] == "'=Tor="
    assert guarded.startswith("\ufeff")
    assert report.changed == {"at.attribution": 1}


@quick
@given(corpora())
def test_no_cell_for_spreadsheets_begins_like_a_formula(records):
    text, _ = written(annotation_table.write_for_spreadsheets, records)
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_misquoting_annotation_is_in_no_table():
    for write in (annotation_table.write, annotation_table.write_for_spreadsheets, units.write):
        text, report = written(write, [DAM, wrongly_quoted(LOADED)])
        assert "lt.metaphor" not in text
        assert len(report.problems) == 1


def test_units_name_the_role_of_an_attribution_and_the_label_of_others():
    text, _ = written(units.write, [DAM, LOADED, SAID])
    assert text == (
        "document,length,annotator,start,end,label\n"
        "dam,44,ada,15,20,lt.metaphor\n"
        "dam,44,ben,0,5,source\n"
        "dam,44,ben,6,10,cue\n"
    )


def test_units_are_those_that_agreement_is_measured_on():
    text, _ = written(units.write, [DAM, LOADED, SAID])
    measured = {
        unit
        for device in ("loaded_terms", "attribution")
        for unit in Study.from_annotations([DAM], [LOADED, SAID], [], device=device).units
    }
    assert {(r["annotator"], int(r["start"]), int(r["end"]), r["label"]) for r in table(text)} == {
        (unit.annotator, unit.start, unit.end, unit.label) for unit in measured
    }


def test_a_reader_who_marked_nothing_has_an_empty_row():
    text, report = written(units.write, [DAM, Reading("dam", "cy", "loaded_terms"), LOADED])
    assert "dam,44,cy,,,\n" in text
    assert report.changed["reading"] == 1


def test_an_unfinished_reading_is_no_reading():
    text, report = written(units.write, [DAM, Reading("dam", "cy", "loaded_terms", State.OPEN)])
    assert "cy" not in text
    assert report.dropped == {"reading": 1, "document": 1}


def test_evidence_elsewhere_is_no_unit_but_its_annotator_read_the_article():
    other = Document(id="other", text="Guards fired.")
    whole = Annotation(
        "o1",
        "dam",
        "ada",
        "omission",
        "om.actor",
        (Part("evidence", Span(0, 6), "Guards", "other"),),
    )
    text, report = written(units.write, [DAM, other, whole])
    assert text.splitlines()[1:] == ["dam,44,ada,,,"]
    assert report.dropped == {"om.actor": 1, "document": 1}


def test_units_of_an_article_that_is_not_there_are_reported():
    text, report = written(units.write, [LOADED])
    assert text == "document,length,annotator,start,end,label\n"
    assert report.notes["the article is not among the documents"] == 1


@quick
@given(corpora())
def test_every_record_is_counted_once(records):
    for write in (annotation_table.write, annotation_table.write_for_spreadsheets, units.write):
        _, report = written(write, records)
        counted = report.kept.total() + report.changed.total() + report.dropped.total()
        assert counted == len(records)
