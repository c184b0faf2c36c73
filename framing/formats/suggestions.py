"""Everything that detectors proposed, with what each annotator made of it.

Not among the formats of labels on purpose: a rejected suggestion must never be counted as a label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from framing.annotations import Annotation
from framing.formats.annotation_table import row_bytes
from framing.formats.claims import annotation
from framing.formats.fields import Fields, RefusedError, shown
from framing.formats.json_text import object_of
from framing.formats.jsonl_writer import as_dict
from framing.formats.lines import lines
from framing.problems import Problem

COLUMNS = (
    "suggestion", "document", "device", "label", "parts", "attributes", "score", "rule", "reason",
    "detector", "version", "annotator", "decision", "annotation",
)  # fmt: skip


class Verdict(StrEnum):
    """What became of a suggestion on one annotator's sheet."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    DELETED = "deleted"
    """Accepted, and the label deleted later."""
    REJECTED = "rejected"
    IGNORED = "ignored"
    """Shown, and the article submitted without a decision."""
    OPEN = "open"
    """Shown in an article that is not submitted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One annotator's verdict; ``annotation`` is the id of the label that stands for it."""

    annotator: str
    decision: Verdict
    annotation: str = ""


@dataclass(frozen=True)
class Proposal:
    """A suggestion as it was made, by its detector as annotator, and who answered what."""

    made: Annotation
    answers: tuple[Answer, ...] = ()


def write_jsonl(proposals: Iterable[Proposal], stream: BinaryIO) -> None:
    """Write one suggestion a line, its answers under ``decisions``."""
    for proposal in proposals:
        content = {**as_dict(proposal.made), "type": "suggestion"}
        del content["annotator"], content["note"]
        content["decisions"] = [
            {"annotator": a.annotator, "decision": a.decision.value, "annotation": a.annotation}
            for a in proposal.answers
        ]
        stream.write(json.dumps(content, ensure_ascii=False, allow_nan=False).encode() + b"\n")


def write_csv(proposals: Iterable[Proposal], stream: BinaryIO) -> None:
    """Write one row for each suggestion and answer; a suggestion without answers has one row."""
    stream.write(row_bytes(COLUMNS))
    for proposal in proposals:
        made = _cells(proposal.made)
        for answer in proposal.answers or (None,):
            given = (answer.annotator, answer.decision.value, answer.annotation) if answer else ()
            stream.write(row_bytes([*made, *(given or ("", "", ""))]))


def read_jsonl(stream: BinaryIO, *, name: str) -> Iterator[Proposal | Problem]:
    """Yield each suggestion of a file that `write_jsonl` wrote, or why its line is refused."""
    for number, line in enumerate(lines(stream, name=name), start=1):
        if isinstance(line, Problem):
            yield line
        elif line.strip():
            try:
                yield _proposal(line, place=f"{name}, line {number}")
            except RefusedError as refused:
                yield refused.problem


def _cells(made: Annotation) -> list[str]:
    content = as_dict(made)
    return [
        made.id, made.document, made.device, made.label,
        json.dumps(content["parts"], ensure_ascii=False),
        json.dumps(content["attributes"], ensure_ascii=False),
        "" if made.score is None else repr(made.score),
        made.rule, made.reason, made.detector, made.version,
    ]  # fmt: skip


def _proposal(line: bytes, *, place: str) -> Proposal:
    values = object_of(line, place=place)
    fields = Fields(values, place=place)
    if fields.line("type") != "suggestion":
        raise fields.refuse("type", "the line is no suggestion.", 'Write "suggestion".')
    given = fields.get("decisions")
    if not isinstance(given, list):
        raise fields.refuse("decisions", f"{shown(given)} is not a list.", "Write [] for none.")
    made = annotation(Fields({**values, "annotator": fields.required("detector")}, place=place))
    numbered = enumerate(given, start=1)
    return Proposal(made, tuple(_answer(one, f"{place}, decision {n}") for n, one in numbered))


def _answer(value: object, place: str) -> Answer:
    if not isinstance(value, dict):
        remedy = 'Write {"annotator", "decision", "annotation"}.'
        raise RefusedError(place, f"{shown(value)} is not an object.", remedy)
    fields = Fields(value, place=place)
    decision = fields.required("decision")
    if decision not in tuple(Verdict):
        raise fields.refuse("decision", f"{shown(decision)} is no decision.",
                            f"Write one of: {', '.join(Verdict)}.")
    return Answer(fields.required("annotator"), Verdict(decision), fields.line("annotation"))
