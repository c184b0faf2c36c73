"""JSON lines: one document, annotation or reading a line, in any order, in one file or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from framing.annotations import Annotation
from framing.documents import Document
from framing.formats.base import Item, Row, some, unique
from framing.formats.claims import annotation, reading
from framing.formats.fields import Fields, RefusedError, document, shown
from framing.formats.json_text import object_of
from framing.formats.lines import lines
from framing.formats.newlines import NewlineShifts
from framing.offsets import fingerprint
from framing.problems import Problem

OFFSET_UNIT = "codepoint"


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield a row for every line that is not empty; memory grows by the ids."""
    return unique(rows(stream, name=name))


def rows(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield the same rows without looking for ids given twice."""
    return some(_rows(stream, name), name)


def _rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    shifts = NewlineShifts()
    for number, line in enumerate(lines(stream, name=name), start=1):
        if isinstance(line, Problem):
            yield Row(name, number, problem=line, unit="line")
        elif line.strip():
            yield _row(line, name, number, shifts)


def _row(line: bytes, name: str, number: int, shifts: NewlineShifts) -> Row:
    place = f"{name}, line {number}"
    try:
        fields = Fields(object_of(line, place=place), place=place)
        item, notes = _item(fields, shifts)
    except RefusedError as refused:
        return Row(name, number, problem=refused.problem, unit="line")
    return Row(name, number, item, notes=notes + fields.ignored(), unit="line")


def _item(fields: Fields, shifts: NewlineShifts) -> tuple[Item, tuple[str, ...]]:
    kind = fields.line("type") or ("document" if "text" in fields.values else "")
    if fields.line("offset_unit") not in ("", OFFSET_UNIT):
        unit = shown(fields.values["offset_unit"])
        raise fields.refuse(
            "offset_unit", f"offsets in {unit} are not read.", "Convert them to code points."
        )
    if kind == "document":
        return _document(fields, shifts)
    if kind == "annotation":
        return _moved(annotation(fields), shifts)
    if kind == "reading":
        return reading(fields), ()
    found = f"{shown(kind)} is no kind of record." if kind else "'type' is missing."
    raise fields.refuse("type", found, 'Write "document", "annotation" or "reading".')


def _document(fields: Fields, shifts: NewlineShifts) -> tuple[Document, tuple[str, ...]]:
    found, raw = document(fields), fields.raw("text")
    given = fields.line("sha256").lower()
    if given in ("", found.sha256, fingerprint(raw)):
        shifts.remember(found.id, raw)
        return found, () if raw == found.text else ("newlines changed to LF",)
    raise fields.refuse(
        "sha256",
        "the fingerprint is not that of the text, so that offsets may point elsewhere.",
        "Take the text that was annotated, or leave out 'sha256'.",
    )


def _moved(found: Annotation, shifts: NewlineShifts) -> tuple[Annotation, tuple[str, ...]]:
    moved = shifts.moved(found)
    return moved, () if moved is found else ("offsets moved with the newlines of the text",)
