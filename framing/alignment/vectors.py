"""Sparse TF-IDF vectors of units, and the pairs of units that could say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from framing.alignment.units import Unit

WINDOW = 24
"""Neighbours that a unit meets through one word; what keeps the cost near n log n."""

NEAREST = 8
"""Partners by meaning that a unit meets besides those by words, when there is an encoder."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

Encoder = Callable[[Sequence[str]], NDArray[np.floating]]
"""Turns sentences into rows whose cosine says how alike they mean."""


@dataclass(frozen=True)
class Space:
    """The units of one event as rows of unit length; ``counts`` are the rows before weighing.

    ``kinds`` holds the first character of each column's term. Rarity is counted in this event:
    ``log((n + 1) / df)``, so that the names everybody uses weigh little. ``meanings`` are an
    encoder's rows less their mean, of unit length, and zero for units that it was not shown; None
    without an encoder.
    """

    matrix: sparse.csr_array
    counts: sparse.csr_array
    vocabulary: tuple[str, ...]
    weights: Floats
    owners: Ints
    meanings: NDArray[np.float64] | None = None

    @property
    def kinds(self) -> NDArray[np.str_]:
        return np.array([term[0] for term in self.vocabulary], dtype="<U1")

    def cosines(self, first: Ints, second: Ints, *, right: Space, kind: str = "") -> Floats:
        """Return the cosine of each pair of a row here and a row of ``right``, or the part that
        one kind of term adds."""
        left = self.matrix[first]
        if kind:
            left = left @ sparse.diags_array((self.kinds == kind).astype(float))
        return np.asarray(left.multiply(right.matrix[second]).sum(axis=1)).ravel()

    def shared(self, first: Ints, second: Ints, *, right: Space) -> Floats:
        """Add up the terms that each pair has in common, before rarity is known."""
        left = self.counts[first].sqrt()
        return np.asarray(left.multiply(right.counts[second].sqrt()).sum(axis=1)).ravel()

    @property
    def with_number(self) -> NDArray[np.bool_]:
        return np.asarray(self.matrix[:, self.kinds == "#"].sum(axis=1)).ravel() > 0

    @cached_property
    def encoded(self) -> NDArray[np.bool_]:
        """Tell which units the encoder was shown."""
        if self.meanings is None:
            return np.zeros(len(self.owners), dtype=bool)
        return np.asarray(self.meanings.any(axis=1))

    def closeness(self, first: Ints, second: Ints, *, right: Space) -> Floats:
        """Return the cosine of what the encoder made of each pair, 0 without an encoder."""
        if self.meanings is None or right.meanings is None:
            return np.zeros(len(first))
        return np.asarray(np.einsum("ij,ij->i", self.meanings[first], right.meanings[second]))


def space(units: Sequence[Unit], owners: Sequence[int]) -> Space:
    """Weigh the terms of the units by rarity; ``owners`` numbers the article of each unit."""
    frequency = Counter(term for unit in units for term in unit.terms)
    vocabulary = tuple(sorted(frequency))
    column = {term: index for index, term in enumerate(vocabulary)}
    weights = np.log((len(units) + 1) / np.array([frequency[t] for t in vocabulary], dtype=float))
    indices = [column[term] for unit in units for term in unit.terms]
    values = [weight for unit in units for weight in unit.terms.values()]
    starts = np.cumsum([0, *(len(unit.terms) for unit in units)])
    counts = sparse.csr_array((np.array(values, dtype=float), indices, starts),
                              shape=(len(units), len(vocabulary)))
    matrix = counts @ sparse.diags_array(weights)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    matrix = sparse.csr_array(sparse.diags_array(1 / np.maximum(lengths, 1e-9)) @ matrix)
    return Space(matrix, counts, vocabulary, weights, np.asarray(owners, dtype=np.int64))


def with_meanings(of: Space, shown: Ints, rows: NDArray[np.floating]) -> Space:
    """Add what an encoder made of the units ``shown``, less what all of them have in common."""
    centred = np.asarray(rows, dtype=float) - rows.mean(axis=0)
    meanings = np.zeros((len(of.owners), rows.shape[1]))
    meanings[shown] = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    return replace(of, meanings=meanings)


