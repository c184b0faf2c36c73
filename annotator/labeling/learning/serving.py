"""Run a project's learned version in the place of the shipped one, on its articles only."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling import outbox
from annotator.labeling.models import LearnedVersion

if TYPE_CHECKING:
    from framing.detectors.base import Detector
    from framing.detectors.pipeline import Pipeline

logger = logging.getLogger(__name__)


def fitted(pipeline: Pipeline, article_id: int) -> Pipeline:
    """Return the pipeline for one article: with the learned version that its project uses."""
    version = LearnedVersion.objects.filter(project__articles=article_id, in_use=True).first()
    return pipeline if version is None else having(pipeline, version)


def having(pipeline: Pipeline, version: LearnedVersion) -> Pipeline:
    """Return the pipeline with a learned version; unchanged when that no longer fits the code."""
    try:
        return pipeline.having(_detector(version.pk))
    except ValueError as error:
        logger.error("%s cannot be used, the shipped version runs: %s", version, error)
        return pipeline


def plan(pipeline: Pipeline) -> int:
    """Give every article the runs of its project's detectors; return how many were made."""
    used = list(LearnedVersion.objects.filter(in_use=True).defer("weights"))
    others = Article.objects.exclude(project__in=[version.project_id for version in used])
    made = outbox.plan(pipeline.runs, articles=others)
    for version in used:
        mine = Article.objects.filter(project=version.project_id)
        made += outbox.plan(having(pipeline, version).runs, articles=mine)
    return made


@lru_cache(maxsize=8)
def _detector(pk: int) -> Detector:
    """Build the detector once a process: weights never change once they are trained."""
    version = LearnedVersion.objects.get(pk=pk)
    read = import_string("framing.detectors.logistic.from_dict")
    make = import_string("framing.detectors.learning.LearnedTermDetector")
    weights = read(version.weights, name=str(version))
    detector: Detector = make(weights, threshold=version.threshold, name=version.name)
    return detector
