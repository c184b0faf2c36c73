"""What must be true of the stored data at any time. Each breach is one sentence with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, F, Max, Q

from annotator.corpus.models import Article
from annotator.labeling import records
from annotator.labeling.ledger import cells, claims
from annotator.labeling.models import (
    Annotation,
    AnnotationPart,
    Assignment,
    CellOperation,
    Claim,
    JudgedCell,
    Operation,
    Suggestion,
    SuggestionRun,
)
from framing.offsets import fingerprint

CHUNK = 500


def breaches() -> Iterator[str]:
    """Yield every breach found; reads everything once, in chunks."""
    yield from _texts()
    yield from _parts()
    yield from _suggestions()
    yield from _revisions()
    yield from _history()
    yield from _claims()
    yield from _cells()


def _texts() -> Iterator[str]:
    for article in Article.objects.order_by("pk").iterator(CHUNK):
        if article.sha256 != fingerprint(article.text):
            yield f"Article {article.pk}: the text does not have the stored fingerprint."
        if article.length != len(article.text):
            yield f"Article {article.pk}: length is {article.length}, not {len(article.text)}."


def _parts() -> Iterator[str]:
    rows = AnnotationPart.objects.select_related("article").order_by("article", "pk")
    for part in rows.iterator(CHUNK):
        if not _holds(part.article.text, part.start, part.end, part.quote):
            yield f"Annotation {part.annotation_id}, part {part.position}: {part} misses its quote."


def _suggestions() -> Iterator[str]:
    rows = Suggestion.objects.select_related("article", "run").order_by("article", "pk")
    for suggestion in rows.iterator(CHUNK):
        if suggestion.run.state != SuggestionRun.State.DONE:
            yield f"Suggestion {suggestion.pk}: its run {suggestion.run_id} is not done."
        if suggestion.judged_end > suggestion.article.length:
            yield f"Suggestion {suggestion.pk}: the judged range ends behind the text."
        for part in suggestion.parts:
            if part["article"] != suggestion.article_id:
                continue  # evidence: a sibling's text
            if not _holds(suggestion.article.text, part["start"], part["end"], part["quote"]):
                yield f"Suggestion {suggestion.pk}: the {part['role']} misses its quote."


def _holds(text: str, start: int, end: int, quote: str) -> bool:
    return 0 <= start <= end <= len(text) and text[start:end] == quote


def _revisions() -> Iterator[str]:
    for name, history in (("revision", "operations"), ("ledger_revision", "cell_operations")):
        sheets = Assignment.objects.annotate(
            operation_count=Count(history), last=Max(f"{history}__revision")
        )
        gaps = ~Q(operation_count=F(name)) | Q(**{f"{name}__gt": 0}) & ~Q(last=F(name))
        rows = sheets.filter(gaps).order_by("pk").values_list("pk", name, "operation_count", "last")
        for pk, revision, count, last in rows.iterator(CHUNK):
            said = name.replace("_", " ")
            yield f"Assignment {pk}: {said} {revision}, but {count} operations up to {last or 0}."


def _history() -> Iterator[str]:
    """Compare each annotation with the last operation on it."""
    for annotation in Annotation.objects.order_by("pk").prefetch_related("parts").iterator(CHUNK):
        told_by = Operation.objects.filter(assignment=annotation.assignment_id)
        last = told_by.filter(annotation_id=annotation.pk).order_by("revision").last()
        told = last.after if last else None
        stands = (
            None if annotation.deleted_at else records.as_json(annotation, annotation.parts.all())
        )
        if last is None:
            yield f"Annotation {annotation.pk}: no operation made it."
        elif told != stands:
            yield f"Annotation {annotation.pk}: it is not what operation {last.pk} left."


def _claims() -> Iterator[str]:
    """Compare each claim with its texts and with the last change of it."""
    rows = Claim.objects.order_by("pk").prefetch_related("passages__article")
    for claim in rows.iterator(CHUNK):
        passages = list(claim.passages.all())
        for passage in passages:
            if passage.article and not _holds(
                passage.article.text, passage.start, passage.end, passage.quote
            ):
                yield f"Claim {claim.pk}, passage {passage.position}: it misses its quote."
        last = claim.changes.order_by("pk").last()
        if last and _placeless(last.after) != _placeless(claims.as_json(claim, passages)):
            yield f"Claim {claim.pk}: it is not what its last change left."


def _placeless(claim: Mapping[str, Any] | None) -> dict[str, Any]:
    """Leave out which articles still exist: deleting one changes no claim."""
    kept = dict(claim or {})
    return {**kept, "passages": [{**p, "article": None} for p in kept.get("passages", ())]}


def _cells() -> Iterator[str]:
    """Compare each answer with its article and with the last operation on it."""
    rows = JudgedCell.objects.select_related("assignment__article").order_by("pk")
    for cell in rows.iterator(CHUNK):
        anchor = cells.anchor_json(cell)
        if anchor and not _holds(cell.assignment.article.text, **anchor):
            yield f"Cell {cell.pk}: its anchor misses its quote."
        told = CellOperation.objects.filter(assignment=cell.assignment_id, claim=cell.claim_id)
        last = told.order_by("revision").last()
        if last is None:
            yield f"Cell {cell.pk}: no operation made it."
        elif last.after != (cells.as_json(cell) if cell.answer else None):
            yield f"Cell {cell.pk}: it is not what operation {last.pk} left."
