"""JSON lines say what they said, and every bad line has its place."""

import io
import json

import pytest
from hypothesis import given

from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.formats import jsonl, jsonl_writer
from framing.formats.lines import LINE_LIMIT
from framing.spans import Span

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


def read(data):
    return list(jsonl.read(io.BytesIO(data), name="a.jsonl"))


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


def annotation(**changes):
    values = {
        "type": "annotation", "id": "a1", "document": "dam", "annotator": "ada",
        "device": "loaded_terms", "label": "lt.scale",
        "parts": [{"role": "span", "start": 0, "end": 4, "quote": "mere"}],
    }  # fmt: skip
    values.update(changes)
    return json.dumps({key: value for key, value in values.items() if value != "-"}).encode()


def part(**changes):
    values = {"role": "span", "start": 0, "end": 4, "quote": "mere"} | changes
    return annotation(parts=[{key: value for key, value in values.items() if value != "-"}])


BAD = [
    ("no JSON", b"text", "line 1, column 1", "not JSON"),
    ("cut off", b'{"text": "x"', "line 1, column 13", "not JSON"),
    ("raw newline escape", b'{"text": "\x01"}', "line 1, column 11", "control character"),
    ("a list", b'["text"]', "line 1", "is not an object"),
    ("a number", b"17", "line 1", "is not an object"),
    ("NaN", b'{"text": "x", "score": NaN}', "line 1", "NaN is not JSON"),
    ("Infinity", b'{"text": "x", "score": -Infinity}', "line 1", "-Infinity is not JSON"),
    ("deep", b'{"a":' * 50_000, "line 1", "nested too deeply"),
    ("huge number", b'{"text":"x","n":' + b"9" * 5_000 + b"}", "line 1", "too many digits"),
    ("key twice", b'{"id": "a", "id": "b"}', "line 1", "'id' stands twice"),
    ("Latin-1", b'{"text": "caf\xe9"}', "line 1, byte 14", "0xE9 is not UTF-8"),
    ("binary", b"%PDF-1.4", "", "a PDF file"),
    ("no type", b'{"id": "a"}', "line 1, type", "missing"),
    ("wrong type", b'{"type": "span"}', "line 1, type", "'span' is no kind"),
    ("type no string", b'{"type": 3}', "line 1, type", "not a string"),
    ("no text", b'{"type": "document", "id": "a"}', "line 1, text", "is empty"),
    ("blank text", b'{"text": " \\n"}', "line 1, text", "white space"),
    ("text a list", b'{"text": ["x"]}', "line 1, text", "not a string"),
    ("NUL in text", b'{"text": "a\\u0000"}', "line 1, text, line 1", "NUL"),
    ("surrogate", b'{"text": "a\\ud83d"}', "line 1, text, line 1", "surrogate"),
    (
        "surrogate in a title",
        b'{"text": "a", "title": "\\udc00"}',
        "line 1, title, line 1",
        "surrog",
    ),
    (
        "surrogate in a key",
        b'{"text": "a", "type": "\\ud800"}',
        "line 1, type, line 1",
        "surrogate",
    ),
    ("id a number", b'{"text": "x", "id": 17}', "line 1, id", "not a string"),
    ("id with newline", b'{"text": "x", "id": "a\\nb"}', "line 1, id", "newline"),
    (
        "title too long",
        json.dumps({"text": "x", "title": "x" * 1001}).encode(),
        "line 1, title",
        "1,001",
    ),
    ("no date", b'{"text": "x", "published": "4 May"}', "line 1, published", "ISO 8601"),
    ("no such day", b'{"text": "x", "published": "2026-02-30"}', "line 1, published", "ISO 8601"),
    ("other calendar", b'{"text": "x", "published": "2026-W01-1"}', "line 1, published", "ISO"),
    (
        "script address",
        b'{"text": "x", "url": "javascript:alert(1)"}',
        "line 1, url",
        "web address",
    ),
    ("file address", b'{"text": "x", "url": "file:///etc/passwd"}', "line 1, url", "web address"),
    ("broken address", b'{"text": "x", "url": "http://[1"}', "line 1, url", "web address"),
    ("address with blank", b'{"text": "x", "url": "http://a b"}', "line 1, url", "web address"),
    ("other text", b'{"text": "x", "sha256": "00"}', "line 1, sha256", "fingerprint"),
    ("UTF-16 offsets", b'{"text": "x", "offset_unit": "utf16"}', "line 1, offset_unit", "'utf16'"),
    ("no annotation id", annotation(id="-"), "line 1, id", "missing"),
    ("no document", annotation(document="-"), "line 1, document", "missing"),
    ("empty annotator", annotation(annotator=" "), "line 1, annotator", "missing"),
    ("no device", annotation(device=None), "line 1, device", "missing"),
    ("no label", annotation(label="-"), "line 1, label", "missing"),
    ("no parts", annotation(parts="-"), "line 1, parts", "missing"),
    ("parts no list", annotation(parts={}), "line 1, parts", "not a list"),
    ("part no object", annotation(parts=[3]), "line 1, part 1", "object"),
    ("no start", part(start="-"), "line 1, part 1, start", "whole number"),
    ("start negative", part(start=-1), "line 1, part 1, start", "whole number"),
    ("start a fraction", part(start=1.5), "line 1, part 1, start", "whole number"),
    ("start true", part(start=True), "line 1, part 1, start", "whole number"),
    ("start a string", part(start="1"), "line 1, part 1, start", "whole number"),
    ("end before start", part(start=9), "line 1, part 1, end", "4 lies before the start 9"),
    ("no quote", part(quote="-"), "line 1, part 1, quote", "missing"),
    ("no role", part(role="-"), "line 1, part 1, role", "missing"),
    ("attributes a list", annotation(attributes=[]), "line 1, attributes", "not an object"),
    (
        "attribute a number",
        annotation(attributes={"n": 2}),
        "line 1, attributes, n",
        "not a string",
    ),
    ("score a string", annotation(score="1"), "line 1, score", "finite number"),
    ("score true", annotation(score=True), "line 1, score", "finite number"),
    ("score too big", annotation(score=10**400), "line 1, score", "finite number"),
    (
        "score infinite",
        annotation(score=0).replace(b'"score": 0', b'"score": 1e999'),
        "line 1, score",
        "finite number",
    ),
    (
        "no state",
        b'{"type": "reading", "document": "a", "annotator": "b", "device": "c", "state": "x"}',
        "line 1, state",
        "'x' is no state",
    ),
    (
        "reading of nothing",
        b'{"type": "reading", "annotator": "b", "device": "c"}',
        "line 1, document",
        "missing",
    ),
]


@pytest.mark.parametrize(
    ("line", "place", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD]
)
def test_a_bad_line_is_refused_with_its_place_and_a_remedy(line, place, words):
    (row,) = read(line)
    assert row.item is None
    assert row.number == 1
    assert row.problem.place == (f"a.jsonl, {place}" if place else "a.jsonl")
    assert words in row.problem.message
    assert row.problem.remedy


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
