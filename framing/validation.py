"""Check one annotation against the codebook and the texts that it points into.

Two questions, asked at two moments. ``problems``: may this be stored? ``open_points``: is it
finished? Work in progress lacks things, and losing it would be worse than storing it.
Lists are counted from 1 in places: ``parts[2].quote`` is the quote of the second part.
"""

from __future__ import annotations

import reprlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from framing.annotations import Annotation, Part
from framing.offsets import reanchor
from framing.problems import Problem
from framing.scheme import Attribute, Device, Role, Scheme
from framing.scheme.model import Item, Named

ID_LIMIT = 64
ATTRIBUTE_LIMIT = 1_000
NOTE_LIMIT = 4_000
_NAME_LIMIT = 200

Found = Iterator[Problem]


def problems(
    annotation: Annotation,
    scheme: Scheme,
    texts: Mapping[str, str],
    *,
    preset: str | None = None,
) -> list[Problem]:
    """Return why this annotation cannot be stored; ``texts`` maps document ids to their texts.

    With a ``preset``, what is still open counts as well: for data that claims to be finished.
    Raises UnknownNameError for an unknown preset.
    """
    found = [*_strings(annotation), *_names(annotation, scheme)]
    device = _find(scheme.devices, annotation.device)
    if device is None:
        found.append(_unknown("device", "device", annotation.device, scheme.devices))
    else:
        found += _label(annotation, device, scheme)
        found += _attributes(annotation, device)
        found += _roles(annotation, device)
        found += _open_parts(annotation, device) if _needs_parts(annotation, device) else ()
    for number, part in enumerate(annotation.parts, 1):
        found += _part(part, f"parts[{number}]", annotation, device, texts)
    if preset is not None and device is not None:
        found += (p for p in open_points(annotation, scheme, preset=preset) if p not in found)
    return found


def open_points(annotation: Annotation, scheme: Scheme, *, preset: str) -> list[Problem]:
    """Return what the preset asks for and the annotation lacks: ``roles.X`` or ``attributes.X``.

    Raises UnknownNameError for an unknown preset; an unknown device is not an open point.
    """
    scheme.preset(preset)
    device = _find(scheme.devices, annotation.device)
    if device is None:
        return []
    return [*_open_parts(annotation, device), *(
        Problem(f"attributes.{a.id}", f"“{a.question}” has no answer.", _answer(a))
        for a in scheme.required(device.id, preset)
        if not str(annotation.attributes.get(a.id, "")).strip())]


def _open_parts(annotation: Annotation, device: Device) -> Found:
    counts = Counter(part.role for part in annotation.parts)
    for role in device.roles:
        if counts[role.id] < role.minimum:
            where = " in another article of the event" if role.sibling else ""
            yield Problem(f"roles.{role.id}", f"{device.name} needs at least {role.minimum} "
                          f"{role.id}, here are {counts[role.id]}.", f"Mark the {role.id}{where}.")


def _needs_parts(annotation: Annotation, device: Device) -> bool:
    """A span without its span, or a relation of nothing, cannot even be shown to be finished."""
    return device.unit == "span" or (device.unit == "relation" and not annotation.parts)


def _strings(annotation: Annotation) -> Found:
    if not annotation.id:
        yield Problem("id", "the annotation has no id.", "Give it one, such as a UUID.")
    limits = {"id": ID_LIMIT, "document": _NAME_LIMIT, "annotator": _NAME_LIMIT,
              "device": ID_LIMIT, "label": ID_LIMIT, "note": NOTE_LIMIT, "confidence": ID_LIMIT,
              "flag": ID_LIMIT, "reason": ATTRIBUTE_LIMIT, "detector": _NAME_LIMIT,
              "version": _NAME_LIMIT, "rule": _NAME_LIMIT, "decision": ID_LIMIT}
    for name, limit in limits.items():
        yield from _string(name, getattr(annotation, name), limit)
    for name, value in annotation.attributes.items():
        place = f"attributes.{shortened(str(name))}"
        yield from _string(place, str(name), ID_LIMIT)
        yield from _string(place, value, ATTRIBUTE_LIMIT)
    for number, part in enumerate(annotation.parts, 1):
        yield from _string(f"parts[{number}].quote", part.quote, None)
        yield from _string(f"parts[{number}].document", part.document, _NAME_LIMIT)


def _string(place: str, value: object, limit: int | None) -> Found:
    # What comes out of JSON is not always what the types promise.
    if not isinstance(value, str):
        shown = shortened(reprlib.repr(value))
        yield Problem(place, f"{shown} is not a text.", f'Write it in quotes, such as "{shown}".')
        return
    if limit is not None and len(value) > limit:
        yield Problem(place, f"{len(value):,} characters are too many.",
                      f"Keep it to {limit:,} characters.")
    if "\0" in value:
        yield Problem(place, f"there is a NUL character at {value.index(chr(0))}.", "Take it out.")
    broken = next((n for n, char in enumerate(value) if "\ud800" <= char <= "\udfff"), None)
    if broken is not None:
        yield Problem(place, f"there is half a surrogate pair at {broken}.",
                      "Decode the text as UTF-16 or UTF-8 before it comes here.")


