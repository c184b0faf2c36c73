"""What documents add to the coding measures: agreeing pairs, margins, coincidences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.ratings import Ratings
from framing.agreement.statistics import Array, Key, Statistics


def nominal_counts(ratings: Ratings) -> Statistics:
    """Count pairable values and agreeing pairs, each pair over (raters - 1).

    Columns ``agree`` and ``n`` by label. It is the coincidence matrix of Krippendorff (2011)
    reduced to what the nominal metric needs: its diagonal sum and its margins.
    """
    raters = ratings.raters
    agree = ratings.sums(ratings.equal_pairs * ratings.weight / np.maximum(raters - 1, 1))
    return Statistics((("agree",), *_named("n", ratings)),
                      np.column_stack([agree, ratings.label_sums(ratings.weight * (raters >= 2))]),
                      ratings.documents, ratings.copies)


def coincidence_counts(ratings: Ratings) -> Statistics:
    """Count ordered pairs of values, each over (raters - 1): columns ``o`` by two labels.

    The coincidence matrix of Krippendorff (2011), kept apart by document.
    """
    return _pair_counts("o", ratings, ratings.weight / np.maximum(ratings.raters - 1, 1))


def item_counts(ratings: Ratings, *, weighted: bool = False) -> Statistics:
    """Count items by their number of values, and their share of agreeing ordered pairs of values.

    Columns ``same`` (shares, each item counting once), ``n`` by label (values of items with two
    or more), ``pi`` by label (mean share over items, Gwet 2008), ``items`` by number of values;
    ``weighted`` adds ``p``, the shares of pairs by two labels.
    """
    raters = ratings.raters
    share = ratings.weight / np.maximum(raters * (raters - 1), 1)
    sizes = [int(size) for size in np.unique(raters) if size]
    items = [ratings.sums(ratings.weight * (raters == size)) for size in sizes]
    counted = Statistics(
        (("same",), *_named("n", ratings), *_named("pi", ratings),
         *(("items", str(size)) for size in sizes)),
        np.column_stack([ratings.sums(ratings.equal_pairs * share),
                         ratings.label_sums(ratings.weight * (raters >= 2)),
                         ratings.label_sums(ratings.weight / np.maximum(raters, 1)), *items]),
        ratings.documents, ratings.copies)
    if not weighted:
        return counted
    pairs = _pair_counts("p", ratings, share)
    return Statistics(counted.columns + pairs.columns,
                      np.column_stack([counted.table, pairs.table]), counted.documents,
                      counted.copies)


def annotator_counts(ratings: Ratings) -> Statistics:
    """Count, for each two annotators, equal values and the values of either.

    Columns ``same`` by pair, ``left`` and ``right`` by pair and label.
    """
    sums: dict[Key, Array] = {}
    for names, chosen, left, right in _by_pair(ratings):
        document, weight = ratings.document[chosen], ratings.weight[chosen]
        sums["same", *names] = np.bincount(document, weight * (left == right),
                                           minlength=ratings.n_documents).astype(float)
        for side, values in (("left", left), ("right", right)):
            table = _tabled(ratings, document, values, weight)
            sums |= {(side, *names, label): table[:, i] for i, label in enumerate(ratings.labels)}
    return _gathered(ratings, sums)


def annotator_pair_counts(ratings: Ratings) -> Statistics:
    """Count pairs of values for each two annotators: columns ``o``, two names, two labels."""
    sums: dict[Key, Array] = {}
    width = len(ratings.labels)
    for names, chosen, left, right in _by_pair(ratings):
        table = _tabled(ratings, ratings.document[chosen], left * width + right,
                        ratings.weight[chosen], width * width)
        sums |= {("o", *names, c, k): table[:, i * width + j]
                 for i, c in enumerate(ratings.labels) for j, k in enumerate(ratings.labels)}
    return _gathered(ratings, sums)


def _by_pair(ratings: Ratings) -> Iterator[tuple[tuple[str, str], Ints, Ints, Ints]]:
    """Yield two names, the items both rated and their values, wherever they sit."""
    found: dict[tuple[int, int], list[tuple[Ints, Ints, Ints]]] = {}
    for left, right in combinations(range(ratings.value.shape[1]), 2):
        both = np.flatnonzero((ratings.value[:, left] >= 0) & (ratings.value[:, right] >= 0))
        seats = ratings.annotator[both][:, [left, right]]
        for a, b in np.unique(seats, axis=0).tolist():
            chosen = both[(seats == (a, b)).all(axis=1)]
            found.setdefault((a, b), []).append(
                (chosen, ratings.value[chosen, left], ratings.value[chosen, right]))
    for (a, b), parts in found.items():
        chosen, one, other = (np.concatenate(part) for part in zip(*parts, strict=True))
        yield (ratings.annotators[a], ratings.annotators[b]), chosen, one, other


def _tabled(ratings: Ratings, document: Ints, cell: Ints, weight: Array, width: int = 0) -> Array:
    width = width or len(ratings.labels)
    return np.bincount(document * width + cell, weight, minlength=ratings.n_documents * width
                       ).reshape(ratings.n_documents, width).astype(float)


def _gathered(ratings: Ratings, sums: dict[Key, Array]) -> Statistics:
    empty = np.zeros((ratings.n_documents, 0))
    return Statistics(tuple(sums), np.column_stack([empty, *sums.values()]), ratings.documents,
                      ratings.copies)


def _pair_counts(name: str, ratings: Ratings, weight: Array) -> Statistics:
    width = len(ratings.labels)
    size = ratings.n_documents * width * width
    table: Array = np.zeros(size)
    for left, right in combinations(range(ratings.value.shape[1]), 2):
        both = np.flatnonzero((ratings.value[:, left] >= 0) & (ratings.value[:, right] >= 0))
        c, k = ratings.value[both, left], ratings.value[both, right]
        base = ratings.document[both] * width
        table += np.bincount((base + c) * width + k, weight[both], minlength=size)
        table += np.bincount((base + k) * width + c, weight[both], minlength=size)
    columns = tuple((name, c, k) for c in ratings.labels for k in ratings.labels)
    return Statistics(columns, table.reshape(ratings.n_documents, width * width),
                      ratings.documents, ratings.copies)


def _named(name: str, ratings: Ratings) -> list[Key]:
    return [(name, label) for label in ratings.labels]
