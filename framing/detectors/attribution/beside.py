"""Find the cue that stands beside a quotation, in the sentence that carries it."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.cue_verbs import entry_for, is_cue_verb
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.trees import strip, subject

_REACH = 25


def cue_beside(page: Page, quote: Quote) -> Token | None:
    """Return the verb of speech before or behind a quotation, None when neither side has one."""
    first, last = page.paragraphs[quote.paragraph]
    left, right = _left(page, quote, first), _right(page, quote, last)
    if left is not None and (quote.last != "," or right is None):
        return left
    return right if right is not None else left


def speaks(token: Token) -> bool:
    """Tell whether a verb can have a quotation beside it."""
    return token.pos_ == "VERB" and bool(entry_for(token, "q") or entry_for(token, "c"))


def with_lead(page: Page, verb: Token, quote: Quote) -> Range:
    """Return a quotation with the words that lead into it when its cue comes behind."""
    a, b = quote.range
    start = page.clause_start(a, page.paragraphs[quote.paragraph][0])
    lead = range(start, a)
    if verb.i < a or not any(page.doc[i].is_alpha for i in lead) or len(lead) > _REACH or any(
            page.quoted(i) or speaks(page.doc[i]) for i in lead):
        return quote.range
    return strip(page, (start, b)) or quote.range


def _left(page: Page, quote: Quote, first: int) -> Token | None:
    a = quote.range[0]
    start = max(page.clause_start(a, first), a - _REACH)
    if a == start:
        return None
    before = page.doc[a - 1].text
    for index in range(a - 1, start - 1, -1):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if speaks(token) or (before == ":" and is_cue_verb(token)):
            near = a - index <= 8 or before in (":", ",")
            return token if near else None
    return None


def _right(page: Page, quote: Quote, last: int) -> Token | None:
    b = quote.range[1]
    if b >= last or (quote.last == "." and not page.doc[b].text[0].islower()):
        return None
    if not quote.closed:
        return None
    for index in range(b, min(page.clause_end(b, last), b + _REACH)):
        token = page.doc[index]
        if page.quoted(index):
            return None
        if speaks(token) or _manner(token, b, quote):
            return token
        if token.tag_ in ("VBD", "VBZ", "VBP") and token.dep_ not in ("relcl", "acl", "advcl"):
            return None
    return None


def _manner(token: Token, start: int, quote: Quote) -> bool:
    """Any finite verb right behind '..., "' that has a subject speaks: '"Yes," she laughed.'"""
    finite = token.tag_ in ("VBD", "VBZ", "VBP") and token.pos_ == "VERB"
    if quote.last not in ",?!" or not finite or token.i - start > 6:
        return False
    behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    inverted = token.i == start and behind is not None and (
        behind.pos_ in ("DET", "PROPN", "PRON") or behind.text[:1].isupper())
    return inverted or subject(token) not in (None, token)
