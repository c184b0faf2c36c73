"""The pages of one assignment, workbench and ledger; all on them comes over the API."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from annotator.labeling.access import assignment_for
from annotator.labeling.suggesting import left_to_ledger


@require_safe
@login_required
@ensure_csrf_cookie
def workbench(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the screen for one of the person's own assignments."""
    assignment = assignment_for(request.user, pk)
    context = {"assignment": assignment, "more": left_to_ledger(assignment)}
    return render(request, "labeling/workbench.html", context)


@require_safe
@login_required
@ensure_csrf_cookie
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the claims that one of the person's own articles is asked about."""
    assignment = assignment_for(request.user, pk)
    return render(request, "labeling/ledger.html", {"assignment": assignment})
