"""Units CSV: labeled spans and who read what, as programs for agreement take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import BinaryIO

from framing.agreement.study import ROLE_IS_LABEL
from framing.annotations import Annotation, Part, State
from framing.documents import Document
from framing.formats.annotation_table import row_bytes
from framing.formats.base import Item
from framing.formats.records import Records, is_own, ordered
from framing.formats.report import ConversionReport

COLUMNS = ("document", "length", "annotator", "start", "end", "label")

Unit = tuple[int, int, str]


def write(records: Iterable[Item], stream: BinaryIO) -> ConversionReport:
    """Write a row for each span in the annotated article itself; a reader without any has one row.

    A part of an attribution is labeled with its role, any other with the annotation's label.
    Rows are sorted by document, annotator, start, end and label.
    """
    report = ConversionReport()
    found = ordered(records, report)
    units = _units(found, report)
    stream.write(row_bytes(COLUMNS))
    for (document, annotator), marked in sorted(units.items()):
        length = len(found.documents[document].text)
        for unit in sorted(marked) or (("", "", ""),):
            stream.write(row_bytes((document, length, annotator, *unit)))
    return report


def _units(found: Records, report: ConversionReport) -> dict[tuple[str, str], list[Unit]]:
    units: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for item in found.items:
        if isinstance(item, Document):
            report.change(item, "of an article only its length is kept")
        elif item.document not in found.documents:
            report.drop(item, "the length of the article is unknown")
        elif isinstance(item, Annotation):
            own = [part for part in item.parts if is_own(part, item)]
            units[item.document, item.annotator] += [_unit(item, part) for part in own]
            _count(item, own, report)
        elif item.state == State.DONE:
            # Named here to exist even if nothing is ever marked.
            units[item.document, item.annotator] += []
            report.change(item, "a reading does not say of which device")
        else:
            report.drop(item, "unfinished readings have no place")
    return units


def _unit(annotation: Annotation, part: Part) -> Unit:
    label = part.role if annotation.device in ROLE_IS_LABEL else annotation.label
    return part.span.start, part.span.end, label


def _count(annotation: Annotation, own: list[Part], report: ConversionReport) -> None:
    if not own:
        report.drop(annotation, "no span in the annotated article")
    elif len(annotation.parts) > 1:
        report.change(annotation, "parts stand as separate spans; evidence elsewhere is left out")
    elif annotation.attributes or annotation.note:
        report.change(annotation, "attributes and notes are left out")
    else:
        report.keep(annotation)
