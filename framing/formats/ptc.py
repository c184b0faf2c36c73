"""Labels of the propaganda-technique corpus (SemEval-2020 task 11, technique classification).

One line a span: article, technique, start, end, separated by tabs; code points, end exclusive.
The techniques are a coarser scheme than ours: the mapping follows the codebook's table.
"""

from __future__ import annotations

from typing import BinaryIO

from framing.annotations import Annotation
from framing.formats.base import Blocks
from framing.formats.records import is_own, ordered
from framing.formats.report import ConversionReport
from framing.spans import Span

LOADED = "Loaded_Language"
DOUBT = "Doubt"
EXAGGERATION = "Exaggeration,Minimisation"

TECHNIQUES = {
    "lt.epithet": "Name_Calling,Labeling",
    "lt.dysphemism": LOADED,
    "lt.charged_verb": LOADED,
    "lt.metaphor": LOADED,
    "lt.evaluative": LOADED,
    "lt.presupposing": LOADED,
    "lt.euphemism": EXAGGERATION,
    "lt.scale": EXAGGERATION,
    "lt.hedge": DOUBT,
}
_NO_TECHNIQUE = "no technique corresponds to {label}"
_COARSER = "techniques are coarser than labels; attributes and annotators are left out"
_TWICE = "another annotation has the same span and technique"
_UNPRINTABLE = "the article's id has a tab or a newline"
_TEXTS = "texts are separate files of this corpus"
_READINGS = "readings have no place"

Line = tuple[str, int, int, str]


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write one line for each span and technique, whoever marked it, sorted by article and place.

    A cue that distances from a named person is Doubt. A scare quote can be two techniques, so
    that it is left out rather than guessed; attributions otherwise and omissions have none.
    """
    report = ConversionReport()
    for records in blocks:
        found = ordered(records, report)
        lines: set[Line] = set()
        for annotation in found.annotations:
            _add(annotation, lines, report)
        for document, start, end, name in sorted(lines):
            stream.write(f"{document}\t{name}\t{start}\t{end}\n".encode())
        for article in found.documents.values():
            report.drop(article, _TEXTS)
        for reading in found.readings:
            report.drop(reading, _READINGS)
    return report


def technique(annotation: Annotation) -> tuple[str, tuple[Span, ...]]:
    """Return the technique of an annotation, empty if it has none, and the spans that show it."""
    if annotation.device == "attribution":
        values = annotation.attributes
        doubted = (values.get("cue_stance"), values.get("source_type"))
        name = DOUBT if doubted == ("distancing", "named_person") else ""
        spans = tuple(p.span for p in annotation.parts if p.role == "cue" and is_own(p, annotation))
        return name, spans
    return TECHNIQUES.get(annotation.label, ""), tuple(
        part.span for part in annotation.parts if is_own(part, annotation)
    )


def _add(annotation: Annotation, lines: set[Line], report: ConversionReport) -> None:
    name, spans = technique(annotation)
    new = {(annotation.document, span.start, span.end, name) for span in spans if len(span)}
    if not name or not new:
        report.drop(annotation, _NO_TECHNIQUE.format(label=annotation.label))
    elif "\t" in annotation.document or "\n" in annotation.document:
        report.drop(annotation, _UNPRINTABLE)
    elif new <= lines:
        report.drop(annotation, _TWICE)
    else:
        lines |= new
        report.change(annotation, _COARSER)
