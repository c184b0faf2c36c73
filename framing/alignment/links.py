"""How likely two units of two articles say the same: a small logistic model over the pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.alignment.vectors import Floats, Ints, Space, candidates

FEATURES = ("cosine", "shared", "numbers", "conflict", "margin", "meaning")

# Fitted on the tuning half of the planted events by benchmarks/omission/fit.py.
WORDS_ONLY = (-2.40, (2.97, 1.96, 4.00, -0.86, 5.36, 0.0))
WITH_MEANING = (-2.79, (2.32, -0.11, 2.51, 0.08, 3.53, 7.47))


@dataclass(frozen=True)
class Links:
    """Pairs of units with the probability that they carry the same claim, likeliest first."""

    first: Ints
    second: Ints
    probability: Floats


def links(of: Space) -> Links:
    """Return every pair worth a look, ties in text order."""
    first, second = candidates(of)
    constant, weights = WORDS_ONLY if of.meanings is None else WITH_MEANING
    scores = constant + features(of, first, second) @ np.array(weights)
    probability = 1 / (1 + np.exp(-scores))
    order = np.lexsort((second, first, -probability))
    return Links(first[order], second[order], probability[order])


def features(of: Space, first: Ints, second: Ints) -> NDArray[np.float64]:
    """Return one row a pair, columns as in FEATURES.

    ``shared`` is the logarithm of one more than the number of common terms. ``margin`` says how far the pair's similarity lies above the next best match of either unit in
    the other's article; it is negative when another unit fits better.
    """
    if not len(first):
        return np.zeros((0, len(FEATURES)))
    cosine = of.cosines(first, second)
    numbers = of.cosines(first, second, kind="#")
    meaning = of.closeness(first, second)
    with_number = np.asarray(of.matrix[:, of.kinds == "#"].sum(axis=1)).ravel() > 0
    conflict = with_number[first] & with_number[second] & (numbers == 0)
    likeness = cosine + meaning
    margin = np.minimum(_margin(of, first, second, likeness), _margin(of, second, first, likeness))
    shared = np.log1p(of.shared(first, second))
    return np.column_stack([cosine, shared, numbers, conflict, margin, meaning])


def _margin(of: Space, unit: Ints, other: Ints, likeness: Floats) -> Floats:
    """Return how far each pair lies above the best other pair of ``unit`` with that article."""
    size = len(of.owners)
    # A unit of the other article is a partner of `unit`; pairs are stored once, so look both ways.
    units = np.concatenate([unit, other])
    articles = of.owners[np.concatenate([other, unit])]
    values = np.concatenate([likeness, likeness])
    order = np.lexsort((-values, articles, units))
    keys = units[order] * size + articles[order]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    sizes = np.diff(np.append(starts, len(keys)))
    ranked = values[order]
    best = np.repeat(ranked[starts], sizes)
    following = np.where(sizes > 1, ranked[np.minimum(starts + 1, len(ranked) - 1)], 0.0)
    is_best = np.zeros(len(keys), dtype=bool)
    is_best[starts] = True
    rest = np.where(is_best, np.repeat(following, sizes), best)
    margin = np.empty_like(values)
    margin[order] = ranked - rest
    return margin[: len(unit)]
