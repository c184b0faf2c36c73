"""What a best alignment costs, continuum by continuum, and which labels it brings together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.disjoint import best_groups
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.gamma.groups import useful_groups
from framing.agreement.statistics import Array


@dataclass(frozen=True)
class Alignment:
    """Disjoint groups of units (-1 where an annotator has none) and the cost of each continuum.

    Units in no group stand alone. ``cost`` is the summed disorder of all unitary alignments.
    """

    groups: Ints
    cost: Array


def aligned(continua: Continua, dissimilarity: Dissimilarity) -> Alignment:
    """Return the alignment of least disorder of every continuum."""
    groups, gain = useful_groups(continua, dissimilarity)
    chosen = best_groups(groups, gain)
    groups, gain = groups[chosen], gain[chosen]
    units = np.bincount(continua.continuum, minlength=continua.n).astype(float)
    cost: Array = units * dissimilarity.delta
    if len(groups):
        continuum = continua.continuum[groups.max(axis=1)]
        cost = cost - np.bincount(continuum, gain, minlength=continua.n)
    return Alignment(groups, cost)


@dataclass(frozen=True)
class AlignedPairs:
    """Pairs of units in one group, with the confidence weight of gamma-cat and the cost of labels.

    The weight is max(0, 1 - d_pos) over one less than the units in the group (Mathet 2017).
    """

    left: Ints
    right: Ints
    continuum: Ints
    weight: Array
    unlike: Array


def aligned_pairs(continua: Continua, groups: Ints, dissimilarity: Dissimilarity) -> AlignedPairs:
    """Return all pairs of real units that an alignment brings together."""
    size = (groups >= 0).sum(axis=1)
    left, right, share = [], [], []
    for one, other in combinations(range(continua.annotators), 2):
        both = (groups[:, one] >= 0) & (groups[:, other] >= 0)
        left.append(groups[both, one])
        right.append(groups[both, other])
        share.append(1.0 / (size[both] - 1))
    a, b = np.concatenate(left), np.concatenate(right)
    near = np.maximum(0.0, 1.0 - dissimilarity.positional(continua, a, b))
    return AlignedPairs(a, b, continua.continuum[a], near * np.concatenate(share),
                        (continua.label[a] != continua.label[b]).astype(float))
