"""What a conversion kept, changed and dropped, counted by label."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from framing.annotations import Annotation, Reading
from framing.documents import Document
from framing.problems import Problem


@dataclass
class ConversionReport:
    """Count every record once, as kept, changed or dropped, and say why in ``notes``.

    Documents and readings are counted under ``document`` and ``reading``, annotations under
    their label. ``notes`` counts how often each sentence applied; ``problems`` name rows.
    """

    kept: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, item: Document | Annotation | Reading) -> None:
        self.kept[counted_as(item)] += 1

    def change(self, item: Document | Annotation | Reading, why: str) -> None:
        self.changed[counted_as(item)] += 1
        self.notes[why] += 1

    def drop(self, item: Document | Annotation | Reading, why: str | Problem) -> None:
        self.dropped[counted_as(item)] += 1
        if isinstance(why, Problem):
            self.problems.append(why)
        else:
            self.notes[why] += 1

    def add(self, other: ConversionReport) -> None:
        """Take in the counts of another part of the same conversion."""
        self.kept += other.kept
        self.changed += other.changed
        self.dropped += other.dropped
        self.notes += other.notes
        self.problems += other.problems

    def as_dict(self) -> dict[str, object]:
        """Return the report for JSON, sorted, so that equal conversions give equal bytes."""
        return {
            "kept": dict(sorted(self.kept.items())),
            "changed": dict(sorted(self.changed.items())),
            "dropped": dict(sorted(self.dropped.items())),
            "notes": dict(sorted(self.notes.items())),
            "problems": [str(problem) for problem in self.problems],
        }


def counted_as(item: Document | Annotation | Reading) -> str:
    if isinstance(item, Annotation):
        return item.label
    return "document" if isinstance(item, Document) else "reading"
