"""What annotators answered about claims: agreement on it, care in it, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from django.db.models import F, Prefetch, QuerySet

from annotator.accounts.models import User
from annotator.corpus.models import Event, Project
from annotator.labeling.models import CellOperation, Claim, ClaimPassage, JudgedCell
from framing.agreement import Ledger, Report, measure
from framing.agreement.ledger import Cell, sentence_starts
from framing.annotations import Part
from framing.formats.ledger import (
    LedgerAnswer,
    LedgerClaim,
    LedgerData,
    write_cells,
    write_claims,
    write_jsonl,
)
from framing.omission.coding import presence_codes
from framing.spans import Span

RESAMPLES = 1000
SEED = 7
WRITERS = {"cells": write_cells, "claims": write_claims, "jsonl": write_jsonl}
SUFFIXES = {"cells": "csv", "claims": "csv", "jsonl": "jsonl"}
_DETAILS = ("salience", "favours", "favours_polarity", "confidence", "note")


@dataclass(frozen=True)
class Checks:
    """How an annotator answered claims that the article makes as far as the machine can tell.

    The first answer counts. ``wrong`` called the claim omitted.
    """

    name: str
    asked: int
    wrong: int

    @property
    def rate(self) -> float:
        return self.wrong / self.asked


def write(project: Project, stream: BinaryIO, *, kind: str) -> None:
    """Write ``cells``, ``claims`` or ``jsonl``, annotators under pseudonyms."""
    WRITERS[kind](data(project), stream)


def data(project: Project, *, named: bool = False) -> LedgerData:
    """Return the claims of a project's events and every answer that stands; reads texts."""
    names = dict(project.articles.values_list("pk", "external_id"))
    passages = ClaimPassage.objects.filter(article__in=names).order_by("position")
    rows = Claim.objects.filter(event__project=project).select_related("event")
    rows = rows.prefetch_related(Prefetch("passages", queryset=passages), "made_from")
    claims = {row.pk: _claim(row, names) for row in rows.order_by("event", "created_at", "pk")}
    answers = [
        _answer(cell, claims[cell.claim_id], names, named=named)
        for cell in _cells(project)
        if cell.claim_id in claims
    ]
    wanted = {answer.cell.article for answer in answers}
    texts = project.articles.filter(external_id__in=wanted).values_list("external_id", "text")
    starts = {name: sentence_starts(text) for name, text in texts.order_by("pk")}
    return LedgerData(list(claims.values()), answers, starts)


def ledger(found: LedgerData) -> Ledger:
    """Return the answers to active claims for `framing.agreement`."""
    cells = tuple(answer.cell for answer in found.answers if answer.claim.active)
    return Ledger(cells, found.sentences)


def reports(of: Ledger, *, resamples: int = RESAMPLES) -> list[tuple[str, Report]]:
    """Return each measure of a ledger with its name."""
    answers, kinds = of.codes(), of.kind_codes()
    seen = presence_codes(of.cells)
    return [
        ("Answers, α", measure(answers, "alpha", resamples=resamples, seed=SEED)),
        ("Answers, AC1", measure(answers, "ac1", resamples=resamples, seed=SEED)),
        ("Presence in order, α", measure(
            seen, "alpha", level="ordinal", resamples=resamples, seed=SEED)),
        ("Kinds, α", measure(kinds, "alpha", resamples=resamples, seed=SEED)),
        ("Kinds, AC1", measure(kinds, "ac1", resamples=resamples, seed=SEED)),
        ("Anchors, sentences apart", measure(
            of, "anchor-distance", resamples=resamples, seed=SEED)),
    ]  # fmt: skip


def by_event(of: Ledger, found: LedgerData) -> list[tuple[str, list[tuple[str, Report]]]]:
    """Return the measures of each event that has answers, without intervals."""
    event_of = {claim.id: claim.event for claim in found.claims}
    names = sorted({event_of[cell.claim] for cell in of.cells})
    return [
        (name, reports(_where(of, {c for c in event_of if event_of[c] == name}), resamples=0))
        for name in names
    ]


