"""How a study stands: figures, what needs a person, progress by device and by annotator."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from annotator.corpus.access import LEADS, project_for
from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import ImportBatch, ImportRow, Membership, Project
from annotator.corpus.pages import show
from annotator.labeling import vitals
from annotator.labeling.models import Assignment, Completion, SuggestionRun
from annotator.review.models import ReviewDecision

State = Assignment.State
BATCHES_SHOWN = 5
LINE = 100.0


@dataclass(frozen=True)
class Todo:
    """Something only a person can settle."""

    what: str
    why: str
    link: str
    verb: str


@dataclass(frozen=True)
class Track:
    """Readings of one device: how many articles are read by all, by some, and of how many."""

    name: str
    full: int
    part: int
    total: int

    @property
    def full_width(self) -> float:
        return _share(self.full, self.total)

    @property
    def part_width(self) -> float:
        return _share(self.part, self.total)


@require_safe
@login_required
def project(request: HttpRequest, slug: str) -> HttpResponse:
    study = project_for(request.user, slug, roles=LEADS)
    sheets = Assignment.objects.filter(article__project=study, withdrawn_at=None)
    states = Counter(sheets.values_list("state", flat=True))
    return show(
        request,
        "research/project.html",
        study,
        here="project",
        states={state.value: states.get(state.value, 0) for state in State},
        sheets=sum(states.values()),
        articles=study.articles.count(),
        outlets=study.outlets.count(),
        events=study.events.count(),
        events_done=events_complete(study),
        decided=ReviewDecision.objects.filter(article__project=study, superseded_by=None).count(),
        todos=todos(study),
        tracks=tracks(study),
        annotators=annotators(study),
        suggestions=suggestions(study),
        progress=vitals.progress(study),
        warning=vitals.warning(now=timezone.now()),
        preset=study.get_preset_display().partition(":")[0],
    )


def events_complete(study: Project) -> int:
    """Count events with articles, all of which as many as planned have submitted."""
    done = Count(
        "assignments",
        filter=Q(assignments__withdrawn_at=None, assignments__state=State.SUBMITTED),
    )
    short = (
        study.articles.annotate(done=done)
        .filter(done__lt=study.redundancy)
        .exclude(event=None)
        .values("event")
    )
    filled = study.events.filter(articles__isnull=False).distinct()
    return filled.exclude(pk__in=short).count()


def tracks(study: Project) -> list[Track]:
    """Count, for each device, the articles that all planned annotators have read, or some."""
    total = study.articles.count()
    readings = (
        Completion.objects.filter(assignment__article__project=study, assignment__withdrawn_at=None)
        .values_list("device", "assignment__article")
        .annotate(readers=Count("pk"))
    )
    full: Counter[str] = Counter()
    part: Counter[str] = Counter()
    for device, _, readers in readings:
        (full if readers >= study.redundancy else part)[device] += 1
    return [
        Track(device.name, full[device.id], part[device.id], total)
        for device in scheme_of(study.codebook).devices
    ]


def annotators(study: Project) -> list[dict[str, Any]]:
    """Return the project's annotators with what they did and when they were last at it."""
    sheets = Assignment.objects.filter(article__project=study, withdrawn_at=None)
    counts = {
        pk: (total, done, last)
        for pk, total, done, last in sheets.order_by()
        .values_list("annotator")
        .annotate(
            total=Count("pk", distinct=True),
            done=Count("pk", filter=Q(state=State.SUBMITTED), distinct=True),
            last=Max("operations__at"),
        )
    }
    members = Membership.objects.filter(project=study).select_related("user")
    return [
        dict(zip(("total", "done", "last"), counts.get(m.user_id, (0, 0, None)), strict=True))
        | {"user": m.user}
        for m in members.order_by("user__username")
        if m.role == Membership.Role.ANNOTATOR or m.user_id in counts
    ]


def suggestions(study: Project) -> list[dict[str, Any]]:
    """Return how far each version of each detector is, newest first within a detector."""
    runs = SuggestionRun.objects.filter(article__project=study).order_by()
    rows = runs.values("detector", "version").annotate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=SuggestionRun.State.DONE)),
        newest=Max("pk"),
    )
    return sorted((dict(row) for row in rows), key=lambda row: (row["detector"], -row["newest"]))


def todos(study: Project) -> list[Todo]:
    """Return what stops the study, worst first. Every line is a count in the database."""
    found = [
        *_failed_imports(study),
        _failed_runs(study),
        *_refused_rows(study),
        _no_annotators(study),
        _too_few_readers(study),
        _without_event(study),
    ]
    return [todo for todo in found if todo]


def _failed_imports(study: Project) -> list[Todo]:
    failed = study.batches.filter(state=ImportBatch.State.FAILED)[:BATCHES_SHOWN]
    return [
        Todo(f"Import of {batch.name} stopped.", batch.error, batch.get_absolute_url(), "See it")
        for batch in failed
    ]


def _refused_rows(study: Project) -> list[Todo]:
    """Name the newest import of each file name that has refused rows."""
    refused = Count("rows", filter=Q(rows__outcome=ImportRow.Outcome.REFUSED))
    later = study.batches.filter(
        name=OuterRef("name"), pk__gt=OuterRef("pk"), state=ImportBatch.State.DONE
    )
    batches = (
        study.batches.annotate(refused=refused, seen=Count("rows"))
        .filter(~Exists(later), refused__gt=0)
    )
    return [
        Todo(
            f"Import of {batch.name}: {batch.refused} of {batch.seen} row{_s(batch.seen)} refused.",
            "The other rows are in. Hand in the corrected file under the same name to settle it.",
            f"{batch.get_absolute_url()}?outcome=refused",
            "See rows",
        )
        for batch in batches[:BATCHES_SHOWN]
    ]


def _failed_runs(study: Project) -> Todo | None:
    runs = SuggestionRun.objects.filter(article__project=study, state=SuggestionRun.State.FAILED)
    count = runs.values("article").distinct().count()
    if not count:
        return None
    return Todo(
        f"Suggestions failed for {count} article{_s(count)}.",
        "They can be annotated all the same; the article's page says what went wrong.",
        f"{reverse('articles', args=[study.slug])}?state=failed",
        "See articles",
    )


def _no_annotators(study: Project) -> Todo | None:
    if study.memberships.filter(role=Membership.Role.ANNOTATOR).exists():
        return None
    return Todo(
        "Nobody annotates yet.",
        "Add people who have an account, or make accounts for them.",
        reverse("project-people", args=[study.slug]),
        "Add people",
    )


def _too_few_readers(study: Project) -> Todo | None:
    live = Q(assignments__withdrawn_at=None, assignments__isnull=False)
    short = study.articles.annotate(readers=Count("assignments", filter=live))
    count = short.filter(readers__lt=study.redundancy).count()
    if not count:
        return None
    return Todo(
        f"{count} article{_s(count)} {'have' if count > 1 else 'has'} fewer readers than planned.",
        f"The project wants {study.redundancy} of each.",
        reverse("assign", args=[study.slug]),
        "Assign",
    )


def _without_event(study: Project) -> Todo | None:
    count = study.articles.filter(event=None).count()
    if not count:
        return None
    return Todo(
        f"{count} article{_s(count)} {'belong' if count > 1 else 'belongs'} to no event.",
        "Omissions are judged against other articles of the same event.",
        reverse("articles-loose", args=[study.slug]),
        "Group them",
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _share(count: int, total: int) -> float:
    return round(LINE * count / total, 2) if total else 0.0
