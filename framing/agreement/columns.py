"""The units of a study as columns of numbers, made once and shared by everything after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Row = tuple[str, str, int, int, str]


@dataclass(frozen=True)
class Columns:
    """One entry a unit: indices into the names, -1 for a document that is not known."""

    documents: tuple[str, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    document: Ints
    annotator: Ints
    label: Ints
    start: Ints
    end: Ints

    def marking(self) -> set[tuple[str, str]]:
        """Return the (document, annotator) pairs that have units."""
        width = len(self.annotators)
        pairs = np.flatnonzero(np.bincount(self.document * width + self.annotator))
        return {(self.documents[pair // width], self.annotators[pair % width])
                for pair in pairs.tolist()}


def columns_of(documents: Mapping[str, int], units: Sequence[Row]) -> Columns:
    """Number the names of documents (in their order), annotators and labels (sorted)."""
    places, people, starts, ends, labels = (list(map(itemgetter(i), units)) for i in range(5))
    known, annotators = tuple(documents), tuple(sorted(set(people)))
    kinds = tuple(sorted(set(labels)))
    return Columns(known, annotators, kinds, _numbered(known, places),
                   _numbered(annotators, people), _numbered(kinds, labels),
                   np.fromiter(starts, np.int64, len(units)),
                   np.fromiter(ends, np.int64, len(units)))


def all_fit(columns: Columns, documents: Mapping[str, int]) -> bool:
    """Say whether every unit lies inside a known document."""
    length = np.array([*documents.values(), -1], dtype=np.int64)[columns.document]
    return bool(((columns.start >= 0) & (columns.start <= columns.end)
                 & (columns.end <= length)).all())


class _Places(dict[str, int]):
    def __missing__(self, name: str) -> int:
        return -1


def _numbered(names: tuple[str, ...], values: Sequence[str]) -> Ints:
    place = _Places(zip(names, range(len(names)), strict=True))
    return np.fromiter(map(place.__getitem__, values), np.int64, len(values))
