"""Who errs how: true labels, class frequencies and one confusion matrix an annotator.

Dawid and Skene (1979), Maximum likelihood estimation of observer error-rates using the EM
algorithm, Applied Statistics 28(1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from framing.agreement.codes import Codes
from framing.agreement.columns import Ints
from framing.agreement.statistics import Array

TINY = 1e-10


@dataclass(frozen=True)
class ErrorRates:
    """``posterior[i, k]`` of items, ``prior[k]``, ``confusion[a, k, v]``: answer v for true k."""

    posterior: Array
    prior: Array
    confusion: Array
    iterations: int

    @property
    def competence(self) -> Array:
        """Return each annotator's chance of the true label, over the class frequencies."""
        return np.asarray(np.einsum("k,akk->a", self.prior, self.confusion))


def error_rates(codes: Codes, *, iterations: int, tolerance: float) -> ErrorRates:
    """Alternate between labels and error rates, from the shares of votes on."""
    item, annotator, value = codes.indices().T
    shape = len(codes.items), len(codes.annotators), len(codes.labels)
    posterior = _votes(item, value, shape)
    likelihood, steps = -np.inf, 0
    while steps < iterations:
        steps += 1
        prior, confusion = _maximised(posterior, item, annotator, value, shape)
        posterior, reached = _expected(prior, confusion, item, annotator, value, shape)
        if reached - likelihood < tolerance * max(1.0, abs(reached)):
            break
        likelihood = reached
    prior, confusion = _maximised(posterior, item, annotator, value, shape)
    return ErrorRates(posterior, prior, confusion, steps)


def _votes(item: Ints, value: Ints, shape: tuple[int, int, int]) -> Array:
    items, _, labels = shape
    votes = np.bincount(item * labels + value, minlength=items * labels).reshape(items, labels)
    return np.asarray(votes / votes.sum(axis=1, keepdims=True))


def _maximised(posterior: Array, item: Ints, annotator: Ints, value: Ints,
               shape: tuple[int, int, int]) -> tuple[Array, Array]:
    _, annotators, labels = shape
    cell = annotator * labels + value
    counts = np.stack([np.bincount(cell, posterior[item, k], minlength=annotators * labels)
                       .reshape(annotators, labels) for k in range(labels)], axis=1)
    total = counts.sum(axis=2, keepdims=True)
    # A class that an annotator never met says nothing about the annotator.
    confusion = np.where(total > TINY, counts / np.maximum(total, TINY), 1 / labels)
    return posterior.mean(axis=0), confusion


def _expected(prior: Array, confusion: Array, item: Ints, annotator: Ints, value: Ints,
              shape: tuple[int, int, int]) -> tuple[Array, float]:
    items, _, labels = shape
    chance = np.log(np.maximum(confusion, TINY))
    score = np.stack([np.bincount(item, chance[annotator, k, value], minlength=items)
                      for k in range(labels)], axis=1) + np.log(np.maximum(prior, TINY))
    evidence = logsumexp(score, axis=1, keepdims=True)
    return np.exp(score - evidence), float(evidence.sum())
