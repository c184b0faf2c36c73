"""Where sentences begin, by punctuation alone: for pipelines that cannot tell, or tell badly."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

_ENDS = frozenset({".", "!", "?", "…", "...", "。", "！", "？", "۔", "؟", "।"})
_CLOSERS = frozenset({"»", "”", "’", ")", "]", "」", "』", '"', "'"})
COMPONENT = "framing_sentences"


@Language.component(COMPONENT)
def mark_sentences(doc: Doc) -> Doc:
    """Set where sentences begin and that they begin nowhere else, so that a parser obeys."""
    words = [token.text for token in doc]
    spaced = [bool(token.whitespace_) for token in doc]
    begins = starts(words, spaced)
    for token, begin in zip(doc, begins, strict=True):
        token.is_sent_start = begin
    return doc


def starts(words: Sequence[str], spaced: Sequence[bool]) -> list[bool]:
    """Return which words begin a sentence; ``spaced`` says behind which there is white space.

    A full stop ends a sentence with the marks that close behind it, unless the next word is
    written small. A full stop inside a word, as in "M.", is no end.
    """
    begins = [index == 0 for index in range(len(words))]
    ended = False
    for index, word in enumerate(words):
        if ended and not _closes(words, spaced, index):
            begins[index] = not word[:1].islower() and not word.isspace()
            ended = word.isspace()
        ended = ended or word in _ENDS
    return begins


def _closes(words: Sequence[str], spaced: Sequence[bool], index: int) -> bool:
    """Tell whether a mark behind an end belongs to it; a straight one must touch it."""
    word = words[index]
    if word in _ENDS:
        return True
    if word not in _CLOSERS:
        return False
    return word not in ("'", '"', "’") or not spaced[index - 1]
