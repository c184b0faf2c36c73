"""What must be true of the stored data at any time. Each breach is one sentence with its place."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Max, Q

from annotator.corpus.models import Article
from annotator.labeling import records
from annotator.labeling.models import (
    Annotation,
    AnnotationPart,
    Assignment,
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
    sheets = Assignment.objects.annotate(
        operation_count=Count("operations"), last=Max("operations__revision")
    )
    gaps = ~Q(operation_count=F("revision")) | Q(revision__gt=0) & ~Q(last=F("revision"))
    rows = sheets.filter(gaps).order_by("pk").values_list(
        "pk", "revision", "operation_count", "last"
    )
    for pk, revision, count, last in rows.iterator(CHUNK):
        yield f"Assignment {pk}: revision {revision}, but {count} operations up to {last or 0}."


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
