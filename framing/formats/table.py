"""CSV: one article a row, as spreadsheets and data frames save it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from framing.formats.base import Row, some, unique
from framing.formats.cells import Cells, read_cells
from framing.formats.fields import DOCUMENT_FIELDS, Fields, RefusedError, document


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield a row for every article; row 1 is the header, as a spreadsheet counts."""
    found = read_cells(stream, name=name, required=("text",), known=DOCUMENT_FIELDS)
    rows = (_row(cells, name) if isinstance(cells, Cells) else cells for cells in found)
    return some(unique(rows), name)


def _row(cells: Cells, name: str) -> Row:
    try:
        return Row(name, cells.number, document(Fields(cells.values, place=cells.place)))
    except RefusedError as refused:
        return Row(name, cells.number, problem=refused.problem)
