"""`detect` and `evaluate` as a researcher calls them."""

import io
import json
from pathlib import Path

import pytest

from framing.__main__ import main

TEXT = "Critics say the dam is unsafe. A mere dozen people came.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "dam.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def records(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_detect_writes_articles_annotations_and_readings(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(article), "-o", str(out)]) == 0
    found = records(out)
    assert [r["type"] for r in found].count("document") == 1
    said = next(r for r in found if r.get("device") == "attribution" and "parts" in r)
    assert [p["quote"] for p in said["parts"]] == ["Critics", "say", "the dam is unsafe"]  # type: ignore[attr-defined]
    assert said["reason"]
    assert 0 <= said["score"] <= 1  # type: ignore[operator]
    assert {r["device"] for r in found if r["type"] == "reading"} == {
        "loaded_terms", "attribution"}


def test_detect_can_be_limited_to_one_detector(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(article), "--detector", "loaded_terms", "-o", str(out)]) == 0
    assert {r.get("device") for r in records(out)} == {None, "loaded_terms"}


def test_detect_reads_other_languages_and_says_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "out.jsonl", tmp_path / "pont.txt"
    page.write_text("« Le pont est fermé », a dit la maire.\n", encoding="utf-8")
    for language, parts in (
        ("fr", ["la maire", "a dit", "« Le pont est fermé »"]), ("it", ["« Le pont est fermé »"]),
    ):
        assert main(["detect", str(page), "--language", language, "-o", str(out)]) == 0
        found = records(out)
        [said] = [r for r in found if "parts" in r]
        assert [p["quote"] for p in said["parts"]] == parts  # type: ignore[attr-defined]
        assert found[0]["language"] == language
        assert [r["device"] for r in found if r["type"] == "reading"] == ["attribution"]
        errors = capsys.readouterr().err
        assert "no rules for loaded terms" in errors
        assert ("only quotation marks" in errors) == (language == "it")


def test_detect_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["detect", "-"]) == 0
    assert b'"quote": "mere"' in capfdbinary.readouterr().out


def test_a_missing_file_and_a_missing_model_are_named(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out.jsonl")
    assert main(["detect", str(tmp_path / "nothing.txt"), "-o", out]) == 1
    assert "nothing.txt" in capsys.readouterr().err
    assert main(["detect", str(article), "--model", "xx_none", "-o", out]) == 2
    assert "'xx_none' is not installed" in capsys.readouterr().err


def test_evaluate_scores_a_file_against_itself(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    main(["detect", str(article), "--detector", "attribution", "-o", str(out)])
    assert main(["evaluate", str(out), str(out), "--json"]) == 0
    scores = json.loads(capsys.readouterr().out)
    assert {s["f1"] for s in scores} == {1.0}
    assert {s["role"] for s in scores} == {"source", "cue", "content"}
    assert main(["evaluate", str(out), str(out), "--bootstrap", "20"]) == 0
    assert "1.000-1.000" in capsys.readouterr().out


def test_evaluate_refuses_other_texts_and_several_gold_annotators(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, other = tmp_path / "gold.jsonl", tmp_path / "other.jsonl"
    main(["detect", str(article), "-o", str(gold)])
    lines = [{k: v for k, v in r.items() if k != "sha256"} for r in records(gold)]
    changed = "\n".join(json.dumps(line) for line in lines).replace("dozen", "seven")
    other.write_text(changed, encoding="utf-8")
    second = [{**r, "id": f"b{n}", "annotator": "ben"} for n, r in enumerate(records(gold))
              if r["type"] == "annotation"]
    with gold.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(r) + "\n" for r in second)
    assert main(["evaluate", str(gold), str(other)]) == 1
    error = capsys.readouterr().err
    assert "its text is not the gold's" in error
    assert "Choose one with --annotator: attribution, ben" in error


GOLD = """{"type": "document", "id": "a", "text": "A reckless plan."}
{"type": "annotation", "id": "1", "document": "a", "annotator": "ada", "device": "loaded_terms", \
"label": "lt.evaluative", "parts": [{"role": "span", "start": 2, "end": 10, "quote": "reckless"}]}
"""


@pytest.mark.parametrize(("other", "options", "says"), [
    (GOLD.replace('"a"', '"b"'), (), "it holds none of the gold's articles. Predict on the same"),
    (GOLD, ("--annotator", "zed"), "it has no annotator 'zed'. It has: ada."),
    (GOLD, ("--device", "irony"), "there is no device 'irony'. There are: loaded_terms."),
    ("not JSON", (), "line 1, column 1: this is not JSON"),
    ("", (), "the file holds no records"),
])
def test_evaluate_says_in_a_sentence_what_it_cannot_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], other: str, options: tuple[str, ...],
    says: str,
) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "other.jsonl"
    gold.write_text(GOLD, encoding="utf-8")
    predicted.write_text(other, encoding="utf-8")
    assert main(["evaluate", str(gold), str(predicted), *options]) == 1
    assert says in capsys.readouterr().err


def test_evaluate_needs_annotations_and_counts_missing_articles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gold, few = tmp_path / "gold.jsonl", tmp_path / "few.jsonl"
    gold.write_text(GOLD + GOLD.splitlines()[0].replace('"a"', '"b"') + "\n", encoding="utf-8")
    few.write_text(GOLD, encoding="utf-8")
    assert main(["evaluate", str(gold), str(few)]) == 0
    assert "counts as missed: 1 of 2 gold articles" in capsys.readouterr().err
    few.write_text(GOLD.splitlines()[0], encoding="utf-8")
    assert main(["evaluate", str(few), str(few)]) == 1
    assert "neither file holds annotations" in capsys.readouterr().err


def test_a_score_lies_between_0_and_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "gold.jsonl", "few.jsonl", "--least-score", "7"])
    assert "7 is not between 0 and 1" in capsys.readouterr().err
