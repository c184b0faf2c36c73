"""Which claims of the event an annotator is asked about in one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.labeling.drawing import draw
from annotator.labeling.ledger import claims
from annotator.labeling.ledger.company import Company
from annotator.labeling.models import Assignment, Claim, ClaimPassage, JudgedCell

LEAST_OUTLETS = 2
"""What one outlet alone says, nobody else is said to leave out (E4); people's claims are asked."""
LEAD = 3
"""Sentences, headline included, in which a claim weighs most."""


@dataclass(frozen=True)
class Asked:
    """One claim on the sheet; ``outlets`` counts those that testify.

    ``is_check`` says that the article itself makes the claim, as far as is known; ``open`` is False
    for a claim that was closed since it was answered.
    """

    claim: Claim
    evidence: tuple[ClaimPassage, ...]
    outlets: int
    salience: int
    is_check: bool
    open: bool
    cell: JudgedCell | None


def asked(assignment: Assignment, company: Company) -> list[Asked]:
    """Return what this sheet asks and has answered, most salient first.

    A claim is asked when the article was compared and has no passage of it, while two independent
    outlets do, or when a person made it. Of the claims that the article does have, a share drawn
    from the sheet's seed is asked as well, the same for everyone with this seed. An answered claim
    stays on the sheet.
    """
    cells = {cell.claim_id: cell for cell in assignment.cells.all()}
    rows = Claim.objects.filter(event=assignment.article.event_id).prefetch_related("passages")
    answered = Claim.objects.filter(cells__in=cells.values()).prefetch_related("passages")
    known = {claim.pk: claim for claim in [*rows, *answered]}
    found = (
        _ask(assignment, claim, company, cells.get(claim.pk)) for claim in known.values()
    )
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (
            -one.salience,
            -one.outlets,
            draw(assignment.seed, "claim", assignment.article_id, one.claim.pk),
        ),
    )


def _ask(
    assignment: Assignment, claim: Claim, company: Company, cell: JudgedCell | None
) -> Asked | None:
    passages = list(claim.passages.all())
    standing = claims.standing(passages, company.others)
    outlets = len(company.independent(p.article_id for p in standing if p.article_id))
    present = makes(claim, passages, assignment.article_id)
    wide = outlets >= LEAST_OUTLETS
    here = claim.active and claim.event_id == assignment.article.event_id
    if present:
        wanted = wide and _is_drawn(assignment, claim)
    else:
        by_person = claim.origin != Claim.Origin.MACHINE
        wanted = bool(standing) and (by_person or (wide and company.is_compared))
    if not (here and wanted) and not (cell and cell.answer):
        return None
    return Asked(
        claim=claim,
        evidence=tuple(p for p in passages if p.article_id != assignment.article_id),
        outlets=outlets,
        salience=salience(standing, outlets),
        is_check=present,
        open=here,
        cell=cell,
    )


def makes(claim: Claim, passages: Sequence[ClaimPassage], article: int) -> bool:
    """Tell whether the article makes the claim, so that asking about it is a check.

    For a claim of a person only a person's passage tells: what the machine finds in an article
    that somebody called silent must not keep others from being asked.
    """
    by_machine = claim.origin == Claim.Origin.MACHINE
    own = (passage for passage in passages if passage.article_id == article)
    return any(by_machine or passage.picked_by_id is not None for passage in own)


def salience(passages: Sequence[ClaimPassage], outlets: int) -> int:
    """Return 3 for a claim in somebody's lead, 2 for one of several outlets, else 1.

    Section 3 of the codebook, as far as a machine can tell.
    """
    if any(p.sentence is not None and p.sentence < LEAD for p in passages):
        return 3
    return 2 if outlets >= LEAST_OUTLETS else 1


def _is_drawn(assignment: Assignment, claim: Claim) -> bool:
    share = assignment.article.project.share_checks
    return draw(assignment.seed, "check", assignment.article_id, claim.pk) % 100 < share
