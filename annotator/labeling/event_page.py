"""An event: its articles, which of them are no independent evidence, and how they came here."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from annotator import queueing
from annotator.corpus import grouping
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.forms import EventForm, MoveForm
from annotator.corpus.models import Event
from annotator.corpus.pages import show
from annotator.labeling.coverage import coverage

PLAN = "annotator.labeling.tasks.plan"
ARTICLES_A_PAGE = 100
NAMES_OFFERED = 500
CHANGES_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show an event; rename it or move articles, by the button that was pressed."""
    project = project_for(request.user, slug, roles=LEADS)
    story = get_object_or_404(project.events, pk=pk)
    moving = "move" in request.POST
    sent = request.POST if request.method == "POST" else None
    name = EventForm(None if moving else sent, instance=Event.objects.get(pk=story.pk))
    move = MoveForm(sent if moving else None, articles=story.articles.defer("text"))
    actor, now = person(request.user), timezone.now()
    if moving and move.is_valid():
        count = grouping.do_move_articles(
            project=project, articles=move.cleaned_data["articles"],
            event_name=move.cleaned_data["event_name"], actor=actor, now=now,
        )  # fmt: skip
        queueing.wake(PLAN)
        messages.success(request, f"{count} article{'s' if count != 1 else ''} moved.")
        return redirect("event", slug=slug, pk=pk)
    if sent and not moving and name.is_valid():
        grouping.do_rename_event(event=story, name=name.cleaned_data["name"], actor=actor, now=now)
        messages.success(request, "Renamed.")
        return redirect("event", slug=slug, pk=pk)
    matrix = coverage(story)
    return show(
        request,
        "labeling/event.html",
        project,
        here="events",
        status=400 if name.errors or move.errors else 200,
        event=story,
        matrix=matrix,
        page=Paginator(matrix.columns, ARTICLES_A_PAGE).get_page(request.GET.get("page")),
        dependents=sum(bool(column.dependent) for column in matrix.columns),
        sources=len(set(matrix.sources.values())),
        words=sum(column.article.words for column in matrix.columns),
        name=name,
        move=move,
        event_names=project.events.values_list("name", flat=True)[:NAMES_OFFERED],
        changes=grouping.history(story)[:CHANGES_SHOWN],
    )
