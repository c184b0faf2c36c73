"""Records put in order before they are written, and held to the texts they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from framing.annotations import ROLE_IS_LABEL, Annotation, Part, Reading, State
from framing.documents import Document
from framing.formats.base import Item
from framing.formats.report import ConversionReport
from framing.problems import Problem

_REMEDY = "Mark the passage again in the text as it is now."
_NO_TEXT = "the article is not among the documents"
_NO_DEVICE = "a reading does not say of which device"
_UNFINISHED = "unfinished readings have no place"
_UNREAD = "nobody has read the article"
_REPLACED = "a later article has the same id"
_UNCHECKED = "quotes not checked: the article is not among the documents"


@dataclass(frozen=True)
class Records:
    """Documents in the order given; annotations and readings in a fixed order."""

    documents: dict[str, Document]
    annotations: tuple[Annotation, ...]
    readings: tuple[Reading, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return (*self.documents.values(), *self.annotations, *self.readings)


def ordered(records: Iterable[Item], report: ConversionReport) -> Records:
    """Sort records; an annotation that misquotes its article goes to the report's problems.

    Annotations are sorted by article, annotator and first start. Everything stays in memory.
    """
    documents: dict[str, Document] = {}
    annotations: list[Annotation] = []
    readings: list[Reading] = []
    for record in records:
        if isinstance(record, Document):
            if record.id in documents:
                report.drop(documents[record.id], _REPLACED)
            documents[record.id] = record
        elif isinstance(record, Annotation):
            annotations.append(record)
        else:
            readings.append(record)
    texts = {id: document.text for id, document in documents.items()}
    faithful = [a for a in annotations if not _reported(a, texts, report)]
    return Records(
        documents,
        tuple(sorted(faithful, key=annotation_order)),
        tuple(sorted(readings, key=lambda r: (r.document, r.annotator, r.device))),
    )


def by_reader(
    found: Records, report: ConversionReport
) -> dict[tuple[Document, str], list[Annotation]]:
    """Group annotations by article and annotator, sorted; a finished reading makes a reader too.

    Reports readings, articles that nobody has read, and annotations of articles that are not
    there; what becomes of the others is for the caller to count.
    """
    groups: dict[tuple[str, str], list[Annotation]] = defaultdict(list)
    for annotation in found.annotations:
        if annotation.document in found.documents:
            groups[annotation.document, annotation.annotator].append(annotation)
        else:
            report.drop(annotation, _NO_TEXT)
    for reading in found.readings:
        if reading.document not in found.documents:
            report.drop(reading, _NO_TEXT)
        elif reading.state != State.DONE:
            report.drop(reading, _UNFINISHED)
        else:
            groups.setdefault((reading.document, reading.annotator), [])
            report.change(reading, _NO_DEVICE)
    read = {article for article, _ in groups}
    for document in found.documents.values():
        if document.id not in read:
            report.drop(document, _UNREAD)
    return {
        (found.documents[article], name): groups[article, name] for article, name in sorted(groups)
    }


def annotation_order(annotation: Annotation) -> tuple[str, str, int, str]:
    """Sort by article, annotator, first start in the article itself, and id."""
    starts = [part.span.start for part in annotation.parts if is_own(part, annotation)]
    return annotation.document, annotation.annotator, min(starts, default=-1), annotation.id


def is_own(part: Part, annotation: Annotation) -> bool:
    """Tell a part of the annotated article from one in a sibling."""
    return part.document in ("", annotation.document)


def span_label(part: Part, annotation: Annotation) -> str:
    """Return what a span is called where spans stand alone, as agreement is measured on them."""
    return part.role if annotation.device in ROLE_IS_LABEL else annotation.label


def misquoted(annotation: Annotation, texts: Mapping[str, str]) -> Problem | None:
    """Name the first part whose quote differs from its article; unknown articles pass."""
    for number, part in enumerate(annotation.parts, start=1):
        text = texts.get(part.document or annotation.document)
        if text is not None and (message := _mismatch(part, text)):
            return Problem(f"annotation {annotation.id}, part {number}", message, _REMEDY)
    return None


def _reported(annotation: Annotation, texts: Mapping[str, str], report: ConversionReport) -> bool:
    if problem := misquoted(annotation, texts):
        report.drop(annotation, problem)
        return True
    if any((part.document or annotation.document) not in texts for part in annotation.parts):
        report.notes[_UNCHECKED] += 1
    return False


def _mismatch(part: Part, text: str) -> str:
    start, end = part.span.start, part.span.end
    if end > len(text):
        return f"the span [{start}, {end}) lies outside a text of {len(text)} code points."
    found = part.span.quote(text)
    if found == part.quote:
        return ""
    return f"the quote is {_short(part.quote)}, the text at [{start}, {end}) {_short(found)}."


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= 60 else quote[:60] + "…")
