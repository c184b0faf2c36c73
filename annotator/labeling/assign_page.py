"""The page on which a researcher hands articles to annotators."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict
from annotator.corpus.access import LEADS, Role, person, project_for
from annotator.corpus.models import Event, Project
from annotator.labeling.assigning import Pair, do_assign, do_withdraw, plan
from annotator.labeling.models import Assignment


class AnnotatorsForm(forms.Form):
    """Who of the project's annotators gets articles: of all events, or of one as a whole."""

    annotators = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    event = forms.ModelChoiceField(queryset=Event.objects.none(), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["annotators"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  # narrows the type
        field.queryset = User.objects.filter(
            memberships__project=project, memberships__role=Role.ANNOTATOR, is_active=True
        ).order_by("username")
        events = self.fields["event"]
        assert isinstance(events, forms.ModelChoiceField)  # noqa: S101  # narrows the type
        events.queryset = project.events.order_by("name")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who reads what, the plan for the rest, and carry it out."""
    project = project_for(request.user, slug, roles=LEADS)
    form = AnnotatorsForm(request.POST or None, project=project)
    people = list(form.fields["annotators"].queryset)  # type: ignore[attr-defined]  # as above
    if form.is_bound and form.is_valid():
        people = list(form.cleaned_data["annotators"])
    event = form.cleaned_data.get("event") if form.is_bound and form.is_valid() else None
    articles = project.articles.select_related("event").order_by("event", "pk")
    if event is not None:
        articles = articles.filter(event=event)
    pairs = plan(project=project, annotators=people, articles=articles)
    if request.POST.get("do") == "hand out" and form.is_valid():
        made = do_assign(project=project, pairs=pairs, actor=person(request.user))
        messages.success(request, _said(len(made)))
        return redirect("assign", slug=slug)
    context = {
        "project": project,
        "is_lead": True,
        "here": "assign",
        "form": form,
        "chosen": {one.pk for one in people},
        "events": project.events.order_by("name"),
        "event": event,
        "people": form.fields["annotators"].queryset,  # type: ignore[attr-defined]  # as above
        "plan": _loads(pairs),
        "pairs": len(pairs),
        "short": _short(project, pairs),
        "sheets": _sheets(project),
    }
    return render(request, "labeling/assign.html", context)


@require_POST
@login_required
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one article out of an annotator's queue."""
    project = project_for(request.user, slug, roles=LEADS)
    sheet = get_object_or_404(Assignment, pk=pk, article__project=project, withdrawn_at=None)
    try:
        do_withdraw(assignment=sheet, now=timezone.now())
    except Conflict as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, f"“{sheet.article}” is no longer in {sheet.annotator}’s queue.")
    return redirect("assign", slug=slug)


def _loads(pairs: list[Pair]) -> list[tuple[User, int]]:
    loads = Counter(pair.annotator for pair in pairs)
    return sorted(loads.items(), key=lambda item: item[0].username)


def _short(project: Project, pairs: list[Pair]) -> int:
    """Count the articles that would still have too few readers."""
    readers = Counter(
        Assignment.objects.filter(article__project=project, withdrawn_at=None).values_list(
            "article", flat=True
        )
    )
    readers.update(pair.article.pk for pair in pairs)
    articles = project.articles.values_list("pk", flat=True)
    return sum(readers[pk] < project.redundancy for pk in articles)


def _sheets(project: Project) -> list[Assignment]:
    rows = Assignment.objects.filter(article__project=project, withdrawn_at=None)
    return list(
        rows.select_related("annotator", "article__event").order_by("article__event", "article")[
            :500
        ]
    )


def _said(count: int) -> str:
    if not count:
        return "Every article has its readers already."
    return f"{count} article{'s' if count != 1 else ''} handed out."
