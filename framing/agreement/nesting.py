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


def any_overlap(layout: Layout, *, by_label: bool = False) -> bool:
    """Say whether any unit begins in another of its line, be it one of equal place."""
    _, first, last = _in_order(layout, by_label=by_label)
    return bool((first[1:] < np.maximum.accumulate(last)[:-1]).any())


def inner(layout: Layout, *, by_label: bool = False) -> Mask:
    """Mark units that begin in another unit of their line, one that begins before or ends after.

    Of units with equal places none is inside the other.
    """
    found = np.zeros(len(layout.start), dtype=bool)
    order, first, last = _in_order(layout, by_label=by_label)
    before = np.maximum.accumulate(last)
    if not (first[1:] < before[:-1]).any():
        return found
    new = np.ones(len(order), dtype=bool)
    new[1:] = (np.diff(first) != 0) | (np.diff(last) != 0)
    # Equal units look at what came before the first of them.
    begun = np.flatnonzero(new)[np.cumsum(new) - 1]
    found[order] = np.concatenate([[-1], before[:-1]])[begun] > first
    return found


def _in_order(layout: Layout, *, by_label: bool) -> tuple[Ints, Ints, Ints]:
    """Sort units by line, start and falling length; lines lie behind each other, never touching."""
    lane = layout.slot * len(layout.labels) + layout.label if by_label else layout.slot
    # Documents are laid out one behind the other already, so that their lanes need no line each.
    shift = lane * (int(layout.offsets[-1]) + len(layout.documents) + 1) + layout.document
    length = layout.end - layout.start
    longest = int(length.max(initial=0))
    order = np.argsort((layout.start + shift) * (longest + 1) + longest - length)
    return order, (layout.start + shift)[order], (layout.end + shift)[order]


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
