"""What the detectors did in a project, what people made of it, and what they go by."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotator import queueing
from annotator.corpus.access import LEADS, project_for
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.corpus.pages import show
from annotator.labeling import outbox, vitals
from annotator.research import detector_scores, references
from annotator.research.detector_figures import Version, failures, versions
from annotator.research.references import Reference, reference
from framing.detectors.rules import rules
from framing.detectors.tables import model_cards, word_lists
from framing.scheme import Device

PLAN = "annotator.labeling.tasks.plan"
FAILURES_SHOWN = 25
STABLE = 10  # fewer articles give an interval that another one could move far


@require_safe
@login_required
def detectors(request: HttpRequest, slug: str) -> HttpResponse:
    project = project_for(request.user, slug, roles=LEADS)
    failed = failures(project)
    return show(
        request,
        "research/detectors.html",
        project,
        here="detectors",
        blocks=_blocks(project),
        learned=project.learned.select_related("asked_by", "used_by").defer("weights"),
        failures=failed[:FAILURES_SHOWN],
        failed=failed.count(),
        articles=project.articles.count(),
        warning=vitals.warning(now=timezone.now()),
        rules=_rules(),
        word_lists=word_lists(),
        cards=model_cards(),
        most=references.MOST,
        resamples=detector_scores.RESAMPLES,
        seed=detector_scores.SEED,
    )


@require_POST
@login_required
def detectors_retry(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the project's failed runs due again.

    The worker plans anew, which also drops failed runs of detectors that are no longer installed.
    """
    project = project_for(request.user, slug, roles=LEADS)
    count = outbox.retry_failed(project.articles.all())
    queueing.wake(PLAN, 1)
    if count:
        runs = "run is" if count == 1 else "runs are"
        messages.success(request, f"{count} failed {runs} tried again.")
    else:
        messages.info(request, "No run had failed.")
    return redirect("detectors", slug=project.slug)


def _rules() -> list[tuple[str, list[dict[str, str]]]]:
    """Return each detector with its rules, whose ids repeat its name."""
    split = [(rule.id.partition("."), rule) for rule in rules()]
    return [
        (detector, [{"name": n, "what": r.what, "source": r.source} for (_, _, n), r in rows])
        for detector, rows in groupby(split, lambda pair: pair[0][0])
    ]


def _blocks(project: Project) -> list[dict[str, Any]]:
    devices = {device.id: device for device in scheme_of(project.codebook).devices}
    known: dict[str, Reference] = {}
    found = []
    for version in versions(project):
        device = devices.get(version.device)
        block: dict[str, Any] = {"version": version, "device": device}
        if device is not None:
            if device.id not in known:
                known[device.id] = reference(project, device.id, most=references.MOST)
            block |= _measured(project, version, device, known[device.id])
        found.append(block)
    return found


def _measured(
    project: Project, version: Version, device: Device, to: Reference
) -> dict[str, Any]:
    rows = detector_scores.scores(project, version, device, to)
    compared = rows[0].overlap.documents if rows else 0
    return {
        "adjudicated": to.adjudicated,
        "scores": rows,
        "compared": compared,
        "left_out": to.articles - len(to.texts),
        "unstable": compared < STABLE,
        "arms": detector_scores.arms(project, version) if version.current else [],
    }
