"""Krippendorff's alpha for units on a line: the family of 2016 (u, |u, cu, (k)u).

Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual
continua; the same equations in Krippendorff (2019), ch. 12. An annotator's line is cut into
valued units and gaps, so units of one annotator must not overlap; with layers each label has a
line of its own.

For cu and (k)u with three annotators or more, the self-pairing term is the square of a unit's
mean pairable length, the one reading that gives the 0.724 printed for the book's example.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from framing.agreement.coefficients import Columns
from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.ratings import OUT, flat_ratings
from framing.agreement.statistics import Array, Key, Parameters, Solved, Statistics, block, divided

NO_UNITS = "nobody marked anything in these documents"
NO_GAPS = "units cover all of the text, so marked and unmarked cannot be told apart"
NO_MEETING = "no unit of one annotator meets a unit of another"
ONE_LABEL = "all units that meet have one label, so agreement cannot be told from chance"
ONE_LINE = "*"


def count_units(layout: Layout, *, layered: bool) -> Statistics:
    """Count what the family needs, by document, line and label.

    Columns: ``length`` of units and gaps; ``same``, the length on which two annotators agree,
    over (readers - 1); ``square``, summed squares of unit lengths; ``met``, ``met-same`` and
    ``met-square`` the same where units meet units.
    """
    lines = [(label, layout.of_label(index)) for index, label in enumerate(layout.labels)] \
        if layered else [(ONE_LINE, layout)]
    parts = [_one_line(line, part) for line, part in lines]
    columns = tuple(key for keys, _ in parts for key in keys)
    empty = np.zeros((len(layout.documents), 0))
    return Statistics(columns, np.column_stack([empty, *(table for _, table in parts)]),
                      layout.documents)


def solve_u_alpha(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """uα: every difference between labels and gaps counts."""
    observed, expected = _over_lines(columns, table, blind=False)
    return _one_minus(columns, table, observed, expected)


def solve_bu_alpha(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """|uα: all labels taken as one, marked against unmarked."""
    observed, expected = _over_lines(columns, table, blind=True)
    return _one_minus(columns, table, observed, expected)


def solve_cu_alpha(columns: Columns, table: Array, _parameters: Parameters) -> Solved:
    """cuα: agreement of labels where units meet; coverage is the share of length that meets."""
    met = _by_label(columns, table, "met")[1]
    square = _by_label(columns, table, "met-square")[1]
    same = _by_label(columns, table, "met-same")[1]
    total = met.sum(axis=1)
    observed = divided(total - same.sum(axis=1), total)
    expected = divided(total**2 - (met**2).sum(axis=1), total**2 - square.sum(axis=1))
    marked = _by_label(columns, table, "length")[1].sum(axis=1)
    value = np.where(_vanishes(expected), np.nan, 1 - divided(observed, expected))
    because = [(marked == 0, NO_UNITS), (total == 0, NO_MEETING),
               (np.isnan(value), ONE_LABEL)]
    return Solved(value, because, observed, expected, coverage=divided(total, marked))


def solve_ku_alpha(columns: Columns, table: Array, parameters: Parameters) -> Solved:
    """(k)uα: how far units with one label keep it where they meet other units."""
    labels, met = _by_label(columns, table, "met")
    wanted = str(parameters["label"])
    if wanted not in labels:
        sentence = (f"no unit has the label '{wanted}'" if wanted else "this measure has one "
                    "value a label: name the label, or see the details")
        return Solved(np.full(len(table), np.nan), [(np.ones(len(table), dtype=bool), sentence)])
    row = labels.index(wanted)
    own, total = met[:, row], met.sum(axis=1)
    square = _by_label(columns, table, "met-square")[1][:, row]
    same = _by_label(columns, table, "met-same")[1][:, row]
    length = _by_label(columns, table, "length")[1][:, row]
    observed = divided(own - same, own)
    expected = divided(own * total - own**2, own * total - square)
    value = np.where(_vanishes(expected), np.nan, 1 - divided(observed, expected))
    because = [(length == 0, f"no unit has the label '{wanted}'"), (own == 0, NO_MEETING),
               (np.isnan(value), ONE_LABEL)]
    return Solved(value, because, observed, expected, coverage=divided(own, length))


def ku_alpha_details(columns: Columns, table: Array) -> Mapping[str, object]:
    """Return the value and the coverage of every label."""
    found = {}
    for label in _by_label(columns, table, "met")[0]:
        solved = solve_ku_alpha(columns, table, {"label": label})
        coverage = solved.coverage if solved.coverage is not None else solved.value
        found[label] = {"value": _plain(solved.value), "coverage": _plain(coverage),
                        "undefined": solved.reason(0)}
    return found


def _one_line(line: str, layout: Layout) -> tuple[list[Key], Array]:
    ratings, first, last = flat_ratings(layout)
    readers = np.maximum(layout.readers - 1, 1)[ratings.document]
    same = ratings.equal_pair_sums(ratings.weight / readers)
    marked = (ratings.value.T > 0).sum(axis=0)
    pairable = ratings.weight * np.maximum(marked - 1, 0) / readers
    sums = {"same": same, "length": _lengths(layout), "met-same": same[:, 1:],
            **_of_units(layout, np.concatenate([[0.0], np.cumsum(pairable)]), first, last)}
    columns: list[Key] = []
    for name, table in sums.items():
        labels = ratings.labels if table.shape[1] == len(ratings.labels) else layout.labels
        columns += [(name, line, label) for label in labels]
    return columns, np.column_stack(list(sums.values()))


def _lengths(layout: Layout) -> Array:
    """Sum the lengths of gaps and of the units of each label."""
    marked = _by_label_of_units(layout, (layout.end - layout.start).astype(float))
    total = np.diff(layout.offsets) * layout.readers
    return np.column_stack([total - marked.sum(axis=1), marked])


def _of_units(layout: Layout, met: Array, first: Ints, last: Ints) -> dict[str, Array]:
    """Sum the pairable lengths of units, their squares, and the squares of all of their length.

    ``met[i]`` is the pairable length before item ``i``.
    """
    shared, length = met[last] - met[first], (layout.end - layout.start).astype(float)
    values = {"met": shared, "met-square": shared**2, "square": length**2}
    return {name: _by_label_of_units(layout, value) for name, value in values.items()}


def _by_label_of_units(layout: Layout, values: Array) -> Array:
    many, width = len(layout.documents), len(layout.labels)
    cell = layout.document * width + layout.label
    return np.bincount(cell, values, minlength=many * width).reshape(many, width).astype(float)


def _over_lines(columns: Columns, table: Array, *, blind: bool) -> tuple[Array, Array]:
    """Sum observed and expected differences over the lines.

    Of one line: D_o = (N - Σ same) / N and D_e = (N² - Σ length²) / (N² - Σ square), where a gap
    enters the squares with its plain length; blind to labels only OUT against the rest counts.
    """
    observed, expected = np.zeros(len(table)), np.zeros(len(table))
    for line in sorted({key[1] for key in columns}):
        length, same, square = (_of_line(columns, table, name, line)
                                for name in ("length", "same", "square"))
        total = sum(length.values(), np.zeros(len(table)))
        gap, gap_same = length[OUT], same[OUT]
        squares = sum(square.values(), np.zeros(len(table))) + gap
        differ = 2 * (gap - gap_same) if blind else total - sum(same.values())
        chance = 2 * gap * (total - gap) if blind else \
            total**2 - sum(value**2 for value in length.values())
        observed += differ
        expected += np.nan_to_num(total * divided(chance, total**2 - squares))
    total = block(columns, table, "length")[1].sum(axis=1)
    return divided(observed, total), divided(expected, total)


def _of_line(columns: Columns, table: Array, name: str, line: str) -> dict[str, Array]:
    return {key[2]: table[:, index] for index, key in enumerate(columns)
            if key[:2] == (name, line)}


def _by_label(columns: Columns, table: Array, name: str) -> tuple[list[str], Array]:
    """Return the sums of every label but OUT, in one fixed order for every name."""
    keys, values = block(columns, table, name)
    order = sorted(range(len(keys)), key=lambda index: keys[index])
    order = [index for index in order if keys[index][1] != OUT]
    return [keys[index][1] for index in order], values[:, order]


def _one_minus(columns: Columns, table: Array, observed: Array, expected: Array) -> Solved:
    marked = _by_label(columns, table, "length")[1].sum(axis=1)
    value = np.where(_vanishes(expected), np.nan, 1 - divided(observed, expected))
    return Solved(value, [(marked == 0, NO_UNITS), (np.isnan(value), NO_GAPS)], observed, expected)


def _vanishes(expected: Array) -> NDArray[np.bool_]:
    return np.asarray(np.isnan(expected) | (np.abs(expected) < 1e-12))


def _plain(values: Array) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])
