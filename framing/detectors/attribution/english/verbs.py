"""The ways in which a cue verb carries content, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clause_frames import (
    as_clause,
    clause,
    parenthetical,
    that_clause,
)
from framing.detectors.attribution.english.deed_frames import (
    directive,
    doing,
    infinitive,
    ordered,
)
from framing.detectors.attribution.english.object_frames import about, charge, opinion, verdict
from framing.detectors.attribution.english.stray_clauses import (
    loose_clause,
    surface_clause,
    swallowed_clause,
)
from framing.detectors.attribution.page import Page

READERS: tuple[Callable[[Page, Token], Draft | None], ...] = (
    as_clause, clause, that_clause, doing, directive, ordered, infinitive, verdict, charge,
    parenthetical, about, loose_clause, surface_clause, swallowed_clause, opinion,
)  # fmt: skip


def verb_drafts(page: Page, verb: Token) -> list[Draft]:
    """Return the relation of one cue verb, by the first way of carrying content that fits."""
    for read in READERS:
        draft = read(page, verb)
        if draft is not None:
            return [draft]
    return []
