"""Krippendorff's first alpha for units (1995, 2004), which other tools report.

Krippendorff (1995), On the reliability of unitizing continuous data; (2004), Content Analysis,
2nd edition, ch. 11. Each label has its own line of units and gaps, so a swapped label is seen as
two misses only, and squared lengths let long units rule. Kept to compare with older figures.

The literature defines one continuum. Over a corpus the squared differences of each document
count by its length, which is additive and leaves a single document as published.
"""

from __future__ import annotations

import numpy as np

from framing.agreement.coefficients import NOTHING_SHARED, Columns
from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.meeting import overlapping
from framing.agreement.statistics import Array, Parameters, Solved, Statistics, block, divided
from framing.agreement.unitizing import NO_UNITS

NO_LENGTH = "all units are anchors without length, and this measure compares lengths"


def count_units_1995(layout: Layout) -> Statistics:
    """Count D_o and D_e of each document and label, times the document's length.

    Columns ``observed`` and ``expected`` by label, ``units`` by label, ``length``.
    """
    lengths = np.diff(layout.offsets).astype(float)
    scale = np.where(lengths > 0, lengths, 1.0)[:, None]
    readers = layout.readers[:, None].astype(float)
    observed = 2 * _squared_differences(layout) / (readers * (readers - 1) * scale)
    expected = _expected(layout) * scale
    names = [(name, label) for name in ("observed", "expected", "units")
             for label in layout.labels]
    table = np.column_stack([observed, expected, _sums(layout, np.ones(len(layout.start))),
                             lengths])
    return Statistics((*names, ("length",)), table, layout.documents)


def solve_u_alpha_1995(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """α_U = 1 - mean over labels of D_o / mean over labels of D_e."""
    length = block(columns, table, "length")[1].sum(axis=1)
    observed, expected = (divided(block(columns, table, name)[1].sum(axis=1), length)
                          for name in ("observed", "expected"))
    units = block(columns, table, "units")[1].sum(axis=1)
    value = np.where(expected > 0, 1 - divided(observed, expected), np.nan)
    return Solved(value, [(length == 0, NOTHING_SHARED), (units == 0, NO_UNITS),
                          (np.isnan(value), NO_LENGTH)], observed, expected)


def u_alpha_1995_details(columns: Columns, table: Array) -> dict[str, object]:
    """Return the value of every label by itself."""
    found: dict[str, object] = {}
    for label in sorted({key[1] for key in columns if key[0] == "units"}):
        kept = tuple(key for key in columns if key[-1] == label or key == ("length",))
        own = table[:, [columns.index(key) for key in kept]]
        value = solve_u_alpha_1995(kept, own, {}).value[0]
        found[label] = None if np.isnan(value) else float(value)
    return found


def _squared_differences(layout: Layout) -> Array:
    """Sum δ² over pairs of annotators: moved edges, and units wholly in the other's gap."""
    left, right = overlapping(layout)
    moved = (layout.start[left] - layout.start[right]) ** 2.0 \
        + (layout.end[left] - layout.end[right]) ** 2.0
    width = layout.slots.shape[1]
    met = np.unique(np.concatenate([left * width + layout.slot[right],
                                    right * width + layout.slot[left]]))
    partners = np.bincount(met // max(width, 1), minlength=len(layout.start))
    alone = layout.readers[layout.document] - 1 - partners
    length = (layout.end - layout.start).astype(float)
    return _sums(layout, moved, left) + _sums(layout, alone * length**2)


def _expected(layout: Layout) -> Array:
    """D_e of each document and label (Krippendorff 1995, eq. for the expected disagreement)."""
    result = np.zeros((len(layout.documents), len(layout.labels)))
    cells = layout.document * max(len(layout.labels), 1) + layout.label
    order = np.argsort(cells, kind="stable")
    bounds = np.flatnonzero(np.diff(cells[order])) + 1
    for chosen in np.split(order, bounds) if len(order) else []:
        document, label = layout.document[chosen[0]], layout.label[chosen[0]]
        result[document, label] = _expected_of_one(layout, int(document), chosen)
    return result


def _expected_of_one(layout: Layout, document: int, chosen: Ints) -> float:
    begin, end = int(layout.offsets[document]), int(layout.offsets[document + 1])
    length, readers = end - begin, int(layout.readers[document])
    units = (layout.end - layout.start)[chosen].astype(float)
    gaps = np.sort(np.concatenate([
        _gaps(layout.start[chosen[layout.slot[chosen] == slot]],
              layout.end[chosen[layout.slot[chosen] == slot]], begin, end)
        for slot in range(readers)])).astype(float)
    # Sum of (g - l + 1) over the gaps that a unit of length l fits into.
    from_end = np.concatenate([np.cumsum(gaps[::-1])[::-1], [0.0]])
    first = np.searchsorted(gaps, units)
    room = from_end[first] - (len(gaps) - first) * (units - 1)
    spread = (len(units) - 1) * (2 * units**3 - 3 * units**2 + units) / 3
    cells = readers * length * (readers * length - 1.0) - (units * (units - 1)).sum()
    return float(2 / length * (spread + units**2 * room).sum() / cells) if cells > 0 else 0.0


def _gaps(start: Ints, end: Ints, begin: int, stop: int) -> Ints:
    order = np.argsort(start)
    left = np.concatenate([[begin], end[order]])
    right = np.concatenate([start[order], [stop]])
    found = right - left
    return np.asarray(found[found > 0])


def _sums(layout: Layout, values: Array, units: Ints | None = None) -> Array:
    chosen = np.arange(len(layout.start)) if units is None else units
    width = len(layout.labels)
    cell = layout.document[chosen] * width + layout.label[chosen]
    size = len(layout.documents) * width
    return np.bincount(cell, values, minlength=size).reshape(-1, width).astype(float) if width \
        else np.zeros((len(layout.documents), 0))
