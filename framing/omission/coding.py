"""What annotators answer about ledger cells, beyond what `framing.agreement.Ledger` measures.

Hand `Ledger` one `Cell` an answer; its codes take the four answers as they are (nominal), and its
kinds and anchors count cells that two annotators call omitted. Here are the answers, and the codes
of two ordered scales.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from framing.agreement.codes import Code, Codes
from framing.agreement.ledger import Cell


class Answer(StrEnum):
    """What an annotator says about one claim in one article."""

    REPORTED = "reported"
    PARTLY = "partly"
    OMITTED = "omitted"
    NOT_APPLICABLE = "not_applicable"


_ORDER = {Answer.OMITTED: "0", Answer.PARTLY: "1", Answer.REPORTED: "2"}


def presence_codes(cells: Iterable[Cell]) -> Codes:
    """Return the answers for an ordinal measure: omitted 0, partly 1, reported 2.

    Answers that do not apply are left out. Raises DataError for a cell answered twice by one
    annotator, and ValueError for an unknown answer.
    """
    answered = [(cell, Answer(cell.answer)) for cell in cells]
    return Codes(tuple(Code(c.item, c.annotator, _ORDER[answer], c.article)
                       for c, answer in answered if answer in _ORDER))


def salience_codes(cells: Iterable[Cell], salience: Mapping[Cell, str]) -> Codes:
    """Return the salience of the cells that at least two annotators call omitted, ordinal."""
    omitted = [cell for cell in cells if cell.answer == Answer.OMITTED and salience.get(cell)]
    times = Counter(cell.item for cell in omitted)
    return Codes(tuple(Code(c.item, c.annotator, salience[c], c.article)
                       for c in omitted if times[c.item] > 1))
