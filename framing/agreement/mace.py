"""Who can be trusted: one number an annotator, and what the annotator says when guessing.

Hovy, Berg-Kirkpatrick, Vaswani and Hovy (2013), Learning whom to trust with MACE, NAACL. With
probability θ an annotator copies the true label, otherwise draws from a spam distribution ξ of
her own. Variational Bayes uses the paper's priors: Beta(0.5, 0.5) on θ and Dirichlet(10) on ξ.

All restarts run together: an annotation enters only through its annotator and value, so one step
of all restarts is two products with a sparse matrix of (item, label) x (annotator, label).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import digamma, logsumexp

from framing.agreement.codes import Codes
from framing.agreement.statistics import Array

METHODS = ("vb", "em")
TRUST_PRIOR = 0.5
SPAM_PRIOR = 10.0
SMOOTHING = 0.01
TINY = 1e-300


@dataclass(frozen=True)
class Trust:
    """``posterior[i, k]`` of items, ``trust[a]`` = θ, ``spam[a, k]`` = ξ, log-likelihood."""

    posterior: Array
    trust: Array
    spam: Array
    likelihood: float


@dataclass(frozen=True)
class _Weights:
    """How much knowing, guessing, and each guess weigh; probabilities, or their VB stand-ins."""

    know: Array
    guess: Array
    spam: Array

    @property
    def copied(self) -> Array:
        return np.broadcast_to(self.know[:, None], self.spam.shape)

    @property
    def guessed(self) -> Array:
        return np.asarray(self.guess[:, None] * self.spam)


def learned_trust(codes: Codes, *, method: str, restarts: int, iterations: int, seed: int
                  ) -> Trust:
    """Fit from random starts and return the fit of the greatest likelihood."""
    model = _Model(codes, bayes=method == "vb")
    weights = model.started(np.random.default_rng(seed), restarts)
    for _ in range(iterations):
        weights = model.maximised(model.expected(weights)[0], weights)
    posterior, likelihood = model.expected(weights)
    best = int(np.argmax(likelihood))
    trust = weights.know / (weights.know + weights.guess)
    spam = weights.spam / weights.spam.sum(axis=1, keepdims=True)
    return Trust(posterior[:, :, best], trust[:, best], spam[:, :, best],
                 float(likelihood[best]))


class _Model:
    """The counts of one set of codes; every array ends in an axis of restarts."""

    def __init__(self, codes: Codes, *, bayes: bool) -> None:
        item, annotator, value = codes.indices().T
        self.items, self.annotators = len(codes.items), len(codes.annotators)
        self.labels, self.bayes = len(codes.labels), bayes
        col, width = annotator * self.labels + value, self.annotators * self.labels
        ones = np.ones(len(item))
        self.given = csr_matrix((ones, (item * self.labels + value, col)),
                                shape=(self.items * self.labels, width))
        self.by_item = csr_matrix((ones, (item, col)), shape=(self.items, width))
        self.said = np.bincount(col, minlength=width).astype(float).reshape(-1, self.labels, 1)

    def started(self, rng: np.random.Generator, restarts: int) -> _Weights:
        know = rng.uniform(0.4, 0.95, size=(self.annotators, restarts))
        spam = rng.dirichlet(np.ones(self.labels), size=(restarts, self.annotators))
        return _Weights(know, 1 - know, np.moveaxis(spam, 0, 2))

    def expected(self, weights: _Weights) -> tuple[Array, Array]:
        """Return the posterior of the labels and the log-likelihood of each restart."""
        restarts = weights.know.shape[-1]
        guess = np.log(np.maximum(weights.guessed, TINY))
        hit = np.log(np.maximum(weights.copied + weights.guessed, TINY)) - guess
        score = (self.given @ hit.reshape(-1, restarts)).reshape(self.items, self.labels, restarts)
        evidence = logsumexp(score, axis=1)
        base = self.by_item @ guess.reshape(-1, restarts)
        return (np.exp(score - evidence[:, None]),
                (evidence + base - np.log(self.labels)).sum(axis=0))

    def maximised(self, posterior: Array, weights: _Weights) -> _Weights:
        restarts = weights.know.shape[-1]
        true = (self.given.T @ posterior.reshape(-1, restarts)).reshape(weights.spam.shape)
        share = weights.copied / np.maximum(weights.copied + weights.guessed, TINY)
        from_truth = true * share
        from_spam = self.said - from_truth
        knows, guesses = from_truth.sum(axis=1), from_spam.sum(axis=1)
        return self._bayesian(knows, guesses, from_spam) if self.bayes else \
            self._likeliest(knows, guesses, from_spam)

    def _likeliest(self, knows: Array, guesses: Array, from_spam: Array) -> _Weights:
        smooth = SMOOTHING / self.labels
        total = knows + guesses + 2 * smooth
        return _Weights((knows + smooth) / total, (guesses + smooth) / total,
                        (from_spam + smooth) / (guesses + SMOOTHING)[:, None])

    def _bayesian(self, knows: Array, guesses: Array, from_spam: Array) -> _Weights:
        """Return exponents of the expected logarithms under the posterior (section 2.2)."""
        total = digamma(knows + guesses + 2 * TRUST_PRIOR)
        spread = digamma(guesses + self.labels * SPAM_PRIOR)[:, None]
        return _Weights(np.exp(digamma(knows + TRUST_PRIOR) - total),
                        np.exp(digamma(guesses + TRUST_PRIOR) - total),
                        np.exp(digamma(from_spam + SPAM_PRIOR) - spread))
