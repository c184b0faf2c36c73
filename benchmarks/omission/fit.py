"""Fit the two logistic models of `framing.alignment.links` on the tuning half.

    python benchmarks/omission/fit.py [--encoder minilm]

prints constant and weights in the order of FEATURES. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.omission import encoders, gold
from framing.alignment.links import FEATURES, features, links, open_units
from framing.alignment.units import units
from framing.alignment.vectors import Encoder, candidates, space, with_meanings
from framing.detectors.pipeline import Pipeline, make_pipeline


def pairs(event: gold.Event, pipeline: Pipeline, encode: Encoder | None) -> tuple[
        np.ndarray, np.ndarray]:
    """Return the features of an event's candidate pairs and which of them carry one claim.

    With an encoder these are the pairs that it was shown, beside all others.
    """
    found, owners, claims, texts = [], [], [], []
    for number, article in enumerate(event.articles):
        for unit in units(pipeline.parse(article.document.text), article.document.id):
            found.append(unit)
            owners.append(number)
            claims.append(gold.claims_at(article, unit.span))
            texts.append(unit.span.quote(article.document.text))
    of = space(found, owners)
    if encode is not None:
        shown = open_units(of, links(of))
        of = with_meanings(of, shown, encode([texts[unit] for unit in shown]))
    first, second = candidates(of)
    same = np.array([bool(claims[a] & claims[b]) for a, b in zip(first, second, strict=True)])
    judged = of.encoded[first] & of.encoded[second] if encode else np.ones(len(first), dtype=bool)
    return features(of, first, second)[judged], same[judged]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", choices=sorted(encoders.ENCODERS), default="")
    encode = encoders.make(parser.parse_args().encoder)
    pipeline = make_pipeline()
    data = [pairs(e, pipeline, encode) for e in gold.events() if e.split == "tune"]
    measured = np.concatenate([x for x, _ in data])
    same = np.concatenate([y for _, y in data])
    print(FEATURES)
    for name in ("beside other pairs", "alone"):
        if name == "alone":
            measured = measured[:, : FEATURES.index("margin")]
        model = LogisticRegression(C=3, max_iter=5000).fit(measured, same)
        weights = ", ".join(f"{w:.2f}" for w in model.coef_[0])
        print(f"{name}: ({model.intercept_[0]:.2f}, ({weights}))")


if __name__ == "__main__":
    main()
