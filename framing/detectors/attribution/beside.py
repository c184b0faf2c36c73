"""Find the cue that stands beside a quotation, in the sentence that carries it."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.grammar import Grammar
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.ranges import strip

_REACH = 25


def cue_beside(page: Page, grammar: Grammar, quote: Quote) -> Token | None:
    """Return the verb of speech before or behind a quotation, None when neither side has one."""
    first, last = page.paragraphs[quote.paragraph]
    left = _left(page, grammar, quote, first)
    right = _right(page, grammar, quote, last)
    if left is not None and (quote.last != "," or right is None):
        return left
    return right if right is not None else left


def with_lead(page: Page, grammar: Grammar, verb: Token, quote: Quote) -> Range:
    """Return a quotation with the words that lead into it when its cue comes behind."""
    a, b = quote.range
    start = page.clause_start(a, page.paragraphs[quote.paragraph][0])
    lead = range(start, a)
    if verb.i < a or not any(page.doc[i].is_alpha for i in lead) or len(lead) > _REACH or any(
            page.quoted(i) or grammar.speaks(page.doc[i]) for i in lead):
        return quote.range
    return strip(page, (start, b)) or quote.range


def _left(page: Page, grammar: Grammar, quote: Quote, first: int) -> Token | None:
    a = quote.range[0]
    start = max(page.clause_start(a, first), a - _REACH)
    if a == start:
        return None
    before = page.doc[a - 1].text
    for index in range(a - 1, start - 1, -1):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if grammar.speaks(token) or (before == ":" and grammar.is_cue_verb(token)):
            near = a - index <= 8 or before in (":", ",")
            return token if near else None
    return None


def _right(page: Page, grammar: Grammar, quote: Quote, last: int) -> Token | None:
    b = quote.range[1]
    if b >= last or (quote.last == "." and not page.doc[b].text[0].islower()):
        return None
    if not quote.closed:
        return None
    for index in range(b, min(page.clause_end(b, last), b + _REACH)):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if grammar.speaks(token) or _manner(grammar, token, b, quote):
            return token
        if grammar.states(token):
            return None
    return None


def _manner(grammar: Grammar, token: Token, start: int, quote: Quote) -> bool:
    """Any verb right behind '..., "' that has a subject speaks."""
    near = quote.last in ",?!" and token.i - start <= 6
    return near and grammar.speaks_by_manner(token, start)
