"""Train a version of the loaded terms from a project's gold or unanimous labels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.module_loading import import_string

from annotator.corpus.models import Article, Project
from annotator.labeling.learning import serving, versions
from annotator.labeling.models import LearnedVersion
from annotator.research.references import Reference, reference
from framing.detectors.lessons import Lesson, TooLittle

if TYPE_CHECKING:
    from framing.detectors.learning import Learned
    from framing.detectors.pipeline import Pipeline

State = LearnedVersion.State
Clock = Callable[[], datetime]

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
        content = _trained(version.project, pipeline, tell)
    except TooLittle as error:
        content = {"state": State.FAILED, "error": str(error)}
    except Exception as error:
        _finish(pk, now, state=State.FAILED, error=f"{type(error).__name__}: {error}", at=clock())
        raise
    _finish(pk, now, at=clock(), **content)
    return True


def lessons(to: Reference) -> list[Lesson]:
    """Return one lesson an article, grouped by event."""
    events = dict(Article.objects.filter(pk__in=map(int, to.texts)).values_list("pk", "event"))
    return [
        Lesson(
            document=name,
            group=f"event {events[int(name)]}" if events[int(name)] else f"article {name}",
            text=text,
            readers=tuple(
                tuple(span for label in labels for span in label.spans("span"))
                for labels in to.readers[name]
            ),
            labels=tuple(to.of(name)),
        )
        for name, text in sorted(to.texts.items(), key=lambda item: int(item[0]))
    ]


def _trained(project: Project, pipeline: Pipeline, tell: Callable[[], None]) -> dict[str, Any]:
    to = reference(project, versions.DETECTOR, most=MOST)
    used = versions.in_use(project.pk)
    base = pipeline if used is None else serving.having(pipeline, used)
    incumbent = next(d for d in base.detectors if d.id == versions.DETECTOR)
    about = {
        "data": f"{project.name}, {'gold' if to.adjudicated else 'labels all readers set'}",
        "model": pipeline.model,
        "codebook": str(project.codebook),
    }
    learned: Learned = import_string("framing.detectors.learning.learn")(
        lessons(to), parse=pipeline.parse, incumbent=incumbent, about=about, tell=tell
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
