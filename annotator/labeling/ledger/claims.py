"""A claim in its shapes: database rows, what history keeps, the science's passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from annotator.accounts.models import User
from annotator.corpus.models import Event
from annotator.labeling.models import Claim, ClaimChange, ClaimPassage
from framing.alignment.ledger import Passage
from framing.spans import Span


def as_json(claim: Claim, passages: Iterable[ClaimPassage]) -> dict[str, Any]:
    """Return the claim as history keeps it."""
    return {
        "id": str(claim.pk),
        "origin": claim.origin,
        "statement": claim.statement,
        "active": claim.active,
        "row": claim.row,
        "passages": [passage_json(passage) for passage in passages],
    }


def passage_json(passage: ClaimPassage) -> dict[str, Any]:
    return {
        "article": passage.article_id,
        "start": passage.start,
        "end": passage.end,
        "sentence": passage.sentence,
        "quote": passage.quote,
        "picked_by": passage.picked_by_id,
    }


def standing(passages: Iterable[ClaimPassage], articles: Iterable[int]) -> list[ClaimPassage]:
    """Return the passages whose article is one of these; others moved away or were deleted."""
    here = set(articles)
    return [passage for passage in passages if passage.article_id in here]


def science(passages: Iterable[ClaimPassage]) -> list[Passage]:
    """Return the passages as `framing.alignment` has them, articles by their number."""
    return [
        Passage(str(p.article_id), Span(p.start, p.end), p.quote, p.sentence or 0)
        for p in passages
    ]


def do_write_passages(claim: Claim, passages: Sequence[ClaimPassage]) -> None:
    """Replace the passages of a claim."""
    claim.passages.all().delete()
    do_store([(claim, passages)])


def do_store(written: Iterable[tuple[Claim, Sequence[ClaimPassage]]]) -> None:
    """Store passages of claims that have none yet, in their order."""
    rows = []
    for claim, passages in written:
        for position, passage in enumerate(passages):
            passage.pk, passage.claim, passage.position = None, claim, position
            rows.append(passage)
    ClaimPassage.objects.bulk_create(rows)


def change(
    *,
    claim: Claim,
    kind: ClaimChange.Kind,
    batch: UUID,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    actor: User | None,
    now: datetime,
    note: str = "",
) -> ClaimChange:
    """Return the row of history, to be stored in the transaction of the change."""
    return ClaimChange(
        event_id=claim.event_id, claim=claim, kind=kind, batch=batch, before=before, after=after,
        actor=actor, at=now, note=note,
    )  # fmt: skip


def lock(event: int) -> Event:
    """Keep others from changing the claims of the event until the transaction ends."""
    return Event.objects.select_for_update().get(pk=event)
