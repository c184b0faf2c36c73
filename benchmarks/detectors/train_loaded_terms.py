"""Make `framing/detectors/loaded_terms/weights.json` from the MBIC ratings, and say how good it is.

    python -m benchmarks.detectors.train_loaded_terms annotations_final_notempty.xlsx

MBIC (Spinde, Rudnitckaia, Sinha, Hamborg, Gipp & Donnay 2021, A Media Bias Annotation Dataset
Including Annotator Characteristics) is under Apache-2.0. About ten people read each of 1,700
sentences and typed the words they found biased; the target of a word is the share that typed it.
Figures come from five folds by sentence; thresholds are chosen on the training folds.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from framing.detectors.loaded_terms.features import VERSION, features
from framing.detectors.logistic import Weights, fit, save
from framing.detectors.model import load_model, model_name

TARGET = Path("framing/detectors/loaded_terms/weights.json")
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FOLDS = 5
MARKED = 0.3
"""The share of readers from which on a word counts as loaded, for precision and recall."""


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the first sheet of a workbook by the names in its first row."""
    with zipfile.ZipFile(path) as book:
        strings = [
            "".join(t.text or "" for t in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    head: dict[str, str] = {}
    for row in sheet.iter(f"{SHEET}row"):
        cells = {}
        for cell in row:
            value = cell.find(f"{SHEET}v")
            if value is not None and value.text is not None:
                text = strings[int(value.text)] if cell.get("t") == "s" else value.text
                cells[re.sub(r"\d", "", cell.get("r", ""))] = text
        if not head:
            head = cells
        else:
            yield {head[column]: text for column, text in cells.items() if column in head}


def shares(path: Path) -> dict[str, dict[int, float]]:
    """Return, for each sentence, the share of its readers that typed each character's word."""
    readers: Counter[str] = Counter()
    typed: dict[str, Counter[int]] = defaultdict(Counter)
    for row in table(path):
        text = row.get("text", "").strip()
        if not text:
            continue
        readers[text] += 1
        places: set[int] = set()
        for words in re.split(r"[;,\n|/]+|\s{2,}", row.get("words", "").strip("[]")):
            words = words.strip().strip("'\"“”.").lower()
            if words:
                for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text.lower()):
                    places |= set(range(*found.span()))
        typed[text].update(places)
    return {text: {i: n / readers[text] for i, n in typed[text].items()} for text in readers}


def best_threshold(values: np.ndarray, gold: np.ndarray) -> float:
    grid = np.linspace(0.05, 0.6, 56)
    return float(max(grid, key=lambda t: f1(values >= t, gold)[2]))


def f1(found: np.ndarray, gold: np.ndarray) -> tuple[float, float, float]:
    hits = float((found & gold).sum())
    precision, recall = hits / max(found.sum(), 1), hits / max(gold.sum(), 1)
    return precision, recall, 2 * hits / max(found.sum() + gold.sum(), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    args = parser.parse_args()
    nlp = load_model()
    rows, targets, sentence = [], [], []
    sentences = sorted(shares(args.ratings).items())
    for number, (doc, (_, share)) in enumerate(
            zip(nlp.pipe(t for t, _ in sentences), sentences, strict=True)):
        for token in doc:
            if token.is_alpha:
                rows.append(list(features(token)))
                targets.append(share.get(token.idx, 0.0))
                sentence.append(number)
    print(f"{len(sentences):,} sentences, {len(rows):,} words")
    about = {
        "data": "MBIC (Spinde et al. 2021), Apache-2.0",
        "sha256": hashlib.sha256(args.ratings.read_bytes()).hexdigest(),
        "sentences": len(sentences), "words": len(rows), "target": "share of readers",
        "features": VERSION, "model": model_name(nlp), "penalty": 1.0,
        **cross_validate(rows, np.array(targets), np.array(sentence)),
    }
    weights = fit(rows, targets, about=about)
    save(weights, args.output)
    print(f"{len(weights.weights):,} weights, {args.output.stat().st_size:,} bytes")


def cross_validate(rows: list[list[str]], targets: np.ndarray, sentence: np.ndarray
                   ) -> dict[str, float]:
    """Return token scores on held-back sentences, the threshold chosen on the others."""
    fold = np.random.default_rng(0).permutation(sentence.max() + 1)[sentence] % FOLDS
    gold, found = targets >= MARKED, np.zeros(len(rows), dtype=bool)
    values, thresholds = np.zeros(len(rows)), []
    for number in range(FOLDS):
        train = fold != number
        weights: Weights = fit([r for r, t in zip(rows, train, strict=True) if t],
                               targets[train].tolist(), about={})
        values[~train] = [weights.probability(r) for r, t in zip(rows, train, strict=True) if not t]
        own = np.array([weights.probability(r) for r, t in zip(rows, train, strict=True) if t])
        thresholds.append(best_threshold(own, gold[train]))
        found[~train] = values[~train] >= thresholds[-1]
        print(f"fold {number}: threshold {thresholds[-1]:.2f}, F1 "
              f"{f1(found[~train], gold[~train])[2]:.3f}")
    precision, recall, score = f1(found, gold)
    print(f"held back: P {precision:.3f} R {recall:.3f} F1 {score:.3f}")
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        p, r, s = f1(values >= threshold, gold)
        print(f"  at {threshold:.2f}: P {p:.3f} R {r:.3f} F1 {s:.3f}, "
              f"{100 * (values >= threshold).mean():.1f} of 100 words")
    return {"held back precision": round(precision, 3), "held back recall": round(recall, 3),
            "held back f1": round(score, 3), "threshold": round(float(np.mean(thresholds)), 3)}


if __name__ == "__main__":
    main()
