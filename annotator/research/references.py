"""A project's own labels as something to measure detectors against, or to learn from."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from annotator.corpus.models import Article, Project
from annotator.labeling import records
from annotator.labeling.models import AnnotationPart, Assignment
from annotator.review.models import GoldAnnotation, ReviewDecision
from framing.annotations import Annotation
from framing.unanimous import unanimous

MOST = 150  # articles; pages are computed when they are asked for
PART = ("role", "start", "end", "quote", "article")


@dataclass(frozen=True)
class Reference:
    """A project's gold for a device, or what all readers of an article set alike.

    ``texts`` has the newest of ``articles`` articles that qualify; ``readers`` what each reader of
    one marked, gold counting as a single reader. All are keyed by the article's number.
    """

    adjudicated: bool
    articles: int
    texts: Mapping[str, str]
    readers: Mapping[str, Sequence[Sequence[Annotation]]]

    @property
    def labels(self) -> list[Annotation]:
        return [label for name in self.readers for label in self.of(name)]

    def of(self, name: str) -> list[Annotation]:
        """Return the labels of one article."""
        readers = self.readers[name]
        return list(readers[0]) if self.adjudicated else unanimous(readers)


def reference(project: Project, device: str, *, most: int = MOST) -> Reference:
    """Return the project's gold for a device if there is any, else its unanimous labels.

    Gold counts on articles with a standing decision of a reviewer for the device; unanimous labels
    on articles that two or more annotators have read for it to the end.
    """
    decided = ReviewDecision.objects.filter(
        article__project=project, device=device, superseded_by=None
    )
    articles = sorted(set(decided.values_list("article", flat=True)), reverse=True)
    if not articles:
        return _agreed(project, device, most)
    rows = GoldAnnotation.objects.filter(decision__in=decided, article__in=articles[:most])
    gold: dict[str, list[Annotation]] = {str(pk): [] for pk in articles[:most]}
    for row in rows.prefetch_related("parts"):
        gold[str(row.article_id)].append(record(_gold(row), row.article_id))
    readers = {name: [labels] for name, labels in gold.items()}
    return Reference(True, len(articles), _texts(articles[:most]), readers)


def readings(project: Project, device: str) -> QuerySet[Assignment]:
    """Return the sheets that were read for a device to the end."""
    return (
        Assignment.objects.filter(
            Q(completions__device=device), article__project=project, withdrawn_at=None
        )
        .select_related("article")
        .order_by("article", "pk")
    )


def labels_on(
    sheets: Sequence[Assignment], device: str
) -> list[tuple[str, int, Mapping[str, Any]]]:
    """Return sheet, article and content of the standing labels of one device.

    Read part by part: an object for each of tens of thousands of rows would take seconds.
    """
    articles = {sheet.pk: sheet.article_id for sheet in sheets}
    rows = AnnotationPart.objects.filter(
        annotation__assignment__in=list(articles),
        annotation__device=device,
        annotation__deleted_at=None,
    ).order_by("annotation", "position")
    fields = ("annotation", "annotation__assignment", "annotation__label", *PART)
    found: dict[uuid.UUID, tuple[str, int, dict[str, Any]]] = {}
    for pk, sheet, label, *values in rows.values_list(*fields):
        fresh = {"id": pk, "device": device, "label": label, "parts": []}
        _, _, content = found.setdefault(pk, (str(sheet), articles[sheet], fresh))
        content["parts"].append(dict(zip(PART, values, strict=True)))
    return list(found.values())


def record(content: Mapping[str, Any], article: int, *, document: str = "") -> Annotation:
    plain = {"attributes": {}, "note": "", "confidence": "", "flag": ""}
    return records.as_record({**plain, **content}, article=article, document=document)


def _agreed(project: Project, device: str, most: int) -> Reference:
    read = readings(project, device)
    counted = read.order_by().values("article").annotate(readers=Count("pk"))
    several = counted.filter(readers__gt=1).values_list("article", flat=True)
    articles = sorted(several, reverse=True)
    sheets = list(read.filter(article__in=articles[:most]))
    marks: dict[str, dict[str, list[Annotation]]] = defaultdict(dict)
    for sheet in sheets:
        marks[str(sheet.article_id)][str(sheet.pk)] = []
    for pk, article, content in labels_on(sheets, device):
        marks[str(article)][pk].append(record(content, article))
    texts = {str(sheet.article_id): sheet.article.text for sheet in sheets}
    readers = {name: list(sheets.values()) for name, sheets in marks.items()}
    return Reference(False, len(articles), texts, readers)


def _texts(articles: Iterable[int]) -> dict[str, str]:
    rows = Article.objects.filter(pk__in=list(articles)).values_list("pk", "text")
    return {str(pk): text for pk, text in rows}


def _gold(row: GoldAnnotation) -> dict[str, Any]:
    parts = [records.part_json(part) for part in row.parts.all()]
    return {"id": row.pk, "device": row.device, "label": row.label, "parts": parts}
