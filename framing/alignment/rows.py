"""Join linked units into claims."""

from __future__ import annotations

from collections import Counter, defaultdict

from framing.alignment.links import Links
from framing.alignment.vectors import Ints

COHERENCE = 0.45
"""Mean probability over the pairs of two claims from which they may be one."""
ALL_PAIRS = 36
"""Up to so many pairs, one that shares no word counts as 0; in larger claims it does not count."""


class Clusters:
    """Units in growing groups. Each group keeps the sum and number of its pairs to others."""

    def __init__(self, owners: Ints, found: Links) -> None:
        self._owners = owners
        self._members: dict[int, list[int]] = {}
        self._group: dict[int, int] = {}
        self._pairs: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for unit in range(len(owners)):
            self._members[unit] = [unit]
            self._group[unit] = unit
        for a, b, p in zip(found.first.tolist(), found.second.tolist(),
                           found.probability.tolist(), strict=True):
            self._pairs[a][b] = self._pairs[b][a] = (p, 1)

    def join(self, first: int, second: int) -> None:
        """Join the groups of two units when the groups agree as a whole."""
        a, b = self._group[first], self._group[second]
        if a == b or self._coherence(a, b) < COHERENCE:
            return
        if len(self._pairs[a]) < len(self._pairs[b]):
            a, b = b, a
        for unit in self._members[b]:
            self._group[unit] = a
        self._members[a] += self._members.pop(b)
        for other, (total, count) in self._pairs.pop(b).items():
            del self._pairs[other][b]
            if other != a:
                before, counted = self._pairs[a].get(other, (0.0, 0))
                merged = (before + total, counted + count)
                self._pairs[a][other] = self._pairs[other][a] = merged

    def _coherence(self, a: int, b: int) -> float:
        total, count = self._pairs[a].get(b, (0.0, 0))
        possible = len(self._members[a]) * len(self._members[b])
        if possible <= ALL_PAIRS:
            left = Counter(self._owners[self._members[a]].tolist())
            same = sum(left[owner] for owner in self._owners[self._members[b]].tolist())
            count = max(count, possible - same)
        return total / count if count else 0.0

    def groups(self) -> list[list[int]]:
        """Return the members of each group in text order, groups by their first member."""
        return sorted(sorted(members) for members in self._members.values())


def cluster(owners: Ints, found: Links) -> list[list[int]]:
    """Return the claims as lists of units; every unit is in exactly one.

    Pairs are taken likeliest first, as in agglomerative clustering by average link.
    """
    clusters = Clusters(owners, found)
    for a, b, p in zip(found.first.tolist(), found.second.tolist(),
                       found.probability.tolist(), strict=True):
        if p < found.join:
            break
        clusters.join(a, b)
    return clusters.groups()
