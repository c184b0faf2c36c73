"""Which articles are to be compared with their siblings, and anew when an event changes.

As in `outbox` the tables are the record. A run of an event names the articles it was made for, so
that an article which joins or leaves makes new runs due; what older runs found is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat

from annotator.corpus.models import Article, Event, ImportBatch
from annotator.labeling import outbox
from annotator.labeling.models import EventLedger, SuggestionRun

if TYPE_CHECKING:
    from framing.detectors.pipeline import Run

State = SuggestionRun.State

FEWEST = 2
"""Articles that an event needs to have anything to compare."""


@dataclass(frozen=True)
class Members:
    """The articles of an event in order; ``key`` changes with whatever a comparison reads."""

    event: int
    articles: tuple[int, ...]
    key: str


def members(articles: QuerySet[Article]) -> Iterator[Members]:
    """Yield the events of these articles, which must hold all articles of an event."""
    rows = (
        articles.exclude(event=None)
        .order_by("event", "pk")
        .values_list("event", "pk", "sha256", "outlet", "published", "language")
    )
    for event, group in groupby(rows.iterator(), key=lambda row: row[0]):
        own = [row[1:] for row in group]
        enough = len(own) >= FEWEST
        yield Members(event, tuple(row[0] for row in own), _key(own) if enough else "")


def unplanned() -> bool:
    """Tell, without the language model, whether an event has changed since it was planned."""
    return bool(_changed())


def plan(runs: Iterable[Run]) -> int:
    """Create the missing runs of every event, drop unfinished ones that nobody needs any more.

    Returns how many rows were made. Events of a project into which an import is running wait for
    its end. Safe beside other planners: the row's key is unique.
    """
    runs = tuple(runs)
    with transaction.atomic():
        changed = _changed()
        _set_aside(changed)
        _note(changed)
        wanted = _wanted(runs)
        known = set()
        for row in SuggestionRun.objects.exclude(members="").values_list(*_ROW, "pk", "state"):
            *content, pk, state = row
            if tuple(content) in wanted:
                known.add(tuple(content))
            elif state != State.DONE:
                SuggestionRun.objects.filter(pk=pk).exclude(state=State.DONE).delete()
        missing = [row for content, row in wanted.items() if content not in known]
        SuggestionRun.objects.bulk_create(
            missing, batch_size=outbox.PLAN_ROWS, ignore_conflicts=True
        )
    return len(missing)


def claim(article_id: int, runs: Sequence[Run], *, now: datetime) -> list[SuggestionRun]:
    """Take all due runs of the article's event; empty when its own is not due or was taken."""
    ledger = EventLedger.objects.filter(event__articles=article_id).exclude(members="").first()
    if ledger is None or not runs:
        return []
    due = outbox.due(now).filter(reduce(or_, map(outbox.same, runs)), members=ledger.members)
    due = due.filter(article__event=ledger.event_id)
    taken = {"state": State.RUNNING, "claimed_at": now, "tries": F("tries") + 1}
    with transaction.atomic():
        if not due.filter(article=article_id).exists():
            return []
        ids = list(due.values_list("pk", flat=True))
        mine = [pk for pk in ids if due.filter(pk=pk).update(**taken) == 1]
    return list(SuggestionRun.objects.filter(pk__in=mine).order_by("pk"))


_ROW = ("article_id", "detector", "version", "config_hash", "members")


def _key(rows: Sequence[tuple[object, ...]]) -> str:
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def _settled() -> QuerySet[Article]:
    """Return articles of projects that no import is filling just now."""
    busy = ImportBatch.objects.filter(state=ImportBatch.State.RUNNING)
    return Article.objects.exclude(project__in=busy.values("project"))


def _changed() -> list[Members]:
    """Return the events whose articles are not those that were planned for."""
    busy = ImportBatch.objects.filter(state=ImportBatch.State.RUNNING).values("project")
    planned: Mapping[int, str] = dict(
        EventLedger.objects.exclude(event__project__in=busy).values_list("event", "members")
    )
    now = {one.event: one for one in members(_settled())}
    found = [one for one in now.values() if one.key != planned.get(one.event, "")]
    emptied = [event for event, key in planned.items() if key and event not in now]
    return found + [Members(event, (), "") for event in emptied]


def _set_aside(changed: Sequence[Members]) -> None:
    """Let an event that is again what it once was be compared anew: its ledger is another by now.

    What the runs of that time found is kept, and so is every decision on it.
    """
    keys = [one.key for one in changed if one.key]
    earlier = SuggestionRun.objects.filter(members__in=keys)
    earlier.update(members=Concat(Value("past "), Cast("pk", CharField())))


def _note(changed: Sequence[Members]) -> None:
    EventLedger.objects.bulk_create(
        [EventLedger(event_id=one.event, members=one.key) for one in changed],
        batch_size=outbox.PLAN_ROWS,
        update_conflicts=True,
        unique_fields=["event"],
        update_fields=["members"],
    )


def _wanted(runs: Sequence[Run]) -> dict[tuple[object, ...], SuggestionRun]:
    """Return every run that there should be, by what it is."""
    planned: Mapping[int, str] = dict(
        EventLedger.objects.exclude(members="").values_list("event", "members")
    )
    rows = _settled().filter(event__in=Event.objects.exclude(ledger=None))
    found = {}
    for article, event in rows.order_by("pk").values_list("pk", "event"):
        for run in runs if event in planned else ():
            row = SuggestionRun(
                article_id=article, detector=run.detector, version=run.version,
                config_hash=run.config_hash, members=planned[event], model=run.model,
            )  # fmt: skip
            found[tuple(getattr(row, name) for name in _ROW)] = row
    return found
