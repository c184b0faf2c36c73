"""The ledger of omissions read again from its JSON lines, so that it can be measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from framing.agreement.ledger import Cell, Ledger
from framing.agreement.study import DataError
from framing.formats.fields import Fields, RefusedError, shown
from framing.formats.json_text import object_of
from framing.formats.ledger import CELL, CLAIM, SENTENCES
from framing.formats.lines import lines
from framing.omission.coding import Answer
from framing.problems import Problem
from framing.spans import Span

SIGNS = tuple(f'"type": "{kind}"'.encode() for kind in (CLAIM, CELL, SENTENCES))


def is_ledger(head: bytes) -> bool:
    """Tell by its first line whether a file is a ledger, and not annotations."""
    first = head.partition(b"\n")[0].lstrip(b"\xef\xbb\xbf \t")
    return first.startswith(b"{") and any(sign in first for sign in SIGNS)


def read(stream: BinaryIO, *, name: str) -> Ledger:
    """Return the answers to claims that are still asked, in the order of the file.

    Raises DataError with the place of every line that cannot be read.
    """
    found = _Read()
    problems = [problem for problem in _problems(found, stream, name) if problem]
    problems += found.problems(name)
    if problems:
        raise DataError(problems)
    return Ledger(tuple(cell for cell in found.cells if found.active[cell.claim]), found.sentences)


@dataclass
class _Read:
    """What the lines said so far; ``places`` are those of the cells."""

    active: dict[str, bool] = field(default_factory=dict)
    sentences: dict[str, Sequence[int]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def problems(self, name: str) -> Iterator[Problem]:
        """Yield what only the whole file tells."""
        if not self.cells:
            yield Problem(name, "there are no answers to claims.", "Give an exported ledger.")
        seen: set[tuple[str, str]] = set()
        for cell, place in zip(self.cells, self.places, strict=True):
            if cell.claim not in self.active:
                message = f"no line tells of the claim {shown(cell.claim)}."
                yield Problem(place, message, "Take the whole exported file.")
            elif cell.anchor is not None and cell.article not in self.sentences:
                message = f"no line tells where the sentences of {shown(cell.article)} begin."
                yield Problem(place, message, "Export the ledger again.")
            elif (cell.item, cell.annotator) in seen:
                message = f"{shown(cell.annotator)} has answered this claim on an earlier line."
                yield Problem(place, message, "Keep one answer.")
            seen.add((cell.item, cell.annotator))


def _problems(found: _Read, stream: BinaryIO, name: str) -> Iterator[Problem | None]:
    for number, line in enumerate(lines(stream, name=name), start=1):
        if isinstance(line, Problem):
            yield line
        elif line.strip():
            yield _take(found, line, f"{name}, line {number}")


def _take(found: _Read, line: bytes, place: str) -> Problem | None:
    try:
        fields = Fields(object_of(line, place=place), place=place)
        kind = fields.line("type")
        if kind == CLAIM:
            found.active[fields.required("id")] = fields.get("active") is not False
        elif kind == SENTENCES:
            found.sentences[fields.required("document")] = _starts(fields)
        elif kind == CELL:
            found.cells.append(_cell(fields))
            found.places.append(place)
        else:
            known = f'"{CLAIM}", "{SENTENCES}" or "{CELL}"'
            raise fields.refuse("type", f"{shown(kind)} is no line of a ledger.", f"Write {known}.")
    except RefusedError as refused:
        return refused.problem
    return None


def _cell(fields: Fields) -> Cell:
    value = fields.required("value")
    if value not in set(Answer):
        remedy = f"Write {', '.join(Answer)}."
        raise fields.refuse("value", f"{shown(value)} is no answer.", remedy)
    return Cell(
        fields.required("document"), fields.required("claim"), fields.required("annotator"), value,
        fields.line("kind"), _anchor(fields),
    )  # fmt: skip


def _anchor(fields: Fields) -> Span | None:
    """Return the anchor; both ends are empty where it is the whole article."""
    if fields.values.get("anchor_start", "") == fields.values.get("anchor_end", "") == "":
        return None
    start, end = fields.count("anchor_start"), fields.count("anchor_end")
    if start > end:
        message = f"the end {end} lies before the start {start}."
        raise fields.refuse("anchor_end", message, "Swap them.")
    return Span(start, end)


def _starts(fields: Fields) -> list[int]:
    found = fields.get("starts")
    if isinstance(found, list) and found and all(type(one) is int and one >= 0 for one in found):
        return sorted(found)
    message = f"{shown(found)} is no list of whole numbers." if found else "'starts' is missing."
    raise fields.refuse("starts", message, "Write where each sentence begins, in code points.")
