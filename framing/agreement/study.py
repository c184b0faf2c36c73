"""Who read what, and which spans they marked: the tidy data of every measure on spans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from framing.agreement.columns import Columns, all_fit, columns_of
from framing.agreement.layout import Layout, laid_out
from framing.annotations import ROLE_IS_LABEL, Annotation, Part, Reading, State
from framing.documents import Document
from framing.problems import Problem

Level = Literal["label", "device"]


class DataError(ValueError):
    """The data cannot be measured; ``problems`` says where and what to do."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Unit(NamedTuple):
    """One labeled span of one annotator; ``start == end`` is an anchor between two characters."""

    document: str
    annotator: str
    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Study:
    """Documents with their lengths in code points, who read them, and the units marked.

    A unit makes its annotator a reader; a reading without units says "nothing here".
    ``places`` says where each unit came from, for messages. Raises DataError when a unit does
    not fit its document.
    """

    documents: Mapping[str, int]
    readings: frozenset[tuple[str, str]]
    units: tuple[Unit, ...]
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "units", tuple(self.units))
        found = [] if all_fit(self.columns, self.documents) else list(
            check_units(self.documents, self.units, places=self.places))
        found += [_unknown_document(f"reading by {annotator}", document)
                  for document, annotator in sorted(self.readings)
                  if document not in self.documents]
        if found:
            raise DataError(found)
        object.__setattr__(self, "readings", frozenset(self.readings) | self.columns.marking())

    @classmethod
    def from_annotations(
        cls,
        documents: Iterable[Document],
        annotations: Iterable[Annotation],
        readings: Iterable[Reading],
        *,
        device: str,
        role: str | None = None,
        level: Level = "label",
    ) -> Study:
        """Return the units of one device: its parts in the annotated article itself.

        An annotation or a finished reading makes the annotator a reader of the document.
        ``role`` keeps the parts of one role. ``level="device"`` gives every unit the device as
        its label; otherwise the label is the annotation's, or the role for an attribution whose
        roles are all kept. Raises DataError when a part does not fit its document.
        """
        lengths = {document.id: len(document.text) for document in documents}
        return cls.from_parts(lengths, annotations, readings, device=device, role=role,
                              level=level)

    @classmethod
    def from_parts(
        cls,
        lengths: Mapping[str, int],
        annotations: Iterable[Annotation],
        readings: Iterable[Reading],
        *,
        device: str,
        role: str | None = None,
        level: Level = "label",
        places: Mapping[str, str] | None = None,
    ) -> Study:
        """Do the same without the texts; ``places`` names annotations by id in messages."""
        chosen = [a for a in annotations if a.device == device]
        read = {(r.document, r.annotator) for r in readings
                if r.device == device and r.state == State.DONE}
        read |= {(a.document, a.annotator) for a in chosen}
        naming, named = _naming(device, role, level), places or {}
        placed = [(_unit(a, part, naming), named.get(a.id, f"annotation {a.id}"))
                  for a in chosen for part in own_parts(a, role)]
        return cls(lengths, frozenset(read), tuple(unit for unit, _ in placed),
                   tuple(place for _, place in placed))

    @cached_property
    def columns(self) -> Columns:
        """Return the units as columns of numbers, computed once."""
        return columns_of(self.documents, self.units)

    @cached_property
    def layout(self) -> Layout:
        """Return the study as arrays, computed once."""
        return laid_out(self)

    @property
    def annotators(self) -> tuple[str, ...]:
        return tuple(sorted({annotator for _, annotator in self.readings}))

    @property
    def labels(self) -> tuple[str, ...]:
        return self.columns.labels

    def readers(self) -> dict[str, tuple[str, ...]]:
        """Return the annotators of each document, sorted; a document nobody read has none."""
        return dict(self._readers)

    @cached_property
    def _readers(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {document: [] for document in self.documents}
        for document, annotator in self.readings:
            found[document].append(annotator)
        return {document: tuple(sorted(names)) for document, names in found.items()}

    def restricted(
        self,
        *,
        documents: Collection[str] | None = None,
        annotators: Collection[str] | None = None,
        labels: Collection[str] | None = None,
    ) -> Study:
        """Keep what is named; readings stay when only labels are chosen."""
        def kept(document: str, annotator: str) -> bool:
            return ((documents is None or document in documents)
                    and (annotators is None or annotator in annotators))

        chosen = [index for index, unit in enumerate(self.units)
                  if kept(unit.document, unit.annotator)
                  and (labels is None or unit.label in labels)]
        return Study(
            {d: n for d, n in self.documents.items() if documents is None or d in documents},
            frozenset(reading for reading in self.readings if kept(*reading)),
            tuple(self.units[index] for index in chosen),
            tuple(self.places[index] for index in chosen) if self.places else (),
        )

    def place(self, index: int) -> str:
        """Say where a unit came from, by its number from 1 when nothing better is known."""
        return self.places[index] if self.places else f"unit {index + 1}"


def own_parts(annotation: Annotation, role: str | None) -> list[Part]:
    """Return the parts in the annotated article, of one role or of all."""
    return [part for part in annotation.parts
            if part.document in ("", annotation.document) and role in (None, part.role)]


def check_units(documents: Mapping[str, int], units: Iterable[Unit], *,
                places: Sequence[str] | None = None) -> Iterator[Problem]:
    """Yield what is wrong with each unit, naming it by ``places`` or its number from 1."""
    for index, unit in enumerate(units):
        place = places[index] if places else f"unit {index + 1}"
        length = documents.get(unit.document)
        if length is None:
            yield _unknown_document(place, unit.document)
        elif unit.end < unit.start:
            yield Problem(place, f"the end {unit.end} lies before the start {unit.start}.",
                          "Offsets are half-open: start <= end.")
        elif unit.start < 0 or unit.end > length:
            yield Problem(place, f"[{unit.start}, {unit.end}) does not fit document "
                          f"'{unit.document}' of {length} code points.",
                          "Offsets count Unicode code points from 0.")


def _unknown_document(place: str, document: str) -> Problem:
    return Problem(place, f"the document '{document}' is not known.",
                   "Give its length, or leave its rows out.")


def _naming(device: str, role: str | None, level: Level) -> Callable[[Annotation, Part], str]:
    if level == "device":
        return lambda _annotation, _part: device
    if role is None and device in ROLE_IS_LABEL:
        return lambda _annotation, part: part.role
    return lambda annotation, _part: annotation.label


def _unit(annotation: Annotation, part: Part,
          naming: Callable[[Annotation, Part], str]) -> Unit:
    return Unit(annotation.document, annotation.annotator, part.span.start, part.span.end,
                naming(annotation, part))
