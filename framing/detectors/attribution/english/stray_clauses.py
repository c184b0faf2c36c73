"""Draft relations whose clause the parse hung elsewhere: "found (that) fewer bees came back"."""

from __future__ import annotations

from spacy.tokens import Token

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.english.clause_frames import is_finite, is_inference
from framing.detectors.attribution.english.clauses import cut
from framing.detectors.attribution.english.cue_verbs import open_draft, source_ranges
from framing.detectors.attribution.english.trees import is_circumstance, relative_object
from framing.detectors.attribution.page import Page
from framing.detectors.attribution.ranges import extent, kids

_FINITE = ("VBD", "VBZ", "VBP", "MD")
_NEAR_SUBJECT = 8


def loose_clause(page: Page, verb: Token) -> Draft | None:
    """Content is a clause that the parse hung elsewhere: "found (that) fewer bees came back"."""
    if verb.tag_ not in _FINITE or kids(verb, "cc"):
        return None
    behind = [c for c in kids(verb, "ccomp", "conj", "dep", "advcl") if c.i > verb.i + 2
              and _stands_on_its_own(page, verb, c)]
    draft = open_draft(page, verb, "c", "clause", 0.6) if behind else None
    if draft is None or not draft.sources or draft.passive or is_inference(draft, verb):
        return None
    content = cut(page, (verb.i + 1, min(extent(behind[0])[1], page.sentence(verb)[1])))
    draft.contents = [content] if content else []
    return draft if content else None


def _stands_on_its_own(page: Page, verb: Token, clause: Token) -> bool:
    """Tell whether a verb behind a cue has its subject between them, and nothing joins the two."""
    modal = any(a.tag_ == "MD" for a in kids(clause, "aux"))
    bare = clause.dep_ == "ccomp" and clause.tag_ == "VB" and not kids(clause, "aux")
    finite = modal or bare or clause.tag_ in ("VBD", "VBZ", "VBP")
    between = page.doc[verb.i + 1 : clause.i]
    joined = any(t.text in (",", ";", ":", "—", "–", "--") or t.dep_ in ("cc", "mark")
                 or t.tag_ in ("WRB", "WP", "WDT", "TO") for t in between)
    if not finite or kids(clause, "mark", "cc") or (joined and not (modal or bare)):
        return False
    return any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in between) and not any(
        t.dep_ in ("cc", "mark") or t.text in (";", ":", "—", "–", "--") for t in between
        if t.head == verb)


def surface_clause(page: Page, verb: Token) -> Draft | None:
    """A finite clause begins right behind the cue, wherever it hangs: "revealed Monday she is"."""
    start, end = _behind_circumstances(page, verb), page.sentence(verb)[1]
    below = next((t for t in page.doc[start : min(start + _NEAR_SUBJECT, end)]
                  if t.dep_ in ("nsubj", "nsubjpass", "expl") and t.left_edge.i == start
                  and t.i < t.head.i and is_finite(t.head)), None)
    # "A rower from the town revealed she is leaving" may be read as "a rower ... is leaving".
    robbed = [s for s in kids(below.head, "nsubj") if s.i < verb.i] if below else []
    if below is None or not (is_finite(verb) or (verb.tag_ == "VBN" and robbed)):
        return None
    draft, content = open_draft(page, verb, "c", "clause", 0.6), cut(page, (start, end))
    if draft is not None and robbed and draft.cue:
        draft.person, draft.sources = robbed[0], source_ranges(page, robbed[0], draft.cue)
    if draft is None or content is None or not draft.sources or draft.passive or (
            is_inference(draft, verb)):
        return None
    draft.contents = [content]
    return draft


def _behind_circumstances(page: Page, verb: Token) -> int:
    """Return where the words begin that follow "revealed on Monday"."""
    start, end = verb.i + 1, min(page.sentence(verb)[1], verb.i + 6)
    while start < end and (page.doc[start].dep_ in ("npadvmod", "advmod")
                           or is_circumstance(page.doc[start])):
        start = page.doc[start].right_edge.i + 1
    return start


def swallowed_clause(page: Page, verb: Token) -> Draft | None:
    """The parse took the cue for a subject: "but critics charge is a work camp"."""
    above = verb.head
    if verb.dep_ not in ("nsubj", "csubj") or verb.tag_ not in _FINITE or above.i <= verb.i or (
            above.tag_ not in _FINITE or not kids(verb, "nsubj", "compound")
            or relative_object(verb)):
        return None
    draft = open_draft(page, verb, "c", "clause", 0.6)
    content = cut(page, (verb.i + 1, above.right_edge.i + 1))
    if draft is None or content is None or not draft.sources:
        return None
    draft.contents = [content]
    return draft
