"""Make `framing/detectors/loaded_terms/weights_minilm.json` from the MBIC ratings.

    python -m benchmarks.detectors.train_meaning annotations_final_notempty.xlsx

As `train_loaded_terms`, with the rows of MiniLM (requirements-minilm.txt) beside the features. The
encoder stays as it is. Folds are the same; thresholds are chosen on two folds that the weights of
the fold have not seen either.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from benchmarks.detectors.train_loaded_terms import FOLDS, MARKED, best_threshold, f1, shares
from framing.detectors.loaded_terms.features import VERSION, features
from framing.detectors.loaded_terms.meaning import FORMAT, SHIPPED
from framing.detectors.logistic import Weights, as_dict
from framing.detectors.model import load_model, model_name
from framing.encoders import MiniLM
from framing.spans import Span

PENALTY_NAMED = 3.0
PENALTY_DENSE = 30.0
LEAST_ROWS = 3
LEAST_WEIGHT = 0.05


@dataclass(frozen=True)
class Data:
    """One row a word: names of features, numbers of the encoder, share of readers, sentence."""

    names: list[list[str]]
    dense: np.ndarray
    targets: np.ndarray
    sentence: np.ndarray
    centre: np.ndarray
    scale: np.ndarray

    def named(self, rows: np.ndarray) -> tuple[csr_matrix, dict[str, int]]:
        """Return the features that at least LEAST_ROWS of these rows have, as columns."""
        counts = Counter(n for i in np.flatnonzero(rows) for n in set(self.names[i]))
        kept = sorted(n for n, c in counts.items() if c >= LEAST_ROWS)
        column = {name: i for i, name in enumerate(kept)}
        places = [sorted({column[n] for n in row if n in column}) for row in self.names]
        ends = np.cumsum([0, *(len(p) for p in places)])
        indices = np.fromiter((c for p in places for c in p), dtype=np.int64, count=int(ends[-1]))
        shape = (len(self.names), len(column))
        return csr_matrix((np.ones(len(indices)), indices, ends), shape=shape), column


def read(ratings: Path) -> tuple[Data, str]:
    """Return the words of all sentences and the name of the language model."""
    nlp, encode = load_model(), MiniLM()
    names, dense, targets, sentence = [], [], [], []
    given = sorted(shares(ratings).items())
    for number, (doc, (text, share)) in enumerate(
            zip(nlp.pipe(t for t, _ in given), given, strict=True)):
        words = [token for token in doc if token.is_alpha]
        dense.append(encode.words(text, [Span(t.idx, t.idx + len(t)) for t in words]))
        names += [list(features(token)) for token in words]
        targets += [share.get(token.idx, 0.0) for token in words]
        sentence += [number] * len(words)
    rows = np.concatenate(dense)
    centre, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    data = Data(names, ((rows - centre) / scale).astype(np.float32), np.array(targets),
                np.array(sentence), centre, scale)
    return data, model_name(nlp)


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
    weights = solve(named[train], data.dense[train], data.targets[train])
    count = named.shape[1]
    scores = named[test] @ weights[:count] + data.dense[test] @ weights[count:-1] + weights[-1]
    return np.asarray(1 / (1 + np.exp(-scores)))


def cross_validate(data: Data) -> dict[str, float]:
    """Return scores on held-back sentences, weights and threshold made without them."""
    gold = data.targets >= MARKED
    fold = np.random.default_rng(0).permutation(data.sentence.max() + 1)[data.sentence] % FOLDS
    values, found, thresholds = np.zeros(len(gold)), np.zeros(len(gold), dtype=bool), []
    for number in range(FOLDS):
        held, others = fold == number, [n for n in range(FOLDS) if n != number]
        values[held] = predicted(data, ~held, held)
        inner = np.isin(fold, others[:2])
        seen = np.zeros(len(gold))
        for one in others[:2]:
            seen[fold == one] = predicted(data, ~held & (fold != one), fold == one)
        thresholds.append(best_threshold(seen[inner], gold[inner]))
        found[held] = values[held] >= thresholds[-1]
        print(f"fold {number}: threshold {thresholds[-1]:.2f}, "
              f"F1 {f1(found[held], gold[held])[2]:.3f}")
    precision, recall, score = f1(found, gold)
    print(f"held back: P {precision:.3f} R {recall:.3f} F1 {score:.3f}")
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        p, r, s = f1(values >= threshold, gold)
        print(f"  at {threshold:.2f}: P {p:.3f} R {r:.3f} F1 {s:.3f}, "
              f"{100 * (values >= threshold).mean():.1f} of 100 words")
    return {"held back precision": round(precision, 3), "held back recall": round(recall, 3),
            "held back f1": round(score, 3), "threshold": round(float(np.mean(thresholds)), 3)}


def kept(data: Data, about: dict[str, str | int | float]) -> dict[str, object]:
    """Fit to all rows; the centre and scale of the encoder's numbers go into weights and bias."""
    every = np.ones(len(data.targets), dtype=bool)
    named, column = data.named(every)
    weights = solve(named, data.dense, data.targets)
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
    data, model = read(args.ratings)
    print(f"{data.sentence.max() + 1:,} sentences, {len(data.targets):,} words")
    about: dict[str, str | int | float] = {
        "data": "MBIC (Spinde et al. 2021), Apache-2.0",
        "sha256": hashlib.sha256(args.ratings.read_bytes()).hexdigest(),
        "sentences": int(data.sentence.max() + 1), "words": len(data.targets),
        "target": "share of readers", "features": VERSION, "model": model,
        "encoder": MiniLM.name, "penalty of features": PENALTY_NAMED,
        "penalty of the encoder's numbers": PENALTY_DENSE, **cross_validate(data)}
    text = json.dumps(kept(data, about), ensure_ascii=False, indent=0, allow_nan=False)
    args.output.write_text(text + "\n", encoding="utf-8")
    print(f"{args.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
