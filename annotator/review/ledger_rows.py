"""Merge and split rows of a ledger. No answer is lost, none is made up."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from annotator.accounts.models import User
from annotator.accounts.refusals import Conflict, Invalid
from annotator.labeling.ledger import cells, claims
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.ledger.judging import do_judge
from annotator.labeling.models import (
    Assignment,
    CellOperation,
    Claim,
    ClaimChange,
    ClaimPassage,
    JudgedCell,
)

Kind = ClaimChange.Kind
Origin = Claim.Origin
STATEMENT_LIMIT = 1000
GONE = "A claim has been changed meanwhile. Look at the list again."


@transaction.atomic
def do_merge(
    *, event: int, sources: Collection[UUID], statement: str, actor: User, now: datetime
) -> Claim:
    """Make one claim of several, with all their passages; raises Invalid and Conflict.

    Whoever answered the sources alike has that answer to the new claim. Who answered them
    differently is asked again; the old answers stay with the old claims.
    """
    claims.lock(event)
    chosen = set(sources)
    if len(chosen) < 2:
        raise Invalid("Choose at least two claims to merge.")
    old = _active(event, chosen)
    change = _Replacement(old, Kind.MERGE, Origin.MERGED, actor, now)
    [made] = change.do([(statement, [p for claim in old for p in claim.passages.all()])])
    _carry(made, old, actor=actor, now=now)
    return made


@transaction.atomic
def do_split(
    *, claim: Claim, statements: tuple[str, str], second: Collection[int], actor: User,
    now: datetime,
) -> list[Claim]:  # fmt: skip
    """Make two claims of one; ``second`` names the passages of the latter. Raises as do_merge.

    An answer to the whole does not say which half it is about: everybody is asked again, and the
    answers stay with the old claim.
    """
    claims.lock(claim.event_id)
    [old] = _active(claim.event_id, {claim.pk})
    passages = list(old.passages.all())
    apart = [passage for passage in passages if passage.pk in set(second)]
    rest = [passage for passage in passages if passage.pk not in set(second)]
    if not apart or not rest:
        raise Invalid("Leave at least one passage with each of the two claims.")
    change = _Replacement([old], Kind.SPLIT, Origin.SPLIT, actor, now)
    return change.do([(statements[0], rest), (statements[1], apart)])


def asked_again(claim: Claim) -> list[Assignment]:
    """Return the sheets that answered what the claim was made from, and not yet the claim."""
    answered = JudgedCell.objects.exclude(answer="")
    done = answered.filter(claim=claim).values("assignment")
    before = answered.filter(claim__in=claim.made_from.all()).values("assignment")
    rows = Assignment.objects.filter(pk__in=before, withdrawn_at=None).exclude(pk__in=done)
    return list(rows.select_related("annotator", "article"))


def _active(event: int, wanted: Collection[UUID]) -> list[Claim]:
    rows = Claim.objects.filter(event=event, active=True, pk__in=wanted)
    found = list(rows.prefetch_related("passages").order_by("created_at", "pk"))
    if len(found) != len(wanted):
        raise Conflict(GONE)
    return found


class _Replacement:
    """Claims that take the place of others, with one batch of history."""

    def __init__(
        self, old: Sequence[Claim], kind: Kind, origin: Origin, actor: User, now: datetime
    ) -> None:
        self.old, self.kind, self.origin = old, kind, origin
        self.actor, self.now, self.batch = actor, now, uuid.uuid4()
        self.rows = [claim.row for claim in old if claim.row]
        self.history: list[ClaimChange] = []

    def do(self, parts: Sequence[tuple[str, Sequence[ClaimPassage]]]) -> list[Claim]:
        for claim in self.old:
            before = self._json(claim)
            claim.active, claim.row = False, ""
            claim.save(update_fields=["active", "row"])
            self._note(claim, before, self._json(claim))
        made = [self._make(statement, passages) for statement, passages in parts]
        ClaimChange.objects.bulk_create(self.history)
        return made

    def _make(self, statement: str, passages: Sequence[ClaimPassage]) -> Claim:
        told = statement.strip()
        if not told or len(told) > STATEMENT_LIMIT:
            raise Invalid(f"State each claim, in at most {STATEMENT_LIMIT} characters.")
        made = Claim.objects.create(
            event_id=self.old[0].event_id, origin=self.origin, statement=told,
            row=self.rows.pop(0) if self.rows else "", created_by=self.actor, created_at=self.now,
        )  # fmt: skip
        made.made_from.set(self.old)
        kept = {(p.article_id, p.start, p.end): self._lasting(p) for p in passages}
        claims.do_write_passages(made, list(kept.values()))
        self._note(made, None, claims.as_json(made, made.passages.all()))
        return made

    def _lasting(self, passage: ClaimPassage) -> ClaimPassage:
        """Return a copy that no comparison replaces."""
        return ClaimPassage(
            article_id=passage.article_id, start=passage.start, end=passage.end,
            sentence=passage.sentence, quote=passage.quote,
            picked_by_id=passage.picked_by_id or self.actor.pk,
        )  # fmt: skip

    def _json(self, claim: Claim) -> dict[str, Any]:
        return claims.as_json(claim, claim.passages.all())

    def _note(
        self, claim: Claim, before: dict[str, Any] | None, after: dict[str, Any]
    ) -> None:
        self.history.append(
            claims.change(
                claim=claim, kind=self.kind, batch=self.batch, before=before, after=after,
                actor=self.actor, now=self.now,
            )
        )  # fmt: skip


def _carry(made: Claim, old: Sequence[Claim], *, actor: User, now: datetime) -> None:
    """Give the new claim the answers of everybody who answered the old ones alike."""
    by_sheet: dict[Assignment, list[JudgedCell]] = {}
    rows = JudgedCell.objects.filter(claim__in=old).exclude(answer="")
    for cell in rows.select_related("assignment__article").order_by("changed_at"):
        by_sheet.setdefault(cell.assignment, []).append(cell)
    for sheet, answers in by_sheet.items():
        if len({(cell.answer, cell.kind) for cell in answers}) > 1:
            continue
        content = cells.as_json(answers[-1])
        requested = Requested(
            id=uuid.uuid4(), kind=CellOperation.Kind.JUDGE, claim=made.pk, cell=content
        )
        do_judge(
            assignment=sheet, actor=actor, revision=sheet.ledger_revision,
            text_sha256=sheet.article.sha256, requested=[requested], tab="merge", now=now,
        )  # fmt: skip
