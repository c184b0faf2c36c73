"""Observed and expected disorder of every document, with as many samples as are needed.

Documents with equally many readers are aligned together, observed and random continua in one
pass, a bounded number of units at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.gamma.alignment import Alignment, aligned
from framing.agreement.gamma.continua import Continua, joined
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.gamma.samplers import sampled, streams
from framing.agreement.layout import Layout
from framing.agreement.statistics import Array, Parameters

Disorder = Callable[[Continua, Alignment, Dissimilarity, int], tuple[Array, Array]]

MOST_SAMPLES = 10_000
UNITS_AT_ONCE = 400_000
# Groups a unit can be in multiply with every further annotator, and memory with them.
FEWER_WITH_EACH = 6
CONFIDENT = 1.96


@dataclass
class Tallies:
    """What each document showed: sums and weights observed, disorders of its random continua."""

    observed: Array
    weight: Array
    count: Array
    total: Array
    squares: Array
    aligned: Array
    units: Array
    samples: int = 0

    @classmethod
    def empty(cls, documents: int, keys: int) -> Tallies:
        return cls(*[*np.zeros((7, documents, keys))])

    def add(self, documents: Ints, disorder: Array) -> None:
        """Take disorders of shape (documents, samples, keys), NaN where one has none."""
        self.count[documents] += (~np.isnan(disorder)).sum(axis=1)
        self.total[documents] += np.nansum(disorder, axis=1)
        self.squares[documents] += np.nansum(disorder**2, axis=1)

    @property
    def mean(self) -> Array:
        return np.asarray(self.total / np.maximum(self.count, 1))

    @property
    def variance(self) -> Array:
        """Return the variance of the disorder of one random continuum."""
        n = self.count
        spread = np.maximum(self.squares - n * self.mean**2, 0.0)
        return np.where(n > 1, spread / np.maximum(n - 1, 1), 0.0)

    @property
    def precision(self) -> float:
        """Return the half-width of the 95 % interval of the expected sum, relative to it."""
        weight = self.weight[:, 0]
        expected = float((self.mean[:, 0] * weight).sum())
        error = (self.variance[:, 0] / np.maximum(self.count[:, 0], 1) * weight**2).sum()
        return CONFIDENT * float(np.sqrt(error)) / expected if expected > 0 else float("nan")

    def table(self) -> Array:
        """Return observed, expected, weight, variance, lost, aligned and units, a column a key.

        Where no random continuum has a disorder the document cannot count: it is ``lost``.
        """
        able = (self.count > 0).astype(float)
        lost = (1 - able) * (self.weight > 0)
        weight = self.weight * able
        error = self.variance / np.maximum(self.count, 1) * weight**2
        return np.column_stack([self.observed * able, self.mean * weight, weight, error, lost,
                                self.aligned, self.units])


def sample_disorder(layout: Layout, parameters: Parameters, keys: int,
                    disorder: Disorder) -> Tallies:
    """Align the documents and their random continua until the precision asked for is reached.

    Raises ValueError for parameters that make no gamma.
    """
    dissimilarity = Dissimilarity(*(_number(parameters, name)
                                    for name in ("alpha", "beta", "delta")))
    samples, aim = int(_number(parameters, "samples")), _number(parameters, "precision")
    if samples < 1 or not 0 <= aim < inf:
        raise ValueError("gamma needs samples >= 1 and precision >= 0, got "
                         f"{samples} and {aim}")
    tallies = Tallies.empty(len(layout.documents), keys)
    work = list(_chunks(layout, dissimilarity, disorder, str(parameters["sampler"]),
                        streams(layout.documents, seed=int(_number(parameters, "seed"))),
                        samples))
    while True:
        for chunk in work:
            chunk.run(tallies, samples)
        tallies.samples += samples
        needed = _needed(tallies, aim)
        if needed <= tallies.samples:
            return tallies
        samples = needed - tallies.samples


def _needed(tallies: Tallies, aim: float) -> int:
    """Return the samples that the precision takes (Mathet et al. 2015, section 5.3)."""
    if not aim or np.isnan(tallies.precision):
        return 0
    return min(MOST_SAMPLES, ceil(tallies.samples * (tallies.precision / aim) ** 2))


@dataclass
class _Chunk:
    """Some documents with equally many readers."""

    documents: Ints
    continua: Continua
    lengths: Ints
    rngs: list[np.random.Generator]
    dissimilarity: Dissimilarity
    disorder: Disorder
    sampler: str

    def run(self, tallies: Tallies, samples: int) -> None:
        most = max(1, _at_once(self.continua.annotators) // max(len(self.continua.start), 1))
        for start in range(0, samples, most):
            self._round(tallies, min(most, samples - start))

    def _round(self, tallies: Tallies, samples: int) -> None:
        n = len(self.documents)
        both = joined([self.continua, sampled(self.continua, self.lengths, self.rngs,
                                              sampler=self.sampler, samples=samples)])
        alignment = aligned(both, self.dissimilarity)
        found, weight = self.disorder(both, alignment, self.dissimilarity,
                                      tallies.observed.shape[1])
        tallies.aligned[self.documents], tallies.units[self.documents] = _coverage(
            self.continua, alignment.groups, tallies.observed.shape[1])
        tallies.observed[self.documents] = found[:n]
        tallies.weight[self.documents] = weight[:n]
        with np.errstate(invalid="ignore"):
            ratio = np.where(weight[n:] > 0, found[n:] / weight[n:], np.nan)
        tallies.add(self.documents, ratio.reshape(n, samples, -1))


def _coverage(continua: Continua, groups: Ints, keys: int) -> tuple[Array, Array]:
    """Count the units in groups and all units of each document, in all and by label."""
    inside = np.zeros(len(continua.start))
    own = groups[(groups >= 0) & (groups < len(inside))]
    inside[own] = 1.0
    tables = []
    for worth in (inside, np.ones(len(inside))):
        table = np.zeros((continua.n, continua.labels + 1))
        np.add.at(table, (continua.continuum, continua.label + 1), worth)
        table[:, 0] = table.sum(axis=1)
        tables.append(table[:, :keys])
    return tables[0], tables[1]


def _at_once(annotators: int) -> int:
    return max(1, UNITS_AT_ONCE // int(FEWER_WITH_EACH ** (annotators - 2)))


def documents_by_readers(layout: Layout, *, canonical: bool = True
                         ) -> Iterator[tuple[Ints, Continua]]:
    """Yield the documents with equally many readers and their units, one continuum a document.

    ``canonical`` numbers annotators by what they marked instead of by name.
    """
    slots = _canonical_slots(layout) if canonical else layout.slot
    for readers in np.unique(layout.readers):
        documents = np.flatnonzero(layout.readers == readers)
        yield documents, _continua(layout, documents, int(readers), slots)


def _chunks(layout: Layout, dissimilarity: Dissimilarity, disorder: Disorder, sampler: str,
            rngs: list[np.random.Generator], samples: int) -> Iterator[_Chunk]:
    units = np.bincount(layout.document, minlength=len(layout.documents))
    slots = _canonical_slots(layout)
    for readers in np.unique(layout.readers):
        group = np.flatnonzero(layout.readers == readers)
        part = _parts((units[group] + 1) * samples, _at_once(int(readers)))
        for number in np.unique(part):
            documents = group[part == number]
            yield _Chunk(documents, _continua(layout, documents, int(readers), slots),
                         np.maximum(np.diff(layout.offsets)[documents], 1),
                         [rngs[i] for i in documents], dissimilarity, disorder, sampler)


def _parts(units: Ints, most: int) -> Ints:
    """Number the parts in which documents are aligned, with ``most`` units or fewer a part.

    A document of more is a part by itself and drawn in rounds, so that which random numbers it
    gets does not depend on its neighbours.
    """
    half = max(most // 2, 1)
    great = units > half
    small = np.where(great, 0, units)
    part = (np.cumsum(small) - small) // half
    part[great] = part.max(initial=0) + 1 + np.arange(great.sum())
    return np.asarray(part)


def _continua(layout: Layout, documents: Ints, readers: int, slots: Ints) -> Continua:
    row = np.full(len(layout.documents), -1)
    row[documents] = np.arange(len(documents))
    kept = np.flatnonzero(row[layout.document] >= 0)
    begin = layout.offsets[layout.document[kept]]
    return Continua(len(documents), readers, len(layout.labels), row[layout.document[kept]],
                    slots[kept], (layout.start[kept] - begin).astype(float),
                    (layout.end[kept] - begin).astype(float), layout.label[kept])


def _canonical_slots(layout: Layout) -> Ints:
    """Number the annotators of a document by what they marked, so that names play no part."""
    width = layout.slots.shape[1]
    cell = layout.document * width + layout.slot
    begin = layout.offsets[layout.document]
    mixed = ((layout.start - begin) * 1_000_003 + (layout.end - begin)) * 2_654_435_761
    key = np.bincount(cell, (mixed % 4_294_967_291).astype(float),
                      minlength=len(layout.documents) * width)
    key = key.reshape(len(layout.documents), width).astype(float)
    key[layout.slots < 0] = np.inf
    rank = np.argsort(np.argsort(key, axis=1, kind="stable"), axis=1, kind="stable")
    return np.asarray(rank[layout.document, layout.slot])


def _number(parameters: Parameters, name: str) -> float:
    return float(parameters[name] or 0)
