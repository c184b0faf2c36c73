"""How unlike two units are: place and label (Mathet, Widlöcher and Métivier 2015, section 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.gamma.continua import Continua
from framing.agreement.statistics import Array


@dataclass(frozen=True)
class Dissimilarity:
    """d = (α·d_pos + β·d_cat)·Δ, and Δ between a unit and nothing.

    d_pos = ((|Δstart| + |Δend|) / (length + length))², eq. 3; d_cat is 0 for equal labels and 1
    otherwise. Raises ValueError for weights that make no dissimilarity.
    """

    alpha: float = 3.0
    beta: float = 1.0
    delta: float = 1.0

    def __post_init__(self) -> None:
        if not (0 < self.alpha < inf and 0 < self.delta < inf and 0 <= self.beta < inf):
            raise ValueError("gamma needs alpha > 0, beta >= 0 and delta > 0, got "
                             f"{self.alpha}, {self.beta} and {self.delta}")

    def positional(self, continua: Continua, left: Ints, right: Ints) -> Array:
        """Return d_pos without Δ; two anchors at different places are infinitely far apart."""
        start, end = continua.start, continua.end
        apart = np.abs(start[left] - start[right]) + np.abs(end[left] - end[right])
        length = end - start
        total = length[left] + length[right]
        safe = np.where(total > 0, total, 1.0)
        return np.where(total > 0, (apart / safe) ** 2, np.where(apart > 0, np.inf, 0.0))

    def between(self, continua: Continua, left: Ints, right: Ints) -> Array:
        """Return d of each pair of units."""
        unlike = (continua.label[left] != continua.label[right]) * self.beta
        place = self.alpha * self.positional(continua, left, right)
        return np.asarray((place + unlike) * self.delta)

    def reach(self, limit: float) -> float:
        """Return how far apart units may lie, as a share of their lengths, for d <= limit·Δ."""
        return sqrt(limit / self.alpha)
