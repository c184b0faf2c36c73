"""The ledger of omissions as files: claims with their evidence, and what annotators answered.

The table of cells has the columns of codes CSV, so that ``python -m framing agree`` reads it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from framing.agreement.ledger import Cell
from framing.annotations import Part

CLAIM, SENTENCES, CELL = "claim", "sentences", "cell"
"""The types of lines."""

CELL_COLUMNS = (
    "item", "annotator", "value", "document", "event", "claim", "statement", "kind",
    "anchor_start", "anchor_end", "anchor_quote", "salience", "favours", "favours_polarity",
    "confidence", "note", "is_check",
)  # fmt: skip
CLAIM_COLUMNS = (
    "claim", "event", "statement", "origin", "active", "made_from", "document", "start", "end",
    "quote",
)  # fmt: skip


@dataclass(frozen=True)
class LedgerClaim:
    """One row of an event's ledger; the passages of ``evidence`` name their document."""

    id: str
    event: str
    statement: str
    origin: str
    active: bool
    evidence: tuple[Part, ...]
    made_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class LedgerAnswer:
    """One cell with what was said about it; ``details`` are the columns behind the anchor."""

    cell: Cell
    claim: LedgerClaim
    anchor_quote: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LedgerData:
    """What a ledger holds. Each answer is to one of the claims.

    ``sentences`` are the code points at which the sentences of the answered articles begin: by
    them anchors are compared.
    """

    claims: Sequence[LedgerClaim]
    answers: Sequence[LedgerAnswer]
    sentences: Mapping[str, Sequence[int]] = field(default_factory=dict)


def write_cells(data: LedgerData, stream: BinaryIO) -> None:
    """Write codes CSV: one row an answer to an active claim; no anchor is the whole article."""
    standing = (answer for answer in data.answers if answer.claim.active)
    _write_table(stream, CELL_COLUMNS, map(_cell, standing))


def write_claims(data: LedgerData, stream: BinaryIO) -> None:
    """Write one row for every passage of every claim, one row for a claim without any."""
    _write_table(stream, CLAIM_COLUMNS, (row for claim in data.claims for row in _claim(claim)))


def write_jsonl(data: LedgerData, stream: BinaryIO) -> None:
    """Write a line a claim with its evidence, a line an article, then a line a cell.

    Also of inactive claims; `ledger_reader.read` leaves those out, as the table of cells does.
    """
    for claim in data.claims:
        stream.write(_line(_claim_json(claim)))
    for name, starts in data.sentences.items():
        stream.write(_line({"type": SENTENCES, "document": name, "starts": list(starts)}))
    for answer in data.answers:
        row = {name: value for name, value in _cell(answer).items() if name not in _REPEATED}
        stream.write(_line({"type": CELL, **row}))


def _line(row: Mapping[str, object]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


_REPEATED = {"item", "event", "statement"}


def _cell(answer: LedgerAnswer) -> dict[str, object]:
    cell, anchor = answer.cell, answer.cell.anchor
    return {
        "item": cell.item, "annotator": cell.annotator, "value": cell.answer,
        "document": cell.article, "event": answer.claim.event, "claim": cell.claim,
        "statement": answer.claim.statement, "kind": cell.kind,
        "anchor_start": anchor.start if anchor else "", "anchor_end": anchor.end if anchor else "",
        "anchor_quote": answer.anchor_quote, **dict(answer.details),
    }  # fmt: skip


def _claim(claim: LedgerClaim) -> Iterator[dict[str, object]]:
    row: dict[str, object] = {
        "claim": claim.id, "event": claim.event, "statement": claim.statement,
        "origin": claim.origin, "active": "yes" if claim.active else "no",
        "made_from": " ".join(claim.made_from),
    }  # fmt: skip
    for part in claim.evidence:
        yield row | {
            "document": part.document, "start": part.span.start, "end": part.span.end,
            "quote": part.quote,
        }  # fmt: skip
    if not claim.evidence:
        yield row


def _claim_json(claim: LedgerClaim) -> dict[str, object]:
    evidence = [
        {"document": p.document, "start": p.span.start, "end": p.span.end, "quote": p.quote}
        for p in claim.evidence
    ]
    return {
        "type": CLAIM, "id": claim.id, "event": claim.event, "statement": claim.statement,
        "origin": claim.origin, "active": claim.active, "made_from": list(claim.made_from),
        "evidence": evidence,
    }  # fmt: skip


def _write_table(
    stream: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, object]]
) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    table = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    text.flush()
    text.detach()
