"""What the worker does for imports: small steps, each safe to run twice."""

from __future__ import annotations

import logging

from celery import shared_task
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotator import queueing
from annotator.corpus import event_search, importing
from annotator.corpus.models import ImportBatch

logger = logging.getLogger(__name__)

QUEUE = "imports"
PLAN = "annotator.labeling.tasks.plan"  # by name: a later app, which this one must not import
MOST_TRIES = 5
AT_ONCE = 20


@shared_task(soft_time_limit=3600, time_limit=3660)
def import_batch(batch_id: int) -> None:
    """Import what is left of a batch and have its articles read; nothing when it is done."""
    importing.run_batch(batch_id)
    try:
        queueing.send(PLAN)
    except queueing.Unreachable as error:
        logger.warning("the articles are planned later: %s", error)


@shared_task(soft_time_limit=1500, time_limit=1560)
def search_events(pk: int) -> None:
    """Do one search for events; nothing when that was done already."""
    event_search.search(pk, clock=timezone.now)


@shared_task
def sweep() -> int:
    """Publish due batches and searches while none waits in the queue, and return how many."""
    _give_up()
    batches = list(_due().order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    searches = event_search.due(timezone.now())[:AT_ONCE]
    if not batches and not searches:
        return 0
    try:
        if queueing.length(QUEUE):
            return 0
        for pk in batches:
            queueing.send(import_batch.name, pk)
        for pk in searches:
            queueing.send(search_events.name, pk)
    except queueing.Unreachable as error:
        logger.warning("nothing published: %s", error)
        return 0
    return len(batches) + len(searches)


def _due() -> QuerySet[ImportBatch]:
    """Return batches that nobody holds: waiting ones, and those whose worker must be dead."""
    now = timezone.now()
    free = Q(not_before=None) | Q(not_before__lte=now)
    unfinished = [ImportBatch.State.PENDING, ImportBatch.State.RUNNING]
    return ImportBatch.objects.filter(free, state__in=unfinished)


def _give_up() -> None:
    """Fail batches that no try brought to an end; their imported rows stay."""
    for batch in _due().filter(tries__gte=MOST_TRIES):
        importing.do_fail(
            batch,
            f"The import stopped {MOST_TRIES} times after row {batch.rows_seen}. The rows before "
            "it are in. See the worker's log, or hand in the rest as a file of its own.",
        )
