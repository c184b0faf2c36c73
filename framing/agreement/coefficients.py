"""Chance-corrected agreement from sums: one formula a function, all rows of sums at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from framing.agreement.codes import value_order
from framing.agreement.metrics import agreement_weights, squared_distance
from framing.agreement.statistics import (
    Array,
    Key,
    Parameters,
    Solved,
    block,
    column,
    divided,
)

Columns = tuple[Key, ...]
NOTHING_SHARED = "nothing here was judged by two annotators"
ONE_VALUE = ("all annotators used one and the same value everywhere, so agreement cannot be told "
             "from chance")


def solve_alpha(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """Krippendorff's alpha = 1 - D_o / D_e (Krippendorff 2011)."""
    if parameters.get("level", "nominal") == "nominal" and ("agree",) in columns:
        return _nominal_alpha(columns, table)
    labels, coincidence = square(columns, table)
    margins = coincidence.sum(axis=2)
    total = margins.sum(axis=1)
    delta = squared_distance(labels, str(parameters["level"]), margins)
    observed = divided((coincidence * delta).sum(axis=(1, 2)), total)
    chance = np.einsum("rc,rk,rck->r", margins, margins,
                       np.broadcast_to(delta, coincidence.shape))
    return _corrected_distance(observed, divided(chance, total * (total - 1)), total)


def _nominal_alpha(columns: Columns, table: Array) -> Solved:
    _, margins = block(columns, table, "n")
    total = margins.sum(axis=1)
    observed = divided(total - column(columns, table, "agree"), total)
    expected = divided(total**2 - (margins**2).sum(axis=1), total * (total - 1))
    return _corrected_distance(observed, expected, total)


