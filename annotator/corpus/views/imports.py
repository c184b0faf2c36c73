"""Hand in articles, and see what became of each row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from annotator import queueing
from annotator.accounts.refusals import Refusal
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.forms import ImportForm, PasteForm
from annotator.corpus.importing import do_receive
from annotator.corpus.models import ImportBatch, ImportRow, Project
from annotator.corpus.pages import show

TASK = "annotator.corpus.tasks.import_batch"
ROWS_A_PAGE = 100
RECENT = 20
NAMES_OFFERED = 500
PATIENCE = timedelta(seconds=30)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Outcome = ImportRow.Outcome
BUSY = (ImportBatch.State.PENDING, ImportBatch.State.RUNNING)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def import_articles(request: HttpRequest, slug: str) -> HttpResponse:
    """Take in files or one pasted article; the form that was sent is named by its button."""
    project = project_for(request.user, slug, roles=LEADS)
    pasted = "paste" in request.POST
    files = ImportForm(*_sent(request, sent=not pasted))
    paste = PasteForm(*_sent(request, sent=pasted), prefix="paste")
    if request.method == "POST":
        form = paste if pasted else files
        if form.is_valid() and (batches := _received(request, project, form)):
            page = reverse("import", args=[slug]) + "#imports"
            return redirect(batches[0].get_absolute_url() if len(batches) == 1 else page)
    batches = with_counts(ImportBatch.objects.filter(project=project))[:RECENT]
    busy = project.batches.filter(state__in=BUSY).count()
    return show(
        request,
        "corpus/import.html",
        project,
        here="articles",
        status=400 if files.errors or paste.errors else 200,
        files=files,
        paste=paste,
        batches=batches,
        busy=busy,
        event_names=project.events.values_list("name", flat=True)[:NAMES_OFFERED],
    )


@require_safe
@login_required
def import_batch(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a batch; asked by htmx, only the part that changes while it runs."""
    project = project_for(request.user, slug, roles=LEADS)
    batch = get_object_or_404(with_counts(project.batches), pk=pk)
    outcome = request.GET.get("outcome", "")
    rows = batch.rows.select_related("article").order_by("number")
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    waiting = batch.state == ImportBatch.State.PENDING
    late = waiting and timezone.now() - batch.created_at > PATIENCE
    part = bool(getattr(request, "htmx", False))
    return show(
        request,
        "corpus/import_progress.html" if part else "corpus/import_batch.html",
        project,
        here="articles",
        batch=batch,
        busy=batch.state in BUSY,
        late=late,
        outcome=outcome,
        outcomes=Outcome.choices,
        page=Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
    )


@require_safe
@login_required
def import_refused(request: HttpRequest, slug: str, pk: int) -> StreamingHttpResponse:
    """Give the refused rows as a table for the person who made the file."""
    project = project_for(request.user, slug, roles=LEADS)
    batch = get_object_or_404(project.batches, pk=pk)
    answer = StreamingHttpResponse(_refused(batch), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{batch.pk}.csv"'
    return answer


def with_counts(batches: Any) -> Any:
    """Add how many rows had each outcome: ``added``, ``known``, ``refused``, ``skipped``."""
    counts = {
        outcome.value: Count("rows", filter=Q(rows__outcome=outcome)) for outcome in Outcome
    }
    return batches.annotate(**counts)


def _sent(request: HttpRequest, *, sent: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" and sent else (None, None)


def _received(
    request: HttpRequest, project: Project, form: ImportForm | PasteForm
) -> list[ImportBatch]:
    """Store each file and wake a worker; a file that is too large leaves the others in."""
    batches = []
    data = form.cleaned_data
    given = (
        [("pasted.jsonl", form.as_file())]
        if isinstance(form, PasteForm)
        else [(file.name or "", file) for file in data["upload"]]
    )
    for name, stream in given:
        try:
            batch = do_receive(
                project=project,
                user=person(request.user),
                name=name,
                stream=stream,
                event_name=data["event_name"],
            )
        except Refusal as refusal:
            messages.error(request, refusal.detail)
        else:
            queueing.wake(TASK, batch.pk)
            batches.append(batch)
    return batches


class _Echo:
    """A file that gives back what is written to it, for streaming."""

    def write(self, value: str) -> str:
        return value


def _refused(batch: ImportBatch) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["row", "place", "reason"])
    rows = batch.rows.filter(outcome=Outcome.REFUSED).order_by("number")
    for row in rows.iterator(chunk_size=500):
        yield writer.writerow([row.number, _inert(row.place), _inert(row.reason)])


def _inert(value: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value
