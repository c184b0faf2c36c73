"""Decide between drafts that claim the same words."""

from __future__ import annotations

from bisect import bisect_left

from framing.detectors.attribution.draft import Draft
from framing.detectors.attribution.page import Page, Range, joined
from framing.detectors.attribution.ranges import strip

_OPEN_TO_NESTING = frozenset({"object", "preposition", "charge", "verdict"})


def settle(page: Page, drafts: list[Draft], *, nested: bool) -> list[Draft]:
    """Return the drafts that stand, in text order.

    Content never holds its own source or cue. A relation inside another's content is left out
    unless ``nested``, or unless the outer one has only an object that states something itself.
    """
    for draft in drafts:
        draft.contents = _without_own(page, draft)
    kept = _one_per_cue([d for d in drafts if d.contents])
    if not nested:
        inner = _nested(kept)
        kept = [d for d in kept if id(d) not in inner]
    return sorted(kept, key=_place)


def _place(draft: Draft) -> Range:
    return min([*draft.contents, *draft.sources, *([draft.cue] if draft.cue else [])])


def _nested(drafts: list[Draft]) -> set[int]:
    """Return the ids of the drafts whose cue lies in another's content."""
    cues = sorted(((d.cue[0], n) for n, d in enumerate(drafts) if d.cue))
    found: set[int] = set()
    for outer in drafts:
        for a, b in outer.contents:
            for _, n in cues[bisect_left(cues, (a, 0)) : bisect_left(cues, (b, 0))]:
                if _nests(outer, drafts[n]) and not _stands_within(outer, drafts[n]):
                    found.add(id(drafts[n]))
    return found


def _stands_within(outer: Draft, inner: Draft) -> bool:
    """Tell whether an object names somebody else's statement: "denied her claim that"."""
    return (outer.rule in _OPEN_TO_NESTING and inner.entry is not None
            and inner.entry.attitude == "assertion")


def _nests(outer: Draft, inner: Draft) -> bool:
    """Of two that hold each other's cue, the larger is the outer one."""
    if outer is inner:
        return False
    mutual = outer.cue is not None and inner.holds(outer.cue[0])
    return not mutual or (outer.size, outer.score) > (inner.size, inner.score)


def _one_per_cue(drafts: list[Draft]) -> list[Draft]:
    best: dict[object, Draft] = {}
    for draft in drafts:
        key = draft.cue or ("float", draft.contents[0])
        if key not in best or draft.score > best[key].score:
            best[key] = draft
    return list(best.values())


def _without_own(page: Page, draft: Draft) -> list[Range]:
    taken = [*([draft.cue] if draft.cue else []), *draft.sources]
    if draft.cue is None:
        taken = []
    result = draft.contents
    for hole in taken:
        result = [piece for part in result for piece in _minus(part, hole)]
    stripped = [strip(page, part) for part in sorted(set(result))]
    return joined(p for p in stripped if p and _has_word(page, p))


def _minus(part: Range, hole: Range) -> list[Range]:
    if hole[1] <= part[0] or hole[0] >= part[1]:
        return [part]
    return [(a, b) for a, b in ((part[0], hole[0]), (hole[1], part[1])) if a < b]


def _has_word(page: Page, part: Range) -> bool:
    return any(not (t.is_punct or t.is_space) for t in page.doc[part[0] : part[1]])
