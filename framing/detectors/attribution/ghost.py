"""Given a cue that a person marked, propose who speaks and what is said."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from framing.annotations import Part
from framing.detectors.attribution.detector import relations, suggestion
from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.grammars import grammar_of
from framing.detectors.attribution.lexicon import Cue
from framing.detectors.attribution.page import Page, Range
from framing.detectors.base import Suggestion
from framing.detectors.chunks import paragraphs
from framing.spans import Span

_REACH = 2500
"""Code points around the cue that are looked at, within the neighbouring paragraphs."""

_UNKNOWN = Cue("neutral", "assertion", "c")


def ghost_parts(doc: Doc, cue: Span) -> Suggestion | None:
    """Propose source and content for a marked cue, None when neither is found.

    Takes the parsed article and the marked span; the proposal's cue is that very span. A word
    that is no known cue is read as one. The cost does not grow with the article.
    """
    window = _window(doc, cue)
    near = doc.char_span(window.start, window.end, alignment_mode="expand")
    if near is None or not cue.quote(doc.text).strip():
        return None
    page = Page(near.as_doc())
    local = Span(cue.start - near.start_char, cue.end - near.start_char)
    draft = _known(page, local) or read_as_cue(page, local)
    if draft is None or not (draft.sources or draft.contents):
        return None
    return _placed(suggestion(page, draft), near.start_char, cue, doc.text)


def _window(doc: Doc, cue: Span) -> Span:
    """Return the paragraph of the cue and its neighbours, cut at `_REACH`."""
    first, last = max(0, cue.start - _REACH), min(len(doc.text), cue.end + _REACH)
    parts = paragraphs(doc.text[first:last])
    at = next((n for n, p in enumerate(parts) if p.end + first > cue.start), len(parts) - 1)
    end = next((n for n, p in enumerate(parts) if p.end + first >= cue.end), len(parts) - 1)
    return Span(parts[max(0, at - 1)].start + first,
                parts[min(len(parts) - 1, end + 1)].end + first)


def _known(page: Page, cue: Span) -> Draft | None:
    """Return the relation that the rules find around a cue that shares most with the mark."""
    a, b = page.tokens(cue)
    found = [d for d in relations(page, nested=True, only=(a, b))
             if d.cue is not None and d.cue[0] < b and a < d.cue[1]]
    return max(found, key=lambda d: _shared(d, (a, b)), default=None)


def _shared(draft: Draft, tokens: Range) -> int:
    a, b = draft.cue or (0, 0)
    return min(b, tokens[1]) - max(a, tokens[0])


def read_as_cue(page: Page, cue: Span) -> Draft | None:
    """Read any marked word as a cue: its subject speaks, its complement is said."""
    a, b = page.tokens(cue)
    head = next((t for t in page.doc[a:b] if not a <= t.head.i < b or t.head.i == t.i), None)
    if head is None:
        return None
    draft = Draft("marked", 0.5, (a, b), _UNKNOWN, head=head, region=(a, b))
    draft.person, draft.sources, draft.contents = grammar_of(page.doc.lang_).around_marked(
        page, head, (a, b))
    return draft


def _placed(found: Suggestion, shift: int, cue: Span, text: str) -> Suggestion:
    """Move a suggestion from its window to the article, with the cue as it was marked."""
    parts: list[Part] = [Part("cue", cue, cue.quote(text))]
    for part in found.parts:
        span = Span(part.span.start + shift, part.span.end + shift)
        if part.role != "cue" and not span.overlap(cue):
            parts.append(Part(part.role, span, span.quote(text)))
    order = {"source": 0, "cue": 1, "content": 2}
    judged = Span(min(p.span.start for p in parts), max(p.span.end for p in parts))
    return replace(found, parts=tuple(sorted(parts, key=lambda p: order[p.role])), judged=judged)
