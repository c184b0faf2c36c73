"""What the ranker sees of a word: itself, its shape, its place in the sentence, the word lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.loaded_terms.lexical import TERMS
from framing.detectors.loaded_terms.likeness import LEVELS

VERSION = "2"
"""Changes whenever the same word could give other features: weights name theirs."""
READABLE = frozenset({"1", VERSION})
"""Versions whose features are all among today's, so that their weights give what they gave."""


def features(token: Token, *, levels: Mapping[str, int] = LEVELS) -> Iterator[str]:
    """Yield the names of the features that hold of a word; each counts once."""
    yield from _word(token)
    yield f"likeness={levels.get(token.lemma_.lower(), 0)}"
    yield from _place(token)
    yield from _lists(token)


def _word(token: Token) -> Iterator[str]:
    lower = token.lower_
    yield f"lemma={token.lemma_.lower()}"
    for size in (3, 4):
        yield f"ending={lower[-size:]}"
        yield f"beginning={lower[:size]}"
    yield f"length={min(len(lower) // 2, 7)}"
    if token.text[:1].isupper():
        yield f"capital={token.pos_}"


def _place(token: Token) -> Iterator[str]:
    doc, at = token.doc, token.i
    before, after = doc[at - 1] if at else None, doc[at + 1] if at + 1 < len(doc) else None
    pos_before, pos_after = before.pos_ if before else "START", after.pos_ if after else "END"
    yield f"pos={token.pos_}"
    yield f"tag={token.tag_}"
    yield f"role={token.dep_}"
    yield f"pos+role={token.pos_}+{token.dep_}"
    yield f"head={token.head.lemma_.lower()}"
    yield f"head pos={token.head.pos_}"
    yield f"before={pos_before}"
    yield f"after={pos_after}"
    yield f"around={pos_before}+{token.pos_}+{pos_after}"
    yield f"word before={before.lower_ if before else ''}"
    yield f"word after={after.lower_ if after else ''}"


def _lists(token: Token) -> Iterator[str]:
    lemma = token.lemma_.lower()
    for term in TERMS.get(lemma) or TERMS.get(token.lower_, ()):
        if len(term.words) == 1:
            yield f"table={term.label}"
    if lemma in CUES.verbs:
        yield f"cue={CUES.verbs[lemma][0].stance}"
