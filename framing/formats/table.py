"""CSV: one article a row, as spreadsheets and data frames save it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import BinaryIO

from framing.formats.base import Row, some, unique
from framing.formats.fields import DOCUMENT_FIELDS, Fields, RefusedError, document, shown
from framing.formats.lines import LINE_LIMIT, lines
from framing.problems import Problem

# The module's own limit is 131,072 characters and shared by the whole process; a long article
# must reach our own check, which says what to do.
csv.field_size_limit(LINE_LIMIT)

_DELIMITERS = ",;\t"


class _UnreadableError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield a row for every article; row 1 is the header, as a spreadsheet counts."""
    return some(unique(_rows(stream, name)), name)


def _rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    source = _text_lines(stream, name)
    try:
        header = next(source, "")
        if header.lower().startswith("sep="):
            header = next(source, "")
        delimiter = _delimiter(header)
        columns = _columns(header, delimiter, name)
    except _UnreadableError as error:
        yield Row(name, 1, problem=error.problem)
        return
    unknown = [column for column in columns if column not in DOCUMENT_FIELDS]
    if unknown:
        yield Row(name, 1, notes=(f"columns ignored: {', '.join(unknown)}",))
    yield from _records(csv.reader(source, delimiter=delimiter, strict=True), columns, name)


def _text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    for line in lines(stream, name=name):
        if isinstance(line, Problem):
            raise _UnreadableError(line)
        # A bad byte becomes a lone surrogate, so that it costs its own row only.
        yield line.decode("utf-8", "surrogateescape") + "\n"


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=lambda sign: (len(_cells(header, sign)), -_DELIMITERS.find(sign)))


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _columns(header: str, delimiter: str, name: str) -> list[str]:
    columns = [cell.strip().lower() for cell in _cells(header, delimiter)]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if "text" not in columns:
        found = ", ".join(shown(column) for column in columns if column) or "none"
        message = f"there is no column 'text'; the columns found are: {found}."
        remedy = "Name the column that holds the articles 'text' in the first row."
    elif twice:
        message, remedy = f"the column {twice[0]!r} stands twice.", "Rename or remove one of them."
    else:
        return columns
    raise _UnreadableError(Problem(f"{name}, row 1", message, remedy))


def _records(reader: Iterator[list[str]], columns: list[str], name: str) -> Iterator[Row]:
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _UnreadableError as error:
            yield Row(name, number, problem=error.problem)
            return
        except csv.Error as error:
            yield Row(name, number, problem=_malformed(name, number, str(error)))
            if "field larger" in str(error):
                return
            continue
        if any(cell.strip() for cell in cells):
            yield _row(cells, columns, name, number)


def _row(cells: list[str], columns: list[str], name: str, number: int) -> Row:
    place = f"{name}, row {number}"
    try:
        if any(cell.strip() for cell in cells[len(columns) :]):
            message = f"the row has {len(cells)} cells, the header {len(columns)}."
            raise RefusedError(place, message, "Put cells that hold the separator in quotes.")
        known = {
            column: cell
            for column, cell in zip(columns, cells, strict=False)
            if column in DOCUMENT_FIELDS
        }
        for column, cell in known.items():
            _check_bytes(cell, f"{place}, {column}")
        return Row(name, number, document(Fields(known, place=place)))
    except RefusedError as refused:
        return Row(name, number, problem=refused.problem)


def _check_bytes(cell: str, place: str) -> None:
    bad = next((char for char in cell if "\udc80" <= char <= "\udcff"), "")
    if bad:
        message = f"byte 0x{ord(bad) - 0xDC00:02X} is not UTF-8."
        raise RefusedError(place, message, "Save the table as “CSV UTF-8”.")


def _malformed(name: str, number: int, reason: str) -> Problem:
    place = f"{name}, row {number}"
    if "unexpected end" in reason or "field larger" in reason:
        message = "a quoted cell that begins here never ends; the rows after it were not read."
        return Problem(place, message, "Close the quotation mark.")
    return Problem(
        place,
        f"the quotation marks do not fit together ({reason}).",
        "Double every quotation mark inside a quoted cell.",
    )
