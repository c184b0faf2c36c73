"""The only list of formats: what there is, what a file is, and how to read it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from framing.formats import (
    annotation_table,
    annotation_table_reader,
    archive,
    brat,
    conll,
    folder,
    jsonl,
    jsonl_writer,
    ptc,
    table,
    text,
    units,
    web_annotation,
)
from framing.formats.base import Carries, Format, Item, Row
from framing.formats.decoding import binary_problem
from framing.problems import Problem

__all__ = ["FORMATS", "Carries", "Format", "Item", "Row", "detect", "get", "read", "read_path"]

HEAD = 1 << 16
"""Bytes at the beginning of a file that decide what it is."""

_DOCUMENTS = frozenset({Carries.DOCUMENTS})
_ANNOTATIONS = frozenset({Carries.ANNOTATIONS})
_ALL = frozenset(Carries)

FORMATS: tuple[Format, ...] = (
    Format(
        "text", "Plain text", (".txt",), _DOCUMENTS,
        ("everything about the article but its text, first line and file name",),
        read=text.read,
    ),
    Format("folder", "Folder of files", (), _ALL),
    Format("zip", "ZIP archive of texts, JSONL and CSV", (".zip",), _ALL, read=archive.read),
    Format(
        "documents-jsonl", "Documents as JSON lines", (".jsonl", ".ndjson"), _DOCUMENTS,
        ("annotations and readings, when written",),
        read=jsonl.read, write_blocks=jsonl_writer.write_documents,
    ),
    Format(
        "annotations-jsonl", "Documents, annotations and readings as JSON lines",
        (".jsonl", ".ndjson"), _ALL, read=jsonl.read, write_blocks=jsonl_writer.write,
    ),
    Format("csv", "Table of articles", (".csv", ".tsv"), _DOCUMENTS, read=table.read),
    Format(
        "annotations-csv", "Table of annotations, one row a part", (".csv",), _ANNOTATIONS,
        ("articles", "readings"),
        read=annotation_table_reader.read, write_blocks=annotation_table.write,
    ),
    Format(
        "annotations-spreadsheet", "The same table, safe to open in a spreadsheet", (".csv",),
        _ANNOTATIONS, ("articles", "readings", "the exact form of cells that look like formulas"),
        write_blocks=annotation_table.write_for_spreadsheets,
    ),
    Format(
        "units-csv", "Labeled spans for agreement programs", (".csv",),
        frozenset({Carries.ANNOTATIONS, Carries.READINGS}),
        (
            "articles but for their lengths", "which parts belong together",
            "attributes, notes and evidence", "the device of a reading",
        ),
        write_blocks=units.write,
    ),
    Format(
        "web-annotation", "W3C Web Annotation (JSON-LD)", (".jsonld",), _ANNOTATIONS,
        ("articles but for their names and fingerprints", "readings"),
        write_blocks=web_annotation.write,
    ),
    Format(
        "brat", "brat standoff, texts and annotations in a ZIP archive", (".zip",), _ALL,
        (
            "everything about the article but its text", "dots in labels", "empty spans",
            "evidence", "confidence, flags and scores", "the device of a reading",
        ),
        write_blocks=brat.write,
    ),
    Format(
        "conll", "Tokens with BIO labels, a column a device", (".conll",), _ALL,
        (
            "white space", "spans that overlap another of their device", "parts of tokens",
            "which parts belong together", "attributes, notes and evidence",
            "the device of a reading",
        ),
        write_blocks=conll.write,
    ),
    Format(
        "ptc", "Labels of the propaganda-technique corpus", (".labels",), _ANNOTATIONS,
        (
            "articles", "readings", "annotators", "scare quotes, omissions and most attributions",
            "labels but for the technique that each maps to",
        ),
        write_blocks=ptc.write,
    ),
)  # fmt: skip

_BY_ID = {entry.id: entry for entry in FORMATS}


def get(format_id: str) -> Format | Problem:
    """Return the format of that id."""
    known = ", ".join(_BY_ID)
    return _BY_ID.get(format_id) or Problem(
        "", f"there is no format {format_id!r}.", f"Choose one of: {known}."
    )


def detect(name: str, head: bytes) -> Format | Problem:
    """Say what a file is by its ending and its first bytes; without an ending, by the bytes."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    zipped = head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if not zipped or suffix != ".zip":
        problem = binary_problem(head, place=name or "the file")
        if problem and (suffix or not zipped):
            return problem
    if suffix in (".jsonl", ".ndjson") or (not suffix and head.lstrip()[:1] == b"{"):
        return _BY_ID["annotations-jsonl" if _annotated(head) else "documents-jsonl"]
    if not suffix:
        return _BY_ID["zip" if zipped else "text"]
    if suffix in (".csv", ".tsv"):
        return _BY_ID["annotations-csv" if _table_of_annotations(head) else "csv"]
    found = next((entry for entry in FORMATS if suffix in entry.extensions), None)
    return found or _unknown(name, suffix)


def read(stream: BinaryIO, *, name: str, format_id: str = "") -> Iterator[Row]:
    """Yield the rows of a stream, of the format named or of the one that it seems to be."""
    head = b"" if format_id else stream.read(HEAD)
    found = get(format_id) if format_id else detect(name, head)
    if isinstance(found, Problem):
        return iter((Row(name, 0, problem=found),))
    if found.read is None:
        problem = Problem(name, f"{found.id} is not read from a file.", "Choose another format.")
        return iter((Row(name, 0, problem=problem),))
    return found.read(_rejoined(head, stream), name=name)


def read_path(path: Path, *, format_id: str = "") -> Iterator[Row]:
    """Yield the rows of a file or folder on this computer."""
    if path.is_dir():
        yield from folder.read(path)
        return
    try:
        with path.open("rb") as stream:
            yield from read(stream, name=folder.readable(Path(path.name)), format_id=format_id)
    except OSError as error:
        problem = Problem(folder.readable(path), f"{error.strerror}.", "Check that it is there.")
        yield Row(folder.readable(path), 0, problem=problem)


def _annotated(head: bytes) -> bool:
    squeezed = head.replace(b" ", b"")
    return b'"type":"annotation"' in squeezed or b'"type":"reading"' in squeezed


def _table_of_annotations(head: bytes) -> bool:
    header = head.replace(b"\0", b"").split(b"\n", 1)[0].lower()  # UTF-16 has NUL in between
    return all(column in header for column in (b"annotation", b"role", b"start"))


def _unknown(name: str, suffix: str) -> Problem:
    known = ", ".join(sorted({ending for entry in FORMATS for ending in entry.extensions}))
    return Problem(name, f"files of the kind {suffix!r} are not read.", f"Use one of: {known}.")


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were taken off to look at them."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        piece = piece or self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _rejoined(head: bytes, stream: BinaryIO) -> BinaryIO:
    if not head:
        return stream
    if stream.seekable():
        stream.seek(-len(head), io.SEEK_CUR)
        return stream
    return io.BufferedReader(_Rejoined(head, stream))
