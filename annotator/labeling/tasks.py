"""What the worker does for pre-annotation: small steps, each safe to run twice."""

from __future__ import annotations

import logging
import random
from typing import Any

from celery import Task, shared_task
from celery.worker.request import Request
from django.db import connections
from django.utils import timezone

from annotator import queueing
from annotator.labeling import comparing, detection, event_runs, outbox, vitals
from annotator.labeling.learning import serving
from framing.detectors.languages import ENGLISH

logger = logging.getLogger(__name__)

QUEUE = "articles"
ROOM = 400
"""Articles that may wait in the queue. The bound keeps their order fresh, and a worker that hangs
for hours finds no heap of copies."""


class DetectRequest(Request):
    """Give back what a killed child had claimed; the redelivered message then finds it due."""

    def on_failure(self, *args: Any, **kwargs: Any) -> Any:
        for article_id in self.args:
            outbox.release(now=timezone.now(), article_id=article_id)
        connections.close_all()  # we are the parent, and children must not inherit a connection
        return super().on_failure(*args, **kwargs)


class DetectTask(Task):
    Request = DetectRequest


@shared_task(base=DetectTask)
def detect(article_id: int) -> None:
    """Do the due runs of one article, or of its event; nothing when there are none."""
    comparing.detect(
        article_id,
        model=detection.reader(ENGLISH).model,
        reader=serving.reader,
        comparer=comparing.comparer(),
        clock=timezone.now,
        draw=random.random,
    )


@shared_task
def plan(everything: int = 0) -> int:
    """Give articles and events the runs they lack, publish them, and return how many were made.

    Without ``everything`` the language model stays unloaded unless an article has no run at all or
    the articles of an event have changed.
    New detector versions are found by the full planning at start and every hour.
    """
    if not (everything or outbox.unplanned() or event_runs.unplanned()):
        return 0
    try:
        made = plan_all()
    except detection.NoPipeline as error:
        logger.error("no suggestions can be made: %s", error)
        vitals.beat(vitals.NO_MODEL, now=timezone.now())
        return 0
    sweep()
    return made


def plan_all() -> int:
    """Give all articles and events their runs and return how many were made. Raises NoPipeline."""
    comparer, english = comparing.comparer(), detection.reader(ENGLISH)
    if english.unusable:
        vitals.beat(vitals.NO_MODEL, now=timezone.now())
    return serving.plan(detection.reader) + event_runs.plan(comparer.runs(english.model))


@shared_task
def sweep() -> int:
    """Publish what is due, as far as the queue has room, and return how many articles."""
    now = timezone.now()
    outbox.give_up(now=now)
    if not outbox.due(now).exists():
        return 0
    try:
        waiting = queueing.length(QUEUE)
        return _publish(outbox.to_publish(now, room=ROOM - waiting, empty=not waiting))
    except queueing.Unreachable as error:
        logger.warning("nothing published: %s", error)
        return 0


@shared_task
def pulse() -> None:
    """Show that messages reach a worker and that the worker reaches the database."""
    vitals.beat(vitals.WORKER, now=timezone.now())


def _publish(article_ids: list[int]) -> int:
    for article_id in article_ids:
        queueing.send(detect.name, article_id)
    outbox.mark_published(article_ids, now=timezone.now())
    return len(article_ids)
