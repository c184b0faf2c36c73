"""What the worker does for pre-annotation: small steps, each safe to run twice."""

from __future__ import annotations

import gc
import logging
import random
from collections.abc import Sequence
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_init
from celery.worker.request import Request
from django.conf import settings
from django.db import connections
from django.utils import timezone

from annotator import queueing
from annotator.labeling import comparing, detection, event_runs, outbox, vitals
from annotator.labeling.learning import serving
from framing.detectors.languages import ENGLISH

logger = logging.getLogger(__name__)

QUEUE = "articles"
ROOM = 100
"""Messages that may wait in the queue. The bound keeps their order fresh, and a worker that hangs
for hours finds no heap of copies; a worker has enough for half a minute."""


@worker_init.connect
def load_before_forking(**_: Any) -> None:
    """Load the English pipeline in the worker's parent: its processes share it from then on.

    A process that takes another's place begins at once. The optional encoder has threads of its
    own, which no child would inherit: with it each process loads for itself.
    """
    if settings.MINILM:
        return
    try:
        detection.reader(ENGLISH)
        comparing.comparer()
    except detection.NoPipeline:
        return  # `plan` says so, every time
    gc.collect()
    gc.freeze()  # what is never looked at again stays shared


class DetectRequest(Request):
    """Give back what a killed child had claimed; the redelivered message then finds it due.

    Of several articles it finds none: each gets a message of its own, for one of them may kill.
    """

    def on_failure(self, *args: Any, **kwargs: Any) -> Any:
        give_back(self.args)
        connections.close_all()  # we are the parent, and children must not inherit a connection
        return super().on_failure(*args, **kwargs)


def give_back(article_ids: Sequence[int]) -> None:
    """Make due again what a dead worker had claimed of a message."""
    for article_id in article_ids:
        outbox.release(now=timezone.now(), article_id=article_id)
    try:
        for article_id in article_ids if len(article_ids) > 1 else ():
            queueing.send(detect.name, article_id, soon=False)
    except queueing.Unreachable as error:
        logger.warning("the sweep will tell of %d articles: %s", len(article_ids), error)


class DetectTask(Task):
    Request = DetectRequest


@shared_task(base=DetectTask)
def detect(*article_ids: int) -> None:
    """Do the due runs of articles, or of one's event; nothing when there are none."""
    comparing.detect(
        article_ids,
        model=detection.reader(ENGLISH).model,
        readers=serving.readers,
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
        messages = outbox.to_publish(now, room=ROOM - waiting, empty=not waiting)
        for message in messages:
            queueing.send(detect.name, *message.articles, soon=message.urgent)
    except queueing.Unreachable as error:
        logger.warning("nothing published: %s", error)
        return 0
    outbox.mark_published(messages, now=timezone.now())
    return sum(len(message.articles) for message in messages)


@shared_task
def pulse() -> None:
    """Show that messages reach a worker and that the worker reaches the database."""
    vitals.beat(vitals.WORKER, now=timezone.now())