def solve_percent(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """Mean share of agreeing pairs of annotators an item."""
    items = _pairable_items(columns, table)
    value = divided(column(columns, table, "same"), items)
    return Solved(value, [(items == 0, NOTHING_SHARED)], observed=value)


def solve_fleiss(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """Fleiss' kappa (1971): chance from the pooled margins; with two annotators Scott's pi."""
    sizes, items = block(columns, table, "items")
    pairable = np.array([int(size) >= 2 for (size,) in sizes], dtype=bool)
    unequal = (items[:, pairable] > 0).sum(axis=1) > 1
    total = items[:, pairable].sum(axis=1)
    margins = block(columns, table, "n")[1]
    share = divided(margins, margins.sum(axis=1, keepdims=True))
    solved = _corrected(divided(column(columns, table, "same"), total), (share**2).sum(axis=1),
                        total)
    return Solved(
        np.where(unequal, np.nan, solved.value),
        [(unequal, "items have different numbers of ratings and Fleiss' kappa needs the same "
          "number for each; alpha and AC1 accept missing ratings"), *solved.because],
        solved.observed, solved.expected)


def solve_ac1(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """AC1 (Gwet 2008): p_e = Σ π(1-π) / (q-1)."""
    items, q = _pairable_items(columns, table), len(_in_use(columns, table))
    observed = divided(column(columns, table, "same"), items)
    return _gwet(columns, table, observed, q, float(q))


def solve_ac2(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """AC2 (Gwet 2014): agreement and chance weighted, p_e = T_w Σ π(1-π) / (q(q-1))."""
    used = _in_use(columns, table)
    labels = sorted(used, key=value_order)
    kept = tuple(key for key in columns if key[0] == "p" and used.issuperset(key[1:]))
    pairs = _matrix(kept, table[:, [columns.index(key) for key in kept]], labels, ("p",))
    weights = agreement_weights(labels, str(parameters["weights"]))
    observed = divided((pairs * weights).sum(axis=(1, 2)), _pairable_items(columns, table))
    return _gwet(columns, table, observed, len(labels), float(weights.sum()))


def _gwet(columns: Columns, table: Array, observed: Array, q: int, weight: float) -> Solved:
    items = _pairable_items(columns, table)
    rated = block(columns, table, "items")[1].sum(axis=1)
    share = divided(block(columns, table, "pi")[1], rated[:, None])
    expected = weight * (share * (1 - share)).sum(axis=1) / max(q * (q - 1), 1)
    if q < 2:
        return Solved(np.full(len(table), np.nan),
                      [(items == 0, NOTHING_SHARED), (items > 0, ONE_VALUE)], observed, expected)
    return _corrected(observed, expected, items)


def solve_free_marginal(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """S, also called PABAK: chance is 1 / labels (Bennett, Alpert and Goldstein 1954)."""
    items, q = _pairable_items(columns, table), len(_in_use(columns, table))
    expected = np.full(len(table), 1 / max(q, 1))
    return _corrected(divided(column(columns, table, "same"), items), expected, items)


def solve_kappa(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """Cohen's kappa (1960; weighted 1968); with more than two annotators the mean over pairs.

    The mean is Light's (1971); pairs that share nothing or used one value do not enter it.
    """
    weighted = str(parameters.get("weights", "none")) != "none"
    pairs = sorted({key[1:3] for key in columns if key[0] in ("o", "same")})
    solved = [_weighted_kappa(columns, table, pair, str(parameters["weights"])) if weighted
              else _plain_kappa(columns, table, pair) for pair in pairs]
    if not solved:
        nothing = np.full(len(table), np.nan)
        return Solved(nothing, [(np.isnan(nothing), NOTHING_SHARED)])
    observed, expected, total = (np.stack(part) for part in zip(*solved, strict=True))
    each = _corrected(observed, expected, total)
    counted = (~np.isnan(each.value)).sum(axis=0)
    value = divided(np.nansum(each.value, axis=0), counted.astype(float))
    because = [(total.sum(axis=0) == 0, NOTHING_SHARED), (np.isnan(value), ONE_VALUE)]
    single = len(pairs) == 1
    return Solved(value, because, observed[0] if single else None,
                  expected[0] if single else None)


def _plain_kappa(columns: Columns, table: Array, pair: Key) -> tuple[Array, Array, Array]:
    labels = [key[3] for key in columns if key[:3] == ("left", *pair)]
    left = block(columns, table, "left", *pair)[1]
    right = np.stack([column(columns, table, "right", *pair, label) for label in labels], axis=1)
    total = left.sum(axis=1)
    expected = divided((left * right).sum(axis=1), total**2)
    return divided(column(columns, table, "same", *pair), total), expected, total


def _weighted_kappa(columns: Columns, table: Array, pair: Key, kind: str
                    ) -> tuple[Array, Array, Array]:
    labels = sorted({label for key in columns if key[0] == "o" for label in key[3:]},
                    key=value_order)
    counts, weights = _matrix(columns, table, labels, ("o", *pair)), agreement_weights(labels, kind)
    total = counts.sum(axis=(1, 2))
    left = divided(counts.sum(axis=2), total[:, None])
    right = divided(counts.sum(axis=1), total[:, None])
    observed = divided((counts * weights).sum(axis=(1, 2)), total)
    return observed, np.einsum("rc,ck,rk->r", left, weights, right), total


def square(columns: Columns, table: Array, name: str = "o") -> tuple[list[str], Array]:
    """Return the labels in order and the (rows, labels, labels) sums called ``name``."""
    labels = sorted({label for key in columns if key[0] == name for label in key[1:]},
                    key=value_order)
    return labels, _matrix(columns, table, labels, (name,))


def _matrix(columns: Columns, table: Array, labels: list[str], name: Key) -> Array:
    place = {label: index for index, label in enumerate(labels)}
    result = np.zeros((len(table), len(labels), len(labels)))
    width = len(name)
    for index, key in enumerate(columns):
        if key[:width] == name:
            result[:, place[key[width]], place[key[width + 1]]] = table[:, index]
    return result


def _in_use(columns: Columns, table: Array) -> set[str]:
    """Return the labels that somebody gave: sums may keep columns of labels long given up."""
    labels, share = block(columns, table, "pi")
    return {labels[index][0] for index in np.flatnonzero(share.any(axis=0))}


def _pairable_items(columns: Columns, table: Array) -> Array:
    sizes, items = block(columns, table, "items")
    return np.asarray(items[:, [int(size) >= 2 for (size,) in sizes]].sum(axis=1))


def _corrected(observed: Array, expected: Array, total: Array) -> Solved:
    """Return (p_o - p_e) / (1 - p_e)."""
    certain = _is_one(expected)
    value = divided(observed - expected, np.where(certain, 0.0, 1 - expected))
    return Solved(np.where(total == 0, np.nan, value),
                  [(total == 0, NOTHING_SHARED), (certain, ONE_VALUE)], observed, expected)


def _corrected_distance(observed: Array, expected: Array, total: Array) -> Solved:
    """Return 1 - D_o / D_e."""
    value = np.where(total == 0, np.nan, 1 - divided(observed, expected))
    return Solved(value, [(total == 0, NOTHING_SHARED), (expected == 0, ONE_VALUE)],
                  observed, expected)


def _is_one(expected: Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(1 - expected) < 1e-12)
