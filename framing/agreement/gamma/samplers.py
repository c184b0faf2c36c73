"""Random continua that keep what chance must keep: two ways, both one pass over all documents.

Every document draws from its own stream, named by the seed and the document, so that one
document's numbers do not depend on which others are measured with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.gamma.continua import Continua
from framing.agreement.statistics import Array

SAMPLERS = ("shift", "statistical")


def streams(documents: Sequence[str], *, seed: int) -> list[np.random.Generator]:
    """Return one random stream a document."""
    def key(document: str) -> int:
        return int.from_bytes(hashlib.sha256(document.encode()).digest()[:8], "big")

    return [np.random.Generator(np.random.PCG64([seed, key(name)])) for name in documents]


def sampled(continua: Continua, lengths: Ints, rngs: Sequence[np.random.Generator], *,
            sampler: str, samples: int) -> Continua:
    """Return ``samples`` random continua for each continuum, those of one next to each other."""
    if sampler == "shift":
        return _shifted(continua, lengths, rngs, samples)
    return _statistical(continua, rngs, samples)


def _shifted(continua: Continua, lengths: Ints, rngs: Sequence[np.random.Generator],
             samples: int) -> Continua:
    """Give each place an annotator drawn with replacement, moved round the document.

    The moves are at least the mean unit length apart (Mathet et al. 2015, section 5.2), or half
    an even spacing where the document is too short for that.
    """
    n, m = continua.n, continua.annotators
    draws = [(rng.integers(0, m, size=(samples, m)), rng.random((samples, m + 1)),
              rng.permuted(np.tile(np.arange(m), (samples, 1)), axis=1)) for rng in rngs]
    source, uniform, order = (np.stack(part) for part in zip(*draws, strict=True))
    turned = np.take_along_axis(_spaced(continua, lengths, uniform), order, axis=2)
    shift = np.floor(turned) % lengths[:, None, None]
    cells = (np.arange(n)[:, None, None] * m + source).ravel()
    unit, owner = _units_of_cells(continua, cells)
    continuum, slot = owner // m, owner % m
    length = lengths[continuum // samples].astype(float)
    start = (continua.start[unit] + shift.ravel()[owner]) % length
    return Continua(n * samples, m, continua.labels, continuum, slot, start,
                    start + (continua.end - continua.start)[unit], continua.label[unit])


def _spaced(continua: Continua, lengths: Ints, uniform: Array) -> Array:
    """Turn uniform numbers into places on a circle with a least distance, uniformly."""
    m = continua.annotators
    units = np.bincount(continua.continuum, minlength=continua.n)
    covered = np.bincount(continua.continuum, continua.end - continua.start,
                          minlength=continua.n)
    apart = np.minimum(covered / np.maximum(units, 1), lengths / (2 * m))[:, None, None]
    room = lengths[:, None, None] - m * apart
    free = np.sort(uniform[:, :, : m - 1], axis=2) * room
    steps = np.concatenate([np.zeros_like(free[:, :, :1]), free], axis=2) \
        + np.arange(m) * apart
    return np.asarray(steps + uniform[:, :, m:] * lengths[:, None, None])


def _units_of_cells(continua: Continua, cells: Ints) -> tuple[Ints, Ints]:
    """Return the units of each (continuum, annotator) cell asked for, and who asked."""
    own = continua.continuum * continua.annotators + continua.slot
    order = np.argsort(own, kind="stable")
    size = np.bincount(own, minlength=continua.n * continua.annotators)
    first = np.cumsum(size) - size
    many = size[cells]
    start = np.repeat(first[cells] - (np.cumsum(many) - many), many)
    return order[start + np.arange(len(start))], np.repeat(np.arange(len(cells)), many)


def _statistical(continua: Continua, rngs: Sequence[np.random.Generator], samples: int
                 ) -> Continua:
    """Draw counts, gaps and lengths from normal distributions, labels by their frequency.

    Means and deviations are those of the continuum; the space before an annotator's first unit is
    a gap, and everyone has at least one unit. This is the scheme of pygamma-agreement (Titeux and
    Riad 2021), to compare with its figures.
    """
    parts = [_drawn(continua, index, rng, samples) for index, rng in enumerate(rngs)]
    return Continua(continua.n * samples, continua.annotators, continua.labels,
                    *(np.concatenate(column) for column in zip(*parts, strict=True)))


def _drawn(continua: Continua, index: int, rng: np.random.Generator, samples: int
           ) -> tuple[Ints, Ints, Array, Array, Ints]:
    own = np.flatnonzero(continua.continuum == index)
    m = continua.annotators
    start, end, label = continua.start[own], continua.end[own], continua.label[own]
    sizes = np.bincount(continua.slot[own], minlength=m)
    if not len(own):
        none, no_places = np.zeros(0, dtype=np.int64), np.zeros(0)
        return none, none, no_places, no_places, none
    many = np.maximum(1, rng.normal(sizes.mean(), sizes.std(), samples * m)).astype(np.int64)
    total, cell = int(many.sum()), np.repeat(np.arange(samples * m), many)
    gaps = _gaps(start, end, continua.slot[own])
    length = np.maximum(np.abs(rng.normal((end - start).mean(), (end - start).std(), total)), 1e-6)
    step = rng.normal(gaps.mean(), gaps.std(), total) + length
    upto = np.cumsum(step)
    before = np.concatenate([[0.0], upto])[np.cumsum(many) - many]
    stop = upto - before[cell]
    values, counts = np.unique(label, return_counts=True)
    return (index * samples + cell // m, cell % m, stop - length, stop,
            rng.choice(values, size=total, p=counts / counts.sum()))


def _gaps(start: Array, end: Array, slot: Ints) -> Array:
    """Return the spaces before units, negative where an annotator's units cross."""
    order = np.lexsort((start, slot))
    before = np.concatenate([[0.0], end[order][:-1]])
    begins = np.concatenate([[True], slot[order][1:] != slot[order][:-1]])
    found = start[order] - np.where(begins, 0.0, before)
    found = found[~begins | (found > 0)]
    return np.asarray(found) if len(found) else np.zeros(1)
