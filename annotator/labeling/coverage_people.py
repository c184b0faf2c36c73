"""What people answered about the claims of an event, as the matrix draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotator.accounts.models import User
from annotator.corpus.models import Event
from annotator.labeling.models import Assignment, JudgedCell

Answer = JudgedCell.Answer

SCALE = (Answer.REPORTED, Answer.PARTLY, Answer.OMITTED, Answer.NOT_APPLICABLE)
CONTRADICTED = {
    "reported": {Answer.OMITTED},
    "absent": {Answer.REPORTED, Answer.PARTLY},
}
"""Answers that say the opposite of what the machine found; what is unclear to it, none does."""


@dataclass(frozen=True)
class Tally:
    """One answer and how many gave it."""

    answer: str
    name: str
    count: int


@dataclass(frozen=True)
class Said:
    """What everybody answered about one claim in one article, by the names of annotators."""

    cells: tuple[JudgedCell, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cells)

    @property
    def tally(self) -> list[Tally]:
        """Return the answers that were given, in the order of the scale."""
        given = Counter(cell.answer for cell in self.cells)
        return [Tally(one, one.label, given[one]) for one in SCALE if given[one]]

    @property
    def in_order(self) -> list[JudgedCell]:
        """Return the answers in the order of the scale, so that equal ones stand together."""
        return sorted(self.cells, key=lambda cell: SCALE.index(Answer(cell.answer)))

    @property
    def is_disputed(self) -> bool:
        return len(self.tally) > 1

    @property
    def calls_omitted(self) -> bool:
        return any(cell.answer == Answer.OMITTED for cell in self.cells)

    @property
    def alike(self) -> str:
        """Return the answer that everybody gave, empty when they differ."""
        return self.tally[0].answer if len(self.tally) == 1 else ""

    def contradicts(self, state: str) -> bool:
        """Tell whether somebody says the opposite of what the machine found."""
        return any(cell.answer in CONTRADICTED.get(state, ()) for cell in self.cells)


@dataclass(frozen=True)
class People:
    """The answers of an event by claim and article, and the articles whose answers are kept back.

    Whoever has still to submit an article is not shown what others answered about it.
    """

    said: Mapping[tuple[UUID, int], Said]
    held_back: Sequence[str]

    def about(self, claim: UUID | None, article: int) -> Said:
        return self.said.get((claim, article), NOTHING) if claim else NOTHING


NOTHING = Said()


def people(event: Event, *, reader: User) -> People:
    """Return what everybody answered, as far as this reader may see it."""
    own = Assignment.objects.of(reader).unfinished().filter(article__event=event)
    held = {sheet.article_id: sheet.article.name for sheet in own.select_related("article")}
    cells = JudgedCell.objects.filter(
        claim__event=event, assignment__article__event=event, assignment__withdrawn_at=None
    )
    cells = cells.exclude(answer="").exclude(assignment__article__in=held)
    found: dict[tuple[UUID, int], list[JudgedCell]] = {}
    for cell in sorted(cells.select_related("assignment__annotator"), key=_whose):
        found.setdefault((cell.claim_id, cell.assignment.article_id), []).append(cell)
    return People({key: Said(tuple(rows)) for key, rows in found.items()}, list(held.values()))


def _whose(cell: JudgedCell) -> tuple[str, int]:
    return cell.assignment.annotator.name, cell.assignment.annotator_id
