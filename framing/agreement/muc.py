"""The classes of MUC-5: correct, incorrect, partial, missing, spurious.

Chinchor and Sundheim (1993), MUC-5 evaluation metrics. Units of two annotators are paired one to
one whatever their labels, equal boundaries and labels first. Under the scheme ``strict`` a pair
is correct when boundary and label are equal, under ``exact`` when the boundary is, under ``type``
when the label is; under ``partial`` an unequal boundary counts half.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from framing.agreement.coefficients import Columns
from framing.agreement.columns import Ints
from framing.agreement.disjoint import best_groups
from framing.agreement.layout import Layout
from framing.agreement.matching import (
    equals_first,
    mean_over_pairs,
    nodes,
    pair_sums,
    same_place,
)
from framing.agreement.meeting import overlapping
from framing.agreement.statistics import Array, Parameters, Solved, Statistics, block

SCHEMES = ("strict", "exact", "partial", "type")


def muc_counts(layout: Layout, scheme: str) -> Statistics:
    """Count hits (a partial one is a half) and pairs of each class, by pair of annotators."""
    left, right = _paired(layout)
    boundary = same_place(layout, left, right)
    label = layout.label[left] == layout.label[right]
    correct = {"strict": boundary & label, "exact": boundary, "partial": boundary,
               "type": label}[scheme]
    half = ~correct if scheme == "partial" else np.zeros(len(left), dtype=bool)
    classes = {"correct": correct, "partial": half, "incorrect": ~correct & ~half}
    hits = {name: (left, right, chosen.astype(float)) for name, chosen in classes.items()}
    return pair_sums(layout, {"hit": (left, right, correct + half / 2), **hits})


def solve_muc(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """P = (COR + PAR/2) / (COR + INC + PAR + SPU), R with MIS in place of SPU, and their F1."""
    return mean_over_pairs(columns, table)


def muc_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return the five classes summed over all pairs of annotators."""
    found = {name: float(block(columns, table, name)[1].sum())
             for name in ("correct", "incorrect", "partial")}
    paired = sum(found.values())
    return {**found, "missing": float(block(columns, table, "gold")[1].sum()) - paired,
            "spurious": float(block(columns, table, "found")[1].sum()) - paired}


def _paired(layout: Layout) -> tuple[Ints, Ints]:
    left, right = overlapping(layout, same_label=False)
    equal, free = equals_first(layout, left, right)
    rest = _best(layout, left[free], right[free])
    return (np.concatenate([left[equal], rest[0]]), np.concatenate([right[equal], rest[1]]))


def _best(layout: Layout, left: Ints, right: Ints) -> tuple[Ints, Ints]:
    if not len(left):
        return left, right
    boundary = same_place(layout, left, right)
    label = layout.label[left] == layout.label[right]
    shared = np.minimum(layout.end[left], layout.end[right]) \
        - np.maximum(layout.start[left], layout.start[right])
    union = np.maximum(layout.end[left], layout.end[right]) \
        - np.minimum(layout.start[left], layout.start[right])
    gain = 1.0 + boundary + label + 0.5 * shared / np.maximum(union, 1)
    ends = np.stack(nodes(layout, left, right), axis=1)
    _, node = np.unique(ends, return_inverse=True)
    chosen = best_groups(node.reshape(ends.shape), gain)
    return left[chosen], right[chosen]