def by_claim(of: Ledger, found: LedgerData, event: str) -> list[tuple[LedgerClaim, Any]]:
    """Return the claims of one event that somebody answered, each with its measures."""
    answered = {cell.claim for cell in of.cells}
    return [
        (claim, reports(_where(of, {claim.id}), resamples=0))
        for claim in found.claims
        if claim.event == event and claim.id in answered
    ]


def summary(project: Project) -> dict[str, Any]:
    """Return the page of the ledger as plain data, annotators under pseudonyms."""
    found = data(project)
    of = ledger(found)
    return {
        "cells": len(of.cells),
        "reports": _plain(reports(of)) if of.cells else [],
        "by_event": [
            {"event": name, "reports": _plain(rows)} for name, rows in by_event(of, found)
        ],
        "checks": [{**asdict(one), "rate": one.rate} for one in checks(project, named=False)],
    }


def _plain(measured: Iterable[tuple[str, Report]]) -> list[dict[str, Any]]:
    return [{"title": title, "report": report.as_dict()} for title, report in measured]


def checks(project: Project, *, named: bool = True) -> list[Checks]:
    """Return how each annotator did on checks, by name or pseudonym."""
    asked = _cells(project).filter(is_check=True)
    sheets = {
        (cell.assignment_id, cell.claim_id): _name(cell.assignment.annotator, named=named)
        for cell in asked
    }
    first: dict[tuple[int, Any], str] = {}
    judged = CellOperation.objects.filter(
        assignment__article__project=project, kind=CellOperation.Kind.JUDGE,
        actor=F("assignment__annotator"),  # not what a reviewer carried over
    )  # fmt: skip
    for operation in judged.order_by("assignment", "revision"):
        key = (operation.assignment_id, operation.claim_id)
        first.setdefault(key, (operation.after or {}).get("answer", ""))
    wrong: dict[str, list[bool]] = {}
    for key, name in sheets.items():
        if answer := first.get(key):
            wrong.setdefault(name, []).append(answer == JudgedCell.Answer.OMITTED)
    return [Checks(name, len(wrong[name]), sum(wrong[name])) for name in sorted(wrong)]


def event_names(project: Project) -> Mapping[int, str]:
    return dict(Event.objects.filter(project=project).values_list("pk", "name"))


def _where(of: Ledger, claims: set[str]) -> Ledger:
    return Ledger(tuple(cell for cell in of.cells if cell.claim in claims), of.sentences)


def _cells(project: Project) -> QuerySet[JudgedCell]:
    rows = JudgedCell.objects.filter(
        assignment__article__project=project, assignment__withdrawn_at=None
    )
    rows = rows.exclude(answer="").select_related("assignment__annotator")
    return rows.order_by("assignment__article", "claim", "assignment__annotator")


def _claim(row: Claim, names: Mapping[int, str]) -> LedgerClaim:
    parts = tuple(
        Part("evidence", Span(p.start, p.end), p.quote, names[p.article_id])
        for p in row.passages.all() if p.article_id
    )  # fmt: skip
    return LedgerClaim(
        str(row.pk), row.event.name, row.statement, row.origin, row.active, parts,
        tuple(sorted(str(one.pk) for one in row.made_from.all())),
    )  # fmt: skip


def _answer(
    cell: JudgedCell, claim: LedgerClaim, names: Mapping[int, str], *, named: bool
) -> LedgerAnswer:
    who = cell.assignment.annotator
    has_anchor = cell.anchor_start is not None and cell.anchor_end is not None
    anchor = Span(cell.anchor_start or 0, cell.anchor_end or 0) if has_anchor else None
    details = {name: str(getattr(cell, name) or "") for name in _DETAILS}
    details["is_check"] = "yes" if cell.is_check else "no"
    return LedgerAnswer(
        Cell(names[cell.assignment.article_id], claim.id, _name(who, named=named), cell.answer,
             cell.kind, anchor),
        claim, cell.anchor_quote, details,
    )  # fmt: skip


def _name(who: User, *, named: bool) -> str:
    return who.name if named else who.pseudonym
