"""Guess the kind of an omission from how other articles put what is missing."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from framing.omission.lexicon import CONSEQUENCE, COUNTERCLAIM, PAST
from framing.spans import Span


def kind_of(doc: Doc, span: Span, *, speaker_is_silent: bool) -> str:
    """Return the label of the missing passage, by the codebook's priority of kinds.

    A speaker who is heard nowhere in the article comes first, then a rebuttal, then an effect or
    stake; everything else is context. A guess to begin with: annotators decide.
    """
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    lemmas = {token.lemma_.lower() for token in tokens} if tokens is not None else set()
    if speaker_is_silent:
        return "om.source"
    if lemmas & COUNTERCLAIM:
        return "om.counterclaim"
    if tokens is not None and not lemmas & PAST and (
            lemmas & CONSEQUENCE or any(map(_is_future, tokens))):
        return "om.consequence"
    return "om.context"


def _is_future(token: Token) -> bool:
    return token.tag_ == "MD" and token.lower_ in {"will", "'ll", "’ll", "must"}
