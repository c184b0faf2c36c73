"""JSON lines: one document, annotation or reading a line, in any order, in one file or several."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from framing.annotations import Annotation, Part, Reading, State
from framing.documents import Document
from framing.formats.base import Item, Row, some, unique
from framing.formats.decoding import TEXT_LIMIT
from framing.formats.fields import Fields, RefusedError, document, shown
from framing.formats.lines import lines
from framing.formats.newlines import NewlineShifts
from framing.offsets import fingerprint
from framing.problems import Problem
from framing.spans import Span

OFFSET_UNIT = "codepoint"
_ONE_OBJECT = "Write one JSON object a line."


class _NotJsonError(ValueError):
    """What Python's parser accepts although JSON does not have it."""


def read(stream: BinaryIO, *, name: str) -> Iterator[Row]:
    """Yield a row for every line that is not empty."""
    return some(unique(_rows(stream, name)), name)


def _rows(stream: BinaryIO, name: str) -> Iterator[Row]:
    shifts = NewlineShifts()
    for number, line in enumerate(lines(stream, name=name), start=1):
        if isinstance(line, Problem):
            yield Row(name, number, problem=line, unit="line")
        elif line.strip():
            yield _row(line, name, number, shifts)


def _row(line: bytes, name: str, number: int, shifts: NewlineShifts) -> Row:
    place = f"{name}, line {number}"
    try:
        fields = Fields(_object(line, place), place=place)
        item, notes = _item(fields, shifts)
    except RefusedError as refused:
        return Row(name, number, problem=refused.problem, unit="line")
    return Row(name, number, item, notes=notes + fields.ignored(), unit="line")


def _object(line: bytes, place: str) -> dict[str, object]:
    try:
        value = json.loads(
            line.decode(), parse_constant=_no_constant, object_pairs_hook=_without_repeats
        )
    except UnicodeDecodeError as error:
        byte = f"0x{line[error.start]:02X}"
        raise RefusedError(
            f"{place}, byte {error.start + 1}", f"{byte} is not UTF-8.", "Save the file as UTF-8."
        ) from None
    except json.JSONDecodeError as error:
        raise RefusedError(
            f"{place}, column {error.colno}", f"this is not JSON: {error.msg}.", _ONE_OBJECT
        ) from None
    except RecursionError:
        raise RefusedError(place, "the JSON is nested too deeply.", _ONE_OBJECT) from None
    except _NotJsonError as error:
        raise RefusedError(place, f"{error}.", _ONE_OBJECT) from None
    except ValueError:  # Python refuses whole numbers of more than 4,300 digits.
        raise RefusedError(place, "a number has too many digits.", _ONE_OBJECT) from None
    if not isinstance(value, dict):
        raise RefusedError(place, f"{shown(value)} is not an object.", _ONE_OBJECT)
    return value


def _no_constant(name: str) -> NoReturn:
    raise _NotJsonError(f"{name} is not JSON")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        repeated = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
        raise _NotJsonError(f"the key {shown(repeated)} stands twice in one object")
    return values


def _item(fields: Fields, shifts: NewlineShifts) -> tuple[Item, tuple[str, ...]]:
    kind = fields.line("type") or ("document" if "text" in fields.values else "")
    if fields.line("offset_unit") not in ("", OFFSET_UNIT):
        unit = shown(fields.values["offset_unit"])
        raise fields.refuse(
            "offset_unit", f"offsets in {unit} are not read.", "Convert them to code points."
        )
    if kind == "document":
        return _document(fields, shifts)
    if kind == "annotation":
        return _moved(_annotation(fields), shifts)
    if kind == "reading":
        return _reading(fields), ()
    found = f"{shown(kind)} is no kind of record." if kind else "'type' is missing."
    raise fields.refuse("type", found, 'Write "document", "annotation" or "reading".')


def _document(fields: Fields, shifts: NewlineShifts) -> tuple[Document, tuple[str, ...]]:
    found, raw = document(fields), fields.raw("text")
    given = fields.line("sha256").lower()
    if given in ("", found.sha256, fingerprint(raw)):
        shifts.remember(found.id, raw)
        return found, () if raw == found.text else ("newlines changed to LF",)
    raise fields.refuse(
        "sha256",
        "the fingerprint is not that of the text, so that offsets may point elsewhere.",
        "Take the text that was annotated, or leave out 'sha256'.",
    )


def _moved(found: Annotation, shifts: NewlineShifts) -> tuple[Annotation, tuple[str, ...]]:
    moved = shifts.moved(found)
    return moved, () if moved is found else ("offsets moved with the newlines of the text",)


def _annotation(fields: Fields) -> Annotation:
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


def _reading(fields: Fields) -> Reading:
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
