"""Rows of a CSV file by the names of their columns, each broken one with its place."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import BinaryIO

from framing.formats.base import Row
from framing.formats.fields import RefusedError, shown
from framing.formats.lines import LINE_LIMIT, lines
from framing.problems import Problem

# The module's own limit is 131,072 characters and shared by the whole process; a long article
# must reach our own check, which says what to do.
csv.field_size_limit(LINE_LIMIT)

_BAD_BYTE = re.compile("[\udc80-\udcff]")
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of the table as a spreadsheet counts (the header is row 1)."""

    place: str
    number: int
    values: dict[str, str]


class _UnreadableError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_cells(
    stream: BinaryIO, *, name: str, required: Sequence[str], known: Collection[str]
) -> Iterator[Cells | Row]:
    """Yield the rows that are not empty, and a Row for everything that cannot be read.

    The separator is a comma, semicolon or tab, whichever makes most columns of the header.
    Columns that are not ``known`` are named in a note on row 1.
    """
    source = _text_lines(stream, name)
    try:
        header = next(source, "")
        if header.lower().startswith("sep="):
            header = next(source, "")
        delimiter = _delimiter(header)
        columns = _columns(header, delimiter, name, required)
    except _UnreadableError as error:
        yield Row(name, 1, problem=error.problem)
        return
    unknown = [column or "(no name)" for column in columns if column not in known]
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


def _columns(header: str, delimiter: str, name: str, required: Sequence[str]) -> list[str]:
    columns = [cell.strip().lower() for cell in _cells(header, delimiter)]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    missing = next((column for column in required if column not in columns), "")
    if missing:
        found = ", ".join(shown(column) for column in columns if column) or "none"
        message = f"there is no column {missing!r}; the columns found are: {found}."
        remedy = f"Name the column that holds it {missing!r} in the first row."
    elif twice:
        message, remedy = f"the column {twice[0]!r} stands twice.", "Rename or remove one of them."
    else:
        return columns
    raise _UnreadableError(Problem(f"{name}, row 1", message, remedy))


def _records(reader: Iterator[list[str]], columns: list[str], name: str) -> Iterator[Cells | Row]:
    for number in count(2):
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
            yield _named(cells, columns, name, number)


def _named(cells: list[str], columns: list[str], name: str, number: int) -> Cells | Row:
    place = f"{name}, row {number}"
    try:
        if any(cell.strip() for cell in cells[len(columns) :]):
            message = f"the row has {len(cells)} cells, the header {len(columns)}."
            raise RefusedError(place, message, "Put cells that hold the separator in quotes.")
        for column, cell in zip(columns, cells, strict=False):
            _check_bytes(cell, f"{place}, {column}")
    except RefusedError as refused:
        return Row(name, number, problem=refused.problem)
    return Cells(place, number, dict(zip(columns, cells, strict=False)))


def _check_bytes(cell: str, place: str) -> None:
    bad = _BAD_BYTE.search(cell)
    if bad:
        message = f"byte 0x{ord(bad.group()) - 0xDC00:02X} is not UTF-8."
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
