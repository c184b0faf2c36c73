"""The first page: what an annotator goes on with, and how a lead's projects stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator.accounts.models import User
from annotator.corpus.access import LEADS, person
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Article, ImportBatch, Project
from annotator.corpus.projects import may_create_projects
from annotator.labeling.models import Assignment, JudgedCell
from annotator.labeling.uncertainty import follows, in_order, means

State = Assignment.State


@dataclass(frozen=True)
class EventRow:
    """One event of one's queue. Articles without an event are a row of their own.

    ``answered`` counts the claims of its ledger that the person has answered.
    """

    name: str
    project: Project
    sheets: list[Assignment] = field(default_factory=list)
    answered: int = 0

    @property
    def done(self) -> int:
        return sum(sheet.state == State.SUBMITTED for sheet in self.sheets)

    @property
    def left(self) -> int:
        return len(self.sheets) - self.done

    @property
    def begun(self) -> bool:
        return any(sheet.state == State.OPEN for sheet in self.sheets)

    @property
    def has_ledger(self) -> bool:
        return self.sheets[0].article.event_id is not None

    @property
    def first(self) -> Assignment:
        """The sheet to open: the first that is not finished, else the first."""
        return next((s for s in self.sheets if s.state != State.SUBMITTED), self.sheets[0])


@dataclass(frozen=True)
class Next:
    """Where to go on: the sheet, its place in its event, and what is read of it."""

    sheet: Assignment
    place: int
    total: int
    devices_done: int
    devices: int
    unsure: float
    """Why it comes so early; 0 where the order is drawn, and for what was begun."""

    @property
    def begun(self) -> bool:
        return self.sheet.state == State.OPEN


@dataclass(frozen=True)
class Standing:
    """A project that one leads, in figures."""

    project: Project
    articles: int
    sheets: int
    submitted: int
    importing: int


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    user = person(request.user)
    rows = queue(user)
    led = standings(user)
    context: dict[str, Any] = {
        "here": "home",
        "next": next_sheet(rows),
        "rows": rows,
        "unfinished": [row for row in rows if row.left],
        "finished": [row for row in rows if not row.left],
        "total": sum(len(row.sheets) for row in rows),
        "done": sum(row.done for row in rows),
        "standings": led,
        "may_create": may_create_projects(user),
        "reads": user.memberships.exclude(role__in=LEADS).select_related("project"),
    }
    # With one project there is no choice to make: show its navigation at once.
    projects = {row.project for row in rows} | {standing.project for standing in led}
    if len(projects) == 1:
        context |= {"project": projects.pop(), "is_lead": bool(led)}
    return render(request, "home.html", context)


def queue(user: User) -> list[EventRow]:
    """Return the person's sheets by event, in their order."""
    sheets = (
        Assignment.objects.of(user)
        .select_related("article__project__codebook", "article__event")
        .defer("article__text")
        .annotate(touched=Max("operations__at"))
    )
    answers = JudgedCell.objects.filter(assignment__annotator=user).exclude(answer="")
    answered = _counts(answers, "assignment")
    return [
        EventRow(
            _event_name(first := group[0]),
            first.article.project,
            group,
            sum(answered.get(sheet.pk, 0) for sheet in group),
        )
        for group in _grouped(in_order(list(sheets)))
    ]


def next_sheet(rows: Iterable[EventRow]) -> Next | None:
    """Return what was worked on last and is not submitted, else the first in the queue."""
    left = [
        (row, sheet) for row in rows for sheet in row.sheets if sheet.state != State.SUBMITTED
    ]
    if not left:
        return None
    begun = [pair for pair in left if pair[1].state == State.OPEN]
    row, sheet = max(begun, key=lambda pair: _touched(pair[1])) if begun else left[0]
    return Next(
        sheet=sheet,
        place=row.sheets.index(sheet) + 1,
        total=len(row.sheets),
        devices_done=sheet.completions.count(),
        devices=len(scheme_of(sheet.article.project.codebook).devices),
        unsure=means([sheet])[sheet.pk] if follows(sheet) and not begun else 0.0,
    )


def standings(user: User) -> list[Standing]:
    """Return the projects the person leads, each with its counts; four queries in all."""
    projects = led_by(user)
    articles = _counts(Article.objects.filter(project__in=projects), "project")
    sheets = Assignment.objects.filter(article__project__in=projects, withdrawn_at=None)
    all_sheets = _counts(sheets, "article__project")
    submitted = _counts(sheets.filter(state=State.SUBMITTED), "article__project")
    busy = ImportBatch.objects.filter(project__in=projects, state__in=["pending", "running"])
    importing = _counts(busy, "project")
    return [
        Standing(
            project,
            articles.get(project.pk, 0),
            all_sheets.get(project.pk, 0),
            submitted.get(project.pk, 0),
            importing.get(project.pk, 0),
        )
        for project in projects
    ]


def led_by(user: User) -> QuerySet[Project]:
    if user.is_superuser:
        return Project.objects.all()
    mine = Q(memberships__user=user, memberships__role__in=LEADS)
    return Project.objects.filter(mine).distinct()


def _counts(rows: QuerySet[Any], key: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(key).annotate(Count("pk")))


def _grouped(sheets: Iterable[Assignment]) -> list[list[Assignment]]:
    """Group by event, keeping the order in which events first come up."""
    order: dict[tuple[int, int | None], int] = {}
    for sheet in sheets:
        order.setdefault(_key(sheet), len(order))
    ranked = sorted(sheets, key=lambda sheet: order[_key(sheet)])
    return [list(group) for _, group in groupby(ranked, key=_key)]


def _key(sheet: Assignment) -> tuple[int, int | None]:
    return sheet.article.project_id, sheet.article.event_id


def _event_name(sheet: Assignment) -> str:
    return sheet.article.event.name if sheet.article.event else "Single articles"


def _touched(sheet: Assignment) -> float:
    at = getattr(sheet, "touched", None) or sheet.started_at
    return at.timestamp() if at else 0.0
