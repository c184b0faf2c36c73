"""Store what detectors found: the articles of one message at once, or each run by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import OperationalError, transaction
from django.db.models import Case, FloatField, Value, When

from annotator.corpus.models import Article
from annotator.labeling import outbox
from annotator.labeling.models import Suggestion, SuggestionRun, TextLayer

if TYPE_CHECKING:
    from framing.annotations import Part
    from framing.detectors import base

logger = logging.getLogger(__name__)

Draw = Callable[[], float]
Failure = tuple[SuggestionRun, Exception]


class Unusable(ValueError):
    """Another try cannot help; the message says why."""


@dataclass(frozen=True)
class Found:
    """What a claimed run proposes, not yet stored."""

    run: SuggestionRun
    proposed: Sequence[Suggestion]
    seconds: float


@dataclass(frozen=True)
class Reading:
    """What one article gave: its words, and what the detectors found in them."""

    layer: TextLayer
    found: tuple[Found, ...]


def store(readings: Sequence[Reading], *, now: datetime) -> tuple[int, list[Failure]]:
    """Store readings in one transaction; return how many runs were finished and which failed.

    A commit waits for the disk: one for all is what makes short articles fast. When that fails,
    each article is stored by itself, and then each run, so that the faulty one fails alone.
    """
    try:
        with transaction.atomic():
            _keep([reading.layer for reading in readings])
            done = finish([one for reading in readings for one in reading.found], now=now)
    except Exception as error:
        parts = list(_parts(readings))
        if isinstance(error, OperationalError) or len(parts) < 2:
            # The disk or a lock, where smaller steps do not help, or a run that cannot be kept.
            return 0, [(one.run, error) for reading in readings for one in reading.found]
    else:
        return done, []
    done, failed = 0, []
    for part in parts:
        more, lost = store([part], now=now)
        done += more
        failed += lost
    return done, failed


def finish(found: Sequence[Found], *, now: datetime) -> int:
    """Store suggestions and states at once and return how many runs that were.

    Runs that somebody else took over meanwhile are left to them.
    """
    with transaction.atomic():
        ours = _held(found)
        mine = [one for one in found if one.run.pk in ours]
        if mine:
            Suggestion.objects.bulk_create([row for one in mine for row in one.proposed])
            took = [When(pk=one.run.pk, then=Value(one.seconds)) for one in mine]
            SuggestionRun.objects.filter(pk__in=ours).update(
                state=outbox.State.DONE, finished_at=now, error="",
                seconds=Case(*took, output_field=FloatField()),
            )  # fmt: skip
    return len(mine)


def fail(run: SuggestionRun, error: Exception, *, now: datetime, draw: Draw) -> None:
    """Store the error; the run is due again after a while, unless that is hopeless."""
    logger.warning("run %s failed, try %s", run.pk, run.tries, exc_info=error)
    hopeless = isinstance(error, Unusable)
    text = str(error) if hopeless else f"{type(error).__name__}: {error}"
    if hopeless or run.tries >= outbox.MOST_TRIES:
        outbox.held(run).update(state=outbox.State.FAILED, error=text, finished_at=now)
        return
    wait = timedelta(seconds=2**run.tries * (0.5 + draw()))
    outbox.held(run).update(
        state=outbox.State.PENDING,
        error=text,
        not_before=now + wait,
        published_at=None,
        claimed_at=None,
    )


def rows(
    run: SuggestionRun,
    article: Article,
    found: Sequence[base.Suggestion],
    *,
    siblings: Mapping[str, Article] | None = None,
) -> list[Suggestion]:
    """Return unsaved suggestions; ``siblings`` are the articles that evidence may lie in.

    Raises Unusable when a part does not hold the text it quotes.
    """
    return [
        Suggestion(
            run=run,
            article=article,
            position=position,
            device=one.device,
            label=one.label,
            parts=[_part(part, article, siblings or {}) for part in one.parts],
            attributes=dict(one.attributes),
            score=one.score,
            rule=one.rule,
            reason=one.reason,
            judged_start=one.judged.start,
            judged_end=one.judged.end,
        )
        for position, one in enumerate(found)
    ]


def _part(part: Part, article: Article, siblings: Mapping[str, Article]) -> dict[str, str | int]:
    holder = siblings.get(part.document) if part.document else article
    if holder is None:
        raise Unusable(f"The {part.role} at {part.span} lies in no article of the event.")
    if part.span.quote(holder.text) != part.quote:
        raise Unusable(f"The {part.role} at {part.span} does not hold the text it quotes.")
    return {
        "role": part.role,
        "start": part.span.start,
        "end": part.span.end,
        "quote": part.quote,
        "article": holder.pk,
    }


def _parts(readings: Sequence[Reading]) -> Iterator[Reading]:
    """Yield the next smaller readings: each article, or each run of the only one."""
    if len(readings) > 1:
        yield from readings
    else:
        for reading in readings:
            yield from (replace(reading, found=(one,)) for one in reading.found)


def _keep(layers: Sequence[TextLayer]) -> None:
    """Store the layers in the place of older ones."""
    own = {"id", "article", "created_at"}
    rest = [field.name for field in TextLayer._meta.concrete_fields if field.name not in own]
    TextLayer.objects.bulk_create(
        layers, update_conflicts=True, unique_fields=["article"], update_fields=rest
    )


def _held(found: Sequence[Found]) -> set[int]:
    """Return which runs are still ours, and lock them: another claim has another time."""
    claims = {one.run.pk: one.run.claimed_at for one in found}
    running = SuggestionRun.objects.filter(pk__in=claims, state=outbox.State.RUNNING)
    rows = running.select_for_update().values_list("pk", "claimed_at")
    return {pk for pk, claimed_at in rows if claimed_at == claims[pk]}
