"""Draft relations around cues that are no verbs: openers and views here, the rest beside."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.adjectives import adjective_draft
from framing.detectors.attribution.english.clauses import around
from framing.detectors.attribution.english.colons import colon_draft, head_of
from framing.detectors.attribution.english.headlines import SAYS, headline_draft
from framing.detectors.attribution.english.lexicon import CUES
from framing.detectors.attribution.english.nouns import noun_draft
from framing.detectors.attribution.english.trees import noun_phrase
from framing.detectors.attribution.page import Page, Range
from framing.detectors.attribution.ranges import extent, kids, strip

_VIEWED = frozenset({"in", "by", "from", "to"})
_NOMINAL = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM")
_FIRST = frozenset({":", *CUES.openers_of, *CUES.views, *CUES.adjectives, *CUES.adverbs, *SAYS})
"""Words that may begin a relation; nouns go by their lemma."""


def opener_draft(page: Page, token: Token) -> Draft | None:
    """Return "according to X", whose content is the clause it stands in."""
    for fixed, entry in CUES.openers_of.get(token.lower_, ()):
        end = token.i + len(fixed)
        if end >= len(page.doc) or any(
            page.doc[token.i + k].lower_ != word for k, word in enumerate(fixed)
        ):
            continue
        source = _object_behind(page, token, end)
        if source is None:
            return None
        start, stop = page.sentence(token)
        region = (token.i, _behind_aside(page, source[1], stop))
        start, stop = _coordinate(page, token, region, start, stop)
        contents = around(page, None, region, start, stop)
        if not contents:
            return None
        return Draft("opener", 0.9, (token.i, end), entry, [source], contents, region,
                     head=token, person=head_of(page, source))
    return None


def _behind_aside(page: Page, end: int, stop: int) -> int:
    """Return where ", quoting the board," ends, which says how the source knows."""
    if end + 1 >= stop or page.doc[end].text != "," or page.doc[end + 1].tag_ != "VBG":
        return end
    behind = page.doc[end + 1].right_edge.i + 1
    return behind if behind < stop and page.doc[behind].text == "," else end


def _object_behind(page: Page, token: Token, end: int) -> Range | None:
    """Return the noun phrase behind an opener; a clause that the parse hung there is cut off."""
    for index in range(token.i, end):
        for child in kids(page.doc[index], "pobj"):
            if child.i >= end:
                found = noun_phrase(page, child)
                return found and strip(page, (end, found[1]), keep_marks=False)
    stop = end
    while stop < len(page.doc) and page.doc[stop].pos_ in _NOMINAL:
        stop += 1
    return strip(page, (end, stop), keep_marks=False) if stop > end else None


def _coordinate(page: Page, token: Token, region: Range, start: int, end: int) -> Range:
    """Keep to the opener's own clause where "and" or "but" joins two clauses with subjects."""
    head = token.head
    for index in range(start + 1, end):
        word = page.doc[index]
        if word.dep_ != "cc" or region[0] <= index < region[1] or page.doc[index - 1].text != ",":
            continue
        joined = [c for c in kids(word.head, "conj")
                  if c.i > index and kids(c, "nsubj", "nsubjpass")]
        if not joined or page.quoted(index):
            continue
        if index < region[0] and (head == joined[0] or joined[0].is_ancestor(head)):
            start = index + 1
        elif index >= region[1] and not (head == joined[0] or joined[0].is_ancestor(head)):
            end = index
            break
    return start, end


def view_draft(page: Page, token: Token) -> Draft | None:
    """Return "in her view" and "by his own account", whose content is the clause beside them."""
    entry = CUES.views.get(token.lower_)
    if entry is None or token.dep_ != "pobj" or token.head.lower_ not in _VIEWED:
        return None
    owners = kids(token, "poss")
    if not owners:
        return None
    source = noun_phrase(page, owners[0])
    region = (token.head.i, token.right_edge.i + 1)
    start, end = page.sentence(token)
    contents = around(page, None, region, page.clause_start(region[0], start), end)
    if source is None or not contents:
        return None
    return Draft("view", 0.8, (token.i, token.i + 1), entry, [source], contents, region,
                 head=token, person=owners[0])


def adverb_draft(page: Page, token: Token) -> Draft | None:
    """Return "reportedly", which hands its clause to nobody."""
    entry = CUES.adverbs.get(token.lower_)
    if entry is None or token.dep_ != "advmod" or token.head.pos_ not in ("VERB", "AUX"):
        return None
    a, b = extent(token.head)
    a = max(a, next((i + 1 for i in range(token.i, a, -1) if page.doc[i].text in (":", ";")), a))
    contents = [r for r in [strip(page, (a, token.i)), strip(page, (token.i + 1, b))] if r]
    if not contents:
        return None
    return Draft("adverb", 0.5, (token.i, token.i + 1), entry, [], contents,
                 (token.i, token.i + 1), head=token)


def phrase_drafts(page: Page, token: Token) -> Iterator[Draft]:
    """Yield the relation of a cue that is no verb."""
    if token.lower_ not in _FIRST and token.lemma_.lower() not in CUES.nouns:
        return
    readers = (opener_draft, view_draft, noun_draft, adjective_draft, colon_draft, adverb_draft,
               headline_draft)
    for read in readers:
        draft = read(page, token)
        if draft is not None:
            yield draft
            return
