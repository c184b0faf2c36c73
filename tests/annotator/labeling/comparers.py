"""A comparer without a language model: a claim is a line, and who lacks the line omits it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotator.corpus.models import Article
from annotator.labeling import comparing, event_runs, outbox
from annotator.labeling.comparing import Comparer
from annotator.labeling.models import Suggestion as Suggested
from annotator.labeling.suggesting import current_runs
from framing.alignment.ledger import Carries, Cell, Ledger, LedgerRow, Passage, row_id
from framing.annotations import Part
from framing.detectors.base import EventFindings, Suggestion
from framing.detectors.pipeline import Run
from framing.documents import Document
from framing.problems import Problem
from framing.spans import Span
from tests.annotator.labeling.pipelines import Pipeline

TEXTS = {
    "Courier": "Dam gate closed.\nPeople were hurt.",
    "Post": "Dam gate shut.\nGuards fired at people.",
    "Wire": "Dam gate barred.\nGuards fired at people.",
}
"""Of three outlets the Courier lacks what the other two say."""

NOW = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)


def omissions(article: Article) -> list[str]:
    """Return what is proposed as missing now, by the first quote."""
    found = Suggested.objects.filter(run__in=current_runs(article.pk), device="omission")
    return [suggestion.parts[0]["quote"] for suggestion in found]


def passages(document: Document) -> list[Passage]:
    found, start = [], 0
    for place, line in enumerate(document.text.splitlines()):
        found.append(Passage(document.id, Span(start, start + len(line)), line, place))
        start += len(line) + 1
    return found


def by_line(docs: Mapping[str, str], documents: Sequence[Document]) -> Ledger:
    read = [document for document in documents if document.language == "en"]
    kept = [document for document in read if document.id in docs]
    lines: dict[str, list[Passage]] = {}
    for document in kept:
        assert docs[document.id] == document.text
        for passage in passages(document):
            lines.setdefault(passage.quote, []).append(passage)
    return Ledger(
        tuple(document.id for document in kept),
        tuple(_row(group, kept) for group in lines.values() if len(group) > 1),
        tuple(
            Problem(document.id, "this article has not been parsed.", "Parse it.")
            if document in read
            else Problem(document.id, "this article is in another language.", "Take it out.")
            for document in documents
            if document not in kept
        ),
    )


def _row(group: Sequence[Passage], documents: Sequence[Document]) -> LedgerRow:
    own = {passage.document: passage for passage in group}
    cells = tuple(
        Cell(document.id, Carries.REPORTED, 1.0, own[document.id])
        if document.id in own
        else Cell(document.id, Carries.ABSENT, 0.0, None)
        for document in documents
    )
    return LedgerRow(row_id(group), group[0], tuple(group), 0.9, "the same line", cells)


@dataclass
class Lines:
    """Propose every line that two articles have and this one lacks."""

    id: str = "omission"
    version: str = "1"
    device: str = "omission"
    calls: int = 0
    before: Callable[[], Any] = lambda: None

    def propose(
        self, ledger: Ledger, docs: Mapping[str, str], documents: Sequence[Document]
    ) -> EventFindings:
        self.calls += 1
        self.before()
        return EventFindings(
            {id: tuple(self._missing(ledger, documents, id)) for id in ledger.documents},
            ledger.problems,
        )

    def _missing(self, ledger: Ledger, documents: Sequence[Document], id: str) -> list[Suggestion]:
        outlets = {document.id: document.outlet for document in documents}
        return [
            Suggestion(
                device="omission",
                label="om.actor",
                parts=tuple(Part("evidence", p.span, p.quote, p.document) for p in row.passages),
                score=0.8,
                rule="test.line",
                reason=f"carried by {', '.join(outlets[other] for other in row.documents)}",
                judged=Span(0, 1),
            )
            for row in ledger.rows
            if id not in row.documents
        ]


def comparer(*detectors: Lines) -> Comparer:
    def named(detector: Any, model: str) -> Run:
        return Run(detector.id, detector.version, detector.device, "c" * 16, model)

    return Comparer(detectors or (Lines(),), by_line, named)  # type: ignore[arg-type]


class Site:
    """A worker that does all that is due, and a clock that only moves when told."""

    def __init__(self) -> None:
        self.pipeline = Pipeline()
        self.lines = Lines()
        self.now = NOW

    @property
    def comparer(self) -> Comparer:
        return comparer(self.lines)

    def plan(self) -> int:
        model = self.pipeline.model
        return outbox.plan(self.pipeline.runs) + event_runs.plan(self.comparer.runs(model))

    def readers(self, articles: Sequence[int]) -> dict[int, Pipeline]:
        return dict.fromkeys(articles, self.pipeline)

    def work(self) -> int:
        """Plan and do what is due; return how many runs were finished."""
        self.plan()
        done = 0
        for message in outbox.to_publish(self.now, room=99, empty=True):
            done += self.detect(*message.articles)
        return done

    def detect(self, *articles: int) -> int:
        return comparing.detect(
            articles, model=self.pipeline.model, readers=self.readers, comparer=self.comparer,
            clock=lambda: self.now, draw=lambda: 0.5,
        )  # fmt: skip
