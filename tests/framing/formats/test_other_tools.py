"""Exports for other tools: what they show is what our annotations say."""

import io
import json
import zipfile

import pytest
from hypothesis import given

from framing.annotations import Annotation, Part, Reading
from framing.documents import Document
from framing.formats import brat, conll, ptc, units, web_annotation
from framing.spans import Span

from .strategies import corpora, quick

TEXT = "“Agitators” 😀\nCritics say the firm ignored\na mere dozen."
DAM = Document(id="dam", text=TEXT, url="https://example.org/dam")


def part(role, quote):
    start = TEXT.index(quote)
    return Part(role, Span(start, start + len(quote)), quote)


EPITHET = Annotation(
    "a1", "dam", "ada", "loaded_terms", "lt.epithet", (part("span", "Agitators"),),
    {"polarity": "neg", "neutral_alternative": "the march"}, "sure",
)  # fmt: skip
SAID = Annotation(
    "a2", "dam", "ada", "attribution", "at.attribution",
    (part("source", "Critics"), part("cue", "say"), part("content", "the firm ignored\na"),
     part("content", "dozen")),
)  # fmt: skip
MERE = Annotation("a3", "dam", "ada", "loaded_terms", "lt.scale", (part("span", "mere"),))
GAP = Annotation(
    "a4", "dam", "ada", "omission", "om.actor",
    (Part("anchor", Span(3, 3), ""), Part("evidence", Span(0, 6), "Guards", "other")),
)  # fmt: skip
OTHER = Document(id="other", text="Guards fired.")
RECORDS = [DAM, OTHER, EPITHET, SAID, MERE, GAP, Reading("dam", "ben", "omission")]


def written(module, records):
    stream = io.BytesIO()
    report = module.write([records], stream)
    return stream.getvalue(), report


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("module", [brat, conll, ptc, units, web_annotation])
@quick
@given(records=corpora())
def test_every_record_is_counted_once_and_equal_records_give_equal_bytes(module, records):
    data, report = written(module, records)
    counted = report.kept.total() + report.changed.total() + report.dropped.total()
    assert counted == len(records)
    assert written(module, records)[0] == data


def test_brat_shows_spans_events_attributes_and_notes():
    files = unpacked(written(brat, RECORDS)[0])
    assert files["ada/dam.txt"] == files["ben/dam.txt"] == TEXT
    assert files["ben/dam.ann"] == ""
    assert files["ada/dam.ann"].splitlines() == [
        "T1\tlt_epithet 1 10\tAgitators",
        "#1\tAnnotatorNotes T1\tneutral_alternative: the march",
        "A1\tpolarity T1 neg",
        "#2\tAnnotatorNotes T1\tsure",
        "T2\tat_attribution 22 25\tsay",
        "T3\tSource 14 21\tCritics",
        "T4\tCue 22 25\tsay",
        "T5\tContent 26 44;50 55\tthe firm ignored a dozen",
        "E1\tat_attribution:T2 Source:T3 Cue:T4 Content:T5",
        "T6\tlt_scale 45 49\tmere",
    ]


def test_two_sources_are_two_arguments_in_brat():
    two = Annotation("a", "dam", "ada", "attribution", "at.attribution",
                     (part("source", "Critics"), part("source", "firm")))  # fmt: skip
    lines = unpacked(written(brat, [DAM, two])[0])["ada/dam.ann"].splitlines()
    assert lines[-1] == "E1\tat_attribution:T1 Source:T2 Source2:T3"


@pytest.mark.parametrize("id", ["..", ".", "../x", "/etc/passwd", "a\\b", "a b", "é"])
def test_no_id_leads_a_brat_file_out_of_its_folder(id):
    files = unpacked(written(brat, [Document(id, "x"), Reading(id, id, "omission")])[0])
    for name in files:
        folder, file = name.split("/")
        assert "\\" not in name
        assert folder.strip(".")
        assert file.strip(".") not in ("txt", "ann")


def test_brat_leaves_out_what_has_no_characters_and_says_so():
    report = written(brat, RECORDS)[1]
    assert report.dropped == {"om.actor": 1, "document": 1}
    assert report.notes["no span with characters in the annotated article"] == 1
    assert report.notes["nobody has read the article"] == 1


@quick
@given(corpora())
def test_brat_spans_say_what_the_text_says_at_their_places(records):
    files = unpacked(written(brat, records)[0])
    for name in (name for name in files if name.endswith(".ann")):
        text = files[name.removesuffix("ann") + "txt"]
        for line in files[name].split("\n"):
            if line.startswith("T"):
                _, place, quote = line.split("\t")
                pieces = [piece.split() for piece in place.split(" ", 1)[1].split(";")]
                said = " ".join(text[int(start) : int(end)] for start, end in pieces)
                assert said.translate({9: " ", 10: " "}) == quote


