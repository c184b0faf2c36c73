"""Names in an article: what the entity recogniser found, or else its runs of proper nouns.

The recogniser costs nearly half of the speed. The names serve as a list to complete from, where a
missing kind or a day of the week does no harm.
"""

from __future__ import annotations

from itertools import groupby

from spacy.tokens import Doc, Token

NAME = "NAME"


def names(doc: Doc) -> list[tuple[int, int, str]]:
    """Return start, end and kind of each name in text order; NAME where no kind is known."""
    if doc.has_annotation("ENT_IOB"):
        return [(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents]
    runs = (list(run) for _, run in groupby(doc, key=_place))
    return [(run[0].idx, run[-1].idx + len(run[-1]), NAME) for run in runs if _is_name(run[0])]


def _place(token: Token) -> tuple[bool, int]:
    """Tell names from other words, and names of different sentences from each other."""
    named = _is_name(token) or _joins(token)
    return named, token.sent.start if named else -1


def _is_name(token: Token) -> bool:
    return token.pos_ == "PROPN" and any(char.isalpha() for char in token.text)


def _joins(token: Token) -> bool:
    """Tell whether the token is the hyphen of a double name."""
    if token.text != "-" or not 0 < token.i < len(token.doc) - 1:
        return False
    before, after = token.nbor(-1), token.nbor(1)
    tight = not before.whitespace_ and not token.whitespace_
    return tight and before.pos_ == after.pos_ == "PROPN"
