"""Does an annotation say what its article says at that place?"""

from __future__ import annotations

from collections.abc import Mapping

from framing.annotations import Annotation, Part
from framing.problems import Problem

_REMEDY = "Mark the passage again in the text as it is now."


def misquoted(annotation: Annotation, texts: Mapping[str, str]) -> Problem | None:
    """Name the first part whose quote differs from its article; unknown articles pass."""
    for number, part in enumerate(annotation.parts, start=1):
        text = texts.get(part.document or annotation.document)
        if text is not None and (message := _mismatch(part, text)):
            return Problem(f"annotation {annotation.id}, part {number}", message, _REMEDY)
    return None


def _mismatch(part: Part, text: str) -> str:
    start, end = part.span.start, part.span.end
    if end > len(text):
        return f"the span [{start}, {end}) lies outside a text of {len(text)} code points."
    found = part.span.quote(text)
    if found == part.quote:
        return ""
    return f"the quote is {_short(part.quote)}, the text at [{start}, {end}) {_short(found)}."


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= 60 else quote[:60] + "…")
