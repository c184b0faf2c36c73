"""Annotations laid down on disk as they are read, taken up again by whole documents.

The lines of a document may lie anywhere in a file. A private SQLite database sorts them, so that
memory grows with the documents and not with the annotations.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from framing.agreement.sources import Annotated, nothing_there
from framing.agreement.study import DataError, own_parts
from framing.annotations import Annotation, Part, Reading
from framing.documents import Document
from framing.formats.base import Row, given_twice
from framing.problems import Problem
from framing.spans import Span

# Kibibytes of pages in memory; what is more lies in a file that nobody else can open.
CACHE = 16_000
_TABLES = f"""
PRAGMA cache_size = -{CACHE};
PRAGMA temp_store = FILE;
PRAGMA journal_mode = OFF;
CREATE TABLE known (name TEXT PRIMARY KEY, length INTEGER) WITHOUT ROWID;
CREATE TABLE annotation (number INTEGER PRIMARY KEY, id TEXT, device TEXT, document TEXT,
                         annotator TEXT, reach INTEGER, rest TEXT, place TEXT);
"""
_OF_DEVICE = """SELECT document, id, device, annotator, rest, place FROM annotation
                WHERE device = ? ORDER BY document, number"""
_MISFITS = """SELECT document, id, device, annotator, rest, place
              FROM annotation LEFT JOIN known ON name = document
              WHERE device = ? AND (length IS NULL OR reach > length) ORDER BY number"""
_REPEATED = """SELECT number, id, place FROM annotation WHERE id IN
               (SELECT id FROM annotation GROUP BY id HAVING count(*) > 1) ORDER BY number"""

Numbered = list[tuple[int, Problem]]
Record = tuple[str, str, str, str, str, str]


@dataclass
class OnDisk:
    """What ``Annotated`` is, with the annotations on disk; texts, quotes and notes are let go."""

    database: sqlite3.Connection
    lengths: dict[str, int] = field(default_factory=dict)
    readings: dict[tuple[str, str], list[Reading]] = field(default_factory=dict)
    devices: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[Row], *, name: str) -> OnDisk:
        """Take all rows; raises DataError with the place of every row that cannot be taken."""
        with _disk_errors(name):
            made = cls(sqlite3.connect("", isolation_level=None))
            made.database.executescript(_TABLES)
            problems: Numbered = []
            made.database.execute("BEGIN")
            made.database.executemany("INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                      made._taken(rows, problems))
            made.database.executemany("INSERT INTO known VALUES (?, ?)", made.lengths.items())
            made.database.execute("COMMIT")
            problems += made._repeated()
        if problems:
            raise DataError(problem for _, problem in sorted(problems, key=itemgetter(0)))
        if not made.devices:
            raise nothing_there(name)
        return made

    def check(self, device: str, *, role: str | None = None) -> None:
        """Raise DataError, as a study of the whole file would, for what fits no document."""
        readings = [reading for (of, _), found in self.readings.items() if of == device
                    for reading in found]
        misfits = Annotated(self.lengths, readings=readings, devices=self.devices)
        with _disk_errors():
            _take(misfits, self.database.execute(_MISFITS, (device,)))
        misfits.study(device=device, role=role)

    def blocks(self, device: str, *, at_once: int) -> Iterator[Annotated]:
        """Yield whole documents, sorted by id, with ``at_once`` annotations or more a block."""
        with _disk_errors():
            marked = groupby(self.database.execute(_OF_DEVICE, (device,)), itemgetter(0))
            document, records = next(marked, ("", iter(())))
            block = Annotated(devices=self.devices)
            for name in sorted(self.lengths):
                if len(block.annotations) >= at_once:
                    yield block
                    block = Annotated(devices=self.devices)
                block.lengths[name] = self.lengths[name]
                block.readings += self.readings.get((device, name), [])
                if name == document:
                    _take(block, records)
                    document, records = next(marked, ("", iter(())))
            yield block

    def _taken(self, rows: Iterable[Row], problems: Numbered) -> Iterator[tuple[object, ...]]:
        first: dict[str, str] = {}
        for number, row in enumerate(rows):
            item = row.item
            if row.problem is not None:
                problems.append((number, row.problem))
            elif isinstance(item, Annotation):
                self.devices.add(item.device)
                yield (number, item.id, item.device, item.document, item.annotator,
                       _reach(item), _rest(item), row.where)
            elif isinstance(item, Reading):
                self.devices.add(item.device)
                self.readings.setdefault((item.device, item.document), []).append(item)
            elif isinstance(item, Document) and item.id in first:
                problems.append((number, given_twice("article", item.id, where=row.where,
                                                     first=first[item.id])))
            elif isinstance(item, Document):
                first[item.id] = row.where
                self.lengths[item.id] = len(item.text)

    def _repeated(self) -> Numbered:
        """Return a problem for each annotation whose id an earlier one has."""
        first: dict[str, str] = {}
        return [(number, given_twice("annotation", id, where=place, first=first[id]))
                for number, id, place in self.database.execute(_REPEATED)
                if first.setdefault(id, place) != place]


@contextmanager
def _disk_errors(name: str = "annotations") -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise DataError([Problem(name, f"the annotations cannot be sorted on disk: {error}.",
                                 "Free space in the temporary folder, or name another one in "
                                 "SQLITE_TMPDIR.")]) from None


def _reach(annotation: Annotation) -> int:
    return max((part.span.end for part in own_parts(annotation, None)), default=0)


def _rest(annotation: Annotation) -> str:
    return json.dumps([annotation.label, dict(annotation.attributes),
                       [[part.role, part.span.start, part.span.end, part.document]
                        for part in annotation.parts]], ensure_ascii=False)


def _take(block: Annotated, records: Iterable[Record]) -> None:
    for document, id, device, annotator, rest, place in records:
        label, attributes, parts = json.loads(rest)
        block.annotations.append(Annotation(
            id, document, annotator, device, label,
            tuple(Part(role, Span(start, end), "", elsewhere)
                  for role, start, end, elsewhere in parts), attributes))
        block.places[id] = place
