"""The ledger of an event as it is stored: numbers instead of texts, which never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotator.corpus.models import Article
from annotator.labeling.models import EventLedger
from framing.alignment.ledger import Ledger, LedgerRow, Passage
from framing.duplicates import Copy, Kind
from framing.spans import Span

if TYPE_CHECKING:
    from framing.problems import Problem

EVENT = "event"
"""Where a problem lies that is not about one article."""


def do_fill(
    *,
    event: int,
    members: str,
    model: str,
    ledger: Ledger,
    copies: Iterable[Copy],
    problems: Iterable[Problem],
    finished: Mapping[str, Any],
) -> int:
    """Replace what is stored of an event, unless it was planned anew meanwhile; 1 or 0.

    ``finished`` holds ``seconds`` and ``finished_at``.
    """
    return EventLedger.objects.filter(event=event, members=members).update(
        filled=members,
        model=model,
        articles=[int(id) for id in ledger.documents],
        rows=[_row(row) for row in ledger.rows],
        copies=[_copy(one) for one in copies],
        problems=unique(problems),
        **finished,
    )


def science(ledger: EventLedger) -> Ledger:
    """Return what is stored as `framing.alignment` has it, without cells; reads the texts."""
    texts = dict(Article.objects.filter(pk__in=ledger.articles).values_list("pk", "text"))
    rows = tuple(_science(row, texts) for row in ledger.rows)
    return Ledger(tuple(str(pk) for pk in ledger.articles), rows)


def copies(ledger: EventLedger | None) -> Iterator[Copy]:
    """Yield the pairs of articles with one text, as they were when compared."""
    for first, second, kind, resemblance, containment in ledger.copies if ledger else ():
        yield Copy(str(first), str(second), Kind(kind), resemblance, containment)


def unique(problems: Iterable[Problem]) -> list[list[str]]:
    """Return place, message and remedy of each problem once, in order."""
    return [
        list(content)
        for content in dict.fromkeys((one.place, one.message, one.remedy) for one in problems)
    ]


def why_not(article: Article) -> str:
    """Return why nothing can be said to be left out of this article; empty when it can."""
    if article.event is None:
        return "It belongs to no event. Omissions are judged against other articles of one event."
    if not article.event.articles.exclude(pk=article.pk).exists():
        return "It is alone in its event: there is nothing to compare it with."
    ledger = EventLedger.objects.filter(event=article.event).first()
    for place, message, remedy in ledger.problems if ledger else ():
        if place in {str(article.pk), EVENT}:
            return sentences(message, remedy)
    return ""


def sentences(message: str, remedy: str) -> str:
    """Return a problem as it is read without its place."""
    return f"{message[:1].upper()}{message[1:].rstrip('. ')}. {remedy}".strip()


def _copy(copy: Copy) -> list[Any]:
    return [int(copy.first), int(copy.second), copy.kind, copy.resemblance, copy.containment]


def _row(row: LedgerRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "summary": row.summary.quote,
        "score": row.score,
        "reason": row.reason,
        "passages": [_place(passage) for passage in row.passages],
        "nearest": {
            cell.document: [cell.carries.value, cell.probability, *_place(cell.nearest)[1:]]
            for cell in row.cells
            if cell.nearest is not None and cell.nearest not in row.passages
        },
    }


def _science(row: Mapping[str, Any], texts: Mapping[int, str]) -> LedgerRow:
    passages = tuple(
        Passage(str(pk), Span(start, end), texts[pk][start:end], place)
        for pk, start, end, place in row["passages"]
    )
    summary = next((one for one in passages if one.quote == row["summary"]), passages[0])
    return LedgerRow(row["id"], summary, passages, row["score"], row["reason"], ())


def _place(passage: Passage) -> Sequence[int]:
    """Return article, start, end and how many sentences come before."""
    return [int(passage.document), passage.span.start, passage.span.end, passage.place]