def _names(annotation: Annotation, scheme: Scheme) -> Found:
    if annotation.flag and scheme.flags and not _find(scheme.flags, annotation.flag):
        yield _unknown("flag", "flag", annotation.flag, scheme.flags)
    grades = scheme.confidence
    if annotation.confidence and grades and not _find(grades, annotation.confidence):
        yield _unknown("confidence", "confidence", annotation.confidence, grades)
    if annotation.score is not None and not 0 <= annotation.score <= 1:
        yield Problem("score", f"{annotation.score} is not a score.", "Scores lie between 0 and 1.")


def _label(annotation: Annotation, device: Device, scheme: Scheme) -> Found:
    label = _find(device.labels, annotation.label)
    usable = [label for label in device.labels if label.enabled]
    if label is None:
        other = next((d for d in scheme.devices if _find(d.labels, annotation.label)), None)
        if other is None:
            yield _unknown("label", "label", annotation.label, usable)
        else:
            yield Problem("label", f"the label {annotation.label!r} belongs to {other.id}, "
                          f"not to {device.id}.", _known(usable))
    elif not label.enabled:
        yield Problem("label", f"the label {label.id!r} is switched off.",
                      f"Switch it on for the project, or choose another. {_known(usable)}")


def _attributes(annotation: Annotation, device: Device) -> Found:
    for name, value in annotation.attributes.items():
        attribute = _find(device.attributes, name)
        place = f"attributes.{shortened(str(name))}"
        if attribute is None:
            yield _unknown(place, "attribute", name, device.attributes)
        elif value and attribute.values and not _find(attribute.values, value):
            yield _unknown(place, "value", value, attribute.values)


def _roles(annotation: Annotation, device: Device) -> Found:
    counts = Counter(part.role for part in annotation.parts)
    for role in device.roles:
        if role.maximum is not None and counts[role.id] > role.maximum:
            yield Problem(f"roles.{role.id}", f"{device.name} takes at most {role.maximum} "
                          f"{role.id}, here are {counts[role.id]}.", "Take the others out.")
    seen = dict[tuple[object, ...], int]()
    for number, part in enumerate(annotation.parts, 1):
        key = (part.role, part.document, part.span)
        if key in seen:
            yield Problem(f"parts[{number}]", f"this part stands already at parts[{seen[key]}].",
                          "Take one of them out.")
        seen.setdefault(key, number)


def _part(
    part: Part, place: str, annotation: Annotation, device: Device | None, texts: Mapping[str, str]
) -> Found:
    role = _find(device.roles, part.role) if device else None
    if device and role is None:
        yield _unknown(f"{place}.role", "role", part.role, device.roles)
    if role is not None:
        yield from _article(part, role, place, annotation)
    document = part.document or annotation.document
    if document not in texts:
        yield Problem(f"{place}.document" if part.document else "document",
                      f"the document {shortened(document)!r} is not there.",
                      f"Known are: {_listed(texts)}.")
        return
    yield from _span(part, role, place, texts[document])


def _article(part: Part, role: Role, place: str, annotation: Annotation) -> Found:
    """Parts of the article itself name no document: everything else counts them as evidence."""
    if role.sibling and part.document in ("", annotation.document):
        yield Problem(f"{place}.document", f"{role.id} lies in the annotated article itself.",
                      "Point to another article of the same event.")
    elif part.document and not role.sibling:
        own = part.document == annotation.document
        yield Problem(f"{place}.document", f"{role.id} names the article "
                      f"{shortened(part.document)!r}.",
                      "Leave document empty for the annotated article." if own
                      else f"A {role.id} lies in the annotated article; leave document empty.")


def _span(part: Part, role: Role | None, place: str, text: str) -> Found:
    span = part.span
    if span.end > len(text):
        yield Problem(place, f"[{span.start}, {span.end}) reaches outside a text of {len(text)} "
                      "code points.", _found(text, part) or "Count code points, from 0.")
        return
    if not len(span) and not (role and role.anchor_allowed):
        yield Problem(place, f"the part is empty at {span.start}.",
                      "Let end lie behind start; only an anchor may have no length.")
    stands = span.quote(text)
    if part.quote != stands:
        yield Problem(f"{place}.quote", f"the quote {shortened(part.quote)!r} is not what stands "
                      f"at [{span.start}, {span.end}): {shortened(stands)!r}.",
                      _found(text, part) or "It stands nowhere in this text: compare the texts.")


def _found(text: str, part: Part) -> str:
    found = reanchor(text, part.quote, near=part.span.start)
    return f"It stands at [{found.start}, {found.end})." if found else ""


def _find(items: Iterable[Item], id: object) -> Item | None:
    return next((item for item in items if item.id == id), None)


def _unknown(place: str, what: str, value: object, known: Iterable[Named]) -> Problem:
    return Problem(place, f"unknown {what} {shortened(str(value))!r}.", _known(known))


def _known(items: Iterable[Named]) -> str:
    return f"Known are: {_listed(item.id for item in items)}."


def _listed(names: Iterable[str], *, limit: int = 20) -> str:
    every = list(names)
    more = [f"and {len(every) - limit:,} more"] if len(every) > limit else []
    return ", ".join([shortened(name) for name in every[:limit]] + more) or "none"


def shortened(text: str, *, limit: int = 60) -> str:
    """Return the text for a message: its middle left out when long, half characters spelled out.

    A message with half a surrogate pair in it could be neither printed nor sent.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    if len(text) <= limit:
        return text
    half = (limit - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


def _answer(attribute: Attribute) -> str:
    if attribute.values:
        return f"Choose one of: {_listed(value.id for value in attribute.values)}."
    return f"Fill in “{attribute.name}”."
