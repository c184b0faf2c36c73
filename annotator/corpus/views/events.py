"""Events: one story in several outlets, and which articles belong to it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from annotator import queueing
from annotator.corpus import grouping
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.forms import MoveForm
from annotator.corpus.models import Article
from annotator.corpus.pages import show

PLAN = "annotator.labeling.tasks.plan"
EVENTS_A_PAGE = ARTICLES_A_PAGE = 100
NAMES_OFFERED = 500


@require_safe
@login_required
def events(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    rows = project.events.annotate(
        size=Count("articles"), outlets=Count("articles__outlet", distinct=True)
    ).order_by("name")
    return show(
        request,
        "corpus/events.html",
        project,
        here="events",
        page=Paginator(rows, EVENTS_A_PAGE).get_page(request.GET.get("page")),
        loose=project.articles.filter(event=None).count(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def loose_articles(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the articles without an event and put them into one."""
    project = project_for(request.user, slug, roles=LEADS)
    articles = Article.objects.filter(project=project, event=None).defer("text")
    articles = articles.select_related("outlet").order_by("pk")
    move = MoveForm(request.POST if request.method == "POST" else None, articles=articles)
    if move.is_valid():
        count = grouping.do_move_articles(
            project=project,
            articles=move.cleaned_data["articles"],
            event_name=move.cleaned_data["event_name"],
            actor=person(request.user),
            now=timezone.now(),
        )
        queueing.wake(PLAN)
        messages.success(request, f"{count} article{'s' if count != 1 else ''} moved.")
        return redirect("events", slug=slug)
    return show(
        request,
        "corpus/loose.html",
        project,
        here="events",
        status=400 if move.errors else 200,
        page=Paginator(articles, ARTICLES_A_PAGE).get_page(request.GET.get("page")),
        move=move,
        event_names=project.events.values_list("name", flat=True)[:NAMES_OFFERED],
    )
