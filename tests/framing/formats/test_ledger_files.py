"""The ledger written as JSON lines and read again; what cannot be read is told with its place."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.agreement.ledger import Cell
from framing.agreement.study import DataError
from framing.formats.ledger import LedgerAnswer, LedgerClaim, LedgerData, write_jsonl
from framing.formats.ledger_reader import is_ledger, read
from framing.omission.coding import Answer
from framing.spans import Span

CLAIMS = [
    LedgerClaim(f"c{number}", "Dam", f"Claim {number}.", "machine", number != 2, ())
    for number in range(3)
]


@st.composite
def ledgers(draw: Any) -> LedgerData:
    asked = [(a, c, w) for a in ("p\u2028x", "q") for c in CLAIMS for w in ("ada", "dov")]
    answers = []
    for article, claim, who in draw(st.lists(st.sampled_from(asked), unique_by=str, min_size=1)):
        said = draw(st.sampled_from(Answer))
        start = draw(st.none() | st.integers(0, 90)) if said == "omitted" else None
        anchor = None if start is None else Span(start, start + draw(st.integers(0, 9)))
        kind = "om.actor" if said == "omitted" else ""
        cell = Cell(article, claim.id, who, said, kind, anchor)
        answers.append(LedgerAnswer(cell, claim, details={"note": "“n”\n"}))
    return LedgerData(CLAIMS, answers, {"p\u2028x": [0, 20], "q": [0]})


def written(data: LedgerData) -> bytes:
    stream = io.BytesIO()
    write_jsonl(data, stream)
    return stream.getvalue()


@given(ledgers())
def test_what_was_written_is_read_again_but_for_closed_claims(data: LedgerData) -> None:
    file = written(data)
    assert is_ledger(file)
    found = read(io.BytesIO(file), name="ledger.jsonl")
    assert found.cells == tuple(one.cell for one in data.answers if one.claim.active)
    assert found.sentences == data.sentences


GOOD = [
    {"type": "claim", "id": "c1", "event": "Dam", "active": True},
    {"type": "sentences", "document": "p", "starts": [0, 10]},
    {"type": "cell", "document": "p", "claim": "c1", "annotator": "ada", "value": "omitted",
     "kind": "om.actor", "anchor_start": 12, "anchor_end": 12},
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "change", "told"),
    [
        (2, {"value": "maybe"}, "line 3, value: 'maybe' is no answer. Write reported, partly,"),
        (2, {"annotator": ""}, "line 3, annotator: 'annotator' is missing."),
        (2, {"claim": "c9"}, "line 3: no line tells of the claim 'c9'."),
        (2, {"document": "q"}, "line 3: no line tells where the sentences of 'q' begin."),
        (2, {"anchor_start": 13}, "line 3, anchor_end: the end 12 lies before the start 13."),
        (2, {"anchor_start": "x"}, "line 3, anchor_start: a whole number from 0 is needed"),
        (1, {"starts": [0, "x"]}, "line 2, starts: [0, 'x'] is no list of whole numbers."),
        (1, {"type": "annotation"}, "line 2, type: 'annotation' is no line of a ledger."),
    ],
)
def test_a_broken_line_is_told_with_its_place(
    line: int, change: dict[str, Any], told: str
) -> None:
    lines = [{**one, **change} if number == line else one for number, one in enumerate(GOOD)]
    file = "\n".join(map(json.dumps, lines)).encode()
    with pytest.raises(DataError) as caught:
        read(io.BytesIO(file), name="ledger.jsonl")
    assert told in str(caught.value)


@pytest.mark.parametrize("file", [b"", b"{", b"\xff\xfe\x00", json.dumps(GOOD[0]).encode()])
def test_a_file_without_answers_is_refused(file: bytes) -> None:
    with pytest.raises(DataError):
        read(io.BytesIO(file), name="ledger.jsonl")


def test_an_answer_given_twice_is_refused() -> None:
    file = "\n".join(map(json.dumps, [*GOOD, GOOD[2]])).encode()
    with pytest.raises(DataError, match="line 4: 'ada' has answered this claim"):
        read(io.BytesIO(file), name="ledger.jsonl")


def test_annotations_are_no_ledger() -> None:
    assert not is_ledger(b'{"type": "document", "text": "\\"type\\": \\"cell\\""}')
