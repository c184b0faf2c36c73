"""F1 by shares of characters: how much of each span the other annotator has.

Da San Martino et al. (2020), SemEval-2020 task 11, span identification: with C(s, t, h) =
|s ∩ t| / |h| for spans of one label, precision is Σ C(s, t, s) over the found spans and recall
Σ C(s, t, t) over the reference. The task's scorer merges spans of one label first, so that no
span collects more than 1. Merging alone would hide a nested span; here what is covered twice is
merged into a second level and compared with the other's second level, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.matching import pair_sums
from framing.agreement.meeting import overlapping
from framing.agreement.nesting import told_apart
from framing.agreement.statistics import Array, Statistics


def fractional_counts(layout: Layout) -> Statistics:
    """Sum the shares of merged spans, by document and pair of annotators."""
    merged = in_levels(told_apart(layout))
    left, right = overlapping(merged)
    shared = np.minimum(merged.end[left], merged.end[right]) \
        - np.maximum(merged.start[left], merged.start[right])
    length = merged.end - merged.start
    return pair_sums(merged, {"hit-p": (left, right, _share(shared, length[right])),
                              "hit-r": (left, right, _share(shared, length[left]))})


def in_levels(layout: Layout) -> Layout:
    """Return spans that overlap nothing of their annotator, label and level.

    Level k holds what at least k units cover; labels become (label, level) pairs.
    """
    cell = (layout.document * layout.slots.shape[1] + layout.slot) \
        * max(len(layout.labels), 1) + layout.label
    order = np.lexsort((layout.end, layout.start, cell))
    bounds = np.flatnonzero(np.diff(cell[order])) + 1
    found = [(chosen[0], *span) for chosen in (np.split(order, bounds) if len(order) else [])
             for span in _levels(layout.start[chosen], layout.end[chosen])]
    if not found:
        return layout
    first, start, end, level = np.array(found, dtype=np.int64).T
    depth = int(level.max()) + 1
    labels = tuple(f"{label} {number}" for label in layout.labels for number in range(depth))
    return replace(layout, labels=labels, document=layout.document[first],
                   slot=layout.slot[first], label=layout.label[first] * depth + level,
                   start=start, end=end, unit=layout.unit[first])


def _levels(start: Ints, end: Ints) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, level) of what is covered at least level + 1 times.

    An anchor stays, its level the number of equal ones before it.
    """
    edges = [(int(place), 0) for place, stop in zip(start, end, strict=True) if stop > place]
    edges += [(int(stop), 1) for place, stop in zip(start, end, strict=True) if stop > place]
    opened: list[int] = []
    for place, closes in sorted(edges):
        if not closes:
            opened.append(place)
            continue
        begun = opened.pop()
        if begun < place:
            yield begun, place, len(opened)
    points, copies = np.unique(start[start == end], return_counts=True)
    yield from ((int(point), int(point), level) for point, many in zip(points, copies, strict=True)
                for level in range(many))


def _share(shared: Ints, length: Ints) -> Array:
    """Return the shared part of a length; equal anchors share all of nothing."""
    return np.asarray(np.where(length > 0, shared / np.maximum(length, 1), 1.0))
