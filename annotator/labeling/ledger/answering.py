"""What each operation does to a ledger sheet. Only `judging` calls this, in a transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from annotator.accounts.models import User
from annotator.accounts.refusals import Invalid
from annotator.labeling.access import siblings
from annotator.labeling.ledger import cells, checking, claims
from annotator.labeling.ledger.asking import makes
from annotator.labeling.models import (
    Assignment,
    CellOperation,
    Claim,
    ClaimChange,
    ClaimPassage,
    JudgedCell,
)
from framing.problems import Problem

Kind = CellOperation.Kind


@dataclass(frozen=True)
class Requested:
    """One operation as the page asks for it; ``cell`` is the whole answer."""

    id: UUID
    kind: str
    claim: UUID
    at: datetime | None = None
    cell: Mapping[str, Any] | None = None
    statement: str = ""
    evidence: Sequence[Mapping[str, Any]] = ()
    undoes: UUID | None = None


@dataclass(frozen=True)
class Change:
    """What an operation did, as history keeps it: the cell before and after."""

    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass
class Sheet:
    """The ledger of an assignment inside the transaction that changes it."""

    assignment: Assignment
    actor: User
    revision: int
    now: datetime


def apply(sheet: Sheet, requested: Requested) -> Change:
    """Carry out one operation; raises Invalid with its problems and leaves the rest to rollback."""
    return APPLIERS[requested.kind](sheet, requested)


def _judge(sheet: Sheet, requested: Requested) -> Change:
    return _answer(sheet, requested, _claim(sheet, requested))


def _clear(sheet: Sheet, requested: Requested) -> Change:
    row = sheet.assignment.cells.filter(claim=requested.claim).exclude(answer="").first()
    if row is None:
        raise _invalid(requested, "claim", "is not answered.", "There is nothing to take back.")
    before = cells.as_json(row)
    _fill(row, {})
    _save(sheet, row)
    return Change(before, None)


def _add(sheet: Sheet, requested: Requested) -> Change:
    """Make a claim of what the annotator misses; one that was taken back stands again."""
    event = sheet.assignment.article.event_id
    if event is None:
        raise _invalid(
            requested, "claim", "needs an event.", "The article has none: tell a researcher."
        )
    claims.lock(event)
    claim = Claim.objects.filter(pk=requested.claim).first()
    if claim is not None and not _is_own(sheet, claim):
        raise _invalid(requested, "claim", "has an id that is taken.", "Make a new id.")
    if claim is not None and (claim.active or claim.event_id != event):
        raise _invalid(requested, "claim", "stands already.", "Answer it instead.")
    if claim is not None and claim.made_into.filter(active=True).exists():
        raise _invalid(requested, "claim", "was replaced by a reviewer.", "Answer what it became.")
    passages = _evidence(sheet, requested)
    before = claims.as_json(claim, claim.passages.all()) if claim else None
    claim = claim or Claim(
        pk=requested.claim, event_id=event, origin=Claim.Origin.ANNOTATOR,
        created_by=sheet.actor, created_at=sheet.now,
    )  # fmt: skip
    claim.statement, claim.active = requested.statement.strip(), True
    claim.save()
    claims.do_write_passages(claim, passages)
    kind = ClaimChange.Kind.REOPEN if before else ClaimChange.Kind.ADD
    _note(sheet, requested, claim, kind, before=before, passages=passages)
    return _answer(sheet, requested, claim)


def _withdraw(sheet: Sheet, requested: Requested) -> Change:
    """Take an added claim back, as long as nobody else has answered it."""
    claim = _claim(sheet, requested)
    claims.lock(claim.event_id)
    claim.refresh_from_db()
    if not _is_own(sheet, claim) or not claim.active:
        raise _invalid(requested, "claim", "is not one that you added.", "Answer it instead.")
    others = claim.cells.exclude(assignment=sheet.assignment).exclude(answer="")
    if others.exists():
        raise _invalid(
            requested, "claim", "has been answered by others and stays.",
            "Answer it as not applicable if it was a mistake.",
        )  # fmt: skip
    passages = list(claim.passages.all())
    before = claims.as_json(claim, passages)
    claim.active, claim.row = False, ""
    claim.save(update_fields=["active", "row"])
    _note(sheet, requested, claim, ClaimChange.Kind.CLOSE, before=before, passages=passages)
    row = sheet.assignment.cells.filter(claim=claim).exclude(answer="").first()
    return _clear(sheet, requested) if row else Change(None, None)


APPLIERS: Mapping[str, Callable[[Sheet, Requested], Change]] = {
    Kind.JUDGE: _judge,
    Kind.CLEAR: _clear,
    Kind.ADD: _add,
    Kind.WITHDRAW: _withdraw,
}


def _answer(sheet: Sheet, requested: Requested, claim: Claim) -> Change:
    content = dict(requested.cell or {})
    problems = list(checking.problems(sheet.assignment.article, content))
    if problems:
        raise Invalid(str(problems[0]), problems=[_as_json(requested, one) for one in problems])
    row = sheet.assignment.cells.filter(claim=claim).first()
    before = cells.as_json(row) if row and row.answer else None
    if row is None:
        row = JudgedCell(
            assignment=sheet.assignment, claim=claim, created_at=sheet.now,
            is_check=makes(claim, list(claim.passages.all()), sheet.assignment.article_id),
        )  # fmt: skip
    _fill(row, content)
    _save(sheet, row)
    return Change(before, cells.as_json(row))


def _fill(row: JudgedCell, content: Mapping[str, Any]) -> None:
    """Put the whole answer into the row; an empty one takes it back."""
    for name in cells.PLAIN:
        setattr(row, name, content.get(name) or (None if name == "salience" else ""))
    anchor = content.get("anchor") or {}
    row.anchor_start, row.anchor_end = anchor.get("start"), anchor.get("end")
    row.anchor_quote = anchor.get("quote", "")


def _save(sheet: Sheet, row: JudgedCell) -> None:
    row.revision, row.changed_at = sheet.revision, sheet.now
    row.save()


def _claim(sheet: Sheet, requested: Requested) -> Claim:
    claim = Claim.objects.filter(pk=requested.claim).first()
    here = sheet.assignment.article.event_id
    if claim is not None and (claim.event_id == here or _answered(sheet, claim)):
        return claim
    raise _invalid(
        requested, "claim", f"{requested.claim} is not in the event of this article.",
        "The article may have left the event. Reload the page.",
    )  # fmt: skip


def _answered(sheet: Sheet, claim: Claim) -> bool:
    return sheet.assignment.cells.filter(claim=claim).exists()


def _is_own(sheet: Sheet, claim: Claim) -> bool:
    return claim.origin == Claim.Origin.ANNOTATOR and claim.created_by_id == sheet.actor.pk


def _evidence(sheet: Sheet, requested: Requested) -> list[ClaimPassage]:
    if not requested.statement.strip():
        raise _invalid(requested, "statement", "is empty.", "Say in one sentence what is missing.")
    if not requested.evidence:
        raise _invalid(
            requested, "evidence", "is missing.", "Choose the passage of another article."
        )
    texts = dict(siblings(sheet.assignment.article).values_list("pk", "text"))
    return [
        _passage(sheet, requested, part, texts, f"evidence[{index}]")
        for index, part in enumerate(requested.evidence)
    ]


def _passage(
    sheet: Sheet,
    requested: Requested,
    part: Mapping[str, Any],
    texts: Mapping[int, str],
    place: str,
) -> ClaimPassage:
    text = texts.get(part["article"])
    if text is None:
        raise _invalid(
            requested, place, "lies in no other article of this event.",
            "The article was moved or deleted, or is the one you judge. Choose another passage.",
        )  # fmt: skip
    if part["start"] >= part["end"] or text[part["start"] : part["end"]] != part["quote"]:
        raise _invalid(
            requested, place, "does not read as quoted.", "Reload the page and choose it again."
        )
    return ClaimPassage(
        article_id=part["article"], start=part["start"], end=part["end"], quote=part["quote"],
        picked_by=sheet.actor,
    )  # fmt: skip


def _note(
    sheet: Sheet,
    requested: Requested,
    claim: Claim,
    kind: ClaimChange.Kind,
    *,
    before: dict[str, Any] | None,
    passages: Sequence[ClaimPassage],
) -> None:
    claims.change(
        claim=claim, kind=kind, batch=requested.id, before=before,
        after=claims.as_json(claim, passages), actor=sheet.actor, now=sheet.now,
    ).save(force_insert=True)  # fmt: skip


def _invalid(requested: Requested, place: str, message: str, remedy: str) -> Invalid:
    problem = Problem(place, message, remedy)
    return Invalid(str(problem), problems=[_as_json(requested, problem)])


def _as_json(requested: Requested, problem: Problem) -> dict[str, str]:
    return {
        "operation": str(requested.id),
        "place": problem.place,
        "message": problem.message,
        "remedy": problem.remedy,
    }
