"""The write path of the ledger: batches of answers, each with its history row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from annotator.accounts.models import User
from annotator.accounts.refusals import Stale
from annotator.labeling.ledger import cells
from annotator.labeling.ledger.answering import Change, Requested, Sheet, apply
from annotator.labeling.models import Assignment, CellOperation
from annotator.labeling.operations import Outcome, check_text, unknown


@transaction.atomic
def do_judge(
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

    A submitted article does not close its ledger, for others may add claims later. Raises Stale
    with the missed operations when ``revision`` is behind, Invalid when one breaks a rule.
    """
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("article__project__codebook")
        .get(pk=assignment.pk)
    )
    fresh = unknown(CellOperation.objects.all(), row, requested)
    if fresh:
        check_text(row, text_sha256)
        _check_revision(row, revision)
    sheet = Sheet(row, actor, row.ledger_revision, now)
    for operation in fresh:
        sheet.revision += 1
        change = apply(sheet, operation)
        _record(sheet, requested=operation, change=change, tab=tab)
    if fresh:
        row.ledger_revision = sheet.revision
        row.save(update_fields=["ledger_revision"])
    return Outcome(sheet.revision, row.state, [str(operation.id) for operation in requested])


def missed(assignment: Assignment, *, after: int) -> list[dict[str, Any]]:
    """Return the operations behind a revision, oldest first."""
    rows = assignment.cell_operations.filter(revision__gt=after).order_by("revision")
    return [cells.operation_json(row) for row in rows]


def _check_revision(assignment: Assignment, revision: int) -> None:
    if revision != assignment.ledger_revision:
        raise Stale(
            "The page is behind.",
            revision=assignment.ledger_revision,
            operations=missed(assignment, after=revision),
        )


def _record(sheet: Sheet, *, requested: Requested, change: Change, tab: str) -> None:
    CellOperation.objects.create(
        id=requested.id,
        assignment=sheet.assignment,
        revision=sheet.revision,
        actor=sheet.actor,
        kind=requested.kind,
        claim_id=requested.claim,
        before=change.before,
        after=change.after,
        undoes=requested.undoes,
        tab=tab,
        client_time=requested.at,
        at=sheet.now,
    )
