"""Which spans share characters, and which units of different annotators do."""

from __future__ import annotations

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.layout import Layout


def meeting(lane: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of spans of one lane that share a character, the earlier one first.

    Equal spans meet even when they have no length.
    """
    stretch = int(end.max(initial=0)) + 2
    start, end = start + lane * stretch, end + lane * stretch
    order = np.lexsort((end, start))
    first, last = start[order], end[order]
    # The later of two overlapping spans starts inside the earlier one; anchors reach themselves.
    until = np.searchsorted(first, np.maximum(last, first + 1), side="left")
    reach = until - np.arange(len(order)) - 1
    left = np.repeat(np.arange(len(order)), reach)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(reach) - reach, reach)
    shared = np.minimum(last[left], last[right]) > first[right]
    equal = (first[left] == first[right]) & (last[left] == last[right])
    kept = shared | equal
    return order[left[kept]], order[right[kept]]


def overlapping(layout: Layout, *, same_label: bool = True) -> tuple[Ints, Ints]:
    """Return all pairs of units by different annotators that meet in one document.

    Each pair comes once, the lower annotator on the left.
    """
    n_labels = max(len(layout.labels), 1)
    lane = layout.document * n_labels + layout.label if same_label else layout.document
    a, b = meeting(lane, layout.start, layout.end)
    kept = layout.slot[a] != layout.slot[b]
    a, b = a[kept], b[kept]
    turned = layout.slot[a] > layout.slot[b]
    return np.where(turned, b, a), np.where(turned, a, b)