def rows(data):
    return [line.split("\t") for line in data.decode().split("\n")]


def test_conll_has_a_column_for_each_device():
    found = rows(written(conll, RECORDS)[0])
    assert found[:2] == [["# document = dam"], ["# annotator = ada"]]
    assert ["Agitators", "1", "10", "B-lt.epithet", "O", "O"] in found
    assert ["Critics", "14", "21", "O", "B-source", "O"] in found
    assert ["firm", "30", "34", "O", "I-content", "O"] in found
    assert ["mere", "45", "49", "B-lt.scale", "O", "O"] in found
    assert ["# annotator = ben"] in found


def test_a_conll_span_is_widened_to_tokens_and_the_report_says_so():
    half = Annotation("a", "dam", "ada", "loaded_terms", "lt.epithet",
                      (Part("span", Span(3, 8), TEXT[3:8]),))  # fmt: skip
    data, report = written(conll, [DAM, half])
    assert ["Agitators", "1", "10", "B-lt.epithet", "O", "O"] in rows(data)
    assert report.changed == {"lt.epithet": 1}


def test_of_two_overlapping_spans_conll_keeps_the_first_and_reports_the_other():
    twin = Annotation("b", "dam", "ada", "loaded_terms", "lt.metaphor", EPITHET.parts)
    data, report = written(conll, [DAM, EPITHET, twin])
    assert b"lt.metaphor" not in data
    assert report.dropped == {"lt.metaphor": 1}


def test_an_empty_anchor_labels_no_conll_token():
    data, report = written(conll, RECORDS)
    assert b"om.actor" not in data
    assert report.dropped["om.actor"] == 1


@quick
@given(corpora())
def test_conll_tokens_stand_where_they_say(records):
    texts = {record.id: record.text for record in records if isinstance(record, Document)}
    text = ""
    for row in rows(written(conll, records)[0]):
        if row[0].startswith("# document = ") and len(row) == 1:
            text = texts[row[0].removeprefix("# document = ")]
        elif len(row) == 6:
            assert text[int(row[1]) : int(row[2])] == row[0]


@pytest.mark.parametrize(
    ("label", "technique"),
    [
        ("lt.epithet", "Name_Calling,Labeling"),
        ("lt.charged_verb", "Loaded_Language"),
        ("lt.presupposing", "Loaded_Language"),
        ("lt.euphemism", "Exaggeration,Minimisation"),
        ("lt.hedge", "Doubt"),
    ],
)
def test_labels_become_techniques(label, technique):
    marked = Annotation("a", "dam", "ada", "loaded_terms", label, EPITHET.parts)
    assert written(ptc, [DAM, marked])[0] == f"dam\t{technique}\t1\t10\n".encode()


@pytest.mark.parametrize(
    ("stance", "source", "data"),
    [
        ("distancing", "named_person", b"dam\tDoubt\t22\t25\n"),
        ("distancing", "institution", b""),
        ("neutral", "named_person", b""),
    ],
)
def test_only_a_cue_that_distances_from_a_person_is_doubt(stance, source, data):
    values = {"cue_stance": stance, "source_type": source}
    marked = Annotation("a", "dam", "ada", "attribution", "at.attribution", SAID.parts, values)
    assert written(ptc, [DAM, marked])[0] == data


def test_a_span_and_technique_marked_twice_is_one_line_and_reported():
    again = Annotation("b", "dam", "ben", "loaded_terms", "lt.epithet", EPITHET.parts)
    data, report = written(ptc, [DAM, EPITHET, again])
    assert data == b"dam\tName_Calling,Labeling\t1\t10\n"
    assert report.notes["another annotation has the same span and technique"] == 1


def test_a_web_annotation_has_position_quote_and_surroundings():
    page = json.loads(written(web_annotation, RECORDS)[0])
    assert page["type"] == "AnnotationPage"
    other = next(item for item in page["items"] if item["body"][0]["value"] == "om.actor")
    epithet = next(item for item in page["items"] if item["body"][0]["value"] == "lt.epithet")
    assert epithet["body"][1] == {"type": "TextualBody", "purpose": "commenting", "value": "sure"}
    (target,) = epithet["target"]
    assert target["selector"] == [
        {"type": "TextPositionSelector", "start": 1, "end": 10},
        {"type": "TextQuoteSelector", "exact": "Agitators", "prefix": "“",
         "suffix": "” 😀\nCritics say the firm ignored"[:32]},
    ]  # fmt: skip
    assert target["source"]["framing:sha256"] == DAM.sha256
    assert target["framing:role"] == "span"
    assert epithet["framing:attributes"] == dict(EPITHET.attributes)
    assert [target["source"]["id"] for target in other["target"]] == [
        "urn:framing:document:dam", "urn:framing:document:other",
    ]  # fmt: skip
