"""Look for articles that tell one story; people confirm or reject what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict, Invalid
from annotator.corpus import grouping
from annotator.corpus.models import Article, EventChange, EventProposal, EventSearch, Project
from framing.documents import Document

if TYPE_CHECKING:
    from framing.grouping import Proposal

Clock = Callable[[], datetime]
State = EventSearch.State
Kind = EventChange.Kind

LONGEST = timedelta(minutes=30)
"""A search that runs longer has lost its worker."""
MOST_TRIES = 3
FEWEST = 2
NAME_LIMIT = 200


@transaction.atomic
def do_ask(*, project: Project, actor: User, now: datetime) -> EventSearch:
    """Have a project searched; raises Conflict while a search runs, Invalid without articles."""
    Project.objects.select_for_update().get(pk=project.pk)
    if project.event_searches.filter(state__in=[State.PENDING, State.RUNNING]).exists():
        raise Conflict("A search is already under way.")
    if not project.articles.filter(event=None).exists():
        raise Invalid("Every article belongs to an event already. There is nothing to group.")
    return EventSearch.objects.create(project=project, asked_by=actor, asked_at=now)


def due(now: datetime) -> list[int]:
    """Return the searches that wait, or whose worker must be dead."""
    free = Q(state=State.PENDING) | Q(state=State.RUNNING, begun_at__lt=now - LONGEST)
    return list(EventSearch.objects.filter(free).order_by("pk").values_list("pk", flat=True))


def search(pk: int, *, clock: Clock) -> bool:
    """Do one search that is due and keep what it finds; tell whether there was one."""
    now = clock()
    if pk not in due(now):
        return False
    mine = EventSearch.objects.filter(pk=pk).exclude(state__in=[State.DONE, State.FAILED])
    if mine.update(state=State.RUNNING, begun_at=now, tries=F("tries") + 1) != 1:
        return False
    row = EventSearch.objects.select_related("project").get(pk=pk)
    try:
        if row.tries > MOST_TRIES:
            raise RuntimeError("the worker stopped each time; its log says why")
        _search(row, clock)
    except Exception as error:
        # Any library may fail on any text: the page says why, and the worker's log tells the rest.
        held = EventSearch.objects.filter(pk=pk, state=State.RUNNING, begun_at=now)
        reason = f"{type(error).__name__}: {error}"
        held.update(state=State.FAILED, error=reason, finished_at=clock())
        raise
    return True


def _search(row: EventSearch, clock: Clock) -> None:
    articles = list(row.project.articles.select_related("outlet").order_by("published", "pk"))
    event_of = {article.pk: article.event_id for article in articles}
    propose = import_string("framing.grouping.propose_events")
    found: Sequence[Proposal] = propose([_document(article) for article in articles])
    groups = [made for one in found for made in _as_proposal(row, one, event_of)]
    with transaction.atomic():
        rejected = [
            set(one.articles)
            for one in row.project.event_proposals.filter(state=EventProposal.State.REJECTED)
        ]
        new = [g for g in groups if not any(set(g.articles) <= old for old in rejected)]
        held = EventSearch.objects.filter(pk=row.pk, state=State.RUNNING, begun_at=row.begun_at)
        mine = held.update(
            state=State.DONE,
            finished_at=clock(),
            loose=sum(event is None for event in event_of.values()),
            compared=len(articles),
            remembered=len(groups) - len(new),
        )
        if not mine:
            return  # another worker took it for dead and did it
        old = row.project.event_proposals.filter(state=EventProposal.State.OPEN)
        old.update(state=EventProposal.State.REPLACED)
        EventProposal.objects.bulk_create(new)


def _as_proposal(
    row: EventSearch, found: Proposal, event_of: dict[int, int | None]
) -> Iterator[EventProposal]:
    """Yield the articles of a group that have no event, with the event of most of the others."""
    members = [int(id) for id in found.documents]
    loose = [pk for pk in members if event_of[pk] is None]
    events = Counter(event for pk in members if (event := event_of[pk]) is not None)
    if loose and (events or len(loose) >= FEWEST):
        yield EventProposal(
            search=row, project=row.project, articles=loose, score=found.score,
            event_id=events.most_common(1)[0][0] if events else None, reason=found.reason,
        )  # fmt: skip


def _document(article: Article) -> Document:
    return Document(
        id=str(article.pk), text=article.text, title=article.title,
        published=article.published, language=article.language,
    )  # fmt: skip


@transaction.atomic
def do_confirm(
    *, proposal: EventProposal, articles: Sequence[int], name: str, actor: User, now: datetime
) -> int:
    """Put the chosen articles of a proposal into the event of that name; return how many.

    Raises Conflict when somebody was faster, Invalid for too few articles or no name.
    """
    _take(proposal, EventProposal.State.CONFIRMED)
    chosen = set(articles) & set(proposal.articles)
    if not name.strip() or len(name.strip()) > NAME_LIMIT:
        raise Invalid(f"Name the event, in at most {NAME_LIMIT} characters.")
    least = 1 if proposal.event is not None else FEWEST
    if len(chosen) < least:
        raise Invalid("Leave at least two articles in the group, or reject it.")
    rows = Article.objects.filter(project=proposal.project_id, pk__in=chosen).defer("text")
    moved = [article for article in rows if article.event_id is not None]
    if moved or len(rows) < len(chosen):
        what = f"“{moved[0].name}”" if moved else "An article"
        raise Conflict(f"{what} has been moved or deleted meanwhile. Look at the group again.")
    count = grouping.do_move_articles(
        project=proposal.project, articles=rows, event_name=name, actor=actor, now=now,
        proposal=proposal,
    )  # fmt: skip
    _note(proposal, Kind.CONFIRMED, actor=actor, now=now, after=name.strip())
    return count


@transaction.atomic
def do_reject(*, proposal: EventProposal, actor: User, now: datetime) -> None:
    """Remember that these articles tell no common story; raises Conflict."""
    _take(proposal, EventProposal.State.REJECTED)
    _note(proposal, Kind.REJECTED, actor=actor, now=now)


@transaction.atomic
def do_reopen(*, proposal: EventProposal, actor: User, now: datetime) -> None:
    """Take a rejection back; raises Conflict when there is none."""
    _take(proposal, EventProposal.State.OPEN, before=EventProposal.State.REJECTED)
    _note(proposal, Kind.REOPENED, actor=actor, now=now)


def _take(
    proposal: EventProposal, state: str, *, before: str = EventProposal.State.OPEN
) -> None:
    mine = EventProposal.objects.filter(pk=proposal.pk, state=before)
    if mine.update(state=state) != 1:
        raise Conflict("This group has been decided or replaced meanwhile. Look at it again.")


def _note(
    proposal: EventProposal, kind: str, *, actor: User, now: datetime, after: str = ""
) -> None:
    EventChange.objects.create(
        project=proposal.project, kind=kind, actor=actor, at=now, proposal=proposal, after=after
    )
