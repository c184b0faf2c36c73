"""Annotations made on a text with CRLF newlines, moved to the same text with LF."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import replace

from framing.annotations import Annotation, Part
from framing.spans import Span


class NewlineShifts:
    """Remember where texts lost a CR, and move the offsets that were counted with it."""

    def __init__(self) -> None:
        self._lost: dict[str, array[int]] = {}

    def remember(self, document: str, raw: str) -> None:
        """Take note of a text as the file has it; a lone CR moves nothing."""
        if "\r\n" in raw:
            places = (
                i for i, char in enumerate(raw) if char == "\r" and raw[i + 1 : i + 2] == "\n"
            )
            self._lost[document] = array("L", places)

    def moved(self, annotation: Annotation) -> Annotation:
        """Return the annotation with the offsets that its texts have now."""
        if not self._lost:
            return annotation
        parts = tuple(self._part(part, annotation.document) for part in annotation.parts)
        return annotation if parts == annotation.parts else replace(annotation, parts=parts)

    def _part(self, part: Part, document: str) -> Part:
        lost = self._lost.get(part.document or document)
        if lost is None:
            return part
        start, end = (
            place - bisect_left(lost, place) for place in (part.span.start, part.span.end)
        )
        return replace(part, span=Span(start, end))
