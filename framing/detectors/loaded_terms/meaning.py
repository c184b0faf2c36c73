"""The ranker with what an encoder makes of each word beside the features that people can read.

Optional: it needs the encoder MiniLM and costs about as much as the parse again.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from framing.detectors.attribution.page import Page
from framing.detectors.loaded_terms.detector import LoadedTermDetector
from framing.detectors.loaded_terms.features import READABLE, features
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.loaded_terms.ranker import finding, is_candidate
from framing.detectors.logistic import Weights, from_dict
from framing.spans import Span

SHIPPED = Path(__file__).parent / "weights_minilm.json"
FORMAT = "framing-logistic-meaning-1"
LONGEST = 700
"""Code points of a sentence that the encoder is given at once; it reads 256 word pieces."""

WordEncoder = Callable[[str, Sequence[Span]], NDArray[np.float64]]
"""Turns spans of a short text into rows."""


@dataclass(frozen=True)
class MeaningWeights:
    """Weights of named features, and one for each number that the encoder gives for a word."""

    plain: Weights
    dense: NDArray[np.float64]

    def probability(self, names: Sequence[str], meaning: NDArray[np.float64]) -> float:
        named = self.plain.bias + sum(self.plain.weights.get(name, 0.0) for name in set(names))
        total = named + float(meaning @ self.dense)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, total))))


@lru_cache(maxsize=2)
def weights_from(path: Path) -> MeaningWeights:
    """Read weights once a process; raises ValueError when they are of another kind."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"{path.name} is not in the format {FORMAT}")
    plain = from_dict(data["plain"], name=path.name)
    if plain.about.get("features") not in READABLE:
        raise ValueError(f"{path.name} was made for other features: train it again")
    return MeaningWeights(plain, np.array(data["dense"], dtype=float))


class MeaningTermDetector(LoadedTermDetector):
    """The detector of loaded terms whose ranker also knows what an encoder makes of a word.

    ``encode`` and ``encoder_name`` are those of `framing.encoders.MiniLM`.
    """

    def __init__(self, encode: WordEncoder, *, encoder_name: str, ranker_score: float = 0.5,
                 excerpt_score: float = 0.2, weights: Path = SHIPPED) -> None:
        super().__init__(ranker_score=ranker_score, excerpt_score=excerpt_score)
        self.version = f"{LoadedTermDetector.version}+meaning-2"
        self._meaning, self._encode = weights_from(weights), encode
        fingerprint = hashlib.sha256(weights.read_bytes()).hexdigest()[:16]
        self.config: Mapping[str, str | int | float | bool] = {
            **self.config, "weights": fingerprint, "encoder": encoder_name}

    def ranked(self, page: Page, least: float) -> Iterator[Finding]:
        """Yield the words of open classes whose probability is at least ``least``."""
        for sentence in page.doc.sents:
            for words in _pieces(sentence):
                yield from self._ranked(words, least)

    def _ranked(self, words: Tokens, least: float) -> Iterator[Finding]:
        candidates = [token for token in words if is_candidate(token)]
        if not candidates:
            return
        start = words.start_char
        spans = [Span(t.idx - start, t.idx + len(t) - start) for t in candidates]
        meanings = self._encode(words.text, spans)
        for token, meaning in zip(candidates, meanings, strict=True):
            names = list(features(token))
            probability = self._meaning.probability(names, meaning)
            if probability >= least:
                yield finding(token, probability, self._meaning.plain, names)


def _pieces(sentence: Tokens) -> Iterator[Tokens]:
    """Cut a sentence that is longer than the encoder reads."""
    start = sentence.start
    for token in sentence:
        if _end(token) - sentence.doc[start].idx > LONGEST and token.i > start:
            yield sentence.doc[start : token.i]
            start = token.i
    yield sentence.doc[start : sentence.end]


def _end(token: Token) -> int:
    return token.idx + len(token)
