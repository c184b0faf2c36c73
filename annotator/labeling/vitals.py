"""How pre-annotation is getting on: progress for pages, and a warning when nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from annotator.corpus.models import Article, ImportBatch, Project
from annotator.labeling import outbox
from annotator.labeling.models import Pulse, SuggestionRun

WORKER = "worker"
NO_MODEL = "no language model"
SILENCE = timedelta(seconds=60)


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
    """Count the project's articles; one with a failed and a waiting run counts as waiting."""
    runs = SuggestionRun.objects.filter(article=OuterRef("pk"))
    states = Article.objects.filter(project=project).annotate(
        has_any=Exists(runs),
        has_running=Exists(runs.filter(state=SuggestionRun.State.RUNNING)),
        has_pending=Exists(runs.filter(state=SuggestionRun.State.PENDING)),
        has_failed=Exists(runs.filter(state=SuggestionRun.State.FAILED)),
    )
    settled = Q(has_any=True, has_running=False, has_pending=False)
    counts = states.aggregate(
        articles=Count("pk"),
        done=Count("pk", filter=settled & Q(has_failed=False)),
        running=Count("pk", filter=Q(has_running=True)),
        waiting=Count("pk", filter=Q(has_any=False) | Q(has_pending=True, has_running=False)),
        failed=Count("pk", filter=settled & Q(has_failed=True)),
    )
    return Progress(**counts)


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
