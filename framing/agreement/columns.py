"""The units of a study as columns of numbers, made once and shared by everything after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
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
        pairs = np.unique(self.document * max(len(self.annotators), 1) + self.annotator)
        return {(self.documents[pair // len(self.annotators)],
                 self.annotators[pair % len(self.annotators)]) for pair in pairs.tolist()}


def columns_of(documents: Mapping[str, int], units: Sequence[Row]) -> Columns:
    """Number the names of documents (in their order), annotators and labels (sorted)."""
    people: list[str] = list(map(itemgetter(1), units))
    labels: list[str] = list(map(itemgetter(4), units))
    known, annotators = tuple(documents), tuple(sorted(set(people)))
    kinds = tuple(sorted(set(labels)))
    return Columns(known, annotators, kinds, _numbered(known, map(itemgetter(0), units)),
                   _numbered(annotators, people), _numbered(kinds, labels),
                   np.array(list(map(itemgetter(2), units)), dtype=np.int64),
                   np.array(list(map(itemgetter(3), units)), dtype=np.int64))


def all_fit(columns: Columns, documents: Mapping[str, int]) -> bool:
    """Say whether every unit lies inside a known document."""
    length = np.array([*documents.values(), -1], dtype=np.int64)[columns.document]
    return bool(((columns.start >= 0) & (columns.start <= columns.end)
                 & (columns.end <= length)).all())


def _numbered(names: tuple[str, ...], values: Iterable[str]) -> Ints:
    place = {name: index for index, name in enumerate(names)}
    return np.array(list(map(place.get, values, repeat(-1))), dtype=np.int64)
