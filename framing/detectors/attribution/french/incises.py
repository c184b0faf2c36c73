"""Cues that are set into or behind what was said, with their subject behind them: the incise."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.trees import (
    TIMES,
    clitic,
    entry_for,
    group,
    infinitive_of,
    is_cue_verb,
    is_finite,
    loose_behind,
    phrase_behind,
    plain,
)
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.ranges import strip

_BEFORE = frozenset({",", "»", '"', "”", "?", "!", "…", "—", "–", ")"})
_BEHIND = frozenset({",", ".", "»", '"', "”", "?", "!", "…", ";", ":", "—", "–", ")"})


@dataclass(frozen=True)
class Incise:
    """An inverted cue: ``region`` holds all that is not said, the source included."""

    region: Range
    cue: Range
    source: Range
    person: Token


def incise(page: Page, verb: Token, limit: int) -> Incise | None:
    """Return the incise around a verb: "a-t-il dit", "assure Claire Duval, la maire," or None.

    It begins behind a mark and ends at one, before ``limit``.
    """
    if not may_speak(verb):
        return None
    bound = group(page, verb)
    if bound[0] == 0 or page.doc[bound[0] - 1].text not in _BEFORE:
        return None
    tied = clitic(page, bound)
    if tied is not None:
        source, behind = (tied.i, tied.i + 1), max(bound[1], verb.i + 1)
    else:
        found = _subject_behind(page, bound[1], limit)
        if found is None:
            return None
        source, behind = found, found[1]
    end = loose_behind(page, behind, limit)
    if end < limit and page.doc[end].text not in _BEHIND:
        return None
    person = tied if tied is not None else head_of(page, source)
    return Incise((bound[0], end), _cue(bound, verb, source), source, person)


def incise_draft(page: Page, verb: Token) -> Draft | None:
    """Return a clause with an incise: "Le groupe, affirme-t-elle, n'a rien payé"."""
    start, end = page.sentence(verb)
    found = incise(page, verb, end)
    if found is None or _beside_marks(page, found.region):
        return None
    pieces = [strip(page, (page.clause_start(found.region[0], start), found.region[0]))]
    if found.region[1] < end and page.doc[found.region[1]].text in (",", "—", "–"):
        pieces.append(strip(page, (found.region[1], end)))
    draft = opened(verb, found, "parenthetical", 0.85)
    draft.contents = [piece for piece in pieces if piece]
    return draft if draft.contents else None


def interruption(page: Page, quote: Quote) -> Draft | None:
    """Return the cue inside the marks: « Rien, a dit M. Duval. Tout va bien. »"""
    a, b = quote.range
    inside = b - 1 if quote.closed else b
    for token in page.doc[a + 2 : inside]:
        if not infinitive_of(token):
            continue
        found = incise(page, token, inside)
        if found is None or found.person.text in ("-je", "-nous"):
            continue
        draft = opened(token, found, "interruption", 0.85)
        end = found.region[1]
        pieces = [(a, found.region[0]), (end + (page.doc[end].text in ",.?!…"), b)]
        draft.contents = [r for r in (strip(page, piece) for piece in pieces) if r]
        draft.quotes = {page.quote_of(a)}
        return draft
    return None


def incise_behind(page: Page, quote: Quote) -> Incise | None:
    """Return the incise that begins right behind the marks, or behind the comma there."""
    limit = page.paragraphs[quote.paragraph][1]
    for token in page.doc[quote.range[1] : min(quote.range[1] + 7, limit)]:
        found = incise(page, token, limit) if infinitive_of(token) else None
        if found is not None and found.region[0] - quote.range[1] <= 1:
            return found
    return None


def opened(verb: Token, found: Incise, rule: str, score: float) -> Draft:
    """Return the relation of an incise, without content."""
    entry = entry_for(verb, "c") or entry_for(verb, "q")
    return Draft(rule, score, found.cue, entry, [found.source], [], found.region, head=verb,
                 person=found.person, speaks=True)


def head_of(page: Page, tokens: Range) -> Token:
    """Return the word of a phrase that the others hang from; the first noun or name if unclear."""
    words = page.doc[tokens[0] : tokens[1]]
    nominal = [t for t in words if t.pos_ in ("NOUN", "PROPN", "PRON")]
    return next(iter(nominal), words[-1])


def may_speak(verb: Token) -> bool:
    """Tell whether a word can have a quotation beside it."""
    return entry_for(verb, "q") is not None and (is_cue_verb(verb) or _is_likely(verb))


def _is_likely(verb: Token) -> bool:
    """Trust a form behind a mark although it was tagged as a noun: "», lance la maire"."""
    between = 0 < verb.i < len(verb.doc) - 1 and verb.doc[verb.i - 1].text in _BEFORE
    return between and (
        verb.doc[verb.i + 1].pos_ in ("DET", "PROPN") or verb.doc[verb.i + 1].text[:1].isupper())


def _subject_behind(page: Page, at: int, limit: int) -> Range | None:
    """Return the phrase behind the verb, past a word of time: "a dit mardi la ministre"."""
    while at < limit and (plain(page.doc[at]) in TIMES or page.doc[at].pos_ == "ADV"):
        at += 1
    return phrase_behind(page, at, limit)


def _cue(bound: Range, verb: Token, source: Range) -> Range:
    """Leave out of the cue the subject that stands in it, and what stands beyond."""
    if source[0] >= bound[1]:
        return bound
    return (source[1], bound[1]) if verb.i >= source[1] else (bound[0], min(source[0], verb.i + 1))


def _beside_marks(page: Page, region: Range) -> bool:
    """Tell whether a quotation touches, with a comma between at most: it is what was said."""
    a, b = region
    before = [i for i in (a - 1, a - 2) if i >= 0 and (i == a - 1 or page.doc[a - 1].is_punct)]
    behind = [i for i in (b, b + 1) if i < len(page.doc) and (i == b or page.doc[b].text == ",")]
    return any(page.quoted(i) for i in (*before, *behind))


def states(token: Token) -> bool:
    """Tell whether a word is a verb that says something of its own."""
    return token.pos_ == "VERB" and is_finite(token)
