"""JSON lines say what they said, and every bad line has its place."""

import io
import json

from hypothesis import given

from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.formats import jsonl_writer
from framing.formats.lines import LINE_LIMIT
from framing.spans import Span

from .jsonl_lines import annotation, read
from .strategies import corpora, quick

DAM = Document(id="dam", text="Agitators storm dam", event="dam", published="2026-05-04")
STORM = Annotation(
    id="a1",
    document="dam",
    annotator="ada",
    device="loaded_terms",
    label="lt.charged_verb",
    parts=(Part("span", Span(10, 15), "storm"),),
    attributes={"polarity": "neg", "aim": "direct"},
)
DONE = Reading("dam", "ada", "omission")


def written(records):
    stream = io.BytesIO()
    report = jsonl_writer.write([records], stream)
    return stream.getvalue(), report


@quick
@given(corpora())
def test_reading_what_was_written_gives_the_same_records(records):
    data, report = written(records)
    rows = read(data)
    assert [row.problem for row in rows] == [None] * len(rows)
    found = [row.item for row in rows]
    assert len(found) == len(records)
    assert all(record in found for record in records)
    assert not report.dropped
    assert report.kept.total() == len(records)


@quick
@given(corpora())
def test_the_order_of_annotations_and_readings_does_not_change_the_bytes(records):
    articles = [record for record in records if isinstance(record, Document)]
    others = [record for record in records if not isinstance(record, Document)]
    assert written(records)[0] == written([*reversed(others), *articles])[0]


def test_the_lines_have_the_keys_and_the_order_of_the_specification():
    data, _ = written([STORM, DONE, DAM])
    document, annotation, reading = map(json.loads, data.splitlines())
    assert list(document) == [
        "type", "id", "text", "title", "outlet", "event", "published", "url", "language",
        "sha256", "offset_unit",
    ]  # fmt: skip
    assert document["sha256"] == DAM.sha256
    assert document["offset_unit"] == "codepoint"
    assert list(annotation) == [
        "type", "id", "document", "annotator", "device", "label", "parts", "attributes", "note",
    ]  # fmt: skip
    assert annotation["parts"] == [{"role": "span", "start": 10, "end": 15, "quote": "storm"}]
    assert list(annotation["attributes"]) == ["aim", "polarity"]
    assert reading == {
        "type": "reading", "document": "dam", "annotator": "ada", "device": "omission",
        "state": "done",
    }  # fmt: skip


def test_the_file_is_utf8_without_mark_and_ends_every_line_with_lf():
    data, _ = written([Document(id="a", text="Tör\u2028😀")])
    assert data.startswith(b'{"type"')
    assert data.endswith(b"}\n")
    assert "Tör\u2028😀".encode() in data


def test_a_wrong_quote_is_reported_and_never_written():
    wrong = Annotation("wrong", "dam", "ada", "loaded_terms", "lt.scale",
                       (Part("span", Span(0, 5), "storm"),))  # fmt: skip
    data, report = written([DAM, STORM, wrong])
    assert b"wrong" not in data
    assert b'"a1"' in data
    assert report.dropped == {"lt.scale": 1}
    assert str(report.problems[0]) == (
        "annotation wrong, part 1: the quote is 'storm', the text at [0, 5) 'Agita'. "
        "Mark the passage again in the text as it is now."
    )


def test_a_span_behind_the_text_is_reported():
    wrong = Annotation("wrong", "dam", "ada", "loaded_terms", "lt.scale",
                       (Part("span", Span(15, 20), " dam"),))  # fmt: skip
    _, report = written([DAM, wrong])
    assert "lies outside a text of 19 code points" in report.problems[0].message


def test_evidence_is_held_to_the_article_it_stands_in():
    other = Document(id="other", text="Guards fired.")
    found = Annotation(
        "o1",
        "dam",
        "ada",
        "omission",
        "om.actor",
        (Part("evidence", Span(0, 6), "Guards", "other"),),
    )
    assert not written([DAM, other, found])[1].problems
    assert written([DAM, Document(id="other", text="Police fired."), found])[1].problems


