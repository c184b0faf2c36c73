"""What can be measured, from whatever a researcher has: tables, annotation files, releases."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from framing.agreement.codes import Codes
from framing.agreement.ledger import Ledger, sentence_starts
from framing.agreement.structures import Structures
from framing.agreement.study import DataError, Level, Study
from framing.agreement.tables import read_table, unit_blocks
from framing.annotations import Annotation, Reading
from framing.documents import Document
from framing.formats import catalog, folder, jsonl, ledger_reader
from framing.formats.base import Row
from framing.problems import Problem

HEAD = 4096


@dataclass
class Annotated:
    """Annotations and readings with the lengths of their documents; the texts are let go.

    ``devices`` are those that someone marked or read for.
    """

    lengths: dict[str, int] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    sentences: dict[str, list[int]] = field(default_factory=dict)
    annotations: list[Annotation] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    devices: set[str] = field(default_factory=set)

    def study(self, *, device: str, role: str | None = None, level: Level = "label") -> Study:
        """Return the units of one device; raises DataError when a part does not fit."""
        self._check(device)
        return Study.from_parts(self.lengths, self.annotations, self.readings, device=device,
                                role=role, level=level, places=self.places)

    def structures(self, *, device: str) -> Structures:
        """Return the annotations of one device as wholes of several roles."""
        self._check(device)
        return Structures.from_parts(self.lengths, self.annotations, self.readings, device=device,
                                     places=self.places)

    def ledger(self, *, device: str) -> Ledger:
        """Return the cells article x claim of a device with evidence in other articles."""
        self._check(device)
        return Ledger.from_parts(self.events, self.sentences, self.annotations, self.readings,
                                 device=device)

    def _check(self, device: str) -> None:
        if device not in self.devices:
            raise no_such_device(device, self.devices)


Source = Study | Codes | Annotated | Ledger


def read_stream(stream: BinaryIO, *, name: str) -> Source:
    """Read JSON lines when the first sign is a brace, otherwise a table.

    JSON lines are annotations or an exported ledger. Raises DataError with the place of every row
    that cannot be read.
    """
    if ledger_reader.is_ledger(_head(stream)):
        return ledger_reader.read(stream, name=name)
    if _is_json(stream):
        return _annotated(catalog.read(stream, name=name, format_id="annotations-jsonl"), name)
    return read_table(stream, name=name)


def read_blocks(stream: BinaryIO, *, name: str, at_once: int) -> Iterator[Study] | None:
    """Read a table of units in blocks of whole documents; None for everything else."""
    if _is_json(stream):
        return None
    return unit_blocks(stream, name=name, at_once=at_once)


def read_collection(path: Path) -> Annotated:
    """Read a folder or an archive of documents and annotations."""
    return _annotated(catalog.read_path(path), path.name)


def annotation_rows(stream: BinaryIO, *, name: str) -> Iterator[Row] | None:
    """Return the rows of annotations, ids given twice among them; None for anything else."""
    if not _is_json(stream) or ledger_reader.is_ledger(_head(stream)):
        return None
    return jsonl.rows(stream, name=name)


def collection_rows(path: Path) -> Iterator[Row]:
    """Return the rows of a folder or an archive, ids given twice among those of a folder."""
    return folder.rows(path) if path.is_dir() else catalog.read_path(path)


def _is_json(stream: BinaryIO) -> bool:
    return _head(stream).removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"


def _head(stream: BinaryIO) -> bytes:
    """Look at the first bytes without taking them off, also of a pipe."""
    if isinstance(stream, io.BufferedReader):
        return stream.peek(HEAD)
    head = stream.read(HEAD)
    stream.seek(0)
    return head


def _annotated(rows: Iterable[Row], name: str) -> Annotated:
    found, problems = Annotated(), []
    for row in rows:
        if row.problem is not None:
            problems.append(row.problem)
        elif isinstance(row.item, Document):
            found.lengths[row.item.id] = len(row.item.text)
            found.events[row.item.id] = row.item.event
            found.sentences[row.item.id] = sentence_starts(row.item.text)
        elif isinstance(row.item, Annotation):
            found.devices.add(row.item.device)
            found.annotations.append(row.item)
            found.places[row.item.id] = row.where
        elif isinstance(row.item, Reading):
            found.devices.add(row.item.device)
            found.readings.append(row.item)
    if problems:
        raise DataError(problems)
    if not found.devices:
        raise nothing_there(name)
    return found


def no_such_device(device: str, devices: set[str]) -> DataError:
    return DataError([Problem("", f"nothing in this file belongs to the device '{device}'.",
                              f"The devices are: {', '.join(sorted(devices))}.")])


def nothing_there(name: str) -> DataError:
    return DataError([Problem(name, "there are no annotations and no readings.",
                              "Give annotations JSONL, units CSV or codes CSV.")])
