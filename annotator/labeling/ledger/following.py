"""Let the claims of an event follow a new comparison, without losing what people made of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from annotator.corpus.models import Article
from annotator.labeling.ledger import claims
from annotator.labeling.models import Claim, ClaimChange, ClaimPassage, JudgedCell
from framing.alignment.ledger import Ledger, LedgerRow, Passage, carried_over

Kind = ClaimChange.Kind
Origin = Claim.Origin

_NAMES = uuid.UUID("5b0f4e5c-4f0a-4b53-9a3d-6a1d2c0b9e11")


@transaction.atomic
def do_follow(*, event: int, ledger: Ledger, now: datetime) -> int:
    """Match the rows of a new ledger to the event's claims; returns how many claims changed.

    Safe to repeat. Claims of another event come along when all their articles have moved here. A
    row that continues no claim becomes one, unless it lies in the passages of a claim that a person
    made. A claim without a row is closed, unless a person made it or answered it and one of its
    passages still stands in the event.
    """
    claims.lock(event)
    return _Following(event, ledger, now).run()


class _Following:
    """One pass over the claims of one event."""

    def __init__(self, event: int, ledger: Ledger, now: datetime) -> None:
        self.event, self.now = event, now
        self.batch = uuid.uuid5(_NAMES, f"{event} {now.isoformat()}")
        self.members = set(Article.objects.filter(event=event).values_list("pk", flat=True))
        self.history: list[ClaimChange] = []
        self._take_along()
        rows = Claim.objects.filter(event=event).prefetch_related("passages")
        replaced = _replaced()
        self.old = [claim for claim in rows if _may_follow(claim) and claim.pk not in replaced]
        answers = JudgedCell.objects.filter(claim__event=event).exclude(answer="")
        self.judged = set(answers.values_list("claim", flat=True))
        self.rows = {row.id: row for row in ledger.rows}
        self.next = self._successors(ledger)
        self.picked = [
            place for claim in self.old if claim.active for place in claims.science(_picked(claim))
        ]

    def run(self) -> int:
        before = {claim.pk: claims.as_json(claim, claim.passages.all()) for claim in self.old}
        Claim.objects.filter(event=self.event).exclude(row="").update(row="")
        for claim in self.old:
            passages = self._follow(claim, self.rows.get(self.next.get(str(claim.pk), "")))
            self._keep(claim, passages, before[claim.pk])
        continued = set(self.next.values())
        self._make([row for id, row in self.rows.items() if id not in continued])
        ClaimChange.objects.bulk_create(self.history)
        return len(self.history)

    def _lasts(self, claim: Claim) -> bool:
        return claim.origin != Origin.MACHINE or claim.pk in self.judged

    def _successors(self, ledger: Ledger) -> dict[str, str]:
        """Return the row that continues each claim; what people made or answered chooses first."""
        found: dict[str, str] = {}
        for lasting in (True, False):
            passages = {
                str(claim.pk): claims.science(claim.passages.all())
                for claim in self.old
                if self._lasts(claim) is lasting
            }
            taken = set(found.values())
            free = tuple(row for row in ledger.rows if row.id not in taken)
            found |= carried_over(passages, replace(ledger, rows=free))
        return found

    def _take_along(self) -> None:
        """Let claims whose articles have all moved into this event come with them."""
        elsewhere = Claim.objects.exclude(event=self.event)
        strays = elsewhere.filter(passages__article__in=self.members).distinct()
        for claim in strays.select_related("event").prefetch_related("passages"):
            passages = list(claim.passages.all())
            if {passage.article_id for passage in passages} <= {*self.members, None}:
                before = claims.as_json(claim, passages)
                note = f"Its articles have moved here from the event “{claim.event}”."
                claim.event_id, claim.row = self.event, ""
                claim.save(update_fields=["event", "row"])
                after = claims.as_json(claim, passages)
                self._note(claim, Kind.FOLLOW, before, after, note=note)

    def _follow(self, claim: Claim, row: LedgerRow | None) -> list[ClaimPassage]:
        """Change the claim in memory and return its passages."""
        kept = list(claim.passages.all())
        claim.row = row.id if row else ""
        if row is None:
            stands = bool(claims.standing(kept, self.members))
            claim.active = claim.active and stands and self._lasts(claim)
            return kept
        claim.active = True
        if not self._lasts(claim):
            claim.statement = row.summary.quote
        found = [_row(one) for one in row.passages if not _lies_in(one, self.picked)]
        return _picked(claim) + found

    def _keep(self, claim: Claim, passages: list[ClaimPassage], before: dict[str, Any]) -> None:
        after = claims.as_json(claim, passages)
        if after == before:
            Claim.objects.filter(pk=claim.pk).update(row=claim.row)
            return
        claim.save(update_fields=["statement", "active", "row"])
        if after["passages"] != before["passages"]:
            claims.do_write_passages(claim, passages)
        self._note(claim, _kind(before, after), before, after)

    def _make(self, rows: Sequence[LedgerRow]) -> None:
        fresh = [row for row in rows if not any(_lies_in(p, self.picked) for p in row.passages)]
        names = {row.id: uuid.uuid5(_NAMES, f"{self.event} {row.id}") for row in fresh}
        taken = set(Claim.objects.filter(pk__in=names.values()).values_list("pk", flat=True))
        made = []
        for row in fresh:
            name = names[row.id]
            if name in taken:  # by a claim that went another way since
                name = uuid.uuid5(self.batch, row.id)
            claim = Claim(
                id=name, event_id=self.event, origin=Origin.MACHINE, row=row.id,
                statement=row.summary.quote, created_at=self.now,
            )  # fmt: skip
            made.append((claim, [_row(one) for one in row.passages]))
        Claim.objects.bulk_create(claim for claim, _ in made)
        claims.do_store(made)
        for claim, passages in made:
            self._note(claim, Kind.ADD, None, claims.as_json(claim, passages))

    def _note(
        self,
        claim: Claim,
        kind: Kind,
        before: dict[str, Any] | None,
        after: dict[str, Any],
        *,
        note: str = "",
    ) -> None:
        self.history.append(
            claims.change(
                claim=claim, kind=kind, batch=self.batch, before=before, after=after,
                actor=None, now=self.now, note=note,
            )
        )  # fmt: skip


def _may_follow(claim: Claim) -> bool:
    """Leave out claims that a person made and that stand no more."""
    return claim.origin == Origin.MACHINE or claim.active


def _replaced() -> set[uuid.UUID]:
    """Return what reviewers made the standing claims from, directly or through others."""
    links = Claim.made_from.through.objects.values_list("from_claim", "to_claim")
    sources: dict[uuid.UUID, list[uuid.UUID]] = {}
    for made, source in links:
        sources.setdefault(made, []).append(source)
    ahead = list(Claim.objects.filter(pk__in=sources, active=True).values_list("pk", flat=True))
    found: set[uuid.UUID] = set()
    while ahead:
        fresh = [one for one in sources.get(ahead.pop(), ()) if one not in found]
        found.update(fresh)
        ahead += fresh
    return found


def _kind(before: dict[str, Any], after: dict[str, Any]) -> Kind:
    if before["active"] == after["active"]:
        return Kind.FOLLOW
    return Kind.REOPEN if after["active"] else Kind.CLOSE


def _picked(claim: Claim) -> list[ClaimPassage]:
    return [passage for passage in claim.passages.all() if passage.picked_by_id is not None]


def _lies_in(passage: Passage, others: Sequence[Passage]) -> bool:
    """Tell whether half of the shorter of two passages is common to both."""
    return any(
        other.document == passage.document
        and 2 * other.span.overlap(passage.span) >= min(len(other.span), len(passage.span))
        for other in others
    )


def _row(passage: Passage) -> ClaimPassage:
    return ClaimPassage(
        article_id=int(passage.document), start=passage.span.start, end=passage.span.end,
        sentence=passage.place, quote=passage.quote,
    )  # fmt: skip
