"""Pages of researchers about the ledger: agreement on cells, care of annotators, files."""

from __future__ import annotations

import tempfile

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotator.corpus.access import LEADS, project_for
from annotator.corpus.pages import show
from annotator.research import ledger

TYPES = {"csv": "text/csv", "jsonl": "application/x-ndjson"}


@require_safe
@login_required
def ledger_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how far annotators agree on claims: in all, by event, and by claim of one event."""
    project = project_for(request.user, slug, roles=LEADS)
    found = ledger.data(project, named=True)
    cells = ledger.ledger(found)
    events = {str(pk): name for pk, name in ledger.event_names(project).items()}
    chosen = events.get(request.GET.get("event", ""), "")
    numbers = {name: pk for pk, name in events.items()}
    by_event = ledger.by_event(cells, found)
    return show(
        request,
        "research/ledger.html",
        project,
        here="agreement",
        cells=len(cells.cells),
        reports=ledger.reports(cells) if cells.cells else [],
        by_event=[(numbers[name], name, rows) for name, rows in by_event],
        chosen=chosen,
        by_claim=ledger.by_claim(cells, found, chosen) if chosen else [],
        checks=ledger.checks(project),
        resamples=ledger.RESAMPLES,
        seed=ledger.SEED,
    )


@require_safe
@login_required
def download_ledger(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Send claims, cells or both as a file."""
    project = project_for(request.user, slug, roles=LEADS)
    if kind not in ledger.WRITERS:
        raise Http404
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    ledger.write(project, file, kind=kind)
    file.seek(0)
    suffix = ledger.SUFFIXES[kind]
    name = f"{project.slug}-{timezone.now():%Y-%m-%d}-ledger-{kind}.{suffix}".replace(
        "-jsonl.", "."
    )
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[suffix])
