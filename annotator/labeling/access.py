"""The only way to somebody's sheet: being its annotator."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from annotator.corpus.access import person
from annotator.corpus.models import Article
from annotator.labeling.models import Assignment


def assignment_for(user: AbstractBaseUser | AnonymousUser, pk: int) -> Assignment:
    """Return the person's own assignment; raises Http404 for anybody else's or a withdrawn one."""
    mine = Assignment.objects.of(person(user)).select_related(
        "annotator", "article__project__codebook", "article__event", "article__outlet"
    )
    return get_object_or_404(mine, pk=pk)


def sibling_for(assignment: Assignment, pk: int) -> Article:
    """Return another article of the same event; raises Http404 otherwise."""
    return get_object_or_404(siblings(assignment.article), pk=pk)


def siblings(article: Article) -> QuerySet[Article]:
    """Return the other articles of the article's event, none when it has no event."""
    return (
        Article.objects.filter(project=article.project_id, event=article.event_id)
        .exclude(event=None)
        .exclude(pk=article.pk)
        .select_related("outlet")
    )
