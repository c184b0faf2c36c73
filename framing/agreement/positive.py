"""F1 of one value, for data where that value is rare and "no" is the answer almost everywhere."""

from __future__ import annotations

import numpy as np

from framing.agreement.coefficients import NOTHING_SHARED, Columns
from framing.agreement.statistics import Array, Parameters, Solved, divided


def solve_positive(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """2·both / (one + other) of each pair of annotators, then the mean over pairs."""
    label = str(parameters["label"])
    pairs = sorted({key[1:3] for key in columns if key[0] == "o"})
    f1 = np.stack([_of_pair(columns, table, pair, label) for pair in pairs]) if pairs \
        else np.full((1, len(table)), np.nan)
    counted = (~np.isnan(f1)).sum(axis=0)
    value = divided(np.nansum(f1, axis=0), counted.astype(float))
    nothing = np.full(len(table), not pairs)
    return Solved(value, [(nothing, NOTHING_SHARED), (counted == 0, (
        f"neither annotator gave the value '{label}' to an item that both coded"))])


def _of_pair(columns: Columns, table: Array, pair: tuple[str, ...], label: str) -> Array:
    both, some = np.zeros(len(table)), np.zeros(len(table))
    for index, key in enumerate(columns):
        if key[:3] == ("o", *pair):
            times = (key[3] == label) + (key[4] == label)
            some += times * table[:, index]
            both += (times == 2) * table[:, index]
    return divided(2 * both, some)
