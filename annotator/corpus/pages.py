"""What every page inside a project needs to know: the project, who asks, and where we are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotator.corpus.access import LEADS, person, role_in
from annotator.corpus.models import Project


def show(
    request: HttpRequest,
    template: str,
    project: Project,
    *,
    here: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render a page of a project; ``here`` marks its place in the navigation."""
    role = role_in(person(request.user), project)
    known = {"project": project, "role": role, "is_lead": role in LEADS, "here": here}
    return render(request, template, {**known, **context}, status=status)
