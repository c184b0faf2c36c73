"""The long table of annotations, read back: rows that follow each other make one annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from framing.formats.annotation_table import COLUMNS
from framing.formats.base import Row, some, unique
from framing.formats.cells import Cells, read_cells
from framing.formats.claims import annotation
from framing.formats.fields import Fields, RefusedError, shown
from framing.formats.json_text import object_of

REQUIRED = COLUMNS[: COLUMNS.index("quote") + 1]
_OF_PARTS = {"role", "start", "end", "quote", "part_document"}


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield a row for every annotation, numbered by the first of its rows."""
    found = read_cells(stream, name=name, required=REQUIRED, known=COLUMNS)
    return some(unique(_rows(found, name)), name)


def _rows(found: Iterable[Cells | Row], name: str) -> Iterator[Row]:
    """A row that cannot be read stands alone; the others go together by article and id."""
    numbered = enumerate(found)
    for _, group in groupby(numbered, key=lambda entry: _together(*entry)):
        entries = [entry for _, entry in group]
        rows = [entry for entry in entries if isinstance(entry, Cells)]
        yield from (entry for entry in entries if isinstance(entry, Row))
        if rows:
            yield _annotation(rows, name)


def _together(number: int, entry: Cells | Row) -> tuple[object, ...]:
    if isinstance(entry, Row):
        return (number,)
    values = entry.values
    return values.get("document"), values.get("annotator"), values.get("annotation")


def _annotation(rows: list[Cells], name: str) -> Row:
    first = rows[0]
    try:
        for row in rows:
            _check_same(first, row)
        values: dict[str, object] = {key: value for key, value in first.values.items() if value}
        values["id"] = first.values.get("annotation", "")
        values["parts"] = [_part(row) for row in rows if _has_part(row)]
        values["attributes"] = _attributes(first)
        values["score"] = _score(first)
        return Row(name, first.number, annotation(Fields(values, place=first.place)))
    except RefusedError as refused:
        return Row(name, first.number, problem=refused.problem)


def _check_same(first: Cells, row: Cells) -> None:
    for column, value in row.values.items():
        if column in COLUMNS and column not in _OF_PARTS and value != first.values.get(column):
            message = f"{shown(value)} differs from the first row of the annotation."
            remedy = "Give all rows of an annotation the same values, or another id."
            raise RefusedError(f"{row.place}, {column}", message, remedy)


def _has_part(row: Cells) -> bool:
    return any(row.values.get(column) for column in _OF_PARTS)


def _part(row: Cells) -> dict[str, object]:
    values = row.values
    return {
        "role": values.get("role", ""),
        "start": _whole(row, "start"),
        "end": _whole(row, "end"),
        "quote": values.get("quote", ""),
        "document": values.get("part_document", ""),
    }


def _whole(row: Cells, column: str) -> int:
    value = row.values.get(column, "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    message = f"{shown(value)} is not a whole number from 0."
    raise RefusedError(f"{row.place}, {column}", message, "Count code points.")


def _attributes(row: Cells) -> dict[str, object]:
    value = row.values.get("attributes", "").strip()
    return object_of(value.encode(), place=f"{row.place}, attributes") if value else {}


def _score(row: Cells) -> float | None:
    value = row.values.get("score", "").strip()
    try:
        return float(value) if value else None
    except ValueError:
        message = f"{shown(value)} is not a number."
        raise RefusedError(f"{row.place}, score", message, "Give 0 to 1.") from None
