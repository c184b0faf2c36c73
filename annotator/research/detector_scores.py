"""How well each detector version does on a project's own labels, and what showing it does."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from annotator.corpus.models import Article, Project
from annotator.labeling import records
from annotator.labeling.models import AnnotationPart, Assignment, Suggestion, SuggestionRun
from annotator.research.detector_figures import Version
from annotator.review.models import GoldAnnotation, ReviewDecision
from framing.annotations import Annotation as Record
from framing.evaluation import Score, evaluate
from framing.scheme import Device
from framing.unanimous import unanimous

RESAMPLES = 200
SEED = 7
MOST = 150  # articles; the page is computed when it is asked for
MEASURES = ("overlap", "strict")
PART = ("role", "start", "end", "quote", "article")


@dataclass(frozen=True)
class Reference:
    """Labels to score against: a project's gold, or what all readers of an article set alike.

    ``texts`` has the newest `MOST` of ``articles`` articles that qualify.
    """

    adjudicated: bool
    articles: int
    texts: Mapping[str, str]
    labels: Sequence[Record]


@dataclass(frozen=True)
class RoleScore:
    """Precision, recall and F1 of one role, where spans overlap and where they are equal."""

    role: str
    overlap: Score
    strict: Score


@dataclass(frozen=True)
class ArmRow:
    """Readings of one arm beside the suggestions of a version, whether shown or not.

    ``marked`` is the share of suggestions whose words the annotator marked for this device,
    ``same`` the share with the very same boundaries, ``alone`` the share of labels where the
    machine had proposed nothing. None where there is nothing to take a share of.
    """

    arm: str
    readings: int
    labels: int
    per_1000: float
    marked: float | None
    same: float | None
    alone: float | None


def reference(project: Project, device: str) -> Reference:
    """Return the project's gold for a device if there is any, else its unanimous labels.

    Gold counts on articles with a standing decision of a reviewer for the device; unanimous labels
    on articles that two or more annotators have read for it to the end.
    """
    decided = ReviewDecision.objects.filter(
        article__project=project, device=device, superseded_by=None
    )
    articles = sorted(set(decided.values_list("article", flat=True)), reverse=True)
    if not articles:
        return _agreed(project, device)
    texts = _texts(articles[:MOST])
    rows = GoldAnnotation.objects.filter(decision__in=decided, article__in=articles[:MOST])
    labels = [_record(_gold(row), row.article_id) for row in rows.prefetch_related("parts")]
    return Reference(True, len(articles), texts, labels)


def scores(project: Project, version: Version, device: Device, to: Reference) -> list[RoleScore]:
    """Score a version on the reference's articles that it has read; one row a role."""
    done = set(_done(project, version).values_list("article", flat=True))
    texts = {name: text for name, text in to.texts.items() if int(name) in done}
    if not texts:
        return []
    found = evaluate(
        to.labels,
        [_record(row, row["article"]) for row in _suggested(version, map(int, texts))],
        texts,
        measures=MEASURES,
        by_label=False,
        bootstrap=RESAMPLES,
        seed=SEED,
    )
    by_role = {(s.role, s.measure): s for s in found if s.device == device.id and not s.label}
    return [
        RoleScore(role.name, by_role[role.id, "overlap"], by_role[role.id, "strict"])
        for role in device.roles
        if (role.id, "overlap") in by_role
    ]


def arms(project: Project, version: Version) -> list[ArmRow]:
    """Compare finished readings of the newest `MOST` articles; empty unless two arms have some."""
    done = _done(project, version).values("article")
    readings = _readings(project, version.device).filter(article__in=done)
    if len(set(readings.order_by().values_list("arm", flat=True))) < 2:
        return []
    articles = sorted(set(readings.values_list("article", flat=True)), reverse=True)
    sheets = list(readings.filter(article__in=articles[:MOST]))
    by_article = defaultdict(list)
    for row in _suggested(version, {sheet.article_id for sheet in sheets}):
        by_article[row["article"]].append(row)
    rows = []
    for arm in Assignment.Arm:
        mine = [sheet for sheet in sheets if sheet.arm == arm]
        if mine:
            rows.append(_arm(arm, mine, version.device, by_article))
    return rows


