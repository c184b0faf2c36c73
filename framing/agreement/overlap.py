"""Does one annotator's marking overlap itself? Measures on a single line cannot take it."""

from __future__ import annotations

import numpy as np

from framing.agreement.study import Study, Unit


def overlap_within(study: Study, *, layered: bool) -> str:
    """Return a sentence about the first overlap inside one annotator, empty if there is none.

    ``layered`` gives each label a line of its own. Documents with one reader are not looked at.
    """
    layout = study.layout
    if not len(layout.start):
        return ""
    line = layout.document * layout.slots.shape[1] + layout.slot
    line = line * len(layout.labels) + layout.label if layered else line
    # Lines are laid one behind the other, so what reaches furthest so far is of the same line.
    shift = line * (int(layout.end.max()) + 1)
    long = np.flatnonzero(layout.end > layout.start)
    order = long[np.argsort((layout.start + shift)[long], kind="stable")]
    end = (layout.end + shift)[order]
    reach = np.maximum.accumulate(end)
    later = np.flatnonzero((layout.start + shift)[order[1:]] < reach[:-1]) + 1
    if not len(later):
        return ""
    first = np.flatnonzero(end[: later[0]] == reach[later[0] - 1])[-1]
    pair = [int(layout.unit[order[index]]) for index in (first, later[0])]
    return _sentence(study, pair[0], pair[1], layered=layered)


def _sentence(study: Study, one: int, other: int, *, layered: bool) -> str:
    remedy = ("take gamma or an F1, which accept overlap" if layered else
              "give each label a line of its own with layers='label', or take gamma or an F1")
    unit = study.units[one]
    return (f"{unit.annotator} has overlapping units in document '{unit.document}', "
            f"{_placed(unit)} ({study.place(one)}) and {_placed(study.units[other])} "
            f"({study.place(other)}), and this measure gives each character one label; {remedy}")


def _placed(unit: Unit) -> str:
    return f"[{unit.start}, {unit.end})"
