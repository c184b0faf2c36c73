"""The labels that every reader of a document set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from framing.annotations import Annotation, Part
from framing.spans import Span

Rows = Sequence[Annotation]


def unanimous(readers: Sequence[Rows]) -> list[Annotation]:
    """Return the labels that all readers of one document set, with the text they share.

    Labels correspond, one to one, when device and label are the same and some part in the same
    role shares a character; those that share most come first. What one reader's part holds and
    another's does not is left out. Empty with fewer than two readers: nobody could disagree.
    """
    if len(readers) < 2:
        return []
    return reduce(_common, readers[1:], list(readers[0]))


def _common(left: Rows, right: Rows) -> list[Annotation]:
    pairs = [
        (_size(parts), a, b, parts)
        for a, one in enumerate(left)
        for b, two in enumerate(right)
        if (one.device, one.label) == (two.device, two.label)
        if (parts := _shared(one, two))
    ]
    taken: dict[int, Annotation] = {}
    used: set[int] = set()
    for _, a, b, parts in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if a not in taken and b not in used:
            taken[a] = replace(left[a], parts=parts)
            used.add(b)
    return [taken[a] for a in sorted(taken)]


def _shared(one: Annotation, two: Annotation) -> tuple[Part, ...]:
    found = [
        part
        for mine in one.parts
        for yours in two.parts
        if (mine.role, mine.document) == (yours.role, yours.document)
        if (part := _overlap(mine, yours))
    ]
    return tuple(dict.fromkeys(found))


def _overlap(mine: Part, yours: Part) -> Part | None:
    """Two gaps at the same place share it; a gap and a stretch of text share nothing."""
    if mine.span == yours.span:
        return mine
    start, end = max(mine.span.start, yours.span.start), min(mine.span.end, yours.span.end)
    if start >= end:
        return None
    quote = mine.quote[start - mine.span.start : end - mine.span.start]
    return Part(mine.role, Span(start, end), quote, mine.document)


def _size(parts: Sequence[Part]) -> int:
    return sum(max(1, len(part.span)) for part in parts)
