"""Train a version of a detector from a project's gold, or from what its readers marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.module_loading import import_string

from annotator.corpus.models import Article
from annotator.labeling.learning import serving, versions
from annotator.labeling.models import LearnedVersion
from annotator.research.references import Reference, reference
from framing.detectors.languages import ENGLISH, primary
from framing.detectors.lessons import Lesson, TooLittle

if TYPE_CHECKING:
    from framing.detectors.learning import Learned
    from framing.detectors.pipeline import Pipeline

State = LearnedVersion.State
Clock = Callable[[], datetime]

COURSES = "framing.detectors.courses.COURSES"
MOST = 300
"""Articles to learn from, the newest: more cost a worker's memory and time, and teach little."""


def train(pk: int, *, pipeline: Pipeline, clock: Clock, tell: Callable[[], None]) -> bool:
    """Do one training that waits, or whose worker must be dead; tell whether there was one.

    Too little data and errors are kept with the version as its reason.
    """
    now = clock()
    free = Q(state=State.PENDING) | Q(state=State.RUNNING, begun_at__lt=now - versions.LONGEST)
    mine = LearnedVersion.objects.filter(free, pk=pk)
    if mine.update(state=State.RUNNING, begun_at=now, error="") != 1:
        return False
    version = LearnedVersion.objects.select_related("project").get(pk=pk)
    try:
        content = _trained(version, pipeline, tell)
    except TooLittle as error:
        content = {"state": State.FAILED, "error": str(error)}
    except Exception as error:
        # The page says why, and the worker's log tells the rest.
        _finish(pk, now, state=State.FAILED, error=f"{type(error).__name__}: {error}", at=clock())
        raise
    _finish(pk, now, at=clock(), **content)
    return True


def lessons(to: Reference) -> list[Lesson]:
    """Return one lesson an English article, grouped by event: features are of English parses."""
    rows = Article.objects.filter(pk__in=map(int, to.texts))
    events = {
        pk: event
        for pk, event, language in rows.values_list("pk", "event", "language")
        if primary(language) == ENGLISH
    }
    return [
        Lesson(
            document=name,
            group=f"event {events[int(name)]}" if events[int(name)] else f"article {name}",
            text=text,
            readers=tuple(map(tuple, to.readers[name])),
            labels=tuple(to.of(name)),
        )
        for name, text in sorted(to.texts.items(), key=lambda item: int(item[0]))
        if int(name) in events
    ]


def _trained(
    version: LearnedVersion, pipeline: Pipeline, tell: Callable[[], None]
) -> dict[str, Any]:
    project, course = version.project, import_string(COURSES)[version.detector]
    used = versions.in_use(project.pk, version.detector)
    base = pipeline if used is None else serving.having(pipeline, used)
    incumbent = next(d for d in base.detectors if d.id == version.detector)
    to = reference(project, incumbent.device, most=MOST)
    about = {
        "data": f"{project.name}, {'gold' if to.adjudicated else 'labels all readers set'}",
        "model": pipeline.model,
        "codebook": str(project.codebook),
    }
    learned: Learned = import_string("framing.detectors.learning.learn")(
        lessons(to), course=course, parse=pipeline.parse, incumbent=incumbent, about=about,
        tell=tell,
    )
    return {
        "state": State.DONE,
        "base": incumbent.version,
        "weights": import_string("framing.detectors.logistic.as_dict")(learned.weights),
        "threshold": learned.threshold,
        "better": learned.better,
        "card": {
            "about": dict(learned.weights.about),
            "weights": len(learned.weights.weights),
            "threshold": learned.threshold,
            "held_back": list(learned.held_back),
            "labels": learned.labels,
            "figures": learned.figures,
        },
    }


def _finish(pk: int, begun: datetime, *, at: datetime, **content: Any) -> None:
    """Store the outcome, unless somebody else took the training over meanwhile."""
    held = LearnedVersion.objects.filter(pk=pk, state=State.RUNNING, begun_at=begun)
    held.update(finished_at=at, **content)
