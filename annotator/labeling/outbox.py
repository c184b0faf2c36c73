"""Which runs are due: the table is the record, the queue only a hint.

Invariant: a run goes pending -> running -> done or failed. Whoever moves it to running, under a
lock on the row, may work on it until the claim expires, and only the holder may finish it. So every
step here may be done twice, by anyone, at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotator.corpus.models import Article
from annotator.labeling.models import Assignment, SuggestionRun

if TYPE_CHECKING:
    from framing.detectors.pipeline import Run

State = SuggestionRun.State

MOST_TRIES = 5
CLAIM = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 10)
REPUBLISH = timedelta(seconds=30)
PLAN_ROWS = 500
LENGTH = 12_000
"""Code points of the articles that are read at once, about 2,000 words: enough that what a message
and a commit cost hardly counts, few enough that two workers share little work evenly."""
MOST = 100
"""Articles that are read at once, however short they are."""
GAVE_OUT = f"The worker stopped or ran out of time {MOST_TRIES} times on this article."


@dataclass(frozen=True)
class Message:
    """Articles that a worker is told of at once; ``urgent`` when somebody waits for them."""

    articles: tuple[int, ...]
    urgent: bool = False


class _Row(NamedTuple):
    """What is looked at of a due run."""

    article: int
    article__event: int | None
    article__length: int
    members: str
    opened: bool
    tries: int


def unplanned() -> bool:
    """Tell, without the language model, whether some article was never given its runs."""
    return Article.objects.filter(~Exists(_runs_of_article())).exists()


def plan(runs: Iterable[Run], *, articles: QuerySet[Article] | None = None) -> int:
    """Create the missing rows of these runs, drop unfinished ones of outdated detectors.

    Only ``articles`` are looked at, all of them when left out. Returns how many rows were made.
    Safe beside other planners: the row's key is unique.
    """
    runs = tuple(runs)
    wanted = Article.objects.all() if articles is None else articles
    _drop_outdated(runs, wanted)
    return sum(_plan_run(run, wanted) for run in runs)


def retry_failed(articles: QuerySet[Article]) -> int:
    """Make failed runs due again, as if never tried, and return how many."""
    failed = SuggestionRun.objects.filter(article__in=articles, state=State.FAILED)
    return failed.update(state=State.PENDING, tries=0, not_before=None, published_at=None)


def due(now: datetime) -> QuerySet[SuggestionRun]:
    """Return runs whose time has come, and running ones whose worker must be dead."""
    waiting = Q(state=State.PENDING) & (Q(not_before=None) | Q(not_before__lte=now))
    orphaned = Q(state=State.RUNNING, claimed_at__lt=now - CLAIM)
    return SuggestionRun.objects.unfinished().filter(waiting | orphaned, tries__lt=MOST_TRIES)


def to_publish(now: datetime, *, room: int, empty: bool) -> list[Message]:
    """Return at most ``room`` messages about due articles that the queue does not hold, as far as
    one can tell.

    An ``empty`` queue holds none; in another one those published lately are taken to be waiting,
    unless somebody began to work on them since. Articles that somebody has open come first. Of
    articles that are to be compared with each other one is enough: whoever gets it does the event.
    """
    opened = Assignment.objects.filter(
        article=OuterRef("article"), state=Assignment.State.OPEN, withdrawn_at=None
    )
    rows = due(now).annotate(opened=Exists(opened)).order_by("-opened", "pk")
    if not empty:
        begun = Exists(opened.filter(started_at__gt=OuterRef("published_at")))
        old = Q(published_at=None) | Q(published_at__lt=now - REPUBLISH)
        rows = rows.filter(old | begun)
    found = [_Row(*row) for row in rows.values_list(*_Row._fields)]
    first: dict[int, int] = {}
    for row in found:
        if row.members and row.article__event:
            first.setdefault(row.article__event, row.article)
    together: dict[int, list[_Row]] = {}
    for row in found:
        together.setdefault(first.get(row.article__event or 0, row.article), []).append(row)
    return list(islice(_messages(together), max(0, room)))


def mark_published(messages: Sequence[Message], *, now: datetime) -> None:
    """Note that these articles are in the queue, and with them all of an event to be compared."""
    articles = [article for message in messages for article in message.articles]
    compared = due(now).filter(article__in=articles).exclude(members="")
    theirs = Q(article__in=articles) | Q(article__event__in=compared.values("article__event"))
    due(now).filter(theirs).update(published_at=now)


def blocks(lengths: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """Put articles, each with its length, together into what is to be read at once."""
    block: list[int] = []
    total = 0
    for article, length in lengths:
        if block and (total + length > LENGTH or len(block) == MOST):
            yield block
            block, total = [], 0
        block.append(article)
        total += length
    if block:
        yield block


def claim(
    wanted: Mapping[int, Iterable[Run]], *, now: datetime
) -> dict[int, dict[Run, SuggestionRun]]:
    """Take those runs of these articles that are due; what is not due, or somebody else was faster
    with, is left out.

    Of several articles only those are taken that were never tried: what ended a try, perhaps with
    its worker, must not take others along again.
    """
    runs = {article: {_key(run): run for run in theirs} for article, theirs in wanted.items()}
    with transaction.atomic():
        # Locked: of two workers the second waits here, and then finds nothing due.
        mine = due(now).filter(article__in=list(runs), members="").select_for_update()
        rows = [row for row in mine if _key(row) in runs[row.article_id]]
        tried = {row.article_id for row in rows if row.tries} if len(runs) > 1 else set()
        rows = [row for row in rows if row.article_id not in tried]
        for row in rows:
            row.state, row.claimed_at, row.tries = State.RUNNING, now, row.tries + 1
        taken = SuggestionRun.objects.filter(pk__in=[row.pk for row in rows])
        taken.update(state=State.RUNNING, claimed_at=now, tries=F("tries") + 1)
    claimed: dict[int, dict[Run, SuggestionRun]] = {}
    for row in rows:
        claimed.setdefault(row.article_id, {})[runs[row.article_id][_key(row)]] = row
    return claimed


def held(run: SuggestionRun) -> QuerySet[SuggestionRun]:
    """Return the run as long as it is still ours: another claim has another time."""
    return SuggestionRun.objects.filter(pk=run.pk, state=State.RUNNING, claimed_at=run.claimed_at)


def release(*, now: datetime, article_id: int | None = None) -> int:
    """Give back what a dead worker had claimed and return how many.

    Of one article, with its event when that was being compared, or of all.
    """
    running = SuggestionRun.objects.filter(state=State.RUNNING)
    if article_id is not None:
        compared = running.filter(article=article_id).exclude(members="")
        events = list(compared.values_list("article__event", flat=True))
        running = running.filter(Q(article=article_id) | Q(article__event__in=events))
    return _give_up(running, now=now) + running.update(
        state=State.PENDING, claimed_at=None, published_at=None
    )


def give_up(*, now: datetime) -> int:
    """Fail the runs that killed their worker at every try."""
    return _give_up(
        SuggestionRun.objects.filter(state=State.RUNNING, claimed_at__lt=now - CLAIM), now=now
    )


def same(run: Run) -> Q:
    return Q(detector=run.detector, version=run.version, config_hash=run.config_hash)


def _key(run: Run | SuggestionRun) -> tuple[str, str, str]:
    return run.detector, run.version, run.config_hash


def _messages(waiting: Mapping[int, Sequence[_Row]]) -> Iterator[Message]:
    """Put articles together that are short, never tried, and that nobody waits for."""
    for alone, group in groupby(waiting.items(), key=lambda one: any(map(_is_alone, one[1]))):
        if alone:
            yield from (Message((article,), urgent=rows[0].opened) for article, rows in group)
        else:
            own = ((article, rows[0].article__length) for article, rows in group)
            yield from (Message(tuple(block)) for block in blocks(own))


def _is_alone(row: _Row) -> bool:
    return bool(row.opened or row.members or row.tries)


def _give_up(runs: QuerySet[SuggestionRun], *, now: datetime) -> int:
    worn_out = runs.filter(tries__gte=MOST_TRIES)
    return worn_out.update(state=State.FAILED, error=GAVE_OUT, finished_at=now)


def _runs_of_article() -> QuerySet[SuggestionRun]:
    return SuggestionRun.objects.filter(article=OuterRef("pk"), members="")


def _drop_outdated(runs: Sequence[Run], articles: QuerySet[Article]) -> None:
    """Remove unfinished runs that no installed detector will ever do; they hold no suggestions."""
    alone = SuggestionRun.objects.filter(members="", article__in=articles)
    outdated = alone.exclude(state=State.DONE)
    for run in runs:
        outdated = outdated.exclude(same(run))
    outdated.delete()


def _plan_run(run: Run, articles: QuerySet[Article]) -> int:
    planned = _runs_of_article().filter(same(run))
    missing = list(articles.filter(~Exists(planned)).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(missing), PLAN_ROWS):
        rows = [
            SuggestionRun(
                article_id=pk,
                detector=run.detector,
                version=run.version,
                config_hash=run.config_hash,
                model=run.model,
            )
            for pk in missing[first : first + PLAN_ROWS]
        ]
        SuggestionRun.objects.bulk_create(rows, ignore_conflicts=True)
    return len(missing)