def test_quotes_of_articles_elsewhere_are_kept_and_the_report_says_so():
    data, report = written([STORM])
    assert b"storm" in data
    assert report.notes == {"quotes not checked: the article is not among the documents": 1}


def test_a_document_without_id_is_named_by_its_fingerprint():
    (row,) = read(b'{"text": "Agitators storm dam"}\n')
    assert row.item.id == DAM.sha256[:12]


def test_a_line_without_type_is_a_document_when_it_has_a_text():
    (row,) = read(b'{"id": "dam", "text": "x"}')
    assert row.item == Document(id="dam", text="x")


def test_unknown_keys_are_left_out_with_a_note():
    (row,) = read(b'{"text": "x", "id": "a", "page": 4, "byline": null}')
    assert row.item is not None
    assert row.notes == ("ignored: page",)


def test_a_mark_crlf_and_empty_lines_do_no_harm():
    rows = read(b'\xef\xbb\xbf{"id":"a","text":"x"}\r\n\r\n  \n{"id":"b","text":"y"}')
    assert [(row.number, row.item.id) for row in rows] == [(1, "a"), (4, "b")]


def test_utf16_lines_are_read():
    data = '{"id":"a","text":"😀"}\n{"id":"b","text":"y"}\n'.encode("utf-16")
    assert [row.item.text for row in read(data)] == ["😀", "y"]


def test_newlines_of_a_text_become_lf_and_the_note_says_so():
    raw = Document(id="a", text="one\r\ntwo")
    line = json.dumps({"id": "a", "text": raw.text, "sha256": raw.sha256}).encode()
    (row,) = read(line)
    assert row.item.text == "one\ntwo"
    assert row.notes == ("newlines changed to LF",)


def test_offsets_into_a_text_with_crlf_move_with_its_newlines():
    raw = "One\r\n\r\nthe storm\rblew\r\n"
    start = raw.index("storm\rblew")
    span = {"role": "span", "start": start, "end": start + 10, "quote": "storm\rblew"}
    text = json.dumps({"id": "dam", "text": raw}).encode()
    article, found = read(text + b"\n" + annotation(parts=[span]))
    (moved,) = found.item.parts
    assert moved.span == Span(start - 2, start + 8)
    assert moved.span.quote(article.item.text) == moved.quote == "storm\nblew"
    assert found.notes == ("offsets moved with the newlines of the text",)


def test_a_bad_line_costs_only_itself():
    rows = read(b'{"id":"a","text":"x"}\n{oops\n{"id":"b","text":"y"}\n')
    assert [row.item.id if row.item else row.problem.place for row in rows] == [
        "a", "a.jsonl, line 2, column 2", "b",
    ]  # fmt: skip


def test_a_line_of_ten_megabytes_is_skipped_to_its_end():
    rows = read(b'{"text":"' + b"x" * 10_000_000 + b'"}\n{"id":"b","text":"y"}\n')
    assert "longer than 9,000,000 bytes" in rows[0].problem.message
    assert rows[0].problem.place == "a.jsonl, line 1"
    assert rows[1].item.id == "b"
    assert LINE_LIMIT == 9_000_000


def test_an_id_given_twice_is_refused_naming_the_first():
    rows = read(
        b'{"id":"a","text":"x"}\n{"id":"a","text":"y"}\n' + annotation() + b"\n" + annotation()
    )
    assert rows[1].problem.place == "a.jsonl, line 2"
    assert "'a' was already given in a.jsonl, line 1" in rows[1].problem.message
    assert rows[2].item.id == "a1"
    assert "annotation id 'a1'" in rows[3].problem.message


def test_the_state_of_a_reading_is_read():
    (row,) = read(b'{"type":"reading","document":"a","annotator":"b","device":"c","state":"open"}')
    assert row.item == Reading("a", "b", "c", State.OPEN)


def test_a_documents_file_holds_articles_only_and_the_report_names_the_rest():
    stream = io.BytesIO()
    report = jsonl_writer.write_documents([[DAM, STORM], [DONE]], stream)
    assert len(stream.getvalue().splitlines()) == 1
    assert report.kept == {"document": 1}
    assert report.dropped == {"lt.charged_verb": 1, "reading": 1}
    assert report.notes == {"documents-jsonl holds articles only": 2}
