"""Which units of two annotators are the same: one-to-one matching, F1 from the counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from framing.agreement.coefficients import NOTHING_SHARED, Columns
from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.meeting import overlapping
from framing.agreement.nesting import inner
from framing.agreement.statistics import Array, Key, Parameters, Solved, Statistics, divided

NOTHING_MARKED = "neither annotator marked anything in the documents both have read"
EQUAL_INSIDE = ("where spans of one annotator overlap, a span inside another was matched only with "
                "an equal one")


def strict_counts(layout: Layout) -> Statistics:
    """Count units with equal start, end and label; two equal units need two partners."""
    left, right = overlapping(layout)
    equal = same_place(layout, left, right)
    return _pair_statistics(layout, left[equal], right[equal])


def overlap_counts(layout: Layout) -> Statistics:
    """Count a one-to-one matching of units with one label that share a character.

    Equal units are matched first, then as many others as possible. Inside another unit of its
    annotator a unit matches only an equal one: there, shared characters do not say which of
    several units is meant.
    """
    left, right = overlapping(layout)
    inside = inner(layout)
    able = same_place(layout, left, right) | ~(inside[left] | inside[right])
    counted = _pair_statistics(layout, left[able], right[able])
    return replace(counted, notes=(EQUAL_INSIDE,)) if inside.any() else counted


def same_place(layout: Layout, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Say of each pair of units whether both begin and end at the same characters."""
    return np.asarray((layout.start[left] == layout.start[right])
                      & (layout.end[left] == layout.end[right]))


def one_to_one(layout: Layout, left: Ints, right: Ints) -> NDArray[np.bool_]:
    """Choose edges so that no unit has two partners in one other annotator, as many as possible."""
    node_left, node_right = nodes(layout, left, right)
    rows, row = np.unique(node_left, return_inverse=True)
    columns, col = np.unique(node_right, return_inverse=True)
    graph = csr_matrix((np.ones(len(row), dtype=np.int8), (row, col)),
                       shape=(len(rows), len(columns)))
    if not len(row):
        return np.zeros(0, dtype=bool)
    partner = maximum_bipartite_matching(graph, perm_type="column")
    return np.asarray(partner[row] == col)


