"""How well each detector version does on a project's own labels, and what showing it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from annotator.corpus.models import Project
from annotator.labeling.models import Assignment, Suggestion, SuggestionRun
from annotator.research import references
from annotator.research.detector_figures import Version
from annotator.research.references import Reference, labels_on, readings, record
from framing.evaluation import Score, evaluate
from framing.scheme import Device

RESAMPLES = 200
SEED = 7
MEASURES = ("overlap", "strict")


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


def scores(project: Project, version: Version, device: Device, to: Reference) -> list[RoleScore]:
    """Score a version on the reference's articles that it has read; one row a role."""
    done = set(_done(project, version).values_list("article", flat=True))
    texts = {name: text for name, text in to.texts.items() if int(name) in done}
    if not texts:
        return []
    found = evaluate(
        to.labels,
        [record(row, row["article"]) for row in _suggested(version, map(int, texts))],
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
    read = readings(project, version.device).filter(article__in=done)
    if len(set(read.order_by().values_list("arm", flat=True))) < 2:
        return []
    articles = sorted(set(read.values_list("article", flat=True)), reverse=True)
    sheets = list(read.filter(article__in=articles[: references.MOST]))
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
    labels = labels_on(sheets, device)
    proposed = [
        record(row, sheet.article_id, document=str(sheet.pk))
        for sheet in sheets
        for row in suggested.get(sheet.article_id, ())
    ]
    texts = {str(sheet.pk): sheet.article.text for sheet in sheets}
    marks = [record(content, article, document=pk) for pk, article, content in labels]
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
