"""Ask for a training, put a version to use, take it out of use. Nothing happens by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict
from annotator.corpus.models import Project
from annotator.labeling.models import LearnedVersion, SuggestionRun

State = LearnedVersion.State

DETECTORS = ("loaded_terms", "attribution")
"""What can learn: the names in `framing.detectors.courses`, which would load spaCy."""

LONGEST = timedelta(minutes=30)
STOPPED = "The worker stopped or ran out of time. Train again."


@transaction.atomic
def do_ask(*, project: Project, detector: str, actor: User, now: datetime) -> LearnedVersion:
    """Note that a version is wanted and return it, or the one that already waits.

    Raises Conflict while one is being trained, and for a detector that cannot learn.
    """
    if detector not in DETECTORS:
        raise Conflict(
            f"No version of {detector!r} can be trained, only of: {', '.join(DETECTORS)}."
        )
    Project.objects.select_for_update().get(pk=project.pk)
    give_up(project=project, now=now)
    mine = LearnedVersion.objects.filter(project=project, detector=detector)
    waiting = mine.filter(state=State.PENDING).first()
    if waiting is not None:
        return waiting
    if mine.filter(state=State.RUNNING).exists():
        raise Conflict("A version is being trained. Wait until it is done.")
    last = LearnedVersion.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    return LearnedVersion.objects.create(
        project=project, detector=detector, number=(last or 0) + 1, asked_by=actor, asked_at=now
    )


def give_up(*, project: Project, now: datetime) -> int:
    """Fail trainings whose worker must be dead."""
    dead = LearnedVersion.objects.filter(
        project=project, state=State.RUNNING, begun_at__lt=now - LONGEST
    )
    return dead.update(state=State.FAILED, error=STOPPED, finished_at=now)


@transaction.atomic
def do_use(*, version: LearnedVersion, actor: User, now: datetime) -> None:
    """Have the project's articles read by this version.

    One that was in use before can be used again at any time. Raises Conflict for one that is not
    better on the held-back articles, and for a new one that was compared with another version than
    the one in use.
    """
    locked = LearnedVersion.objects.select_for_update().get(pk=version.pk)
    if locked.state != State.DONE or not locked.better:
        raise Conflict("Only a version that is better on the held-back articles can be used.")
    used = in_use(locked.project_id, locked.detector)
    if used is not None and used.pk == locked.pk:
        return
    compared = locked.base.partition("+")[2]
    if locked.used_from is None and compared != (used.name if used else ""):
        raise Conflict(
            "It was compared with another version than the one in use. Train again, or stop using "
            "the other one."
        )
    _use(locked.project, locked.detector, locked)
    LearnedVersion.objects.filter(pk=locked.pk).update(used_by=actor, used_from=now)


@transaction.atomic
def do_stop(*, version: LearnedVersion) -> None:
    """Go back to the shipped version."""
    locked = LearnedVersion.objects.select_for_update().get(pk=version.pk)
    if locked.in_use:
        _use(locked.project, locked.detector, None)


def in_use(project: int, detector: str) -> LearnedVersion | None:
    return LearnedVersion.objects.filter(project=project, detector=detector, in_use=True).first()


def _use(project: Project, detector: str, version: LearnedVersion | None) -> None:
    """Show the suggestions of this version of a detector alone, of the shipped one for None."""
    mine = LearnedVersion.objects.filter(project=project, detector=detector)
    mine.filter(in_use=True).update(in_use=False)
    runs = SuggestionRun.objects.filter(article__project=project, detector=detector)
    own = ~Q(version__contains="+")
    if version is not None:
        LearnedVersion.objects.filter(pk=version.pk).update(in_use=True)
        own = Q(version__endswith=f"+{version.name}")
    runs.filter(own).update(replaced=False)
    runs.exclude(own).update(replaced=True)