def equals_first(layout: Layout, left: Ints, right: Ints
                 ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Match units of equal place and label; return the edges chosen and those still free.

    This takes nothing from units that overlap no other of their annotator.
    """
    equal = np.flatnonzero(same_place(layout, left, right)
                           & (layout.label[left] == layout.label[right]))
    chosen = np.zeros(len(left), dtype=bool)
    chosen[equal] = one_to_one(layout, left[equal], right[equal])
    free = np.ones(len(left), dtype=bool)
    for side in nodes(layout, left, right):
        free &= ~np.isin(side, side[chosen])
    return chosen, free


def nodes(layout: Layout, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Name both ends of each edge: a unit, once for every annotator it can be matched with."""
    width = layout.slots.shape[1]
    return left * width + layout.slot[right], right * width + layout.slot[left]


def solve_f1(columns: Columns, table: Array, _: Parameters) -> Solved:
    """F1 of each pair of annotators from pooled counts, then the mean over pairs.

    Precision and recall take the first annotator of a pair, by name, as the reference. A pair
    that marked nothing at all has no F1 and does not enter the mean.
    """
    return mean_over_pairs(columns, table)


def mean_over_pairs(columns: Columns, table: Array) -> Solved:
    """Return mean F1, precision and recall over the pairs named in the columns.

    ``hit-p`` over ``found`` is precision and ``hit-r`` over ``gold`` recall; ``hit`` is both.
    """
    pairs = sorted({key[1:] for key in columns if key[0] == "gold"})
    place = {key: index for index, key in enumerate(columns)}
    value, precision, recall = (np.zeros((len(pairs), len(table))) for _ in range(3))
    for row, pair in enumerate(pairs):
        gold, found = table[:, place["gold", *pair]], table[:, place["found", *pair]]
        both = place.get(("hit", *pair))
        hit_p = table[:, both if both is not None else place["hit-p", *pair]]
        hit_r = table[:, both if both is not None else place["hit-r", *pair]]
        precision[row], recall[row], value[row] = _scores(hit_p, hit_r, gold, found)
    nothing = np.array([not pairs] * len(table), dtype=bool)
    mean = _nanmean(value)
    return Solved(mean, [(nothing, NOTHING_SHARED), (np.isnan(mean), NOTHING_MARKED)],
                  precision=_nanmean(precision), recall=_nanmean(recall))


def _scores(hit_p: Array, hit_r: Array, gold: Array, found: Array) -> tuple[Array, Array, Array]:
    precision, recall = divided(hit_p, found), divided(hit_r, gold)
    both_empty = (gold == 0) & (found == 0)
    p, r = np.nan_to_num(precision), np.nan_to_num(recall)
    f1 = np.where(p + r > 0, 2 * p * r / np.where(p + r > 0, p + r, 1.0), 0.0)
    return precision, recall, np.where(both_empty, np.nan, f1)


def _nanmean(values: Array) -> Array:
    defined = ~np.isnan(values)
    count = defined.sum(axis=0)
    return np.where(count > 0, np.where(defined, values, 0).sum(axis=0) / np.maximum(count, 1),
                    np.nan)


def pairs_of(layout: Layout) -> list[tuple[int, int, Ints]]:
    """Return each pair of annotators and the documents that both have read."""
    read = np.zeros((len(layout.documents), len(layout.annotators)), dtype=bool)
    row, slot = np.nonzero(layout.slots >= 0)
    read[row, layout.slots[row, slot]] = True
    shared = [(a, b, np.flatnonzero(read[:, a] & read[:, b]))
              for a, b in combinations(range(len(layout.annotators)), 2)]
    return [(a, b, documents) for a, b, documents in shared if len(documents)]


def _pair_statistics(layout: Layout, left: Ints, right: Ints) -> Statistics:
    chosen, free = equals_first(layout, left, right)
    chosen[free] = one_to_one(layout, left[free], right[free])
    return pair_sums(layout, {"hit": (left[chosen], right[chosen],
                                      np.ones(int(chosen.sum())))})


def pair_sums(layout: Layout, hits: dict[str, tuple[Ints, Ints, Array]],
              counted: NDArray[np.bool_] | None = None) -> Statistics:
    """Sum weighted hits by document and pair, beside the number of units of either annotator."""
    n, many = len(layout.documents), len(layout.annotators)
    chosen = np.ones(len(layout.document), dtype=bool) if counted is None else counted
    units = np.bincount(layout.document[chosen] * many + layout.annotator[chosen],
                        minlength=n * many).reshape(n, many).astype(float)
    pairs = pairs_of(layout)
    number = np.full((many, many), -1)
    for index, (a, b, _) in enumerate(pairs):
        number[a, b] = index
    columns: list[Key] = []
    tables = []
    for name, (one, other, weight) in hits.items():
        cell = layout.document[one] * len(pairs) \
            + number[layout.annotator[one], layout.annotator[other]]
        tables.append(np.bincount(cell, weight, minlength=n * len(pairs)).reshape(n, -1)
                      if pairs else np.zeros((n, 0)))
        columns += [(name, layout.annotators[a], layout.annotators[b]) for a, b, _ in pairs]
    for name, side in (("gold", 0), ("found", 1)):
        table = np.zeros((n, len(pairs)))
        for index, pair in enumerate(pairs):
            table[pair[2], index] = units[pair[2], pair[side]]
        tables.append(table)
        columns += [(name, layout.annotators[a], layout.annotators[b]) for a, b, _ in pairs]
    return Statistics(tuple(columns), np.column_stack(tables), layout.documents)
