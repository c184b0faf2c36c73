"""What makes a scheme usable: unique names, definitions, possible numbers of parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from framing.problems import Problem
from framing.scheme import keys
from framing.scheme.model import Attribute, Device, Named, Role, Scheme

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.,-]{0,63}")
# Texts that may stay empty; every other text says something to an annotator or a program.
_OPTIONAL = {
    "key", "does", "yes", "near_miss", "test", "hint", "default", "complete_key", "summary",
}  # fmt: skip

Found = Iterator[Problem]


def problems(scheme: Scheme) -> list[Problem]:
    """Return everything that the types cannot say, in the order of the file."""
    found = list(_texts(scheme, ""))
    found += _scheme(scheme)
    for device in scheme.devices:
        found += _device(device, scheme)
    return found + list(keys.problems(scheme))


def _texts(record: Any, base: str) -> Found:
    """Refuse empty texts, malformed ids and characters that no export can carry."""
    for field in fields(record):
        value = getattr(record, field.name)
        place = f"{base}{field.name}"
        if isinstance(value, str):
            yield from _text(field.name, value, place)
        elif isinstance(value, tuple):
            for number, item in enumerate(value, 1):
                if is_dataclass(item):
                    name = f".{item.id}" if isinstance(item, Device) else f"[{number}]"
                    yield from _texts(item, f"{place}{name}.")


def _text(name: str, value: str, place: str) -> Found:
    if not value.strip():
        if name not in _OPTIONAL:
            yield Problem(place, "this text is empty.", f"Write the {name.replace('_', ' ')}.")
    elif name == "id" and not _ID.fullmatch(value):
        yield Problem(place, f"{value!r} is not an id.",
                      "Use up to 64 ASCII letters, digits and _ . , - without blanks, "
                      "starting with a letter or a digit.")
    elif name == "badge" and len(value) > 2:
        yield Problem(place, f"the badge {value!r} does not fit beside a mark.",
                      "Use one or two characters.")
    if any(char == "\0" or "\ud800" <= char <= "\udfff" for char in value):
        yield Problem(place, "this text holds a NUL or half a surrogate pair.", "Take it out.")


def _scheme(scheme: Scheme) -> Found:
    if scheme.version < 1:
        yield Problem("version", f"{scheme.version} is not a version.", "Count from 1.")
    for name in ("devices", "presets"):
        if not getattr(scheme, name):
            yield Problem(name, "there is none.", f"Add at least one [[{name}]].")
    yield from _unique(scheme.devices, "devices", "device")
    yield from _unique(scheme.presets, "presets", "preset")
    yield from _unique(scheme.flags, "flags", "flag")
    yield from _unique(scheme.confidence, "confidence", "confidence value")
    seen = dict[str, str]()
    for device in scheme.devices:
        for number, label in enumerate(device.labels, 1):
            yield from _once(label.id, f"devices.{device.id}.labels[{number}].id", "label", seen)


def _device(device: Device, scheme: Scheme) -> Found:
    base = f"devices.{device.id}"
    yield from _unique(device.roles, f"{base}.roles", "role")
    yield from _unique(device.attributes, f"{base}.attributes", "attribute")
    if not any(label.enabled for label in device.labels):
        yield Problem(f"{base}.labels", "no label is switched on.",
                      "Add a label, or take out enabled = false.")
    yield from _unit(device, base)
    for number, role in enumerate(device.roles, 1):
        yield from _role(role, f"{base}.roles[{number}]")
    presets = [preset.id for preset in scheme.presets]
    for number, attribute in enumerate(device.attributes, 1):
        yield from _attribute(attribute, f"{base}.attributes[{number}]", presets)


def _unit(device: Device, base: str) -> Found:
    own = [role for role in device.roles if not role.sibling]
    if device.unit == "span" and not (
            len(device.roles) == 1 and own and (own[0].minimum, own[0].maximum) == (1, 1)):
        yield Problem(f"{base}.roles", "a device of unit span needs exactly one role, minimum 1, "
                      "maximum 1, in the article itself.", "Change the roles or the unit.")
    if device.unit == "relation" and len(device.roles) < 2:
        yield Problem(f"{base}.roles", "a device of unit relation needs at least two roles.",
                      'Add a role, or write unit = "span".')


def _role(role: Role, base: str) -> Found:
    if role.minimum < 0:
        yield Problem(f"{base}.minimum", f"{role.minimum} parts are not possible.",
                      "Give 0 or more.")
    if role.maximum is not None and role.maximum < max(role.minimum, 1):
        yield Problem(f"{base}.maximum", f"at least {role.minimum} and at most {role.maximum} "
                      "parts are not possible.", "Raise maximum, or leave it out for any number.")


def _attribute(attribute: Attribute, base: str, presets: Sequence[str]) -> Found:
    listed = attribute.kind in ("choice", "scale")
    yield from _unique(attribute.values, f"{base}.values", "value")
    if listed and len(attribute.values) < 2:
        yield Problem(f"{base}.values", f"a {attribute.kind} needs at least two values.",
                      'Add values, or write kind = "text".')
    if not listed and attribute.values:
        yield Problem(f"{base}.values", f"kind {attribute.kind} takes any text, not values.",
                      'Take the values out, or write kind = "choice".')
    if attribute.kind == "scale":
        yield from _scale(attribute, f"{base}.values")
    if listed and attribute.default and attribute.default not in {v.id for v in attribute.values}:
        yield Problem(f"{base}.default", f"{attribute.default!r} is not among the values.",
                      f"Give one of: {', '.join(v.id for v in attribute.values)}.")
    for number, preset in enumerate(attribute.presets, 1):
        if preset not in presets:
            yield Problem(f"{base}.presets[{number}]", f"the preset {preset!r} is not defined.",
                          f"Known are: {', '.join(presets) or 'none'}.")


def _scale(attribute: Attribute, place: str) -> Found:
    """Ordinal agreement needs to know the order, so a scale says it in numbers."""
    ids = [value.id for value in attribute.values]
    if not all(id.isascii() and id.isdigit() for id in ids):
        yield Problem(place, "the ids of a scale are whole numbers.", 'Write id = "1", "2", ….')
    elif [int(id) for id in ids] != sorted({int(id) for id in ids}):
        yield Problem(place, f"the scale does not rise: {', '.join(ids)}.",
                      "Order the values from lowest to highest.")


def _unique(items: Iterable[Named], place: str, what: str) -> Found:
    seen = dict[str, str]()
    for number, item in enumerate(items, 1):
        yield from _once(item.id, f"{place}[{number}].id", what, seen)


def _once(id: str, place: str, what: str, seen: dict[str, str]) -> Found:
    if id in seen:
        yield Problem(place, f"the {what} {id!r} exists already at {seen[id]}.",
                      "Give it another id, or take one of them out.")
    seen.setdefault(id, place)
