"""Take a merge or a split of claims back: a change like any other, which loses nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict
from annotator.labeling import ledgers
from annotator.labeling.coverage import Coverage
from annotator.labeling.ledger import claims, following
from annotator.labeling.models import Assignment, Claim, ClaimChange, EventLedger, JudgedCell

Kind = ClaimChange.Kind


@dataclass(frozen=True)
class Replacement:
    """One merge or split as history has it: which claims took the place of which."""

    change: ClaimChange
    old: Sequence[Claim]
    made: Sequence[Claim]

    @property
    def why_not(self) -> str:
        """Return why it cannot be taken back, empty when it can."""
        for claim in self.made:
            if not claim.active and any(one.active for one in claim.made_into.all()):
                return f"“{claim}” has been merged or split since. Take that back first."
            if not claim.active:
                return "This has been taken back already."
        for claim in (*self.made, *self.old):
            if claim.event_id != self.change.event_id:
                return (
                    f"“{claim}” has moved with its articles to the event “{claim.event}”. "
                    "Move the articles back first."
                )
        return ""


def replacements(changes: Iterable[ClaimChange]) -> dict[UUID, Replacement]:
    """Return the merges and splits among these changes by batch; the changes must be whole."""
    batches: dict[UUID, list[ClaimChange]] = {}
    for change in changes:
        if change.kind in {Kind.MERGE, Kind.SPLIT}:
            batches.setdefault(change.batch, []).append(change)
    return {
        batch: Replacement(
            rows[0],
            [row.claim for row in rows if row.before is not None],
            [row.claim for row in rows if row.before is None],
        )
        for batch, rows in batches.items()
    }


@transaction.atomic
def do_undo(*, event: int, batch: UUID, actor: User, now: datetime) -> list[Assignment]:
    """Let the old claims stand again in the place of those made of them; raises Conflict.

    Answers stay where they were given: to the old claims those from before, to the made ones those
    since. Returns the sheets that answered only a made claim, which are asked about the old ones.
    """
    claims.lock(event)
    changes = ClaimChange.objects.filter(event=event, batch=batch).select_related("claim")
    done = replacements(changes.order_by("pk")).get(batch)
    if done is None:
        raise Conflict("There is no such merge or split in this event. Look at the list again.")
    if done.why_not:
        raise Conflict(done.why_not)
    undoing = _Undoing(done, uuid.uuid4(), actor, now)
    history = [undoing.set(claim, active=False) for claim in done.made]
    history += [undoing.set(claim, active=True) for claim in done.old]
    ClaimChange.objects.bulk_create(history)
    _follow(event, now)
    return _asked_again(done)


@dataclass(frozen=True)
class _Undoing:
    """One batch of history."""

    done: Replacement
    batch: UUID
    actor: User
    now: datetime

    def set(self, claim: Claim, *, active: bool) -> ClaimChange:
        """Open or close a claim and return its row of history."""
        passages = list(claim.passages.all())
        before = claims.as_json(claim, passages)
        claim.active, claim.row = active, ""
        claim.save(update_fields=["active", "row"])
        first = self.done.change
        return claims.change(
            claim=claim, kind=Kind.UNDO, batch=self.batch, before=before,
            after=claims.as_json(claim, passages), actor=self.actor, now=self.now,
            note=f"Takes back the {first.kind} of {first.at:%Y-%m-%d %H:%M}.",
        )  # fmt: skip


def _follow(event: int, now: datetime) -> None:
    """Give the claims their rows and passages of the last comparison, unless one is due anyway."""
    ledger = EventLedger.objects.filter(event=event).select_related("event").first()
    if ledger and ledger.filled and not Coverage(ledger.event, ledger).is_stale:
        following.do_follow(event=event, ledger=ledgers.science(ledger), now=now)


def _asked_again(done: Replacement) -> list[Assignment]:
    answered = JudgedCell.objects.exclude(answer="")
    since = answered.filter(claim__in=done.made).values("assignment")
    before = answered.filter(claim__in=done.old).values("assignment")
    rows = Assignment.objects.filter(pk__in=since, withdrawn_at=None).exclude(pk__in=before)
    return list(rows.select_related("annotator", "article"))
