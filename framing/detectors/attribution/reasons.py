"""Say in words why a relation was proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The page that lists the rules must not load spaCy.
    from framing.detectors.attribution.draft import Draft
    from framing.detectors.attribution.page import Page, Range

RULES: dict[str, str] = {
    "clause": "a clause follows the cue",
    "that_clause": "'that' and a clause follow the cue",
    "gerund": "the -ing form says what was admitted or denied",
    "parenthetical": "the cue stands apart in the sentence that it hands over",
    "as_clause": "'as' and the cue hand the main clause over",
    "infinitive": "an infinitive says what the source is set on",
    "passive_raising": "the passive hands its subject and infinitive over",
    "directive": "the infinitive says what someone is to do",
    "verdict": "the object is given a name",
    "charge": "the object is given the blame or credit for something",
    "object": "the object is what was taken a stand on",
    "preposition": "the phrase behind the cue says what about",
    "quotation": "the cue stands beside a quotation",
    "manner": "a verb with its subject stands behind the quotation's comma",
    "floating": "a quotation without a cue",
    "signature": "a name is set behind or under a quotation",
    "marked": "the marked words were read as a cue",
    "opener": "a fixed opening names the source",
    "view": "the phrase says in whose view the clause holds",
    "noun": "the noun carries a clause or a phrase",
    "adjective": "the adjective carries a clause or a phrase",
    "colon": "a speaker stands at a colon",
    "headline": "the line is a headline with its cue",
    "adverb": "the adverb hands the statement to nobody",
    "interruption": "the cue interrupts the quotation within its marks",
    "marks": "words between quotation marks",
}
"""Every rule of the detector and what it says when it fires."""


def reason(page: Page, draft: Draft) -> str:
    """Return a sentence fragment naming cue, stance, rule and source."""
    why = RULES[draft.rule]
    if draft.cue is None or draft.entry is None:
        source = f", after {_words(page, draft.sources[0])}" if draft.sources else ""
        return f"{why}{source}"
    cue = f"{_words(page, draft.cue)} is a cue ({draft.entry.stance})"
    source = f"; source {_words(page, draft.sources[0])}" if draft.sources else "; no source"
    return f"{cue}: {why}{source}"


def _words(page: Page, tokens: Range) -> str:
    words = page.span(tokens).quote(page.text).split()
    return "'" + " ".join(words[:8]) + ("…" if len(words) > 8 else "") + "'"
