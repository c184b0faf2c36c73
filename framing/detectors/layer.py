"""What the workbench needs of a parse: words, sentences, names, and the phrases of words."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from framing.detectors.constituents import compact, constituents
from framing.detectors.names import names
from framing.spans import Span, trimmed


@dataclass(frozen=True)
class TextLayer:
    """Half-open code-point ranges in text order. White space belongs to no token.

    ``constituents`` are phrases as `compact` writes them, None where there is no parse.
    """

    tokens: list[tuple[int, int]]
    sentences: list[tuple[int, int]]
    entities: list[tuple[int, int, str]]
    constituents: list[int] | None = None


def text_layer(doc: Doc) -> TextLayer:
    """Return the layer of a parsed article; its entities are `names`."""
    return TextLayer(
        tokens=[(t.idx, t.idx + len(t)) for t in doc if not t.is_space],
        sentences=_sentences(doc),
        entities=names(doc),
        constituents=compact(constituents(doc)) if doc.has_annotation("DEP") else None,
    )


def _sentences(doc: Doc) -> list[tuple[int, int]]:
    """Join a sentence without a word, such as a lone closing mark, to the one before it."""
    result: list[tuple[int, int]] = []
    text = doc.text  # spaCy joins the tokens anew at each access
    for sentence in doc.sents:
        span = trimmed(Span(sentence.start_char, sentence.end_char), text)
        if not len(span):
            continue
        if result and not any(_is_word(token) for token in sentence):
            result[-1] = (result[-1][0], span.end)
        else:
            result.append((span.start, span.end))
    return result


def _is_word(token: Token) -> bool:
    return any(char.isalnum() for char in token.text)