def _arm(
    arm: Assignment.Arm,
    sheets: Sequence[Assignment],
    device: str,
    suggested: Mapping[int, Sequence[Mapping[str, Any]]],
) -> ArmRow:
    labels = _labels(sheets, device)
    proposed = [
        _record(row, sheet.article_id, document=str(sheet.pk))
        for sheet in sheets
        for row in suggested.get(sheet.article_id, ())
    ]
    texts = {str(sheet.pk): sheet.article.text for sheet in sheets}
    marks = [_record(content, article, document=pk) for pk, article, content in labels]
    overlap, strict = _headline(
        evaluate(marks, proposed, texts, measures=MEASURES, by_label=False)
    )
    words = sum(sheet.article.words for sheet in sheets)
    return ArmRow(
        arm=arm.label,
        readings=len(sheets),
        labels=len(marks),
        per_1000=1000 * len(marks) / words if words else 0.0,
        marked=overlap.precision if overlap else None,
        same=strict.precision if strict else None,
        alone=None if overlap is None or overlap.recall is None else 1 - overlap.recall,
    )


def _headline(found: Iterable[Score]) -> tuple[Score | None, Score | None]:
    """Return both readings of the role that most annotations fill: the span, or the content."""
    by_key = {(score.role, score.measure): score for score in found}
    overlaps = [score for score in by_key.values() if score.measure == "overlap"]
    if not overlaps:
        return None, None
    best = max(overlaps, key=lambda score: score.predicted + score.gold)
    return best, by_key[best.role, "strict"]


def _agreed(project: Project, device: str) -> Reference:
    readings = _readings(project, device)
    counted = readings.order_by().values("article").annotate(readers=Count("pk"))
    several = counted.filter(readers__gt=1).values_list("article", flat=True)
    articles = sorted(several, reverse=True)
    sheets = list(readings.filter(article__in=articles[:MOST]))
    marks: dict[int, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for sheet in sheets:
        marks[sheet.article_id][str(sheet.pk)] = []
    for pk, article, content in _labels(sheets, device):
        marks[article][pk].append(_record(content, article))
    labels = [one for readers in marks.values() for one in unanimous(list(readers.values()))]
    texts = {str(sheet.article_id): sheet.article.text for sheet in sheets}
    return Reference(False, len(articles), texts, labels)


def _readings(project: Project, device: str) -> QuerySet[Assignment]:
    """Return the sheets that were read for a device to the end."""
    return (
        Assignment.objects.filter(
            Q(completions__device=device), article__project=project, withdrawn_at=None
        )
        .select_related("article")
        .order_by("article", "pk")
    )


def _labels(
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


def _done(project: Project, version: Version) -> QuerySet[SuggestionRun]:
    return SuggestionRun.objects.filter(
        article__project=project,
        detector=version.detector,
        version=version.version,
        config_hash=version.config_hash,
        state=SuggestionRun.State.DONE,
    )


def _suggested(version: Version, articles: Iterable[int]) -> Iterable[Mapping[str, Any]]:
    return Suggestion.objects.filter(
        run__detector=version.detector,
        run__version=version.version,
        run__config_hash=version.config_hash,
        article__in=list(articles),
    ).values("id", "article", "device", "label", "parts", "attributes")


def _texts(articles: Iterable[int]) -> dict[str, str]:
    rows = Article.objects.filter(pk__in=list(articles)).values_list("pk", "text")
    return {str(pk): text for pk, text in rows}


def _gold(row: GoldAnnotation) -> dict[str, Any]:
    parts = [records.part_json(part) for part in row.parts.all()]
    return {"id": row.pk, "device": row.device, "label": row.label, "parts": parts}


def _record(content: Mapping[str, Any], article: int, *, document: str = "") -> Record:
    plain = {"attributes": {}, "note": "", "confidence": "", "flag": ""}
    return records.as_record({**plain, **content}, article=article, document=document)
