"""What people do with versions learned from their project: ask for one, use it, stop using it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from annotator import queueing
from annotator.accounts.refusals import Refusal
from annotator.corpus.access import LEADS, person, project_for
from annotator.labeling.learning.versions import do_ask, do_stop, do_use
from annotator.research.detector_page import PLAN

TRAIN = "annotator.research.tasks.train"


@require_POST
@login_required
def detectors_train(request: HttpRequest, slug: str) -> HttpResponse:
    """Have a version trained from the project's labels."""
    project = project_for(request.user, slug, roles=LEADS)
    try:
        version = do_ask(
            project=project,
            detector=request.POST.get("detector", ""),
            actor=person(request.user),
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    else:
        queueing.wake(TRAIN, version.pk)
        messages.success(request, "A version is trained as soon as a worker is free.")
    return redirect("detectors", slug=slug)


@require_POST
@login_required
def detectors_use(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Have the project's articles read by a learned version."""
    project = project_for(request.user, slug, roles=LEADS)
    version = get_object_or_404(project.learned, pk=pk)
    try:
        do_use(version=version, actor=person(request.user), now=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.detail)
    else:
        queueing.wake(PLAN, 1)
        messages.success(request, f"Articles are read again, by {version}. Decisions are kept.")
    return redirect("detectors", slug=slug)


@require_POST
@login_required
def detectors_stop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Go back to the version that everybody has."""
    project = project_for(request.user, slug, roles=LEADS)
    do_stop(version=get_object_or_404(project.learned, pk=pk))
    queueing.wake(PLAN, 1)
    messages.success(request, "The shipped version is used again. Decisions are kept.")
    return redirect("detectors", slug=slug)
