"""Weighted items with one value a reader: what every coding measure counts.

Items of codes weigh 1. Characters are items too: a stretch of text in which no annotator's
marking changes is one item that weighs its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from framing.agreement.codes import Codes
from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.nesting import told_apart

OUT = ""
IN = "in"
MANY_SLOTS = 12

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Ratings:
    """``value[i, s]`` is the label of item ``i`` by the annotator in slot ``s``, -1 for none.

    ``document[i]`` is the resampled unit the item belongs to, its article or itself, in order.
    ``documents`` is empty when items are anonymous patterns that occur ``copies`` times.
    """

    documents: tuple[str, ...]
    n_documents: int
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    document: Ints
    weight: Array
    value: Ints
    annotator: Ints
    copies: Ints | None = None

    @property
    def raters(self) -> Ints:
        """Return the number of values of each item."""
        return np.asarray((self.value >= 0).sum(axis=1))

    def sums(self, weight: Array) -> Array:
        """Sum a weight of each item over documents."""
        return np.bincount(self.document, weight, minlength=self.n_documents).astype(float)

    def label_sums(self, weight: Array) -> Array:
        """Sum a weight of each item over documents and the labels its annotators gave."""
        found = np.zeros(self.n_documents * len(self.labels))
        for values in self.value.T:
            given = np.flatnonzero(values >= 0)
            found += self._labelled(given, values[given], weight[given])
        return found.reshape(self.n_documents, len(self.labels))

    @property
    def equal_pairs(self) -> Ints:
        """Return the number of ordered pairs of equal values of each item."""
        if self.value.shape[1] > MANY_SLOTS:
            item, count = self._cells()[::2]
            return np.bincount(item, count * (count - 1), minlength=len(self.value)
                               ).astype(np.int64)
        found = np.zeros(len(self.value), dtype=np.int64)
        for left, right in combinations(self.value.T, 2):
            found += 2 * ((left == right) & (left >= 0))
        return found

    def equal_pair_sums(self, weight: Array) -> Array:
        """Sum a weight over documents, labels and ordered pairs of annotators who gave it."""
        if self.value.shape[1] > MANY_SLOTS:
            return self._equal_pairs_of_many(weight)
        found = np.zeros(self.n_documents * len(self.labels))
        for left, right in combinations(self.value.T, 2):
            equal = np.flatnonzero((left == right) & (left >= 0))
            found += self._labelled(equal, left[equal], 2 * weight[equal])
        return found.reshape(self.n_documents, len(self.labels))

    def _labelled(self, items: Ints, label: Ints, weight: Array) -> Array:
        width = len(self.labels)
        return np.bincount(self.document[items] * width + label, weight,
                           minlength=self.n_documents * width).astype(float)

    def _equal_pairs_of_many(self, weight: Array) -> Array:
        """Count by item and label first, which pays when there are many annotators an item."""
        item, label, count = self._cells()
        found = self._labelled(item, label, weight[item] * count * (count - 1))
        return found.reshape(self.n_documents, len(self.labels))

    def _cells(self) -> tuple[Ints, Ints, Ints]:
        """Return the labels of each item and how many annotators gave them."""
        width = max(len(self.labels), 1)
        item, _ = np.nonzero(self.value >= 0)
        cell, count = np.unique(item * width + self.value[self.value >= 0], return_counts=True)
        return cell // width, cell % width, count


def character_ratings(layout: Layout, *, in_out: bool = False) -> Ratings:
    """Return what each reader says about each character.

    The value is the multiset of the labels of all units that hold the character, empty outside:
    overlap within one annotator stays visible. With ``in_out`` the value is in or out, except
    where several units hold the character.
    """
    layout = told_apart(layout)
    cuts = np.unique(np.concatenate([layout.offsets, layout.start, layout.end]))
    document = np.searchsorted(layout.offsets, cuts[:-1], side="right") - 1
    value, labels = _covering(layout, cuts, in_out=in_out)
    annotator = layout.slots[document]
    value[annotator < 0] = -1
    return Ratings(layout.documents, len(layout.documents), layout.annotators, labels, document,
                   np.diff(cuts).astype(float), value, annotator)


def flat_ratings(layout: Layout) -> tuple[Ratings, Ints, Ints]:
    """Return what each reader says about each character when nobody's units overlap.

    Beside it stand the items with which each unit begins and before which it ends.
    """
    edges = np.concatenate([layout.offsets, layout.start, layout.end])
    cuts, place = np.unique(edges, return_inverse=True)
    begun, opened, closed = np.split(place, np.cumsum([len(layout.offsets), len(layout.start)]))
    document = np.repeat(np.arange(len(layout.documents)), np.diff(begun))
    # One row a slot, so that each row is summed along memory.
    change = np.zeros((layout.slots.shape[1], len(cuts)), dtype=np.int64)
    long = np.flatnonzero(opened < closed)
    change[layout.slot[long], opened[long]] = layout.label[long] + 1
    # Units of one annotator that touch share an edge, so both changes must count.
    change[layout.slot[long], closed[long]] -= layout.label[long] + 1
    value = np.cumsum(change, axis=1)[:, :-1].T
    annotator = np.repeat(layout.slots, np.diff(begun), axis=0)
    if (layout.slots < 0).any():
        value[annotator < 0] = -1
    ratings = Ratings(layout.documents, len(layout.documents), layout.annotators,
                      (OUT, *layout.labels), document, np.diff(cuts).astype(float), value,
                      annotator)
    return ratings, opened, closed


def code_ratings(codes: Codes, *, anonymous: bool) -> Ratings:
    """Return the coded items, equal ones joined unless they lie in documents.

    ``anonymous`` forgets who coded, which joins more; otherwise each annotator has one slot.
    """
    item, annotator, label = codes.indices().T
    order = np.lexsort((label, item))
    item, annotator, label = item[order], annotator[order], label[order]
    n = len(codes.items)
    size = np.bincount(item, minlength=n)
    slot = np.arange(len(item)) - np.repeat(np.cumsum(size) - size, size) if anonymous \
        else annotator
    width = size.max(initial=0) if anonymous else len(codes.annotators)
    value = np.full((n, width), -1)
    value[item, slot] = label
    who = np.broadcast_to(np.arange(width), value.shape) if not anonymous \
        else np.full_like(value, -1)
    if codes.documents != codes.items:
        names, document = np.unique(np.array(codes.documents, dtype=object), return_inverse=True)
        order = np.argsort(document, kind="stable")
        return Ratings(tuple(names), len(names), codes.annotators, codes.labels, document[order],
                       np.ones(n), value[order], who[order])
    patterns, copies = np.unique(value, axis=0, return_counts=True)
    rows = len(patterns)
    return Ratings((), rows, codes.annotators, codes.labels, np.arange(rows), np.ones(rows),
                   patterns, who[:rows], copies)


def _covering(layout: Layout, cuts: Ints, *, in_out: bool) -> tuple[Ints, tuple[str, ...]]:
    """Return the value of each (stretch, slot) and the names of the values, OUT first.

    With ``in_out`` the second is IN, whatever was marked.
    """
    shape = (len(cuts) - 1, layout.slots.shape[1])
    value = np.zeros(shape, dtype=np.int64)
    kinds: list[tuple[str, ...]] = [()]
    for index, label in enumerate(layout.labels):
        depth = _depth(layout, layout.label == index, cuts, shape)
        inside = depth > 0
        seen, code = np.unique(value[inside] * (depth.max(initial=0) + 1) + depth[inside],
                               return_inverse=True)
        value[inside] = len(kinds) + code
        base = depth.max(initial=0) + 1
        kinds += [kinds[int(s) // base] + (label,) * (int(s) % base) for s in seen]
    used, compact = np.unique(np.append(value.ravel(), 0), return_inverse=True)
    names = [" + ".join(kinds[int(code)]) for code in used]
    if not in_out:
        return compact[:-1].reshape(shape), tuple(names)
    several = [index for index, code in enumerate(used) if len(kinds[int(code)]) > 1]
    joined = np.ones(len(used), dtype=np.int64)
    joined[0] = 0
    joined[several] = 2 + np.arange(len(several))
    return joined[compact[:-1]].reshape(shape), (OUT, IN, *(names[index] for index in several))


def _depth(layout: Layout, chosen: NDArray[np.bool_], cuts: Ints, shape: tuple[int, int]) -> Ints:
    """Return how many of the chosen units of each slot hold each stretch."""
    height, width = shape
    opened = np.searchsorted(cuts, layout.start[chosen]) * width + layout.slot[chosen]
    closed = np.searchsorted(cuts, layout.end[chosen]) * width + layout.slot[chosen]
    size = (height + 1) * width
    change = np.bincount(opened, minlength=size) - np.bincount(closed, minlength=size)
    return np.cumsum(change.reshape(height + 1, width)[:-1], axis=0)
