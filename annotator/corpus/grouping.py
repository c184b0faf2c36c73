"""Which articles tell the same story, and who said so when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from annotator.accounts.models import User
from annotator.corpus.models import Article, Event, EventChange, EventProposal, Project

Kind = EventChange.Kind


@transaction.atomic
def do_rename_event(*, event: Event, name: str, actor: User, now: datetime) -> Event:
    before = Event.objects.values_list("name", flat=True).get(pk=event.pk)
    if before == name:
        return event
    event.name = name
    event.save(update_fields=["name"])
    EventChange.objects.create(
        project_id=event.project_id, kind=Kind.RENAMED, actor=actor, at=now,
        source=event, target=event, before=before, after=name,
    )  # fmt: skip
    return event


@transaction.atomic
def do_move_articles(
    *,
    project: Project,
    articles: Iterable[Article],
    event_name: str,
    actor: User,
    now: datetime,
    proposal: EventProposal | None = None,
) -> int:
    """Put articles into the event of that name, made if needed; no name means no event.

    Returns how many articles moved. An event that runs empty stays, with its name.
    """
    target = None
    if name := event_name.strip():
        target, _ = Event.objects.get_or_create(project=project, name=name)
    ids = [article.pk for article in articles]
    rows = Article.objects.filter(project=project, pk__in=ids).exclude(
        **{"event": target} if target else {"event__isnull": True}
    )
    moved = list(rows.defer("text").select_related("event").order_by("pk"))
    Article.objects.filter(pk__in=[article.pk for article in moved]).update(event=target)
    EventChange.objects.bulk_create(
        EventChange(
            project=project, kind=Kind.MOVED, actor=actor, at=now, proposal=proposal,
            article=article, title=article.title or article.external_id,
            source=article.event, before=article.event.name if article.event else "",
            target=target, after=target.name if target else "",
        )
        for article in moved
    )  # fmt: skip
    return len(moved)


def history(event: Event) -> QuerySet[EventChange]:
    """Return what was done to an event, the latest first."""
    return EventChange.objects.filter(Q(source=event) | Q(target=event)).select_related("actor")
