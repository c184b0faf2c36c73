"""What the worker does for research: training, which takes minutes."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from annotator.labeling import detection, vitals
from annotator.research import training

logger = logging.getLogger(__name__)


@shared_task(soft_time_limit=1500, time_limit=1560)
def train(pk: int) -> None:
    """Train one version; nothing when that was done already."""
    try:
        pipeline = detection.pipeline()
    except detection.NoPipeline as error:
        logger.error("nothing can be trained: %s", error)
        vitals.beat(vitals.NO_MODEL, now=timezone.now())
        return
    training.train(pk, pipeline=pipeline, clock=timezone.now, tell=_alive)


def _alive() -> None:
    """Show that the worker is busy, not hanging."""
    vitals.beat(vitals.WORKER, now=timezone.now())
