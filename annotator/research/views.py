"""Pages of researchers: agreement and the dataset."""

from __future__ import annotations

import tempfile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.models import Project
from annotator.labeling.models import Assignment, Completion
from annotator.research import datasets, forest, proposals
from annotator.research.agreement import RESAMPLES, SEED, agreement, do_freeze
from framing.formats import catalog
from framing.formats.base import Format

STABLE = 10  # fewer articles give an interval that another one could move far
EXPORTS = (
    "annotations-jsonl",
    "annotations-csv",
    "annotations-spreadsheet",
    "units-csv",
    "web-annotation",
    "conll",
)

TYPES = {".jsonl": "application/x-ndjson", ".json": "application/json", ".csv": "text/csv"}


@require_safe
@login_required
def agreement_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far the annotators agree now."""
    project = project_for(request.user, slug, roles=LEADS)
    groups = agreement(project, named=True)
    return render(request, "research/agreement.html", _context(project, groups))


@require_POST
@login_required
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the numbers of this moment."""
    project = project_for(request.user, slug, roles=LEADS)
    run = do_freeze(project=project, actor=person(request.user))
    messages.success(request, "These numbers are kept.")
    return redirect(run)


@require_safe
@login_required
def agreement_run(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show numbers that were kept."""
    project = project_for(request.user, slug, roles=LEADS)
    run = get_object_or_404(project.agreement_runs.select_related("codebook"), pk=pk)
    kept = [(row["title"], row["report"]) for row in run.ledger.get("reports", ())]
    return render(
        request,
        "research/agreement.html",
        {**_context(project, run.reports), "run": run, "ledger_reports": kept},
    )


@require_safe
@login_required
def export_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer the dataset."""
    project = project_for(request.user, slug, roles=LEADS)
    return render(request, "research/export.html", _export_context(project))


def _export_context(project: Project) -> dict[str, Any]:
    sheets = Assignment.objects.filter(article__project=project)
    return {
        "project": project,
        "is_lead": True,
        "here": "export",
        "formats": [catalog_format(format_id) for format_id in EXPORTS],
        "articles": project.articles.count(),
        "readings": Completion.objects.filter(assignment__in=sheets).count(),
        "unfinished": sheets.filter(state=Assignment.State.OPEN).count(),
    }


@require_safe
@login_required
def download(request: HttpRequest, slug: str, format_id: str) -> HttpResponseBase:
    """Send the dataset as a file."""
    project = project_for(request.user, slug, roles=LEADS)
    catalog_format(format_id)
    # The whole is written before the first byte leaves, so that an error shows as an error and
    # not as a file that ends early.
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    report = datasets.write(project, file, format_id=format_id)
    if report.problems and "partial" not in request.GET:
        file.close()
        context = {"problems": report.problems, "format_id": format_id}
        page = {**_export_context(project), **context}
        return render(request, "research/export.html", page, status=409)
    file.seek(0)
    suffix = catalog_format(format_id).extensions[0]
    name = f"{project.slug}-{timezone.now():%Y-%m-%d}-{format_id}{suffix}"
    kind = TYPES.get(suffix, "text/plain")
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


@require_safe
@login_required
def download_suggestions(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Send everything that was proposed, with the decisions, as a file."""
    project = project_for(request.user, slug, roles=LEADS)
    if kind not in proposals.WRITERS:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    proposals.write(project, file, kind=kind)
    file.seek(0)
    name = f"{project.slug}-{timezone.now():%Y-%m-%d}-suggestions.{kind}"
    return FileResponse(
        file, as_attachment=True, filename=name, content_type=TYPES[f".{kind}"]
    )


def catalog_format(format_id: str) -> Format:
    """Return a format that we offer; raises Http404 for any other."""
    found = catalog.get(format_id) if format_id in EXPORTS else None
    if not isinstance(found, Format):
        raise Http404
    return found


def _context(project: Project, groups: list[dict[str, Any]]) -> dict[str, Any]:
    for group in groups:
        for row in group["rows"]:
            row["mark"] = forest.mark(row["report"])
            row["unstable"] = row["report"]["n_documents"] < STABLE
    return {
        "project": project,
        "is_lead": True,
        "here": "agreement",
        "groups": groups,
        "summary": _summary(groups),
        "ticks": forest.ticks(),
        "grid": [x for x, _ in forest.ticks()],
        "resamples": RESAMPLES,
        "seed": SEED,
        "runs": project.agreement_runs.select_related("created_by")[:10],
    }


def _summary(groups: list[dict[str, Any]]) -> str:
    """Say in a sentence how much there is to compare."""
    most = max(
        (row["report"]["n_documents"] for group in groups for row in group["rows"]), default=0
    )
    if not most:
        return (
            "Nothing to compare yet: agreement appears once two annotators have read the same "
            "article for the same device."
        )
    number = "one article" if most == 1 else f"up to {most} articles"
    return f"Two annotators or more have read {number} to the end."
