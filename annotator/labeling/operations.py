"""The write path of annotation: batches of operations, each with its history row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict, Forbidden, Invalid, Stale
from annotator.labeling import records
from annotator.labeling.applying import Change, Requested, Sheet, apply
from annotator.labeling.finishing import open_points
from annotator.labeling.models import Assignment, Operation

Kind = Operation.Kind
State = Assignment.State


class _Named(Protocol):
    @property
    def id(self) -> UUID: ...


R = TypeVar("R", bound=_Named)


@dataclass(frozen=True)
class Outcome:
    """The sheet after a batch. ``applied`` lists every id of the batch, also those known before."""

    revision: int
    state: str
    applied: list[str]


@transaction.atomic
def do_apply(
    *,
    assignment: Assignment,
    actor: User,
    revision: int,
    text_sha256: str,
    requested: Sequence[Requested],
    tab: str,
    now: datetime,
) -> Outcome:
    """Apply a batch whole or not at all; ids that are known already are answered, not repeated.

    Raises Conflict when the sheet is submitted, Stale with the missed operations when ``revision``
    is behind, Invalid with problems when an operation breaks a rule.
    """
    sheet = _locked(assignment, now=now)
    fresh = unknown(Operation.objects.all(), sheet.assignment, requested)
    if fresh:
        check_writable(sheet.assignment, text_sha256=text_sha256, revision=revision)
    for operation in fresh:
        sheet.revision += 1
        change = apply(sheet, operation)
        _record(sheet, actor=actor, requested=operation, change=change, tab=tab)
    if fresh:
        _advance(sheet)
    return Outcome(
        revision=sheet.revision,
        state=sheet.assignment.state,
        applied=[str(operation.id) for operation in requested],
    )


@transaction.atomic
def do_submit(*, assignment: Assignment, actor: User, revision: int, now: datetime) -> Assignment:
    """Submit the sheet and freeze a fingerprint of it; raises Invalid with what is still open."""
    sheet = _locked(assignment, now=now)
    if sheet.assignment.state == State.SUBMITTED:
        return sheet.assignment
    _check_revision(sheet.assignment, revision)
    problems = open_points(sheet.assignment)
    if problems:
        raise Invalid("Something is still open.", problems=problems)
    sheet.assignment.snapshot = records.snapshot(records.standing(sheet.assignment))
    sheet.assignment.submitted_at = now
    _turn(sheet, actor=actor, kind=Kind.SUBMIT, state=State.SUBMITTED)
    return sheet.assignment


@transaction.atomic
def do_reopen(*, assignment: Assignment, actor: User, now: datetime) -> Assignment:
    """Open a submitted sheet again; raises Forbidden where the project does not allow it."""
    sheet = _locked(assignment, now=now)
    if sheet.assignment.state != State.SUBMITTED:
        return sheet.assignment
    if not sheet.assignment.article.project.may_reopen:
        raise Forbidden("This project keeps submitted articles closed. Ask its researcher.")
    _turn(sheet, actor=actor, kind=Kind.UNSUBMIT, state=State.OPEN)
    return sheet.assignment


def check_writable(assignment: Assignment, *, text_sha256: str, revision: int) -> None:
    """Raise Conflict, Invalid or Stale unless the sheet can take operations made on this state."""
    if assignment.state == State.SUBMITTED:
        raise Conflict("This article is submitted. Reopen it to change labels.")
    check_text(assignment, text_sha256)
    _check_revision(assignment, revision)


def check_text(assignment: Assignment, text_sha256: str) -> None:
    """Raise Invalid when the page was made from another text."""
    if text_sha256 != assignment.article.sha256:
        problem = {
            "place": "text_sha256",
            "message": "The page shows another text than the one stored.",
            "remedy": "Reload the page.",
        }
        raise Invalid(problem["message"], problems=[problem])


def missed(assignment: Assignment, *, after: int) -> list[dict[str, object]]:
    """Return the operations behind a revision, oldest first."""
    return [
        records.operation_json(operation)
        for operation in assignment.operations.filter(revision__gt=after).order_by("revision")
    ]


def _check_revision(assignment: Assignment, revision: int) -> None:
    if revision != assignment.revision:
        raise Stale(
            "The page is behind.",
            revision=assignment.revision,
            operations=missed(assignment, after=revision),
        )


def _locked(assignment: Assignment, *, now: datetime) -> Sheet:
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("article__project__codebook")
        .get(pk=assignment.pk)
    )
    return Sheet(assignment=row, revision=row.revision, now=now)


def unknown(
    history: QuerySet[Any], assignment: Assignment, requested: Sequence[R]
) -> list[R]:
    """Return what the history does not hold yet; raises Invalid for ids that cannot be used."""
    ids = [operation.id for operation in requested]
    known = dict(history.filter(pk__in=ids).values_list("pk", "assignment"))
    if any(owner != assignment.pk for owner in known.values()):
        raise Invalid("An operation id is taken. Make new ids.")
    if len(set(ids)) != len(ids):
        raise Invalid("An operation id stands twice in the batch. Give each its own.")
    return [operation for operation in requested if operation.id not in known]


def _record(sheet: Sheet, *, actor: User, requested: Requested, change: Change, tab: str) -> None:
    Operation.objects.create(
        id=requested.id,
        assignment=sheet.assignment,
        revision=sheet.revision,
        actor=actor,
        kind=requested.kind,
        annotation_id=change.annotation_id,
        suggestion_id=requested.suggestion,
        device=change.device,
        before=change.before,
        after=change.after,
        undoes=requested.undoes,
        arm=sheet.assignment.arm,
        tab=tab,
        client_time=requested.at,
        at=sheet.now,
    )


def _turn(sheet: Sheet, *, actor: User, kind: Operation.Kind, state: Assignment.State) -> None:
    sheet.revision += 1
    requested = Requested(id=uuid4(), kind=kind)
    _record(sheet, actor=actor, requested=requested, change=Change(), tab="")
    sheet.assignment.state = state
    _advance(sheet)


def _advance(sheet: Sheet) -> None:
    assignment = sheet.assignment
    assignment.revision = sheet.revision
    assignment.started_at = assignment.started_at or sheet.now
    if assignment.state == State.QUEUED:
        assignment.state = State.OPEN
    assignment.save(update_fields=["revision", "state", "started_at", "submitted_at", "snapshot"])
