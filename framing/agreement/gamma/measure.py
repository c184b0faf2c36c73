"""Gamma, gamma-cat and gamma-k as sums over documents.

The literature defines one continuum. Over a corpus γ = 1 - Σ observed cost / Σ expected cost,
where a document's expected cost is the mean disorder of its random continua times its own mean
number of units: a single document keeps the published value, and documents where nothing is
marked add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from framing.agreement.coefficients import Columns
from framing.agreement.gamma.alignment import Alignment, aligned_pairs
from framing.agreement.gamma.continua import Continua
from framing.agreement.gamma.dissimilarity import Dissimilarity
from framing.agreement.gamma.sampling import CONFIDENT, Disorder, sample_disorder
from framing.agreement.layout import Layout
from framing.agreement.report import Scalar
from framing.agreement.statistics import Array, Parameters, Solved, Statistics, column, divided

DEFAULTS: Mapping[str, Scalar] = {"alpha": 3.0, "beta": 1.0, "delta": 1.0, "samples": 30,
                                  "sampler": "shift", "precision": 0.0}
NO_UNITS = "nobody marked anything in these documents"
NO_CHANCE = "the random continua hold no units, so chance cannot be told"
NO_PAIR = "no unit of one annotator is aligned with a unit of another"
ONE_LABEL = "units that are aligned by chance never differ in label, so chance cannot be told"
ALL = "*"
COLUMNS = ("observed", "expected", "weight", "variance", "lost", "aligned", "units")


def count_gamma(layout: Layout, parameters: Parameters) -> Statistics:
    """Count the disorder of places and labels: columns with the one key ALL."""
    return _counted(layout, parameters, (ALL,), _disorder)


def count_gamma_labels(layout: Layout, parameters: Parameters) -> Statistics:
    """Count the disorder of labels of aligned units, for all (ALL) and for each label."""
    return _counted(layout, parameters, (ALL, *layout.labels), _label_disorder)


def solve_gamma(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """γ = 1 - observed / expected disorder; 1 by definition when nothing differs."""
    observed, expected, weight, _ = _sums(columns, table, ALL)
    same = (weight > 0) & (observed < 1e-12)
    value = np.where(same, 1.0, np.where(weight > 0, 1 - divided(observed, expected), np.nan))
    lost = column(columns, table, "lost", ALL) > 0
    return Solved(value, [(lost & (weight == 0), NO_CHANCE), (weight == 0, NO_UNITS)],
                  divided(observed, weight), divided(expected, weight))


def solve_gamma_cat(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """γ_cat (Mathet 2017): agreement of labels on the alignment that gamma found."""
    return _label_value(columns, table, ALL)


def solve_gamma_k(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """γ_k (Mathet 2017): the same over aligned pairs of which one unit has label k."""
    wanted = str(parameters["label"])
    if ("weight", wanted) not in columns or wanted == ALL:
        sentence = (f"no unit has the label '{wanted}'" if wanted else "this measure has one "
                    "value a label: name the label, or see the details")
        return Solved(np.full(len(table), np.nan), [(np.ones(len(table), dtype=bool), sentence)])
    return _label_value(columns, table, wanted)


def gamma_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return half the width of the 95 % interval of the expected disorder, relative to it."""
    expected, variance = (float(column(columns, table, name, ALL)[0])
                          for name in ("expected", "variance"))
    return {"relative_precision":
            CONFIDENT * variance**0.5 / expected if expected > 0 else None}


def gamma_k_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return the value of every label, or why it has none."""
    found: dict[str, object] = dict(gamma_details(columns, table))
    for label in sorted(key[1] for key in columns if key[0] == "weight" and key[1] != ALL):
        solved = _label_value(columns, table, label)
        value = None if np.isnan(solved.value[0]) else float(solved.value[0])
        found[label] = {"value": value, "undefined": solved.reason(0)}
    return found


def _label_value(columns: Columns, table: Array, label: str) -> Solved:
    observed, expected, weight, lost = _sums(columns, table, label)
    value = np.where(expected > 0, 1 - divided(observed, expected), np.nan)
    coverage = divided(column(columns, table, "aligned", label),
                       column(columns, table, "units", label))
    return Solved(value, [((weight == 0) & (lost == 0), NO_PAIR), (np.isnan(value), ONE_LABEL)],
                  divided(observed, weight), divided(expected, weight), coverage=coverage)


def _sums(columns: Columns, table: Array, key: str) -> tuple[Array, Array, Array, Array]:
    observed, expected, weight, lost = (
        column(columns, table, name, key) for name in ("observed", "expected", "weight", "lost"))
    return observed, expected, weight, lost


def _counted(layout: Layout, parameters: Parameters, keys: tuple[str, ...],
             disorder: Disorder) -> Statistics:
    tallies = sample_disorder(layout, parameters, len(keys), disorder)
    columns = tuple((name, key) for name in COLUMNS for key in keys)
    return Statistics(columns, tallies.table(), layout.documents,
                      details={"samples": tallies.samples})


def _disorder(continua: Continua, alignment: Alignment, _: Dissimilarity, _keys: int
              ) -> tuple[Array, Array]:
    units = np.bincount(continua.continuum, minlength=continua.n) / continua.annotators
    return alignment.cost[:, None], units[:, None]


def _label_disorder(continua: Continua, alignment: Alignment, dissimilarity: Dissimilarity,
                    width: int) -> tuple[Array, Array]:
    pairs = aligned_pairs(continua, alignment.groups, dissimilarity)
    unlike = pairs.unlike * pairs.weight
    one, other = continua.label[pairs.left], continua.label[pairs.right]
    sums = []
    for values in (unlike, pairs.weight):
        table = np.bincount(pairs.continuum * width, values,
                            minlength=continua.n * width).astype(float)
        for label, kept in ((one, np.ones(len(one), dtype=bool)), (other, one != other)):
            cell = pairs.continuum[kept] * width + label[kept] + 1
            table = table + np.bincount(cell, values[kept], minlength=continua.n * width)
        sums.append(table.reshape(continua.n, width).astype(float))
    return sums[0], sums[1]
