"""The long table of annotations comes back as it went."""

import io

import pytest
from hypothesis import given

from framing.annotations import Annotation, Part
from framing.formats import annotation_table, annotation_table_reader
from framing.spans import Span

from .strategies import corpora, quick

HEADER = ",".join(annotation_table.COLUMNS[:11])


def read(data):
    data = data.encode() if isinstance(data, str) else data
    return list(annotation_table_reader.read(io.BytesIO(data), name="t.csv"))


def table(*rows):
    return "\n".join([HEADER, *rows])


@quick
@given(corpora())
def test_reading_what_was_written_gives_the_same_annotations(records):
    stream = io.BytesIO()
    annotation_table.write([records], stream)
    written = [record for record in records if isinstance(record, Annotation)]
    rows = [row for row in read(stream.getvalue()) if written]
    assert [row.problem for row in rows] == [None] * len(written)
    assert all(row.item in written for row in rows)


def test_rows_that_follow_each_other_are_one_annotation():
    rows = read(table(
        "dam,ada,a1,attribution,at.attribution,source,0,7,Critics,,",
        "dam,ada,a1,attribution,at.attribution,cue,8,11,say,,",
        "dam,ada,a2,loaded_terms,lt.scale,span,20,24,mere,{},sure",
    ))  # fmt: skip
    assert [row.number for row in rows] == [2, 4]
    assert rows[0].item.parts == (
        Part("source", Span(0, 7), "Critics"), Part("cue", Span(8, 11), "say"),
    )  # fmt: skip
    assert rows[1].item.note == "sure"


GOOD = "dam,ada,a1,loaded_terms,lt.scale,span,0,4,mere,,"
BAD = [
    ("no number", GOOD.replace("0,4", "x,4"), "row 2, start", "'x' is not a whole number"),
    ("negative", GOOD.replace("0,4", "-1,4"), "row 2, start", "'-1'"),
    ("no end", GOOD.replace("0,4", "0,"), "row 2, end", "is not a whole number"),
    ("a fraction", GOOD.replace("0,4", "0,4.0"), "row 2, end", "'4.0'"),
    ("other digits", GOOD.replace("0,4", "0,٤"), "row 2, end", "whole number"),
    ("end before start", GOOD.replace("0,4", "5,4"), "row 2, part 1, end", "before the start 5"),
    ("no role", GOOD.replace("span", ""), "row 2, part 1, role", "missing"),
    ("no annotator", GOOD.replace("ada", ""), "row 2, annotator", "missing"),
    ("no id", GOOD.replace("a1", ""), "row 2, id", "missing"),
    ("broken attributes", GOOD[:-1] + "{,", "row 2, attributes, column 2", "not JSON"),
    ("attributes a list", GOOD[:-1] + "[],", "row 2, attributes", "not an object"),
    ("attribute a number", GOOD[:-1] + '"{""n"": 1}",', "row 2, attributes, n", "not a string"),
    ("too many cells", GOOD + ",more", "row 2", "12 cells, the header 11"),
]


@pytest.mark.parametrize(
    ("line", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_row_is_refused_with_its_place_and_the_next_is_kept(line, place, words):
    bad, good = read(table(line, GOOD.replace("a1", "a9")))
    assert bad.problem.place == f"t.csv, {place}"
    assert words in bad.problem.message
    assert bad.problem.remedy
    assert good.item.id == "a9"


def test_rows_of_one_annotation_that_contradict_each_other_are_refused():
    (row,) = read(table(GOOD, GOOD.replace("lt.scale", "lt.hedge")))
    assert row.problem.place == "t.csv, row 3, label"
    assert "'lt.hedge' differs from the first row" in row.problem.message


def test_an_annotation_that_comes_again_later_is_refused():
    rows = read(table(GOOD, GOOD.replace("a1", "a2"), GOOD))
    assert "'a1' was already given in t.csv, row 2" in rows[2].problem.message


def test_a_missing_column_is_named():
    (row,) = read("document,annotator,annotation,device,label,role,start\n")
    assert "there is no column 'end'" in row.problem.message
