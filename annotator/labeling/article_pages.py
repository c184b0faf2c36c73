"""Articles of a project: a list to search, and one article with what is known about it."""

from __future__ import annotations

from typing import Any

import django_filters as filters  # type: ignore[import-untyped]
from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from annotator.corpus.access import LEADS, project_for
from annotator.corpus.models import Article, Project
from annotator.corpus.pages import show
from annotator.labeling.ledgers import why_not
from annotator.labeling.models import Assignment, SuggestionRun
from annotator.labeling.suggesting import current_runs

ARTICLES_A_PAGE = 50
SIBLINGS_SHOWN = 20
STATES = [
    ("unassigned", "nobody reads it"),
    ("queued", "not begun"),
    ("open", "begun by somebody"),
    ("submitted", "submitted by all"),
    ("failed", "suggestions failed"),
]
NO_EVENT = "none"


class ArticleFilter(filters.FilterSet):  # type: ignore[misc]  # ships no types
    """Search and filters of the list; names come from here and nowhere else."""

    q = filters.CharFilter(
        method="search",
        label="Search",
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, id or text"}),
    )
    event = filters.ModelChoiceFilter(
        queryset=lambda request: request.events, label="Event", empty_label="any",
        null_label="no event", null_value=NO_EVENT,
    )
    outlet = filters.ModelChoiceFilter(
        queryset=lambda request: request.outlets, label="Outlet", empty_label="any",
        null_label="no outlet", null_value=NO_EVENT,
    )
    state = filters.ChoiceFilter(
        method="in_state", choices=STATES, label="State", empty_label="any"
    )

    class Meta:
        model = Article
        fields = ("q", "event", "outlet", "state")

    def search(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        found = Q(title__icontains=value) | Q(external_id__icontains=value)
        return rows.filter(found | Q(text__icontains=value))

    def in_state(self, rows: QuerySet[Article], _name: str, value: str) -> QuerySet[Article]:
        if value == "failed":
            failed = SuggestionRun.objects.filter(state=SuggestionRun.State.FAILED)
            return rows.filter(pk__in=failed.values("article"))
        sheets = Assignment.objects.filter(withdrawn_at=None)
        if value == "unassigned":
            return rows.exclude(pk__in=sheets.values("article"))
        if value == "open":
            return rows.filter(pk__in=sheets.filter(state="open").values("article"))
        other = sheets.exclude(state=value).values("article")
        return rows.filter(pk__in=sheets.values("article")).exclude(pk__in=other)


@require_safe
@login_required
def articles(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    found = ArticleFilter(
        request.GET or None, queryset=_rows(project), request=_Choices(project)
    )
    rows = found.qs if found.is_valid() else _rows(project)
    page = Paginator(rows, ARTICLES_A_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "corpus/articles.html",
        project,
        here="articles",
        filter=found,
        filtered=any(request.GET.get(name) for name in found.filters),
        page=page,
        kept=_kept(request),
        empty=not project.articles.exists(),
    )


@require_safe
@login_required
def article(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    rows = project.articles.select_related("event", "outlet", "batch", "project")
    story = get_object_or_404(rows, pk=pk)
    runs = current_runs(story.pk).annotate(found=Count("suggestions"))
    sheets = story.assignments.filter(withdrawn_at=None).select_related("annotator")
    siblings = project.articles.filter(event=story.event_id).exclude(event=None)
    return show(
        request,
        "corpus/article.html",
        project,
        here="articles",
        article=story,
        runs=runs,
        not_compared=why_not(story),
        sheets=sheets.order_by("annotator__username"),
        siblings=siblings.exclude(pk=pk).defer("text").select_related("outlet")[:SIBLINGS_SHOWN],
    )


class _Choices:
    """What the filter's lists offer: events and outlets of this project only."""

    def __init__(self, project: Project) -> None:
        self.events = project.events.order_by("name")
        self.outlets = project.outlets.order_by("name")


def _rows(project: Project) -> QuerySet[Article]:
    live = Q(assignments__withdrawn_at=None, assignments__isnull=False)
    done = live & Q(assignments__state=Assignment.State.SUBMITTED)
    return (
        project.articles.defer("text")
        .select_related("event", "outlet")
        .annotate(
            readers=Count("assignments", filter=live, distinct=True),
            submitted=Count("assignments", filter=done, distinct=True),
        )
        .order_by("event__name", "pk")
    )


def _kept(request: HttpRequest) -> Any:
    """Return the query of the page links: the filters without the page number."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
