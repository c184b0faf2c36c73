"""``convert`` and ``validate`` as researchers script against them."""

import argparse
import io
import json
import sys
import zipfile

import pytest

from framing.cli import convert, validate

ARTICLE = {"type": "document", "id": "dam", "text": "Agitators storm dam"}
STORM = {
    "type": "annotation", "id": "a1", "document": "dam", "annotator": "ada",
    "device": "loaded_terms", "label": "lt.charged_verb",
    "parts": [{"role": "span", "start": 10, "end": 15, "quote": "storm"}],
}  # fmt: skip
READ = {"type": "reading", "document": "dam", "annotator": "ada", "device": "loaded_terms"}


def command(*arguments):
    """Run a command as ``python -m framing`` does and return its exit code."""
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers(dest="command")
    commands = {"convert": convert, "validate": validate}
    for module in commands.values():
        module.add_parser(subparsers)
    args = parser.parse_args([str(argument) for argument in arguments])
    return commands[args.command].run(args)


@pytest.fixture
def file(tmp_path):
    def written(*records, name="in.jsonl"):
        path = tmp_path / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return written


class Standard:
    def __init__(self, data=b""):
        self.buffer = io.BytesIO(data)


def test_texts_in_an_archive_become_json_lines(tmp_path, capsys):
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr("one.txt", "Agitators storm dam")
    out = tmp_path / "out.jsonl"
    assert command("convert", tmp_path / "in.zip", out, "--to", "documents-jsonl") == 0
    assert json.loads(out.read_text())["id"] == "one"
    assert capsys.readouterr().err == "kept 1, changed 0, dropped 0; problems 0.\n"


def test_a_bad_row_is_named_and_the_rest_is_written(file, tmp_path, capsys):
    path, out = file(ARTICLE, {"id": "bad"}, STORM), tmp_path / "out.jsonl"
    assert command("convert", path, out, "--to", "annotations-jsonl") == 1
    assert len(out.read_text().splitlines()) == 2
    assert "in.jsonl, line 2, type: 'type' is missing." in capsys.readouterr().err


def test_the_report_counts_by_label_and_says_why(file, tmp_path):
    report = tmp_path / "report.json"
    path = file(ARTICLE, STORM | {"page": 3}, READ)
    out = tmp_path / "out.csv"
    assert command("convert", path, out, "--to", "annotations-csv", "--report", report) == 0
    assert json.loads(report.read_text()) == {
        "kept": {"lt.charged_verb": 1},
        "changed": {},
        "dropped": {"document": 1, "reading": 1},
        "notes": {
            "ignored: page": 1,
            "the table has no place for articles": 1,
            "the table has no place for readings": 1,
        },
        "problems": [],
    }


def test_a_dash_is_standard_input_and_output(monkeypatch, capsys):
    output = Standard()
    monkeypatch.setattr(sys, "stdin", Standard(b"Agitators storm dam"))
    monkeypatch.setattr(sys, "stdout", output)
    assert command("convert", "-", "-", "--from", "text", "--to", "documents-jsonl") == 0
    assert json.loads(output.buffer.getvalue())["text"] == "Agitators storm dam"


def test_a_file_is_never_converted_onto_itself(file, capsys):
    path = file(ARTICLE)
    before = path.read_bytes()
    assert command("convert", path, path, "--to", "units-csv") == 1
    assert path.read_bytes() == before
    assert "would overwrite the input" in capsys.readouterr().err


def test_when_nothing_could_be_read_the_target_is_left_alone(tmp_path, capsys):
    out = tmp_path / "out.jsonl"
    out.write_text("precious")
    assert command("convert", tmp_path / "none.txt", out, "--to", "documents-jsonl") == 1
    assert out.read_text() == "precious"
    assert "none.txt: No such file or directory." in capsys.readouterr().err


def test_a_target_that_cannot_be_written_is_named(file, tmp_path, capsys):
    target = tmp_path / "none" / "out.jsonl"
    assert command("convert", file(ARTICLE), target, "--to", "documents-jsonl") == 1
    assert str(target) in capsys.readouterr().err


@pytest.mark.parametrize("target", ["csv", "pdf", "zip"])
def test_a_format_that_is_not_written_is_wrong_usage(file, target):
    with pytest.raises(SystemExit, match="2"):
        command("convert", file(ARTICLE), "-", "--to", target)


def test_a_valid_file_has_no_problems(file, capsys):
    assert command("validate", file(ARTICLE, STORM, READ)) == 0
    assert capsys.readouterr().out == ""


INVALID = [
    (STORM | {"label": "lt.nonsense"}, "line 2, label"),
    (STORM | {"device": "spin"}, "line 2, device"),
    (STORM | {"document": "elsewhere"}, "line 2, document"),
    (STORM | {"parts": [STORM["parts"][0] | {"quote": "stork"}]}, "line 2, parts[1].quote"),
    (STORM | {"parts": [STORM["parts"][0] | {"end": 99}]}, "line 2, parts[1]"),
    (STORM | {"parts": [STORM["parts"][0] | {"role": "cue"}]}, "line 2, parts[1].role"),
    (STORM | {"parts": 3}, "line 2, parts"),
    (READ | {"device": "spin"}, "line 2, device"),
    (READ | {"document": "elsewhere"}, "line 2, document"),
]


@pytest.mark.parametrize(("record", "place"), INVALID)
def test_a_problem_is_printed_with_its_place(file, capsys, record, place):
    assert command("validate", file(ARTICLE, record)) == 1
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"in.jsonl, {place}: ")


def test_annotations_may_point_into_another_file(file):
    assert command("validate", file(STORM), file(ARTICLE, name="texts.jsonl")) == 0


def test_problems_are_written_as_json(file, capsys):
    assert command("validate", file(ARTICLE, {"id": "x"}), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert found["checked"] == 1
    assert found["problems"][0]["place"] == "in.jsonl, line 2, type"


@pytest.mark.parametrize("content", [b"[", b"id = 3", b"\xff"])
def test_a_broken_codebook_is_named(file, tmp_path, capsys, content):
    codebook = tmp_path / "mine.toml"
    codebook.write_bytes(content)
    assert command("validate", file(ARTICLE), "--scheme", codebook) == 1
    assert capsys.readouterr().out.startswith(str(codebook))


def test_a_missing_codebook_is_named(file, tmp_path, capsys):
    assert command("validate", file(ARTICLE), "--scheme", tmp_path / "none.toml") == 1
    assert "No such file" in capsys.readouterr().out
