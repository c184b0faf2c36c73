"""English as the mechanism sees it."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clauses import complement
from framing.detectors.attribution.english.cue_verbs import (
    entry_for,
    is_cue_verb,
    open_draft,
    source_head,
    source_ranges,
)
from framing.detectors.attribution.english.phrases import phrase_drafts
from framing.detectors.attribution.english.sources import source_entity, source_type
from framing.detectors.attribution.english.trees import subject
from framing.detectors.attribution.english.verbs import verb_drafts
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.ranges import extent, kids, strip

_MANNER = Cue("neutral", "assertion", "q")
_NO_MANNER = frozenset({"do", "be", "have"})
_FINITE = ("VBD", "VBZ", "VBP")
_NOMINAL = ("DET", "NOUN", "PROPN", "PRON", "ADJ")


class EnglishGrammar:
    """The rules of this folder, by the names that the mechanism uses."""

    version = "1.5"
    fillers = frozenset({"that", "but", "and"})

    def drafts(self, page: Page, token: Token) -> list[Draft]:
        if not is_cue_verb(token):
            return list(phrase_drafts(page, token))
        # "are worried that" is read as a passive as well as an adjective.
        return verb_drafts(page, token) or list(phrase_drafts(page, token))

    def interruption(self, page: Page, quote: Quote) -> Draft | None:  # noqa: ARG002
        return None  # English closes the marks before its cue.

    def is_cue_verb(self, token: Token) -> bool:
        return is_cue_verb(token)

    def speaks(self, token: Token) -> bool:
        if token.pos_ != "VERB" or _names(token):
            return False
        return bool(entry_for(token, "q") or entry_for(token, "c"))

    def utters(self, token: Token) -> bool:
        return token.pos_ == "VERB" and not _names(token) and entry_for(token, "q") is not None

    def utters_behind(self, page: Page, quote: Quote) -> bool:  # noqa: ARG002
        return False  # what was uttered has its comma within the marks

    def speaks_by_manner(self, token: Token, start: int) -> bool:
        if token.tag_ not in _FINITE or token.pos_ != "VERB" or token.lemma_ in _NO_MANNER:
            return False
        behind = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        inverted = token.i == start and behind is not None and (
            behind.pos_ in ("DET", "PROPN", "PRON") or behind.text[:1].isupper())
        return inverted or subject(token) not in (None, token)

    def states(self, token: Token) -> bool:
        return token.tag_ in _FINITE and token.dep_ not in ("relcl", "acl", "advcl")

    def beside_quotation(self, page: Page, verb: Token) -> Draft | None:
        frame = "q" if entry_for(verb, "q") else "c"
        draft = open_draft(page, verb, frame, "quotation", 0.95) or _by_manner(page, verb)
        if draft is not None and not draft.sources:
            draft.sources = _name_behind(page, verb)
            draft.score = min(draft.score, 0.7)
            draft.person = page.doc[draft.sources[0][1] - 1] if draft.sources else None
        return draft

    def is_speaker(self, page: Page, token: Token) -> bool:  # noqa: ARG002
        return token.pos_ == "PROPN" or token.lower_ in ("he", "she")

    def around_marked(self, page: Page, head: Token, cue: Range) -> tuple[
            Token | None, list[Range], list[Range]]:
        person = source_head(page, head)
        sources = (source_ranges(page, person, cue)
                   if person is not None and not cue[0] <= person.i < cue[1] else [])
        return person, sources, [r for r in [_said(page, head, cue[1])] if r]

    def source_type(self, page: Page, draft: Draft) -> str:
        return source_type(page, draft)

    def source_entity(self, page: Page, draft: Draft) -> str:
        return source_entity(page, draft)


def _names(verb: Token) -> bool:
    """Tell whether a participle gives a name: 'a print called "The Quay"'."""
    behind = verb.doc[verb.i + 1 : verb.i + 2]
    return (verb.tag_, verb.dep_) == ("VBN", "acl") and entry_for(verb, "s") is not None and any(
        token.is_quote for token in behind)


def _by_manner(page: Page, verb: Token) -> Draft | None:
    if is_cue_verb(verb):
        return None
    person, cue = subject(verb), (verb.i, verb.i + 1)
    sources = source_ranges(page, person, cue) if person is not None else []
    return Draft("manner", 0.7, cue, _MANNER, sources, [], cue, head=verb, person=person)


def _name_behind(page: Page, verb: Token) -> list[Range]:
    """Return the words behind an inverted verb that the parse left without a subject."""
    stop = verb.i + 1
    while (stop < len(page.doc) and page.doc[stop].pos_ in _NOMINAL) or (
            stop < len(page.doc) and stop == verb.i + 1 and page.doc[stop].text[:1].isupper()):
        stop += 1
    found = strip(page, (verb.i + 1, stop), keep_marks=False)
    return [found] if found else []


def _said(page: Page, head: Token, after: int) -> Range | None:
    end = page.sentence(head)[1]
    for child in kids(head, "ccomp", "xcomp", "acl", "relcl"):
        if child.i >= after:
            return complement(page, head, child, end)
    for number in page.quotes_in((after, min(end, after + 40))):
        return page.quotes[number].range
    for child in kids(head, "dobj", "prep", "pobj"):
        if child.i >= after:
            return strip(page, extent(child))
    return None
