"""The coverage matrix of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotator.corpus.access import LEADS, person, project_for
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Project
from annotator.corpus.pages import show
from annotator.labeling import vitals
from annotator.labeling.coverage import Coverage, coverage
from annotator.labeling.coverage_cells import Claim
from annotator.labeling.coverage_choice import ABOUT, HAS, ORDERS, VIEWS, Choice
from annotator.labeling.coverage_people import people
from annotator.labeling.coverage_rows import UNREAD

CLAIMS_A_PAGE = 60
WORDS_FIT = 6
"""With more articles than this the cells show their sign alone."""
SIGNS_FIT = 12
"""With more than this a wide screen has to scroll sideways, and the heads do not stay in sight."""


@require_safe
@login_required
def coverage_matrix(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show who carries which claim; the query filters and sorts, ``open`` shows the passages."""
    project = project_for(request.user, slug, roles=LEADS)
    event = get_object_or_404(project.events, pk=pk)
    matrix = coverage(event, people=people(event, reader=person(request.user)))
    kinds = _kinds(project, matrix)
    choice = Choice.of(request.GET, matrix, kinds)
    page = Paginator(choice.claims(matrix), CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    opened = next((claim for claim in page if claim.id == request.GET.get("open")), None)
    return show(
        request,
        "labeling/coverage.html",
        project,
        here="events",
        event=event,
        matrix=matrix,
        view=choice.seen(matrix),
        views=[(id, name, choice.query(view=id)) for id, name in VIEWS.items()]
        if matrix.is_answered else [],
        differing=sum(row.differs for row in matrix.rows),
        disputed=sum(row.is_disputed for row in matrix.rows),
        abouts=_abouts(matrix),
        page=page,
        choice=choice,
        lacking=choice.column(matrix),
        having=choice.column(matrix, before=HAS),
        query=choice.query(),
        salience_query=choice.query(sort="salience"),
        carried_query=choice.query(sort="fewest" if choice.sort == "most" else "most"),
        free_query=choice.query(show="", about="", kind="", q="", view=choice.free_view),
        show_query=Choice(view=choice.view, sort=choice.sort).query(),
        orders=[(id, name) for id, (name, _) in ORDERS.items()],
        kinds=kinds.items(),
        opened=opened,
        **(_opening(matrix, opened, kinds) if opened else {}),
        dependents=any(column.dependent for column in matrix.columns),
        has_unread=any(cell.state == UNREAD for row in page for cell in row.cells),
        dense=len(matrix.columns) > WORDS_FIT,
        fits=len(matrix.columns) <= SIGNS_FIT,
        lacked=sum(row.lacks() for row in matrix.rows),
        warning=vitals.warning(now=timezone.now()),
    )  # fmt: skip


def _opening(matrix: Coverage, opened: Claim, kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return what every article says to the opened row, with the answers about it."""
    proposed = opened.row.kinds
    return {
        "panels": [
            (panel, [(cell, kinds.get(cell.kind, ""), anchor)
                     for cell, anchor in zip(panel.cell.said.cells, panel.anchors, strict=True)])
            for panel in matrix.panels(opened)
        ],
        "missed": [(column, kinds.get(proposed[column.article.pk], ""))
                   for column in matrix.columns if column.article.pk in proposed],
    }  # fmt: skip


def _kinds(project: Project, matrix: Coverage) -> dict[str, str]:
    """Return the kinds of omission in the matrix, most frequent first, with names."""
    times = Counter(kind for row in matrix.rows for kinds in row.kinds.values() for kind in kinds)
    names = {
        label.id: label.name for device in scheme_of(project.codebook).devices
        for label in device.labels
    }  # fmt: skip
    return {kind: names.get(kind, kind) for kind, _ in times.most_common()}


def _abouts(matrix: Coverage) -> list[tuple[str, str, int]]:
    """Return what rows are about, with how many; nothing where all are claims."""
    times = Counter(row.row.about for row in matrix.rows)
    found = [(id, name, times[id]) for id, name in ABOUT.items() if times[id]]
    return found if len(found) > 1 else []
