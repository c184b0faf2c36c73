"""Decide what becomes of the rows of an import, and store that with the articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from annotator.corpus.models import Article, Event, ImportBatch, ImportRow, Outlet
from framing.documents import Document
from framing.formats.base import Row

TRIES = 3
Outcome = ImportRow.Outcome
Numbered = tuple[int, Row]

_LIMITS = (
    ("id", "external_id"),
    ("title", "title"),
    ("published", "published"),
    ("url", "url"),
    ("language", "language"),
)
_TOLD_APART = "Give this article another id, or leave the old text out of your file."
_NOT_HERE = "Annotations in a file are not imported with the articles."


def record(batch: ImportBatch, rows: Sequence[Numbered]) -> None:
    """Store the rows and their articles in one transaction, once each.

    A second run of the same batch, or of another one with the same article, may come first;
    the constraints notice, and the rows are then decided again against what is there.
    """
    for last in (False,) * (TRIES - 1) + (True,):
        try:
            with transaction.atomic():
                _record(batch, rows)
        except IntegrityError:
            if last:
                raise
        else:
            return


def _record(batch: ImportBatch, rows: Sequence[Numbered]) -> None:
    numbers = [number for number, _ in rows]
    recorded = set(
        batch.rows.filter(number__gte=numbers[0], number__lte=numbers[-1]).values_list(
            "number", flat=True
        )
    )
    left = [(number, row) for number, row in rows if number not in recorded]
    desk = _Desk.over(batch, left)
    made = [desk.decide(number, row) for number, row in left]
    Article.objects.bulk_create(desk.added)  # first: the rows point to them
    ImportRow.objects.bulk_create(made)


@dataclass
class _Desk:
    """What is known while the rows of one transaction are decided."""

    batch: ImportBatch
    by_text: dict[str, Article]
    by_id: dict[str, Article]
    events: dict[str, Event] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    added: list[Article] = field(default_factory=list)

    @classmethod
    def over(cls, batch: ImportBatch, rows: Sequence[Numbered]) -> _Desk:
        documents = [row.item for _, row in rows if isinstance(row.item, Document)]
        known = Article.objects.filter(project=batch.project_id).defer("text")
        texts = known.select_related("event").filter(
            sha256__in=[document.sha256 for document in documents]
        )
        ids = known.filter(external_id__in=[document.id for document in documents])
        return cls(
            batch,
            {article.sha256: article for article in texts},
            {article.external_id: article for article in ids},
        )

    def decide(self, number: int, row: Row) -> ImportRow:
        entry = ImportRow(batch=self.batch, number=number, place=place_of(row))
        if row.problem:
            entry.outcome = Outcome.REFUSED
            entry.reason = f"{row.problem.message} {row.problem.remedy}".strip()
        elif not isinstance(row.item, Document):
            entry.outcome = Outcome.SKIPPED
            entry.reason = "; ".join(row.notes) or _NOT_HERE
        else:
            self._decide_document(entry, row.item, row.notes)
        return entry

    def _decide_document(
        self, entry: ImportRow, document: Document, notes: Sequence[str]
    ) -> None:
        entry.reason = "; ".join(notes)
        if known := self.by_text.get(document.sha256):
            entry.outcome, entry.article = Outcome.KNOWN, known
            told = _same(known, document.id, event=document.event or self.batch.event_name)
            entry.reason = entry.reason or told
        elif refused := self._refused(document):
            entry.outcome, entry.reason = Outcome.REFUSED, refused
        else:
            entry.outcome, entry.article = Outcome.ADDED, self._added(document)

    def _refused(self, document: Document) -> str:
        if holder := self.by_id.get(document.id):
            taken = f"The id {document.id!r} already belongs to another text, “{holder}”."
            return f"{taken} {_TOLD_APART}"
        for name, column in _LIMITS:
            if reason := _too_long(name, getattr(document, name), _room(Article, column)):
                return reason
        return _too_long("outlet", document.outlet, _room(Outlet, "name")) or _too_long(
            "event", document.event, _room(Event, "name")
        )

    def _added(self, document: Document) -> Article:
        article = Article(
            project=self.batch.project,
            batch=self.batch,
            event=self._event(document.event or self.batch.event_name),
            outlet=self._outlet(document.outlet),
            external_id=document.id,
            title=document.title,
            text=document.text,
            sha256=document.sha256,
            length=len(document.text),
            words=len(document.text.split()),
            published=document.published,
            url=document.url,
            language=document.language or self.batch.project.language,
        )
        self.added.append(article)
        self.by_text[article.sha256] = self.by_id[article.external_id] = article
        return article

    def _event(self, name: str) -> Event | None:
        if name and name not in self.events:
            self.events[name], _ = Event.objects.get_or_create(
                project=self.batch.project, name=name
            )
        return self.events.get(name)

    def _outlet(self, name: str) -> Outlet | None:
        if name and name not in self.outlets:
            self.outlets[name], _ = Outlet.objects.get_or_create(
                project=self.batch.project, name=name
            )
        return self.outlets.get(name)


def _same(known: Article, id: str, *, event: str) -> str:
    """Say where the same text is already, where the row would have it elsewhere."""
    told = "" if known.external_id == id else f"The same text is here as “{known}”."
    if event and (known.event is None or known.event.name != event):
        here = f"in the event “{known.event}”" if known.event else "in no event"
        told += f" It stays {here}: move it by hand if it belongs to “{event}”."
    return told.strip()


def place_of(row: Row) -> str:
    """Return the row's place as people count: the file, and the row where a file has several."""
    limit = _room(ImportRow, "place")
    if row.problem and row.problem.place:
        place = row.problem.place
    elif row.number == 0 or row.place.lower().endswith(".txt"):
        place = row.place
    else:
        place = f"{row.place}, row {row.number}"
    return place if len(place) <= limit else f"…{place[-limit + 1 :]}"


def _too_long(name: str, value: str, limit: int) -> str:
    if len(value) <= limit:
        return ""
    return f"The {name} has {len(value):,} characters; {limit} fit. Shorten it."


def _room(model: type[Article | Outlet | Event | ImportRow], column: str) -> int:
    return int(getattr(model._meta.get_field(column), "max_length", 0))
