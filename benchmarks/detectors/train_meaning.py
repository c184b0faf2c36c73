"""Make `framing/detectors/loaded_terms/weights_minilm.json` from the MBIC ratings.

    python -m benchmarks.detectors.train_meaning annotations_final_notempty.xlsx

As `train_loaded_terms`, with the rows of MiniLM (requirements-minilm.txt) beside the features. The
encoder stays as it is. Folds are the same. Run `train_loaded_terms` first: it makes
the levels that this ranker has too.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.detectors.likeness import Likeness
from benchmarks.detectors.mbic import FOLDS, Words, best_threshold, read, report
from benchmarks.detectors.train_loaded_terms import vocabulary
from framing.detectors.loaded_terms.features import VERSION
from framing.detectors.loaded_terms.meaning import FORMAT, SHIPPED
from framing.detectors.logistic import Weights, as_dict
from framing.encoders import MiniLM
from framing.spans import Span

PENALTY_NAMED = 3.0
PENALTY_DENSE = 100.0
LEAST_ROWS = 3
LEAST_WEIGHT = 0.05


@dataclass(frozen=True)
class Data:
    """The words, the levels that some of them give, and the encoder's numbers in their sentence."""

    words: Words
    likeness: Likeness
    dense: np.ndarray
    centre: np.ndarray
    scale: np.ndarray

    def named(self, rows: np.ndarray) -> tuple[csr_matrix, dict[str, int]]:
        """Return as columns the features that LEAST_ROWS of these rows have; levels from them."""
        names = self.words.liked(self.likeness.levels(self.words, rows))
        counts = Counter(n for i in np.flatnonzero(rows) for n in set(names[i]))
        kept = sorted(n for n, c in counts.items() if c >= LEAST_ROWS)
        column = {name: i for i, name in enumerate(kept)}
        places = [sorted({column[n] for n in row if n in column}) for row in names]
        ends = np.cumsum([0, *(len(p) for p in places)])
        indices = np.fromiter((c for p in places for c in p), dtype=np.int64, count=int(ends[-1]))
        shape = (len(names), len(column))
        return csr_matrix((np.ones(len(indices)), indices, ends), shape=shape), column


def prepared(ratings: Path) -> Data:
    words, encode = read(ratings), MiniLM()
    rows = np.concatenate([
        encode.words(doc.text, [Span(t.idx, t.idx + len(t)) for t in doc if t.is_alpha])
        for doc in words.docs])
    centre, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    dense = ((rows - centre) / scale).astype(np.float32)
    return Data(words, Likeness(vocabulary(words)), dense, centre, scale)


def solve(named: csr_matrix, dense: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Return weights of features, of the encoder's numbers, and the bias, by L-BFGS."""
    count = named.shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        numbers = dense @ weights[count:-1].astype(np.float32)
        scores = named @ weights[:count] + numbers + weights[-1]
        off = 1 / (1 + np.exp(-np.clip(scores, -60, 60))) - targets
        shrunk = np.concatenate([np.full(count, PENALTY_NAMED),
                                 np.full(dense.shape[1], PENALTY_DENSE), [0.0]]) * weights
        value = (np.logaddexp(0, scores) - targets * scores).sum() + 0.5 * (shrunk * weights).sum()
        slope = [named.T @ off, dense.T @ off.astype(np.float32), [off.sum()]]
        return float(value), np.concatenate(slope) + shrunk

    start = np.zeros(count + dense.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B",
                               options={"maxiter": 200}).x)


def predicted(data: Data, train: np.ndarray, test: np.ndarray) -> np.ndarray:
    named, _ = data.named(train)
    weights = solve(named[train], data.dense[train], data.words.shares[train])
    count = named.shape[1]
    scores = named[test] @ weights[:count] + data.dense[test] @ weights[count:-1] + weights[-1]
    return np.asarray(1 / (1 + np.exp(-scores)))


def cross_validate(data: Data) -> dict[str, float]:
    """Return scores on held-back sentences; a fold's threshold is the best of the other folds."""
    gold, fold = data.words.marked, data.words.folds("sentence")
    values, found, thresholds = np.zeros(len(gold)), np.zeros(len(gold), dtype=bool), []
    for number in range(FOLDS):
        values[fold == number] = predicted(data, fold != number, fold == number)
    for number in range(FOLDS):
        held = fold == number
        thresholds.append(best_threshold(values[~held], gold[~held]))
        found[held] = values[held] >= thresholds[-1]
    return report("sentence", values, found, thresholds, gold)


def kept(data: Data, about: dict[str, str | int | float]) -> dict[str, object]:
    """Fit to all rows; the centre and scale of the encoder's numbers go into weights and bias."""
    every = np.ones(len(data.words.shares), dtype=bool)
    named, column = data.named(every)
    weights = solve(named, data.dense, data.words.shares)
    dense = weights[len(column):-1] / data.scale
    plain = {n: float(weights[i]) for n, i in column.items() if abs(weights[i]) >= LEAST_WEIGHT}
    bias = float(weights[-1] - dense @ data.centre)
    return {"format": FORMAT, "plain": as_dict(Weights(bias, plain, about)),
            "dense": [round(float(w), 4) for w in dense]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED)
    args = parser.parse_args()
    data = prepared(args.ratings)
    words = data.words
    print(f"{len(words.docs):,} sentences, {len(words.names):,} words")
    about: dict[str, str | int | float] = {
        "data": "MBIC (Spinde et al. 2021), Apache-2.0", "sha256": words.sha256,
        "sentences": len(words.docs), "words": len(words.names),
        "target": "share of readers", "features": VERSION, "model": words.model,
        "encoder": MiniLM.name, "penalty of features": PENALTY_NAMED,
        "penalty of the encoder's numbers": PENALTY_DENSE, **cross_validate(data)}
    text = json.dumps(kept(data, about), ensure_ascii=False, indent=0, allow_nan=False)
    args.output.write_text(text + "\n", encoding="utf-8")
    print(f"{args.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
