"""Draft relations of headlines, whose capitals and missing words lead the parse astray."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.colons import head_of
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import strip
from framing.detectors.words import words

_MAX_LINE = 25
_MAX_SPEAKER = 6
_LEMMAS = words("""
say warn insist argue vow admit deny allege claim announce predict confirm suggest find show
""")
SAYS = frozenset({"say", "said", "denies", "warn", "found", *(f"{w}s" for w in _LEMMAS - {"deny"})})
"""The forms in which headlines have their cues."""


def headline_draft(page: Page, token: Token) -> Draft | None:
    """Return "No new taxes, mayor says" and "Mayor Says Dam Is Safe", whatever the parse says."""
    line = headline(page, token)
    if line is None or token.lower_ not in SAYS or page.quoted(token.i):
        return None
    comma = next((i for i in range(token.i - 1, max(line[0], token.i - _MAX_SPEAKER - 1), -1)
                  if page.doc[i].text == ","), None)
    if comma is not None and token.i == line[1] - 1 and token.i - comma > 1:
        return _draft(page, token, (comma + 1, token.i), (line[0], comma))
    if comma == token.i - 1 and line[1] - token.i - 1 <= _MAX_SPEAKER:
        return _draft(page, token, (token.i + 1, line[1]), (line[0], comma))
    if comma is None and _in_capitals(page, line) and token.i - line[0] <= _MAX_SPEAKER:
        return _draft(page, token, (line[0], token.i), (token.i + 1, line[1]))
    return None


def headline(page: Page, token: Token) -> Range | None:
    """Return the paragraph of a word if it is one line without a full stop."""
    first, last = page.paragraphs[page.paragraph(token.i)]
    line = strip(page, (first, last)) if last - first <= _MAX_LINE else None
    ended = line is None or any(page.doc[i].text in (".", ";") for i in (*range(*line),
                                                                         *range(line[1], last)))
    return None if ended else line


def _in_capitals(page: Page, line: Range) -> bool:
    """Tell whether nearly all longer words begin with a capital."""
    long = [page.doc[i].text for i in range(*line) if len(page.doc[i]) > 3]
    return len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.8 * len(long)


def _draft(page: Page, cue: Token, source: Range, content: Range) -> Draft | None:
    speaker, said = strip(page, source, keep_marks=False), strip(page, content)
    if speaker is None or said is None or said[1] - said[0] < 3 or any(
            page.doc[i].tag_ in ("VBD", "VBZ", "VBP", "WP", "WRB") or page.quoted(i)
            for i in range(*speaker)):
        return None
    lemma = next((w for w in _LEMMAS if cue.lower_ in (w, f"{w}s")), cue.lemma_.lower())
    lemma = {"said": "say", "denies": "deny", "found": "find"}.get(cue.lower_, lemma)
    return Draft("headline", 0.55, (cue.i, cue.i + 1), CUES.verb(lemma, "c"), [speaker], [said],
                 (min(speaker[0], cue.i), max(speaker[1], cue.i + 1)), head=cue,
                 person=head_of(page, speaker))
