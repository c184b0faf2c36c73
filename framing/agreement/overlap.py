"""Does one annotator's marking overlap itself? Some measures cannot take or cannot see that."""

from __future__ import annotations

import numpy as np

from framing.agreement.study import Study, Unit

ONE_LINE = ("this measure gives each character one label; give each label a line of its own with "
            "layers='label', or take gamma or an F1, which accept overlap")
ONE_LINE_A_LABEL = ("this measure gives each character one label; take gamma or an F1, which "
                    "accept overlap")
ALIGNED_ONLY = ("this measure compares only labels of aligned units and would not see a unit "
                "inside another that has no partner; take gamma or f1-overlap, which count it")


def overlap_within(study: Study, *, layered: bool, because: str = "") -> str:
    """Return a sentence about the first overlap inside one annotator, empty if there is none.

    ``layered`` gives each label a line of its own; ``because`` says why a measure cannot take
    overlap and what to take instead. Documents with one reader are not looked at.
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
    one, other = (int(layout.unit[order[index]]) for index in (first, later[0]))
    return _sentence(study, one, other, because or (ONE_LINE_A_LABEL if layered else ONE_LINE))


def _sentence(study: Study, one: int, other: int, because: str) -> str:
    unit = study.units[one]
    return (f"{unit.annotator} has overlapping units in document '{unit.document}', "
            f"{_placed(unit)} ({study.place(one)}) and {_placed(study.units[other])} "
            f"({study.place(other)}), and {because}")


def _placed(unit: Unit) -> str:
    return f"[{unit.start}, {unit.end})"
