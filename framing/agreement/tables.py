"""Units CSV and codes CSV: the two tables that agreement is computed from."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from sys import intern
from typing import BinaryIO

from framing.agreement.codes import Code, Codes, check_codes
from framing.agreement.study import DataError, Study, Unit, check_units
from framing.formats.lines import lines
from framing.problems import Problem

UNIT_COLUMNS = ("document", "length", "annotator", "start", "end", "label")
CODE_COLUMNS = ("item", "annotator", "value")

Row = tuple[int, Mapping[str, str]]


def read_table(stream: BinaryIO, *, name: str) -> Study | Codes:
    """Read units or codes, whichever the header names; other columns are ignored.

    Codes may name the document of an item in a column ``document``: it is resampled as a whole.

    Raises DataError with row numbers, the header being row 1.
    """
    rows = _rows(stream, name)
    header = set(next(rows)[1])
    if header >= set(UNIT_COLUMNS):
        return _Units(name).read(rows)
    if header >= set(CODE_COLUMNS):
        return _codes(rows, name)
    raise DataError([_wrong_columns(header, name)])


def unit_blocks(stream: BinaryIO, *, name: str, at_once: int) -> Iterator[Study] | None:
    """Read units in blocks of whole documents of ``at_once`` rows or more; None for codes.

    Raises DataError as ``read_table`` does, and OutOfOrder when rows of a document stand apart.
    """
    rows = _rows(stream, name)
    header = set(next(rows)[1])
    return _Units(name).blocks(rows, at_once) if header >= set(UNIT_COLUMNS) else None


class OutOfOrder(Exception):
    """The rows of a document do not stand together."""


class _Units:
    """Collect units row by row, and what is wrong with them."""

    def __init__(self, name: str) -> None:
        self.closed: set[str] = set()
        self.name = name
        self.lengths: dict[str, int] = {}
        self.readings: set[tuple[str, str]] = set()
        self.units: list[Unit] = []
        self.places: list[str] = []
        self.problems: list[Problem] = []

    def read(self, rows: Iterator[Row]) -> Study:
        for number, row in rows:
            self._take(row, f"{self.name}, row {number}")
        return self._study()

    def blocks(self, rows: Iterator[Row], at_once: int) -> Iterator[Study]:
        current, taken = "", 0
        for number, row in rows:
            if row["document"] != current:
                current = row["document"]
                if taken >= at_once and not self.problems:
                    yield self._study()
                    self.closed |= self.lengths.keys()
                    taken, self.lengths, self.readings = 0, {}, set()
                    self.units, self.places = [], []
                if current in self.closed:
                    raise OutOfOrder
            self._take(row, f"{self.name}, row {number}")
            taken += 1
        yield self._study()

    def _study(self) -> Study:
        problems = self.problems
        if not problems and not self.lengths:
            problems = [Problem(self.name, "there are no rows below the header.",
                                "Write one row a unit, or a row without start, end and label "
                                "for a document read without marking anything.")]
        if problems:
            raise DataError(problems)
        return Study(self.lengths, frozenset(self.readings), tuple(self.units),
                     tuple(self.places))

    def _take(self, row: Mapping[str, str], place: str) -> None:
        document, annotator = row["document"], row["annotator"]
        empty = [column for column in ("document", "annotator") if not row[column]]
        if empty:
            self._refuse(place, f"the column '{empty[0]}' is empty.", "Fill it in.")
        elif self._knows_length(document, row["length"], place):
            self.readings.add((document, annotator))
            self._mark(row, place)

    def _knows_length(self, document: str, written: str, place: str) -> bool:
        length = _count(written)
        if length is None:
            self._refuse(place, f"the length '{written}' is not a whole number of 0 or more.",
                         "Give the document's length in code points.")
        elif self.lengths.setdefault(document, length) != length:
            self._refuse(place, f"document '{document}' has length {length} here and "
                         f"{self.lengths[document]} before.", "Give one length a document.")
        else:
            return True
        return False

    def _mark(self, row: Mapping[str, str], place: str) -> None:
        span = [row["start"], row["end"], row["label"]]
        if not any(span):
            return
        start, end = _count(row["start"]), _count(row["end"])
        if start is None or end is None or not row["label"]:
            self._refuse(place, f"start '{span[0]}', end '{span[1]}' and label '{span[2]}' are "
                         "not two whole numbers and a name.",
                         "Fill all three, or none for a document read without marking anything.")
            return
        unit = Unit(row["document"], row["annotator"], start, end, row["label"])
        self.problems += check_units(self.lengths, [unit], places=[place])
        self.units.append(unit)
        self.places.append(place)

    def _refuse(self, place: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(place, message, remedy))


def _codes(rows: Iterator[Row], name: str) -> Codes:
    codes, places, problems = [], [], []
    for number, row in rows:
        place = f"{name}, row {number}"
        empty = [column for column in ("item", "annotator") if not row[column]]
        if empty:
            problems.append(Problem(place, f"the column '{empty[0]}' is empty.", "Fill it in."))
        elif row["value"]:
            codes.append(Code(row["item"], row["annotator"], row["value"],
                              row.get("document", "")))
            places.append(place)
    problems += check_codes(codes, places=places)
    if not problems and not codes:
        problems = [Problem(name, "there are no codes below the header.",
                            "Write one row an item and annotator; an empty value is missing.")]
    if problems:
        raise DataError(problems)
    return Codes(tuple(codes))


def _rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    """Yield the header as row 1, then every row that is not blank, keyed by column."""
    source = _text_lines(stream, name)
    header = next(source, "")
    if header.lower().startswith("sep="):
        header = next(source, "")
    if not header.strip():
        raise DataError([Problem(name, "the file is empty.", f"{_expected()}")])
    columns, delimiter = _columns(header)
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise DataError([Problem(f"{name}, row 1", f"the column '{twice[0]}' stands twice.",
                                 "Leave one of them out.")])
    yield 1, dict.fromkeys(columns, "")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=2):
            if any(cell.strip() for cell in cells):
                yield number, _row(cells, columns, f"{name}, row {number}")
    except csv.Error as error:
        raise DataError([Problem(f"{name}, row {reader.line_num + 1}",
                                 f"the row cannot be read as CSV: {error}.",
                                 "Close every quotation mark and double those inside.")]) from None


def _columns(header: str) -> tuple[list[str], str]:
    """Return the names in a header and what separates them: the sign that finds most of ours."""
    found = {sign: [cell.strip().lower() for cell in next(csv.reader([header], delimiter=sign))]
             for sign in ",;\t"}
    known = {*UNIT_COLUMNS, *CODE_COLUMNS}
    sign = max(found, key=lambda sign: (len(known.intersection(found[sign])), len(found[sign])))
    return found[sign], sign


def _row(cells: list[str], columns: list[str], place: str) -> Mapping[str, str]:
    if len(cells) > len(columns):
        raise DataError([Problem(place, f"the row has {len(cells)} cells, the header "
                                 f"{len(columns)}.",
                                 "Put cells that hold the separator in quotes.")])
    padded = cells + [""] * (len(columns) - len(cells))
    # Names repeat on every row: one string each keeps long tables small.
    return {column: intern(cell.strip()) for column, cell in zip(columns, padded, strict=True)}


def _text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(lines(stream, name=name), start=1):
        if isinstance(line, Problem):
            raise DataError([line])
        try:
            yield line.decode() + "\n"
        except UnicodeDecodeError as error:
            raise DataError([Problem(f"{name}, row {number}, byte {error.start + 1}",
                                     f"0x{line[error.start]:02X} is not UTF-8.",
                                     "Save the table as CSV in UTF-8.")]) from None


def _wrong_columns(header: set[str], name: str) -> Problem:
    found = ", ".join(sorted(column for column in header if column)) or "none"
    return Problem(f"{name}, row 1", f"these are the columns of neither table: {found}.",
                   _expected())


def _expected() -> str:
    return (f"Units have the columns {','.join(UNIT_COLUMNS)}; codes have "
            f"{','.join(CODE_COLUMNS)}.")


def _count(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 16 else None
