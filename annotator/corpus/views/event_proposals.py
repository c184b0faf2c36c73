"""Events that the site proposes; a researcher confirms, changes or rejects each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from annotator import queueing
from annotator.accounts.refusals import Refusal
from annotator.corpus import event_search
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.models import Article, EventProposal, EventSearch, Project
from annotator.corpus.pages import show
from annotator.corpus.views.events import NAMES_OFFERED, PLAN

SEARCH = "annotator.corpus.tasks.search_events"
LATE = timedelta(seconds=20)
NAME_LENGTH = 80
REJECTED_SHOWN = 50


@dataclass(frozen=True)
class Group:
    """One proposal with its articles; ``gone`` were moved or deleted since."""

    proposal: EventProposal
    articles: list[Article]
    gone: int

    @property
    def name(self) -> str:
        """Return a name to begin with: that of the event, or the earliest title."""
        if self.proposal.event is not None:
            return self.proposal.event.name
        return self.articles[0].name[:NAME_LENGTH] if self.articles else ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was proposed; a POST has the project searched."""
    project = project_for(request.user, slug, roles=LEADS)
    if request.method == "POST":
        try:
            asked = event_search.do_ask(
                project=project, actor=person(request.user), now=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, refusal.detail)
        else:
            queueing.wake(SEARCH, asked.pk)
        return redirect("event-proposals", slug=slug)
    search = project.event_searches.select_related("asked_by").first()
    busy = search is not None and search.state in {"pending", "running"}
    context: dict[str, Any] = {
        "search": search,
        "busy": busy,
        "late": busy and search is not None and search.state == EventSearch.State.PENDING
        and timezone.now() - search.asked_at > LATE,
        "loose": project.articles.filter(event=None).count(),
        "groups": groups(project, EventProposal.State.OPEN),
        "rejected": groups(project, EventProposal.State.REJECTED, most=REJECTED_SHOWN),
        "event_names": project.events.values_list("name", flat=True)[:NAMES_OFFERED],
    }  # fmt: skip
    if getattr(request, "htmx", False):
        if not busy:  # the page around has no buttons for what is there now
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(
            request, "corpus/event_search_progress.html", {**context, "project": project}
        )
    return show(request, "corpus/event_proposals.html", project, here="events", **context)


@require_POST
@login_required
def event_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm, reject or reopen one proposal, by the button that was pressed."""
    project = project_for(request.user, slug, roles=LEADS)
    proposal = get_object_or_404(project.event_proposals.select_related("event"), pk=pk)
    actor, now = person(request.user), timezone.now()
    try:
        if "confirm" in request.POST:
            name = request.POST.get("name", "").replace("\0", "").strip()
            count = event_search.do_confirm(
                proposal=proposal, articles=_numbers(request.POST.getlist("articles")),
                name=name, actor=actor, now=now,
            )  # fmt: skip
            queueing.wake(PLAN)
            said = f"{count} article{'s' if count != 1 else ''} moved to “{name}”."
        elif "reject" in request.POST:
            event_search.do_reject(proposal=proposal, actor=actor, now=now)
            said = "Rejected. These articles are not proposed together again."
        else:
            event_search.do_reopen(proposal=proposal, actor=actor, now=now)
            said = "The group is open again."
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, said)
    return redirect("event-proposals", slug=slug)


def groups(project: Project, state: str, *, most: int | None = None) -> list[Group]:
    """Return the proposals in that state with those of their articles that have no event."""
    proposals = list(
        project.event_proposals.filter(state=state).select_related("event").order_by("pk")[:most]
    )
    wanted = {pk for proposal in proposals for pk in proposal.articles}
    rows = Article.objects.filter(project=project, pk__in=wanted, event=None)
    found = {row.pk: row for row in rows.select_related("outlet", "project")}
    return [
        Group(one, _in_order(found, one.articles), sum(pk not in found for pk in one.articles))
        for one in proposals
    ]


def _in_order(found: dict[int, Article], pks: Iterable[int]) -> list[Article]:
    return [found[pk] for pk in pks if pk in found]


def _numbers(values: Iterable[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdecimal()]
