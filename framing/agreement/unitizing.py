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
from framing.agreement.ratings import flat_ratings
from framing.agreement.statistics import (
    Array,
    Key,
    Parameters,
    Solved,
    Statistics,
    block,
    column,
    divided,
)

NO_UNITS = "nobody marked anything in these documents"
NO_GAPS = "units cover all of the text, so marked and unmarked cannot be told apart"
NO_MEETING = "no unit of one annotator meets a unit of another"
ONE_LABEL = "all units that meet have one label, so agreement cannot be told from chance"
ONE_LINE = "*"


def count_units(layout: Layout, *, layered: bool) -> Statistics:
    """Count what the family needs, by document, line and label.

    Columns: ``total``, the length of the document once for each reader. By line, ``apart``, the
    length on which a gap meets a unit, over (readers - 1). By line and label, ``length`` of
    units; ``same``, the length on which two annotators have the label, over (readers - 1);
    ``square``, summed squares of unit lengths; ``met`` and ``met-square``, length and squares
    where units meet units. A label that a document lacks adds zeros, be it known there or not.
    """
    lines = [(label, layout.of_label(index)) for index, label in enumerate(layout.labels)] \
        if layered else [(ONE_LINE, layout)]
    parts = [_one_line(line, part) for line, part in lines]
    columns = (("total",), *(key for keys, _ in parts for key in keys))
    return Statistics(columns, np.column_stack([_totals(layout), *(table for _, table in parts)]),
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
    same = _by_label(columns, table, "same")[1]
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
    same = _by_label(columns, table, "same")[1][:, row]
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
    readers = np.maximum(layout.readers - 1, 1)[:, None]
    same = ratings.equal_pair_sums(ratings.weight) / readers
    marked = (ratings.value.T > 0).sum(axis=0)
    met = ratings.weight * np.maximum(marked - 1, 0)
    length = _by_label_of_units(layout, (layout.end - layout.start).astype(float))
    sums = {"length": length, "same": same[:, 1:],
            **_of_units(layout, np.concatenate([[0.0], np.cumsum(met)]), first, last)}
    columns: list[Key] = [("apart", line)]
    columns += [(name, line, label) for name in sums for label in layout.labels]
    apart = _totals(layout) - length.sum(axis=1) - same[:, 0]
    return columns, np.column_stack([apart, *sums.values()])


def _totals(layout: Layout) -> Array:
    return (np.diff(layout.offsets) * layout.readers).astype(float)


def _of_units(layout: Layout, met: Array, first: Ints, last: Ints) -> dict[str, Array]:
    """Sum the pairable lengths of units, their squares, and the squares of all of their length.

    ``met[i]`` is the length before item ``i``, once for each other unit that meets it there.
    """
    readers = np.maximum(layout.readers - 1, 1)[layout.document]
    shared = (met[last] - met[first]) / readers
    length = (layout.end - layout.start).astype(float)
    values = {"met": shared, "met-square": shared**2, "square": length**2}
    return {name: _by_label_of_units(layout, value) for name, value in values.items()}


def _by_label_of_units(layout: Layout, values: Array) -> Array:
    many, width = len(layout.documents), len(layout.labels)
    cell = layout.document * width + layout.label
    return np.bincount(cell, values, minlength=many * width).reshape(many, width).astype(float)


def _over_lines(columns: Columns, table: Array, *, blind: bool) -> tuple[Array, Array]:
    """Sum observed and expected differences over the lines.

    Of one line: D_o = (N - Σ same) / N and D_e = (N² - Σ length²) / (N² - Σ square), where gaps
    are one label more that enters the squares with its plain length; blind to labels only gaps
    against units count.
    """
    observed, expected = np.zeros(len(table)), np.zeros(len(table))
    total = column(columns, table, "total")
    lines = sorted({key[1] for key in columns if key[0] == "apart"})
    for line in lines:
        length, same, square = (_of_line(columns, table, name, line)
                                for name in ("length", "same", "square"))
        apart = column(columns, table, "apart", line)
        gap = total - sum(length.values())
        squares = sum(square.values()) + gap
        differ = 2 * apart if blind else \
            sum(length.values()) - sum(same.values()) + apart
        chance = 2 * gap * (total - gap) if blind else \
            total**2 - gap**2 - sum(value**2 for value in length.values())
        observed += differ
        expected += np.nan_to_num(total * divided(chance, total**2 - squares))
    return divided(observed, total * len(lines)), divided(expected, total * len(lines))


def _of_line(columns: Columns, table: Array, name: str, line: str) -> dict[str, Array]:
    return {key[2]: table[:, index] for index, key in enumerate(columns)
            if key[:2] == (name, line)}


def _by_label(columns: Columns, table: Array, name: str) -> tuple[list[str], Array]:
    """Return the sums of every label, in one fixed order for every name."""
    keys, values = block(columns, table, name)
    order = sorted(range(len(keys)), key=lambda index: keys[index])
    return [keys[index][1] for index in order], values[:, order]


def _one_minus(columns: Columns, table: Array, observed: Array, expected: Array) -> Solved:
    marked = _by_label(columns, table, "length")[1].sum(axis=1)
    value = np.where(_vanishes(expected), np.nan, 1 - divided(observed, expected))
    return Solved(value, [(marked == 0, NO_UNITS), (np.isnan(value), NO_GAPS)], observed, expected)


def _vanishes(expected: Array) -> NDArray[np.bool_]:
    return np.asarray(np.isnan(expected) | (np.abs(expected) < 1e-12))


def _plain(values: Array) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])
