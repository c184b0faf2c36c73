"""How like the words that readers marked a word means, as a level from 0 to 8 by lemma.

An encoder turns each lemma, alone, into numbers; logistic regression on them gives the share of
readers who would mark it. A lemma's own ratings never count for its own level, so that words which
the readers saw and words which they did not see have levels of one kind. The table of levels needs
no encoder where it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from benchmarks.detectors.mbic import Words
from framing.encoders import MiniLM

PENALTY = 30.0
PARTS = 8
EDGES = (0.5, 0.65, 0.75, 0.83, 0.89, 0.93, 0.96, 0.98)
"""Shares of the readers' lemmas below which a level ends; the lower half is level 0."""


@dataclass
class Likeness:
    """Levels for a vocabulary, from the ratings of some of the words."""

    vocabulary: list[str]
    rows: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        found = MiniLM()(self.vocabulary)
        self.rows = (found - found.mean(axis=0)) / np.maximum(found.std(axis=0), 1e-3)

    def levels(self, words: Words, train: np.ndarray) -> dict[str, int]:
        """Return the level of each lemma that has one above 0, from the words in ``train``."""
        place = {lemma: n for n, lemma in enumerate(self.vocabulary)}
        chosen = train & words.looked_at
        at = np.array([place[lemma] for lemma in words.lemmas[chosen]])
        count = np.bincount(at, minlength=len(place)).astype(float)
        total = np.bincount(at, weights=words.shares[chosen], minlength=len(place))
        seen = np.flatnonzero(count)
        scores = self._scores(seen, total, count)
        part = np.random.default_rng(1).permutation(len(place)) % PARTS
        for number in range(PARTS):
            own, others = seen[part[seen] == number], seen[part[seen] != number]
            scores[own] = self._scores(others, total, count)[own]
        edges = np.quantile(scores[seen], EDGES)
        found = np.searchsorted(edges, scores)
        return {lemma: int(found[n]) for lemma, n in place.items() if found[n]}

    def _scores(self, seen: np.ndarray, total: np.ndarray, count: np.ndarray) -> np.ndarray:
        """Fit to the lemmas ``seen``, each with the root of its count, and score all."""
        rows, weight = self.rows[seen], np.sqrt(count[seen])
        targets = total[seen] / count[seen]

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            scores = rows @ weights[:-1] + weights[-1]
            off = weight * (1 / (1 + np.exp(-np.clip(scores, -60, 60))) - targets)
            value = (weight * (np.logaddexp(0, scores) - targets * scores)).sum()
            shrunk = PENALTY * weights
            shrunk[-1] = 0.0
            slope = np.append(rows.T @ off, off.sum()) + shrunk
            return float(value + 0.5 * shrunk @ weights), slope

        start = np.zeros(rows.shape[1] + 1)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
        return np.asarray(self.rows @ found[:-1] + found[-1])
