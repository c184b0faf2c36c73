"""Omissions as cells of a ledger: article x claim, answered by every annotator of the article.

An absence has no extent, so agreement on omissions needs a fixed list of questions: the claims
that the articles of an event make. Without a list drawn up beforehand, the claims are what
annotators pointed to: omissions whose evidence overlaps in the same passage are one claim.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from framing.agreement.claims import claims_of
from framing.agreement.codes import Code, Codes
from framing.agreement.coefficients import Columns
from framing.agreement.statistics import (
    Array,
    Key,
    Parameters,
    Solved,
    Statistics,
    block,
    column,
    divided,
)
from framing.agreement.study import Study
from framing.annotations import Annotation, Reading, State
from framing.documents import Document
from framing.spans import Span

OMITTED = "omitted"
NOT_OMITTED = "not omitted"
ANCHOR = "anchor"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")


@dataclass(frozen=True)
class Cell:
    """One annotator's answer to one claim in one article; kind and anchor only when omitted."""

    article: str
    claim: str
    annotator: str
    answer: str
    kind: str = ""
    anchor: Span | None = None

    @property
    def item(self) -> str:
        return f"{self.article} · {self.claim}"


@dataclass(frozen=True)
class Ledger:
    """The cells of a study, and where the sentences of each article begin."""

    cells: tuple[Cell, ...]
    sentences: Mapping[str, Sequence[int]]

    @classmethod
    def from_annotations(cls, documents: Iterable[Document], annotations: Iterable[Annotation],
                         readings: Iterable[Reading], *, device: str = "omission") -> Ledger:
        """Ask each claim of an event in every article of it that does not hold its evidence."""
        kept = list(documents)
        return cls.from_parts({d.id: d.event for d in kept},
                              {d.id: sentence_starts(d.text) for d in kept},
                              annotations, readings, device=device)

    @classmethod
    def from_parts(cls, events: Mapping[str, str], sentences: Mapping[str, Sequence[int]],
                   annotations: Iterable[Annotation], readings: Iterable[Reading], *,
                   device: str = "omission") -> Ledger:
        """Do the same without the texts."""
        chosen = [a for a in annotations if a.device == device]
        read = {(r.document, r.annotator) for r in readings
                if r.device == device and r.state == State.DONE}
        read |= {(a.document, a.annotator) for a in chosen}
        cells = []
        for claim in claims_of(chosen):
            marked = {(a.document, a.annotator): a for a in claim.annotations}
            articles = {a.document for a in claim.annotations}
            asked = {events[article] for article in articles if events.get(article)}
            cells += [
                _answer(article, claim.name, annotator, marked.get((article, annotator)))
                for article, annotator in sorted(read)
                if article in articles
                or (events.get(article) in asked and article not in claim.held_by)]
        return cls(tuple(cells), sentences)

    def codes(self) -> Codes:
        """Return omitted or not, one item a cell, resampled by article; alpha and AC1 take it."""
        return Codes(tuple(Code(c.item, c.annotator, c.answer, c.article) for c in self.cells))

    def kind_codes(self) -> Codes:
        """Return the kinds on cells that at least two annotators call omitted."""
        omitted = [c for c in self.cells if c.answer == OMITTED and c.kind]
        many: dict[str, int] = {}
        for cell in omitted:
            many[cell.item] = many.get(cell.item, 0) + 1
        return Codes(tuple(Code(c.item, c.annotator, c.kind, c.article) for c in omitted
                           if many[c.item] >= 2))

    @cached_property
    def study(self) -> Study:
        """Return who answered for which article, without spans."""
        return Study({c.article: 0 for c in self.cells},
                     frozenset((c.article, c.annotator) for c in self.cells), ())

    @property
    def annotators(self) -> tuple[str, ...]:
        return self.study.annotators

    @property
    def unit_documents(self) -> list[str]:
        return [cell.article for cell in self.cells]

    def readers(self) -> dict[str, tuple[str, ...]]:
        return self.study.readers()

    def restricted(self, *, documents: Collection[str], annotators: Collection[str]) -> Ledger:
        return Ledger(tuple(c for c in self.cells
                            if c.article in documents and c.annotator in annotators),
                      self.sentences)


def sentence_starts(text: str) -> list[int]:
    """Return where sentences begin, by final punctuation and line ends."""
    return [0, *(match.end() for match in _SENTENCE_END.finditer(text) if match.end() < len(text))]


def count_anchor_distance(ledger: Ledger, _parameters: Parameters) -> Statistics:
    """Count pairs of annotators who call a cell omitted and anchor it, by article and distance.

    Columns ``apart`` by the number of sentences between the anchors.
    """
    articles = tuple(article for article, names in ledger.readers().items() if len(names) >= 2)
    sums: dict[Key, Array] = {}
    for one, other in _anchored_pairs(ledger):
        apart = abs(_sentence(ledger, one) - _sentence(ledger, other))
        key = ("apart", str(apart))
        sums.setdefault(key, np.zeros(len(articles)))[articles.index(one.article)] += 1
    empty = np.zeros((len(articles), 0))
    return Statistics(tuple(sums), np.column_stack([empty, *sums.values()]), articles)


def solve_anchor_distance(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """Mean number of sentences between the anchors of two annotators; 0 is the same sentence."""
    keys, pairs = block(columns, table, "apart")
    distance = np.array([float(key[0]) for key in keys])
    total = pairs.sum(axis=1)
    value = divided(pairs @ distance if len(keys) else total, total)
    return Solved(value, [(total == 0, "no two annotators anchored the same omission")])


def anchor_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return the number of pairs by their distance in sentences."""
    keys = sorted((key for key in columns), key=lambda key: int(key[1]))
    return {"pairs_by_distance": {key[1]: int(column(columns, table, *key)[0]) for key in keys}}


def _answer(article: str, claim: str, annotator: str, marked: Annotation | None) -> Cell:
    if marked is None:
        return Cell(article, claim, annotator, NOT_OMITTED)
    anchors = marked.spans(ANCHOR)
    return Cell(article, claim, annotator, OMITTED, marked.label,
                anchors[0] if anchors else None)


def _anchored_pairs(ledger: Ledger) -> list[tuple[Cell, Cell]]:
    by_item: dict[str, list[Cell]] = {}
    for cell in ledger.cells:
        if cell.answer == OMITTED and cell.anchor is not None:
            by_item.setdefault(cell.item, []).append(cell)
    return [pair for cells in by_item.values() for pair in combinations(cells, 2)]


def _sentence(ledger: Ledger, cell: Cell) -> int:
    place = cell.anchor.start if cell.anchor else 0
    return bisect_right(ledger.sentences.get(cell.article, [0]), place)
