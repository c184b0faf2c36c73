"""Annotation files of any length: sorted on disk, measured in blocks, the same numbers."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.__main__ import main
from framing.agreement import (
    MEASURES,
    DataError,
    Report,
    Structures,
    Study,
    measure,
    measure_blocks,
)
from framing.agreement import on_disk as module
from framing.agreement.on_disk import OnDisk
from framing.agreement.sources import Annotated, annotation_rows, read_stream
from framing.agreement.spec import Additive
from framing.cli import agree_streaming

LENGTH = 60
TEXT = "abcde fghi. " * (LENGTH // 12)
DEVICES = ("loaded_terms", "attribution")
PARAMETERS = {"gamma": {"samples": 3}, "gamma-cat": {"samples": 3},
              "gamma-k": {"samples": 3, "label": "x"}, "ku-alpha": {"label": "x"}}
EXTRA = (("gamma", {"samples": 3, "beta": 0.0}), ("gamma", {"samples": 3,
                                                            "sampler": "statistical"}),
         ("alpha", {"characters": "in-out"}), ("kappa", {"weights": "none"}),
         ("u-alpha", {"layers": "label"}), ("f1-muc", {"scheme": "partial"}),
         ("f1-triple", {"match": "strict"}))
WAYS = [*((id, PARAMETERS.get(id, {})) for id, each in MEASURES.items()
          if isinstance(each, Additive) and {Study, Structures} & set(each.accepts)), *EXTRA]


def document(number: int) -> dict[str, object]:
    return {"type": "document", "id": f"d{number}", "text": TEXT}


spans = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted)
parts = st.lists(st.tuples(st.sampled_from(["source", "cue", "span"]), spans), min_size=1,
                 max_size=3)


def marks(people: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({
        "document": st.integers(0, 4).map("d{}".format),
        "annotator": st.sampled_from(people),
        "device": st.sampled_from(DEVICES),
        "label": st.sampled_from(["x", "y", "é", "w z"]),
        "attributes": st.dictionaries(st.just("tone"), st.sampled_from(["warm", "cold"])),
        "parts": parts.map(lambda found: [
            {"role": role, "start": s, "end": e, "quote": TEXT[s:e]} for role, (s, e) in found]),
    })


def readings(people: str) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({
        "type": st.just("reading"), "document": st.integers(0, 5).map("d{}".format),
        "annotator": st.sampled_from(people), "device": st.sampled_from(DEVICES),
        "state": st.sampled_from(["done", "open"])})


@st.composite
def files(draw: st.DrawFn, people: str) -> bytes:
    """Draw an annotation file whose lines come in any order."""
    marked = [{"type": "annotation", "id": str(number), **row} for number, row in
              enumerate(draw(st.lists(marks(people), min_size=1, max_size=30)))]
    read = draw(st.lists(readings(people), max_size=12))
    rows = draw(st.permutations([*map(document, range(6)), *marked, *read]))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def on_disk(content: bytes) -> OnDisk:
    rows = annotation_rows(io.BytesIO(content), name="in.jsonl")
    assert rows is not None
    return OnDisk.of(rows, name="in.jsonl")


@pytest.mark.parametrize("people", ["ab", "abcde"])
@settings(max_examples=20, deadline=None)
@given(data=st.data(), at_once=st.integers(1, 12))
def test_blocks_from_disk_give_the_whole_to_the_last_bit(people, data, at_once):
    """Overlap, several devices, readings without marks, one reader, any order of lines.

    Among three annotators a gamma that has several best alignments may take another of them.
    """
    content = data.draw(files(people))
    whole, sorted_out = read_stream(io.BytesIO(content), name="in.jsonl"), on_disk(content)
    assert sorted_out.devices == whole.devices
    ways = WAYS if people == "ab" else [way for way in WAYS if "gamma" not in way[0]]
    for device in whole.devices:
        sorted_out.check(device)
        for id, parameters in ways:
            assert in_blocks(sorted_out, device, id, parameters, at_once) == at_a_time(
                whole, device, id, parameters), id


def test_gammas_of_five_annotators_are_the_same_in_blocks():
    rng = np.random.default_rng(2)
    rows = [{**document(number), "text": TEXT * 100} for number in range(6)]
    for number in range(300):
        start, length = int(rng.integers(0, 5_900)), int(rng.integers(1, 40))
        rows.append(mark(str(number), "abcde"[rng.integers(5)], start, start + length,
                         document=f"d{rng.integers(6)}", label="xyz"[rng.integers(3)],
                         device="loaded_terms"))
    content = lines(*rows).encode()
    whole, sorted_out = read_stream(io.BytesIO(content), name="in.jsonl"), on_disk(content)
    for sampler in ("shift", "statistical"):
        found = in_blocks(sorted_out, "loaded_terms", "gamma",
                          {"samples": 3, "sampler": sampler}, 60)
        assert found["value"] is not None
        assert found == at_a_time(whole, "loaded_terms", "gamma",
                                  {"samples": 3, "sampler": sampler})


def in_blocks(source: OnDisk, device: str, id: str, parameters: dict, at_once: int) -> dict:
    kind = "structures" if id == "f1-triple" else "study"
    blocks = (getattr(block, kind)(device=device)
              for block in source.blocks(device, at_once=at_once))
    report, = measure_blocks(blocks, [(id, parameters)], pool="pooled,mean", resamples=20, seed=1)
    return comparable(report)


def at_a_time(source: Annotated, device: str, id: str, parameters: dict) -> dict:
    data = source.structures(device=device) if id == "f1-triple" else source.study(device=device)
    return comparable(measure(data, id, pool="pooled,mean", resamples=20, seed=1, **parameters))


def comparable(report: Report) -> dict[str, object]:
    found = report.as_dict()
    if report.refused:  # Which place is named first may depend on the blocks.
        found |= {"undefined": "", "pools": ""}
    return found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agree_streaming, "ANNOTATIONS_AT_ONCE", 2)


def lines(*rows: dict[str, object]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def mark(id: str, who: str, start: int, end: int, **more: object) -> dict[str, object]:
    return {"type": "annotation", "id": id, "document": "d0", "annotator": who,
            "device": "loaded_terms", "label": "x",
            "parts": [{"role": "span", "start": start, "end": end,
                       "quote": TEXT[start:end]}], **more}


CORPUS = lines(mark("1", "a", 0, 5), document(1), mark("2", "b", 0, 5, label="y"),
               mark("3", "b", 0, 9, document="d1"), document(0),
               mark("4", "a", 0, 9, document="d1"), mark("5", "a", 20, 25, document="d1"),
               mark("6", "a", 1, 4, device="attribution"),
               {"type": "reading", "document": "d0", "annotator": "b",
                "device": "attribution", "state": "done"})


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("options", [
    ["--measure", "alpha,gamma,f1-triple,u-alpha", "--samples", "3"],
    ["--measure", "f1-overlap", "--device", "loaded_terms", "--by", "device"],
    ["--measure", "alpha,ku-alpha", "--device", "loaded_terms", "--label", "x"],
    ["--measure", "alpha", "--role", "span", "--pool", "mean,pooled"],
])
@pytest.mark.parametrize("form", ["file", "folder", "standard input"])
def test_the_command_says_the_same_in_blocks(tmp_path, capsys, monkeypatch, options, form):
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "in.jsonl"
    path.write_text(CORPUS)
    given = {"file": str(path), "folder": str(folder), "standard input": "-"}[form]
    said = []
    for streams in (True, False):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(
            io.BytesIO(CORPUS.encode()))))
        if not streams:
            monkeypatch.setattr("framing.cli.agree.streamed", lambda _args, _ways: None)
        assert main(["agree", given, *options, "--json"]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("rows", "sentence"), [
    (lines(document(0), mark("1", "a", 0, 5), mark("1", "b", 0, 5)),
     "in.jsonl, line 3: the annotation id '1' was already given in in.jsonl, line 2."),
    (lines(document(0), document(0), mark("1", "b", 0, 5)),
     "in.jsonl, line 2: the article id 'd0' was already given in in.jsonl, line 1."),
    (lines(document(0), mark("1", "a", 0, 5), mark("2", "b", 0, 500)),
     "in.jsonl, line 3: [0, 500) does not fit document 'd0' of 60 code points."),
    (lines(document(0), mark("1", "a", 0, 5), mark("2", "b", 0, 5, document="d7")),
     "in.jsonl, line 3: the document 'd7' is not known."),
    (lines(document(0), mark("1", "a", 5, 3)), "in.jsonl, line 2, part 1, end: the end 3 lies"),
    (lines(document(0)), "in.jsonl: there are no annotations and no readings."),
    ("{}\n", "in.jsonl, line 1, type: 'type' is missing."),
    (lines(document(0), mark("1", "a", 0, 5)) + "{\n", "in.jsonl, line 3, column 2: this is not"),
])
@pytest.mark.parametrize("id", ["alpha", "f1-triple"])
def test_lines_are_refused_by_number_and_as_in_memory(tmp_path, capsys, monkeypatch, id, rows,
                                                      sentence):
    path = tmp_path / "in.jsonl"
    path.write_text(rows)
    assert main(["agree", str(path), "--measure", id]) == 1
    found = capsys.readouterr().err
    assert found.startswith(sentence)
    monkeypatch.setattr("framing.cli.agree.streamed", lambda _args, _ways: None)
    assert main(["agree", str(path), "--measure", id]) == 1
    assert capsys.readouterr().err == found


def test_problems_come_in_the_order_of_the_lines():
    content = lines(document(0), mark("1", "a", 0, 5), mark("1", "a", 0, 5), {"type": "note"},
                    mark("1", "b", 0, 5), document(0)).encode()
    with pytest.raises(DataError) as refused:
        on_disk(content)
    assert [problem.place.split(",")[1] for problem in refused.value.problems] == [
        " line 3", " line 4", " line 5", " line 6"]


@pytest.mark.parametrize(("options", "code", "sentence"), [
    (["--measure", "alpha", "--device", "omission"], 1, "The devices are: attribution, loaded"),
    (["--measure", "alpha", "--device", "loaded_terms", "--label", "z"], 1, "The labels are: x, y"),
    (["--measure", "alpha", "--missing", "x"], 2, "--missing names a value of a codes table"),
    (["--measure", "f1-triple", "--role", "cue"], 2, "--role chooses spans"),
    (["--measure", "alpha", "--of", "cells", "--label", "x"], 2, "--label chooses spans"),
    (["--measure", "alpha,f1-strict", "--sampler", "shift"], 2, "--sampler changes nothing in"),
    (["--measure", "gamma", "--alpha", "-1"], 2, "gamma needs alpha > 0"),
])
def test_a_choice_that_cannot_be_made_is_said(tmp_path: Path, capsys, options, code, sentence):
    path = tmp_path / "in.jsonl"
    path.write_text(CORPUS)
    assert main(["agree", str(path), *options]) == code
    assert sentence in capsys.readouterr().err


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_TABLES", module._TABLES + "PRAGMA max_page_count = 5;")
    many = lines(document(0), *(mark(str(n), "a", 0, 5, note="x") for n in range(2_000)))
    with pytest.raises(DataError, match=r"in\.jsonl: .* disk is full. Free space"):
        on_disk(many.encode())
