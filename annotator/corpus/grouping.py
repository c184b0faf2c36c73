"""Which articles tell the same story."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from annotator.corpus.models import Article, Event, Project


@transaction.atomic
def do_rename_event(*, event: Event, name: str) -> Event:
    event.name = name
    event.save(update_fields=["name"])
    return event


@transaction.atomic
def do_move_articles(*, project: Project, articles: Iterable[Article], event_name: str) -> int:
    """Put articles into the event of that name, made if needed; no name means no event.

    Returns how many articles moved. An event that runs empty stays, with its name.
    """
    event = None
    if name := event_name.strip():
        event, _ = Event.objects.get_or_create(project=project, name=name)
    ids = [article.pk for article in articles]
    return Article.objects.filter(project=project, pk__in=ids).update(event=event)
