"""Which annotators belong together: a matrix of pairs, and the groups that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from framing.agreement.measuring import pairwise
from framing.agreement.report import Pair, Report, Scalar
from framing.agreement.spec import Data
from framing.agreement.statistics import Array

# Kaufman and Rousseeuw (1990): below this mean silhouette no substantial structure was found.
STRUCTURE = 0.25


@dataclass(frozen=True)
class Camps:
    """Groups of annotators, the largest first, and how clearly they part.

    ``silhouette`` is the mean silhouette of the division, None when everybody is in one camp.
    ``within`` and ``between`` are mean agreement inside camps and across them.
    """

    groups: tuple[tuple[str, ...], ...]
    matrix: Mapping[Pair, float | None]
    silhouette: float | None
    within: float | None
    between: float | None
    undefined: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return plain data for JSON; pairs become ``[one, other, value]``."""
        return {"groups": [list(group) for group in self.groups],
                "pairs": [[*pair, value] for pair, value in self.matrix.items()],
                "silhouette": self.silhouette, "within": self.within, "between": self.between,
                "undefined": self.undefined}


def camps(data: Data, id: str = "f1-overlap", **parameters: Scalar) -> Camps:
    """Divide annotators by average linkage on 1 - agreement, where the silhouette is greatest.

    Without a division that reaches a silhouette of 0.25 everybody is in one camp.
    """
    names = data.annotators
    reports = pairwise(data, id, pool="pooled", resamples=0, seed=0, **parameters)
    matrix = {pair: report.value for pair, report in reports.items()}
    missing = sorted(pair for pair, value in matrix.items() if value is None)
    if len(names) < 3:
        return Camps((names,) if names else (), matrix, None, None, None,
                     "camps need three annotators or more")
    if missing:
        return Camps((names,), matrix, None, None, None, _missing(missing[0], reports))
    distance = _distances(names, matrix)
    best = max((_divided(distance, number) for number in range(2, len(names))),
               key=lambda found: found[0])
    if best[0] < STRUCTURE:
        return Camps((names,), matrix, None, _mean(distance, np.ones_like(distance, bool)), None)
    together = best[1][:, None] == best[1][None, :]
    groups = [tuple(name for name, number in zip(names, best[1], strict=True) if number == value)
              for value in np.unique(best[1])]
    return Camps(tuple(sorted(groups, key=lambda group: (-len(group), group))), matrix, best[0],
                 _mean(distance, together), _mean(distance, ~together))


def _missing(pair: Pair, reports: Mapping[Pair, Report]) -> str:
    return (f"camps need a value for each two annotators; {pair[0]} and {pair[1]} have none: "
            f"{reports[pair].undefined}")


def _distances(names: tuple[str, ...], matrix: Mapping[Pair, float | None]) -> Array:
    place = {name: index for index, name in enumerate(names)}
    distance = np.zeros((len(names), len(names)))
    for (one, other), value in matrix.items():
        apart = max(0.0, 1.0 - (value if value is not None else 0.0))
        distance[place[one], place[other]] = distance[place[other], place[one]] = apart
    return distance


def _divided(distance: Array, number: int) -> tuple[float, NDArray[np.int32]]:
    tree = linkage(squareform(distance, checks=False), method="average")
    group = fcluster(tree, number, criterion="maxclust")
    return _silhouette(distance, group), group


def _silhouette(distance: Array, group: NDArray[np.int32]) -> float:
    """Return the mean silhouette (Rousseeuw 1987); someone alone counts 0."""
    values = np.unique(group)
    if len(values) < 2:
        return 0.0
    widths = []
    for index, own in enumerate(group):
        mates = (group == own) & (np.arange(len(group)) != index)
        inside = distance[index, mates].mean() if mates.any() else 0.0
        nearest = min(distance[index, group == other].mean() for other in values if other != own)
        widest = max(inside, nearest)
        widths.append((nearest - inside) / widest if mates.any() and widest > 0 else 0.0)
    return float(np.mean(widths))


def _mean(distance: Array, chosen: NDArray[np.bool_]) -> float | None:
    upper = chosen & np.triu(np.ones_like(chosen), 1).astype(bool)
    return float(1.0 - distance[upper].mean()) if upper.any() else None