def unexplained(of: Space, group_of: Ints) -> Space:
    """Take from each unit the terms that other articles use for the same claim, and the meaning.

    ``group_of`` numbers the claim of each unit, -1 for none. Rows keep the weights they had, so
    they are shorter than one.
    """
    members = np.flatnonzero(group_of >= 0)
    articles = int(of.owners.max(initial=0)) + 1
    claims = int(group_of.max(initial=-1)) + 1
    cell = group_of[members] * articles + of.owners[members]
    in_cell = sparse.csr_array((np.ones(len(members)), (cell, members)),
                               shape=(claims * articles, len(group_of)))
    in_claim = sparse.csr_array(
        (np.ones(claims * articles), (np.repeat(np.arange(claims), articles),
                                      np.arange(claims * articles))),
        shape=(claims, claims * articles))
    said = ((in_cell @ of.counts) > 0).astype(float)
    elsewhere = (in_claim @ said)[group_of[members]] - said[cell]
    place = sparse.csr_array((np.ones(len(members)), (members, np.arange(len(members)))),
                             shape=(len(group_of), len(members)))
    explained = place @ (elsewhere > 0).astype(float)
    return replace(of, matrix=of.matrix - of.matrix.multiply(explained),
                   counts=of.counts - of.counts.multiply(explained),
                   meanings=_unexplained(of, group_of))


def _unexplained(of: Space, group_of: Ints) -> NDArray[np.float64] | None:
    """Take from each meaning what points where the claim points in other articles."""
    if of.meanings is None:
        return None
    left = of.meanings.copy()
    for unit in np.flatnonzero((group_of >= 0) & of.encoded):
        elsewhere = (group_of == group_of[unit]) & (of.owners != of.owners[unit])
        claim = of.meanings[elsewhere].sum(axis=0)
        length = np.linalg.norm(claim)
        if length > 0:
            claim = claim / length
            left[unit] -= max(0.0, float(left[unit] @ claim)) * claim
    return left


def candidates(of: Space) -> tuple[Ints, Ints]:
    """Return each pair of units of two articles that share a term, first index below second.

    A term of at most 2 * WINDOW units pairs them all. In a longer list, kept in the order of
    articles, each unit meets the WINDOW units behind it, round the end: enough to chain what
    belongs together, at a cost linear in the number of units.
    """
    postings = sparse.csc_array(of.matrix)
    found = [_pairs(postings.indices[a:b].astype(np.int64))
             for a, b in zip(postings.indptr[:-1], postings.indptr[1:], strict=True) if b - a > 1]
    if of.meanings is not None:
        shown = np.flatnonzero(of.encoded)
        found.append(shown[_nearest(of.meanings[shown], of.owners[shown])])
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    size = len(of.owners)
    keys = np.unique(np.concatenate(found, axis=1).T @ np.array([size, 1]))
    first, second = keys // size, keys % size
    apart = of.owners[first] != of.owners[second]
    return first[apart], second[apart]


def _pairs(members: Ints) -> Ints:
    members = np.sort(members)
    count = len(members)
    if count <= 2 * WINDOW:
        first, second = np.triu_indices(count, k=1)
        return np.stack([members[first], members[second]])
    start = np.repeat(np.arange(count), WINDOW)
    stop = (start + np.tile(np.arange(1, WINDOW + 1), count)) % count
    pair = np.stack([members[start], members[stop]])
    return np.sort(pair, axis=0)


def _nearest(meanings: NDArray[np.float64], owners: Ints) -> Ints:
    """Pair each unit with the NEAREST units of other articles; one dense product, so n squared."""
    closeness = meanings @ meanings.T
    closeness[owners[:, None] == owners[None, :]] = -2.0
    count = min(NEAREST, len(owners) - 1)
    if count < 1:
        return np.zeros((2, 0), dtype=np.int64)
    partner = np.argpartition(-closeness, count - 1, axis=1)[:, :count]
    unit = np.repeat(np.arange(len(owners)), count)
    return np.sort(np.stack([unit, partner.ravel()]), axis=0)
