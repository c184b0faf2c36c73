"""Suggestions with their decisions: written, read back, refused line by line."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.annotations import Annotation, Part
from framing.formats.suggestions import (
    COLUMNS,
    Answer,
    Proposal,
    Verdict,
    read_jsonl,
    write_csv,
    write_jsonl,
)
from framing.problems import Problem
from framing.spans import Span

MADE = Annotation(
    "7", "dam", "loaded_terms", "loaded_terms", "lt.scale", (Part("span", Span(4, 8), "mere"),),
    {"voice": "author"}, score=0.71, reason="'mere' sizes a figure, \"small\";\nso to say",
    detector="loaded_terms", version="1.2", rule="loaded_terms.scale.particle",
)  # fmt: skip
ANSWERS = (
    Answer("a1", Verdict.ACCEPTED, "0b7c"),
    Answer("a2", Verdict.REJECTED),
    Answer("a3", Verdict.IGNORED),
)


def jsonl(*proposals: Proposal) -> bytes:
    stream = io.BytesIO()
    write_jsonl(proposals, stream)
    return stream.getvalue()


def read(content: bytes) -> list[Proposal | Problem]:
    return list(read_jsonl(io.BytesIO(content), name="s.jsonl"))


readers = st.sampled_from(["a1", "a2", "ä3"])
answers = st.builds(Answer, readers, st.sampled_from(Verdict), st.sampled_from(["", "x"]))


@given(st.lists(answers, max_size=4), st.floats(0, 1), st.sampled_from(["", "sib"]))
def test_what_is_written_reads_back(given_answers, score, elsewhere) -> None:
    part = Part("evidence", Span(0, 2), "é😀", elsewhere)
    made = Annotation("9", "dam", "omission", "omission", "om.actor", (part,), score=score,
                      reason="why", detector="omission", version="1.0", rule="omission.claim")
    proposal = Proposal(made, tuple(given_answers))
    assert read(jsonl(proposal)) == [proposal]


def test_a_line_holds_the_suggestion_and_every_answer() -> None:
    line = json.loads(jsonl(Proposal(MADE, ANSWERS)))
    assert line["type"] == "suggestion"
    assert "annotator" not in line
    assert [d["decision"] for d in line["decisions"]] == ["accepted", "rejected", "ignored"]
    assert (line["rule"], line["score"], line["version"]) == (MADE.rule, 0.71, "1.2")


def test_the_table_has_a_row_for_each_answer_and_one_for_an_unanswered_suggestion() -> None:
    stream = io.BytesIO()
    write_csv([Proposal(MADE, ANSWERS), Proposal(MADE)], stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["annotator"], r["decision"], r["annotation"]) for r in rows] == [
        ("a1", "accepted", "0b7c"), ("a2", "rejected", ""), ("a3", "ignored", ""), ("", "", ""),
    ]  # fmt: skip
    assert {r["reason"] for r in rows} == {MADE.reason}
    assert json.loads(rows[0]["parts"]) == [{"role": "span", "start": 4, "end": 8, "quote": "mere"}]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"type": "annotation"}, "type"),
        ({"decisions": None}, "decisions"),
        ({"decisions": ["accepted"]}, "decision 1"),
        ({"decisions": [{"annotator": "a", "decision": "maybe"}]}, "decision 1, decision"),
        ({"decisions": [{"decision": "open"}]}, "decision 1, annotator"),
        ({"detector": ""}, "detector"),
        ({"parts": 3}, "parts"),
        ({"score": "high"}, "score"),
    ],
)
def test_a_bad_line_is_refused_by_its_place_and_costs_only_itself(change, place) -> None:
    good = jsonl(Proposal(MADE, ANSWERS))
    bad = json.dumps({**json.loads(good), **change}).encode() + b"\n"
    problem, proposal = read(bad + b"\n" + good)
    assert isinstance(problem, Problem)
    assert problem.place == f"s.jsonl, line 1, {place}"
    assert proposal == Proposal(MADE, ANSWERS)
