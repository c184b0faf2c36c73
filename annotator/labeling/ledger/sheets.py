"""Everything the ledger page of one article needs, as one JSON (docs/ledger-protocol.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotator.corpus.codebooks import scheme_of
from annotator.corpus.models import Article
from annotator.labeling import ledgers
from annotator.labeling.coverage import Coverage
from annotator.labeling.ledger import cells
from annotator.labeling.ledger.asking import Asked, asked
from annotator.labeling.ledger.checking import document_device
from annotator.labeling.ledger.company import NOWHERE, Company, company
from annotator.labeling.models import Assignment, Claim, ClaimPassage, EventLedger, TextLayer
from framing.agreement.ledger import sentence_starts
from framing.scheme import Scheme

ENOUGH = 3
"""Articles an event needs before two others can testify to what one leaves out."""


def sheet(assignment: Assignment) -> dict[str, Any]:
    """Return the ledger as one annotator sees it in one article; reads only."""
    article = assignment.article
    around = company(assignment)
    rows = asked(assignment, around)
    return {
        "id": assignment.pk,
        "revision": assignment.ledger_revision,
        "project": {"slug": article.project.slug, "name": article.project.name},
        "event": article.event and {"id": article.event.pk, "name": article.event.name},
        "article": {
            **_head(article, around),
            "outlet": "" if assignment.blind else around.outlets[article.pk],
            "text": article.text,
            "sha256": article.sha256,
            "sentences": _sentences(article),
        },
        "siblings": [
            {**_head(other, around), "outlet": around.outlets[pk]}
            for pk, other in around.others.items()
        ],
        "codebook": _codebook(scheme_of(article.project.codebook)),
        "claims": [_claim(one, assignment, around) for one in rows],
        "sheets": _own_of_event(assignment),
        **_state(assignment, around, rows),
    }


def _own_of_event(assignment: Assignment) -> list[int]:
    """Return the annotator's sheets of the event in their order, this one among them."""
    event = assignment.article.event_id
    if event is None:
        return [assignment.pk]
    mine = Assignment.objects.of(assignment.annotator).filter(article__event=event)
    return list(mine.values_list("pk", flat=True))


def _state(assignment: Assignment, around: Company, rows: Sequence[Asked]) -> dict[str, Any]:
    """Return why nothing is asked, empty when something is, and whether a worker has it."""
    article = assignment.article
    ledger = EventLedger.objects.filter(event=article.event_id).first()
    matrix = Coverage(article.event, ledger) if article.event else None
    busy = bool(
        around.others
        and matrix
        and not matrix.error
        and (ledger is None or ledger.filled != ledger.members)
    )
    return {"comparing": busy, "why": "" if rows else _why(article, around, matrix, busy=busy)}


def _why(
    article: Article, around: Company, matrix: Coverage | None, *, busy: bool
) -> str:
    told = ledgers.why_not(article)
    if told:
        return told
    if matrix and matrix.error:
        return f"The articles of this event could not be compared. {matrix.error}"
    if busy:
        return "The articles of this event are still being compared. Their claims come in a moment."
    if len(around.others) + 1 < ENOUGH:
        return (
            "The event has two articles. A claim is asked about when two other outlets carry it; "
            "add what you see yourself."
        )
    return (
        "No claim that two other independent outlets had published by then is missing here, "
        "as far as words tell."
    )


def _head(article: Article, around: Company) -> dict[str, Any]:
    return {
        "id": article.pk,
        "name": around.names[article.pk],
        "language": article.language,
        "published": article.published,
        "words": article.words,
    }


def _sentences(article: Article) -> list[list[int]]:
    layer = TextLayer.objects.filter(article=article).values_list("sentences", flat=True).first()
    if layer:
        return [list(sentence) for sentence in layer]
    starts = sentence_starts(article.text)
    ends = [*starts[1:], article.length]
    return [
        [start, start + len(article.text[start:end].rstrip())]
        for start, end in zip(starts, ends, strict=True)
    ]


def _claim(one: Asked, assignment: Assignment, around: Company) -> dict[str, Any]:
    claim = one.claim
    return {
        "id": str(claim.pk),
        "statement": _statement(one),
        "mine": claim.origin == Claim.Origin.ANNOTATOR
        and claim.created_by_id == assignment.annotator_id,
        "open": one.open,
        "outlets": one.outlets,
        "salience": one.salience,
        "evidence": [_passage(passage, around) for passage in one.evidence],
        "rules": [
            {
                "rule": check.rule,
                "verdict": check.verdict,
                "reason": check.reason[:1].upper() + check.reason[1:],
            }
            for check in around.rules(one.evidence)
        ],
        "cell": cells.as_json(one.cell) if one.cell and one.cell.answer else None,
    }


def _statement(one: Asked) -> str:
    """Return the claim in a sibling's words: in the article's own they would give it away."""
    own = {passage.quote for passage in one.claim.passages.all()} - {
        passage.quote for passage in one.evidence
    }
    in_own_words = bool(one.evidence) and one.claim.statement in own
    return one.evidence[0].quote if in_own_words else one.claim.statement


def _passage(passage: ClaimPassage, around: Company) -> dict[str, Any]:
    pk = passage.article_id
    return {
        "article": pk if pk in around.others else None,
        "name": around.names.get(pk or 0) or (NOWHERE if pk is None else "an article elsewhere"),
        "outlet": around.outlets.get(pk or 0, ""),
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote,
        "why_not": around.why_not(passage),
    }


def _codebook(scheme: Scheme) -> dict[str, Any]:
    """Return kinds, scales and rulings of omissions, and the grades of confidence."""
    device = document_device(scheme)
    asked = {attribute.id: attribute for attribute in device.attributes} if device else {}
    return {
        "summary": device.summary if device else "",
        "kinds": [
            {
                name: getattr(label, name)
                for name in ("id", "name", "key", "definition", "yes", "near_miss", "test")
            }
            for label in (device.labels if device else ())
            if label.enabled
        ],
        "rulings": [{"name": r.name, "text": r.text} for r in (device.rulings if device else ())],
        "confidence": _values(scheme.confidence),
        **{
            id: {"question": asked[id].question, "values": _values(asked[id].values)}
            if id in asked
            else None
            for id in ("salience", "favours", "favours_polarity")
        },
    }


def _values(values: Sequence[Any]) -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name, "definition": one.definition} for one in values]
