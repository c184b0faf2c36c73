"""What annotators say, built from the named values of one row. Raises RefusedError."""

from __future__ import annotations

from framing.annotations import Annotation, Part, Reading, State
from framing.formats.decoding import TEXT_LIMIT
from framing.formats.fields import Fields, RefusedError, shown
from framing.spans import Span


def annotation(fields: Fields) -> Annotation:
    """Build an annotation; ``parts`` is a list of objects."""
    return Annotation(
        id=fields.required("id"),
        document=fields.required("document"),
        annotator=fields.required("annotator"),
        device=fields.required("device"),
        label=fields.required("label"),
        parts=_parts(fields),
        attributes=fields.pairs("attributes"),
        note=fields.line("note", limit=TEXT_LIMIT),
        confidence=fields.line("confidence"),
        flag=fields.line("flag"),
        score=fields.score("score"),
        reason=fields.line("reason", limit=TEXT_LIMIT),
        detector=fields.line("detector"),
        version=fields.line("version"),
        rule=fields.line("rule"),
        decision=fields.line("decision"),
    )


def _parts(fields: Fields) -> tuple[Part, ...]:
    values = fields.get("parts")
    if not isinstance(values, list):
        found = "missing" if values is None else f"{shown(values)}, not a list"
        raise fields.refuse("parts", f"'parts' is {found}.", 'Write "parts": [...].')
    return tuple(
        _part(value, fields.at(f"part {number}")) for number, value in enumerate(values, start=1)
    )


def _part(value: object, place: str) -> Part:
    if not isinstance(value, dict):
        remedy = 'Write {"role", "start", "end", "quote"}.'
        raise RefusedError(place, f"{shown(value)} is not an object.", remedy)
    fields = Fields(value, place=place)
    start, end = fields.count("start"), fields.count("end")
    if start > end:
        raise fields.refuse("end", f"the end {end} lies before the start {start}.", "Swap them.")
    if "quote" not in fields.values:
        raise fields.refuse("quote", "'quote' is missing.", "Give the text that the span covers.")
    return Part(
        role=fields.required("role"),
        span=Span(start, end),
        quote=fields.line("quote", limit=TEXT_LIMIT),
        document=fields.line("document"),
    )


def reading(fields: Fields) -> Reading:
    """Build a reading, finished when no state is given."""
    state = fields.line("state") or State.DONE
    if state not in tuple(State):
        remedy = 'Write "done" or "open".'
        raise fields.refuse("state", f"{shown(state)} is no state.", remedy)
    return Reading(
        document=fields.required("document"),
        annotator=fields.required("annotator"),
        device=fields.required("device"),
        state=State(state),
    )
