"""The contract of a detector: what it is given, what it returns, how it is identified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Doc

from framing.annotations import Part
from framing.documents import Document
from framing.problems import Problem
from framing.spans import Span


@dataclass(frozen=True)
class Suggestion:
    """One proposed annotation, never more than a proposal.

    ``score`` lies in 0..1 and is the detector's estimate that a trained annotator would mark
    this. ``rule`` is a stable id for exports, ``reason`` a sentence fragment for people.
    ``judged`` is the range of text that was looked at to decide.
    """

    device: str
    label: str
    parts: tuple[Part, ...]
    score: float
    rule: str
    reason: str
    judged: Span
    attributes: Mapping[str, str] = field(default_factory=dict)


class Detector(Protocol):
    """One framing device, found in a parsed article. No database, network, clock or chance.

    ``version`` changes whenever the same text could give another result; ``config`` holds
    everything adjustable and is hashed, so that a run names exactly what made it.
    """

    id: str
    version: str
    device: str
    config: Mapping[str, str | int | float | bool]

    def detect(self, doc: Doc) -> Sequence[Suggestion]: ...


@dataclass(frozen=True)
class EventFindings:
    """What an event detector made of one event: proposals by article id, best first.

    An article that could be judged has an entry, also an empty one; ``problems`` name what could
    not be judged, and why.
    """

    suggestions: Mapping[str, tuple[Suggestion, ...]]
    problems: tuple[Problem, ...] = ()


class EventDetector(Protocol):
    """One framing device that shows only beside other articles of the same event.

    ``docs`` holds the parse of each document by its id. Parts with a ``document`` point into
    that sibling. Otherwise as Detector.
    """

    id: str
    version: str
    device: str
    config: Mapping[str, str | int | float | bool]

    def detect(self, docs: Mapping[str, Doc], documents: Sequence[Document]) -> EventFindings: ...


def config_hash(detector: Detector | EventDetector, *, model: str) -> str:
    """Return 16 hexadecimal digits naming this configuration on this model (``name-version``)."""
    content = json.dumps([detector.id, detector.version, dict(detector.config), model],
                         sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
