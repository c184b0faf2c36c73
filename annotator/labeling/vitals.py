"""How pre-annotation is getting on: progress for pages, and a warning when nobody works."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from annotator.corpus.models import Article, ImportBatch, Project
from annotator.labeling import outbox
from annotator.labeling.models import Pulse, SuggestionRun

WORKER = "worker"
NO_MODEL = "no language model"
SILENCE = timedelta(seconds=60)
UNSETTLED = (SuggestionRun.State.RUNNING, SuggestionRun.State.PENDING, SuggestionRun.State.FAILED)
"""States of which the first that an article has says where it stands."""


@dataclass(frozen=True)
class Progress:
    """Articles of a project by how far their detectors are; they add up to ``articles``."""

    articles: int
    done: int
    running: int
    waiting: int
    failed: int

    @property
    def finished(self) -> bool:
        return self.waiting + self.running == 0


@dataclass(frozen=True)
class Vitals:
    """Signs of life of the machinery. Times in seconds, None for never."""

    worker_age: float | None
    pending: int
    oldest_pending: float | None


def beat(name: str, *, now: datetime) -> None:
    """Note that this part of the machinery is alive."""
    Pulse.objects.update_or_create(name=name, defaults={"at": now})


def progress(project: Project) -> Progress:
    """Count the project's articles; one with a failed and a waiting run counts as waiting.

    Reads the runs that are not done, which are few, and not all that are.
    """
    articles = Article.objects.filter(project=project)
    planned = Exists(SuggestionRun.objects.filter(article=OuterRef("pk")))
    states: dict[int, set[str]] = {}
    unsettled = SuggestionRun.objects.filter(article__project=project, state__in=UNSETTLED)
    for article, state in unsettled.values_list("article", "state"):
        states.setdefault(article, set()).add(state)
    count, unplanned = articles.count(), articles.filter(~planned).count()
    counts = Counter(min(seen, key=UNSETTLED.index) for seen in states.values())
    running, pending, failed = (counts[state] for state in UNSETTLED)
    return Progress(
        articles=count,
        done=count - unplanned - len(states),
        running=running,
        waiting=unplanned + pending,
        failed=failed,
    )


def vitals(*, now: datetime) -> Vitals:
    """Read the signs of life: two small queries."""
    pending = SuggestionRun.objects.filter(
        Q(not_before=None) | Q(not_before__lte=now), state=SuggestionRun.State.PENDING
    ).aggregate(count=Count("pk"), oldest=Min("created_at"))
    return Vitals(
        worker_age=_age(last_sign(), now),
        pending=pending["count"],
        oldest_pending=_age(pending["oldest"], now),
    )


def last_sign() -> datetime | None:
    """Return when a worker last did something, or until when an import has leave to be busy."""
    pulse = Pulse.objects.filter(name=WORKER).aggregate(at=Max("at"))["at"]
    taken = SuggestionRun.objects.unfinished().aggregate(at=Max("claimed_at"))["at"]
    reading = ImportBatch.objects.filter(state=ImportBatch.State.RUNNING).aggregate(
        until=Max("not_before")  # a lease, prolonged after each chunk of rows
    )["until"]
    return max((at for at in (pulse, taken, reading) if at), default=None)


def overdue(*, now: datetime, age: timedelta) -> timedelta | None:
    """Return how long a worker of this age has been silent when that means it hangs, else None.

    While it holds a run it may be silent as long as the run may take.
    """
    working = SuggestionRun.objects.filter(
        state=SuggestionRun.State.RUNNING, claimed_at__gt=now - outbox.CLAIM
    ).exists()
    patience = outbox.CLAIM if working else SILENCE
    sign = last_sign()
    silent = min(age, now - sign) if sign else age
    return silent if silent > patience else None


def warning(*, now: datetime) -> str:
    """Return the sentence for a page's banner while suggestions wait in vain, else nothing."""
    signs = vitals(now=now)
    if Pulse.objects.filter(name=NO_MODEL, at__gt=now - 2 * SILENCE).exists():
        return (
            "Suggestions cannot be made: the language model does not load. "
            "Run 'manage.py doctor' on the server; it says what to install."
        )
    waiting = signs.oldest_pending or 0.0
    silent = signs.worker_age is None or signs.worker_age > SILENCE.total_seconds()
    if not signs.pending or not silent or waiting < SILENCE.total_seconds() / 2:
        return ""
    seen = (
        "no worker has answered yet"
        if signs.worker_age is None
        else f"no worker has answered for {signs.worker_age:.0f} s"
    )
    return (
        f"Suggestions for {signs.pending} runs are waiting and {seen}. "
        "Nothing is lost; they come when the worker is back."
    )


def _age(at: datetime | None, now: datetime) -> float | None:
    return None if at is None else max(0.0, (now - at).total_seconds())
