"""The coverage matrix of an event."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotator.corpus.access import LEADS, project_for
from annotator.corpus.pages import show
from annotator.labeling import vitals
from annotator.labeling.coverage import Claim, Column, Coverage, coverage

CLAIMS_A_PAGE = 60
WORDS_FIT = 6
"""With more articles than this the cells show their sign alone."""
MISSING = "missing"


@require_safe
@login_required
def coverage_matrix(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show who carries which claim; ``show`` filters, ``open`` puts passages side by side."""
    project = project_for(request.user, slug, roles=LEADS)
    matrix = coverage(get_object_or_404(project.events, pk=pk))
    lacking = _column(matrix, request.GET.get("show", ""))
    only = lacking is not None or request.GET.get("show") == MISSING
    claims = _chosen(matrix.claims, lacking) if only else matrix.claims
    page = Paginator(claims, CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    opened = next((claim for claim in page if claim.id == request.GET.get("open")), None)
    shown = lacking.article.pk if lacking else MISSING if only else ""
    return show(
        request,
        "labeling/coverage.html",
        project,
        here="events",
        event=matrix.event,
        matrix=matrix,
        page=page,
        lacking=lacking,
        only=only,
        query=urlencode({"show": shown}),
        opened=opened,
        panels=matrix.panels(opened) if opened else [],
        dependents=any(column.dependent for column in matrix.columns),
        dense=len(matrix.columns) > WORDS_FIT,
        lacked=sum(claim.lacks() for claim in matrix.claims),
        warning=vitals.warning(now=timezone.now()),
    )


def _column(matrix: Coverage, wanted: str) -> Column | None:
    """Return the column of an article's number; None for anything else."""
    return next((one for one in matrix.columns if str(one.article.pk) == wanted), None)


def _chosen(claims: Sequence[Claim], lacking: Column | None) -> list[Claim]:
    return [claim for claim in claims if claim.lacks(lacking.article.pk if lacking else None)]
