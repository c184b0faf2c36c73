"""What every format shares: the row it yields, and how a format describes itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import BinaryIO, Protocol

from framing.annotations import Annotation, Reading
from framing.documents import Document
from framing.formats.report import ConversionReport
from framing.problems import Problem

Item = Document | Annotation | Reading


class Carries(StrEnum):
    """A kind of record that a format has a place for."""

    DOCUMENTS = "documents"
    ANNOTATIONS = "annotations"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file and what became of it: an item, a problem, or neither (skipped).

    ``place`` names the file (a member of an archive as ``archive.zip/member.txt``), ``number``
    the row as people count: lines of JSONL, spreadsheet rows of CSV (the header is 1), members
    of an archive or folder. ``notes`` say what was left out or changed, or why it was skipped.
    """

    place: str
    number: int
    item: Item | None = None
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    unit: str = "row"

    @property
    def where(self) -> str:
        return f"{self.place}, {self.unit} {self.number}"


class Reader(Protocol):
    def __call__(self, stream: BinaryIO, *, name: str) -> Iterator[Row]: ...


class Writer(Protocol):
    def __call__(self, records: Iterable[Item], stream: BinaryIO) -> ConversionReport: ...


Blocks = Iterable[Iterable[Item]]
"""Records in pieces that hang together: what an annotation points into is in its own block."""


class BlockWriter(Protocol):
    def __call__(self, blocks: Blocks, stream: BinaryIO) -> ConversionReport: ...


@dataclass(frozen=True)
class Format:
    """A file format: what it is called, what it has a place for, and what is lost in it.

    ``read`` yields rows as the stream arrives and raises nothing for bad content; it is None for
    a format that is only written or not a stream. ``write_blocks`` writes one file and holds one
    block in memory, such as the articles of an event with all that is said about them; it is
    None for a format that is only read.
    """

    id: str
    name: str
    extensions: tuple[str, ...]
    carries: frozenset[Carries]
    losses: tuple[str, ...] = ()
    read: Reader | None = None
    write_blocks: BlockWriter | None = None

    @property
    def write(self) -> Writer | None:
        """Return the writer for records that are all at hand: they are one block."""
        write_blocks = self.write_blocks
        if write_blocks is None:
            return None
        return lambda records, stream: write_blocks([records], stream)


def some(rows: Iterable[Row], name: str) -> Iterator[Row]:
    """Say so when a file holds neither a record nor a refused one."""
    empty = True
    for row in rows:
        empty = empty and row.item is None and row.problem is None
        yield row
    if empty:
        remedy = "Choose a file with articles or annotations."
        yield Row(name, 0, problem=Problem(name, "the file holds no records.", remedy))


def unique(rows: Iterable[Row]) -> Iterator[Row]:
    """Refuse documents and annotations whose id an earlier row has; memory grows by the ids."""
    seen: dict[tuple[type, str], str] = {}
    for row in rows:
        if not isinstance(row.item, Document | Annotation):
            yield row
            continue
        key = (type(row.item), row.item.id)
        if key in seen:
            kind = "article" if isinstance(row.item, Document) else "annotation"
            problem = given_twice(kind, row.item.id, where=row.where, first=seen[key])
            yield replace(row, item=None, problem=problem)
        else:
            seen[key] = row.where
            yield row


def given_twice(kind: str, id: str, *, where: str, first: str) -> Problem:
    """Say that the row ``first`` has the id already."""
    message = f"the {kind} id {id!r} was already given in {first}."
    return Problem(where, message, "Give each its own id, or leave out the second.")
