"""F1 by shares of characters: how much of each span the other annotator has.

Da San Martino et al. (2020), SemEval-2020 task 11, span identification: with C(s, t, h) =
|s ∩ t| / |h| for spans of one label, precision is Σ C(s, t, s) over the found spans and recall
Σ C(s, t, t) over the reference. Spans of one label that touch are merged first, so that no span
can collect more than 1.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from framing.agreement.layout import Ints, Layout
from framing.agreement.matching import overlapping, pair_sums
from framing.agreement.statistics import Array, Statistics


def fractional_counts(layout: Layout) -> Statistics:
    """Sum the shares of merged spans, by document and pair of annotators."""
    merged = merged_units(layout)
    left, right = overlapping(merged)
    shared = np.minimum(merged.end[left], merged.end[right]) \
        - np.maximum(merged.start[left], merged.start[right])
    length = merged.end - merged.start
    return pair_sums(merged, {"hit-p": (left, right, _share(shared, length[right])),
                              "hit-r": (left, right, _share(shared, length[left]))})


def merged_units(layout: Layout) -> Layout:
    """Join the units of one annotator and label that overlap or touch."""
    width = layout.slots.shape[1]
    lane = (layout.document * width + layout.slot) * max(len(layout.labels), 1) + layout.label
    stride = int(layout.end.max(initial=0)) + 2
    order = np.lexsort((layout.start, lane))
    start, end = (layout.start + lane * stride)[order], (layout.end + lane * stride)[order]
    reach = np.maximum.accumulate(end)
    begins = np.flatnonzero(np.concatenate([[True], start[1:] > reach[:-1]])[: len(start)])
    if not len(begins):
        return layout
    kept = order[begins]
    last = reach[np.append(begins[1:], len(reach)) - 1] - lane[kept] * stride
    return replace(layout, document=layout.document[kept], slot=layout.slot[kept],
                   label=layout.label[kept], start=layout.start[kept], end=last,
                   unit=layout.unit[kept])


def _share(shared: Ints, length: Ints) -> Array:
    """Return the shared part of a length; equal anchors share all of nothing."""
    return np.asarray(np.where(length > 0, shared / np.maximum(length, 1), 1.0))
