"""Pages on which a reviewer merges and splits the claims of an event, and takes that back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from annotator.accounts.refusals import Refusal
from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.pages import show
from annotator.labeling.models import Assignment, Claim, ClaimChange
from annotator.review import ledger_rows, ledger_undo
from annotator.review.ledger_undo import Replacement

CLAIMS_A_PAGE = 100
CHANGES_SHOWN = 30
NO_BATCH = UUID(int=0)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_claims(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """List the claims of an event; a POST merges those that were chosen, or takes a change back."""
    project = project_for(request.user, slug, roles=LEADS)
    event = get_object_or_404(project.events, pk=pk)
    if request.method == "POST":
        change = _undo if "undo" in request.POST else _merge
        try:
            messages.success(request, change(request, event.pk))
        except Refusal as refusal:
            messages.error(request, refusal.detail)
        return redirect("event-claims", slug=slug, pk=pk)
    answered = Count("cells", filter=~Q(cells__answer=""), distinct=True)
    rows = Claim.objects.filter(event=event, active=True).annotate(
        answers=answered, size=Count("passages", distinct=True)
    )
    changes = event.claim_changes.exclude(actor=None).select_related("actor", "claim")
    batches = changes.order_by("-pk").values_list("batch", flat=True)
    shown = changes.filter(batch__in=list(dict.fromkeys(batches))[:CHANGES_SHOWN]).order_by("pk")
    return show(
        request,
        "review/claims.html",
        project,
        here="events",
        event=event,
        page=Paginator(rows.order_by("-size", "created_at", "pk"), CLAIMS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        changes=_batches(shown),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_claim(request: HttpRequest, slug: str, pk: int, claim: UUID) -> HttpResponse:
    """Show a claim with its passages; a POST splits it in two."""
    project = project_for(request.user, slug, roles=LEADS)
    event = get_object_or_404(project.events, pk=pk)
    row = get_object_or_404(event.claims, pk=claim)
    if request.method == "POST":
        second = [int(v) for v in request.POST.getlist("second") if v.isascii() and v.isdecimal()]
        try:
            ledger_rows.do_split(
                claim=row, statements=(_text(request, "first"), _text(request, "other")),
                second=second, actor=person(request.user), now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            messages.error(request, refusal.detail)
            return redirect("event-claim", slug=slug, pk=pk, claim=claim)
        messages.success(request, "Split. Everybody is asked about the two claims.")
        return redirect("event-claims", slug=slug, pk=pk)
    return show(
        request,
        "review/claim.html",
        project,
        here="events",
        event=event,
        claim=row,
        passages=row.passages.select_related("article__outlet"),
        again=ledger_rows.asked_again(row),
        sources=row.made_from.all(),
        changes=row.changes.select_related("actor").order_by("-pk")[:CHANGES_SHOWN],
    )


def _merge(request: HttpRequest, event: int) -> str:
    """Merge the chosen claims and say so."""
    chosen = [found for value in request.POST.getlist("claims") if (found := _uuid(value))]
    made = ledger_rows.do_merge(
        event=event, sources=chosen, statement=_text(request, "statement"),
        actor=person(request.user), now=timezone.now(),
    )  # fmt: skip
    again = _names(ledger_rows.asked_again(made))
    return f"Merged. Asked again, for they answered differently: {again}." if again else "Merged."


def _undo(request: HttpRequest, event: int) -> str:
    """Take a merge or split back and say so."""
    again = _names(
        ledger_undo.do_undo(
            event=event, batch=_uuid(request.POST["undo"]) or NO_BATCH,
            actor=person(request.user), now=timezone.now(),
        )
    )  # fmt: skip
    told = "Taken back: the claims stand as before, and no answer is lost."
    return f"{told} Asked about them now: {again}." if again else told


def _batches(changes: Iterable[ClaimChange]) -> list[tuple[list[ClaimChange], Replacement | None]]:
    """Return what was done together, latest first, with what it replaced."""
    rows: dict[UUID, list[ClaimChange]] = {}
    for change in changes:
        rows.setdefault(change.batch, []).append(change)
    replaced = ledger_undo.replacements(chain.from_iterable(rows.values()))
    return [(rows[batch], replaced.get(batch)) for batch in reversed(rows)]


def _names(sheets: Iterable[Assignment]) -> str:
    return ", ".join(f"{sheet.annotator.name} on “{sheet.article.name}”" for sheet in sheets)


def _text(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
