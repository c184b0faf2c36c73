"""Propose loaded terms: few, best first, each with a reason and a plainer wording where known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from framing.annotations import Part
from framing.detectors.attribution.detector import read
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.page import Page
from framing.detectors.base import Suggestion
from framing.detectors.loaded_terms.finding import Finding
from framing.detectors.loaded_terms.grammar import grammatical
from framing.detectors.loaded_terms.lexical import lexical
from framing.detectors.loaded_terms.scare import scare_quotes


class LoadedTermDetector:
    """Find words that judge where a plain word exists, by rules and a compiled table."""

    id = "loaded_terms"
    version = "1.0"
    device = "loaded_terms"

    def __init__(
        self, *, per_100_words: float = 5.0, at_least: int = 5, least_score: float = 0.35
    ) -> None:
        """Cap suggestions at a rate by length, but never below ``at_least`` an article."""
        self.config: Mapping[str, str | int | float | bool] = {
            "per_100_words": per_100_words, "at_least": at_least, "least_score": least_score}
        self._rate = per_100_words
        self._at_least = at_least
        self._least = least_score

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the best loaded terms of an article in text order, capped by its length."""
        page, relations = read(doc, nested=False)
        found = [*scare_quotes(page, _attributed(relations)), *lexical(page), *grammatical(page)]
        cues = _cue_tokens(relations)
        standing = _settled(f for f in found if f.score >= self._least
                            and not any(i in cues for i in range(*f.tokens)))
        chosen = sorted(standing, key=lambda f: (-f.score, f.tokens))[: self._most(doc)]
        return [_suggestion(page, relations, f) for f in sorted(chosen, key=lambda f: f.tokens)]

    def _most(self, doc: Doc) -> int:
        words = sum(token.is_alpha for token in doc)
        return max(self._at_least, math.ceil(words * self._rate / 100))


def _attributed(relations: Iterable[Draft]) -> frozenset[int]:
    return frozenset(i for d in relations for r in [*d.contents, *([d.cue] if d.cue else [])]
                     for i in range(*r))


def _cue_tokens(relations: Iterable[Draft]) -> frozenset[int]:
    return frozenset(i for d in relations if d.cue for i in range(*d.cue))


def _settled(findings: Iterable[Finding]) -> list[Finding]:
    """Of findings that share a word keep the earlier subtype, then the longer."""
    kept: list[Finding] = []
    taken: set[int] = set()
    for finding in sorted(findings, key=lambda f: (f.rank, f.tokens[0] - f.tokens[1], f.tokens)):
        words = set(range(*finding.tokens))
        if not words & taken:
            kept.append(finding)
            taken |= words
    return kept


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
        rule=finding.rule, reason=finding.reason, judged=sentence, attributes=attributes)


def _voice(page: Page, relations: Iterable[Draft], finding: Finding) -> str:
    """Source's words inside attributed content, the author's outside, mixed where unsettled."""
    at = finding.tokens[0]
    for draft in relations:
        if draft.holds(at):
            return "source" if draft.sources else "mixed"
    return "mixed" if page.quoted(at) and finding.label != "lt.scare_quote" else "author"
