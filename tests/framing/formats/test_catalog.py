"""The catalog says what a file is, and its page says what each format keeps and loses."""

import io
import os
from pathlib import Path

import pytest

from framing.formats import catalog
from framing.formats.base import Carries, Format
from framing.formats.catalog import FORMATS
from framing.problems import Problem

PAGE = Path(__file__).parents[3] / "docs" / "formats.md"


def test_the_formats_are_these():
    assert [entry.id for entry in FORMATS] == [
        "text", "folder", "zip", "documents-jsonl", "annotations-jsonl", "csv",
        "annotations-csv", "annotations-spreadsheet", "units-csv",
        "web-annotation", "brat", "conll", "ptc",
    ]  # fmt: skip


@pytest.mark.parametrize("entry", FORMATS, ids=[entry.id for entry in FORMATS])
def test_every_format_has_its_row_with_its_losses_on_the_page(entry):
    (row,) = [line for line in PAGE.read_text("utf-8").splitlines() if f"| `{entry.id}` " in line]
    _, endings, ways, keeps, loses = (cell.strip() for cell in row.strip("|").split("|"))
    assert endings == ", ".join(f"`{ending}`" for ending in entry.extensions)
    possible = {"read": entry.read or entry.id == "folder", "written": entry.write}
    assert ways == ", ".join(way for way, can in possible.items() if can)
    assert keeps == ", ".join(kind for kind in Carries if kind in entry.carries)
    assert loses == ("; ".join(entry.losses) or "nothing")


KNOWN = [
    ("a.txt", b"text", "text"),
    ("A.TXT", b"text", "text"),
    ("a.zip", b"PK\x03\x04", "zip"),
    ("a.jsonl", b'{"text": "x"}', "documents-jsonl"),
    ("a.ndjson", b'{"type" : "annotation"}', "annotations-jsonl"),
    ("a.jsonl", b'{"type":"document"}\n{"type": "reading"}', "annotations-jsonl"),
    ("a.csv", b"text\nx", "csv"),
    ("a.tsv", b"text\nx", "csv"),
    ("a.csv", b"document,annotator,annotation,device,label,role,start,end", "annotations-csv"),
    ("a.tsv", "Document\tAnnotation\tRole\tStart".encode("utf-16"), "annotations-csv"),
    ("-", b"text", "text"),
    ("", b' {"text": "x"}', "documents-jsonl"),
    ("-", b"PK\x03\x04", "zip"),
    ("folder.d/letter", b"text", "text"),
]


@pytest.mark.parametrize(("name", "head", "id"), KNOWN)
def test_a_file_is_recognised_by_ending_and_content(name, head, id):
    found = catalog.detect(name, head)
    assert isinstance(found, Format)
    assert found.id == id


UNKNOWN = [
    ("a.docx", b"PK\x03\x04[Content_Types].xml word/", "a Word document"),
    ("a.txt", b"%PDF-1.4", "a PDF file"),
    ("a.txt", b"PK\x03\x04", "a ZIP archive"),
    ("a.zip", b"%PDF-1.4", "a PDF file"),
    ("a.csv", b"PK\x03\x04[Content_Types].xml xl/", "an Excel workbook"),
    ("a.html", b"<html>", "'.html' are not read"),
    ("a.xml", b"<x/>", "'.xml' are not read"),
    ("-", b"\x89PNG\r\n", "a PNG image"),
]


@pytest.mark.parametrize(("name", "head", "words"), UNKNOWN)
def test_what_is_not_read_is_named_with_a_remedy(name, head, words):
    problem = catalog.detect(name, head)
    assert isinstance(problem, Problem)
    assert problem.place == name
    assert words in problem.message
    assert problem.remedy


def test_a_stream_is_read_from_its_beginning_although_its_head_was_looked_at():
    (row,) = catalog.read(io.BytesIO(b"x" * 100_000), name="a.txt")
    assert len(row.item.text) == 100_000


def test_a_stream_that_cannot_go_back_is_read_from_its_beginning():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    (row,) = catalog.read(Pipe(b"x" * 100_000), name="-")
    assert len(row.item.text) == 100_000


def test_an_unknown_format_is_a_row_with_the_known_ones():
    (row,) = catalog.read(io.BytesIO(b""), name="a.txt", format_id="pdf")
    assert "'pdf'" in row.problem.message
    assert "annotations-jsonl" in row.problem.remedy


def test_a_format_that_is_only_written_is_not_read():
    (row,) = catalog.read(io.BytesIO(b""), name="a.csv", format_id="units-csv")
    assert "not read" in row.problem.message


def test_a_missing_file_is_a_row(tmp_path):
    (row,) = catalog.read_path(tmp_path / "none.txt")
    assert "No such file" in row.problem.message


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    (tmp_path / "b.txt").write_text("two")
    (tmp_path / "a.jsonl").write_text('{"id":"one","text":"x"}')
    (tmp_path / "note.md").write_text("x")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.txt").write_text("three")
    rows = list(catalog.read_path(tmp_path))
    assert [row.item.id for row in rows if row.item] == ["one", "b", "deep/b"]
    assert [row.notes for row in rows if row.notes] == [("skipped: not a kind that is read",)]


def test_a_file_name_that_is_not_utf8_can_be_read_and_written(tmp_path):
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("x")
    for rows in (catalog.read_path(path), catalog.read_path(tmp_path)):
        (row,) = rows
        assert row.item.id == "caf?"
        assert row.place.encode("utf-8").endswith(b"caf?.txt")


def test_a_folder_without_texts_says_so(tmp_path):
    (row,) = catalog.read_path(tmp_path)
    assert row.problem.place == str(tmp_path)
    assert "holds no records" in row.problem.message


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.zip"])
def test_an_empty_file_is_one_row_that_says_so(name):
    (row,) = catalog.read(io.BytesIO(b""), name=name)
    assert row.problem.place.startswith(name)


@pytest.mark.parametrize(("name", "data"), [("a.jsonl", b" \n\n"), ("a.csv", b"id,text\n")])
def test_a_file_without_records_says_so(name, data):
    (row,) = catalog.read(io.BytesIO(data), name=name)
    assert row.problem.message == "the file holds no records."
