"""Does one annotator's marking overlap itself? Some measures cannot take or cannot see that."""

from __future__ import annotations

import numpy as np

from framing.agreement.columns import Ints
from framing.agreement.layout import Layout
from framing.agreement.nesting import Mask, any_overlap, inner, lines
from framing.agreement.study import Study, Unit

ONE_LINE = ("this measure gives each character one label; give each label a line of its own with "
            "layers='label', or take gamma or an F1, which accept overlap")
ONE_LINE_A_LABEL = ("this measure gives each character one label; take gamma or an F1, which "
                    "accept overlap")
ALIGNED_ONLY = ("this measure compares only labels of aligned units and would not see a unit "
                "inside another that has no partner; take gamma or f1-overlap, which count it")
NO_LENGTH = ("this measure compares lengths and would not see a unit without one inside another; "
             "take gamma or an F1, which count it")
WITHOUT_BETA = ("with beta=0 gamma would not see that units inside others have different labels; "
                "take beta > 0, or compare devices instead of labels")
WITHOUT_CLASS = ("the scheme '{scheme}' would not see that units inside others differ in {what}; "
                 "take scheme='strict', f1-strict or f1-overlap")


def overlap_within(study: Study, *, layered: bool = False, because: str = "",
                   several_labels: bool = False) -> str:
    """Return a sentence about the first overlap inside one annotator, empty if there is none.

    ``layered`` gives each label a line of its own; ``because`` says why a measure cannot take
    overlap and what to take instead; ``several_labels`` looks at documents with two labels or
    more. Documents with one reader are not looked at.
    """
    layout = study.layout
    if not any_overlap(layout, by_label=layered):
        return ""
    found = inner(layout, by_label=layered) | _again(layout, by_label=layered)
    if several_labels:
        found &= _of_several_labels(layout)
    return _first(study, found, lines(layout, by_label=layered),
                  because or (ONE_LINE_A_LABEL if layered else ONE_LINE))


def point_within(study: Study) -> str:
    """Return a sentence about the first unit without length inside another, or nothing."""
    layout = study.layout
    return _first(study, inner(layout) & (layout.start == layout.end), lines(layout), NO_LENGTH)


def _again(layout: Layout, *, by_label: bool) -> Mask:
    """Mark units whose characters another of their line has already."""
    place = np.stack([lines(layout, by_label=by_label), layout.start, layout.end])
    order = np.lexsort(place)
    found = np.zeros(len(order), dtype=bool)
    found[order[1:]] = (np.diff(place[:, order], axis=1) == 0).all(axis=0)
    return found & (layout.start < layout.end)


def _of_several_labels(layout: Layout) -> Mask:
    """Mark units of documents in which somebody's label differs from another."""
    labels = max(len(layout.labels), 1)
    used = np.unique(layout.document * labels + layout.label) // labels
    return np.asarray(np.bincount(used, minlength=len(layout.documents))[layout.document] > 1)


def _first(study: Study, found: Mask, line: Ints, because: str) -> str:
    """Name the first unit found and one before it that it begins in."""
    layout = study.layout
    if not found.any():
        return ""
    order = np.lexsort((-layout.end, layout.start, line))
    other = order[found[order]][0]
    before = (line == line[other]) & (layout.start <= layout.start[other]) \
        & (layout.end > layout.start[other])
    one = next(index for index in order if before[index] and index != other)
    first, second = (study.units[layout.unit[index]] for index in (one, other))
    return (f"{first.annotator} has overlapping units in document '{first.document}', "
            f"{_placed(first)} ({study.place(layout.unit[one])}) and {_placed(second)} "
            f"({study.place(layout.unit[other])}), and {because}")


def _placed(unit: Unit) -> str:
    return f"[{unit.start}, {unit.end})"
