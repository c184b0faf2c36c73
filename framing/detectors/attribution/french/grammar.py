"""French as the mechanism sees it."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.french.frames import opened, speaker, verb_draft
from framing.detectors.attribution.french.incises import (
    incise,
    incise_behind,
    interruption,
    may_speak,
    states,
)
from framing.detectors.attribution.french.incises import opened as opened_by_incise
from framing.detectors.attribution.french.phrases import phrase_draft
from framing.detectors.attribution.french.sources import source_entity, source_type
from framing.detectors.attribution.french.trees import entry_for, group, is_cue_verb, is_gerund
from framing.detectors.attribution.page import Page, Quote, Range
from framing.detectors.attribution.ranges import extent, kids, strip


class FrenchGrammar:
    """The rules of this folder, by the names that the mechanism uses."""

    version = "1.1 fr"
    fillers = frozenset({"que", "qu'", "et", "mais"})

    def drafts(self, page: Page, token: Token) -> list[Draft]:
        draft = verb_draft(page, token) if is_cue_verb(token) else phrase_draft(page, token)
        return [draft] if draft else []

    def interruption(self, page: Page, quote: Quote) -> Draft | None:
        return interruption(page, quote)

    def is_cue_verb(self, token: Token) -> bool:
        return is_cue_verb(token)

    def speaks(self, token: Token) -> bool:
        return may_speak(token)

    def utters(self, token: Token) -> bool:
        return self.speaks(token)

    def utters_behind(self, page: Page, quote: Quote) -> bool:
        return incise_behind(page, quote) is not None

    def speaks_by_manner(self, token: Token, start: int) -> bool:  # noqa: ARG002
        return False  # the table has what French news sets behind a quotation

    def states(self, token: Token) -> bool:
        return states(token)

    def beside_quotation(self, page: Page, verb: Token) -> Draft | None:
        """Read the verb as an incise, else as a verb before the quotation."""
        found = incise(page, verb, page.paragraphs[page.paragraph(verb.i)][1])
        if found is not None:
            return opened_by_incise(verb, found, "quotation", 0.95)
        draft = opened(page, verb, "q", "quotation", 0.85)
        if draft is not None:
            return draft
        cue = group(page, verb)
        person, source = speaker(page, verb, cue)
        if source is None and not is_gerund(verb) and "Inf" not in verb.morph.get("VerbForm", []):
            return None
        return Draft("quotation", 0.7, cue, entry_for(verb, "q"), [source] if source else [], [],
                     cue, head=verb, person=person, speaks=True)

    def is_speaker(self, page: Page, token: Token) -> bool:  # noqa: ARG002
        return token.pos_ == "PROPN" or token.lower_.lstrip("-") in ("il", "elle")

    def around_marked(self, page: Page, head: Token, cue: Range) -> tuple[
            Token | None, list[Range], list[Range]]:
        person, source = speaker(page, head, cue)
        return person, [source] if source else [], [r for r in [_said(page, head, cue[1])] if r]

    def source_type(self, page: Page, draft: Draft) -> str:
        return source_type(page, draft)

    def source_entity(self, page: Page, draft: Draft) -> str:
        return source_entity(page, draft)


def _said(page: Page, head: Token, after: int) -> Range | None:
    end = page.sentence(head)[1]
    for number in page.quotes_in((after, min(end, after + 40))):
        return page.quotes[number].range
    for child in kids(head, "ccomp", "xcomp", "obj"):
        if child.i >= after:
            return strip(page, (max(after, extent(child)[0]), extent(child)[1]))
    return None
