"""`detect` proposes omissions for articles that share an event."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from framing.__main__ import main
from framing.formats.jsonl_writer import encoded
from tests.framing.event import HARBOUR, A, B, C


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "crane.jsonl"
    path.write_bytes(b"".join(encoded(d) for d in (A, B, C)))
    return path


def rows(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_omissions_come_with_evidence_and_a_reading_each(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(corpus), "--detector", "omission", "-o", str(out)]) == 0
    found = rows(out)
    assert [r["document"] for r in found if r["type"] == "reading"] == ["a", "b", "c"]
    [fine] = [r for r in found if r["type"] == "annotation" and r["document"] == "c"
              and "40,000" in json.dumps(r["parts"])]
    assert {p["document"] for p in fine["parts"] if p["role"] == "evidence"} == {"a", "b"}
    assert fine["detector"] == "omission"
    assert main(["validate", str(out)]) == 0


def test_a_folder_of_texts_can_be_named_one_event(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "crane"
    folder.mkdir()
    for document in (A, B, C):
        folder.joinpath(f"{document.id}.txt").write_text(document.text, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(folder), "--detector", "omission", "-o", str(out)]) == 0
    assert not [r for r in rows(out) if r["type"] == "annotation"]
    assert main(["detect", str(folder), "--detector", "omission", "--event", "crane",
                 "-o", str(out)]) == 0
    assert "40,000" in json.dumps([r for r in rows(out) if r["type"] == "annotation"])
    assert capsys.readouterr().err == ""


def test_an_event_without_siblings_is_told_and_is_no_error(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "alone.txt"
    path.write_text(HARBOUR, encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["detect", str(path), "--event", "crane", "-o", str(out)]) == 0
    assert capsys.readouterr().err.startswith(
        "event 'crane': 1 independent article can be compared")


def test_an_article_that_cannot_be_compared_is_told_by_its_name(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "crane.jsonl"
    path.write_bytes(b"".join(map(encoded, (A, replace(B, language="de")))))
    assert main(["detect", str(path), "--detector", "omission",
                 "-o", str(tmp_path / "out.jsonl")]) == 0
    told = capsys.readouterr().err
    assert f"event '{A.event}', {B.id}: this article is in 'de'" in told
