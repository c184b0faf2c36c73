"""Who carries what: the ledger of an event as a table of claims and articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import shorten

from annotator.corpus.models import Article, Event
from annotator.labeling import event_runs, ledgers
from annotator.labeling.coverage_cells import Cell, Claim, Column
from annotator.labeling.coverage_people import NOTHING, People
from annotator.labeling.coverage_rows import REPORTED, UNREAD, Place, Row, rows_of
from annotator.labeling.models import EventLedger, JudgedCell, SuggestionRun
from framing import duplicates
from framing.documents import Document

ANCHOR_SHOWN = 120  # characters
WORDS_BEFORE = 6


@dataclass(frozen=True)
class Panel:
    """What one article says to a claim, or the passage that comes nearest."""

    cell: Cell
    passages: tuple[tuple[str, int | None], ...]
    probability: float | None = None
    anchors: tuple[str, ...] = ()
    """Where each annotator would have it stand, in words, beside ``cell.said.cells``."""


@dataclass
class Coverage:
    """The matrix of one event, without people's answers where ``people`` is None."""

    event: Event
    ledger: EventLedger | None
    people: People | None = None
    columns: list[Column] = field(default_factory=list)

    @cached_property
    def is_stale(self) -> bool:
        """Tell whether the event has changed since its articles were compared."""
        now = [one.key for one in event_runs.members(self.event.articles.all())]
        return self.ledger is not None and now != [self.ledger.filled]

    @cached_property
    def is_filled(self) -> bool:
        return self.ledger is not None and bool(self.ledger.filled)

    @cached_property
    def error(self) -> str:
        """Return why the articles could not be compared, empty when they were or will be."""
        if self.ledger is None or self.ledger.filled == self.ledger.members:
            return ""
        runs = SuggestionRun.objects.filter(
            article__event=self.event, members=self.ledger.members, state=SuggestionRun.State.FAILED
        )
        return runs.values_list("error", flat=True).first() or ""

    @cached_property
    def rows(self) -> list[Claim]:
        """Return claims and gaps, those that most independent sources carry first."""
        found = [self._claim(row) for row in (rows_of(self.ledger) if self.ledger else ())]
        return sorted(
            (claim for claim in found if claim.carried),
            key=lambda claim: (
                not claim.is_claim, -claim.sources, -claim.carried, -claim.row.score, claim.id,
            ),
        )  # fmt: skip

    @cached_property
    def claims(self) -> list[Claim]:
        return [claim for claim in self.rows if claim.is_claim]

    @cached_property
    def is_answered(self) -> bool:
        return self.people is not None and bool(self.people.said)

    @cached_property
    def problems(self) -> list[str]:
        """Return what could not be compared, in words."""
        titles = {str(column.article.pk): column.article.name for column in self.columns}
        found = []
        for place, message, remedy in self.ledger.problems if self.ledger else ():
            about = f"“{titles[place]}”: " if place in titles else ""
            found.append(about + ledgers.sentences(message, remedy))
        return found

    def panels(self, claim: Claim) -> list[Panel]:
        """Return what each article says to the claim that somebody looked at; reads their texts."""
        shown = [cell for cell in claim.cells if cell.state != UNREAD or cell.said]
        pks = [cell.column.article.pk for cell in shown]
        texts = dict(Article.objects.filter(pk__in=pks).values_list("pk", "text"))
        return [_panel(claim, cell, texts) for cell in shown]

    def _claim(self, row: Row) -> Claim:
        cells = tuple(self._cell(row, column) for column in self.columns)
        carrying = [cell for cell in cells if cell.state == REPORTED]
        sources = {self.sources[cell.column.article.pk] for cell in carrying}
        return Claim(row, cells, len(carrying), len(sources))

    def _cell(self, row: Row, column: Column) -> Cell:
        pk = column.article.pk
        said = self.people.about(row.claim, pk) if self.people else NOTHING
        state = row.state(pk)
        known = column.compared or state == REPORTED
        return Cell(column, state if known else UNREAD, row.about, said)

    @cached_property
    def sources(self) -> dict[int, int]:
        """Return the article that stands for the outlet or text behind each one."""
        documents = [
            Document(
                str(column.article.pk), "",
                outlet=column.article.outlet.name if column.article.outlet else "",
            )
            for column in self.columns
        ]  # fmt: skip
        known = {document.id for document in documents}
        pairs = [copy for copy in ledgers.copies(self.ledger) if {copy.first, copy.second} <= known]
        found = duplicates.sources(documents, pairs)
        return {int(one): int(leader) for one, leader in found.items()}


def coverage(event: Event, *, people: People | None = None) -> Coverage:
    """Return the matrix of an event, its articles by date; reads no text."""
    ledger = EventLedger.objects.filter(event=event).first()
    compared = set(ledger.articles if ledger else ())
    articles = event.articles.defer("text").select_related("outlet", "project")
    found = Coverage(event, ledger, people)
    found.columns = [
        Column(article, article.pk in compared) for article in articles.order_by("published", "pk")
    ]
    _name_dependents(found)
    for claim in found.claims:
        for cell in claim.cells:
            cell.column.reported += cell.state == REPORTED
            cell.column.answered += bool(cell.said)
            cell.column.omitted += cell.said.calls_omitted
    return found


def _name_dependents(matrix: Coverage) -> None:
    columns = {column.article.pk: column for column in matrix.columns}
    pairs = ledgers.copies(matrix.ledger)
    kinds = {frozenset((int(copy.first), int(copy.second))): copy for copy in pairs}
    for pk, leader in matrix.sources.items():
        if pk == leader:
            continue
        copy = kinds.get(frozenset((pk, leader)))
        whose = columns[leader].name
        if copy is None and columns[pk].article.outlet_id == columns[leader].article.outlet_id:
            columns[pk].dependent = f"also by {whose}"
        elif copy is None:
            columns[pk].dependent = f"not independent of {whose}"
        elif copy.kind == duplicates.Kind.IDENTICAL:
            columns[pk].dependent = f"same text as {whose}"
        else:
            share = round(100 * max(copy.resemblance, copy.containment))
            columns[pk].dependent = f"copy of {whose} ({share} %)"


def _panel(claim: Claim, cell: Cell, texts: Mapping[int, str]) -> Panel:
    pk = cell.column.article.pk
    text = texts.get(pk, "")
    anchors = tuple(_anchor(text, one) for one in cell.said.cells)
    if cell.state == REPORTED:
        places: Sequence[Place] = [p for p in claim.row.passages if p[0] == pk]
        return Panel(cell, tuple(_quoted(text, *rest) for _, *rest in places), anchors=anchors)
    near = claim.row.nearest.get(str(pk))
    if near is None:
        return Panel(cell, (), anchors=anchors)
    _, probability, *rest = near
    return Panel(cell, (_quoted(text, *rest),), probability, anchors)


def _anchor(text: str, cell: JudgedCell) -> str:
    """Say where an omission would stand: at a passage, or behind the words before a gap."""
    if cell.anchor_start is None:
        return ""
    if cell.anchor_quote:
        return f"at “{shorten(cell.anchor_quote, ANCHOR_SHOWN, placeholder=' …')}”"
    before = text[: cell.anchor_start].split()[-WORDS_BEFORE:]
    return f"after “… {' '.join(before)}”" if before else "at the beginning"


def _quoted(text: str, start: int, end: int, before: int | None) -> tuple[str, int | None]:
    return text[start:end], None if before is None else before + 1
