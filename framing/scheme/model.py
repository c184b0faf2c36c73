"""The codebook as values: a scheme has devices, a device has roles, labels and attributes.

Field names are the ones of the TOML file and of the JSON; a field without a default is required.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal, Protocol, TypeVar

Family = Literal["lt", "at", "om"]
Unit = Literal["span", "relation", "document"]
Line = Literal["solid", "dotted", "dashed", "double"]
Kind = Literal["choice", "scale", "text", "entity"]


class Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Named)


class UnknownNameError(LookupError):
    """A name that the scheme does not have; the sentence lists the names it has."""


def named(items: Iterable[Item], id: str, what: str) -> Item:
    """Return the item with this id; raises UnknownNameError, which lists the known ids."""
    known = list(items)
    for item in known:
        if item.id == id:
            return item
    names = ", ".join(item.id for item in known) or "none"
    raise UnknownNameError(f"unknown {what} {id!r}; known are: {names}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One ruling of the codebook, with a short name to cite it by."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """One answer to an attribute's question. The values of a scale are whole numbers."""

    id: str
    name: str
    definition: str
    yes: str = ""
    near_miss: str = ""
    test: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question about one annotation. ``presets`` names the presets that require an answer."""

    id: str
    name: str
    question: str
    kind: Kind
    key: str = ""
    values: tuple[Value, ...] = ()
    default: str = ""
    presets: tuple[str, ...] = ()
    hint: str = ""

    def value(self, id: str) -> Value:
        return named(self.values, id, f"value of {self.id}")


@dataclass(frozen=True, slots=True)
class LabelDef:
    """One label: what it means, one case of it, one case that is not, and the deciding test.

    ``does`` says what such words do; labels that share it are told apart by their tests.
    """

    id: str
    name: str
    definition: str
    key: str = ""
    does: str = ""
    yes: str = ""
    near_miss: str = ""
    test: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Role:
    """What a part of an annotation is to it. No ``maximum`` means any number of parts."""

    id: str
    name: str
    badge: str
    line: Line
    minimum: int = 0
    maximum: int | None = None
    key: str = ""
    anchor_allowed: bool = False
    sibling: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """One framing device. ``rulings`` settle the cases that annotators stumble over."""

    id: str
    name: str
    badge: str
    family: Family
    unit: Unit
    complete_key: str
    summary: str
    roles: tuple[Role, ...]
    labels: tuple[LabelDef, ...]
    attributes: tuple[Attribute, ...] = ()
    rulings: tuple[Rule, ...] = ()

    def role(self, id: str) -> Role:
        return named(self.roles, id, f"role of {self.id}")

    def label(self, id: str) -> LabelDef:
        return named(self.labels, id, f"label of {self.id}")

    def attribute(self, id: str) -> Attribute:
        return named(self.attributes, id, f"attribute of {self.id}")


@dataclass(frozen=True, slots=True)
class Preset:
    """How much a project asks of its annotators."""

    id: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """A codebook. One that has annotations is never edited; a new ``version`` supersedes it."""

    id: str
    version: int
    title: str
    language: str
    devices: tuple[Device, ...]
    presets: tuple[Preset, ...]
    summary: str = ""
    rules: tuple[Rule, ...] = ()
    flags: tuple[Value, ...] = ()
    confidence: tuple[Value, ...] = ()

    @property
    def labels(self) -> tuple[LabelDef, ...]:
        """All labels of all devices, the switched-off ones too."""
        return tuple(label for device in self.devices for label in device.labels)

    def device(self, id: str) -> Device:
        return named(self.devices, id, "device")

    def label(self, id: str) -> LabelDef:
        return named(self.labels, id, "label")

    def device_of(self, label: str) -> Device:
        """Return the device that a label belongs to; label ids are unique in a scheme."""
        self.label(label)
        return next(d for d in self.devices if any(x.id == label for x in d.labels))

    def preset(self, id: str) -> Preset:
        return named(self.presets, id, "preset")

    def required(self, device: str, preset: str) -> tuple[Attribute, ...]:
        """Return the attributes of a device that a preset requires an answer to."""
        self.preset(preset)
        return tuple(a for a in self.device(device).attributes if preset in a.presets)

    def enabling(self, labels: Collection[str]) -> Scheme:
        """Return this scheme with these labels switched on, as a project may choose."""
        for label in labels:
            self.label(label)
        return replace(self, devices=tuple(_enabling(d, labels) for d in self.devices))


def _enabling(device: Device, labels: Collection[str]) -> Device:
    return replace(device, labels=tuple(
        replace(label, enabled=True) if label.id in labels else label for label in device.labels))
