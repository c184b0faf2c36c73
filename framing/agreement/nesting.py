"""Units inside other units of their annotator, and what their characters alone do not show.

Where two annotators agree on a unit and differ in one inside it, no measure may say 1. Character
by character, nested units of one label begin and end like brackets: how many hold each character
says where every one of them lies, unless two cross, touch, or one has no length.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.meeting import meeting

Mask = NDArray[np.bool_]


def lines(layout: Layout, *, by_label: bool = False) -> Ints:
    """Number the line of each unit: its document and annotator, and its label if asked for."""
    line = layout.document * max(layout.slots.shape[1], 1) + layout.slot
    return np.asarray(line * max(len(layout.labels), 1) + layout.label if by_label else line)


def inner(layout: Layout, *, by_label: bool = False) -> Mask:
    """Mark units that begin in another unit of their line, one that begins before or ends after.

    Of units with equal places none is inside the other.
    """
    if not len(layout.start):
        return np.zeros(0, dtype=bool)
    shift = lines(layout, by_label=by_label) * (int(layout.end.max()) + 1)
    start, end = layout.start + shift, layout.end + shift
    order = np.lexsort((-end, start))
    first, last = start[order], end[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(first) != 0) | (np.diff(last) != 0)
    before = np.concatenate([[-1], np.maximum.accumulate(last)[:-1]])
    found = np.zeros(len(order), dtype=bool)
    # Equal units look at what came before the first of them.
    found[order] = (before > first)[np.flatnonzero(new)][np.cumsum(new) - 1]
    return found


def told_apart(layout: Layout) -> Layout:
    """Add inner units that characters do not show once more, under a label that tells the length.

    Those that cross or follow a unit of their label; one without length takes a character.
    """
    inside = inner(layout)
    if not inside.any():
        return layout
    point = inside & (layout.start == layout.end)
    hidden = np.flatnonzero(point | _crossing(layout) | (inside & _following(layout)))
    if not len(hidden):
        return layout
    length = (layout.end - layout.start)[hidden]
    kinds, kind = np.unique(np.stack([layout.label[hidden], length], axis=1), axis=0,
                            return_inverse=True)
    names = tuple(f"{layout.labels[index]} of {size}" for index, size in kinds.tolist())
    both = np.concatenate([np.arange(len(layout.start)), hidden])
    return replace(
        layout, labels=(*layout.labels, *names), document=layout.document[both],
        slot=layout.slot[both], unit=layout.unit[both], start=layout.start[both],
        label=np.concatenate([layout.label, len(layout.labels) + kind.ravel()]),
        end=np.concatenate([layout.end, layout.start[hidden] + np.maximum(length, 1)]))


def _crossing(layout: Layout) -> Mask:
    """Mark units that begin in one of their line and label and end after it."""
    one, other = meeting(lines(layout, by_label=True), layout.start, layout.end)
    crossed = (layout.start[one] < layout.start[other]) & (layout.end[one] < layout.end[other])
    found = np.zeros(len(layout.start), dtype=bool)
    found[other[crossed]] = True
    return found


def _following(layout: Layout) -> Mask:
    """Mark units that begin where one of their line and label ends."""
    shift = lines(layout, by_label=True) * (int(layout.end.max()) + 1)
    return np.isin(layout.start + shift, layout.end + shift)
