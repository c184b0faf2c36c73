"""Cues that are no verb: "selon", "d'après", a colon behind a speaker."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.incises import head_of
from framing.detectors.attribution.french.lexicon import CUES, SOURCES
from framing.detectors.attribution.french.nouns import noun_draft
from framing.detectors.attribution.french.trees import (
    is_cue_verb,
    is_finite,
    phrase_behind,
    plain,
    with_apposition,
)
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import strip
from framing.detectors.words import words

_NOT_SPEAKERS = words("""
lequel laquelle lesquels lesquelles que qu' cas besoins besoin moyens règles critères modalités
lieux lieu saisons saison goûts goût circonstances principe conditions calendrier horaires méthode
""")
_MAX_SPEAKER = 10
_LONGEST = 16
_SAID = Cue("neutral", "assertion", "q")
_VIEW = Cue("neutral", "belief", "c")


def opener_draft(page: Page, token: Token) -> Draft | None:
    """Return "selon X", whose content is the clause it stands in."""
    for fixed, entry in CUES.openers_of.get(plain(token), ()):
        end = token.i + len(fixed)
        said = tuple(plain(t) for t in page.doc[token.i : end])
        if said == fixed:
            return _opened(page, token, end, entry, 0.9)
    return None


def view_draft(page: Page, token: Token) -> Draft | None:
    """Return "Pour Claire Duval, la fermeture est une erreur": at the start, with a person."""
    start, end = page.sentence(token)
    if plain(token) != "pour" or strip(page, (start, end)) is None or token.i != start:
        return None
    draft = _opened(page, token, token.i + 1, _VIEW, 0.55)
    if draft is None or page.doc[draft.region[1]].text != ",":
        return None
    person = draft.person
    known = person is not None and (
        person.pos_ == "PROPN" or plain(person) in SOURCES["person"] | SOURCES["title"]
        or plain(person) in ("lui", "elle", "eux"))
    draft.rule = "view"
    return draft if known else None


def _opened(page: Page, token: Token, end: int, entry: Cue, score: float) -> Draft | None:
    first, last = page.sentence(token)
    source = _to_comma(page, token, end, last) or phrase_behind(page, end, last)
    if source is None or any(plain(t) in _NOT_SPEAKERS for t in page.doc[source[0] : end + 2]):
        return None
    region = (token.i, source[1])
    pieces = [strip(page, (page.clause_start(token.i, first), token.i))]
    if page.doc[source[1] : source[1] + 1].text in (",", "—", "–") or pieces[0] is None:
        pieces.append(strip(page, (source[1], last)))
    contents = [r for r in pieces if r and any(page.doc[i].is_alpha for i in range(*r))]
    if not contents:
        return None
    return Draft("opener", score, (token.i, end), entry, [source], contents, region, head=token,
                 person=head_of(page, source))


def _to_comma(page: Page, token: Token, start: int, limit: int) -> Range | None:
    """Return all up to the comma behind an opener of the sentence: "un rapport publié lundi,"."""
    furthest = min(limit, start + _LONGEST)
    stop = next((i for i in range(start, furthest) if page.doc[i].text == ","), furthest)
    opens = token.i == 0 or page.clause_start(token.i, token.i - 1) == token.i or (
        token.i == page.sentence(token)[0])
    plain_phrase = not any(is_finite(t) or page.quoted(t.i) for t in page.doc[start:stop])
    whole = opens and plain_phrase and stop - start > 1 and stop < furthest
    return (start, with_apposition(page, stop, limit)) if whole else None


def colon_draft(page: Page, token: Token) -> Draft | None:
    """Return 'Claire Duval : « Nous savions. »'."""
    if token.text != ":" or page.quoted(token.i):
        return None
    first, last = page.paragraphs[page.paragraph(token.i)]
    nearest = max(first, token.i - _MAX_SPEAKER - 1)
    left = strip(page, (page.clause_start(token.i, nearest), token.i), keep_marks=False)
    behind = strip(page, (token.i + 1, last))
    if left is None or behind is None or not _is_speaker(page, left):
        return None
    number = page.quote_of(behind[0])
    if number < 0 or not page.quotes[number].speech:
        return None
    return Draft("colon", 0.85, (token.i, token.i + 1), _SAID, [left], [page.quotes[number].range],
                 (left[0], token.i + 1), head=token, person=head_of(page, left), quotes={number})


def _is_speaker(page: Page, tokens: Range) -> bool:
    name = page.doc[tokens[0] : tokens[1]]
    plain_name = not any(is_cue_verb(t) or t.pos_ == "AUX" for t in name)
    return plain_name and len(name) <= _MAX_SPEAKER and name.text[:1].isupper() and any(
        t.pos_ in ("PROPN", "NOUN") for t in name)


def phrase_draft(page: Page, token: Token) -> Draft | None:
    """Return the relation of a cue that is no verb."""
    readers = (opener_draft, view_draft, colon_draft, noun_draft)
    return next((draft for read in readers if (draft := read(page, token))), None)
