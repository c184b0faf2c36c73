"""Propose loaded terms: few, best first, each with a reason and a plainer wording where known."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from spacy.tokens import Doc, Token

from framing.annotations import Part
from framing.detectors.attribution.detector import read
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.page import Page, Range
from framing.detectors.base import Suggestion
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.loaded_terms.grammar import grammatical
from framing.detectors.loaded_terms.lexical import TERMS, lexical
from framing.detectors.loaded_terms.ranker import SHIPPED, ranked, weights_from
from framing.detectors.loaded_terms.scare import scare_quotes
from framing.detectors.loaded_terms.senses import judges_alone
from framing.detectors.logistic import Weights, fingerprint

_EXCERPT = 80
"""Texts of fewer words are excerpts: chosen for study, where loaded words are far denser."""


class LoadedTermDetector:
    """Find words that judge where a plain word exists: by rules, a table and a trained ranker.

    ``per_100_words`` caps the rate of an article, never below ``at_least``. A finding needs
    ``least_score``; one of the ranker alone ``ranker_score``, in an excerpt ``excerpt_score``.
    ``ranker_score`` above 1 switches the ranker off.
    """

    id = "loaded_terms"
    version = "1.4"
    device = "loaded_terms"
    strict = True
    """Whether words of the ranker must judge by their surroundings too; excerpts are not asked."""

    def __init__(
        self, *, per_100_words: float = 3.0, at_least: int = 5, least_score: float = 0.35,
        ranker_score: float = 0.5, excerpt_score: float = 0.2,
        weights: Path | Weights = SHIPPED,
    ) -> None:
        self.weights = weights if isinstance(weights, Weights) else weights_from(weights)
        self.config: Mapping[str, str | int | float | bool] = {
            "per_100_words": per_100_words, "at_least": at_least, "least_score": least_score,
            "ranker_score": ranker_score, "excerpt_score": excerpt_score,
            "weights": _fingerprint(weights)}
        self._rate, self._at_least, self._least = per_100_words, at_least, least_score
        self._ranker, self._excerpt = ranker_score, min(excerpt_score, ranker_score)
        if ranker_score > 1:
            self._excerpt = ranker_score

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the best loaded terms of an article in text order, capped by its length."""
        page, relations = read(doc, nested=False)
        words = sum(token.is_alpha for token in doc)
        excerpt = words < _EXCERPT
        least = self._excerpt if excerpt else self._ranker
        attributed = _attributed(relations)
        by_rule = [*scare_quotes(page, attributed), *lexical(page), *grammatical(page)]
        found = [f for f in by_rule if f.score >= self._least
                 and not (f.label == "lt.presupposing" and f.tokens[0] in attributed)]
        if least <= 1:
            found += [f for f in self.ranked(page, least)
                      if excerpt or not self.strict or _alone(doc[f.tokens[0]], f.score)]
        cues = _cue_tokens(relations)
        standing = _settled(f for f in found if cues.isdisjoint(range(*f.tokens)))
        most = max(self._at_least, words if excerpt else math.ceil(words * self._rate / 100))
        chosen = sorted(standing, key=lambda f: (-f.score, f.tokens))[:most]
        return [_suggestion(page, relations, f) for f in sorted(chosen, key=lambda f: f.tokens)]

    def ranked(self, page: Page, least: float) -> Iterable[Finding]:
        """Return what the ranker proposes with a probability of at least ``least``."""
        return ranked(page, self.weights, least)


def _fingerprint(weights: Path | Weights) -> str:
    if isinstance(weights, Weights):
        return fingerprint(weights)
    return hashlib.sha256(weights.read_bytes()).hexdigest()[:16]


def _attributed(relations: Iterable[Draft]) -> frozenset[int]:
    return frozenset(i for d in relations for r in [*d.contents, *([d.cue] if d.cue else [])]
                     for i in range(*r))


def _cue_tokens(relations: Iterable[Draft]) -> frozenset[int]:
    return frozenset(i for d in relations if d.cue for i in range(*d.cue))


def _alone(token: Token, probability: float) -> bool:
    """Tell whether the ranker may propose a word in an article: what the table knows it leaves."""
    known = any(len(term.words) == 1 for term in TERMS.get(token.lemma_.lower(), ()))
    return not known and judges_alone(token, probability)


def _settled(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings that share a word keep a rule's, then the earlier subtype, then the longer."""
    kept: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(findings, key=_precedence):
        words = set(range(*finding.tokens))
        if not words & taken:
            kept.append(finding)
            taken |= words
    return kept


def _precedence(finding: Finding) -> tuple[bool, int, int, Range]:
    a, b = finding.tokens
    return finding.rule == "ranker.words", finding.rank, a - b, finding.tokens


def _suggestion(page: Page, relations: Iterable[Draft], finding: Finding) -> Suggestion:
    span = page.span(finding.tokens)
    sentence = page.span(page.sentence(page.doc[finding.tokens[0]]))
    attributes = {"voice": _voice(page, relations, finding)}
    if finding.polarity:
        attributes["polarity"] = finding.polarity
    if finding.alternative:
        attributes["neutral_alternative"] = finding.alternative
    return Suggestion(
        device="loaded_terms", label=finding.label,
        parts=(Part("span", span, span.quote(page.text)),), score=finding.score,
        rule=f"loaded_terms.{finding.rule}", reason=finding.reason,
        judged=sentence, attributes=attributes)


def _voice(page: Page, relations: Iterable[Draft], finding: Finding) -> str:
    """Source's words inside attributed content, the author's outside, mixed where unsettled."""
    at = finding.tokens[0]
    for draft in relations:
        if draft.holds(at):
            return "source" if draft.sources else "mixed"
    return "mixed" if page.quoted(at) and finding.label != "lt.scare_quote" else "author"
