"""What each document adds to a measure: stored, summed, re-weighted, never recomputed.

Every measure here is a function of sums over documents. A document's row of sums can be stored
when the document is saved; the corpus value, any subgroup and every bootstrap resample are then
sums of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from framing.agreement.report import Scalar

Array = NDArray[np.float64]
Key = tuple[str, ...]
Parameters = Mapping[str, Scalar]


@dataclass(frozen=True)
class Solved:
    """A measure computed from rows of sums. All arrays have the shape of ``value``.

    ``value`` is NaN where undefined; ``because`` holds (mask, sentence) in the order of asking.
    """

    value: Array
    because: Sequence[tuple[NDArray[np.bool_], str]] = ()
    observed: Array | None = None
    expected: Array | None = None
    precision: Array | None = None
    recall: Array | None = None
    coverage: Array | None = None

    def reason(self, row: int) -> str:
        """Return why ``value[row]`` is undefined, an empty sentence when it is defined."""
        if not np.isnan(self.value[row]):
            return ""
        sentences = (sentence for mask, sentence in self.because if mask[row])
        return next(sentences, "the denominator of this measure is zero for these data")


Solve = Callable[[tuple[Key, ...], Array, Parameters], Solved]


@dataclass(frozen=True)
class Statistics:
    """Additive sufficient statistics, one row a document, one named column a sum.

    ``copies`` says how many documents share a row (items of one pattern of codes do); it is
    None when each row is one document of ``documents``.
    """

    columns: tuple[Key, ...]
    table: Array
    documents: tuple[str, ...] = ()
    copies: NDArray[np.int64] | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def n_documents(self) -> int:
        return len(self.table) if self.copies is None else int(self.copies.sum())

    def total(self) -> Array:
        """Return the sums over all documents, of shape (1, columns)."""
        weights = np.ones(len(self.table)) if self.copies is None else self.copies.astype(float)
        return (weights @ self.table)[None, :]

    @classmethod
    def joined(cls, parts: Sequence[Statistics]) -> Statistics:
        """Put the rows of different documents together, sorted by document."""
        columns = tuple(dict.fromkeys(key for part in parts for key in part.columns))
        table = np.concatenate([_spread(part.columns, part.table, columns) for part in parts])
        documents = [name for part in parts for name in part.documents]
        order = sorted(range(len(documents)), key=documents.__getitem__)
        return cls(columns, table[order], tuple(documents[row] for row in order),
                   details=parts[0].details,
                   notes=tuple(dict.fromkeys(note for part in parts for note in part.notes)))

    def in_order(self) -> Statistics:
        """Sort the columns: which document named one first then changes no sum."""
        order = sorted(range(len(self.columns)), key=self.columns.__getitem__)
        return replace(self, columns=tuple(self.columns[index] for index in order),
                       table=np.ascontiguousarray(self.table[:, order]))

    def updated(self, changed: Statistics) -> Statistics:
        """Replace the rows of the documents in ``changed``, add those that are new.

        Columns are matched by name; a column that one side lacks is zero there.
        """
        kept = [i for i, name in enumerate(self.documents) if name not in changed.documents]
        columns = tuple(dict.fromkeys((*self.columns, *changed.columns)))
        table = np.concatenate([_spread(self.columns, self.table[kept], columns),
                                _spread(changed.columns, changed.table, columns)])
        return Statistics(columns, table,
                          tuple(self.documents[i] for i in kept) + changed.documents)

    def without(self, documents: Iterable[str]) -> Statistics:
        """Leave out documents, for instance withdrawn ones."""
        gone = set(documents)
        kept = [i for i, name in enumerate(self.documents) if name not in gone]
        return Statistics(self.columns, self.table[kept], tuple(self.documents[i] for i in kept))

    def rows(self) -> dict[str, dict[str, float]]:
        """Return each document's sums under readable names, fit for a JSON field.

        Zeros are kept: that two annotators found nothing is something they did.
        """
        names = ["\t".join(key) for key in self.columns]
        return {document: dict(zip(names, row, strict=True))
                for document, row in zip(self.documents, self.table.tolist(), strict=True)}

    @classmethod
    def from_rows(cls, rows: Mapping[str, Mapping[str, float]]) -> Statistics:
        """Rebuild what ``rows`` stored."""
        names = sorted({name for row in rows.values() for name in row})
        place = {name: index for index, name in enumerate(names)}
        table = np.zeros((len(rows), len(names)))
        for index, row in enumerate(rows.values()):
            for name, value in row.items():
                table[index, place[name]] = value
        return cls(tuple(tuple(name.split("\t")) for name in names), table, tuple(rows))


def column(columns: tuple[Key, ...], table: Array, *key: str) -> Array:
    """Return one named sum for every row, zeros when nothing was ever added to it."""
    if key in columns:
        return table[:, columns.index(key)]
    return np.zeros(len(table))


def block(columns: tuple[Key, ...], table: Array, *start: str) -> tuple[list[Key], Array]:
    """Return the columns whose key starts with ``start``: the rests of the keys and the sums."""
    width = len(start)
    chosen = [index for index, key in enumerate(columns) if key[:width] == start]
    return [columns[index][width:] for index in chosen], table[:, chosen]


def divided(numerator: Array, denominator: Array) -> Array:
    """Divide, with NaN where the denominator is zero."""
    safe = np.where(denominator == 0, 1.0, denominator)
    return np.where(denominator == 0, np.nan, numerator / safe)


def _spread(columns: tuple[Key, ...], table: Array, wanted: tuple[Key, ...]) -> Array:
    place = {key: index for index, key in enumerate(wanted)}
    result = np.zeros((len(table), len(wanted)))
    result[:, [place[key] for key in columns]] = table
    return result
