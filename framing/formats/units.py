"""Units CSV: labeled spans and who read what, as programs for agreement take them."""

from __future__ import annotations

from typing import BinaryIO

from framing.annotations import Annotation, Part
from framing.formats.annotation_table import row_bytes
from framing.formats.base import Blocks
from framing.formats.records import by_reader, is_own, ordered, span_label
from framing.formats.report import ConversionReport

COLUMNS = ("document", "length", "annotator", "start", "end", "label")

_LENGTH = "of an article only its length is kept"

Unit = tuple[int, int, str]


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write a row for each span in the annotated article itself; a reader without any has one row.

    A part of an attribution is labeled with its role, any other with the annotation's label.
    Rows are sorted by document, annotator, start, end and label.
    """
    report = ConversionReport()
    stream.write(row_bytes(COLUMNS))
    for records in blocks:
        groups = by_reader(ordered(records, report), report)
        for (document, annotator), marked in groups.items():
            units = sorted(unit for annotation in marked for unit in _units(annotation, report))
            for unit in units or (("", "", ""),):
                stream.write(row_bytes((document.id, len(document.text), annotator, *unit)))
        for document in dict.fromkeys(document for document, _ in groups):
            report.change(document, _LENGTH)
    return report


def _units(annotation: Annotation, report: ConversionReport) -> list[Unit]:
    own = [part for part in annotation.parts if is_own(part, annotation)]
    _count(annotation, own, report)
    return [(part.span.start, part.span.end, span_label(part, annotation)) for part in own]


def _count(annotation: Annotation, own: list[Part], report: ConversionReport) -> None:
    if not own:
        report.drop(annotation, "no span in the annotated article")
    elif len(annotation.parts) > 1:
        report.change(annotation, "parts stand as separate spans; evidence elsewhere is left out")
    elif annotation.attributes or annotation.note:
        report.change(annotation, "attributes and notes are left out")
    else:
        report.keep(annotation)
