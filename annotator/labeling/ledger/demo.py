"""The answers of the demo's annotators, through the service that people use."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from annotator.accounts.models import User
from annotator.corpus.models import Project
from annotator.demo.reading import Added, Answered, Demo
from annotator.labeling.ledger.answering import Requested
from annotator.labeling.ledger.judging import do_judge
from annotator.labeling.models import Assignment, CellOperation
from framing.annotations import Part

Kind = CellOperation.Kind
_NAMESPACE = uuid.UUID("b1c4a2de-7a55-4d6e-8a0b-3a1e0a6f2c77")


def do_answer_demo(
    *, project: Project, demo: Demo, people: Mapping[str, User], now: datetime
) -> None:
    """Add the demo's claims and answer them. Raises Invalid when one breaks a rule."""
    articles = dict(project.articles.values_list("external_id", "pk"))
    for claim in demo.claims:
        for answer in claim.answers:
            sheet = Assignment.objects.select_related("article").get(
                article=articles[answer.document], annotator=people[answer.annotator]
            )
            do_judge(
                assignment=sheet,
                actor=sheet.annotator,
                revision=sheet.ledger_revision,
                text_sha256=sheet.article.sha256,
                requested=[_operation(claim, answer, articles)],
                tab="demo",
                now=now,
            )


def _operation(claim: Added, answer: Answered, articles: Mapping[str, int]) -> Requested:
    name = f"{answer.annotator} {answer.document} {claim.statement}"
    first = answer is claim.answers[0]
    return Requested(
        id=uuid.uuid5(_NAMESPACE, name),
        kind=Kind.ADD if first else Kind.JUDGE,
        claim=uuid.uuid5(_NAMESPACE, claim.statement),
        cell={
            "answer": answer.answer,
            "anchor": answer.anchor and _quote(answer.anchor),
            **answer.details,
        },
        statement=claim.statement if first else "",
        evidence=[
            {"article": articles[part.document], **_quote(part)} for part in claim.evidence
        ] if first else [],
    )  # fmt: skip


def _quote(part: Part) -> dict[str, Any]:
    return {"start": part.span.start, "end": part.span.end, "quote": part.quote}
