"""All groups of units that a best alignment could hold, for three annotators and more.

With C = m(m-1)/2 pairs of annotators, a group G saves (|G|-1)Δ + Σ(Δ - d)/C against its units
standing alone (Mathet et al. 2015, eq. 5 and 6, rewritten). Split in A and B, it saves Δ +
Σ_{A x B}(Δ - d)/C more than its halves; when that is not positive for some split, the halves do
as well, and the group can be left out without changing the best disorder.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from framing.agreement.columns import Ints
from framing.agreement.gamma.candidates import near_pairs
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.statistics import Array


def useful_groups(continua: Continua, dissimilarity: Dissimilarity) -> tuple[Ints, Array]:
    """Return groups as rows of units, one column an annotator, and the gain of each."""
    if continua.annotators == 2:
        left, right, d = near_pairs(continua, dissimilarity, 0, 1, 2.0)
        gain = 2 * dissimilarity.delta - d
        return np.stack([left, right], axis=1)[gain > 0], gain[gain > 0]
    return _Growth(continua, dissimilarity).grown()


class _Growth:
    """Grow groups annotator by annotator, dropping what no completion can save.

    A group is a row of units; beside it stand its distances, one column a pair of annotators, 0
    where either is absent.
    """

    def __init__(self, continua: Continua, dissimilarity: Dissimilarity) -> None:
        self.m, self.n = continua.annotators, len(continua.start)
        self.delta = dissimilarity.delta
        self.pairs = list(combinations(range(self.m), 2))
        self.alone = [np.flatnonzero(continua.slot == slot) for slot in range(self.m)]
        limit = float(len(self.pairs) + self.m - 1)
        self.near = {pair: _Near(*near_pairs(continua, dissimilarity, *pair, limit), n=self.n)
                     for pair in self.pairs}
        sides = np.array([[code >> slot & 1 for slot in range(self.m)]
                          for code in range(1, 2 ** (self.m - 1))], dtype=bool)
        self.sides = sides
        self.crossing = np.array([[side[a] != side[b] for side in sides] for a, b in self.pairs],
                                 dtype=float)

    def grown(self) -> tuple[Ints, Array]:
        """Return the groups of two and more that beat every split of themselves."""
        groups = np.zeros((0, self.m), dtype=np.int64)
        distances = np.zeros((0, len(self.pairs)))
        for slot in range(self.m):
            more, more_distances = self._with(slot, groups, distances)
            start = np.full((len(self.alone[slot]), self.m), -1)
            start[:, slot] = self.alone[slot]
            groups = np.concatenate([groups, more, start])
            distances = np.concatenate([distances, more_distances,
                                        np.zeros((len(start), len(self.pairs)))])
            kept = self._hopeful(groups, distances, left=self.m - 1 - slot)
            groups, distances = groups[kept], distances[kept]
        size = (groups >= 0).sum(axis=1)
        gain = (size - 1) * self.delta \
            + (size * (size - 1) / 2 * self.delta - distances.sum(axis=1)) / len(self.pairs)
        useful = (size >= 2) & (gain > 0)
        return groups[useful], gain[useful]

    def _with(self, slot: int, groups: Ints, distances: Array) -> tuple[Ints, Array]:
        """Extend each group by each unit of one annotator that is near all of its units."""
        row, unit = self._joinable(slot, groups)
        added = np.zeros((len(row), len(self.pairs)))
        for other in range(slot):
            partner = groups[row, other]
            d = self.near[other, slot].distance(partner, unit)
            added[:, self.pairs.index((other, slot))] = np.where(partner >= 0, d, 0.0)
            close = np.isfinite(d) | (partner < 0)
            row, unit, added = row[close], unit[close], added[close]
        extended = groups[row]
        extended[:, slot] = unit
        return extended, distances[row] + added

    def _joinable(self, slot: int, groups: Ints) -> tuple[Ints, Ints]:
        """Return candidates through the last unit of each group."""
        rows, units = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        last = np.full(len(groups), -1)
        for other in range(slot):
            last[groups[:, other] >= 0] = other
        for other in range(slot):
            chosen = np.flatnonzero(last == other)
            row, unit = self.near[other, slot].partners(groups[chosen, other])
            rows.append(chosen[row])
            units.append(unit)
        return np.concatenate(rows), np.concatenate(units)

    def _hopeful(self, groups: Ints, distances: Array, *, left: int) -> NDArray[np.bool_]:
        """Keep groups that beat all splits if the annotators left bring units that cost nothing."""
        present = groups >= 0
        pattern = present @ (1 << np.arange(self.m))
        patterns = np.arange(1 << self.m)[:, None] >> np.arange(self.m) & 1
        one = patterns @ self.sides.T
        other = patterns @ ~self.sides.T
        room = len(self.pairs) + one * other + np.minimum(one, other) * left
        room = np.where((one == 0) | (other == 0), np.inf, room * self.delta)
        return np.asarray((distances @ self.crossing < room[pattern]).all(axis=1))


class _Near:
    """The near pairs of two annotators, to look up by the first unit or by both."""

    def __init__(self, left: Ints, right: Ints, distance: Array, *, n: int) -> None:
        order = np.lexsort((right, left))
        self.n = n
        self.right = right[order]
        self.key = left[order] * n + self.right
        self.d = np.append(distance[order], np.inf)
        self.begin = np.searchsorted(left[order], np.arange(n + 1))

    def distance(self, left: Ints, right: Ints) -> Array:
        """Return d, infinite for pairs that are not near."""
        key = left * self.n + right
        place = np.searchsorted(self.key, key)
        found = np.append(self.key, -1)[place] == key
        return np.asarray(self.d[np.where(found, place, len(self.d) - 1)])

    def partners(self, left: Ints) -> tuple[Ints, Ints]:
        """Return, for the i-th unit given, i and each unit near it."""
        many = self.begin[left + 1] - self.begin[left]
        first = np.repeat(self.begin[left] - (np.cumsum(many) - many), many)
        return (np.repeat(np.arange(len(left)), many),
                self.right[first + np.arange(len(first))])
