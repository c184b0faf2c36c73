"""Decide the attributes of an attribution from its words."""

from __future__ import annotations

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.grammar import Grammar
from framing.detectors.attribution.page import Page, Range


def attributes(page: Page, grammar: Grammar, draft: Draft) -> dict[str, str]:
    """Return the attributes of the codebook that the text decides."""
    found = {
        "quote_type": _quote_type(page, draft),
        "source_type": grammar.source_type(page, draft),
        "cue_stance": draft.entry.stance if draft.cue and draft.entry else "none",
        "attitude": draft.entry.attitude if draft.entry else "assertion",
    }
    entity = grammar.source_entity(page, draft)
    return {**found, "source_entity": entity} if entity else found


def _quote_type(page: Page, draft: Draft) -> str:
    """A word or two in marks after "called" is woven into the writer's sentence: mixed."""
    found = quote_type(page, draft.contents)
    short = sum(b - a for a, b in draft.contents) <= 6
    return "mixed" if found == "direct" and draft.rule == "verdict" and short else found


def quote_type(page: Page, contents: list[Range]) -> str:
    """Return whether all, part or none of the content's words stand in marks."""
    content = [i for a, b in contents for i in range(a, b) if page.doc[i].text[0].isalnum()]
    marked = sum(page.quoted(i) for i in content)
    if not marked:
        return "indirect"
    return "direct" if marked == len(content) else "mixed"
