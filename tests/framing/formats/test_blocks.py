"""One file is written event by event, so that a large project never has to be in memory."""

import csv
import io
import json
import zipfile

import pytest

from framing.annotations import Annotation, Part
from framing.documents import Document
from framing.formats.catalog import FORMATS
from framing.spans import Span

WRITABLE = [entry for entry in FORMATS if entry.write_blocks]


def event(name):
    """Return the records of an event with one article and one annotation."""
    text = "Agitators storm dam"
    part = Part("span", Span(0, 9), "Agitators")
    marked = Annotation(name, name, "ada", "loaded_terms", "lt.epithet", (part,))
    return [Document(id=name, text=text, event=name), marked]


def entries(data, format_id):
    """Count what the file holds, read as its kind of file is read."""
    if format_id == "brat":
        return len(zipfile.ZipFile(io.BytesIO(data)).namelist()) // 2
    text = data.decode("utf-8-sig")
    if format_id == "web-annotation":
        return len(json.loads(text)["items"])
    if format_id.endswith(("csv", "spreadsheet")):
        return len(list(csv.DictReader(io.StringIO(text, newline=""))))
    if format_id == "conll":
        return text.count("# document")
    return sum("Agitators" in line or "\t" in line for line in text.splitlines())


@pytest.mark.parametrize("entry", WRITABLE, ids=[entry.id for entry in WRITABLE])
def test_two_blocks_are_one_well_formed_file(entry):
    together, one = io.BytesIO(), io.BytesIO()
    report = entry.write_blocks([event("dam"), event("ferry")], together)
    entry.write(event("dam"), one)
    single = entries(one.getvalue(), entry.id)
    assert single
    assert entries(together.getvalue(), entry.id) == 2 * single
    assert report.kept.total() + report.changed.total() + report.dropped.total() == 4


@pytest.mark.parametrize("entry", WRITABLE, ids=[entry.id for entry in WRITABLE])
def test_a_block_is_written_before_the_next_is_asked_for(entry):
    stream = io.BytesIO()

    def blocks():
        yield event("dam")
        assert stream.tell() > empty
        yield event("ferry")

    entry.write_blocks([], before := io.BytesIO())
    empty = before.tell() if entry.id != "brat" else 0
    entry.write_blocks(blocks(), stream)


@pytest.mark.parametrize("entry", WRITABLE, ids=[entry.id for entry in WRITABLE])
def test_no_records_give_a_file_and_an_empty_report(entry):
    stream = io.BytesIO()
    report = entry.write([], stream)
    assert report.as_dict() == {
        "kept": {}, "changed": {}, "dropped": {}, "notes": {}, "problems": []
    }  # fmt: skip
