"""French cues that are nouns: "la crainte que ...", "sa promesse de ..."."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.frames import speaker
from framing.detectors.attribution.french.lexicon import CUES
from framing.detectors.attribution.french.trees import group, is_finite, plain
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import strip
from framing.detectors.words import words

OWN = words("sa son ses leur leurs")
_QUE = frozenset({"que", "qu'"})
_WHICH = words("lequel laquelle lesquels lesquelles")
_OF = words("de d' du des")
_LIGHT = ("exprim", "fai", "émet", "émis", "lanc", "formul", "réitér", "partag", "renouvel",
          "répèt", "répét", "gard", "nourri", "pris", "prend")
"""How the verbs begin that lend a noun their subject: "a exprimé la crainte"."""
_FAR = 10


def noun_draft(page: Page, token: Token) -> Draft | None:
    """Return the relation of a noun; an infinitive needs somebody whose intention it is."""
    word = plain(token)
    entry = CUES.nouns.get(word) or CUES.nouns.get(word.removesuffix("s"))
    start = _link(page, token) if entry is not None and token.pos_ == "NOUN" else None
    if entry is None or start is None:
        return None
    link, first = start
    person, source = _owner(page, token, link)
    content = _content(page, token, first)
    infinitive = plain(page.doc[link]) in _OF
    if content is None or (source is None and infinitive):
        return None
    cue = (token.i, token.i + 1)
    return Draft("noun", 0.6 if source else 0.5, cue, entry, [source] if source else [],
                 [content], cue, head=token, person=person)


def _link(page: Page, token: Token) -> tuple[int, int] | None:
    """Return where the link between noun and content stands, and where the content begins."""
    end = min(page.sentence(token)[1] - 1, token.i + _FAR)
    for index in range(token.i + 1, end):
        here, behind = page.doc[index], page.doc[index + 1]
        if plain(here) in _QUE and page.doc[index].dep_ == "mark":
            return index, index + 1
        if plain(here) == "selon" and plain(behind) in _WHICH:
            return index, index + 2
        if plain(here) in ("de", "d'") and "Inf" in behind.morph.get("VerbForm", []):
            return index, index
        if here.is_punct or is_finite(here):
            return None
    return None


def _owner(page: Page, token: Token, link: int) -> tuple[Token | None, Range | None]:
    """Return whose noun it is: "sa crainte", "la crainte du maire", "il a exprimé la crainte"."""
    before = page.doc[token.i - 1] if token.i else None
    if before is not None and plain(before) in OWN:
        return before, (before.i, token.i)
    if link > token.i + 2 and plain(page.doc[token.i + 1]) in _OF:
        found = strip(page, (token.i + 2, link), keep_marks=False)
        head = next((t for t in page.doc[token.i + 2 : link] if t.pos_ in (
            "NOUN", "PROPN", "PRON")), None)
        return (head, found) if head is not None else (None, None)
    verb = token.head
    if token.dep_ == "obj" and plain(verb).startswith(_LIGHT):
        return speaker(page, verb, group(page, verb))
    return None, None


def _content(page: Page, token: Token, first: int) -> Range | None:
    """Return the clause behind the link, which the sentence around it may outlive."""
    end = page.sentence(token)[1]
    inside = [t for t in page.doc[first : min(first + _FAR, end)]
              if t.pos_ in ("VERB", "AUX") and t.head.i == token.i]
    stop = max((t.right_edge.i + 1 for t in inside), default=end)
    return strip(page, (first, min(stop, end)))
