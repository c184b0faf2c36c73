"""One row of a matrix by article: what the machine found, what people said, what it is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.corpus.models import Article
from annotator.labeling.coverage_people import Said
from annotator.labeling.coverage_rows import ABSENT, CLAIM, REPORTED, UNCLEAR, UNREAD, WORDS, Row
from framing.omission.ranking import salience

SIGNS = {REPORTED: "full", UNCLEAR: "half", ABSENT: "none", UNREAD: "na"}

LEAST_SOURCES = 2
"""What one source alone says, in however many copies, nobody else is said to leave out."""


@dataclass(frozen=True)
class Cell:
    """One claim in one article: ``reported``, ``unclear``, ``absent``, or ``unread``.

    ``said`` is what people answered about it.
    """

    column: Column
    state: str
    about: str
    said: Said

    @property
    def is_copy(self) -> bool:
        return bool(self.column.dependent)

    @property
    def sign(self) -> str:
        """Return the style of the circle that stands for what the machine found."""
        copied = " copy" if self.state == REPORTED and self.is_copy else ""
        return SIGNS[self.state] + copied

    @property
    def word(self) -> str:
        return WORDS[self.about][self.state]

    @property
    def differs(self) -> bool:
        """Tell whether people differ, among themselves or from the machine."""
        return self.said.is_disputed or self.said.contradicts(self.state)


@dataclass
class Column:
    """One article. ``dependent`` says whose text or outlet it shares, empty when nobody's.

    ``reported`` counts the claims that it makes, ``answered`` those that somebody answered about
    it, ``omitted`` those of them that somebody called omitted.
    """

    article: Article
    compared: bool
    dependent: str = ""
    reported: int = 0
    answered: int = 0
    omitted: int = 0

    @property
    def name(self) -> str:
        return self.article.outlet.name if self.article.outlet else self.article.name


@dataclass(frozen=True)
class Claim:
    """One row: ``carried`` counts articles, ``sources`` those of them that are independent."""

    row: Row
    cells: tuple[Cell, ...]
    carried: int
    sources: int

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def is_claim(self) -> bool:
        return self.row.about == CLAIM

    @property
    def is_disputed(self) -> bool:
        return any(cell.said.is_disputed for cell in self.cells)

    @property
    def differs(self) -> bool:
        return any(cell.differs for cell in self.cells)

    @property
    def kinds(self) -> Mapping[int, frozenset[str]]:
        """Return the kinds of omission proposed or answered, by article."""
        found = {pk: {kind} for pk, kind in self.row.kinds.items()}
        for cell in self.cells:
            answered = {one.kind for one in cell.said.cells if one.kind}
            found.setdefault(cell.column.article.pk, set()).update(answered)
        return {pk: frozenset(kinds) for pk, kinds in found.items() if kinds}

    @property
    def is_corroborated(self) -> bool:
        """Tell whether enough independent sources carry it to miss it elsewhere."""
        return self.sources >= LEAST_SOURCES

    @property
    def salience(self) -> int:
        places = (place for *_, place in self.row.passages if place is not None)
        return salience(places, self.sources)

    @property
    def first(self) -> tuple[int, int]:
        """Return the first column that carries it, and after how many sentences."""
        order = {cell.column.article.pk: index for index, cell in enumerate(self.cells)}
        places = self.row.passages
        own = ((order[pk], place or 0) for pk, _, _, place in places if pk in order)
        return min(own, default=(len(order), 0))

    @property
    def is_missed(self) -> bool:
        """Tell whether not to find it in an article means something.

        A doer or speaker is proposed to be missing, or not, by a rule of its own.
        """
        return self.is_corroborated or not self.is_claim

    def lacks(self, article: int | None = None) -> bool:
        """Tell whether some article, or this one, seems to lack it."""
        return self.is_missed and any(
            cell.state == ABSENT and article in {None, cell.column.article.pk}
            for cell in self.cells
        )

    def has(self, article: int) -> bool:
        return any(c.state == REPORTED and c.column.article.pk == article for c in self.cells)
