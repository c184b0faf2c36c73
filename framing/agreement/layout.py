"""A study as arrays, one global line of characters, for measures that sweep over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from framing.agreement.columns import Columns, Ints

if TYPE_CHECKING:
    from framing.agreement.study import Study


@dataclass(frozen=True)
class Layout:
    """The documents with at least two readers, laid end to end, and their units.

    ``slots[d, s]`` is the annotator in slot ``s`` of document ``d``, -1 for none. ``start`` and
    ``end`` count from the beginning of the line, ``offsets[d]`` is where document ``d`` begins.
    ``unit`` is the number of the unit in ``Study.units``.
    """

    documents: tuple[str, ...]
    annotators: tuple[str, ...]
    labels: tuple[str, ...]
    offsets: Ints
    slots: Ints
    document: Ints
    slot: Ints
    label: Ints
    start: Ints
    end: Ints
    unit: Ints

    @property
    def readers(self) -> Ints:
        """Return the number of readers of each document."""
        return np.asarray((self.slots >= 0).sum(axis=1))

    @property
    def annotator(self) -> Ints:
        """Return the annotator of each unit."""
        return self.slots[self.document, self.slot]

    def of_label(self, index: int) -> Layout:
        """Keep the units of one label."""
        kept = self.label == index
        return replace(self, labels=(self.labels[index],), document=self.document[kept],
                       slot=self.slot[kept], label=np.zeros(int(kept.sum()), dtype=np.int64),
                       start=self.start[kept], end=self.end[kept], unit=self.unit[kept])


def laid_out(study: Study) -> Layout:
    """Return the arrays of a study; documents with fewer than two readers are left out."""
    readers = {d: names for d, names in study.readers().items() if len(names) >= 2}
    documents = tuple(sorted(readers))
    annotators = tuple(sorted({name for names in readers.values() for name in names}))
    place = {name: index for index, name in enumerate(annotators)}
    sizes = _column([len(readers[document]) for document in documents])
    slots = np.full((len(documents), sizes.max(initial=0)), -1)
    slots[np.arange(slots.shape[1]) < sizes[:, None]] = [
        place[name] for document in documents for name in readers[document]]
    lengths = [study.documents[document] for document in documents]
    offsets = np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))])
    return Layout(documents, annotators, study.labels, offsets, slots,
                  *_unit_arrays(study.columns, documents, place, slots, offsets))


def _unit_arrays(columns: Columns, documents: tuple[str, ...], annotators: dict[str, int],
                 slots: Ints, offsets: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    row_of = {document: row for row, document in enumerate(documents)}
    rows = _column([row_of.get(name, -1) for name in columns.documents])
    people = _column([annotators.get(name, -1) for name in columns.annotators])
    unit = np.flatnonzero(rows[columns.document] >= 0) if len(rows) else _column([])
    document = rows[columns.document[unit]] if len(unit) else unit
    annotator = people[columns.annotator[unit]] if len(unit) else unit
    slot = (slots[document] == annotator[:, None]).argmax(axis=1) if len(unit) else unit
    begin = offsets[document]
    return (document, slot, columns.label[unit], begin + columns.start[unit],
            begin + columns.end[unit], unit)


def _column(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
