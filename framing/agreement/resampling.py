"""Bootstrap intervals over documents by re-weighting their sums.

Spans in one article are not independent, so whole documents are drawn with replacement, never
spans (Efron and Tibshirani 1993, ch. 13, percentile interval).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from framing.agreement.report import Interval
from framing.agreement.statistics import Array, Statistics

CHUNK_CELLS = 4_000_000
STABLE_FROM = 10


def resampled_totals(statistics: Statistics, *, resamples: int, seed: int) -> Array:
    """Return the sums of ``resamples`` corpora drawn from the documents, one row each."""
    rng = np.random.default_rng(seed)
    if statistics.copies is not None:
        n = statistics.n_documents
        weights = rng.multinomial(n, statistics.copies / n, size=resamples)
        return weights.astype(float) @ statistics.table
    parts = [weights @ statistics.table
             for weights in document_weights(len(statistics.table), resamples, rng)]
    return np.concatenate(parts)


def resampled_means(values: Array, *, resamples: int, seed: int) -> Array:
    """Return the mean over the defined documents of each resample, NaN when it has none."""
    rng = np.random.default_rng(seed)
    defined = ~np.isnan(values)
    filled = np.where(defined, values, 0.0)
    parts = []
    for weights in document_weights(len(values), resamples, rng):
        count = weights @ defined.astype(float)
        parts.append(np.where(count > 0, (weights @ filled) / np.maximum(count, 1), np.nan))
    return np.concatenate(parts)


def document_weights(n: int, resamples: int, rng: np.random.Generator) -> Iterator[Array]:
    """Yield how often each of ``n`` documents is drawn, a bounded number of resamples at once."""
    chunk = max(1, min(resamples, CHUNK_CELLS // max(n, 1)))
    for start in range(0, resamples, chunk):
        rows = min(chunk, resamples - start)
        drawn = rng.integers(0, n, size=(rows, n)) + np.arange(rows)[:, None] * n
        yield np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n).astype(float)


def percentile_interval(values: Array) -> Interval | None:
    """Return the 2.5 and 97.5 percentiles of the defined values, None when none is defined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def bootstrap(draw: Callable[[], Array], *, n_documents: int, resamples: int
              ) -> tuple[Interval | None, list[str]]:
    """Return the interval of the drawn values and the notes a reader needs beside it."""
    if resamples < 1:
        return None, []
    if n_documents < 2:
        return None, ["no interval: resampling needs at least two documents"]
    values = draw()
    notes = []
    if n_documents < STABLE_FROM:
        notes.append(f"the interval is unstable: it rests on {n_documents} documents only")
    missing = int(np.isnan(values).sum())
    if missing:
        notes.append(f"{missing} of {resamples} resamples were undefined and left out")
    return percentile_interval(values), notes
