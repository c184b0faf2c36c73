"""Passives of harm without a doer, and who does it in other articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from framing.omission.lexicon import HARMS, PASSIVE
from framing.spans import Span, trimmed


@dataclass(frozen=True)
class Deed:
    """A reported harm; ``actor`` is the doer's head word, empty for an agentless passive."""

    verb: str
    actor: str
    phrase: str
    place: Span
    sentence: Span


def deeds(doc: Doc) -> list[Deed]:
    """Return the harms of an article in text order, with or without a doer."""
    return [deed for token in doc if token.pos_ == "VERB" for deed in _deed(token)]


def agentless(found: list[Deed]) -> list[Deed]:
    """Return the passives without a doer whose doer is not named elsewhere in the article."""
    return [deed for deed in found if not deed.actor and not any(matches(deed, d) for d in found)]


def matches(passive: Deed, active: Deed) -> bool:
    """Tell whether the second names a doer for the kind of harm of the first."""
    return bool(active.actor) and any(
        passive.verb in group and active.verb in group for group in HARMS)


def _deed(token: Token) -> Iterator[Deed]:
    verb = token.lemma_.lower()
    if not any(verb in group for group in HARMS):
        return
    passive = [c for c in token.children if c.dep_ in {"auxpass", "nsubjpass"}]
    if passive:
        doer = next((o for c in token.children if c.dep_ == "agent" for o in c.children
                     if o.dep_ == "pobj"), None)
        auxiliary = [c for c in passive if c.dep_ == "auxpass"]
        if doer is not None or (verb in PASSIVE and auxiliary):
            start = min([token, *auxiliary], key=lambda t: t.i)
            yield _made(token, verb, doer, Span(start.idx, token.idx + len(token)))
        return
    doer = next((c for c in token.children if c.dep_ == "nsubj"), None)
    if doer is None and token.dep_ in {"advcl", "conj", "acl"}:
        doer = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
    if doer is not None and doer.pos_ in {"NOUN", "PROPN"} and _hits(token, verb):
        yield _made(token, verb, doer, Span(token.idx, token.idx + len(token)))


def _hits(token: Token, verb: str) -> bool:
    """A season runs and a hall holds hundreds: what harms has an object or goes into somebody."""
    return verb in {"fire", "shoot"} or any(
        c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in {"into", "over"})
        for c in token.children)


def _made(token: Token, verb: str, doer: Token | None, place: Span) -> Deed:
    sentence = token.sent
    phrase = ""
    if doer is not None:
        left = doer.left_edge.i
        phrase = token.doc[left : doer.i + 1].text
    return Deed(verb, doer.lemma_.lower() if doer is not None else "", phrase, place,
                trimmed(Span(sentence.start_char, sentence.end_char), token.doc.text))
