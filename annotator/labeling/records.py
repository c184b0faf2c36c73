"""One annotation in its three shapes: database rows, the page's JSON, the science's record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from annotator.labeling.models import (
    Annotation,
    AnnotationPart,
    Assignment,
    Decision,
    Operation,
    PartBase,
    Suggestion,
)
from framing import annotations as science
from framing.spans import Span


def as_json(annotation: Annotation, parts: Iterable[PartBase]) -> dict[str, Any]:
    """Return the annotation as docs/workbench-protocol.md has it."""
    return {
        "id": str(annotation.pk),
        "device": annotation.device,
        "label": annotation.label,
        "parts": [part_json(part) for part in parts],
        "attributes": annotation.attributes,
        "note": annotation.note,
        "confidence": annotation.confidence,
        "flag": annotation.flag,
        "suggestion": annotation.suggestion_id,
        "edited": annotation.edited,
        "revision": annotation.revision,
    }


def part_json(part: PartBase) -> dict[str, Any]:
    return {
        "role": part.role,
        "start": part.start,
        "end": part.end,
        "quote": part.quote,
        "article": part.article_id,
    }


def suggestion_json(
    suggestion: Suggestion, decision: Decision | None, *, reason: str
) -> dict[str, Any]:
    return {
        "id": suggestion.pk,
        "detector": suggestion.run.detector,
        "version": suggestion.run.version,
        "device": suggestion.device,
        "label": suggestion.label,
        "parts": suggestion.parts,
        "attributes": suggestion.attributes,
        "score": suggestion.score,
        "rule": suggestion.rule,
        "reason": reason,
        "decision": decision
        and {
            "verdict": decision.verdict,
            "annotation": decision.annotation_id and str(decision.annotation_id),
        },
    }


def operation_json(operation: Operation) -> dict[str, Any]:
    return {
        "id": str(operation.pk),
        "kind": operation.kind,
        "revision": operation.revision,
        "annotation_id": operation.annotation_id and str(operation.annotation_id),
        "suggestion": operation.suggestion_id,
        "device": operation.device,
        "before": operation.before,
        "after": operation.after,
        "undoes": operation.undoes and str(operation.undoes),
        "at": operation.at.isoformat(),
        "tab": operation.tab,
    }


def as_record(
    content: Mapping[str, Any],
    *,
    article: int,
    document: str = "",
    annotator: str = "",
    names: Mapping[int, str] | None = None,
) -> science.Annotation:
    """Return the page's JSON as a record.

    ``document`` names the annotated article and ``names`` its siblings; without them the
    database's numbers are the names.
    """
    known = names or {}
    return science.Annotation(
        id=str(content["id"]),
        document=document or str(article),
        annotator=annotator,
        device=content["device"],
        label=content["label"],
        parts=tuple(
            science.Part(
                role=part["role"],
                span=Span(part["start"], part["end"]),
                quote=part["quote"],
                document=""
                if part["article"] == article
                else known.get(part["article"], str(part["article"])),
            )
            for part in content["parts"]
        ),
        attributes=content["attributes"],
        note=content["note"],
        confidence=content["confidence"],
        flag=content["flag"],
    )


def part_rows(annotation: Annotation, parts: Sequence[Mapping[str, Any]]) -> list[AnnotationPart]:
    return [
        AnnotationPart(
            annotation=annotation,
            position=position,
            role=part["role"],
            start=part["start"],
            end=part["end"],
            quote=part["quote"],
            article_id=part["article"],
        )
        for position, part in enumerate(parts)
    ]


def standing(assignment: Assignment) -> list[dict[str, Any]]:
    """Return the JSON of the sheet's annotations that are not deleted, in order of making."""
    rows = assignment.annotations.filter(deleted_at=None).prefetch_related("parts")
    return [as_json(row, row.parts.all()) for row in rows]


def snapshot(annotations: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of the annotations in canonical order; agreement and exports quote it."""
    ordered = sorted(annotations, key=lambda content: str(content["id"]))
    canonical = json.dumps(ordered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
