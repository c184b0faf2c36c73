"""Logistic regression on named features: fit it, keep it as JSON, read it again.

The model is a table of weights that a person can read. Fitting minimises the cross-entropy against
targets in 0..1 (a share of readers, or 0 and 1) with an L2 penalty, by L-BFGS (Nocedal 1980, as
scipy has it); there is no chance in it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

FORMAT = "framing-logistic-1"
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Weights by feature. ``about`` says what they were made from, for the model card."""

    bias: float
    weights: Mapping[str, float]
    about: Mapping[str, str | int | float]

    def probability(self, features: Iterable[str]) -> float:
        total = self.bias + sum(self.weights.get(name, 0.0) for name in set(features))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))

    def speaking(self, features: Iterable[str]) -> list[tuple[str, float]]:
        """Return the features that count for the word, the strongest first."""
        found = [(name, self.weights.get(name, 0.0)) for name in set(features)]
        return sorted((f for f in found if f[1] > 0), key=lambda f: (-f[1], f[0]))


def load(path: Path) -> Weights:
    """Read weights; raises ValueError with the reason when the file is not of this format."""
    return from_dict(json.loads(path.read_text(encoding="utf-8")), name=path.name)


def from_dict(data: Any, *, name: str) -> Weights:
    """Return weights kept as plain data; raises ValueError when it is not of this format."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"{name} is not in the format {FORMAT}")
    weights = {str(k): float(v) for k, v in data["weights"].items()}
    return Weights(float(data["bias"]), weights, dict(data["about"]))


def as_dict(weights: Weights) -> dict[str, Any]:
    """Return weights as plain data in a fixed order, rounded as they are kept."""
    return {"format": FORMAT, "about": dict(weights.about), "bias": round(weights.bias, 4),
            "weights": {k: round(v, 3) for k, v in sorted(weights.weights.items())}}


def fingerprint(weights: Weights) -> str:
    """Return 16 hexadecimal digits that name these weights."""
    content = json.dumps(as_dict(weights), sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()[:16]


def save(weights: Weights, path: Path) -> None:
    """Write weights in a fixed order, so that equal models are equal files."""
    text = json.dumps(as_dict(weights), ensure_ascii=False, indent=0, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def fit(
    rows: Sequence[Iterable[str]],
    targets: Sequence[float],
    *,
    penalty: float = 1.0,
    least_rows: int = 3,
    least_weight: float = 0.05,
    about: Mapping[str, str | int | float],
) -> Weights:
    """Fit weights for the features that at least ``least_rows`` rows have.

    Weights smaller than ``least_weight`` are dropped to keep the file small. Raises ValueError
    without rows or with targets that are all the same.
    """
    if not rows or len(set(targets)) < 2:
        raise ValueError("learning needs rows of at least two kinds")
    names = _names(rows, least_rows)
    solution = _solve(_matrix(rows, names), np.asarray(targets, dtype=float), penalty)
    kept = {name: float(solution[i]) for name, i in names.items()
            if abs(solution[i]) >= least_weight}
    return Weights(float(solution[-1]), kept, dict(about))


def _names(rows: Sequence[Iterable[str]], least: int) -> dict[str, int]:
    counts = Counter(name for row in rows for name in set(row))
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}


def _matrix(rows: Sequence[Iterable[str]], names: Mapping[str, int]) -> csr_matrix:
    """One row a word, one column a feature, and a last column of ones for the bias."""
    places = [sorted({names[n] for n in row if n in names} | {len(names)}) for row in rows]
    ends = np.cumsum([0, *(len(p) for p in places)])
    columns = np.fromiter((c for p in places for c in p), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names) + 1))


def _solve(matrix: csr_matrix, targets: Vector, penalty: float) -> Vector:
    shrunk = np.full(matrix.shape[1], penalty)
    shrunk[-1] = 0.0  # The bias is free.

    def loss(weights: Vector) -> tuple[float, Vector]:
        scores = matrix @ weights
        expected = 1 / (1 + np.exp(-np.clip(scores, -60, 60)))
        entropy = np.logaddexp(0, scores) - targets * scores
        value = float(entropy.sum() + 0.5 * (shrunk * weights**2).sum())
        return value, matrix.T @ (expected - targets) + shrunk * weights

    start = np.zeros(matrix.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(found.x, dtype=float)
