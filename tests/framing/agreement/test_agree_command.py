"""``python -m framing agree``: what it reads, prints, refuses, and its exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from framing.__main__ import main
from framing.agreement import Study, Unit, measure
from framing.documents import Document

UNITS = """document,length,annotator,start,end,label
d1,60,Alex,0,7,x
d1,60,Paul,0,7,x
d1,60,Paul,10,17,y
d2,60,Paul,,,
d2,60,Alex,,,
d3,60,Alex,,,
"""
CODES = "item,annotator,value\ni1,a,yes\ni1,b,yes\ni2,a,no\ni2,b,yes\ni3,a,no\ni3,b,\n"
TEXT = "The so-called reform failed, the minister said. Nobody was asked."


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str, name: str = "in.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return written


def annotations() -> str:
    def line(id: str, who: str, device: str, label: str, *parts: tuple) -> dict[str, object]:
        return {"type": "annotation", "id": id, "document": "d", "annotator": who,
                "device": device, "label": label, "attributes": {},
                "parts": [{"role": role, "start": s, "end": e, "quote": TEXT[s:e]}
                          for role, s, e in parts]}

    rows = [
        {"type": "document", "id": "d", "text": TEXT, "sha256": Document("d", TEXT).sha256},
        line("1", "Ada", "loaded_terms", "lt.scare_quote", ("span", 4, 13)),
        line("2", "Bo", "loaded_terms", "lt.scare_quote", ("span", 4, 20)),
        line("3", "Bo", "attribution", "at.attribution", ("source", 29, 41), ("cue", 42, 46)),
        {"type": "reading", "document": "d", "annotator": "Ada", "device": "attribution",
         "state": "done"},
    ]
    return "\n".join(map(json.dumps, rows)) + "\n"


def test_units_give_one_json_object_a_measure(write, capsys):
    assert main(["agree", write(UNITS), "--measure", "f1-strict,alpha", "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["measure"] == "f1-strict"
    assert first["value"] == pytest.approx(2 / 3)
    assert set(second) >= {"measure", "value", "interval", "n_documents", "n_annotators",
                           "n_units", "coverage", "undefined", "parameters", "per_document"}
    assert second["n_documents"] == 2


def test_a_table_says_what_must_be_known_beside_the_value(write, capsys):
    assert main(["agree", write(UNITS), "--measure", "alpha", "--pool", "pooled,mean"]) == 0
    out = capsys.readouterr().out
    assert "alpha (mean per document)" in out
    assert "level nominal" in out
    assert "1 document without a second reader" in out


def test_codes_are_read_and_an_empty_value_is_missing(write, capsys):
    assert main(["agree", write(CODES), "--measure", "alpha", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["n_documents"], report["n_units"]) == (2, 5)


def test_a_value_can_be_named_as_missing(write, capsys):
    text = CODES + "i4,a,n/a\ni4,b,yes\n"
    assert main(["agree", write(text), "--measure", "alpha", "--json", "--missing", "n/a"]) == 0
    assert json.loads(capsys.readouterr().out)["n_documents"] == 2


def test_standard_input_is_read(write, capsys, monkeypatch):
    stream = io.TextIOWrapper(io.BufferedReader(io.BytesIO(annotations().encode())))
    monkeypatch.setattr("sys.stdin", stream)
    assert main(["agree", "-", "--measure", "f1-overlap", "--json"]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["parameters"]["device"] for r in reports] == ["attribution", "loaded_terms"]
    assert [r["value"] for r in reports] == [0.0, 1.0]


@pytest.mark.parametrize(("options", "value"), [
    (["--device", "loaded_terms", "--measure", "f1-overlap"], 1.0),
    (["--device", "loaded_terms", "--measure", "f1-strict", "--by", "device"], 0.0),
    (["--device", "attribution", "--measure", "f1-triple"], 0.0),
    (["--device", "loaded_terms", "--measure", "percent", "--of", "labels"], 1.0),
])
def test_an_annotation_file_is_measured_by_device(write, capsys, options, value):
    assert main(["agree", write(annotations(), "in.jsonl"), *options, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == value


def test_a_folder_is_read_as_a_release(tmp_path, capsys):
    (tmp_path / "release.jsonl").write_text(annotations(), encoding="utf-8")
    assert main(["agree", str(tmp_path), "--measure", "f1-overlap", "--device", "loaded_terms",
                 "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 1.0


def test_a_part_beyond_its_article_is_refused_by_line(write, capsys):
    far = annotations().replace('"start": 4, "end": 20', '"start": 4, "end": 200')
    assert main(["agree", write(far, "in.jsonl"), "--measure", "alpha"]) == 1
    assert "in.jsonl, line 3: [4, 200) does not fit document 'd'" in capsys.readouterr().err


def test_the_command_gives_what_the_library_gives(write, capsys):
    main(["agree", write(UNITS), "--measure", "gamma", "--samples", "12", "--seed", "5", "--json"])
    study = Study({"d1": 60, "d2": 60, "d3": 60}, frozenset(
        {("d2", "Paul"), ("d2", "Alex"), ("d3", "Alex")}), (
        Unit("d1", "Alex", 0, 7, "x"), Unit("d1", "Paul", 0, 7, "x"),
        Unit("d1", "Paul", 10, 17, "y")))
    expected = measure(study, "gamma", samples=12, seed=5).as_dict()
    assert json.loads(capsys.readouterr().out) == expected


HEADER = UNITS.splitlines()[0]


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "in.csv: the file is empty."),
    (HEADER + "\n", "in.csv: there are no rows below the header."),
    ("a,b\n1,2\n", "in.csv, row 1: these are the columns of neither table: a, b."),
    (HEADER + ",label\nd,60,A,0,7,x,y\n", "in.csv, row 1: the column 'label' stands twice."),
    (HEADER + "\nd,60,A,9,7,x\n", "in.csv, row 2: the end 7 lies before the start 9."),
    (HEADER + "\nd,60,A,0,70,x\n", "in.csv, row 2: [0, 70) does not fit document 'd'"),
    (HEADER + "\nd,60,A,0,7,x\nd,61,A,0,7,x\n", "in.csv, row 3: document 'd' has length 61"),
    (HEADER + "\nd,60,A,0,,x\n", "in.csv, row 2: start '0', end '' and label 'x'"),
    (HEADER + "\nd,many,A,0,7,x\n", "in.csv, row 2: the length 'many' is not a whole number"),
    (HEADER + "\n,60,A,0,7,x\n", "in.csv, row 2: the column 'document' is empty."),
    (HEADER + "\nd,60,A,0,7,x,extra\n", "in.csv, row 2: the row has 7 cells, the header 6."),
    (HEADER + '\nd,60,A,0,7,"x\n', "in.csv, row 2: the row cannot be read as CSV"),
    ("item,annotator,value\ni,a,x\ni,a,y\n", "in.csv, row 3: 'a' has coded item 'i' before."),
    ("item,annotator,value\n", "in.csv: there are no codes below the header."),
    ('{"type":"annotation"}\n', "in.csv, line 1"),
    (HEADER + "\nd,60,A,0,7,x\n", "alpha: only one annotator, A, has read these documents."),
    (HEADER + "\nd,60,A,0,7,x\nd,60,A,5,9,y\nd,60,B,0,7,x\n", "alpha"),
])
def test_data_are_refused_with_a_sentence_that_names_the_place(write, capsys, text, sentence):
    id = "u-alpha" if sentence == "alpha" else "alpha"
    assert main(["agree", write(text), "--measure", id]) == 1
    assert capsys.readouterr().err.startswith(sentence if sentence != "alpha" else (
        "u-alpha: A has overlapping units in document 'd', [0, 7) (in.csv, row 2) and [5, 9) "
        "(in.csv, row 3)"))


def test_bytes_that_are_no_text_are_refused_by_row(tmp_path, capsys):
    path = tmp_path / "in.csv"
    path.write_bytes(HEADER.encode() + b"\nd,60,A,0,7,\xff\n")
    assert main(["agree", str(path), "--measure", "alpha"]) == 1
    assert capsys.readouterr().err.startswith("in.csv, row 2, byte 12: 0xFF is not UTF-8.")


@pytest.mark.parametrize(("options", "code", "sentence"), [
    (["--measure", "omega"], 2, "there is no measure 'omega'"),
    (["--measure", "alpha", "--level", "cardinal"], 1, "there is no level of measurement"),
    (["--measure", "alpha", "--pool", "median"], 2, "pool is one of pooled, mean"),
    (["--measure", "gamma", "--sampler", "dice"], 2, "gamma takes as sampler one of shift"),
    (["--measure", "gamma", "--level", "ordinal"], 2, "gamma has no level of measurement"),
    (["--measure", "alpha", "--label", "z"], 1, "no unit has the label 'z'"),
    (["--measure", "alpha", "--device", "omission"], 2, "this is a table"),
    (["--measure", "gamma", "--alpha", "0"], 2, "gamma needs alpha > 0"),
    (["--measure", "gamma", "--delta", "nan"], 2, "gamma needs alpha > 0"),
    (["--measure", "gamma", "--beta", "inf"], 2, "gamma needs alpha > 0"),
    (["--measure", "gamma", "--precision", "nan"], 2, "gamma needs samples >= 1"),
    (["--measure", "alpha", "--samples", "9"], 2, "--samples changes nothing in alpha"),
    (["--measure", "alpha", "--by", "device"], 2, "this is a table"),
])
def test_wrong_usage_and_refused_data_have_their_own_codes(write, capsys, options, code,
                                                           sentence):
    assert main(["agree", write(UNITS), *options]) == code
    assert sentence in capsys.readouterr().err


def test_a_segmentation_is_a_table_of_units_that_tile_a_document(write, capsys):
    rows = ["d,11,A,0,2,s", "d,11,A,2,5,s", "d,11,A,5,11,s", "d,11,B,0,5,s", "d,11,B,5,11,s"]
    path = write("\n".join([HEADER, *rows]))
    assert main(["agree", path, "--measure", "boundary-similarity", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 0.5
    gap = write("\n".join([HEADER, *rows[:1], *rows[2:]]))
    assert main(["agree", gap, "--measure", "boundary-similarity"]) == 1
    assert capsys.readouterr().err.startswith(
        "boundary-similarity: A leaves out characters of document 'd', [2, 5) after in.csv, row 2;")


def test_a_file_that_is_not_there_is_said(capsys):
    assert main(["agree", "/nowhere.csv", "--measure", "alpha"]) == 1
    assert "No such file" in capsys.readouterr().err


def test_annotators_can_be_divided_into_camps(write, capsys):
    rows = [f"d{d},60,{name},{start},{start + 9},x" for d in range(2)
            for name, start in (("a", 0), ("b", 0), ("c", 30), ("e", 30))]
    path = write("\n".join([HEADER, *rows]))
    assert main(["agree", path, "--measure", "f1-strict", "--camps", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["details"]["camps"]["groups"] == [["a", "b"], ["c", "e"]]
    assert "camps: a, b | c, e" in report["notes"]


def test_each_two_annotators_can_be_reported(write, capsys):
    text = UNITS + "d1,60,Cy,0,7,x\n"
    assert main(["agree", write(text), "--measure", "f1-strict", "--pairwise", "--json"]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["parameters"]["pair"] for r in reports] == ["Alex x Cy", "Alex x Paul", "Cy x Paul"]


def test_pairs_of_one_annotator_are_refused_with_the_reason(write, capsys):
    path = write(HEADER + "\nd,60,A,0,7,x\n")
    assert main(["agree", path, "--measure", "f1-strict", "--pairwise"]) == 1
    assert "only one annotator, A, has read these documents." in capsys.readouterr().err


@pytest.mark.parametrize("written", [
    lambda text: "\ufeff".encode() + text.replace("\n", "\r\n").encode(),
    lambda text: text.encode("utf-16"),
    lambda text: text.replace(",", ";").encode(),
    lambda text: text.replace(HEADER, HEADER + ",a;b;c;d;e;f;g").encode(),
    lambda text: ("sep=,\n" + text).encode(),
], ids=["BOM and CRLF", "UTF-16", "semicolons", "another column with semicolons", "sep="])
def test_tables_as_spreadsheets_write_them_give_the_same(tmp_path, capsys, written):
    path = tmp_path / "in.csv"
    for content in (UNITS.encode(), written(UNITS)):
        path.write_bytes(content)
        assert main(["agree", str(path), "--measure", "f1-strict,alpha", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == lines[2:]


def test_two_grades_of_one_number_are_two_labels_without_distance(write, capsys):
    path = write("item,annotator,value\ni,a,1\ni,b,1.0\nj,a,1\nj,b,1\n")
    assert main(["agree", path, "--measure", "ac2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["value"] == 1.0
