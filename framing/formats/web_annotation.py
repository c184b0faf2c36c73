"""W3C Web Annotation: one JSON-LD page of annotations with positions and quotes.

The Recommendation "Web Annotation Data Model" (W3C, 23 February 2017) counts the places of its
TextPositionSelector in code points, as we do. What it has no word for (roles, attributes, the
device) stands under our own prefix.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import BinaryIO
from urllib.parse import quote
from uuid import UUID

from framing.annotations import Annotation, Part
from framing.documents import Document
from framing.formats.base import Blocks
from framing.formats.records import ordered
from framing.formats.report import ConversionReport

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"framing": "urn:framing:"}]
AROUND = 32
"""Characters before and after a quote, by which it is found again in a changed page."""

_OWN = ("device", "attributes", "confidence", "flag", "score", "reason", "detector", "version",
        "rule", "decision")
_TEXTS = "texts are referred to and not held"
_READINGS = "readings have no place"


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write one AnnotationPage, an annotation a line, so that files can be compared."""
    report = ConversionReport()
    head = json.dumps({"@context": CONTEXT, "id": "urn:framing:page", "type": "AnnotationPage"})
    stream.write(f'{head[:-1]}, "items": ['.encode())
    separator = b"\n"
    for records in blocks:
        found = ordered(records, report)
        for annotation in found.annotations:
            line = json.dumps(as_dict(annotation, found.documents), ensure_ascii=False)
            stream.write(separator + line.encode())
            separator = b",\n"
            report.keep(annotation)
        for article in found.documents.values():
            report.drop(article, _TEXTS)
        for reading in found.readings:
            report.drop(reading, _READINGS)
    stream.write(b"\n]}\n")
    return report


def as_dict(annotation: Annotation, documents: Mapping[str, Document]) -> dict[str, object]:
    """Return one annotation as JSON-LD has it, without its context."""
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": annotation.label}]
    if annotation.note:
        bodies.append({"type": "TextualBody", "purpose": "commenting", "value": annotation.note})
    own = {f"framing:{key}": getattr(annotation, key) for key in _OWN}
    own["framing:attributes"] = dict(sorted(annotation.attributes.items()))
    return {
        "id": _name("annotation", annotation.id),
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"id": _name("annotator", annotation.annotator), "type": "Agent"},
        "body": bodies,
        "target": [_target(part, annotation, documents) for part in annotation.parts]
        or [_source(annotation.document, documents)],
        **{key: value for key, value in own.items() if value not in ("", None, {})},
    }


def _target(
    part: Part, annotation: Annotation, documents: Mapping[str, Document]
) -> dict[str, object]:
    id = part.document or annotation.document
    start, end = part.span.start, part.span.end
    quoted: dict[str, object] = {"type": "TextQuoteSelector", "exact": part.quote}
    if id in documents:
        text = documents[id].text
        quoted["prefix"] = text[max(0, start - AROUND) : start]
        quoted["suffix"] = text[end : end + AROUND]
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    return {
        "type": "SpecificResource",
        "source": _source(id, documents),
        "selector": [position, quoted],
        "framing:role": part.role,
    }


def _source(id: str, documents: Mapping[str, Document]) -> dict[str, object]:
    """Positions count in the stored text, which the address need not show: both are named."""
    source: dict[str, object] = {"id": _name("document", id), "type": "Text"}
    if id in documents:
        document = documents[id]
        source |= {"format": "text/plain", "language": document.language}
        source |= {"framing:sha256": document.sha256}
        if document.url:
            source["framing:url"] = document.url
    return source


def _name(kind: str, id: str) -> str:
    try:
        return UUID(id).urn if len(id) == 36 else f"urn:framing:{kind}:{quote(id, safe='')}"
    except ValueError:
        return f"urn:framing:{kind}:{quote(id, safe='')}"
