"""Propose single words that readers of partisan news marked, by a small trained model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

from framing.detectors.attribution.english.lexicon import SOURCES
from framing.detectors.attribution.page import Page
from framing.detectors.loaded_terms.features import READABLE, features
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.logistic import Weights, load

SHIPPED = Path(__file__).parent / "weights.json"
_OPEN_CLASSES = ("NOUN", "VERB", "ADJ", "ADV")
_PLAIN = (
    "before", "after", "around", "pos", "tag", "role", "pos+role", "head pos", "length", "capital",
)
_SPOKEN = {
    "lemma": "the word itself", "ending": "its ending", "beginning": "its beginning",
    "likeness": "what it means", "head": "the word it belongs to",
    "word before": "the word before it", "word after": "the word behind it",
    "table": "the table of loaded terms", "cue": "a slanted cue",
}
_AGENTIVE = ("er", "or", "ist", "ian", "ee", "crat")


@lru_cache(maxsize=4)
def weights_from(path: Path) -> Weights:
    """Read weights once a process; raises ValueError when they were made for other features."""
    weights = load(path)
    if weights.about.get("features") not in READABLE:
        raise ValueError(f"{path.name} was made for other features: train it again")
    return weights


def ranked(page: Page, weights: Weights, least: float) -> Iterator[Finding]:
    """Yield the words of open classes whose probability is at least ``least``."""
    for token in page.doc:
        if not is_candidate(token):
            continue
        names = list(features(token))
        probability = weights.probability(names)
        if probability >= least:
            yield finding(token, probability, weights, names)


def finding(token: Token, probability: float, weights: Weights, names: list[str]) -> Finding:
    """Return a word that the ranker proposes, with what speaks for it."""
    return Finding(_label(token), (token.i, token.i + 1), probability, "ranker.words",
                   _reason(token, weights, names))


def is_candidate(token: Token) -> bool:
    """Tell whether the ranker looks at a word at all."""
    return token.pos_ in _OPEN_CLASSES and token.is_alpha and not _is_prefix(token)


def _is_prefix(token: Token) -> bool:
    """"pro-", "anti-" and their like carry nothing before a hyphen; nor do tiny words."""
    doc = token.doc
    hyphened = token.i + 1 < len(doc) and doc[token.i + 1].text == "-" and not token.whitespace_
    return len(token) < 3 or (hyphened and len(token) <= 5)


def _label(token: Token) -> str:
    """Guess the subtype from the word class; a person can change it with one key."""
    if token.pos_ == "VERB":
        return "lt.charged_verb" if token.tag_ != "VBN" or token.dep_ != "amod" else "lt.evaluative"
    if token.pos_ != "NOUN":
        return "lt.evaluative"
    lemma = token.lemma_.lower()
    person = lemma in SOURCES["person"] or lemma.endswith(_AGENTIVE)
    return "lt.epithet" if person else "lt.dysphemism"


def _reason(token: Token, weights: Weights, names: list[str]) -> str:
    """Name what counted most in words; the place in the sentence alone is called so."""
    spoken = [_SPOKEN[kind] for name, _ in weights.speaking(names)[:6]
              if (kind := name.partition("=")[0]) in _SPOKEN and kind not in _PLAIN]
    why = " and ".join(dict.fromkeys(spoken[:3])) or "its place in the sentence"
    return f"'{token.text}' is like words that readers marked as loaded, by {why}"
