"""What an annotator says about an article: annotations of parts, and readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from framing.spans import Span

# An attribution has one label; what its spans are is said by their role.
ROLE_IS_LABEL = frozenset({"attribution"})


@dataclass(frozen=True, slots=True)
class Part:
    """One span in one role. ``document`` is empty for the annotated article itself and names a
    sibling article for evidence. A device without roles uses the role ``span``."""

    role: str
    span: Span
    quote: str
    document: str = ""


@dataclass(frozen=True)
class Annotation:
    """One framing device that one annotator marked. Overlap, nesting and identity are normal.

    The last six fields are set when it came from a suggestion; ``decision`` is then ``accepted`` or
    ``edited``. The score, reason and rule are those of the suggestion as it was made.
    """

    id: str
    document: str
    annotator: str
    device: str
    label: str
    parts: tuple[Part, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    confidence: str = ""
    flag: str = ""
    score: float | None = None
    reason: str = ""
    detector: str = ""
    version: str = ""
    rule: str = ""
    decision: str = ""

    def spans(self, role: str) -> tuple[Span, ...]:
        """Return the spans of one role in this article, in the order they were given."""
        return tuple(p.span for p in self.parts if p.role == role and not p.document)


class State(StrEnum):
    """How far an annotator is with one device of one article."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Reading:
    """An annotator read this article for this device, possibly marking nothing."""

    document: str
    annotator: str
    device: str
    state: State = State.DONE
