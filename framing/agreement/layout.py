"""A study as arrays, one global line of characters, for measures that sweep over it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from framing.agreement.study import Study

Ints = NDArray[np.int64]


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
    slots = np.full((len(documents), max(map(len, readers.values()), default=0)), -1)
    for row, document in enumerate(documents):
        slots[row, : len(readers[document])] = [place[name] for name in readers[document]]
    lengths = [study.documents[document] for document in documents]
    offsets = np.concatenate([[0], np.cumsum(np.array(lengths, dtype=np.int64))])
    return Layout(documents, annotators, study.labels, offsets, slots,
                  *_unit_arrays(study, documents, readers, offsets))


def _unit_arrays(study: Study, documents: tuple[str, ...], readers: dict[str, tuple[str, ...]],
                 offsets: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]:
    row_of = {document: row for row, document in enumerate(documents)}
    slot_of = {(document, name): slot for document, names in readers.items()
               for slot, name in enumerate(names)}
    label_of = {label: index for index, label in enumerate(study.labels)}
    cells = np.array([
        (row_of[u.document], slot_of[u.document, u.annotator], label_of[u.label], u.start, u.end, i)
        for i, u in enumerate(study.units) if u.document in row_of
    ], dtype=np.int64).reshape(-1, 6)
    document, slot, label, start, end, unit = cells.T
    return document, slot, label, offsets[document] + start, offsets[document] + end, unit
