"""Propose source and content for every word that could be a cue, from one reading of an article.

What `ghost_parts` answers for one marked cue, asked for all of them ahead: the workbench then
needs no server when a person marks one. Costs about a tenth of the parse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from framing.detectors.attribution.detector import read, relations
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.ghost import read_as_cue
from framing.detectors.attribution.grammars import grammar_of
from framing.detectors.attribution.page import Page, Range
from framing.spans import Span


@dataclass(frozen=True)
class Ghost:
    """A possible cue, and the parts that a person who marks it probably wants: role and span."""

    cue: Span
    parts: tuple[tuple[str, Span], ...]


def ghosts(doc: Doc) -> list[Ghost]:
    """Return the proposals of an article in order of their cues; no two have the same cue."""
    page, _ = read(doc, nested=False)
    found: dict[Range, Ghost] = {}
    for draft in _drafts(page):
        if draft.cue is not None and draft.cue not in found:
            ghost = _ghost(page, draft, draft.cue)
            if ghost.parts:
                found[draft.cue] = ghost
    return [found[cue] for cue in sorted(found)]


def _drafts(page: Page) -> Iterator[Draft]:
    """Yield the relations of the article, then each cue verb that no relation holds."""
    held: set[int] = set()
    grammar = grammar_of(page.doc.lang_)
    for draft in relations(page, nested=True):
        held.update(range(*draft.cue) if draft.cue else ())
        yield draft
    for token in page.doc:
        if token.i not in held and grammar.is_cue_verb(token):
            alone = read_as_cue(page, Span(token.idx, token.idx + len(token)))
            if alone is not None:
                yield alone


def _ghost(page: Page, draft: Draft, cue: Range) -> Ghost:
    """Leave out what shares a character with the cue: a part cannot be drawn over it."""
    marked = page.span(cue)
    roles = [("source", draft.sources), ("content", draft.contents)]
    parts = [(role, page.span(tokens)) for role, ranges in roles for tokens in ranges]
    return Ghost(marked, tuple(part for part in parts if not part[1].overlap(marked)))
