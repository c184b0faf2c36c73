"""JSON lines, written: the same records always give the same bytes."""

from __future__ import annotations

import json
from itertools import chain
from typing import BinaryIO

from framing.annotations import Annotation, Part
from framing.documents import Document
from framing.formats.base import Blocks, Item
from framing.formats.jsonl import OFFSET_UNIT
from framing.formats.records import ordered
from framing.formats.report import ConversionReport

_NO_PLACE = "documents-jsonl holds articles only"
_OPTIONAL = ("confidence", "flag", "score", "reason", "detector", "version", "rule",
             "decision")


def write_documents(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write the articles in the order given; everything else is reported as dropped."""
    report = ConversionReport()
    for record in chain.from_iterable(blocks):
        if isinstance(record, Document):
            stream.write(encoded(record))
            report.keep(record)
        else:
            report.drop(record, _NO_PLACE)
    return report


def write(blocks: Blocks, stream: BinaryIO) -> ConversionReport:
    """Write articles in the order given, then annotations and readings in a fixed order.

    Annotations are sorted by article, annotator and first start. One whose quote is not what its
    article says is left out and becomes a problem. The order holds within each block.
    """
    report = ConversionReport()
    for records in blocks:
        for item in ordered(records, report).items:
            stream.write(encoded(item))
            report.keep(item)
    return report


def encoded(item: Item) -> bytes:
    """Return the line of one record, with its LF."""
    return json.dumps(as_dict(item), ensure_ascii=False, allow_nan=False).encode() + b"\n"


def as_dict(item: Item) -> dict[str, object]:
    """Return one record as JSON has it, its keys in the order they are written."""
    if isinstance(item, Document):
        return _document(item)
    if isinstance(item, Annotation):
        return _annotation(item)
    return {
        "type": "reading",
        "document": item.document,
        "annotator": item.annotator,
        "device": item.device,
        "state": item.state.value,
    }


def _document(item: Document) -> dict[str, object]:
    return {
        "type": "document",
        "id": item.id,
        "text": item.text,
        "title": item.title,
        "outlet": item.outlet,
        "event": item.event,
        "published": item.published,
        "url": item.url,
        "language": item.language,
        "sha256": item.sha256,
        "offset_unit": OFFSET_UNIT,
    }


def _annotation(item: Annotation) -> dict[str, object]:
    extra = {key: getattr(item, key) for key in _OPTIONAL}
    return {
        "type": "annotation",
        "id": item.id,
        "document": item.document,
        "annotator": item.annotator,
        "device": item.device,
        "label": item.label,
        "parts": [_part(part) for part in item.parts],
        "attributes": dict(sorted(item.attributes.items())),
        "note": item.note,
        **{key: value for key, value in extra.items() if value not in ("", None)},
    }


def _part(part: Part) -> dict[str, object]:
    elsewhere = {"document": part.document} if part.document else {}
    span = {"start": part.span.start, "end": part.span.end}
    return {"role": part.role, **span, "quote": part.quote, **elsewhere}
