"""Turn what annotators decided about ledger cells into codes for `framing.agreement`.

Alpha is computed on cells; kind, salience and anchor only where at least two annotators call the
cell omitted (codebook, "Making it measurable").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from statistics import fmean

from framing.agreement.codes import Code, Codes


class Answer(StrEnum):
    """What an annotator says about one claim in one article."""

    REPORTED = "reported"
    PARTLY = "partly"
    OMITTED = "omitted"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class CellCode:
    """One annotator's answer on one cell.

    ``anchor`` is the sentence after which, or in which, the fact is missing, counted from 0 in the
    article; None for the whole document. ``kind``, ``salience`` and ``anchor`` count only when the
    answer is omitted.
    """

    event: str
    row: str
    document: str
    annotator: str
    answer: Answer
    kind: str = ""
    salience: str = ""
    anchor: int | None = None

    @property
    def item(self) -> str:
        return f"{self.event}/{self.row}/{self.document}"


def answer_codes(cells: Iterable[CellCode]) -> Codes:
    """Return the answers, nominal: the primary measure of omission. Raises DataError for a cell
    that one annotator answers twice."""
    return Codes(tuple(Code(c.item, c.annotator, c.answer) for c in cells))


def presence_codes(cells: Iterable[CellCode]) -> Codes:
    """Return the answers in order, for an ordinal measure: omitted 0, partly 1, reported 2.

    Cells answered with not applicable are left out.
    """
    order = {Answer.OMITTED: "0", Answer.PARTLY: "1", Answer.REPORTED: "2"}
    return Codes(tuple(Code(c.item, c.annotator, order[c.answer]) for c in cells
                       if c.answer in order))


def kind_codes(cells: Iterable[CellCode]) -> Codes:
    """Return the kinds of the cells that at least two annotators call omitted, nominal."""
    return Codes(tuple(Code(c.item, c.annotator, c.kind) for c in both_omitted(cells) if c.kind))


def salience_codes(cells: Iterable[CellCode]) -> Codes:
    """Return the salience of the cells that at least two annotators call omitted, ordinal."""
    return Codes(tuple(Code(c.item, c.annotator, c.salience) for c in both_omitted(cells)
                       if c.salience))


def both_omitted(cells: Iterable[CellCode]) -> list[CellCode]:
    """Return the answers "omitted" on cells that have at least two of them."""
    omitted = [c for c in cells if c.answer is Answer.OMITTED]
    times = Counter(c.item for c in omitted)
    return [c for c in omitted if times[c.item] > 1]


def by_event(cells: Iterable[CellCode]) -> dict[str, list[CellCode]]:
    """Return the answers of each event, in the order in which events first occur."""
    found: dict[str, list[CellCode]] = {}
    for cell in cells:
        found.setdefault(cell.event, []).append(cell)
    return found


@dataclass(frozen=True, slots=True)
class AnchorAgreement:
    """How far apart anchors lie, in sentences; means are None when there is no pair.

    ``pairs`` counts the pairs of annotators that both give an anchor; ``whole_and_place`` those of
    which one says the whole document.
    """

    pairs: int
    whole_and_place: int
    mean_distance: float | None
    within_one: float | None


def anchor_agreement(cells: Sequence[CellCode]) -> AnchorAgreement:
    """Compare the anchors on each cell that two annotators call omitted, pair by pair."""
    distances: list[int] = []
    mixed = 0
    grouped: dict[str, list[int | None]] = {}
    for cell in both_omitted(cells):
        grouped.setdefault(cell.item, []).append(cell.anchor)
    for anchors in grouped.values():
        for a, b in combinations(anchors, 2):
            if a is not None and b is not None:
                distances.append(abs(a - b))
            else:
                mixed += (a is None) != (b is None)
    return AnchorAgreement(len(distances), mixed, fmean(distances) if distances else None,
                           fmean(d <= 1 for d in distances) if distances else None)
