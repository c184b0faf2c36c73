"""Boundary similarity and segmentation similarity of studies whose units tile each document.

The edits of each two annotators are summed over documents: B = 1 - Σ cost / Σ (edits + matches)
and S = 1 - Σ cost / Σ potential boundaries, which leaves one document as published.
"""

from __future__ import annotations

import numpy as np

from framing.agreement.coefficients import NOTHING_SHARED, Columns
from framing.agreement.layout import Layout
from framing.agreement.matching import pairs_of
from framing.agreement.overlap import overlap_within
from framing.agreement.segmentation import boundary_edits
from framing.agreement.statistics import Array, Key, Parameters, Solved, Statistics, block, divided
from framing.agreement.study import Study

TILE = "for this measure the units of every reader cover a document from its first character on " \
       "to its last, one behind the other"
NO_OVERLAP = "for this measure units follow each other without overlap; take gamma or an F1"
NO_PLACE = "these documents have no place for a boundary"
COUNTED = ("matches", "edits", "cost", "places")


def refuse_gaps(study: Study, _parameters: Parameters) -> str:
    """Return where the units of someone do not tile a document, empty if they all do."""
    overlap = overlap_within(study, because=NO_OVERLAP)
    if overlap:
        return overlap
    layout = study.layout
    for document, name in enumerate(layout.documents):
        for slot in range(int(layout.readers[document])):
            gap = _gap(study, document, slot)
            if gap:
                who = layout.annotators[layout.slots[document, slot]]
                return f"{who} leaves out characters of document '{name}', {gap}; {TILE}"
    return ""


def count_segmentations(layout: Layout) -> Statistics:
    """Count matches, edits, their cost and potential boundaries, by document and pair."""
    masses = _masses(layout)
    lengths = np.diff(layout.offsets)
    columns: list[Key] = []
    tables = [np.zeros((len(layout.documents), 0))]
    for a, b, documents in pairs_of(layout):
        table = np.zeros((len(layout.documents), len(COUNTED)))
        for document in documents[lengths[documents] > 0].tolist():
            found = boundary_edits(masses[document, a], masses[document, b])
            table[document] = (found.matches, found.additions + found.transpositions, found.cost,
                               lengths[document] - 1)
        columns += [(name, layout.annotators[a], layout.annotators[b]) for name in COUNTED]
        tables.append(table)
    return Statistics(tuple(columns), np.column_stack(tables), layout.documents)


def solve_b(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """B of each pair (Fournier 2013), then the mean over pairs; 1 without any boundary."""
    cost, edits, matches = (block(columns, table, name)[1] for name in ("cost", "edits", "matches"))
    return _mean(cost, edits + matches, block(columns, table, "places")[1])


def solve_s(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """S of each pair (Fournier and Inkpen 2012), then the mean over pairs."""
    places = block(columns, table, "places")[1]
    return _mean(block(columns, table, "cost")[1], places, places)


def _mean(cost: Array, total: Array, places: Array) -> Solved:
    """Return the mean of 1 - cost / total over the pairs that have a place for a boundary."""
    able = places > 0
    value = np.where(able, 1 - np.nan_to_num(divided(cost, total)), 0.0)
    mean = divided(value.sum(axis=1), able.sum(axis=1).astype(float))
    nobody = np.full(len(able), able.shape[1] == 0)
    return Solved(mean, [(nobody, NOTHING_SHARED), (np.isnan(mean), NO_PLACE)])


def _masses(layout: Layout) -> dict[tuple[int, int], list[int]]:
    """Return the lengths of the segments of each document and annotator, in order."""
    found: dict[tuple[int, int], list[int]] = {}
    order = np.argsort(layout.start, kind="stable")
    length = layout.end - layout.start
    for index in order[length[order] > 0].tolist():
        key = int(layout.document[index]), int(layout.annotator[index])
        found.setdefault(key, []).append(int(length[index]))
    return found


def _gap(study: Study, document: int, slot: int) -> str:
    """Name the first characters that an annotator leaves out of a document, and after what."""
    layout = study.layout
    own = np.flatnonzero((layout.document == document) & (layout.slot == slot))
    own = own[np.argsort(layout.start[own], kind="stable")]
    begin, end = (int(place) for place in layout.offsets[document:document + 2])
    starts = np.append(layout.start[own], end)
    ends = np.concatenate([[begin], layout.end[own]])
    first = np.flatnonzero(starts > ends)
    if not len(first):
        return ""
    index = int(first[0])
    gap = f"[{ends[index] - begin}, {starts[index] - begin})"
    return f"{gap} after {study.place(int(layout.unit[own[index - 1]]))}" if index else gap
