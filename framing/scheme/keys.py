"""Which keys a scheme may use, and which of them would mean two things at once.

Roles and completing a device act wherever the article has focus, and so do labels. Attributes act
while an annotation of their device is selected. The labels of a document device are its kinds: they
act only while such an annotation is being made, and may then stand on keys of other labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from framing.problems import Problem
from framing.scheme.model import Device, Scheme

# What the workbench itself listens to.
RESERVED = frozenset({
    "a", "e", "f", "g", "h", "j", "m", "n", "w", "x", "y", "/", "?", ".", ",", "[", "]",
    "Shift+C", "Shift+D", "Shift+E", "Shift+N",
    "Enter", "Escape", "Backspace", "Delete", "Tab",
    "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown",
})

# Shift with the digit of a label adds that label to words that have one.
_COMBINED = re.compile(r"Alt\+[A-Z0-9]|Shift\+[A-Z]")
_RANGE = re.compile(r"Alt\+([1-9])\.\.([1-9])")

Use = tuple[str, str]  # place, key


def expand(key: str) -> tuple[str, ...]:
    """Return the single keys that a key stands for: ``Alt+1..3`` gives Alt+1, Alt+2, Alt+3."""
    match = _RANGE.fullmatch(key)
    if not match:
        return (key,)
    return tuple(f"Alt+{digit}" for digit in range(int(match[1]), int(match[2]) + 1))


def problems(scheme: Scheme) -> Iterator[Problem]:
    """Yield malformed keys, reserved keys and keys with two meanings."""
    gestures = dict[str, str]()
    for device in scheme.devices:
        yield from _claims(_gestures(device), gestures)
    article = dict(gestures)
    for device in scheme.devices:
        if device.unit != "document":
            yield from _claims(_labels(device), article)
    for device in scheme.devices:
        own = dict(article)
        if device.unit == "document":
            kinds = dict(gestures)
            yield from _claims(_labels(device), kinds)
            own |= kinds
        yield from _claims(_attributes(device), own)
        yield from _ranges(device)


def _gestures(device: Device) -> Iterator[Use]:
    base = f"devices.{device.id}"
    yield f"{base}.complete_key", device.complete_key
    for number, role in enumerate(device.roles, 1):
        yield f"{base}.roles[{number}].key", role.key


def _attributes(device: Device) -> Iterator[Use]:
    for number, attribute in enumerate(device.attributes, 1):
        yield f"devices.{device.id}.attributes[{number}].key", attribute.key


def _labels(device: Device) -> Iterator[Use]:
    for number, label in enumerate(device.labels, 1):
        yield f"devices.{device.id}.labels[{number}].key", label.key


def _claims(uses: Iterator[Use], taken: dict[str, str]) -> Iterator[Problem]:
    for place, key in uses:
        if key and (refusal := _refusal(place, key)):
            yield refusal
            continue
        for single in expand(key) if key else ():
            if single in taken:
                yield Problem(place, f"the key {single!r} is used at {taken[single]} too.",
                              "Choose another key for one of them.")
            taken.setdefault(single, place)


def _refusal(place: str, key: str) -> Problem | None:
    if key in RESERVED:
        return Problem(place, f"the key {key!r} belongs to the workbench.",
                       f"Choose a key outside of: {' '.join(sorted(RESERVED))}.")
    values = place.split(".")[-2].startswith("attributes")
    plain = len(key) == 1 and key.isprintable() and not key.isspace() and key == key.lower()
    if plain or _COMBINED.fullmatch(key) or (values and _RANGE.fullmatch(key)):
        return None
    return Problem(place, f"{key!r} is not a key.",
                   "Write one small character, Shift+L or Alt+1; for the values of an attribute "
                   "also Alt+1..5.")


def _ranges(device: Device) -> Iterator[Problem]:
    for number, attribute in enumerate(device.attributes, 1):
        if _RANGE.fullmatch(attribute.key) and len(expand(attribute.key)) != len(attribute.values):
            yield Problem(f"devices.{device.id}.attributes[{number}].key",
                          f"{attribute.key} names {len(expand(attribute.key))} keys for "
                          f"{len(attribute.values)} values.",
                          f"Write Alt+1..{max(len(attribute.values), 1)}.")
