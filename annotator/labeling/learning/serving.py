"""Run a project's learned version in the place of the shipped one, on its articles only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling import detection, outbox
from annotator.labeling.models import LearnedVersion
from framing.detectors.languages import primary

if TYPE_CHECKING:
    from framing.detectors.base import Detector
    from framing.detectors.pipeline import Pipeline

logger = logging.getLogger(__name__)


def having(pipeline: Pipeline, version: LearnedVersion) -> Pipeline:
    """Return the pipeline with a learned version; unchanged when that no longer fits the code.

    Then the page says so, as long as it is so.
    """
    try:
        fitting, error = pipeline.having(_detector(version.pk)), ""
    except ValueError as reason:
        logger.error("%s cannot be used, the shipped version runs: %s", version, reason)
        fitting, error = pipeline, f"The shipped version runs instead: {reason}."
    if version.error != error:
        LearnedVersion.objects.filter(pk=version.pk).update(error=error)
    return fitting


def readers(article_ids: Sequence[int]) -> dict[int, Pipeline]:
    """Return the pipeline of each article: of its language, with what its project uses.

    Articles of one language and project share theirs. Those that are gone are left out.
    """
    rows = Article.objects.filter(pk__in=article_ids).values_list("pk", "language", "project")
    found = {pk: (primary(language), project) for pk, language, project in rows}
    used = _in_use(project for _, project in found.values())
    made = {
        (language, project): reduce(having, used.get(project, ()), detection.reader(language))
        for language, project in set(found.values())
    }
    return {pk: made[found[pk]] for pk in article_ids if pk in found}


def plan(reader: Callable[[str], Pipeline]) -> int:
    """Give every article the runs of its language and its project's detectors.

    ``reader`` returns the pipeline of a language. Returns how many runs were made.
    """
    used = _in_use()
    made = 0
    for language, articles in _by_language():
        pipeline = reader(language)
        others = articles.exclude(project__in=list(used))
        made += outbox.plan(pipeline.runs, articles=others)
        for project, theirs in used.items():
            runs = reduce(having, theirs, pipeline).runs
            made += outbox.plan(runs, articles=articles.filter(project=project))
    return made


def _in_use(projects: Iterable[int] | None = None) -> dict[int, list[LearnedVersion]]:
    """Return the learned versions that projects use, all projects when left out."""
    versions = LearnedVersion.objects.filter(in_use=True).defer("weights")
    if projects is not None:
        versions = versions.filter(project__in=set(projects))
    used: dict[int, list[LearnedVersion]] = {}
    for version in versions:
        used.setdefault(version.project_id, []).append(version)
    return used


def _by_language() -> Iterator[tuple[str, QuerySet[Article]]]:
    """Yield each language with its articles, under whatever tags they have it."""
    tags: dict[str, list[str]] = {}
    for tag in Article.objects.order_by().values_list("language", flat=True).distinct():
        tags.setdefault(primary(tag), []).append(tag)
    for language, own in sorted(tags.items()):
        yield language, Article.objects.filter(language__in=own)


@lru_cache(maxsize=8)
def _detector(pk: int) -> Detector:
    """Build the detector once a process: weights never change once they are trained."""
    version = LearnedVersion.objects.get(pk=pk)
    read = import_string("framing.detectors.logistic.from_dict")
    course = import_string("framing.detectors.courses.COURSES")[version.detector]
    weights = read(version.weights, name=str(version))
    detector: Detector = course.taught(weights, threshold=version.threshold, name=version.name)
    return detector
