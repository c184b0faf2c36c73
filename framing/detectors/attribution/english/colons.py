"""Draft relations whose cue is a colon: 'Ilse Tor: "We knew."', "Mayor: Dam is safe"."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.cue_verbs import is_cue_verb
from framing.detectors.attribution.english.lexicon import CUES, SOURCES
from framing.detectors.attribution.english.sources import COMPASS
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import strip

_MAX_SPEAKER = 10
_MAX_HEADLINE = 25
_MAX_TITLE = 5
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SPOKEN = frozenset({"person", "office", "institution", "anonymous"})


def colon_draft(page: Page, token: Token) -> Draft | None:
    """Return who speaks before a colon, or around one in a headline."""
    if token.text != ":" or page.quoted(token.i):
        return None
    first, last = page.paragraphs[page.paragraph(token.i)]
    # A clause that begins further off is too long for a speaker anyway.
    start = page.clause_start(token.i, max(first, token.i - 2 * _MAX_SPEAKER))
    left = strip(page, (start, token.i), keep_marks=False)
    behind = strip(page, (token.i + 1, min(last, token.i + 2 * _MAX_HEADLINE)))
    if left is None or behind is None:
        return None
    number = page.quote_of(behind[0])
    if number >= 0 and page.quotes[number].speech and _is_speaker(page, left):
        quote = page.quotes[number].range
        draft = _draft(page, token, left, quote, 0.85)
        draft.quotes = {number}
        return draft
    return _headline(page, token, left, behind) if start == first else None


def _draft(page: Page, colon: Token, source: Range, content: Range, score: float) -> Draft:
    region = (min(source[0], colon.i), max(source[1], colon.i + 1))
    return Draft("colon", score, (colon.i, colon.i + 1), CUES.verb("say", "q"), [source],
                 [content], region, head=colon, person=head_of(page, source))


def head_of(page: Page, tokens: Range) -> Token:
    """Return the word of a stretch on which the others hang."""
    return next((page.doc[i] for i in range(*tokens)
                 if not tokens[0] <= page.doc[i].head.i < tokens[1] or page.doc[i].head.i == i),
                page.doc[tokens[1] - 1])


def _is_speaker(page: Page, tokens: Range) -> bool:
    name = page.doc[tokens[0] : tokens[1]]
    finite = any(is_cue_verb(t) or t.tag_ in ("VBD", "VBZ", "VBP") for t in name)
    if len(name) > _MAX_SPEAKER or finite:
        return False
    return head_of(page, tokens).pos_ in ("PROPN", "NOUN", "PRON") and name.text[0].isupper()


def _headline(page: Page, colon: Token, left: Range, behind: Range) -> Draft | None:
    """Return "Mayor: Dam is safe" or "Dam is safe: mayor" in a line without a full stop."""
    first, last = page.paragraphs[page.paragraph(colon.i)]
    if last - first > _MAX_HEADLINE or any(
            page.doc[i].text in (".", ";") for i in range(first, last)):
        return None
    if _is_title(page, left) and _states(page, behind):
        return _draft(page, colon, left, behind, 0.55)
    if _is_title(page, behind) and _states(page, left):
        return _draft(page, colon, behind, left, 0.55)
    return None


def _is_title(page: Page, tokens: Range) -> bool:
    """Tell whether a few words name an office, a body or a person by first name and surname."""
    name = page.doc[tokens[0] : tokens[1]]
    if len(name) > _MAX_TITLE or any(t.tag_ in _FINITE or t.like_num for t in name):
        return False
    last = name[len(name) - 1]
    if any(last.lower_ in SOURCES[kind] or last.lemma_.lower() in SOURCES[kind]
           for kind in _SPOKEN):
        return True
    # A name alone may as well be what the line is about: "Harlow: Storm closes roads".
    return len(name) > 1 and all(t.pos_ == "PROPN" and t.text[:1].isupper() for t in name) and (
        not any(t.lower_ in SOURCES["place"] for t in name)) and name[0].lower_ not in COMPASS


def _states(page: Page, tokens: Range) -> bool:
    words = [page.doc[i] for i in range(*tokens)]
    return len(words) > 2 and (any(t.tag_ in _FINITE for t in words)
                               or words[0].lower_ in ("no", "we", "not") or words[0].tag_ == "VB")
