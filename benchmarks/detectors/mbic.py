"""MBIC as words with the share of readers who typed each, and the ways to hold some back.

MBIC (Spinde, Rudnitckaia, Sinha, Hamborg, Gipp & Donnay 2021, A Media Bias Annotation Dataset
Including Annotator Characteristics) is under Apache-2.0. About ten people read each of 1,700
sentences of eight American outlets on fourteen topics, and typed the words they found biased.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from spacy.tokens import Doc

from framing.detectors.loaded_terms.features import features
from framing.detectors.loaded_terms.ranker import is_candidate
from framing.detectors.model import load_model, model_name

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FOLDS = 5
MARKED = 0.3
"""The share of readers from which on a word counts as loaded, for precision and recall."""
SPLITS = ("sentence", "outlet", "topic")
"""What is held back: five folds of sentences, each outlet in turn, each topic in turn."""


@dataclass(frozen=True)
class Words:
    """One row a word. ``names`` are its features, with a likeness of 0 that a fold replaces."""

    docs: list[Doc]
    names: list[list[str]]
    lemmas: np.ndarray
    looked_at: np.ndarray
    """Whether the ranker looks at the word at all."""
    shares: np.ndarray
    sentence: np.ndarray
    groups: dict[str, np.ndarray]
    model: str
    sha256: str

    @property
    def marked(self) -> np.ndarray:
        return self.shares >= MARKED

    def folds(self, split: str) -> np.ndarray:
        """Return the number of the fold in which each word is held back."""
        if split == "sentence":
            order = np.random.default_rng(0).permutation(self.sentence.max() + 1)
            return np.asarray(order[self.sentence] % FOLDS)
        return np.unique(self.groups[split], return_inverse=True)[1]

    def liked(self, levels: dict[str, int]) -> list[list[str]]:
        """Return the features of all words with the likeness that ``levels`` gives."""
        return [[n for n in row if n != "likeness=0"] + [f"likeness={levels.get(lemma, 0)}"]
                for row, lemma in zip(self.names, self.lemmas, strict=True)]


def read(path: Path) -> Words:
    """Parse the sentences of the published workbook."""
    nlp = load_model()
    given = sorted(shares(path).items())
    places = origins(path)
    docs = list(nlp.pipe(text for text, _ in given))
    tokens = [(n, token) for n, doc in enumerate(docs) for token in doc if token.is_alpha]
    sentence = np.array([n for n, _ in tokens])
    return Words(
        docs,
        [list(features(token, levels={})) for _, token in tokens],
        np.array([token.lemma_.lower() for _, token in tokens]),
        np.array([is_candidate(token) for _, token in tokens]),
        np.array([given[n][1].get(token.idx, 0.0) for n, token in tokens]),
        sentence,
        {split: np.array([places[given[n][0]][split] for n in sentence])
         for split in SPLITS if split != "sentence"},
        model_name(nlp),
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


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


def origins(path: Path) -> dict[str, dict[str, str]]:
    """Return the outlet and the topic of each sentence."""
    return {row["text"].strip(): {"outlet": row.get("outlet", ""), "topic": row.get("topic", "")}
            for row in table(path) if row.get("text", "").strip()}


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


def report(split: str, values: np.ndarray, found: np.ndarray, thresholds: list[float],
           gold: np.ndarray) -> dict[str, float]:
    """Print and return how good held-back probabilities are, for the model card."""
    precision, recall, score = f1(found, gold)
    print(f"held back by {split}: P {precision:.3f} R {recall:.3f} F1 {score:.3f}")
    if split != "sentence":
        return {f"held back f1 by {split}": round(score, 3)}
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        p, r, s = f1(values >= threshold, gold)
        print(f"  at {threshold:.2f}: P {p:.3f} R {r:.3f} F1 {s:.3f}, "
              f"{100 * (values >= threshold).mean():.1f} of 100 words")
    return {"held back precision": round(precision, 3), "held back recall": round(recall, 3),
            "held back f1": round(score, 3), "threshold": round(float(np.mean(thresholds)), 3)}
