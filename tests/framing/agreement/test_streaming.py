"""Long tables: blocks of whole documents give what all of them at once give."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from framing.__main__ import main
from framing.agreement import MEASURES, Study, Unit, measure, measure_blocks
from framing.agreement.spec import Additive
from framing.agreement.streaming import can_stream
from framing.cli import agree_streaming

OPTIONS = {"gamma-k": {"label": "x"}, "ku-alpha": {"label": "x"}}
WAYS = [(id, OPTIONS.get(id, {})) for id, m in MEASURES.items()
        if isinstance(m, Additive) and Study in m.accepts]


def corpus(*, people: str = "ab", nested: bool = False) -> Study:
    rng = np.random.default_rng(5)
    names = [f"d{number:02}" for number in (3, 1, 4, 0, 5, 2, 7, 6, 8, 9, 10, 11)]
    units = [Unit(document, name, place, int(place + rng.integers(2, 8)), "xy"[place % 20 // 10])
             for document in names for name in people for place in range(0, 90, 10)
             if rng.random() < 0.6]
    units += [Unit("d11", "a", 0, 9, "x"), Unit("d11", "a", 2, 5, "y")] if nested else []
    readings = {(document, name) for document in names for name in people} | {("alone", "a")}
    return Study({**dict.fromkeys(names, 100), "alone": 50}, frozenset(readings), tuple(units))


@pytest.mark.parametrize("study", [corpus(), corpus(people="abc"), corpus(nested=True)],
                         ids=["two", "three", "nested"])
@pytest.mark.parametrize(("id", "parameters"), WAYS, ids=[id for id, _ in WAYS])
def test_blocks_give_the_report_of_the_whole(id, parameters, study):
    names = list(study.documents)
    blocks = [study.restricted(documents=set(names[start:start + 4])) for start in (0, 4, 8, 12)]
    found, = measure_blocks(blocks, [(id, parameters)], pool="pooled,mean", resamples=50, seed=3)
    whole = measure(study, id, pool="pooled,mean", resamples=50, seed=3, **parameters)
    assert found.refused == whole.refused
    if found.refused and "unit" in whole.undefined:
        return  # Which place is named first depends on the blocks.
    assert json.loads(json.dumps(found.as_dict()), parse_float=rounded) == json.loads(
        json.dumps(whole.as_dict()), parse_float=rounded)


def rounded(number: str) -> float:
    return round(float(number), 9)


@pytest.mark.parametrize("way", [("mace", {}), ("gamma", {"precision": 0.02})])
def test_what_asks_for_all_documents_is_not_streamed(way):
    assert not can_stream([way])
    with pytest.raises(ValueError, match="needs all documents at once"):
        measure_blocks([], [way])


def table(study: Study, *, order: list[int] | None = None) -> str:
    rows = [f"{u.document},100,{u.annotator},{u.start},{u.end},{u.label}" for u in study.units]
    rows = [rows[index] for index in order] if order else rows
    return "\n".join(["document,length,annotator,start,end,label", *rows]) + "\n"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agree_streaming, "LONG", 0)
    monkeypatch.setattr(agree_streaming, "ROWS_AT_ONCE", 20)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("shuffled", [False, True])
def test_the_command_line_says_the_same_of_a_long_table(tmp_path, capsys, shuffled):
    study = corpus()
    order = np.random.default_rng(0).permutation(len(study.units)).tolist() if shuffled else None
    path = tmp_path / "in.csv"
    path.write_text(table(study, order=order))
    assert main(["agree", str(path), "--measure", "alpha,f1-overlap,u-alpha", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    whole = Study(dict.fromkeys(set(study.documents) - {"alone"}, 100), frozenset(), study.units)
    for line, id in zip(lines, ("alpha", "f1-overlap", "u-alpha"), strict=True):
        assert json.loads(line)["value"] == pytest.approx(measure(whole, id).value)
        assert json.loads(line)["interval"] == pytest.approx(measure(whole, id).interval)


@pytest.mark.usefixtures("short")
def test_rows_of_a_long_table_are_refused_by_their_numbers(tmp_path: Path, capsys):
    path = tmp_path / "in.csv"
    path.write_text(table(corpus()) + "d99,100,a,9,7,x\nd99,100,a,0,700,x\n")
    assert main(["agree", str(path), "--measure", "alpha"]) == 1
    first, second = capsys.readouterr().err.splitlines()
    last = len(path.read_text().splitlines())
    assert first.startswith(f"in.csv, row {last - 1}: the end 7 lies before the start 9.")
    assert second.startswith(f"in.csv, row {last}: [0, 700) does not fit")


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("options", "code", "sentence"), [
    (["--measure", "u-alpha"], 1, "overlapping units in document 'd11', [0, 9) (in.csv, row "),
    (["--measure", "alpha", "--pool", "median"], 2, "pool is one of"),
    (["--measure", "alpha", "--level", "ordinal"], 1, "does not apply to spans"),
])
def test_a_long_table_is_refused_as_a_short_one(tmp_path, capsys, options, code, sentence):
    path = tmp_path / "in.csv"
    path.write_text(table(corpus(nested=True)))
    assert main(["agree", str(path), *options]) == code
    assert sentence in capsys.readouterr().err
