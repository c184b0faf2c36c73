"""Ranges of tokens: what a word governs, and a range without white space and stray marks."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.page import Page, Range


def kids(token: Token, *deps: str) -> list[Token]:
    return [child for child in token.children if child.dep_ in deps]


def extent(token: Token) -> Range:
    return token.left_edge.i, token.right_edge.i + 1


def strip(page: Page, tokens: Range, *, keep_marks: bool = True) -> Range | None:
    """Leave out white space and stray punctuation at both ends; None when nothing is left."""
    a, b = tokens
    while a < b and _is_edge(page, a, keep_marks) and page.doc[a].text not in "([":
        a += 1
    while a < b and _is_edge(page, b - 1, keep_marks):
        b -= 1
    return (a, b) if a < b else None


def _is_edge(page: Page, index: int, keep_marks: bool) -> bool:
    token = page.doc[index]
    if token.is_space:
        return True
    if keep_marks and page.quoted(index):
        a, b = page.quotes[page.quote_of(index)].range
        return index not in (a, b - 1) and token.text in (",", ";", ":", "—", "–", "-", "--")
    return token.is_punct and token.text not in ("%", ")", "]") and not token.text.isalnum()
