"""Who carries what: the ledger of an event as a table of claims and articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from annotator.corpus.models import Article, Event
from annotator.labeling import event_runs, ledgers
from annotator.labeling.models import EventLedger, Suggestion, SuggestionRun
from framing import duplicates
from framing.documents import Document
from framing.omission.ranking import salience

REPORTED, ABSENT, UNREAD = "reported", "absent", "unread"

CHECKED, ROW = "absence_check", "ledger row "
"""Where a suggestion names the row of the ledger that it comes from."""

LEAST_SOURCES = 2
"""What one source alone says, in however many copies, nobody else is said to leave out."""


@dataclass(frozen=True)
class Cell:
    """One claim in one article: ``reported``, ``unclear``, ``absent``, or ``unread``."""

    column: Column
    state: str

    @property
    def is_copy(self) -> bool:
        return bool(self.column.dependent)


@dataclass
class Column:
    """One article. ``dependent`` says whose text or outlet it shares, empty when nobody's."""

    article: Article
    compared: bool
    dependent: str = ""
    reported: int = 0

    @property
    def name(self) -> str:
        return self.article.outlet.name if self.article.outlet else self.article.name


@dataclass(frozen=True)
class Claim:
    """One row: ``carried`` counts articles, ``sources`` those of them that are independent.

    ``kinds`` names, for each article that a detector proposes to lack it, the kind of omission.
    """

    row: Mapping[str, Any]
    cells: tuple[Cell, ...]
    carried: int
    sources: int
    kinds: Mapping[int, str]

    @property
    def id(self) -> str:
        return str(self.row["id"])

    @property
    def text(self) -> str:
        return str(self.row["summary"])

    @property
    def is_corroborated(self) -> bool:
        """Tell whether enough independent sources carry it to miss it elsewhere."""
        return self.sources >= LEAST_SOURCES

    @property
    def salience(self) -> int:
        return salience((place for *_, place in self.row["passages"]), self.sources)

    @property
    def first(self) -> tuple[int, int]:
        """Return the first column that carries it, and after how many sentences."""
        order = {cell.column.article.pk: index for index, cell in enumerate(self.cells)}
        own = ((order[pk], place) for pk, _, _, place in self.row["passages"] if pk in order)
        return min(own, default=(len(order), 0))

    def lacks(self, article: int | None = None) -> bool:
        """Tell whether some article, or this one, seems to lack a claim that is corroborated."""
        return self.is_corroborated and any(
            cell.state == ABSENT and article in {None, cell.column.article.pk}
            for cell in self.cells
        )


@dataclass(frozen=True)
class Panel:
    """What one article says to a claim, or the passage that comes nearest."""

    cell: Cell
    passages: tuple[tuple[str, int], ...]
    probability: float | None = None


@dataclass
class Coverage:
    """The matrix of one event; ``claims`` are those that most articles carry first."""

    event: Event
    ledger: EventLedger | None
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
    def claims(self) -> list[Claim]:
        rows = self.ledger.rows if self.ledger else []
        found = [self._claim(row) for row in rows]
        return sorted(
            (claim for claim in found if claim.carried),
            key=lambda claim: (-claim.sources, -claim.carried, -claim.row["score"], claim.id),
        )

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
        """Return what each compared article says to the claim; reads their texts."""
        pks = [column.article.pk for column in self.columns if column.compared]
        texts = dict(Article.objects.filter(pk__in=pks).values_list("pk", "text"))
        return [_panel(claim, cell, texts) for cell in claim.cells if cell.column.compared]

    def _claim(self, row: Mapping[str, Any]) -> Claim:
        own = {place[0] for place in row["passages"]}
        cells = tuple(_cell(row, own, column) for column in self.columns)
        carrying = [cell for cell in cells if cell.state == REPORTED]
        sources = {self.sources[cell.column.article.pk] for cell in carrying}
        return Claim(row, cells, len(carrying), len(sources), self._kinds.get(row["id"], {}))

    @cached_property
    def _kinds(self) -> dict[str, dict[int, str]]:
        """Return the labels of what is proposed now, by row of the ledger and article."""
        if self.ledger is None:
            return {}
        proposed = Suggestion.objects.filter(
            article__event=self.event, run__members=self.ledger.filled, run__replaced=False,
            attributes__has_key=CHECKED,
        )  # fmt: skip
        found: dict[str, dict[int, str]] = {}
        for article, label, attributes in proposed.order_by("run").values_list(
            "article", "label", "attributes"
        ):
            found.setdefault(attributes[CHECKED].removeprefix(ROW), {})[article] = label
        return found

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


def coverage(event: Event) -> Coverage:
    """Return the matrix of an event, its articles by date; reads no text."""
    ledger = EventLedger.objects.filter(event=event).first()
    compared = set(ledger.articles if ledger else ())
    articles = event.articles.defer("text").select_related("outlet", "project")
    found = Coverage(event, ledger)
    found.columns = [
        Column(article, article.pk in compared) for article in articles.order_by("published", "pk")
    ]
    _name_dependents(found)
    for claim in found.claims:
        for cell in claim.cells:
            cell.column.reported += cell.state == REPORTED
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


def _cell(row: Mapping[str, Any], own: set[int], column: Column) -> Cell:
    pk = column.article.pk
    if pk in own:
        return Cell(column, REPORTED)
    if not column.compared:
        return Cell(column, UNREAD)
    near = row["nearest"].get(str(pk))
    return Cell(column, near[0] if near else ABSENT)


def _panel(claim: Claim, cell: Cell, texts: Mapping[int, str]) -> Panel:
    pk = cell.column.article.pk
    text = texts.get(pk, "")
    if cell.state == REPORTED:
        places: Sequence[Sequence[int]] = [p for p in claim.row["passages"] if p[0] == pk]
        return Panel(cell, tuple((text[start:end], place + 1) for _, start, end, place in places))
    near = claim.row["nearest"].get(str(pk))
    if near is None:
        return Panel(cell, ())
    _, probability, start, end, place = near
    return Panel(cell, ((text[start:end], place + 1),), probability)
