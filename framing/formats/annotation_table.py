"""Annotations as a long table: one row for every part of every annotator's annotation."""

from __future__ import annotations

import csv
import io
import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from framing.annotations import Annotation, Part
from framing.formats.base import Blocks
from framing.formats.records import ordered
from framing.formats.report import ConversionReport

COLUMNS = (
    "document", "annotator", "annotation", "device", "label", "role", "start", "end", "quote",
    "attributes", "note", "part_document", "confidence", "flag", "score", "reason", "detector",
    "version", "rule", "decision",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_TEXT = "the table has no place for articles"
_NO_READING = "the table has no place for readings"
_GUARDED = "cells that a spreadsheet would take for a formula got an apostrophe in front"


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write the table; articles and readings are reported as dropped."""
    return _write(blocks, stream, _plain)


def write_for_spreadsheets(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write the table so that a spreadsheet shows it and runs nothing in it.

    A byte order mark says that it is UTF-8, and an apostrophe stands before every cell that
    would be read as a formula: quotes may differ from the article's text.
    """
    stream.write(BOM_UTF8)
    return _write(blocks, stream, _guarded)


def _write(blocks: Blocks, stream: BinaryIO, cell: Callable[[str], str]) -> ConversionReport:
    report = ConversionReport()
    stream.write(row_bytes(COLUMNS))
    for records in blocks:
        found = ordered(records, report)
        for annotation in found.annotations:
            rows = list(_rows(annotation))
            written = [[cell(value) for value in row] for row in rows]
            stream.writelines(row_bytes(row) for row in written)
            report.keep(annotation) if written == rows else report.change(annotation, _GUARDED)
        for document in found.documents.values():
            report.drop(document, _NO_TEXT)
        for reading in found.readings:
            report.drop(reading, _NO_READING)
    return report


def row_bytes(cells: Iterable[object]) -> bytes:
    """Return one CSV row as UTF-8 with its LF."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode()


def _rows(annotation: Annotation) -> Iterator[list[str]]:
    """An annotation without parts still has its row."""
    for part in annotation.parts or (None,):
        yield [
            annotation.document,
            annotation.annotator,
            annotation.id,
            annotation.device,
            annotation.label,
            *_place(part),
            json.dumps(dict(sorted(annotation.attributes.items())), ensure_ascii=False),
            annotation.note,
            part.document if part else "",
            annotation.confidence,
            annotation.flag,
            "" if annotation.score is None else repr(annotation.score),
            annotation.reason,
            annotation.detector,
            annotation.version,
            annotation.rule,
            annotation.decision,
        ]


def _place(part: Part | None) -> tuple[str, str, str, str]:
    if part is None:
        return "", "", "", ""
    return part.role, str(part.span.start), str(part.span.end), part.quote


def _plain(value: str) -> str:
    return value


def _guarded(value: str) -> str:
    return "'" + value if value.startswith(_FORMULA) else value
