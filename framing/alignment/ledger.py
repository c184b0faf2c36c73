"""The ledger of an event: which claims its articles make, and which article makes which."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from framing.problems import Problem
from framing.spans import Span


class Carries(StrEnum):
    """Whether an article makes a claim, as far as words tell. A person has the last word."""

    REPORTED = "reported"
    UNCLEAR = "unclear"
    ABSENT = "absent"


@dataclass(frozen=True, order=True, slots=True)
class Passage:
    """A sentence or clause that makes a claim; ``place`` counts the sentences before it."""

    document: str
    span: Span
    quote: str
    place: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One claim in one article.

    ``nearest`` is the passage that is likeliest to make the claim and ``probability`` how likely,
    judged alone; 1 for a passage of the row, None and 0 where no word is shared with it.
    """

    document: str
    carries: Carries
    probability: float
    nearest: Passage | None


@dataclass(frozen=True)
class LedgerRow:
    """One claim. ``summary`` is the passage nearest to all others, ``score`` the mean probability
    that its passages say the same, ``cells`` hold every article of the event in its order."""

    id: str
    summary: Passage
    passages: tuple[Passage, ...]
    score: float
    reason: str
    cells: tuple[Cell, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """Return the articles that make the claim, in the event's order."""
        return tuple(c.document for c in self.cells if c.carries is Carries.REPORTED)

    def of(self, document: str) -> tuple[Passage, ...]:
        """Return the passages of one article in text order."""
        return tuple(p for p in self.passages if p.document == document)

    def cell(self, document: str) -> Cell:
        """Return the cell of one article; raises KeyError for one that is not compared."""
        for cell in self.cells:
            if cell.document == document:
                return cell
        raise KeyError(document)


@dataclass(frozen=True)
class Ledger:
    """The rows of an event, widest carried first, and what could not be compared, with why."""

    documents: tuple[str, ...]
    rows: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def passages_of(self) -> Mapping[str, Sequence[tuple[Passage, LedgerRow]]]:
        """Return the passages of each article with the rows that they stand in."""
        found: dict[str, list[tuple[Passage, LedgerRow]]] = {}
        for row in self.rows:
            for passage in row.passages:
                found.setdefault(passage.document, []).append((passage, row))
        return found


def row_id(passages: Sequence[Passage]) -> str:
    """Return 16 hexadecimal digits named after the first passage of the row.

    It stays when an article joins behind the others; `carried_over` finds rows again in any case.
    """
    first = passages[0]
    content = f"{first.document} {first.span.start} {first.span.end}"
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def carried_over(old: Mapping[str, Sequence[Passage]], new: Ledger) -> dict[str, str]:
    """Return which new row continues each old one, by the text they have in common.

    Takes the passages of each old row by its id. Each row is continued once, pairs with most
    common code points first; an old row that is missing from the result has no successor.
    """
    where: dict[str, list[tuple[Span, str]]] = {}
    for row in new.rows:
        for passage in row.passages:
            where.setdefault(passage.document, []).append((passage.span, row.id))
    common: dict[tuple[str, str], int] = {}
    for id, passages in old.items():
        for passage in passages:
            for span, successor in where.get(passage.document, ()):
                if shared := span.overlap(passage.span):
                    common[id, successor] = common.get((id, successor), 0) + shared
    found: dict[str, str] = {}
    for (id, successor), _ in sorted(common.items(), key=lambda pair: (-pair[1], pair[0])):
        if id not in found and successor not in found.values():
            found[id] = successor
    return found
