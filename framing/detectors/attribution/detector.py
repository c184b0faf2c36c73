"""Propose attributions: source, cue and content, with a reason for each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc, Token

from framing.annotations import Part
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.grammars import GRAMMARS, grammar_of
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.reasons import reason
from framing.detectors.attribution.settle import settle
from framing.detectors.attribution.speech import give_speakers
from framing.detectors.attribution.values import attributes
from framing.detectors.base import Suggestion
from framing.spans import Span

_TIES = ("-", "\u2010", "\u2011")
"""What ties a pronoun to its verb, as in "dit-elle", is no part of the source."""


class AttributionDetector:
    """Find who is made to say what, by rules over the parse and the quotation marks."""

    id = "attribution"
    version = GRAMMARS["en"].version
    device = "attribution"

    def __init__(self, *, language: str = "en", nested: bool = False,
                 least_score: float = 0.0) -> None:
        self.version = grammar_of(language).version
        self.config: Mapping[str, str | int | float | bool] = {
            "nested": nested, "least_score": least_score}
        self._nested = nested
        self._least = least_score

    def detect(self, doc: Doc) -> list[Suggestion]:
        """Return the attributions of an article in text order."""
        page, drafts = read(doc, nested=self._nested)
        found = [suggestion(page, draft) for draft in drafts]
        return [s for s in found if s.score >= self._least]


@lru_cache(maxsize=1)
def read(doc: Doc, *, nested: bool) -> tuple[Page, tuple[Draft, ...]]:
    """Return the relations of an article; the last one is kept, as two detectors ask in turn."""
    page = Page(doc)
    return page, tuple(relations(page, nested=nested))


def relations(page: Page, *, nested: bool, only: Range | None = None) -> list[Draft]:
    """Return the settled relations of an article, in tokens; ``only`` limits where cues are."""
    grammar = grammar_of(page.doc.lang_)
    found = (grammar.interruption(page, quote) for quote in page.quotes)
    drafts = [draft for draft in found if draft is not None]
    for token in page.doc[only[0] : only[1]] if only else page.doc:
        if not token.is_space and (nested or not page.quoted(token.i)):
            drafts += _drafts(page, token)
    return settle(page, give_speakers(page, grammar, drafts), nested=nested)


def _drafts(page: Page, token: Token) -> list[Draft]:
    """Return fresh drafts around a word; the rules themselves run once an article."""
    known = _known(page)
    if token.i not in known:
        known[token.i] = grammar_of(page.doc.lang_).drafts(page, token)
    return [draft.copy() for draft in known[token.i]]


@lru_cache(maxsize=1)
def _known(page: Page) -> dict[int, list[Draft]]:  # noqa: ARG001  # the page is the key
    return {}


def suggestion(page: Page, draft: Draft) -> Suggestion:
    """Return a relation as parts with code points."""
    parts = [
        *(_part(page, "source", r) for r in draft.sources),
        *([_part(page, "cue", draft.cue)] if draft.cue else []),
        *(_part(page, "content", r) for r in draft.contents),
    ]
    return Suggestion(
        device="attribution", label="at.attribution", parts=tuple(parts), score=draft.score,
        rule=f"attribution.{draft.rule}", reason=reason(page, draft), judged=_judged(parts),
        attributes=attributes(page, grammar_of(page.doc.lang_), draft),
    )


def _judged(parts: list[Part]) -> Span:
    return Span(min(p.span.start for p in parts), max(p.span.end for p in parts))


def _part(page: Page, role: str, tokens: Range) -> Part:
    span = page.span(tokens)
    if role == "source" and page.text[span.start] in _TIES and len(span) > 1:
        span = Span(span.start + 1, span.end)
    return Part(role, span, span.quote(page.text))
