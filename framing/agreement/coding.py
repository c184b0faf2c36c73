"""What documents add to the coding measures: agreeing pairs, margins, coincidences."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from framing.agreement.ratings import Ratings
from framing.agreement.statistics import Array, Key, Statistics


def nominal_counts(ratings: Ratings) -> Statistics:
    """Count pairable values and agreeing pairs, each pair over (raters - 1).

    Columns ``agree`` and ``n`` by label. It is the coincidence matrix of Krippendorff (2011)
    reduced to what the nominal metric needs: its diagonal sum and its margins.
    """
    pairable = ratings.raters >= 2
    count = ratings.counts()
    raters = np.maximum(ratings.raters, 2)
    agree = (count * (count - 1)).sum(axis=1) * ratings.weight / (raters - 1)
    margins = count * (ratings.weight * pairable)[:, None]
    return _statistics(ratings, [("agree",), *_named("n", ratings)],
                       np.column_stack([agree, margins]))


def coincidence_counts(ratings: Ratings) -> Statistics:
    """Count ordered pairs of values, each over (raters - 1): columns ``o`` by two labels.

    The coincidence matrix of Krippendorff (2011), kept apart by document.
    """
    return _pair_counts("o", ratings, ratings.weight / np.maximum(ratings.raters - 1, 1))


def item_counts(ratings: Ratings) -> Statistics:
    """Count items by their number of values, and their share of ordered pairs of values.

    Columns ``p`` by two labels (shares of ordered pairs, each item counting once), ``n`` by label
    (values of items with two or more), ``pi`` by label (mean share over items, Gwet 2008),
    ``items`` by number of values.
    """
    raters, count = ratings.raters, ratings.counts()
    pairs = _pair_counts("p", ratings, ratings.weight / np.maximum(raters * (raters - 1), 1))
    margins = count * (ratings.weight * (raters >= 2))[:, None]
    shares = count * (ratings.weight / np.maximum(raters, 1))[:, None]
    sizes = [int(size) for size in np.unique(raters) if size]
    items = np.stack([ratings.weight * (raters == size) for size in sizes], axis=1) if sizes \
        else np.zeros((len(raters), 0))
    rest = _statistics(
        ratings,
        [*_named("n", ratings), *_named("pi", ratings), *(("items", str(s)) for s in sizes)],
        np.column_stack([margins, shares, items]))
    return Statistics(pairs.columns + rest.columns, np.column_stack([pairs.table, rest.table]),
                      rest.documents, rest.copies)


def pair_of_annotators_counts(ratings: Ratings) -> Statistics:
    """Count pairs of values for each pair of annotators: columns ``o``, two names, two labels."""
    width = len(ratings.labels)
    tables: dict[tuple[int, int], Array] = {}
    size = ratings.n_documents * width * width
    for left, right in combinations(range(ratings.value.shape[1]), 2):
        both = (ratings.value[:, left] >= 0) & (ratings.value[:, right] >= 0)
        pair = ratings.annotator[both][:, [left, right]]
        for a, b in np.unique(pair, axis=0):
            chosen = np.flatnonzero(both)[(pair == (a, b)).all(axis=1)]
            cell = (ratings.document[chosen] * width + ratings.value[chosen, left]) * width \
                + ratings.value[chosen, right]
            table = np.bincount(cell, ratings.weight[chosen], minlength=size).astype(float)
            tables[a, b] = tables.get((a, b), 0.0) + table.reshape(-1, width * width)
    columns = [("o", ratings.annotators[a], ratings.annotators[b], c, k) for a, b in tables
               for c in ratings.labels for k in ratings.labels]
    empty = np.zeros((ratings.n_documents, 0))
    return Statistics(tuple(columns), np.column_stack([empty, *tables.values()]),
                      ratings.documents, ratings.copies)


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


def _statistics(ratings: Ratings, columns: list[Key], table: Array) -> Statistics:
    return Statistics(tuple(columns), ratings.by_document(table),
                      ratings.documents, ratings.copies)


def _named(name: str, ratings: Ratings) -> list[Key]:
    return [(name, label) for label in ratings.labels]
