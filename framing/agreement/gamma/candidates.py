"""Which pairs of units can stand together in a best alignment, found by binary search.

|Δstart| + |Δend| is the larger of twice the distance of the centres and the difference of the
lengths, so a bound on it is a window around a unit's centre. Units are searched in classes of
similar length, which keeps the windows tight however much lengths differ.
"""

from __future__ import annotations

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.statistics import Array

CLASS_RATIO = 4.0


def near_pairs(continua: Continua, dissimilarity: Dissimilarity, one: int, other: int,
               limit: float) -> tuple[Ints, Ints, Array]:
    """Return the pairs of two annotators' units with d <= limit·Δ, and their d."""
    left = np.flatnonzero(continua.slot == one)
    right = np.flatnonzero(continua.slot == other)
    if not len(left) or not len(right):
        return left[:0], right[:0], np.zeros(0)
    reach = dissimilarity.reach(limit)
    centre = _lanes(continua, reach)
    length = continua.end - continua.start
    found = [_in_window(left, members, centre, length, reach)
             for members in _length_classes(right, length)]
    pairs = [np.concatenate(side) for side in zip(*found, strict=True)]
    d = dissimilarity.between(continua, pairs[0], pairs[1])
    kept = d <= limit * dissimilarity.delta
    return pairs[0][kept], pairs[1][kept], d[kept]


def _lanes(continua: Continua, reach: float) -> Array:
    """Return twice the centre of each unit, continua so far apart that no window crosses."""
    centre = continua.start + continua.end
    longest = float((continua.end - continua.start).max())
    stride = float(np.ptp(centre)) + 2 * reach * longest + 1.0
    return np.asarray(centre + continua.continuum * stride)


def _length_classes(units: Ints, length: Array) -> list[Ints]:
    """Split units into classes whose longest is at most CLASS_RATIO times the shortest."""
    scale = np.maximum(length[units], 1e-9)
    number = np.floor(np.log(scale / scale.min()) / np.log(CLASS_RATIO)).astype(np.int64)
    return [units[number == value] for value in np.unique(number)]


def _in_window(left: Ints, members: Ints, centre: Array, length: Array, reach: float
               ) -> tuple[Ints, Ints]:
    members = members[np.argsort(centre[members], kind="stable")]
    longest = length[members].max()
    # Lengths may differ by at most reach times their sum.
    fits = np.abs(length[left] - longest) <= reach * (length[left] + longest) \
        if reach < 1 else np.ones(len(left), dtype=bool)
    fits |= length[left] <= longest
    left = left[fits]
    left = left[np.argsort(centre[left])]  # sorted questions are answered faster
    window = reach * (length[left] + longest) * (1 + 1e-12)
    first = np.searchsorted(centre[members], centre[left] - window, side="left")
    until = np.searchsorted(centre[members], centre[left] + window, side="right")
    many = until - first
    start = np.repeat(first - (np.cumsum(many) - many), many)
    return np.repeat(left, many), members[start + np.arange(len(start))]
