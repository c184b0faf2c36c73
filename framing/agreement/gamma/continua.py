"""Many continua as arrays: observed documents and random ones, aligned in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.statistics import Array


@dataclass(frozen=True)
class Continua:
    """Units of ``n`` continua with ``annotators`` annotators each, in any order.

    ``slot`` is the annotator within the continuum; places are real numbers, since random
    continua need not respect characters. ``annotators`` and ``labels`` are their numbers.
    """

    n: int
    annotators: int
    labels: int
    continuum: Ints
    slot: Ints
    start: Array
    end: Array
    label: Ints

    @property
    def counts(self) -> Ints:
        """Return the number of units of each continuum and annotator."""
        cell = self.continuum * self.annotators + self.slot
        return np.bincount(cell, minlength=self.n * self.annotators).reshape(
            self.n, self.annotators)


def joined(parts: Sequence[Continua]) -> Continua:
    """Put batches with the same number of annotators behind each other."""
    shifts = np.cumsum([0] + [part.n for part in parts])
    return Continua(
        int(shifts[-1]), parts[0].annotators, parts[0].labels,
        np.concatenate([part.continuum + shift
                        for part, shift in zip(parts, shifts[:-1], strict=True)]),
        *(np.concatenate([getattr(part, name) for part in parts])
          for name in ("slot", "start", "end", "label")))
