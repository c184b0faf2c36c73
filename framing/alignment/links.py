"""How likely two units of two articles say the same: a small logistic model over the pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from framing.alignment.vectors import Floats, Ints, Space, candidates

Model = tuple[float, tuple[float, ...]]
"""Constant and weights of a logistic model."""

FEATURES = ("cosine", "shared", "numbers", "conflict", "meaning", "margin")

# Constant and weights in the order of FEATURES, fitted on the tuning half of the planted events by
# benchmarks/omission/fit.py; those with meaning on the pairs that words leave open.
WORDS_ONLY = (-2.69, (2.37, 2.68, 3.63, -0.88, 0.0, 5.46))
WITH_MEANING = (-3.13, (0.44, 0.21, 1.30, 0.45, 9.25, 3.46))
# The same without the margin: what two units are worth whatever else there is.
ALONE_WORDS_ONLY = (-3.80, (5.12, 2.02, 6.54, -1.20, 0.0))
ALONE_WITH_MEANING = (-4.28, (1.19, 0.61, 1.82, 0.39, 11.51))

# Probability from which a pair may join two claims; with an encoder chosen on the tuning half.
JOIN_WORDS_ONLY = 0.5
JOIN_WITH_MEANING = 0.35

SETTLED = 0.8
ENOUGH = 4
"""A unit with so likely a counterpart in each other article, or in so many, needs no encoder."""


@dataclass(frozen=True)
class Links:
    """Pairs of units with the probability that they carry the same claim, likeliest first.

    ``join`` is the probability from which a pair may join two claims.
    """

    first: Ints
    second: Ints
    probability: Floats
    join: float = JOIN_WORDS_ONLY


def links(of: Space) -> Links:
    """Return every pair worth a look, ties in text order."""
    first, second = candidates(of)
    both = of.encoded[first] & of.encoded[second]
    probability = _judged(features(of, first, second), both, WORDS_ONLY, WITH_MEANING)
    order = np.lexsort((second, first, -probability))
    join = JOIN_WORDS_ONLY if of.meanings is None else JOIN_WITH_MEANING
    return Links(first[order], second[order], probability[order], join)


def probability_alone(left: Space, right: Space, first: Ints, second: Ints) -> Floats:
    """Judge each pair of a unit of ``left`` and one of ``right`` by itself."""
    both = left.encoded[first] & right.encoded[second]
    return _judged(_alone(left, right, first, second), both, ALONE_WORDS_ONLY, ALONE_WITH_MEANING)


def open_units(of: Space, linked: Links) -> Ints:
    """Return the units that other articles do not seem to answer, as far as words tell.

    In an event of at most ENOUGH + 1 articles each other article has to; in a larger one ENOUGH,
    for there hardly a claim is in all of them.
    """
    articles = int(of.owners.max(initial=0)) + 1
    answered = np.zeros((len(of.owners), articles), dtype=bool)
    answered[np.arange(len(of.owners)), of.owners] = True
    sure = linked.probability >= SETTLED
    first, second = linked.first[sure], linked.second[sure]
    answered[first, of.owners[second]] = True
    answered[second, of.owners[first]] = True
    return np.flatnonzero(answered.sum(axis=1) < min(articles, ENOUGH + 1))


def features(of: Space, first: Ints, second: Ints) -> NDArray[np.float64]:
    """Return one row a pair, columns as in FEATURES.

    ``shared`` is the logarithm of one more than what the units have in common; ``conflict`` says
    that both give numbers and none is the same. ``margin`` says how far the pair's similarity
    lies above the next best match of either unit in the other's article; it is negative when
    another unit fits better.
    """
    alone = _alone(of, of, first, second)
    likeness = alone[:, 0] + alone[:, -1]
    margin = np.minimum(_margin(of, first, second, likeness), _margin(of, second, first, likeness))
    return np.column_stack([alone, margin])


def _alone(left: Space, right: Space, first: Ints, second: Ints) -> NDArray[np.float64]:
    numbers = left.cosines(first, second, right=right, kind="#")
    conflict = left.with_number[first] & right.with_number[second] & (numbers == 0)
    return np.column_stack([
        left.cosines(first, second, right=right), np.log1p(left.shared(first, second, right=right)),
        numbers, conflict, left.closeness(first, second, right=right)])


def _judged(measured: NDArray[np.float64], both: NDArray[np.bool_], words: Model,
            meaning: Model) -> Floats:
    """Judge pairs by meaning where both units were encoded, the others by their words."""
    return np.where(both, _logistic(meaning, measured), _logistic(words, measured))


def _logistic(model: Model, measured: NDArray[np.float64]) -> Floats:
    constant, weights = model
    return np.asarray(1 / (1 + np.exp(-constant - measured @ np.array(weights))))


def _margin(of: Space, unit: Ints, other: Ints, likeness: Floats) -> Floats:
    """Return how far each pair lies above the best other pair of ``unit`` with that article."""
    if not len(unit):
        return np.zeros(0)
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
